//! `time`

use std::time::Duration;

use super::{Facts, Finding, Subject, matcher};
use crate::suite::TimeMatcher;
use crate::suite::template::Undefined;

pub(super) fn find(
    wanted: &TimeMatcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let Subject::Response(answer) = subject else {
        return Ok(Finding::new("time", "one response", "several responses")
            .broken("several responses have no one time"));
    };
    let taken = Duration::from_micros(answer.duration_us);
    let mut finding = match wanted {
        TimeMatcher::Under(limit) => under(*limit, taken),
        TimeMatcher::Schema(schema) => {
            let milliseconds = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX);
            matcher::find("time", Some(&milliseconds.into()), schema, facts)?
        }
    };
    // The figure judges the network between here and there too.
    finding.only_warns = !facts.time_gates;
    Ok(finding)
}

fn under(limit: Duration, taken: Duration) -> Finding {
    let expected = format!("under {} ms", limit.as_millis());
    let received = format!("{} ms", taken.as_millis());
    Finding::new("time", expected, received.as_str()).broken_if(taken >= limit, || {
        format!(
            "answered in {received}; the limit is {} ms",
            limit.as_millis()
        )
    })
}
