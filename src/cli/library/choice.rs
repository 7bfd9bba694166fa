//! What is wrong with a choice of suites and checks, for people.

use super::super::exit::Failure;
use crate::engine::selection::Selector;
use crate::engine::{Choice, ChoiceError};
use crate::suite::Library;

/// The failure that a choice chooses nothing, or can't be made.
pub(in crate::cli) fn choice_failure(
    error: &ChoiceError,
    choice: &Choice,
    library: &Library,
) -> Failure {
    let message = error.to_string();
    match error {
        ChoiceError::UnknownProfile { .. } | ChoiceError::BadGlob { .. } => Failure::usage(message),
        ChoiceError::Unset(unset) => Failure::Usage {
            message,
            help: unset
                .iter()
                .map(|unset| {
                    let name = &unset.name;
                    format!("give it by --var {name}=VALUE, or in scimitar.toml below [variables]")
                })
                .collect(),
        },
        ChoiceError::MatchesNothing { .. } => Failure::NothingSelected {
            message,
            help: vec!["scimitar list shows what there is".to_owned()],
        },
        ChoiceError::Nothing => Failure::NothingSelected {
            message,
            help: why_nothing(choice, library),
        },
    }
}

/// Each part of a choice matches something, but together they choose nothing: most often since the suites speak the
/// other version of SCIM.
fn why_nothing(choice: &Choice, library: &Library) -> Vec<String> {
    if library.suites.iter().all(|suite| suite.only_named)
        && (choice.profile.is_none() && choice.suites.is_empty() && choice.checks.is_empty())
    {
        return vec![
            "none of the files that were named holds a suite; --suite GLOB or --profile NAME chooses built-in ones, \
             which then use their fixtures"
                .to_owned(),
        ];
    }
    let any = Choice {
        dialects: Vec::new(),
        ..choice.clone()
    };
    let Ok(selector) = Selector::new(&any, library) else {
        return Vec::new();
    };
    let mut other: Vec<&str> = library
        .suites
        .iter()
        .filter(|suite| !choice.dialects.is_empty() && !choice.dialects.contains(&suite.scim))
        .filter(|suite| selector.takes_suite(suite))
        .map(|suite| suite.scim.word())
        .collect();
    other.sort_unstable();
    other.dedup();
    let mut help: Vec<String> = other
        .iter()
        .map(|word| format!("the suites that match speak SCIM {word}: give --scim {word}"))
        .collect();
    if help.is_empty() {
        help.push(
            "each part matches something, but nothing matches all of them: leave one out, or look at scimitar list"
                .to_owned(),
        );
    }
    help
}
