//! `when`

use serde_json::Value;

use super::{Answer, Facts, status};
use crate::suite::template::{Scope as _, text_of};
use crate::suite::{Condition, StatusMatcher, Template, Test};

/// Whether a condition holds. What can't be told, since the target says nothing, holds.
pub fn holds(condition: &Condition, facts: Facts<'_>, answer: Option<&Answer>) -> bool {
    condition
        .parts
        .iter()
        .all(|part| why_not(part, facts, answer).is_none())
}

/// Why a condition does not hold, in words; `None` when it does.
pub fn unmet(condition: &Condition, facts: Facts<'_>) -> Option<String> {
    condition
        .parts
        .iter()
        .find_map(|part| why_not(part, facts, None))
}

fn why_not(test: &Test, facts: Facts<'_>, answer: Option<&Answer>) -> Option<String> {
    match test {
        Test::Supports(capabilities) => capabilities
            .iter()
            .find(|capability| facts.knowledge.supports(facts.dialect, **capability) == Some(false))
            .map(|capability| format!("the target does not advertise {}", capability.word())),
        Test::ResourceType(names) => names
            .iter()
            .find(|name| facts.knowledge.offers(facts.dialect, name) == Some(false))
            .map(|name| format!("the target does not offer the resource type {name}")),
        Test::ExtensionRequired(name) => {
            let required = facts.knowledge.requires_extension(facts.dialect, name);
            (!required).then(|| format!("the target requires no extension of a {name}"))
        }
        Test::Publishes(wanted) => wanted
            .iter()
            .find(|published| !facts.knowledge.publishes(facts.dialect, **published))
            .map(|published| format!("the target has no /{}", published.word())),
        Test::Trait(choices) => choices
            .iter()
            .find(|(name, value)| facts.scope.choice(name) != Some(value.as_str()))
            .map(|(name, value)| format!("{name} was not seen to be {value}")),
        Test::Config(values) => values.iter().find_map(|(path, wanted)| {
            let config = facts.scope.variable("config");
            let found = config.as_ref().and_then(|config| {
                path.split('.')
                    .try_fold(config.as_ref(), |value, name| value.get(name))
            });
            let wanted = wanted.render(facts.scope).ok()?;
            let same = found.map(text_of) == Some(text_of(&wanted));
            (!same).then(|| {
                let found = found.map_or_else(|| "not set".to_owned(), Value::to_string);
                format!("the configuration's {path} is {found}, not {wanted}")
            })
        }),
        Test::AtTarget(url) => {
            let target = facts.scope.variable("target")?;
            let target = origin(target.get("base_url")?.as_str()?)?;
            let url = text_of(&url.render(facts.scope).ok()?);
            match origin(&url) {
                Some(origin) if origin == target => None,
                Some(origin) => Some(format!("{origin} is another server than the target")),
                None => Some(format!("`{url}` is no URL")),
            }
        }
        Test::Equal(left, right) => {
            let (left, right) = (
                left.render(facts.scope).ok()?,
                right.render(facts.scope).ok()?,
            );
            (text_of(&left) != text_of(&right)).then(|| format!("{left} is not {right}"))
        }
        Test::Among(one, template) => {
            let one = text_of(&one.render(facts.scope).ok()?);
            let list = template.render(facts.scope).ok()?;
            let is_one = |known: &Value| text_of(known).eq_ignore_ascii_case(&one);
            let found = list.as_array().is_none_or(|list| list.iter().any(is_one));
            let what = match template {
                Template::Whole(expression) => expression.to_string(),
                _ => list.to_string(),
            };
            let what = what
                .strip_prefix("config.")
                .map_or(what.clone(), |path| format!("the configuration's {path}"));
            (!found).then(|| format!("{one} is not among {what}"))
        }
        Test::Status(matcher) => {
            let fits = match (matcher, answer) {
                (StatusMatcher::OneOf(ranges), Some(answer)) => {
                    ranges.iter().any(|range| range.contains(answer.status))
                }
                (StatusMatcher::Schema(_), _) | (_, None) => false,
            };
            (!fits).then(|| format!("the status is not {}", status::expected(matcher)))
        }
        Test::Method(methods) => {
            let fits = answer.is_some_and(|answer| methods.contains(&answer.asked.method));
            (!fits).then(|| format!("the method is not {}", methods.join(" or ")))
        }
        Test::Projected(wanted) => {
            let fits = answer.is_some_and(|answer| answer.asked.projected == *wanted);
            let no = if *wanted { "no " } else { "" };
            (!fits).then(|| format!("the request chose {no}attributes"))
        }
        Test::BodySchema(urns) => {
            let schemas = answer
                .and_then(|answer| answer.json.as_ref().ok())
                .and_then(|body| body.get("schemas"))
                .and_then(Value::as_array);
            let is_wanted = |urn: &Value| {
                let urn = urn.as_str().unwrap_or_default();
                urns.iter().any(|wanted| wanted.eq_ignore_ascii_case(urn))
            };
            let fits = schemas.is_some_and(|schemas| schemas.iter().any(is_wanted));
            (!fits).then(|| format!("the body's schemas do not hold {}", urns.join(" or ")))
        }
        Test::Not(inner) => holds(inner, facts, answer).then(|| what_holds(inner, facts)),
    }
}

/// What a condition says that holds, and must not.
fn what_holds(condition: &Condition, facts: Facts<'_>) -> String {
    let said = condition.parts.iter().filter_map(|part| match part {
        Test::Supports(capabilities) => {
            let words: Vec<&str> = capabilities.iter().map(|c| c.word()).collect();
            Some(format!("the target advertises {}", words.join(", ")))
        }
        Test::ResourceType(names) => Some(format!(
            "the target offers the resource type {}",
            names.join(", ")
        )),
        Test::ExtensionRequired(name) => {
            Some(format!("the target requires an extension of each {name}"))
        }
        Test::Publishes(published) => {
            let words: Vec<String> = published.iter().map(|p| format!("/{}", p.word())).collect();
            Some(format!("the target has {}", words.join(", ")))
        }
        Test::Trait(choices) => choices
            .first()
            .map(|(name, value)| format!("{name} was seen to be {value}")),
        Test::Config(values) => values.first().and_then(|(path, value)| {
            let value = text_of(&value.render(facts.scope).ok()?);
            Some(if value.is_empty() {
                format!("the configuration has no {path}")
            } else {
                format!("the configuration's {path} is {value}")
            })
        }),
        // Their own words say what must hold, and would have to be turned round.
        Test::AtTarget(_)
        | Test::Equal(..)
        | Test::Among(..)
        | Test::Status(_)
        | Test::Method(_)
        | Test::Projected(_)
        | Test::BodySchema(_)
        | Test::Not(_) => None,
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        "what must not hold holds".to_owned()
    } else {
        said.join(", and ")
    }
}

/// Scheme, host and port of a URL (RFC 6454 §4), in small letters, without a port that is the scheme's own.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let authority = authority.to_ascii_lowercase();
    let own_port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let authority = authority.strip_suffix(own_port).unwrap_or(&authority);
    (!authority.is_empty()).then(|| format!("{scheme}://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn origins_are_compared_without_what_does_not_matter() {
        for (url, wanted) in [
            (
                "https://EXAMPLE.com:443/scim/v2",
                Some("https://example.com"),
            ),
            ("http://a:8080?x", Some("http://a:8080")),
            ("https://a@b/", Some("https://a@b")),
            ("/Users", None),
            ("https:///Users", None),
        ] {
            assert_eq!(origin(url).as_deref(), wanted, "{url}");
        }
    }
}
