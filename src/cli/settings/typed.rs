//! Settings with their types.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::keys::Kind;
use super::{Problem, Settings, nearest};
use crate::attributes::mapping;
use crate::engine::CleanupPolicy;
use crate::http::check_proxy;
use crate::preview::Rules;
use crate::record::Level;
use crate::report::FORMATS;
use crate::suite::Dialect;

/// What makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gate {
    /// A failed `must`.
    #[default]
    Must,
    /// A failed `must` or a broken `should`.
    Should,
    /// Nothing.
    Never,
}

impl Gate {
    /// The word of `--fail-on`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Never => "never",
        }
    }
}

/// The shortest and the longest time that a request may be given.
const TIMEOUTS: (&str, &str) = ("10ms", "60m");
/// The same for a write until it is seen: checks have budgets of about a minute.
const SETTLES: (&str, &str) = ("0s", "10m");
/// The most checks at the same time: no server that people test takes more connections from one client.
const MOST_JOBS: usize = 1024;

/// All settings but secrets, with their types and defaults.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The SCIM base URL; `None` is the embedded server.
    pub url: Option<String>,
    /// The dialect that the base URL speaks.
    pub scim: Option<Dialect>,
    /// How long one request may take.
    pub timeout: Duration,
    /// How long a write may take until it is seen everywhere.
    pub settle: Duration,
    /// What becomes of what a run makes.
    pub cleanup: CleanupPolicy,
    /// The most requests in a second.
    pub rate: Option<u32>,
    /// Headers that every request carries.
    pub headers: BTreeMap<String, String>,
    /// Environment variables whose values no output shows.
    pub secret_env: Vec<String>,
    /// PEM files with authorities.
    pub ca: Vec<String>,
    /// A PEM file with client certificate and key.
    pub client_certificate: Option<String>,
    /// Whether certificates are not verified.
    pub insecure: bool,
    /// A profile's name.
    pub profile: Option<String>,
    /// Globs over suite ids.
    pub suites: Vec<String>,
    /// Globs over check ids.
    pub checks: Vec<String>,
    /// Levels.
    pub levels: Vec<Level>,
    /// How many checks run at the same time.
    pub jobs: usize,
    /// The seed, if one was given.
    pub seed: Option<u64>,
    /// What makes the run fail.
    pub fail_on: Gate,
    /// A file of waivers.
    pub waivers: Option<String>,
    /// Which part of how many.
    pub shard: Option<(u64, u64)>,
    /// Whether a run looks at the attributes that Okta sends; `None` leaves it to the profile.
    pub attributes: Option<bool>,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// Whether response times gate.
    pub time_gates: bool,
    /// Tags of checks.
    pub tags: Vec<String>,
    /// A folder to read suites from.
    pub suites_dir: Option<String>,
    /// What pauses are multiplied with.
    pub pause_scale: f64,
    /// Values of the parameters of suites.
    pub variables: BTreeMap<String, String>,
    /// Single files to read suites from.
    pub suite_files: Vec<String>,
    /// The URL of a real Okta org; `None` is a simulated one.
    pub okta_org: Option<String>,
    /// The id of the app instance in an Okta org.
    pub okta_app_id: Option<String>,
    /// The folder for the reports.
    pub out: Option<String>,
    /// Files for single reports, by the format's name.
    pub files: BTreeMap<&'static str, String>,
    /// Members that override those of fixtures.
    pub fixtures: BTreeMap<String, Value>,
    /// The choices of Okta's "To Okta" page.
    pub to_okta: Rules,
    /// The configuration, as `${config.…}` sees it.
    pub config: Value,
}

