//! What the facts mean. Pure: no network, no clock.

mod authentication;
mod authorization;
pub(super) mod base_url;
mod connection;
mod discovery;
mod features;
mod leftovers;
mod media;
mod okta;
mod suites;
mod time;
mod version;

#[cfg(test)]
mod tests;

use super::diagnosis::{Diagnosis, FORMAT, Finding, Reach, Section, Status};
use super::facts::{Facts, Reply};
use crate::record::{Target, TransportErrorKind};

/// Judges the facts. What the facts don't hold (when, where, how long) is left open.
pub fn judge(facts: &Facts) -> Diagnosis {
    let mut findings = base_url::judge(&facts.base_url, facts.loopback);
    findings.extend(connection::judge(facts));
    findings.extend(authentication::judge(facts));
    findings.extend(authorization::judge(facts));
    findings.extend(okta::judge(facts));
    findings.extend(features::judge(facts));
    findings.extend(version::judge(facts));
    findings.extend(media::judge(facts));
    findings.extend(discovery::judge(facts));
    findings.extend(time::judge(facts));
    findings.extend(suites::judge(facts));
    findings.extend(leftovers::judge(facts));
    let okta = okta::connection(facts, &findings);
    Diagnosis {
        format: FORMAT,
        scimitar: env!("CARGO_PKG_VERSION").to_owned(),
        started: String::new(),
        duration_us: 0,
        target: Target {
            url: facts.base_url.clone(),
            embedded: facts.embedded,
            authentication: facts.credentials.words.clone(),
            insecure: facts.insecure,
        },
        reach: reach(facts),
        okta,
        findings,
        scim: version::of(facts).map(str::to_owned),
        capabilities: discovery::capabilities(facts),
        certificate: connection::certificate(facts),
        clock_skew_s: time::skew(facts),
        latency: time::latency(facts),
        suites: facts.suites.clone().unwrap_or_default(),
    }
}

fn reach(facts: &Facts) -> Reach {
    if facts.credentials.problem.is_some() {
        return Reach::Refused;
    }
    if let Reply::Failed { kind, .. } = &facts.users
        && *kind == TransportErrorKind::TooLarge
    {
        return Reach::Reached;
    }
    match facts.users.status() {
        Some(401 | 403) => Reach::Refused,
        Some(_) => Reach::Reached,
        None => Reach::Unreachable,
    }
}

fn ok(id: &'static str, section: Section, text: impl Into<String>) -> Finding {
    Finding::new(id, section, Status::Ok, text)
}

fn problem(
    id: &'static str,
    section: Section,
    text: impl Into<String>,
    remedy: impl Into<String>,
) -> Finding {
    Finding::new(id, section, Status::Problem, text).remedy(remedy)
}

fn remark(id: &'static str, section: Section, text: impl Into<String>) -> Finding {
    Finding::new(id, section, Status::Remark, text)
}

fn unjudged(id: &'static str, section: Section, text: impl Into<String>) -> Finding {
    Finding::new(id, section, Status::Unjudged, text)
}

/// `a`, `a and b`, `a, b and c`.
fn and(words: &[impl AsRef<str>]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}
