//! What the facts say of each attribute: pure.

use serde_json::Value;

use super::facts::{Created, Facts, Updated};
use super::item::Item;
use super::sample::Sample;
use super::user::cut;
use crate::okta::profile::variable;
use crate::record::{
    Attribute, AttributeDefinition, AttributeDemand, AttributeOrigin, AttributeOutcome,
    AttributeTable, AttributeWrite,
};
use crate::scim::compare;
use crate::scim::part;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Mutability, Returned};
use crate::suite::Dialect;

/// The table. Texts of the target pass through `clean`.
pub(super) fn judge(
    facts: &Facts,
    items: &[Item],
    dialect: Dialect,
    clean: &dyn Fn(&str) -> String,
) -> AttributeTable {
    let judge = Judge {
        schema: match dialect {
            Dialect::V1 => ResourceSchema::v1_user(),
            Dialect::V2 => ResourceSchema::user(),
        },
    };
    let mut attributes = vec![Judge::id(&facts.created)];
    for (index, item) in items.iter().enumerate() {
        attributes.push(judge.attribute(facts, index, item));
    }
    for attribute in &mut attributes {
        tidy(attribute, clean);
    }
    AttributeTable {
        scim: dialect.word().to_owned(),
        requests: facts.requests,
        attributes,
        problems: facts.problems.iter().map(|text| clean(text)).collect(),
    }
}

/// What to do about a user name that stays as it is.
const EXCLUDE: &str = "tick Exclude Username Updates in Okta, or let it be changed";

struct Judge {
    /// Only to tell the base schema's URN from others.
    schema: ResourceSchema,
}

