//! The survey: create, read back, look up, update, remove.

use std::time::Duration;

use super::create::{People, base, whole};
use super::facts::Facts;
use super::item::items;
use super::judge;
use super::update;
use super::user::Users;
use crate::engine::{Context, Conversation, Stopped};
use crate::record::{AttributeTable, Leftover};
use crate::scim::path::PatchPath;
use crate::suite::Dialect;

/// What the whole may take.
const WHOLE: Duration = Duration::from_mins(4);

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The attributes that are mapped in Okta; `None` if nobody said.
    pub mapped: Option<Vec<String>>,
    /// Whether the status is changed by PATCH, as Okta does for an integration of its catalogue; by PUT otherwise.
    pub catalogue: bool,
    /// Whether updates leave the user name alone.
    pub exclude_user_name: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Survey {
    /// The table.
    pub table: AttributeTable,
    /// What could not be removed.
    pub leftovers: Vec<Leftover>,
}

/// Finds out what a target makes of the attributes that Okta sends. What it creates is in the ledger as `name`'s, and
/// is removed at the end, also when the run is interrupted. `None` when there is no base URL of that dialect.
pub async fn survey(
    context: &Context,
    dialect: Dialect,
    wanted: &Wanted,
    name: &str,
) -> Option<Survey> {
    let mut conversation = Conversation::new(context, dialect, name, WHOLE)?;
    let schema = context.knowledge.schema(dialect, "User");
    let discovery = context.knowledge.discovery(dialect);
    let published = discovery.is_some_and(|known| known.schemas.is_some());
    let mapped = wanted.mapped.as_ref().map(|names| {
        let paths = names.iter().filter_map(|name| PatchPath::parse(name).ok());
        paths.collect::<Vec<_>>()
    });
    let items = items(&schema, dialect, published, mapped.as_deref());
    let mut facts = Facts::default();
    let endpoint = context.knowledge.endpoint(dialect, "User");
    let mut users = Users {
        conversation: &mut conversation,
        dialect,
        schema: &schema,
        endpoint: endpoint.unwrap_or_else(|| "/Users".to_owned()),
        items: &items,
        tag: &context.settings.tag,
    };
    let looked = Box::pin(look(&mut users, context, wanted, &mut facts)).await;
    if let Err(stopped) = looked {
        let why = format!("not all could be told: {stopped}");
        facts.problems.push(why);
        let untold = &mut facts.created.untold;
        untold.get_or_insert_with(|| stopped.to_string());
    }
    if items.left_out > 0 {
        facts.problems.push(format!(
            "{} more attributes of the target's own schemas were not looked at",
            items.left_out
        ));
    }
    facts.requests = conversation.requests();
    let table = judge::judge(&facts, &items.all, dialect, &|text| {
        conversation.redact(text)
    });
    let leftovers = conversation.close().await;
    Some(Survey { table, leftovers })
}

async fn look(
    users: &mut Users<'_, '_>,
    context: &Context,
    wanted: &Wanted,
    facts: &mut Facts,
) -> Result<(), Stopped> {
    let settings = &context.settings;
    let mut people = People::new(settings.seed, settings.tag.clone(), users.dialect);
    let Some(base) = base(users, &mut people, facts).await? else {
        return Ok(());
    };
    let Some(person) = whole(users, &mut people, &base, &mut facts.created).await? else {
        return Ok(());
    };
    if let Some(why) = &facts.created.untold {
        let problem =
            format!("of some attributes it could not be told whether a create takes them: {why}");
        facts.problems.push(problem);
    }
    users.conversation.settle().await;
    read(users, facts).await?;
    Box::pin(update::update(users, &person, wanted, facts)).await
}

/// Reads the user by id and by the lookup.
async fn read(users: &mut Users<'_, '_>, facts: &mut Facts) -> Result<(), Stopped> {
    let Some(user) = facts.created.user.clone() else {
        return Ok(());
    };
    match users.look_up(&user.name).await? {
        Ok(found) => facts.created.listed = Some(found),
        Err(problem) => facts.problems.push(problem),
    }
    let Some(id) = &user.id else {
        facts
            .problems
            .push("a create is answered without an id, and the user can't be read".to_owned());
        return Ok(());
    };
    match users.read(id).await? {
        Ok(found) => facts.created.by_id = Some(found),
        Err(problem) => facts.problems.push(problem),
    }
    Ok(())
}
