//! Which checks run: profiles, globs, levels, tags, shards.
//!
//! Where suites lie below those that are there to run ([`Suite::only_named`]), a glob chooses among the latter if it
//! matches any of them, and among those below if it does not.

use globset::{Glob, GlobMatcher};
use thiserror::Error;

use super::generate::stable_hash;
use crate::record::{Level, Location};
use crate::suite::{Check, Dialect, Library, Suite};

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
    /// Tags: checks that have one of them.
    pub tags: Vec<String>,
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
        /// `suite`, `check` or `tag`.
        kind: &'static str,
        /// What was asked for.
        glob: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// Parameters that the chosen checks use have no value.
    #[error("{}", unset_words(.0))]
    Unset(Vec<Unset>),
    /// Each part matches something, but together they choose nothing.
    #[error("the selection chooses no check")]
    Nothing,
}

/// A parameter without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unset {
    /// Its name.
    pub name: String,
    /// Where it is used.
    pub location: Location,
}

fn unset_words(unset: &[Unset]) -> String {
    let words: Vec<String> = unset
        .iter()
        .map(|unset| format!("{}: `{}` has no value", unset.location, unset.name))
        .collect();
    words.join("\n")
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// A choice whose globs are compiled.
#[derive(Debug)]
pub struct Selector {
    profile: Option<Vec<SuiteGlob>>,
    suites: Vec<SuiteGlob>,
    checks: Vec<(String, GlobMatcher)>,
    /// Of the globs over checks, the parts that name suites below those that are there to run.
    below: Vec<GlobMatcher>,
    levels: Vec<Level>,
    tags: Vec<String>,
    dialects: Vec<Dialect>,
    shard: Option<(u64, u64)>,
}

/// A glob over the ids of suites.
#[derive(Debug)]
struct SuiteGlob {
    matcher: GlobMatcher,
    /// Whether it chooses among the suites that run only where they are named: it matches none of the others.
    below: bool,
}

impl SuiteGlob {
    fn new(glob: &str, library: &Library) -> Result<Self, ChoiceError> {
        let matcher = compile(glob)?;
        let below = !library
            .suites
            .iter()
            .any(|suite| !suite.only_named && matcher.is_match(&suite.id));
        Ok(Self { matcher, below })
    }

    fn takes(&self, suite: &Suite) -> bool {
        self.below == suite.only_named && self.matcher.is_match(&suite.id)
    }
}

impl Selector {
    /// Compiles a choice.
    ///
    /// # Errors
    /// [`ChoiceError`] for a profile that there isn't, a bad glob, or a suite glob or a tag that matches nothing.
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
                    .map(|glob| SuiteGlob::new(glob, library))
                    .collect::<Result<Vec<_>, _>>()
            })
            .transpose()?;
        let mut suites = Vec::new();
        for glob in &choice.suites {
            let compiled = SuiteGlob::new(glob, library)?;
            if !library.suites.iter().any(|suite| compiled.takes(suite)) {
                let ids = library.suites.iter().map(|suite| suite.id.as_str());
                return Err(nothing("suite", glob, ids));
            }
            suites.push(compiled);
        }
        let mut below = Vec::new();
        let mut checks = Vec::new();
        for glob in &choice.checks {
            checks.push((glob.clone(), compile(glob)?));
            // What stands before the slash names the suite. Where that is no glob by itself, such as `{a/b,c/d}`, it
            // names none.
            let of_suite = glob
                .split_once('/')
                .map_or(glob.as_str(), |(suite, _)| suite);
            let of_suite = SuiteGlob::new(of_suite, library).ok();
            let names_on_demand = |glob: &SuiteGlob| {
                let suites = library.suites.iter();
                suites
                    .filter(|suite| suite.on_demand)
                    .any(|suite| glob.takes(suite))
            };
            below.extend(
                of_suite
                    .filter(|glob| glob.below || names_on_demand(glob))
                    .map(|glob| glob.matcher),
            );
        }
        for tag in &choice.tags {
            let known = || {
                let checks = library.suites.iter().flat_map(|suite| &suite.checks);
                checks.flat_map(|check| check.tags.iter().map(String::as_str))
            };
            if !known().any(|known| known == tag) {
                return Err(nothing("tag", tag, known()));
            }
        }
        Ok(Self {
            profile,
            suites,
            checks,
            below,
            levels: choice.levels.clone(),
            tags: choice.tags.clone(),
            dialects: choice.dialects.clone(),
            shard: choice.shard,
        })
    }

    /// Whether a suite is chosen.
    pub fn takes_suite(&self, suite: &Suite) -> bool {
        let named = |globs: &[SuiteGlob]| globs.iter().any(|glob| glob.takes(suite));
        let by_itself = || {
            !suite.only_named && !suite.on_demand
                || self.below.iter().any(|glob| glob.is_match(&suite.id))
        };
        (self.dialects.is_empty() || self.dialects.contains(&suite.scim))
            && match (&self.profile, self.suites.as_slice()) {
                (None, []) => by_itself(),
                (None, globs) => named(globs),
                (Some(profile), []) => named(profile),
                (Some(profile), globs) => named(profile) && named(globs),
            }
    }

    /// Whether a check (of a suite that is chosen) is chosen; `id` is the whole one, `aliases` its former ones.
    pub fn takes_check(&self, id: &str, aliases: &[String], check: &Check) -> bool {
        (self.levels.is_empty() || self.levels.contains(&check.level))
            && (self.tags.is_empty() || self.tags.iter().any(|tag| check.tags.contains(tag)))
            && self.matches_checks(id, aliases)
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
                return Err(nothing("check", glob, ids.clone()));
            }
        }
        Ok(())
    }
}

fn nothing<'a>(
    kind: &'static str,
    glob: &str,
    known: impl Iterator<Item = &'a str>,
) -> ChoiceError {
    ChoiceError::MatchesNothing {
        kind,
        glob: glob.to_owned(),
        nearest: nearest(glob, known),
    }
}

/// Compiles a glob.
///
/// # Errors
/// [`ChoiceError::BadGlob`] when it is none.
pub fn compile(glob: &str) -> Result<GlobMatcher, ChoiceError> {
    Glob::new(glob)
        .map(|glob| glob.compile_matcher())
        .map_err(|error| ChoiceError::BadGlob {
            glob: glob.to_owned(),
            problem: error.kind().to_string(),
        })
}

/// The nearest of some words, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    crate::suite::nearest::nearest(word, words).map(str::to_owned)
}
