//! The fixtures that the configuration overrides: each is there.

use super::super::configuration::{self, Configuration};
use super::super::exit::Failure;
use super::super::settings::{FIXTURES, Origin, Problem, nearest};
use crate::suite::Library;

/// Complains of each fixture that the configuration overrides and that there isn't.
///
/// # Errors
/// All of them, each with its place.
pub(super) fn check(configuration: &Configuration, library: &Library) -> Result<(), Failure> {
    let names = || library.fixtures.keys().map(String::as_str);
    let mut problems: Vec<Problem> = configuration
        .settings
        .iter()
        .filter_map(|(path, setting)| Some((path.strip_prefix(FIXTURES)?, setting)))
        .filter(|(name, _)| !library.fixtures.contains_key(*name))
        .map(|(name, setting)| Problem {
            message: format!(
                "there is no fixture `{name}`{}",
                meant(name, &setting.value, names)
            ),
            origin: Some(setting.origin.clone()),
        })
        .collect();
    problems.sort_by_key(|problem| match &problem.origin {
        Some(Origin::File { line, column, .. }) => (*line, *column),
        Some(Origin::CommandLine(_) | Origin::Environment(_) | Origin::Default) | None => (0, 0),
    });
    if problems.is_empty() {
        Ok(())
    } else {
        Err(configuration::failure(&problems))
    }
}

/// What was probably meant: a name with a dot that lacks its quotes, a name that is near, or one of all.
fn meant<'a, N: Iterator<Item = &'a str>>(
    name: &str,
    value: &serde_json::Value,
    names: impl Fn() -> N,
) -> String {
    let members = value.as_object().map(|members| members.keys());
    let dotted = members
        .into_iter()
        .flatten()
        .find_map(|member| names().find(|known| *known == format!("{name}.{member}")));
    if let Some(dotted) = dotted {
        return format!("; a name with a dot stands in quotes: [fixtures.\"{dotted}\"]");
    }
    match nearest(name, names()) {
        near if near.is_empty() => {
            format!("; fixtures are {}", names().collect::<Vec<_>>().join(", "))
        }
        near => near,
    }
}
