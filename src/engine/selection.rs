//! Which checks run: profiles, globs, levels, shards.

use globset::{Glob, GlobMatcher};
use thiserror::Error;

use super::generate::stable_hash;
use crate::record::Level;
use crate::suite::{Dialect, Library};

/// What was chosen on the command line or in the configuration. Empty lists choose everything.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// A profile's name.
    pub profile: Option<String>,
    /// Globs over suite ids.
    pub suites: Vec<String>,
    /// Globs over check ids.
    pub checks: Vec<String>,
    /// Levels.
    pub levels: Vec<Level>,
    /// Dialects that can be tested: those that there is a base URL for.
    pub dialects: Vec<Dialect>,
    /// Which part of how many, from 1.
    pub shard: Option<(u64, u64)>,
}

/// Why a choice can't be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChoiceError {
    /// There is no such profile.
    #[error("there is no profile `{name}`{}", suggestion(nearest.as_deref()))]
    UnknownProfile {
        /// What was asked for.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// A glob can't be read.
    #[error("`{glob}` is no glob: {problem}")]
    BadGlob {
        /// What was asked for.
        glob: String,
        /// What is wrong.
        problem: String,
    },
    /// A glob matches nothing.
    #[error("no {kind} matches `{glob}`{}", suggestion(nearest.as_deref()))]
    MatchesNothing {
        /// `suite` or `check`.
        kind: &'static str,
        /// What was asked for.
        glob: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// Each part matches something, but together they choose nothing.
    #[error("the selection chooses no check")]
    Nothing,
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// A choice whose globs are compiled.
#[derive(Debug)]
pub struct Selector {
    profile: Option<Vec<GlobMatcher>>,
    suites: Vec<(String, GlobMatcher)>,
    checks: Vec<(String, GlobMatcher)>,
    levels: Vec<Level>,
    dialects: Vec<Dialect>,
    shard: Option<(u64, u64)>,
}

impl Selector {
    /// Compiles a choice.
    ///
    /// # Errors
    /// [`ChoiceError`] for a profile that there isn't, a bad glob, or a suite glob that matches nothing.
    pub fn new(choice: &Choice, library: &Library) -> Result<Self, ChoiceError> {
        let profile = choice
            .profile
            .as_ref()
            .map(|name| {
                let profile =
                    library
                        .profiles
                        .get(name)
                        .ok_or_else(|| ChoiceError::UnknownProfile {
                            name: name.clone(),
                            nearest: nearest(name, library.profiles.keys().map(String::as_str)),
                        })?;
                profile
                    .suites
                    .iter()
                    .map(|glob| compile(glob))
                    .collect::<Result<Vec<_>, _>>()
            })
            .transpose()?;
        let compile_all = |globs: &[String]| {
            globs
                .iter()
                .map(|glob| Ok((glob.clone(), compile(glob)?)))
                .collect::<Result<Vec<_>, ChoiceError>>()
        };
        let selector = Self {
            profile,
            suites: compile_all(&choice.suites)?,
            checks: compile_all(&choice.checks)?,
            levels: choice.levels.clone(),
            dialects: choice.dialects.clone(),
            shard: choice.shard,
        };
        for (glob, matcher) in &selector.suites {
            if !library
                .suites
                .iter()
                .any(|suite| matcher.is_match(&suite.id))
            {
                let nearest = nearest(glob, library.suites.iter().map(|suite| suite.id.as_str()));
                return Err(ChoiceError::MatchesNothing {
                    kind: "suite",
                    glob: glob.clone(),
                    nearest,
                });
            }
        }
        Ok(selector)
    }

    /// Whether a suite is chosen.
    pub fn takes_suite(&self, id: &str, dialect: Dialect) -> bool {
        (self.dialects.is_empty() || self.dialects.contains(&dialect))
            && self
                .profile
                .as_ref()
                .is_none_or(|globs| globs.iter().any(|glob| glob.is_match(id)))
            && (self.suites.is_empty() || self.suites.iter().any(|(_, glob)| glob.is_match(id)))
    }

    /// Whether a check (of a suite that is chosen) is chosen; `id` is the whole one, `aliases` its former ones.
    pub fn takes_check(&self, id: &str, aliases: &[String], level: Level) -> bool {
        (self.levels.is_empty() || self.levels.contains(&level)) && self.matches_checks(id, aliases)
    }

    fn matches_checks(&self, id: &str, aliases: &[String]) -> bool {
        self.checks.is_empty()
            || self.checks.iter().any(|(_, glob)| {
                // The id of a check stands for all rows of its matrix.
                let whole = id
                    .match_indices('/')
                    .nth(1)
                    .map_or(id, |(at, _)| id.get(..at).unwrap_or(id));
                glob.is_match(id)
                    || glob.is_match(whole)
                    || aliases.iter().any(|alias| glob.is_match(alias))
            })
    }

    /// Whether a check is in the chosen shard. By a hash of its id, so that new checks don't move the others.
    pub fn in_shard(&self, id: &str) -> bool {
        self.shard
            .is_none_or(|(part, of)| stable_hash(id) % of.max(1) + 1 == part)
    }

    /// Complains of a check glob that matches none of these ids.
    ///
    /// # Errors
    /// [`ChoiceError::MatchesNothing`] with the nearest id.
    pub fn complain<'a>(
        &self,
        ids: &(impl Iterator<Item = &'a str> + Clone),
    ) -> Result<(), ChoiceError> {
        for (glob, matcher) in &self.checks {
            let whole = |id: &'a str| {
                id.match_indices('/')
                    .nth(1)
                    .and_then(|(at, _)| id.get(..at))
                    .unwrap_or(id)
            };
            if !ids
                .clone()
                .any(|id| matcher.is_match(id) || matcher.is_match(whole(id)))
            {
                let nearest = nearest(glob, ids.clone());
                return Err(ChoiceError::MatchesNothing {
                    kind: "check",
                    glob: glob.clone(),
                    nearest,
                });
            }
        }
        Ok(())
    }
}

fn compile(glob: &str) -> Result<GlobMatcher, ChoiceError> {
    Glob::new(glob)
        .map(|glob| glob.compile_matcher())
        .map_err(|error| ChoiceError::BadGlob {
            glob: glob.to_owned(),
            problem: error.kind().to_string(),
        })
}

/// The nearest of some words, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    words
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}
