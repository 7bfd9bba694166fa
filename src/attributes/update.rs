//! The update, as Okta does it: what was read, sent back by PUT with other values in place.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{Facts, Tried};
use super::sample::{Person, Sample, Turn};
use super::search::Search;
use super::survey::Wanted;
use super::user::{Users, outcome};
use crate::engine::Stopped;
use crate::http::encode;
use crate::okta::client;
use crate::scim::part;

/// How many updates are sent at most.
const MOST_UPDATES: usize = 120;

/// Updates the user who was created.
pub(super) async fn update(
    users: &mut Users<'_, '_>,
    person: &Person,
    wanted: &Wanted,
    facts: &mut Facts,
) -> Result<(), Stopped> {
    let created = &facts.created;
    let (Some(user), Some(before)) = (created.user.clone(), created.by_id.clone()) else {
        return Ok(());
    };
    let Some(id) = user.id else { return Ok(()) };
    let mut values = BTreeMap::new();
    for index in user.sent.keys() {
        let Some(item) = users.items.all.get(*index) else {
            continue;
        };
        let excluded = item.sample == Sample::UserName && wanted.exclude_user_name;
        // The primary address is the name: it stays with it.
        if item.is_status() || excluded {
            continue;
        }
        if let Some(value) = item.value(person, users.tag, Turn::Second) {
            values.insert(*index, value);
        }
    }
    let mut put = Put {
        path: format!("{}/{}", users.endpoint, encode(&id)),
        id,
        sent: user.sent,
        sends: 0,
    };
    put.all(users, &before, &values, facts).await?;
    users.conversation.settle().await;
    match users.read(&put.id).await? {
        Ok(after) => facts.updated.after = Some(after),
        Err(problem) => facts.problems.push(format!("after the update, {problem}")),
    }
    put.status(users, wanted, facts).await
}

struct Put {
    id: String,
    path: String,
    /// What was sent when the user was created.
    sent: BTreeMap<usize, Value>,
    sends: usize,
}

impl Put {
    async fn all(
        &mut self,
        users: &mut Users<'_, '_>,
        before: &Value,
        values: &BTreeMap<usize, Value>,
        facts: &mut Facts,
    ) -> Result<(), Stopped> {
        let all: Vec<usize> = values.keys().copied().collect();
        let updated = &mut facts.updated;
        match self.some(users, before, &all, values).await? {
            Tried::Taken(()) => {
                updated.sent.clone_from(values);
                return Ok(());
            }
            Tried::Unclear(why) => {
                updated.untold = all.iter().map(|one| (*one, why.clone())).collect();
                return Ok(());
            }
            Tried::Refused(_) | Tried::Failed(_) => {}
        }
        match self.some(users, before, &[], values).await? {
            Tried::Taken(()) => {}
            Tried::Refused(why) => {
                facts.problems.push(format!(
                    "a PUT of what was read is refused, even unchanged: {why}"
                ));
                updated.refused = all.iter().map(|one| (*one, why.clone())).collect();
                return Ok(());
            }
            // A server that fails at everything says nothing of any attribute.
            Tried::Failed(why) | Tried::Unclear(why) => {
                facts.problems.push(format!(
                    "a PUT of what was read fails, even unchanged: {why}"
                ));
                updated.untold = all.iter().map(|one| (*one, why.clone())).collect();
                return Ok(());
            }
        }
        let mut search = Search::among(&all);
        while let Some(next) = search.next().map(<[usize]>::to_vec) {
            if self.sends >= MOST_UPDATES {
                break;
            }
            let current = match users.read(&self.id).await? {
                Ok(current) => current,
                Err(problem) => {
                    facts.problems.push(format!("during the update, {problem}"));
                    break;
                }
            };
            let mut tried = self.some(users, &current, &next, values).await?;
            if let (Tried::Failed(why), [_]) = (&tried, next.as_slice()) {
                // It counts against the attribute when the same without it is taken, and it comes again.
                tried = match self.some(users, &current, &[], values).await? {
                    Tried::Taken(()) => {
                        let third = self.some(users, &current, &next, values).await?;
                        third.repeated()
                    }
                    _ => Tried::Unclear(why.clone()),
                };
            }
            let refusal = match tried {
                Tried::Taken(()) => None,
                Tried::Refused(why) | Tried::Failed(why) => Some(why),
                Tried::Unclear(why) => {
                    facts.problems.push(format!("the update was ended: {why}"));
                    break;
                }
            };
            search.answer(refusal);
        }
        for index in search.open() {
            let why = "the search for what is refused was ended before".to_owned();
            updated.untold.insert(index, why);
        }
        let taken = search.taken.iter();
        updated.sent = taken
            .filter_map(|index| Some((*index, values.get(index)?.clone())))
            .collect();
        updated.refused = search.refused;
        Ok(())
    }

