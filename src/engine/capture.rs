//! `capture`: names for parts of a response.

use serde_json::Value;

use super::judge::{Answer, locate};
use super::step::Running;
use crate::record::{ExpectationResult, Level, Outcome};
use crate::suite::{Capture, CaptureFrom};

impl Running<'_> {
    /// The value that a capture takes, or the expectation that its absence breaks.
    pub(super) fn capture(
        &self,
        capture: &Capture,
        answer: Option<&Answer>,
        document: Option<&Value>,
    ) -> Result<Value, Box<ExpectationResult>> {
        let (from, found) = match &capture.from {
            CaptureFrom::Path(path) => {
                let path = path
                    .render_text(&self.scope, std::borrow::ToOwned::to_owned)
                    .unwrap_or_default();
                let body = document.or_else(|| answer.and_then(|answer| answer.json.as_ref().ok()));
                let found = body.and_then(|body| locate(&path, body).ok().flatten());
                (path, found)
            }
            CaptureFrom::Header(name) => {
                let header = answer
                    .and_then(|a| a.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)));
                (
                    format!("header {name}"),
                    header.map(|header| Value::String(header.value.clone())),
                )
            }
            CaptureFrom::Status => (
                "status".to_owned(),
                answer.map(|answer| answer.status.into()),
            ),
        };
        let broken = || ExpectationResult {
            at: from.clone(),
            expected: format!("a value to keep as `{}`", capture.name),
            received: "nothing".to_owned(),
            outcome: Outcome::Fail,
            level: Level::Must,
            message: Some(format!(
                "{from} is missing, and the steps that follow need it"
            )),
            diff: Vec::new(),
            exchange: None,
            location: Some(capture.location.clone()),
        };
        found.ok_or_else(|| Box::new(broken()))
    }
}