impl Judge {
    fn find<'v>(
        &self,
        resource: Option<&'v Value>,
        item: &Item,
        sent: Option<&Value>,
    ) -> Option<&'v Value> {
        let resource = resource?;
        if let Some(found) = part::find(&self.schema, resource, &item.path) {
            return Some(found);
        }
        // A value whose type the target did not keep is the one that it has, or the one that was sent.
        item.path.filter.as_ref()?;
        let whole = part::find(
            &self.schema,
            resource,
            &crate::scim::path::PatchPath {
                filter: None,
                sub: None,
                ..item.path.clone()
            },
        )?;
        let values = whole.as_array()?;
        if let Some(sub) = &item.path.sub {
            let [only] = values.as_slice() else {
                return None;
            };
            return only.get(sub).filter(|found| !found.is_null());
        }
        let old = sent?.get("value")?;
        values.iter().find(|value| {
            value
                .get("value")
                .is_some_and(|found| same_text(found, old))
        })
    }

    /// The id, which only the server sets.
    fn id(created: &Created) -> Attribute {
        let of = |resource: Option<&Value>| resource.and_then(|found| found.get("id")).cloned();
        let (by_id, listed) = (of(created.by_id.as_ref()), of(created.listed.as_ref()));
        let id = created.user.as_ref().and_then(|user| user.id.clone());
        let outcome = match (&by_id, &created.by_id) {
            (Some(Value::String(found)), _) if Some(found) == id.as_ref() => {
                AttributeOutcome::Stored
            }
            (Some(Value::Null) | None, Some(_)) => AttributeOutcome::Ignored,
            (Some(_), _) => AttributeOutcome::Altered,
            (None, None) if created.user.is_some() && id.is_none() => AttributeOutcome::Ignored,
            (None, None) => AttributeOutcome::Unjudged,
        };
        let reason = match outcome {
            AttributeOutcome::Ignored => Some("a user has no id".to_owned()),
            AttributeOutcome::Altered => {
                Some("it is no text, or another one than the create gave".to_owned())
            }
            AttributeOutcome::Unjudged => Some("no user could be read".to_owned()),
            _ => None,
        };
        let differs = created.listed.is_some() && created.by_id.is_some() && by_id != listed;
        Attribute {
            path: "id".to_owned(),
            variable: None,
            definition: None,
            origin: AttributeOrigin::Core,
            demanded: Some(AttributeDemand::Okta),
            always: true,
            mapped: true,
            create: AttributeWrite {
                outcome,
                sent: None,
                received: by_id.as_ref().map(shown),
                reason,
            },
            listed: differs.then(|| listed.as_ref().map(shown).unwrap_or_default()),
            update: None,
        }
    }

    fn attribute(&self, facts: &Facts, index: usize, item: &Item) -> Attribute {
        let (created, updated) = (&facts.created, &facts.updated);
        Attribute {
            path: item.text.clone(),
            variable: variable(&item.text).map(str::to_owned),
            definition: item.definition.as_ref().map(|known| AttributeDefinition {
                kind: known.kind.word().to_owned(),
                multi_valued: known.multi_valued,
                mutability: known.mutability.word().to_owned(),
                required: known.required,
                published: item.published,
            }),
            origin: item.origin,
            demanded: item.demanded,
            always: item.always,
            mapped: item.mapped,
            create: self.create(created, index, item),
            listed: self.listed(created, index, item),
            update: self.update(created, updated, index, item),
        }
    }

    fn create(&self, created: &Created, index: usize, item: &Item) -> AttributeWrite {
        let sent = created.user.as_ref().and_then(|user| user.sent.get(&index));
        if let Some(why) = created.refused.get(&index) {
            return write(AttributeOutcome::Refused, sent, None, Some(why.clone()));
        }
        let Some(sent) = sent else {
            let why = created.unclear.get(&index).or(created.untold.as_ref());
            let why = why
                .cloned()
                .unwrap_or_else(|| "no value could be made up for it".to_owned());
            return write(AttributeOutcome::Unjudged, None, None, Some(why));
        };
        // What can't be read by id is judged by what the lookup shows.
        let Some(seen) = created.by_id.as_ref().or(created.listed.as_ref()) else {
            let why = "the user could not be read".to_owned();
            return write(AttributeOutcome::Unjudged, Some(sent), None, Some(why));
        };
        let got = self.find(Some(seen), item, Some(sent));
        let outcome = kept(item, sent, got);
        write(outcome, Some(sent), got, why(item, outcome))
    }

    /// What the lookup shows in place of what the read by id does.
    fn listed(&self, created: &Created, index: usize, item: &Item) -> Option<String> {
        let (by_id, listed) = (created.by_id.as_ref()?, created.listed.as_ref()?);
        let sent = created.user.as_ref()?.sent.get(&index);
        let one = self.find(Some(by_id), item, sent);
        let other = self.find(Some(listed), item, sent);
        (one != other).then(|| other.map(shown).unwrap_or_default())
    }

    fn update(
        &self,
        created: &Created,
        updated: &Updated,
        index: usize,
        item: &Item,
    ) -> Option<AttributeWrite> {
        let is_user_name = item.sample == Sample::UserName;
        if let Some(why) = updated.refused.get(&index) {
            let why = if is_user_name {
                format!("{EXCLUDE}: {why}")
            } else {
                why.clone()
            };
            return Some(write(AttributeOutcome::Refused, None, None, Some(why)));
        }
        if let Some(why) = updated.untold.get(&index) {
            return Some(write(
                AttributeOutcome::Unjudged,
                None,
                None,
                Some(why.clone()),
            ));
        }
        let sent = updated.sent.get(&index)?;
        let old = created.user.as_ref().and_then(|user| user.sent.get(&index));
        let after = if updated.alone.contains(&index) {
            updated.after_alone.as_ref()
        } else {
            updated.after.as_ref()
        };
        let Some(after) = after else {
            let why = "the user could not be read afterwards".to_owned();
            return Some(write(
                AttributeOutcome::Unjudged,
                Some(sent),
                None,
                Some(why),
            ));
        };
        let before = self.find(created.by_id.as_ref(), item, old);
        let got = self
            .find(Some(after), item, Some(sent))
            .or_else(|| self.find(Some(after), item, old));
        let mut outcome = kept(item, sent, got);
        if outcome == AttributeOutcome::Altered && got == before {
            outcome = AttributeOutcome::Ignored;
        } else if outcome == AttributeOutcome::Ignored && got.is_none() && before.is_some() {
            outcome = AttributeOutcome::Lost;
        }
        let unchanged = is_user_name && outcome == AttributeOutcome::Ignored;
        let why = why(item, outcome).or_else(|| unchanged.then(|| EXCLUDE.to_owned()));
        Some(write(outcome, Some(sent), got, why))
    }
}