    /// Sends what was read with some values in place of others, and once more if that is not taken.
    async fn some(
        &mut self,
        users: &mut Users<'_, '_>,
        current: &Value,
        chosen: &[usize],
        values: &BTreeMap<usize, Value>,
    ) -> Result<Tried<()>, Stopped> {
        let mut body = current.clone();
        for index in chosen {
            if let (Some(item), Some(value)) = (users.items.all.get(*index), values.get(index)) {
                let place = self.place(&body, *index, &item.path.attribute.name);
                part::set(users.schema, &mut body, &item.path, value.clone(), place);
            }
        }
        self.twice(users, "PUT", &body).await
    }

    /// Sends an update, which may be repeated: once more if it is not taken.
    async fn twice(
        &mut self,
        users: &mut Users<'_, '_>,
        method: &str,
        body: &Value,
    ) -> Result<Tried<()>, Stopped> {
        self.sends += 1;
        let heard = users.send(method, &self.path, Some(body)).await?;
        if let Tried::Taken(()) = outcome(&heard) {
            return Ok(Tried::Taken(()));
        }
        self.sends += 1;
        let heard = users.send(method, &self.path, Some(body)).await?;
        Ok(outcome(&heard))
    }

    /// Where a value is that its filter no longer selects, since the target changed its type: by the value itself.
    fn place(&self, body: &Value, index: usize, name: &str) -> Option<usize> {
        let old = self.sent.get(&index)?.get("value")?.as_str()?;
        let items = body.get(name)?.as_array()?;
        let same = |item: &Value| {
            let value = item.get("value").and_then(Value::as_str);
            value.is_some_and(|value| value.eq_ignore_ascii_case(old))
        };
        items.iter().position(same)
    }

    /// The status, by a request of its own: PUT, or PATCH for an integration of Okta's catalogue.
    async fn status(
        &mut self,
        users: &mut Users<'_, '_>,
        wanted: &Wanted,
        facts: &mut Facts,
    ) -> Result<(), Stopped> {
        let status = users
            .items
            .all
            .iter()
            .position(super::item::Item::is_status);
        let Some(index) = status.filter(|index| self.sent.contains_key(index)) else {
            return Ok(());
        };
        let current = facts
            .updated
            .after
            .clone()
            .or_else(|| facts.created.by_id.clone());
        let Some(mut current) = current else {
            return Ok(());
        };
        let (method, body) = if wanted.catalogue {
            let id = Some(self.id.as_str());
            (
                "PATCH",
                client::patch(users.dialect, id, client::status(false)),
            )
        } else {
            if let Some(members) = current.as_object_mut() {
                members.extend(client::status(false));
            }
            ("PUT", current)
        };
        let mut tried = self.twice(users, method, &body).await?;
        if matches!(tried, Tried::Failed(_)) && users.read(&self.id).await?.is_ok() {
            // The target answers otherwise: if it fails once more, it is the request.
            tried = self.twice(users, method, &body).await?.repeated();
        }
        let updated = &mut facts.updated;
        updated.alone.insert(index);
        match tried {
            Tried::Taken(()) => {
                updated.sent.insert(index, false.into());
            }
            Tried::Refused(why) => {
                updated.refused.insert(index, format!("{method}: {why}"));
                return Ok(());
            }
            Tried::Failed(why) | Tried::Unclear(why) => {
                updated.untold.insert(index, why);
                return Ok(());
            }
        }
        users.conversation.settle().await;
        match users.read(&self.id).await? {
            Ok(after) => updated.after_alone = Some(after),
            Err(problem) => facts
                .problems
                .push(format!("after the user was deactivated, {problem}")),
        }
        Ok(())
    }
}