impl Typed {
    /// Gives the settings their types.
    ///
    /// # Errors
    /// All values that mean nothing.
    pub fn new(settings: &Settings) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader {
            settings,
            problems: Vec::new(),
        };
        let typed = Self {
            url: reader.text("target.url"),
            scim: reader.word("target.scim", &[("2.0", Dialect::V2), ("1.1", Dialect::V1)]),
            timeout: reader
                .duration("target.timeout", TIMEOUTS)
                .unwrap_or(Duration::from_mins(1)),
            settle: reader
                .duration("target.settle", SETTLES)
                .unwrap_or_default(),
            cleanup: reader
                .word(
                    "target.cleanup",
                    &[
                        ("delete", CleanupPolicy::Delete),
                        ("deactivate", CleanupPolicy::Deactivate),
                        ("keep", CleanupPolicy::Keep),
                    ],
                )
                .unwrap_or_default(),
            rate: reader.rate("target.rate"),
            headers: reader.table("target.headers"),
            secret_env: reader.list("target.secret_env"),
            ca: reader.list("target.ca"),
            client_certificate: reader.text("target.client_certificate"),
            insecure: reader.flag("target.insecure"),
            profile: reader.text("run.profile"),
            suites: reader.list("run.suites"),
            checks: reader.list("run.checks"),
            levels: reader.levels("run.levels"),
            jobs: reader.jobs("run.jobs").unwrap_or(8),
            seed: reader.number("run.seed"),
            fail_on: reader
                .word(
                    "run.fail_on",
                    &[
                        ("must", Gate::Must),
                        ("should", Gate::Should),
                        ("never", Gate::Never),
                    ],
                )
                .unwrap_or_default(),
            waivers: reader.text("run.waivers"),
            shard: reader.shard("run.shard"),
            attributes: reader.value("run.attributes").and_then(Value::as_bool),
            read_only: reader.flag("run.read_only"),
            time_gates: reader.flag("run.time_gates"),
            tags: reader.list("run.tags"),
            suites_dir: reader.text("run.suites_dir"),
            pause_scale: reader.scale("run.pause_scale"),
            variables: reader.table("variables"),
            suite_files: reader.list("run.suite_files"),
            okta_org: reader.text("okta.org.url").filter(|org| org != "simulated"),
            okta_app_id: reader.text("okta.org.app_id"),
            out: reader.text("report.out"),
            files: FORMATS
                .iter()
                .filter_map(|format| {
                    let path = reader.text(&format!("report.{}", format.key()))?;
                    Some((format.name, path))
                })
                .collect(),
            fixtures: settings
                .iter()
                .filter_map(|(path, setting)| {
                    let name = path.strip_prefix(super::FIXTURES)?;
                    Some((name.to_owned(), setting.value.clone()))
                })
                .collect(),
            to_okta: super::to_okta::rules(settings, &mut reader.problems),
            config: super::values::of(settings),
        };
        reader.proxy("target.proxy");
        if reader.problems.is_empty() {
            Ok(typed)
        } else {
            Err(reader.problems)
        }
    }
}

