//! Who is let in, and what those are told who are not (RFC 7644 §2, §3.12; Okta's SPEC test R11).

use serde_json::Value;

use super::{and, ok, problem, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::{Answer, Body, Facts, Form, Intruder, Reply};
use crate::scim::{error, urn};
use crate::suite::Dialect;

const HERE: Section = Section::Authentication;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![accepted(facts)];
    findings.extend(refused(facts));
    findings.extend(bodies(facts));
    findings.extend(challenge(facts));
    findings.extend(forms(facts));
    if facts.credentials.is_basic() {
        findings.push(
            remark(
                "authentication.basic",
                HERE,
                "Okta's catalogue (OIN) does not take Basic for new submissions",
            )
            .remedy("offer a bearer token, another header, or OAuth 2.0 as well"),
        );
    }
    findings
}

fn accepted(facts: &Facts) -> Finding {
    let credentials = &facts.credentials;
    let none = !credentials.given && credentials.words == "none";
    let whose = match &credentials.origin {
        Some(origin) => format!("{} (from {origin})", credentials.words),
        None if none => "no credentials are given".to_owned(),
        None => credentials.words.clone(),
    };
    let id = "authentication.accepted";
    if let Some(why) = &credentials.problem {
        let text = format!("{whose}: {why}");
        let remedy = "look at the token endpoint, the client's id and secret, and the scope";
        return problem(id, HERE, text, remedy).blocking();
    }
    let answer = facts.users.answer().filter(|_| !facts.users.is_throttled());
    let Some(answer) = answer else {
        let why = facts
            .users
            .missing()
            .unwrap_or("answered 429, since the rate is limited");
        return unjudged(id, HERE, format!("{whose}: {why}"));
    };
    match answer.status {
        401 | 403 => {
            let text = if none {
                format!(
                    "no credentials are given, and GET /Users is answered {}",
                    answer.words()
                )
            } else {
                format!(
                    "{whose}: refused, GET /Users is answered {}{}",
                    answer.words(),
                    detail(answer)
                )
            };
            problem(id, HERE, text, remedy(facts, answer.status)).blocking()
        }
        200..=299 if facts.users.success().is_none() => {
            let text = format!(
                "{whose}: GET /Users is answered {}, which tells nothing",
                answer.words()
            );
            unjudged(id, HERE, text)
        }
        200..=299 if none => unjudged(
            id,
            HERE,
            "no credentials are given, and none are needed to read /Users",
        ),
        200..=299 => ok(id, HERE, format!("{whose}: accepted")),
        _ => {
            let text = format!(
                "{whose}: GET /Users is answered {}, which tells nothing",
                answer.words()
            );
            unjudged(id, HERE, text)
        }
    }
}

fn remedy(facts: &Facts, status: u16) -> String {
    let works = |form: Form| {
        let found = facts.forms.iter().find(|(known, _)| *known == form);
        found.is_some_and(|(_, reply)| reply.status() == Some(200))
    };
    if !facts.credentials.given {
        return match facts.credentials.words.as_str() {
            "none" => "set SCIMITAR_BEARER, or use --bearer @FILE, --basic, --auth-header",
            _ => "the client certificate alone is not enough",
        }
        .to_owned();
    }
    if works(Form::Alone) {
        return "the same token is taken without `Bearer `: give it by --auth-header".to_owned();
    }
    if works(Form::Bearer) {
        return "the same token is taken after `Bearer `: give it by --bearer".to_owned();
    }
    if status == 403 {
        return "they are known, but may not read /Users: give them that right".to_owned();
    }
    "are they whole, and not expired? is it the right way to authenticate?".to_owned()
}

/// What the target says of it, for people.
fn detail(answer: &Answer) -> String {
    let detail = answer.json().and_then(error::detail);
    detail.map_or_else(String::new, |detail| {
        let short: String = detail.chars().take(160).collect();
        format!(" ({short})")
    })
}

/// What is wrong with the answer to somebody who should be refused.
fn wrong(answer: &Answer) -> Option<String> {
    let status = answer.status;
    match (status, &answer.body) {
        (401, Body::Html) => Some("answered 401 with an HTML page".to_owned()),
        (401, _) => None,
        (200..=299, Body::Json(_)) => Some(format!("let in ({status})")),
        _ => Some(format!("answered {}", answer.words())),
    }
}

fn refused(facts: &Facts) -> Vec<Finding> {
    let (mut good, mut missing) = (Vec::new(), Vec::new());
    let mut bad: Vec<(String, Vec<Intruder>)> = Vec::new();
    for (intruder, reply) in &facts.intruders {
        let answer = reply.answer().filter(|_| !reply.is_throttled());
        match answer.map(wrong) {
            None => missing.push((*intruder, reply)),
            Some(None) => good.push(intruder.words()),
            Some(Some(what)) => match bad.iter_mut().find(|(known, _)| *known == what) {
                Some((_, who)) => who.push(*intruder),
                None => bad.push((what, vec![*intruder])),
            },
        }
    }
    let mut findings = Vec::new();
    if !good.is_empty() {
        let text = format!("{}: refused with 401", and(&good));
        findings.push(ok("authentication.refused", HERE, text));
    }
    for (what, who) in bad {
        let words: Vec<&str> = who.iter().map(|who| who.words()).collect();
        let remedy = if what.starts_with("let in") {
            if who.contains(&Intruder::Nobody) {
                "let nobody in without credentials: anybody can read the people's data now"
            } else if who == [Intruder::OtherScheme] {
                "take the token after its own scheme only"
            } else {
                "compare the whole token, and let no other in"
            }
        } else {
            "answer 401, with a SCIM Error as JSON, wherever credentials are missing or wrong"
        };
        findings.push(problem(
            "authentication.refused",
            HERE,
            format!("{}: {what}", and(&words)),
            remedy,
        ));
    }
    if let Some((_, first)) = missing.first() {
        let words: Vec<&str> = missing.iter().map(|(who, _)| who.words()).collect();
        let why = first
            .missing()
            .unwrap_or("answered 429, since the rate is limited");
        findings.push(unjudged(
            "authentication.refused",
            HERE,
            format!("{}: {why}", and(&words)),
        ));
    }
    findings
}

