//! What the target says of itself (RFC 7644 §4), and whether it agrees with itself.

use super::{and, ok, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::{Facts, Reply};
use crate::suite::Dialect;

const HERE: Section = Section::Discovery;
/// How many of a list are named.
const NAMED: usize = 8;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let endpoints = &facts.discovery;
    let discovered = &facts.discovered;
    if facts.dialect == Dialect::V1 {
        let path = "/ServiceProviderConfigs";
        let there = endpoints
            .config
            .answer()
            .filter(|answer| answer.status == 200);
        let read = there.and_then(|answer| answer.json()).is_some();
        let found = read.then(|| "there".to_owned());
        return vec![endpoint("discovery.config", path, &endpoints.config, found)];
    }
    let replies = [
        &endpoints.config,
        &endpoints.resource_types,
        &endpoints.schemas,
    ];
    if replies.iter().all(|reply| reply.answer().is_none()) {
        let why = endpoints.config.missing().unwrap_or_default();
        return vec![unjudged("discovery.config", HERE, why)];
    }
    let config = discovered.config.as_ref().map(|_| {
        let can = capabilities(facts);
        if can.is_empty() {
            "says nothing of what it can do".to_owned()
        } else {
            can.join(", ")
        }
    });
    let types = discovered.resource_types.as_ref().map(|types| {
        let all = types
            .iter()
            .map(|kind| format!("{} ({})", kind.name, kind.endpoint));
        first(all.collect())
    });
    let schemas = discovered.schemas.as_ref().map(|schemas| {
        let all = schemas.iter().map(|schema| {
            if schema.name.is_empty() {
                schema.id.clone()
            } else {
                schema.name.clone()
            }
        });
        first(all.collect())
    });
    let mut findings = vec![
        endpoint(
            "discovery.config",
            "/ServiceProviderConfig",
            &endpoints.config,
            config,
        ),
        endpoint(
            "discovery.resource-types",
            "/ResourceTypes",
            &endpoints.resource_types,
            types,
        ),
        endpoint("discovery.schemas", "/Schemas", &endpoints.schemas, schemas),
    ];
    findings.extend(consistent(facts));
    findings
}

fn endpoint(id: &'static str, path: &str, reply: &Reply, found: Option<String>) -> Finding {
    if let Some(found) = found {
        return ok(id, HERE, format!("{path}: {found}"));
    }
    let Some(answer) = reply.answer() else {
        return unjudged(
            id,
            HERE,
            format!("{path}: {}", reply.missing().unwrap_or_default()),
        );
    };
    let text = match (answer.status, answer.json()) {
        (200, Some(_)) => format!("{path} is JSON, but nothing of it can be read"),
        _ => format!("{path} is answered {}", answer.words()),
    };
    remark(
        id,
        HERE,
        format!("{text}; RFC 7643's defaults are taken for it"),
    )
    .remedy("publish it (RFC 7644 §4): checks of what it does not name are skipped or guessed")
}

fn consistent(facts: &Facts) -> Option<Finding> {
    let id = "discovery.consistent";
    let discovered = &facts.discovered;
    let (types, schemas) = (
        discovered.resource_types.as_ref()?,
        discovered.schemas.as_ref()?,
    );
    let published = |urn: &str| {
        schemas
            .iter()
            .any(|schema| schema.id.eq_ignore_ascii_case(urn))
    };
    let mut missing: Vec<String> = Vec::new();
    for kind in types {
        let extensions = kind.extensions.iter().map(|extension| &extension.schema);
        for urn in std::iter::once(&kind.schema).chain(extensions) {
            if !published(urn) && !missing.contains(urn) {
                missing.push(urn.clone());
            }
        }
    }
    let lacks: Vec<&str> = ["User"]
        .into_iter()
        .filter(|name| {
            types
                .iter()
                .all(|kind| !kind.name.eq_ignore_ascii_case(name))
        })
        .collect();
    if !missing.is_empty() {
        let text = format!(
            "/ResourceTypes names schemas that /Schemas lacks: {}",
            first(missing)
        );
        return Some(
            remark(id, HERE, text).remedy("publish every schema that a resource type names"),
        );
    }
    if !lacks.is_empty() {
        let text = format!("/ResourceTypes names no {}", and(&lacks));
        return Some(remark(id, HERE, text).remedy("name every resource type that there is"));
    }
    Some(ok(
        id,
        HERE,
        "every schema that a resource type names is published",
    ))
}

fn first(all: Vec<String>) -> String {
    let more = all.len().saturating_sub(NAMED);
    let mut named: Vec<String> = all
        .into_iter()
        .take(NAMED)
        .map(|name| name.chars().take(120).collect())
        .collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    named.join(", ")
}

/// What the target says that it can do, and what it says that it can't.
pub(super) fn capabilities(facts: &Facts) -> Vec<String> {
    let Some(config) = &facts.discovered.config else {
        return Vec::new();
    };
    let limited = |name: &str, most: Option<u64>| match most {
        Some(most) => format!("{name} (at most {most})"),
        None => name.to_owned(),
    };
    let filter = config.filter.as_ref();
    let bulk = config.bulk.as_ref();
    let said = [
        (config.patch, "PATCH".to_owned()),
        (
            filter.map(|filter| filter.supported),
            limited(
                "filter",
                filter.filter(|f| f.supported).and_then(|f| f.max_results),
            ),
        ),
        (config.sort, "sort".to_owned()),
        (config.etag, "ETag".to_owned()),
        (
            bulk.map(|bulk| bulk.supported),
            limited(
                "bulk",
                bulk.filter(|b| b.supported).and_then(|b| b.max_operations),
            ),
        ),
        (config.change_password, "change of password".to_owned()),
        (
            config
                .pagination
                .as_ref()
                .map(|pagination| pagination.cursor),
            "cursors".to_owned(),
        ),
    ];
    said.into_iter()
        .filter_map(|(supported, name)| {
            Some(if supported? {
                name
            } else {
                format!("no {name}")
            })
        })
        .collect()
}
