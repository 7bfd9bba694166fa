//! Media types: what is asked for and what comes (RFC 7644 §3.1, §3.8).

use super::{ok, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::{Facts, Reply};
use crate::suite::Dialect;

const HERE: Section = Section::MediaTypes;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let asked: [(&'static str, &str, &Reply); 3] = match facts.dialect {
        Dialect::V2 => [
            ("media.scim", "application/scim+json", &facts.users),
            ("media.json", "application/json", &facts.as_json),
            ("media.any", "*/*", &facts.as_anything),
        ],
        Dialect::V1 => [
            ("media.scim", "application/json", &facts.users),
            ("media.json", "application/json", &facts.as_json),
            ("media.any", "*/*", &facts.as_anything),
        ],
    };
    let mut asked = asked.to_vec();
    if facts.dialect == Dialect::V1 {
        // It is the same question.
        asked.retain(|(id, _, _)| *id != "media.json");
    }
    if asked.iter().all(|(_, _, reply)| reply.answer().is_none()) {
        return vec![unjudged(
            "media.scim",
            HERE,
            facts.users.missing().unwrap_or_default(),
        )];
    }
    if asked.iter().all(|(_, _, reply)| reply.success().is_none()) {
        return vec![unjudged(
            "media.scim",
            HERE,
            "there is no list of users to tell them by",
        )];
    }
    asked
        .into_iter()
        .map(|(id, accept, reply)| one(id, accept, reply, facts.dialect))
        .collect()
}

fn one(id: &'static str, accept: &str, reply: &Reply, dialect: Dialect) -> Finding {
    let Some(answer) = reply.answer() else {
        let why = reply.missing().unwrap_or_default();
        return unjudged(id, HERE, format!("Accept: {accept}: {why}"));
    };
    if answer.status != 200 {
        let text = format!("Accept: {accept} is answered {}", answer.words());
        return remark(id, HERE, text)
            .remedy("answer with JSON: clients differ in what they say that they accept");
    }
    let Some(content_type) = &answer.content_type else {
        return remark(id, HERE, format!("Accept: {accept} → no Content-Type"))
            .remedy("send Content-Type: application/scim+json");
    };
    let text = format!("Accept: {accept} → {content_type}");
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let is = |wanted: &str| kind.eq_ignore_ascii_case(wanted);
    match dialect {
        _ if is("application/scim+json") => ok(id, HERE, text),
        Dialect::V1 if is("application/json") => ok(id, HERE, text),
        // Asked for so, it may come so.
        Dialect::V2 if is("application/json") && id == "media.json" => ok(id, HERE, text),
        _ => remark(id, HERE, text).remedy(match dialect {
            Dialect::V2 => "send Content-Type: application/scim+json (RFC 7644 §3.1)",
            Dialect::V1 => "send Content-Type: application/json",
        }),
    }
}
