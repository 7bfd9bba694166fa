//! Okta's two probes, and what they come to: what it sends on 'Test API Credentials' and on saving.

use serde_json::Value;

use super::{and, connection, ok, problem, remark, unjudged};
use crate::doctor::diagnosis::{Accepts, Connection, Finding, Section, Status};
use crate::doctor::facts::{Facts, Reply};
use crate::record::TransportErrorKind;

const HERE: Section = Section::Okta;
const USERS: &str = "GET /Users?startIndex=1&count=2";
const GROUPS: &str = "GET /Groups?startIndex=1&count=100";

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    vec![users(facts), groups(facts)]
}

fn users(facts: &Facts) -> Finding {
    let id = "okta.users";
    let reply = &facts.users;
    if let Reply::Failed { kind, message } = reply {
        let remedy = if *kind == TransportErrorKind::TooLarge {
            "answer with no more users than `count` asks for"
        } else {
            "let it answer within the time: --timeout says how long scimitar waits, Okta waits 60 s"
        };
        return problem(id, HERE, format!("{USERS}: {message}"), remedy).blocking();
    }
    let Some(answer) = reply.answer() else {
        return unjudged(
            id,
            HERE,
            format!("{USERS}: {}", reply.missing().unwrap_or_default()),
        );
    };
    if reply.is_throttled() {
        return unjudged(
            id,
            HERE,
            format!("{USERS} is answered 429: try again later"),
        );
    }
    if matches!(answer.status, 401 | 403) {
        let text = format!("{USERS}: the credentials are refused, see above");
        return unjudged(id, HERE, text);
    }
    let Some(body) = reply.success() else {
        let remedy = match answer.status {
            300..=399 => "give the place where it leads to: neither Okta nor scimitar follows it",
            404 => "is it the base URL? users are expected at /Users below it",
            _ => "answer 200 with a list as JSON, also where there are no users",
        };
        let text = format!("{USERS} is answered {}", answer.words());
        return problem(id, HERE, text, remedy).blocking();
    };
    let flaws = list_flaws(body, &["totalResults", "startIndex", "itemsPerPage"]);
    if flaws.is_empty() {
        return ok(id, HERE, format!("{USERS}: 200, {}", size(answer.json())));
    }
    let text = format!("{USERS}: {}", flaws.join("; "));
    let remedy = "answer with a ListResponse (RFC 7644 §3.4.2)";
    problem(id, HERE, text, remedy).blocking()
}

fn groups(facts: &Facts) -> Finding {
    let id = "okta.groups";
    let reply = &facts.groups;
    if let Reply::Failed { message, .. } = reply {
        let remedy = "let it answer, or leave 'Import Groups' off in Okta";
        return problem(id, HERE, format!("{GROUPS}: {message}"), remedy).blocking();
    }
    let Some(answer) = reply.answer() else {
        return unjudged(
            id,
            HERE,
            format!("{GROUPS}: {}", reply.missing().unwrap_or_default()),
        );
    };
    if reply.is_throttled() {
        return unjudged(
            id,
            HERE,
            format!("{GROUPS} is answered 429: try again later"),
        );
    }
    if facts.users.success().is_none() && facts.users.status() == reply.status() {
        let text = format!("{GROUPS} is answered {} too", answer.words());
        return unjudged(id, HERE, text);
    }
    match (answer.status, answer.json()) {
        // Okta reads nothing but the array of this one.
        (200, Some(body)) => {
            let flaws = list_flaws(body, &[]);
            if flaws.is_empty() {
                return ok(id, HERE, format!("{GROUPS}: 200, {}", size(answer.json())));
            }
            let text = format!("{GROUPS}: {}", flaws.join("; "));
            let remedy =
                "answer with a ListResponse (RFC 7644 §3.4.2), also where there are no groups";
            problem(id, HERE, text, remedy).blocking()
        }
        (404 | 501, _) => remark(
            id,
            HERE,
            format!(
                "{GROUPS} is answered {}: there are no groups",
                answer.words()
            ),
        )
        .remedy("leave 'Import Groups' off in Okta; with it, Okta asks for them"),
        _ => {
            let remedy = match answer.status {
                401 | 403 => "let the credentials read /Groups too",
                _ => "answer 200 with a list as JSON, also where there are no groups",
            };
            let text = format!("{GROUPS} is answered {}", answer.words());
            problem(id, HERE, text, remedy).blocking()
        }
    }
}

/// In what a body is no list that Okta reads.
pub(super) fn list_flaws(body: &Value, numbers: &[&str]) -> Vec<String> {
    let Some(members) = body.as_object() else {
        return vec!["the body is JSON, but no object".to_owned()];
    };
    let mut flaws = Vec::new();
    for name in numbers {
        match members.get(*name) {
            None => flaws.push(format!("it has no `{name}`")),
            Some(value) if !is_whole(value) => {
                flaws.push(format!("its `{name}` is no whole number"));
            }
            Some(_) => {}
        }
    }
    match members.get("Resources") {
        None => flaws.push("it has no array `Resources`".to_owned()),
        Some(value) if !value.is_array() => flaws.push("its `Resources` is no array".to_owned()),
        Some(_) => {}
    }
    flaws
}

fn is_whole(value: &Value) -> bool {
    value.is_u64() || value.is_i64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn size(body: Option<&Value>) -> String {
    let body = body.unwrap_or(&Value::Null);
    let came = body
        .get("Resources")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    match body.get("totalResults").and_then(Value::as_u64) {
        Some(total) => format!("{came} of {total} came"),
        None => format!("{came} came"),
    }
}

/// Would Okta accept the connection?
pub(super) fn connection(facts: &Facts, findings: &[Finding]) -> Connection {
    let blocking: Vec<&Finding> = findings
        .iter()
        .filter(|found| found.blocks_connection)
        .collect();
    if !blocking.is_empty() {
        return Connection {
            accepts: Accepts::No,
            reasons: blocking.iter().map(|found| found.text.clone()).collect(),
        };
    }
    if facts.users.answer().is_none() || facts.groups.answer().is_none() {
        let why = facts
            .users
            .missing()
            .or(facts.groups.missing())
            .unwrap_or_default();
        return Connection {
            accepts: Accepts::Unknown,
            reasons: vec![why.to_owned()],
        };
    }
    if facts.users.is_throttled() || facts.groups.is_throttled() {
        return Connection {
            accepts: Accepts::Unknown,
            reasons: vec!["the target limits the rate: try again later".to_owned()],
        };
    }
    let mut reasons = Vec::new();
    if facts.loopback {
        reasons.push("it answers both probes as Okta wants".to_owned());
    }
    let condition = connection::condition(facts);
    reasons.extend(condition.map(str::to_owned));
    if matches!(facts.groups.status(), Some(404 | 501)) {
        reasons.push("with 'Import Groups' off".to_owned());
    }
    let problems = findings
        .iter()
        .filter(|found| found.status == Status::Problem);
    let mut sections: Vec<&str> = problems.map(|found| found.section.title()).collect();
    // They stand in the order of the sections.
    sections.dedup();
    if !sections.is_empty() {
        reasons.push(format!(
            "but its tests of an integration would fail for the problems under {}",
            and(&sections)
        ));
    }
    Connection {
        accepts: match condition {
            None => Accepts::Yes,
            Some(_) => Accepts::NotYet,
        },
        reasons,
    }
}
