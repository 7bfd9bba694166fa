//! `when`

use serde_json::Value;

use super::{Facts, status};
use crate::suite::template::{Scope as _, text_of};
use crate::suite::{Condition, StatusMatcher, Test};

/// Whether a condition holds. What can't be told, since the target says nothing, holds.
pub fn holds(condition: &Condition, facts: Facts<'_>, status: Option<u16>) -> bool {
    condition
        .parts
        .iter()
        .all(|part| why_not(part, facts, status).is_none())
}

/// Why a condition does not hold, in words; `None` when it does.
pub fn unmet(condition: &Condition, facts: Facts<'_>) -> Option<String> {
    condition
        .parts
        .iter()
        .find_map(|part| why_not(part, facts, None))
}

fn why_not(test: &Test, facts: Facts<'_>, status: Option<u16>) -> Option<String> {
    match test {
        Test::Supports(capabilities) => capabilities
            .iter()
            .find(|capability| facts.knowledge.supports(facts.dialect, **capability) == Some(false))
            .map(|capability| format!("the target does not advertise {}", capability.word())),
        Test::ResourceType(names) => names
            .iter()
            .find(|name| facts.knowledge.offers(facts.dialect, name) == Some(false))
            .map(|name| format!("the target does not offer the resource type {name}")),
        Test::Trait(choices) => choices
            .iter()
            .find(|(name, value)| facts.scope.choice(name) != Some(value.as_str()))
            .map(|(name, value)| format!("{name} was not seen to be {value}")),
        Test::Config(values) => values.iter().find_map(|(path, wanted)| {
            let mut names = path.split('.');
            let mut found = facts.scope.variable("config");
            for name in names.by_ref() {
                found = found.and_then(|value| value.get(name).cloned());
            }
            let wanted = wanted.render(facts.scope).ok()?;
            let same = found.as_ref().map(text_of) == Some(text_of(&wanted));
            (!same).then(|| {
                let found = found
                    .as_ref()
                    .map_or_else(|| "not set".to_owned(), Value::to_string);
                format!("the configuration's {path} is {found}, not {wanted}")
            })
        }),
        Test::Equal(left, right) => {
            let (left, right) = (
                left.render(facts.scope).ok()?,
                right.render(facts.scope).ok()?,
            );
            (text_of(&left) != text_of(&right)).then(|| format!("{left} is not {right}"))
        }
        Test::Status(matcher) => {
            let fits = match (matcher, status) {
                (StatusMatcher::OneOf(ranges), Some(status)) => {
                    ranges.iter().any(|range| range.contains(status))
                }
                (StatusMatcher::Schema(_), _) | (_, None) => false,
            };
            (!fits).then(|| format!("the status is not {}", status::expected(matcher)))
        }
        Test::Not(inner) => {
            holds(inner, facts, status).then(|| "what must not hold holds".to_owned())
        }
    }
}
