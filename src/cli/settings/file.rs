//! `scimitar.toml`, with the line and column of every value.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Kind};
use super::{Origin, Problem, Settings, nearest};

/// A configuration file: its settings, and those of its profiles.
#[derive(Debug, Default)]
pub struct ConfigFile {
    name: String,
    folder: PathBuf,
    values: Vec<(String, Value, usize)>,
    profiles: BTreeMap<String, Profile>,
    text: String,
}

#[derive(Debug, Default)]
struct Profile {
    inherits: Option<(String, usize)>,
    values: Vec<(String, Value, usize)>,
}

impl ConfigFile {
    /// Reads a file's text; `name` is how messages call it, and relative paths in it are relative to `folder`.
    ///
    /// # Errors
    /// All problems of the file at once, each with its place.
    pub fn parse(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let mut file = Self {
            name: name.to_owned(),
            folder: folder.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        };
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            vec![file.problem(error.message().to_owned(), at)]
        })?;
        let mut problems = Vec::new();
        for (key, value) in table.get_ref() {
            if key.get_ref().as_ref() == "profiles" {
                file.read_profiles(value, &mut problems);
            } else {
                let mut values = Vec::new();
                file.read(
                    key.get_ref(),
                    key.span().start,
                    value,
                    &mut values,
                    &mut problems,
                );
                file.values.extend(values);
            }
        }
        if problems.is_empty() {
            return Ok(file);
        }
        problems.sort_by_key(|problem| match problem.origin {
            Some(Origin::File { line, column, .. }) => (line, column),
            Some(Origin::CommandLine(_) | Origin::Environment(_) | Origin::Default) | None => {
                (0, 0)
            }
        });
        Err(problems)
    }

    fn read_profiles(&mut self, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let DeValue::Table(profiles) = value.get_ref() else {
            problems.push(self.problem(
                "`profiles` is a table of tables: [profiles.NAME]".to_owned(),
                value.span().start,
            ));
            return;
        };
        for (name, body) in profiles {
            let DeValue::Table(body_table) = body.get_ref() else {
                problems.push(self.problem("a profile is a table".to_owned(), body.span().start));
                continue;
            };
            let mut profile = Profile::default();
            for (key, value) in body_table {
                if key.get_ref().as_ref() == "inherits" {
                    match value.get_ref() {
                        DeValue::String(parent) => {
                            profile.inherits = Some((parent.to_string(), value.span().start));
                        }
                        _ => problems.push(self.problem(
                            "`inherits` is a profile's name".to_owned(),
                            value.span().start,
                        )),
                    }
                } else {
                    self.read(
                        key.get_ref(),
                        key.span().start,
                        value,
                        &mut profile.values,
                        problems,
                    );
                }
            }
            if let Some((_, _, at)) = profile
                .values
                .iter()
                .find(|(path, _, _)| path == "run.profile")
            {
                let message =
                    "a profile can't choose a profile; it can inherit: inherits = \"NAME\"";
                problems.push(self.problem(message.to_owned(), *at));
            }
            self.profiles.insert(name.get_ref().to_string(), profile);
        }
    }

    fn read(
        &self,
        path: &str,
        at: usize,
        value: &Spanned<DeValue<'_>>,
        values: &mut Vec<(String, Value, usize)>,
        problems: &mut Vec<Problem>,
    ) {
        let open = keys::OPEN
            .iter()
            .any(|open| path == *open || path.starts_with(&format!("{open}.")));
        if open {
            // `fixtures.user` is one value: what is in it is the user's own.
            if path.contains('.') {
                values.push((path.to_owned(), plain(value.get_ref()), at));
            } else if let DeValue::Table(table) = value.get_ref() {
                for (key, inner) in table {
                    self.read(
                        &format!("{path}.{}", key.get_ref()),
                        key.span().start,
                        inner,
                        values,
                        problems,
                    );
                }
            }
            return;
        }
        match (keys::find(path), value.get_ref()) {
            (Some(key), found) => match check(key.kind, plain(found)) {
                Ok(value_read) => {
                    let placed = self.placed(key.kind, value_read);
                    values.push((path.to_owned(), placed, value.span().start));
                }
                Err(message) => {
                    problems.push(self.problem(format!("`{path}`: {message}"), value.span().start));
                }
            },
            (None, DeValue::Table(table)) if is_section(path) => {
                for (key, inner) in table {
                    self.read(
                        &format!("{path}.{}", key.get_ref()),
                        key.span().start,
                        inner,
                        values,
                        problems,
                    );
                }
            }
            (None, _) => {
                let known = keys::KEYS.iter().map(|key| key.path);
                let known = known.chain(keys::SECTIONS).chain(["profiles", "fixtures"]);
                let near = nearest(path, known);
                problems.push(self.problem(format!("there is no setting `{path}`{near}"), at));
            }
        }
    }

    fn problem(&self, message: String, at: usize) -> Problem {
        Problem {
            message,
            origin: Some(self.origin(at, None)),
        }
    }

    fn origin(&self, at: usize, profile: Option<&str>) -> Origin {
        Origin::in_file(&self.name, &self.text, at, profile)
    }

    /// The value with relative paths made relative to the file's folder.
    fn placed(&self, kind: Kind, value: Value) -> Value {
        let place = |text: &str| match (kind, text.strip_prefix('@')) {
            (Kind::Path, _) if text == "-" => text.to_owned(),
            (Kind::Path | Kind::Paths, _) => self.folder.join(text).to_string_lossy().into_owned(),
            (Kind::Secret, Some(file)) => format!("@{}", self.folder.join(file).to_string_lossy()),
            _ => text.to_owned(),
        };
        match value {
            Value::String(text) => Value::String(place(&text)),
            Value::Array(items) => items
                .iter()
                .map(|item| {
                    item.as_str()
                        .map_or_else(|| item.clone(), |text| place(text).into())
                })
                .collect(),
            other => other,
        }
    }

    /// The names of its profiles.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// Offers the settings outside profiles.
    pub fn offer(&self, settings: &mut Settings) {
        for (path, value, at) in &self.values {
            settings.offer(path, value.clone(), self.origin(*at, None));
        }
    }
}