struct Reader<'a> {
    settings: &'a Settings,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn value(&self, path: &str) -> Option<&Value> {
        self.settings.get(path).map(|setting| &setting.value)
    }

    fn complain(&mut self, path: &str, message: String) {
        let origin = self
            .settings
            .get(path)
            .map(|setting| setting.origin.clone());
        self.problems.push(Problem { message, origin });
    }

    fn text(&self, path: &str) -> Option<String> {
        self.value(path).and_then(Value::as_str).map(str::to_owned)
    }

    fn flag(&self, path: &str) -> bool {
        self.value(path).and_then(Value::as_bool).unwrap_or(false)
    }

    fn number(&self, path: &str) -> Option<u64> {
        self.value(path).and_then(Value::as_u64)
    }

    fn list(&self, path: &str) -> Vec<String> {
        let items = self.value(path).and_then(Value::as_array);
        items
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    fn table(&self, path: &str) -> BTreeMap<String, String> {
        let members = self.value(path).and_then(Value::as_object);
        let text =
            |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        members.into_iter().flatten().filter_map(text).collect()
    }

    fn duration(&mut self, path: &str, (from, to): (&str, &str)) -> Option<Duration> {
        let text = self.text(path)?;
        let read = duration(&text).and_then(|read| {
            if duration(from)? <= read && read <= duration(to)? {
                Ok(read)
            } else {
                Err(format!(
                    "`{text}` is out of range: it goes from {from} to {to}"
                ))
            }
        });
        read.map_err(|message| self.complain(path, message)).ok()
    }

    fn jobs(&mut self, path: &str) -> Option<usize> {
        let number = self.number(path)?;
        let jobs = usize::try_from(number).ok();
        let jobs = jobs.filter(|jobs| (1..=MOST_JOBS).contains(jobs));
        if jobs.is_none() {
            let message = format!("`{number}` is out of range: it goes from 1 to {MOST_JOBS}");
            self.complain(path, message);
        }
        jobs
    }

    /// A proxy's URL that stands in a file or comes from standard input is read, and checked, later.
    fn proxy(&mut self, path: &str) {
        let given = self.text(path);
        let given = given.filter(|text| !text.starts_with('@') && text != "-");
        if let Some(text) = given
            && let Err(problem) = check_proxy(&text)
        {
            let message = format!("failed to {problem}, such as http://proxy.example.com:3128");
            self.complain(path, message);
        }
    }

    fn word<T: Copy>(&mut self, path: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(path)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| *value);
        if found.is_none() {
            let choices: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let near = nearest(&text, choices.iter().copied());
            self.complain(
                path,
                format!("`{text}` is none of {}{near}", choices.join(", ")),
            );
        }
        found
    }

    fn levels(&mut self, path: &str) -> Vec<Level> {
        let words = [
            ("must", Level::Must),
            ("should", Level::Should),
            ("may", Level::May),
        ];
        let mut levels = Vec::new();
        for text in self.list(path) {
            match words.iter().find(|(word, _)| *word == text) {
                Some((_, level)) => levels.push(*level),
                None => self.complain(path, format!("`{text}` is none of must, should, may")),
            }
        }
        levels
    }

    fn rate(&mut self, path: &str) -> Option<u32> {
        let text = self.text(path)?;
        let number = text
            .strip_suffix("/s")
            .unwrap_or(&text)
            .parse()
            .ok()
            .filter(|number| *number > 0);
        if number.is_none() {
            self.complain(path, format!("`{text}` is no rate, such as 10/s"));
        }
        number
    }

    fn scale(&mut self, path: &str) -> f64 {
        let Some(text) = self.text(path) else {
            return 0.0;
        };
        let scale: Option<f64> = text.parse().ok();
        let scale = scale.filter(|scale| (0.0..=100.0).contains(scale));
        if scale.is_none() {
            let message = format!("`{text}` is no number from 0 to 100, such as 0.5");
            self.complain(path, message);
        }
        scale.unwrap_or_default()
    }

    fn shard(&mut self, path: &str) -> Option<(u64, u64)> {
        let text = self.text(path)?;
        let parts = text
            .split_once('/')
            .and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        let shard = parts.filter(|(part, of)| (1..=*of).contains(part));
        if shard.is_none() {
            self.complain(
                path,
                format!("`{text}` is no shard, such as 2/4 (the second of four)"),
            );
        }
        shard
    }
}

/// Whether a text can be a value of that kind, or an item of one.
pub(super) fn check_text(kind: Kind, text: &str) -> Result<(), String> {
    match kind {
        Kind::Duration => duration(text).map(|_| ()),
        Kind::Word(words) | Kind::Words(words) if !words.contains(&text) => {
            let near = nearest(text, words.iter().copied());
            Err(format!("`{text}` is none of {}{near}", words.join(", ")))
        }
        Kind::Attributes => mapping::check(text),
        Kind::Table if text.contains(|c: char| c.is_control() && c != '\t') => {
            Err("a header is one line, without control characters".to_owned())
        }
        Kind::Text
        | Kind::Word(_)
        | Kind::Secret
        | Kind::Flag
        | Kind::Number
        | Kind::List
        | Kind::Words(_)
        | Kind::Table
        | Kind::Path
        | Kind::Paths => Ok(()),
    }
}

/// Reads a value as the environment and the command line give it.
pub(super) fn from_text(kind: Kind, text: &str) -> Result<Value, String> {
    Ok(match kind {
        Kind::Text | Kind::Secret | Kind::Path => text.into(),
        Kind::Duration | Kind::Word(_) => check_text(kind, text).map(|()| text.into())?,
        Kind::Flag => match text {
            "true" | "1" | "yes" => true.into(),
            "false" | "0" | "no" => false.into(),
            _ => return Err(format!("`{text}` is neither true nor false")),
        },
        Kind::Number => text
            .parse::<u64>()
            .map_err(|_| format!("`{text}` is no whole number"))?
            .into(),
        Kind::List | Kind::Words(_) | Kind::Attributes | Kind::Paths => {
            let items = split(text);
            items.iter().try_for_each(|item| check_text(kind, item))?;
            items.into_iter().collect()
        }
        Kind::Table => {
            let mut members = serde_json::Map::new();
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                check_text(kind, line)?;
                let (name, value) = line.split_once(':').ok_or_else(|| {
                    format!(
                        "`{}` has no colon: it is written `Name: value`",
                        line.trim()
                    )
                })?;
                members.insert(name.trim().to_owned(), value.trim().into());
            }
            Value::Object(members)
        }
    })
}

