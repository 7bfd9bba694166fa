//! Clock, latency, limits of the rate.

use std::time::Duration;

use super::connection::time;
use super::{ok, problem, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Latency, Section};
use crate::doctor::facts::Facts;

const HERE: Section = Section::Time;
/// From this many seconds on, a clock is remarked on.
const OFF: i64 = 30;
/// From this many seconds on, tokens fail for it.
const FAR_OFF: i64 = 5 * 60;
/// From then on, a read is slow for people who wait for an import.
const SLOW: Duration = Duration::from_secs(2);

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![clock(facts), speed(facts)];
    findings.extend(throttled(facts));
    findings
}

/// The median of what the answers say.
pub(super) fn skew(facts: &Facts) -> Option<i64> {
    let mut skews = facts.skews.clone();
    skews.sort_unstable();
    skews.get(skews.len() / 2).copied()
}

fn clock(facts: &Facts) -> Finding {
    let id = "time.clock";
    let Some(skew) = skew(facts) else {
        let text = if facts.users.answer().is_some() {
            "its clock can't be told: the answers have no Date"
        } else {
            "its clock can't be told: there is no answer"
        };
        return unjudged(id, HERE, text);
    };
    let off = skew.saturating_abs();
    let which = if skew > 0 { "ahead of" } else { "behind" };
    let remedy = "set the clock by NTP, there or here";
    let text = format!("its clock is {} {which} this one", words(off));
    if off > FAR_OFF && facts.credentials.timed {
        let text = format!("{text}: tokens count as expired, or as not valid yet");
        return problem(id, HERE, text, remedy);
    }
    if off > OFF {
        return remark(
            id,
            HERE,
            format!("{text}: the times in `meta` are off as well"),
        )
        .remedy(remedy);
    }
    if off <= 1 {
        return ok(id, HERE, "its clock agrees with this one");
    }
    ok(id, HERE, text)
}

fn words(seconds: i64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} hours", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

pub(super) fn latency(facts: &Facts) -> Latency {
    Latency {
        first_connect_us: first_connect(facts).map(micros),
        read_p50_us: median(facts).map(micros),
        reads: facts.reads.len(),
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Name, TCP and TLS together, where all came about.
fn first_connect(facts: &Facts) -> Option<Duration> {
    let path = facts.path.as_ref().ok()?;
    let connect = path.connect.as_ref()?;
    let tls = path.tls.as_ref();
    if connect.result.is_err() || tls.is_some_and(|tls| tls.result.is_err()) {
        return None;
    }
    Some(path.lookup.took + connect.took + tls.map_or(Duration::ZERO, |tls| tls.took))
}

fn median(facts: &Facts) -> Option<Duration> {
    let mut reads = facts.reads.clone();
    reads.sort_unstable();
    reads.get(reads.len() / 2).copied()
}

fn speed(facts: &Facts) -> Finding {
    let id = "time.latency";
    let connect = first_connect(facts).map(|took| format!("first connection {}", time(took)));
    let Some(read) = median(facts) else {
        let connect = connect.map_or_else(String::new, |connect| format!("{connect}; "));
        return unjudged(
            id,
            HERE,
            format!("{connect}/Users could not be read, so there is no time of it"),
        );
    };
    let reads = facts.reads.len();
    let connect = connect.map_or_else(String::new, |connect| format!("{connect}, "));
    let text = format!(
        "{connect}a read of /Users {} (median of {reads})",
        time(read)
    );
    if read > SLOW {
        return remark(id, HERE, text)
            .remedy("look at what takes so long: an import reads page after page, and Okta waits 60 s for each");
    }
    ok(id, HERE, text)
}

fn throttled(facts: &Facts) -> Option<Finding> {
    let id = "time.rate";
    let first = facts.throttled.first()?;
    let count = facts.throttled.len();
    let whole = |value: &Option<String>| {
        let text = value.as_deref().unwrap_or_default().trim();
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if facts.throttled.iter().all(whole) {
        let wait = first.as_deref().unwrap_or_default().trim();
        let text = format!("it limits the rate: {count} answers 429, Retry-After: {wait}");
        return Some(remark(id, HERE, text).remedy("--rate N/s keeps a run below the limit"));
    }
    let said = match facts.throttled.iter().find(|value| !whole(value)) {
        Some(Some(value)) => format!("with Retry-After: {value}"),
        _ => "without Retry-After".to_owned(),
    };
    let text = format!(
        "it limits the rate: {count} answers 429, {said}; Okta then waits 5 min, and twice as long each time"
    );
    Some(
        remark(id, HERE, text)
            .remedy("send Retry-After as whole seconds; --rate N/s keeps a run below the limit"),
    )
}
