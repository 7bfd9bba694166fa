//! `text` and `size`: the body as it came.

use super::{Facts, Finding, Subject, matcher};
use crate::suite::Matcher;
use crate::suite::template::Undefined;

/// `text`
pub(super) fn find(
    matcher: &Matcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let Subject::Response(answer) = subject else {
        return Ok(several("text"));
    };
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    matcher::find("text", Some(&text.into()), matcher, facts)
}

/// `size`
pub(super) fn find_size(
    matcher: &Matcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let Subject::Response(answer) = subject else {
        return Ok(several("size"));
    };
    matcher::find("size", Some(&answer.size.into()), matcher, facts)
}

fn several(at: &str) -> Finding {
    Finding::new(at, "one response", "several responses")
        .broken(format!("several responses have no one {at}"))
}