fn same_text(a: &Value, b: &Value) -> bool {
    match (a.as_str(), b.as_str()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a == b,
    }
}

fn write(
    outcome: AttributeOutcome,
    sent: Option<&Value>,
    got: Option<&Value>,
    reason: Option<String>,
) -> AttributeWrite {
    AttributeWrite {
        outcome,
        sent: sent.map(shown),
        received: got.map(shown),
        reason,
    }
}

/// What became of a value, by what came back.
fn kept(item: &Item, sent: &Value, got: Option<&Value>) -> AttributeOutcome {
    let is_empty = |value: &Value| value.as_str().is_some_and(str::is_empty);
    let Some(got) = got.filter(|value| !is_empty(value)) else {
        return if is_hidden(item) {
            AttributeOutcome::Unseen
        } else {
            AttributeOutcome::Ignored
        };
    };
    if holds_exactly(sent, got) {
        return AttributeOutcome::Stored;
    }
    let same = item
        .definition
        .as_ref()
        .is_some_and(|definition| compare::holds(definition, sent, got));
    let is_servers =
        |definition: &crate::scim::schema::Attribute| definition.mutability == Mutability::ReadOnly;
    if same {
        AttributeOutcome::Normalised
    } else if item.definition.as_ref().is_some_and(is_servers) {
        // What came back is the server's own.
        AttributeOutcome::Ignored
    } else {
        AttributeOutcome::Altered
    }
}

/// Whether the definition says that no read shows it.
fn is_hidden(item: &Item) -> bool {
    item.definition.as_ref().is_some_and(|definition| {
        definition.mutability == Mutability::WriteOnly
            || matches!(definition.returned, Returned::Never | Returned::Request)
    })
}

fn why(item: &Item, outcome: AttributeOutcome) -> Option<String> {
    let definition = item.definition.as_ref()?;
    let read_only = definition.mutability == Mutability::ReadOnly;
    let immutable = definition.mutability == Mutability::Immutable;
    match outcome {
        AttributeOutcome::Ignored if read_only => {
            Some("its definition says that only the server sets it".to_owned())
        }
        AttributeOutcome::Ignored if immutable => {
            Some("its definition says that it is set once".to_owned())
        }
        _ => None,
    }
}

/// Whether a value holds all of another, text for text; members that the target adds are fine.
fn holds_exactly(sent: &Value, got: &Value) -> bool {
    match (sent, got) {
        (Value::Object(sent), Value::Object(got)) => sent.iter().all(|(name, value)| {
            // `primary: false` is the same as no word of it (RFC 7643 §2.4).
            (name == "primary" && *value == Value::Bool(false) && !got.contains_key(name))
                || got.get(name).is_some_and(|got| holds_exactly(value, got))
        }),
        (Value::Array(sent), Value::Array(got)) => {
            sent.len() == got.len() && sent.iter().zip(got).all(|(a, b)| holds_exactly(a, b))
        }
        (sent, got) => sent == got,
    }
}

/// A value for people: texts as they are, everything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Without secrets, and of a readable length.
fn tidy(attribute: &mut Attribute, clean: &dyn Fn(&str) -> String) {
    // The password is a made-up one, and still no output shows it.
    if attribute.path == "password" {
        for write in std::iter::once(&mut attribute.create).chain(&mut attribute.update) {
            write.sent = None;
            if write.received.take().is_some() {
                write.outcome = AttributeOutcome::Altered;
                write.reason = Some("it is given back, which must never happen".to_owned());
            }
        }
        attribute.listed = None;
    }
    let writes = std::iter::once(&mut attribute.create).chain(&mut attribute.update);
    for write in writes {
        let AttributeWrite {
            sent,
            received,
            reason,
            ..
        } = write;
        for text in [sent, received, reason].into_iter().flatten() {
            *text = cut(&clean(text));
        }
    }
    for text in [&mut attribute.path]
        .into_iter()
        .chain(&mut attribute.listed)
    {
        *text = cut(&clean(text));
    }
}
