//! `body`

use super::{Finding, Subject};
use crate::suite::BodyShape;

pub(super) fn find(shape: BodyShape, subject: Subject<'_>) -> Finding {
    let size = match subject {
        Subject::Response(answer) => answer.size,
        Subject::Document(_) => 1,
    };
    let received = || {
        if size == 0 {
            "an empty body".to_owned()
        } else {
            format!("{size} bytes")
        }
    };
    match shape {
        BodyShape::None => Finding::new("body", "an empty body", received())
            .broken_if(size > 0, || {
                format!("expected no body, received {size} bytes")
            }),
        BodyShape::Json => match subject.json() {
            Ok(_) => Finding::new("body", "JSON", "JSON"),
            Err(problem) => Finding::new("body", "JSON", received()).broken(problem),
        },
    }
}