/// Offers the settings of a profile, and of those that it inherits from, from the strongest file to the weakest.
/// Gives the names of the chain: the profile's own first. The last may be none of the files': then it is a built-in
/// choice of suites, which only the suites know.
///
/// # Errors
/// When profiles inherit in a circle.
pub fn offer_profile(
    files: &[ConfigFile],
    name: &str,
    settings: &mut Settings,
) -> Result<Vec<String>, Problem> {
    let mut chain = vec![name.to_owned()];
    loop {
        let name = chain.last().cloned().unwrap_or_default();
        let mut parent = None;
        for file in files {
            let Some(profile) = file.profiles.get(&name) else {
                continue;
            };
            for (path, value, at) in &profile.values {
                settings.offer(path, value.clone(), file.origin(*at, Some(&name)));
            }
            if let (None, Some((inherited, at))) = (&parent, &profile.inherits) {
                parent = Some((inherited.clone(), file.origin(*at, None)));
            }
        }
        let Some((parent, origin)) = parent else {
            return Ok(chain);
        };
        if chain.contains(&parent) {
            let message = format!(
                "profiles inherit in a circle: {} → {parent}",
                chain.join(" → ")
            );
            return Err(Problem {
                message,
                origin: Some(origin),
            });
        }
        chain.push(parent);
    }
}

fn is_section(path: &str) -> bool {
    keys::SECTIONS.contains(&path)
}