/// The items of a list, separated by commas; commas within `{…}` are a glob's own.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut items) = (0_usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                items.push(text.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    items.push(text.get(from..).unwrap_or_default());
    items
        .into_iter()
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// Reads `10s`, `200ms`, `2m`.
pub(in crate::cli) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time, such as 10s, 200ms or 2m");
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .ok_or_else(wrong)?;
    let (number, unit) = text.split_at(end);
    let seconds = match unit.trim() {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_the_table_are_those_in_force() {
        let mut said = Settings::default();
        for key in super::super::keys::KEYS.iter() {
            if !key.default.is_empty() && key.path != "report.out" && key.path != "target.scim" {
                let value = from_text(key.kind, key.default).unwrap();
                said.offer(key.path, value, super::super::Origin::Default);
            }
        }
        let said = Typed::new(&said).unwrap();
        let built_in = Typed::new(&Settings::default()).unwrap();
        assert_eq!(format!("{said:?}"), format!("{built_in:?}"));
    }

    #[test]
    fn lists_are_split_at_commas_but_not_within_braces() {
        assert_eq!(split("a, b/{x,y}-*,,c"), ["a", "b/{x,y}-*", "c"]);
        assert_eq!(split(""), Vec::<&str>::new());
    }

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("200ms"), Ok(Duration::from_millis(200)));
        assert_eq!(duration("2m"), Ok(Duration::from_mins(2)));
        for wrong in [
            "",
            "5",
            "s",
            "5h",
            "-1s",
            "1..5s",
            "9999999999999999999999s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_out_of_range_is_refused_and_not_bent() {
        for (path, value, message) in [
            (
                "run.jobs",
                0.into(),
                "`0` is out of range: it goes from 1 to 1024",
            ),
            (
                "run.jobs",
                99_999.into(),
                "`99999` is out of range: it goes from 1 to 1024",
            ),
            (
                "target.timeout",
                "0s".into(),
                "`0s` is out of range: it goes from 10ms to 60m",
            ),
            (
                "target.timeout",
                "9999m".into(),
                "`9999m` is out of range: it goes from 10ms to 60m",
            ),
            (
                "target.settle",
                "11m".into(),
                "`11m` is out of range: it goes from 0s to 10m",
            ),
            (
                "target.proxy",
                "nonsense".into(),
                "failed to use the proxy: it has to start with https:// or http://, such as \
                 http://proxy.example.com:3128",
            ),
        ] {
            let mut settings = Settings::default();
            settings.offer(path, value, super::super::Origin::CommandLine("x"));
            let problems = Typed::new(&settings).unwrap_err();
            assert_eq!(problems[0].message, message);
        }
        for (path, value) in [("target.proxy", "@file"), ("target.proxy", "-")] {
            let mut settings = Settings::default();
            settings.offer(path, value.into(), super::super::Origin::CommandLine("x"));
            assert!(Typed::new(&settings).is_ok(), "{value}");
        }
    }

    #[test]
    fn shards_and_rates_say_what_is_wrong() {
        for (path, value, message) in [
            (
                "run.shard",
                "0/4",
                "`0/4` is no shard, such as 2/4 (the second of four)",
            ),
            (
                "run.shard",
                "5/4",
                "`5/4` is no shard, such as 2/4 (the second of four)",
            ),
            ("target.rate", "0/s", "`0/s` is no rate, such as 10/s"),
        ] {
            let mut settings = Settings::default();
            settings.offer(path, value.into(), super::super::Origin::CommandLine("x"));
            let problems = Typed::new(&settings).unwrap_err();
            assert_eq!(problems[0].message, message);
        }
    }
}
