//! What suites see of the settings: `${config.…}`.

use serde_json::{Map, Value, json};

use super::Settings;
use super::keys::{KEYS, Kind};
use super::typed::from_text;
use crate::attributes::mapping;

/// The sections that suites see.
const SEEN: [&str; 2] = ["okta", "entra"];

/// The setting that holds a secret which suites may send.
pub const REVOKED: &str = "okta.api_integration.revoked";

/// What suites see of the settings, with their defaults. Secrets are left out: see [`with_secret`].
pub(super) fn of(settings: &Settings) -> Value {
    let mut seen = Map::new();
    for section in SEEN {
        let mut tree = json!({});
        for key in KEYS.iter() {
            let below = key.path.strip_prefix(section);
            let Some(path) = below.and_then(|rest| rest.strip_prefix('.')) else {
                continue;
            };
            let set = settings.get(key.path).map(|setting| setting.value.clone());
            match (key.kind, set) {
                // No list is no limit, which is something else than an empty one.
                (Kind::Secret, _) | (Kind::Attributes, None) => put(&mut tree, path, Value::Null),
                // With what Okta sends in any case: what its requests may hold.
                (Kind::Attributes, Some(value)) => {
                    let names = value.as_array().into_iter().flatten();
                    let names: Vec<String> =
                        names.filter_map(Value::as_str).map(str::to_owned).collect();
                    put(&mut tree, path, json!(mapping::effective(&names)));
                }
                (_, Some(value)) => put(&mut tree, path, value),
                // What has no default may be unset: a switch is neither then.
                (_, None) if key.default.is_empty() => {}
                (kind, None) => put(
                    &mut tree,
                    path,
                    from_text(kind, key.default).unwrap_or_default(),
                ),
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
    put(config, path, secret.into());
}

/// Puts a value at a dotted path.
fn put(tree: &mut Value, path: &str, value: Value) {
    let Value::Object(members) = tree else { return };
    match path.split_once('.') {
        Some((first, rest)) => put(
            members.entry(first).or_insert_with(|| json!({})),
            rest,
            value,
        ),
        None => {
            members.insert(path.to_owned(), value);
        }
    }
}