/// The answers 401 to those who should be refused.
fn refusals(facts: &Facts) -> Vec<&Answer> {
    let replies = facts.intruders.iter().map(|(_, reply)| reply);
    let answers = replies.filter_map(Reply::answer);
    answers.filter(|answer| answer.status == 401).collect()
}

fn bodies(facts: &Facts) -> Option<Finding> {
    let id = "authentication.error";
    let mut answers = refusals(facts);
    // A page is named where the status is.
    answers.retain(|answer| !matches!(answer.body, Body::Html));
    if answers.is_empty() {
        return None;
    }
    let mut flaws: Vec<&str> = Vec::new();
    for answer in answers {
        for flaw in flaws_of(answer, facts.dialect) {
            if !flaws.contains(&flaw) {
                flaws.push(flaw);
            }
        }
    }
    Some(if flaws.is_empty() {
        ok(
            id,
            HERE,
            "the 401 has a SCIM Error with a `detail` that people can read",
        )
    } else {
        problem(
            id,
            HERE,
            format!("the body of the 401: {}", flaws.join("; ")),
            "send a SCIM Error: its schemas, status \"401\" and a detail, which is all that an administrator sees",
        )
    })
}

/// In what an error's body is no SCIM Error (RFC 7644 §3.12; SCIM 1.1 API §3.9 has an array `Errors`).
fn flaws_of(answer: &Answer, dialect: Dialect) -> Vec<&'static str> {
    let body = match &answer.body {
        Body::Json(body) => body,
        Body::Empty => return vec!["it is empty"],
        Body::Html | Body::Other => return vec!["it is no JSON"],
    };
    let text = |value: Option<&Value>| {
        let text = value.and_then(Value::as_str).unwrap_or_default();
        !text.trim().is_empty()
    };
    if dialect == Dialect::V1 {
        let errors = body.get("Errors").and_then(Value::as_array);
        let described =
            errors.is_some_and(|all| all.iter().any(|error| text(error.get("description"))));
        return if described {
            Vec::new()
        } else {
            vec!["it has no `Errors` with a description"]
        };
    }
    let mut flaws = Vec::new();
    let schemas = body.get("schemas").and_then(Value::as_array);
    if !schemas.is_some_and(|schemas| schemas.iter().any(|schema| schema == urn::ERROR)) {
        flaws.push("its `schemas` do not name the SCIM Error");
    }
    let status = body.get("status");
    if !status.is_some_and(|status| status == "401" || status == 401) {
        flaws.push("it has no `status` \"401\"");
    }
    if !text(body.get("detail")) {
        flaws.push("it has no `detail`");
    }
    flaws
}

fn challenge(facts: &Facts) -> Option<Finding> {
    let id = "authentication.challenge";
    let answers = refusals(facts);
    if answers.is_empty() {
        return None;
    }
    Some(if answers.iter().all(|answer| answer.challenged) {
        ok(
            id,
            HERE,
            "the 401 says by WWW-Authenticate how to authenticate",
        )
    } else {
        remark(
            id,
            HERE,
            "the 401 has no WWW-Authenticate (RFC 9110 §11.6.1)",
        )
        .remedy("add it, such as: WWW-Authenticate: Bearer")
    })
}

fn forms(facts: &Facts) -> Option<Finding> {
    let id = "authentication.forms";
    let find = |wanted: Form| {
        let mut forms = facts.forms.iter();
        forms
            .find(|(form, _)| *form == wanted)
            .map(|(_, reply)| reply)
    };
    let (alone, bearer) = (find(Form::Alone)?, find(Form::Bearer)?);
    // The right token under another scheme tells nothing of these two.
    let open = facts
        .intruders
        .iter()
        .any(|(intruder, reply)| *intruder != Intruder::OtherScheme && reply.status() == Some(200));
    let (Some(first), Some(second)) = (alone.status(), bearer.status()) else {
        let why = alone.missing().or(bearer.missing()).unwrap_or_default();
        return Some(unjudged(id, HERE, format!("the forms of the token: {why}")));
    };
    Some(match (first == 200, second == 200) {
        (true, true) if open => unjudged(
            id,
            HERE,
            "which form of the token is taken can't be told, since others are let in too",
        ),
        (true, true) => ok(
            id,
            HERE,
            "the token is taken alone and after `Bearer `: Okta's field may hold either",
        ),
        (false, true) => ok(
            id,
            HERE,
            "the token is taken after `Bearer ` only: in Okta's raw header field, type `Bearer ` before it",
        ),
        (true, false) => remark(
            id,
            HERE,
            "the token is taken without `Bearer ` only: Okta's mode that adds it can't be used",
        )
        .remedy("choose header authentication in Okta, and type the token alone; better, take `Bearer ` too"),
        (false, false) => unjudged(
            id,
            HERE,
            format!("the token is taken neither alone ({first}) nor after `Bearer ` ({second})"),
        ),
    })
}
