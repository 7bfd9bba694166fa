//! Settings with their origin: command line, then environment, then the profile, then the project's `scimitar.toml`,
//! then the user's, then built in.

pub mod file;
pub mod keys;
mod to_okta;
mod typed;
pub mod values;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

pub(in crate::cli) use typed::duration;
pub use typed::{Gate, Typed};

/// What stands before the name of a fixture in the path of a setting. A name may hold dots itself.
pub(in crate::cli) const FIXTURES: &str = "fixtures.";

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An option, by its name.
    CommandLine(&'static str),
    /// An environment variable.
    Environment(&'static str),
    /// A configuration file, with line and column.
    File {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// The profile within it.
        profile: Option<String>,
    },
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// The place of a byte of a file.
    pub(in crate::cli) fn in_file(
        file: &str,
        text: &str,
        at: usize,
        profile: Option<&str>,
    ) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let last = before.rsplit('\n').next().unwrap_or_default();
        Self::File {
            file: file.to_owned(),
            line,
            column: last.chars().count() + 1,
            profile: profile.map(str::to_owned),
        }
    }

    /// How strong an origin is: the lower the stronger. Files are all alike.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::CommandLine(_) => 0,
            Self::Environment(_) => 1,
            Self::File {
                profile: Some(_), ..
            } => 2,
            Self::File { profile: None, .. } => 3,
            Self::Default => 4,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // An option in capitals is one without a name: the target.
            Self::CommandLine(option) if option.starts_with(|c: char| c.is_ascii_uppercase()) => {
                f.write_str(option)
            }
            Self::CommandLine(option) => write!(f, "--{option}"),
            Self::Default => f.write_str("default"),
            Self::Environment(name) => f.write_str(name),
            Self::File {
                file,
                line,
                column,
                profile: None,
            } => write!(f, "{file}:{line}:{column}"),
            Self::File {
                file,
                line,
                column,
                profile: Some(name),
            } => {
                write!(f, "{file}:{line}:{column} (profile {name})")
            }
        }
    }
}

/// A value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub origin: Origin,
}

/// All settings that somebody gave, the strongest origin winning.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    values: BTreeMap<String, Setting>,
}

