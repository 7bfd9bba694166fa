//! `scimitar config`: the settings in force, with their origins.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::args::{ConfigArgs, GlobalArgs};
use crate::cli::configuration::{self, Configuration};
use crate::cli::exit::{self, Failure};
use crate::cli::settings::keys::{self, KEYS, Kind};
use crate::cli::settings::{Origin, Setting};
use crate::cli::terminal::Terminal;
use crate::cli::{library, secret};

/// What stands in place of a secret.
const HIDDEN: &str = "[redacted]";

/// Shows them.
///
/// # Errors
/// When they are wrong.
pub(super) fn run(
    args: &ConfigArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, &args.run)?;
    // A profile that there isn't is wrong here too.
    let chosen = library::chosen(&configuration)?;
    let hiding = secret::hiding(&configuration.typed.secret_env)?;
    let mut rows = rows(&configuration);
    for row in &mut rows {
        if let Value::String(text) = &mut row.value {
            *text = hiding.redact(text);
        }
    }
    terminal.print(&if args.as_json {
        as_json(&rows, &configuration)
    } else {
        as_text(&rows, &configuration, chosen.profile.as_deref())
    });
    Ok(exit::OK)
}

struct Row {
    path: String,
    value: Value,
    origin: Origin,
}

/// What was set, then what holds since nobody set it.
fn rows(configuration: &Configuration) -> Vec<Row> {
    let settings = &configuration.settings;
    let mut rows: Vec<Row> = KEYS
        .iter()
        .filter_map(|key| {
            let found = settings.get(key.path);
            if found.is_none() && key.default.is_empty() {
                return None;
            }
            Some(match found {
                Some(Setting { value, origin }) => Row {
                    path: key.path.to_owned(),
                    value: redacted(key.kind, value),
                    origin: origin.clone(),
                },
                None => Row {
                    path: key.path.to_owned(),
                    value: default(key.kind, key.default),
                    origin: Origin::Default,
                },
            })
        })
        .collect();
    let open = settings
        .iter()
        .filter(|(path, _)| keys::find(path).is_none());
    rows.extend(open.map(|(path, setting)| Row {
        path: path.to_owned(),
        value: setting.value.clone(),
        origin: setting.origin.clone(),
    }));
    rows
}

fn default(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Flag => (text == "true").into(),
        Kind::Number => text.parse::<u64>().map_or(Value::Null, Value::from),
        Kind::Text
        | Kind::Word(_)
        | Kind::Secret
        | Kind::Duration
        | Kind::List
        | Kind::Words(_)
        | Kind::Attributes
        | Kind::Table
        | Kind::Path
        | Kind::Paths => text.into(),
    }
}

/// A value without secrets: headers may hold some as well.
fn redacted(kind: Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Secret, Value::String(text)) if text.starts_with('@') || text == "-" => {
            value.clone()
        }
        (Kind::Secret, _) => HIDDEN.into(),
        (Kind::Table, Value::Object(members)) => Value::Object(
            members
                .keys()
                .map(|name| (name.clone(), HIDDEN.into()))
                .collect(),
        ),
        _ => value.clone(),
    }
}

fn as_text(rows: &[Row], configuration: &Configuration, suites: Option<&str>) -> String {
    let mut text = String::new();
    for file in &configuration.files {
        let _ = writeln!(text, "# {file}");
    }
    if let Some(name) = configuration.chain.first() {
        let chain = configuration.chain.join(" ← ");
        let _ = match suites {
            Some(suites) if suites == name && configuration.chain.len() == 1 => {
                writeln!(text, "# profile {name}")
            }
            Some(suites) => writeln!(text, "# profile {chain}; suites of {suites}"),
            None => writeln!(text, "# profile {chain}"),
        };
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let shown: Vec<(String, &Origin)> = rows
        .iter()
        .map(|row| (format!("{} = {}", row.path, row.value), &row.origin))
        .collect();
    let width = shown.iter().map(|(text, _)| text.chars().count()).max();
    let width = width.unwrap_or_default().min(60);
    for (setting, origin) in shown {
        let _ = writeln!(text, "{setting:<width$}  # {origin}");
    }
    if configuration.typed.url.is_none() {
        text.push_str("\nNo target: a run tests the embedded server.\n");
    }
    text
}

fn as_json(rows: &[Row], configuration: &Configuration) -> String {
    let settings: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "key": row.path, "value": row.value, "origin": row.origin.to_string() }))
        .collect();
    let value = json!({
        "files": configuration.files,
        "profile": configuration.chain,
        "settings": settings,
    });
    format!("{value:#}\n")
}
