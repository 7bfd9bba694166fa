//! `time`

use std::time::Duration;

use super::{Facts, Finding, Subject};

pub(super) fn find(limit: Duration, facts: Facts<'_>, subject: Subject<'_>) -> Finding {
    let expected = format!("under {} ms", limit.as_millis());
    let Subject::Response(answer) = subject else {
        return Finding::new("time", expected, "several responses")
            .broken("several responses have no one time");
    };
    let taken = Duration::from_micros(answer.duration_us);
    let received = format!("{} ms", taken.as_millis());
    let mut finding =
        Finding::new("time", expected, received.as_str()).broken_if(taken >= limit, || {
            format!(
                "answered in {received}; the limit is {} ms",
                limit.as_millis()
            )
        });
    // The figure judges the network between here and there too.
    finding.only_warns = !facts.time_gates;
    finding
}
