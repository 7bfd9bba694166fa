//! `scimitar.toml`, with the line and column of every value.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Kind};
use super::{Origin, Problem, Settings, nearest};

/// A configuration file: its settings, and those of its profiles.
#[derive(Debug, Default)]
pub struct ConfigFile {
    name: String,
    values: Vec<(String, Value, usize)>,
    profiles: BTreeMap<String, Profile>,
    text: String,
}

#[derive(Debug, Default)]
struct Profile {
    inherits: Option<String>,
    values: Vec<(String, Value, usize)>,
}

impl ConfigFile {
    /// Reads a file's text; `name` is how messages call it.
    ///
    /// # Errors
    /// All problems of the file at once, each with its place.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut file = Self { name: name.to_owned(), text: text.to_owned(), ..Self::default() };
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
                file.read(key.get_ref(), key.span().start, value, &mut values, &mut problems);
                file.values.extend(values);
            }
        }
        if problems.is_empty() { Ok(file) } else { Err(problems) }
    }

    fn read_profiles(&mut self, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let DeValue::Table(profiles) = value.get_ref() else {
            problems.push(self.problem("`profiles` is a table of tables: [profiles.NAME]".to_owned(), value.span().start));
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
                        DeValue::String(parent) => profile.inherits = Some(parent.to_string()),
                        _ => problems.push(self.problem("`inherits` is a profile's name".to_owned(), value.span().start)),
                    }
                } else {
                    self.read(key.get_ref(), key.span().start, value, &mut profile.values, problems);
                }
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
        let open = keys::OPEN.iter().any(|open| path == *open || path.starts_with(&format!("{open}.")));
        if open {
            // `fixtures.user` is one value: what is in it is the user's own.
            if path.contains('.') {
                values.push((path.to_owned(), plain(value.get_ref()), value.span().start));
            } else if let DeValue::Table(table) = value.get_ref() {
                for (key, inner) in table {
                    self.read(&format!("{path}.{}", key.get_ref()), key.span().start, inner, values, problems);
                }
            }
            return;
        }
        match (keys::find(path), value.get_ref()) {
            (Some(key), found) => match check(key.kind, plain(found)) {
                Ok(value_read) => values.push((path.to_owned(), value_read, value.span().start)),
                Err(message) => problems.push(self.problem(format!("`{path}`: {message}"), value.span().start)),
            },
            (None, DeValue::Table(table)) if is_section(path) => {
                for (key, inner) in table {
                    self.read(&format!("{path}.{}", key.get_ref()), key.span().start, inner, values, problems);
                }
            }
            (None, _) => {
                let known = keys::KEYS.iter().map(|key| key.path).chain(sections()).chain(["profiles", "fixtures"]);
                let near = nearest(path, known);
                problems.push(self.problem(format!("there is no setting `{path}`{near}"), at));
            }
        }
    }

    fn problem(&self, message: String, at: usize) -> Problem {
        Problem { message, origin: Some(self.origin(at, None)) }
    }

    fn origin(&self, at: usize, profile: Option<&str>) -> Origin {
        let before = self.text.get(..at).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Origin::File { file: self.name.clone(), line, column, profile: profile.map(str::to_owned) }
    }

    /// Whether the file has a profile of that name.
    pub fn has_profile(&self, name: &str) -> bool {
        self.profiles.contains_key(name)
    }

    /// The names of its profiles.
    pub fn profile_names(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// Offers the settings of a profile, and of those that it inherits from.
    ///
    /// # Errors
    /// When a profile that is inherited from isn't there, or they inherit in a circle.
    pub fn offer_profile(&self, name: &str, settings: &mut Settings) -> Result<(), Problem> {
        let mut seen = vec![name.to_owned()];
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            let Some(profile) = self.profiles.get(&name) else {
                let near = nearest(&name, self.profile_names());
                return Err(Problem { message: format!("there is no profile `{name}`{near}"), origin: None });
            };
            for (path, value, at) in &profile.values {
                settings.offer(path, value.clone(), self.origin(*at, Some(&name)));
            }
            if let Some(parent) = &profile.inherits {
                if seen.contains(parent) {
                    let message = format!("profiles inherit in a circle: {} → {parent}", seen.join(" → "));
                    return Err(Problem { message, origin: None });
                }
                seen.push(parent.clone());
                next = Some(parent.clone());
            }
        }
        Ok(())
    }

    /// Offers the settings outside profiles.
    pub fn offer(&self, settings: &mut Settings) {
        for (path, value, at) in &self.values {
            settings.offer(path, value.clone(), self.origin(*at, None));
        }
    }
}

fn sections() -> impl Iterator<Item = &'static str> {
    ["target", "auth", "auth.oauth2", "run", "report", "okta"].into_iter()
}

fn is_section(path: &str) -> bool {
    sections().any(|section| section == path)
}

fn check(kind: Kind, value: Value) -> Result<Value, String> {
    let fits = match kind {
        Kind::Text | Kind::Secret | Kind::Duration => value.is_string(),
        Kind::Flag => value.is_boolean(),
        Kind::Number => value.as_u64().is_some(),
        Kind::List => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        Kind::Table => value.as_object().is_some_and(|members| members.values().all(Value::is_string)),
    };
    if !fits {
        let wanted = match kind {
            Kind::Text | Kind::Secret => "a text",
            Kind::Flag => "true or false",
            Kind::Number => "a whole number, not negative",
            Kind::Duration => "a time such as \"10s\"",
            Kind::List => "a list of texts",
            Kind::Table => "a table of texts",
        };
        return Err(format!("expected {wanted}"));
    }
    if kind == Kind::Duration
        && let Some(text) = value.as_str()
    {
        super::typed::duration(text)?;
    }
    Ok(value)
}

fn plain(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(items) => Value::Array(items.iter().map(|item| plain(item.get_ref())).collect()),
        DeValue::Table(members) => Value::Object(
            members.iter().map(|(name, value)| (name.get_ref().to_string(), plain(value.get_ref()))).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> String {
        let problems = ConfigFile::parse("scimitar.toml", text).unwrap_err();
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
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
        let file = ConfigFile::parse("f", text).unwrap();
        let mut settings = Settings::default();
        file.offer_profile("ci", &mut settings).unwrap();
        file.offer(&mut settings);
        let value = |path: &str| settings.get(path).unwrap().value.clone();
        assert_eq!((value("run.jobs"), value("run.fail_on"), value("run.seed")), (3.into(), "should".into(), 1.into()));
        assert_eq!(settings.get("run.jobs").unwrap().origin.to_string(), "f:9:12 (profile ci)");
    }

    #[test]
    fn fixtures_are_the_users_own() {
        let file = ConfigFile::parse("f", "[fixtures.user]\ntitle = \"Dr\"\nname = { givenName = \"A\" }\n").unwrap();
        let mut settings = Settings::default();
        file.offer(&mut settings);
        assert_eq!(
            settings.tree("fixtures"),
            serde_json::json!({ "user": { "title": "Dr", "name": { "givenName": "A" } } })
        );
    }
}
