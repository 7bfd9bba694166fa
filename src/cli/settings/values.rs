//! What suites see of the settings: `${config.…}`.

use serde_json::{Map, Value, json};

use super::Settings;
use super::keys::{KEYS, Kind};

/// The sections that suites see.
const SEEN: [&str; 2] = ["okta", "entra"];

/// The setting that holds a secret which suites may send.
pub const REVOKED: &str = "okta.api_integration.revoked";

/// What suites see of the settings, with the defaults of switches. Secrets are left out: see [`with_secret`].
pub(super) fn of(settings: &Settings) -> Value {
    let mut seen = Map::new();
    for section in SEEN {
        let mut tree = settings.tree(section);
        for key in KEYS.iter() {
            let Some(path) = key
                .path
                .strip_prefix(section)
                .and_then(|rest| rest.strip_prefix('.'))
            else {
                continue;
            };
            match key.kind {
                // One without a default may be unset: it is neither then.
                Kind::Flag if !key.default.is_empty() => {
                    put(&mut tree, path, json!(key.default == "true"), false);
                }
                Kind::Secret => put(&mut tree, path, Value::Null, true),
                _ => {}
            }
        }
        seen.insert(section.to_owned(), tree);
    }
    Value::Object(seen)
}

/// What suites see where nothing is configured.
pub fn defaults() -> Value {
    of(&Settings::default())
}

/// Adds a secret that suites may send. The client has to know it, so that no output shows it.
pub fn with_secret(config: &mut Value, path: &str, secret: &str) {
    put(config, path, secret.into(), true);
}

/// Puts a value at a dotted path; over another one only if asked to.
fn put(tree: &mut Value, path: &str, value: Value, over: bool) {
    let Value::Object(members) = tree else { return };
    match path.split_once('.') {
        Some((first, rest)) => {
            let inner = members.entry(first).or_insert_with(|| json!({}));
            put(inner, rest, value, over);
        }
        None if over => {
            members.insert(path.to_owned(), value);
        }
        None => {
            members.entry(path).or_insert(value);
        }
    }
}
