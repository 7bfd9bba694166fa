//! What becomes of the attributes that Okta sends: the settings of it, and its part in a run.

use serde_json::Value;

use crate::attributes::{Wanted, mapping, survey};
use crate::engine::Session;
use crate::org::Integration;
use crate::record::{AttributeTable, Leftover};
use crate::suite::Dialect;

use super::configuration;
use super::exit::Failure;
use super::settings::{Problem, Settings, Typed};

/// What stands in the ledger where checks have their id.
pub(super) const NAME: &str = "attributes";

/// What was found in a run.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// A table for each dialect.
    pub(super) tables: Vec<AttributeTable>,
    /// What could not be removed.
    pub(super) leftovers: Vec<Leftover>,
}

/// What the settings ask for.
pub(super) fn wanted(typed: &Typed) -> Wanted {
    let okta = |pointer: &str| typed.config.pointer(pointer);
    let mapped = okta("/okta/attributes/mapped").and_then(Value::as_array);
    Wanted {
        mapped: mapped.map(|names| {
            let names = names.iter().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        }),
        catalogue: Integration::of(&typed.config) == Integration::Catalogue,
        exclude_user_name: okta("/okta/to_app/exclude_username_updates")
            == Some(&Value::Bool(true)),
    }
}

/// Makes sure that the target's schemas have what is said to be mapped.
///
/// # Errors
/// The names that they lack, with the place of the setting.
pub(super) fn check_mapped(
    session: &Session,
    dialect: Dialect,
    settings: &Settings,
    wanted: &Wanted,
) -> Result<(), Failure> {
    let knowledge = &session.context.knowledge;
    let discovery = knowledge.discovery(dialect);
    let published = discovery.is_some_and(|known| known.schemas.is_some());
    let (true, Some(mapped)) = (published, &wanted.mapped) else {
        return Ok(());
    };
    let missing = mapping::missing(&knowledge.schema(dialect, "User"), dialect, mapped);
    if missing.is_empty() {
        return Ok(());
    }
    let origin = settings
        .get("okta.attributes.mapped")
        .map(|setting| setting.origin.clone());
    let problems: Vec<Problem> = missing
        .into_iter()
        .map(|message| Problem {
            message,
            origin: origin.clone(),
        })
        .collect();
    Err(configuration::failure(&problems))
}

/// The part of a run, before its checks.
pub(super) async fn of_run(session: &Session, dialects: &[Dialect], typed: &Typed) -> Found {
    let wanted = wanted(typed);
    let mut found = Found::default();
    for dialect in dialects {
        let one = Box::pin(survey(&session.context, *dialect, &wanted, NAME)).await;
        let Some(one) = one else { continue };
        found.tables.push(one.table);
        found.leftovers.extend(one.leftovers);
    }
    found
}