/// Something wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, with what to do.
    pub message: String,
    /// Where, if it is known.
    pub origin: Option<Origin>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) => write!(f, "{origin}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Settings {
    /// Sets a value. Call it from the strongest origin to the weakest: what is there stays.
    /// A table takes in the members that are new to it.
    pub fn offer(&mut self, path: &str, value: Value, origin: Origin) {
        match self.values.get_mut(path) {
            None => {
                self.values
                    .insert(path.to_owned(), Setting { value, origin });
            }
            Some(Setting {
                value: Value::Object(known),
                ..
            }) => {
                let Value::Object(more) = value else { return };
                // Names of headers are the same in any case (RFC 9110 §5.1), names of variables are not.
                let same = |left: &str, right: &str| {
                    left == right || (path != "variables" && left.eq_ignore_ascii_case(right))
                };
                for (name, value) in more {
                    if !known.keys().any(|known| same(known, &name)) {
                        known.insert(name, value);
                    }
                }
            }
            Some(_) => {}
        }
    }

    /// Takes the value of an option as it was written.
    ///
    /// # Errors
    /// When the text is no value of the option's kind.
    pub fn option(&mut self, option: &'static str, text: &str) -> Result<(), Problem> {
        let Some(key) = keys::of_option(option) else {
            return Ok(());
        };
        let origin = Origin::CommandLine(key.option);
        match typed::from_text(key.kind, text) {
            Ok(value) => self.offer(key.path, value, origin),
            Err(message) => {
                return Err(Problem {
                    message,
                    origin: Some(origin),
                });
            }
        }
        Ok(())
    }

    /// Takes the value of an option whose setting only some commands have as an option.
    ///
    /// # Errors
    /// When the text is no value of the setting's kind.
    pub fn option_of(
        &mut self,
        option: &'static str,
        path: &str,
        text: &str,
    ) -> Result<(), Problem> {
        let Some(key) = keys::find(path) else {
            return Ok(());
        };
        let origin = Origin::CommandLine(option);
        let value = typed::from_text(key.kind, text).map_err(|message| Problem {
            message,
            origin: Some(origin.clone()),
        })?;
        self.offer(key.path, value, origin);
        Ok(())
    }

    /// Takes the values of an option that may be repeated.
    pub fn option_list(&mut self, option: &'static str, items: &[String]) {
        if let (false, Some(key)) = (items.is_empty(), keys::of_option(option)) {
            let value = items.iter().map(String::as_str).collect();
            self.offer(key.path, value, Origin::CommandLine(key.option));
        }
    }

    /// Takes `NAME=VALUE` options.
    ///
    /// # Errors
    /// When one has no name, or a name is given two values.
    pub fn option_pairs(&mut self, option: &'static str, items: &[String]) -> Result<(), Problem> {
        let Some(key) = keys::of_option(option).filter(|_| !items.is_empty()) else {
            return Ok(());
        };
        let origin = Origin::CommandLine(key.option);
        let mut members = serde_json::Map::new();
        for item in items {
            let problem = |message: String| Problem {
                message,
                origin: Some(origin.clone()),
            };
            let (name, value) = item
                .split_once('=')
                .filter(|(name, _)| !name.trim().is_empty())
                // The text may be a secret that stands in the wrong place: it is not repeated.
                .ok_or_else(|| problem("it is written NAME=VALUE".to_owned()))?;
            let before = members.insert(name.trim().to_owned(), value.into());
            if before.is_some_and(|before| before != value) {
                let message = format!("`{}` is given two values", name.trim());
                return Err(problem(message));
            }
        }
        self.offer(key.path, Value::Object(members), origin);
        Ok(())
    }

    /// Takes a switch.
    pub fn option_flag(&mut self, option: &'static str, on: bool) {
        if let (true, Some(key)) = (on, keys::of_option(option)) {
            self.offer(key.path, true.into(), Origin::CommandLine(key.option));
        }
    }

    /// Takes what the environment says.
    ///
    /// # Errors
    /// Variables that start with `SCIMITAR_` and mean nothing, with the nearest one that does.
    pub fn environment(
        &mut self,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for (name, value) in variables
            .into_iter()
            .filter(|(name, _)| name.starts_with("SCIMITAR_"))
        {
            let Some(key) = keys::KEYS.iter().find(|key| key.env == name) else {
                // What the project's own tests use is none of a user's business.
                if !name.starts_with("SCIMITAR_TEST_") && !name.starts_with("SCIMITAR_REAL_") {
                    let near = nearest_variable(&name);
                    problems.push(Problem {
                        message: format!(
                            "the environment variable {name} means nothing to scimitar{near}"
                        ),
                        origin: None,
                    });
                }
                continue;
            };
            if value.is_empty() {
                continue;
            }
            match typed::from_text(key.kind, &value) {
                Ok(value) => self.offer(key.path, value, Origin::Environment(key.env)),
                Err(message) => problems.push(Problem {
                    message,
                    origin: Some(Origin::Environment(key.env)),
                }),
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    /// The setting of a path.
    pub fn get(&self, path: &str) -> Option<&Setting> {
        self.values.get(path)
    }

    /// All settings, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Setting)> {
        self.values
            .iter()
            .map(|(path, setting)| (path.as_str(), setting))
    }

    /// What is below a path, as a tree without that path.
    pub fn tree(&self, below: &str) -> Value {
        let mut root = serde_json::Map::new();
        for (path, setting) in &self.values {
            let Some(rest) = path
                .strip_prefix(below)
                .and_then(|rest| rest.strip_prefix('.'))
            else {
                continue;
            };
            let mut names: Vec<&str> = rest.split('.').collect();
            let Some(last) = names.pop() else { continue };
            insert(&mut root, &names, last, setting.value.clone());
        }
        Value::Object(root)
    }
}

/// The nearest variable: what all of them begin with says nothing.
fn nearest_variable(name: &str) -> String {
    let bare = |name: &'static str| name.trim_start_matches("SCIMITAR_");
    let word = name.trim_start_matches("SCIMITAR_");
    nearest(word, keys::KEYS.iter().map(|key| bare(key.env))).replace("mean `", "mean `SCIMITAR_")
}

fn insert(root: &mut serde_json::Map<String, Value>, names: &[&str], last: &str, value: Value) {
    match names.split_first() {
        None => {
            root.insert(last.to_owned(), value);
        }
        Some((first, rest)) => {
            let next = root
                .entry(*first)
                .or_insert_with(|| Value::Object(serde_json::Map::new()));
            if let Value::Object(inner) = next {
                insert(inner, rest, last, value);
            }
        }
    }
}

/// `; did you mean …?`, if a word is near enough to be meant.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> String {
    let near = crate::suite::nearest::nearest(word, words);
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn environment(name: &str, value: &str) -> Settings {
        let mut settings = Settings::default();
        let variables = [(name.to_owned(), value.to_owned())];
        settings.environment(variables).unwrap();
        settings
    }

    #[test]
    fn what_is_offered_first_stays() {
        let mut settings = Settings::default();
        settings.option("timeout", "1s").unwrap();
        let variables = [
            ("SCIMITAR_TIMEOUT".to_owned(), "2s".to_owned()),
            ("SCIMITAR_JOBS".to_owned(), "2".to_owned()),
        ];
        settings.environment(variables).unwrap();
        settings.offer("run.jobs", 3.into(), Origin::Default);
        let shown = |path: &str| {
            let setting = settings.get(path).unwrap();
            format!("{} {}", setting.value, setting.origin)
        };
        assert_eq!(shown("target.timeout"), "\"1s\" --timeout");
        assert_eq!(shown("run.jobs"), "2 SCIMITAR_JOBS");
    }

    #[test]
    fn tables_are_put_together_and_of_one_name_the_stronger_stays() {
        let mut settings = Settings::default();
        settings.option("header", "X-A: strong\nX-B: b").unwrap();
        settings.offer(
            "target.headers",
            json!({ "x-a": "weak", "X-C": "c" }),
            Origin::Default,
        );
        let headers = &settings.get("target.headers").unwrap().value;
        assert_eq!(*headers, json!({ "X-A": "strong", "X-B": "b", "X-C": "c" }));
    }

    #[test]
    fn the_environment_is_read_by_kind_and_an_empty_variable_is_none() {
        for (name, value, path, expected) in [
            ("SCIMITAR_READ_ONLY", "1", "run.read_only", json!(true)),
            ("SCIMITAR_READ_ONLY", "no", "run.read_only", json!(false)),
            (
                "SCIMITAR_CHECKS",
                "a/*, b/{x,y}",
                "run.checks",
                json!(["a/*", "b/{x,y}"]),
            ),
            (
                "SCIMITAR_LEVELS",
                "must,may",
                "run.levels",
                json!(["must", "may"]),
            ),
            (
                "SCIMITAR_HEADERS",
                "A: b: c",
                "target.headers",
                json!({ "A": "b: c" }),
            ),
            ("SCIMITAR_BEARER", "-", "auth.bearer", json!("-")),
        ] {
            let settings = environment(name, value);
            assert_eq!(
                settings.get(path).unwrap().value,
                expected,
                "{name}={value}"
            );
        }
        assert_eq!(environment("SCIMITAR_JOBS", "").iter().count(), 0);
        assert_eq!(environment("HOME", "/x").iter().count(), 0);
    }

    #[test]
    fn what_means_nothing_is_a_problem() {
        let problems = |name: &str, value: &str| {
            let variables = [(name.to_owned(), value.to_owned())];
            let found = Settings::default().environment(variables).err();
            found.map_or_else(String::new, |found| found[0].to_string())
        };
        assert_eq!(
            problems("SCIMITAR_TOKEN", "x"),
            "the environment variable SCIMITAR_TOKEN means nothing to scimitar"
        );
        assert!(problems("SCIMITAR_PROFIL", "x").ends_with("did you mean `SCIMITAR_PROFILE`?"));
        assert_eq!(
            problems("SCIMITAR_FAIL_ON", "mus"),
            "SCIMITAR_FAIL_ON: `mus` is none of must, should, never; did you mean `must`?"
        );
        assert_eq!(problems("SCIMITAR_TEST_ANYTHING", "x"), "");
    }

    #[test]
    fn a_tree_is_made_of_what_is_below_a_path() {
        let mut settings = Settings::default();
        settings.offer("okta.a.b", 1.into(), Origin::Default);
        settings.offer("okta.a.c", 2.into(), Origin::Default);
        settings.offer("oktaa.d", 3.into(), Origin::Default);
        assert_eq!(settings.tree("okta"), json!({ "a": { "b": 1, "c": 2 } }));
    }

    #[test]
    fn every_setting_is_there_once() {
        let unique = |names: Vec<&str>| {
            let set: std::collections::BTreeSet<&str> = names.iter().copied().collect();
            assert_eq!(set.len(), names.len(), "{names:?}");
        };
        unique(keys::KEYS.iter().map(|key| key.path).collect());
        unique(keys::KEYS.iter().map(|key| key.env).collect());
        let options = keys::KEYS.iter().map(|key| key.option);
        unique(options.filter(|option| !option.is_empty()).collect());
    }
}