fn check(kind: Kind, value: Value) -> Result<Value, String> {
    let fits = match kind {
        Kind::Text | Kind::Secret | Kind::Duration | Kind::Word(_) | Kind::Path => {
            value.is_string()
        }
        Kind::Flag => value.is_boolean(),
        Kind::Number => value.as_u64().is_some(),
        Kind::List | Kind::Words(_) | Kind::Attributes | Kind::Paths => value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string)),
        Kind::Table => value
            .as_object()
            .is_some_and(|members| members.values().all(Value::is_string)),
    };
    if !fits {
        return Err(match kind {
            Kind::Text | Kind::Secret | Kind::Path => "expected a text".to_owned(),
            Kind::Word(words) => format!("expected one of {}", quoted(words)),
            Kind::Flag => "expected true or false".to_owned(),
            Kind::Number => "expected a whole number, not negative".to_owned(),
            Kind::Duration => "expected a time such as \"10s\"".to_owned(),
            Kind::List | Kind::Attributes | Kind::Paths => "expected a list of texts".to_owned(),
            Kind::Words(words) => format!("expected a list of {}", quoted(words)),
            Kind::Table => "expected a table of texts".to_owned(),
        });
    }
    let texts = match &value {
        Value::String(text) => vec![text.as_str()],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        Value::Object(members) => {
            let values = members.values().filter_map(Value::as_str);
            members.keys().map(String::as_str).chain(values).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    };
    for text in texts {
        super::typed::check_text(kind, text)?;
    }
    Ok(value)
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    quoted.join(", ")
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or(Value::Null, Value::from),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| plain(item.get_ref())).collect())
        }
        DeValue::Table(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.get_ref().to_string(), plain(value.get_ref())))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> String {
        let problems = ConfigFile::parse("scimitar.toml", Path::new(""), text).unwrap_err();
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn every_problem_has_its_place_and_the_nearest_word() {
        insta::assert_snapshot!(problems("[target]\nulr = \"https://x\"\ninsecure = \"yes\"\n[rnu]\njobs = 2\n"), @r"
        scimitar.toml:2:1: there is no setting `target.ulr`; did you mean `target.url`?
        scimitar.toml:3:12: `target.insecure`: expected true or false
        scimitar.toml:4:2: there is no setting `rnu`; did you mean `run`?
        ");
    }

    #[test]
    fn bad_syntax_has_its_place() {
        assert!(problems("[target\n").starts_with("scimitar.toml:1:"));
    }

    #[test]
    fn a_profile_wins_over_what_it_inherits_from_and_that_over_the_rest_of_the_file() {
        let text = "[run]\njobs = 1\nseed = 1\n[profiles.base.run]\njobs = 2\nfail_on = \"should\"\n\
                    [profiles.ci]\ninherits = \"base\"\nrun.jobs = 3\n";
        let file = ConfigFile::parse("f", Path::new("/p"), text).unwrap();
        let mut settings = Settings::default();
        let files = [file];
        let chain = offer_profile(&files, "ci", &mut settings).unwrap();
        assert_eq!(chain, ["ci", "base"]);
        files[0].offer(&mut settings);
        let value = |path: &str| settings.get(path).unwrap().value.clone();
        assert_eq!(
            (value("run.jobs"), value("run.fail_on"), value("run.seed")),
            (3.into(), "should".into(), 1.into())
        );
        assert_eq!(
            settings.get("run.jobs").unwrap().origin.to_string(),
            "f:9:12 (profile ci)"
        );
    }

    #[test]
    fn fixtures_are_the_users_own() {
        let file = ConfigFile::parse(
            "f",
            Path::new("/p"),
            "[fixtures.user]\ntitle = \"Dr\"\nname = { givenName = \"A\" }\n",
        )
        .unwrap();
        let mut settings = Settings::default();
        file.offer(&mut settings);
        assert_eq!(
            settings.tree("fixtures"),
            serde_json::json!({ "user": { "title": "Dr", "name": { "givenName": "A" } } })
        );
    }

    #[test]
    fn a_profile_may_end_in_a_built_in_one_but_not_in_itself() {
        let text = "[profiles.a]\ninherits = \"okta\"\n[profiles.b]\ninherits = \"c\"\n\
                    [profiles.c]\ninherits = \"b\"\n";
        let files = [ConfigFile::parse("f", Path::new("/p"), text).unwrap()];
        let chain = |name: &str| offer_profile(&files, name, &mut Settings::default());
        assert_eq!(chain("a").unwrap(), ["a", "okta"]);
        assert_eq!(chain("okta").unwrap(), ["okta"]);
        assert_eq!(
            chain("b").unwrap_err().to_string(),
            "f:6:12: profiles inherit in a circle: b → c → b"
        );
    }

    #[test]
    fn paths_are_relative_to_the_file_and_secrets_may_be_in_files() {
        let text = "target.ca = [\"ca.pem\", \"/etc/x.pem\"]\nreport.json = \"-\"\n\
                    auth.bearer = \"@token\"\nauth.header = \"raw\"\n";
        let file = ConfigFile::parse("f", Path::new("/p"), text).unwrap();
        let mut settings = Settings::default();
        file.offer(&mut settings);
        let value = |path: &str| settings.get(path).unwrap().value.clone();
        assert_eq!(
            value("target.ca"),
            serde_json::json!(["/p/ca.pem", "/etc/x.pem"])
        );
        assert_eq!(value("report.json"), "-");
        assert_eq!(value("auth.bearer"), "@/p/token");
        assert_eq!(value("auth.header"), "raw");
    }

    #[test]
    fn words_are_checked_where_they_stand() {
        insta::assert_snapshot!(problems(
            "[run]\nfail_on = \"shoud\"\nlevels = [\"must\", \"mya\"]\n[target]\ntimeout = \"5\"\n"
        ));
    }
}
