//! How a stored resource looks: `id`, `meta`, `schemas`, memberships and references are made when it is asked for.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::dialect::{Dialect, to_v1};
use super::fault::{Choice, Defect};
use super::kind::{GROUP, USER};
use super::service::Service;
use super::store::{Membership, Store, Stored};
use crate::scim::urn;

/// A look at a store, in one version of SCIM.
pub(super) struct View<'a> {
    service: &'a Service,
    store: &'a Store,
    membership: &'a Membership,
    dialect: Dialect,
}

impl<'a> View<'a> {
    /// A look at a store.
    pub(super) fn new(service: &'a Service, store: &'a Store, dialect: Dialect) -> Self {
        Self {
            service,
            store,
            membership: store.membership(),
            dialect,
        }
    }

    /// The URI of a resource.
    pub(super) fn location(&self, stored: &Stored) -> String {
        self.service.location(self.dialect, stored.kind, &stored.id)
    }

    /// The version, as `ETag` and `meta.version` have it. A membership changes how a user looks, so it counts.
    pub(super) fn version(&self, stored: &Stored) -> Option<String> {
        let switches = &self.service.switches;
        if switches.chooses(Choice::NoEtags) {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        if !switches.has(Defect::EtagNeverChanges) {
            (stored.version, stored.modified.timestamp_micros()).hash(&mut hasher);
            for (group, direct) in self.membership.groups_of(&stored.id) {
                (&group.id, group.text("displayName"), direct).hash(&mut hasher);
            }
        }
        stored.id.hash(&mut hasher);
        let weak = if switches.has(Defect::EtagPrefixInLowerCase) {
            "w/"
        } else if switches.chooses(Choice::StrongEtags) {
            ""
        } else {
            "W/"
        };
        let tag = hasher.finish();
        Some(if switches.has(Defect::EtagWithoutQuotes) {
            format!("{tag:016x}")
        } else if switches.has(Defect::EtagWithSmallW) {
            format!("w/\"{tag:016x}\"")
        } else {
            format!("{weak}\"{tag:016x}\"")
        })
    }

    /// The whole representation in 2.0, and in it all that the server knows.
    pub(super) fn whole(&self, stored: &Stored) -> Value {
        let switches = &self.service.switches;
        let kind = self.service.kind(stored.kind);
        let mut all = Map::new();
        let mut schemas = vec![kind.schema.base.id.as_str()];
        let used = |urn: &&str| stored.attributes.contains_key(*urn);
        schemas.extend(
            kind.schema
                .extensions
                .iter()
                .map(|(schema, _)| schema.id.as_str())
                .filter(used),
        );
        all.insert("schemas".to_owned(), json!(schemas));
        all.insert("id".to_owned(), stored.id.as_str().into());
        all.extend(stored.attributes.clone());
        if let Some(members) = all.get_mut("members").and_then(Value::as_array_mut) {
            for member in members {
                self.dress_member(member);
            }
        }
        if let Some(manager) = all
            .get_mut(urn::ENTERPRISE_USER)
            .and_then(|extension| extension.get_mut("manager"))
        {
            self.dress_manager(manager);
        }
        if stored.kind == USER && !switches.chooses(Choice::UserGroupsAbsent) {
            let groups = self.groups(&stored.id);
            if !groups.is_empty() {
                all.insert("groups".to_owned(), groups.into());
            }
        }
        all.insert("meta".to_owned(), self.meta(stored));
        self.service.switches.dress(stored, &mut all);
        Value::Object(all)
    }

    /// The whole representation in the version of the view.
    pub(super) fn representation(&self, stored: &Stored) -> Value {
        match self.dialect {
            Dialect::V2 => self.whole(stored),
            Dialect::V1 => to_v1(self.whole(stored)),
        }
    }

    fn meta(&self, stored: &Stored) -> Value {
        let kind = self.service.kind(stored.kind);
        let moves = self.service.switches.has(Defect::MetaCreatedMoves);
        let mut meta = json!({
            "resourceType": kind.resource_type.name,
            "created": self.time(if moves { (self.service.config.clock)() } else { stored.created }),
            "lastModified": self.time(self.service.switches.modified(stored)),
            "location": self.location(stored),
        });
        if let (Some(version), Some(members)) = (self.version(stored), meta.as_object_mut()) {
            members.insert("version".to_owned(), version.into());
        }
        meta
    }

    fn time(&self, time: DateTime<Utc>) -> String {
        let switches = &self.service.switches;
        if switches.has(Defect::MetaDatesMalformed) {
            return time.format("%d.%m.%Y %H:%M").to_string();
        }
        if switches.chooses(Choice::DatesWithOffset) {
            let offset = FixedOffset::east_opt(7200).map(|offset| time.with_timezone(&offset));
            return offset.map_or_else(
                || time.to_rfc3339(),
                |time| time.to_rfc3339_opts(SecondsFormat::Secs, false),
            );
        }
        if switches.chooses(Choice::DatesInWholeSeconds) {
            return time.to_rfc3339_opts(SecondsFormat::Secs, true);
        }
        if switches.chooses(Choice::DatesWithFractions) {
            return time.to_rfc3339_opts(SecondsFormat::Micros, true);
        }
        time.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    fn name_of(stored: &Stored) -> Option<&str> {
        stored
            .text("displayName")
            .or_else(|| stored.text("userName"))
    }

    fn dress_member(&self, member: &mut Value) {
        let found = member
            .get("value")
            .and_then(Value::as_str)
            .and_then(|id| self.store.get(id));
        if let (Some(found), Some(members)) = (found, member.as_object_mut()) {
            members.insert("$ref".to_owned(), self.location(found).into());
            let kind = &self.service.kind(found.kind).resource_type.name;
            members
                .entry("type")
                .or_insert_with(|| kind.as_str().into());
            if let Some(name) = Self::name_of(found) {
                members.insert("display".to_owned(), name.into());
            }
        }
    }

    fn dress_manager(&self, manager: &mut Value) {
        let found = manager
            .get("value")
            .and_then(Value::as_str)
            .and_then(|id| self.store.get(id));
        if let (Some(found), Some(members)) = (found, manager.as_object_mut()) {
            members.insert("$ref".to_owned(), self.location(found).into());
            if let Some(name) = Self::name_of(found) {
                members.insert("displayName".to_owned(), name.into());
            }
        }
    }

    fn groups(&self, id: &str) -> Vec<Value> {
        let of_all = self.service.switches.has(Defect::UserGroupsOfAll);
        let found = if of_all {
            self.store.of(GROUP).map(|group| (group, true)).collect()
        } else {
            self.membership.groups_of(id)
        };
        let found = found.into_iter().map(|(group, direct)| {
            let mut group_of = json!({
                "value": group.id,
                "$ref": self.location(group),
                "type": if direct { "direct" } else { "indirect" },
            });
            if let (Some(name), Some(members)) =
                (group.text("displayName"), group_of.as_object_mut())
            {
                members.insert("display".to_owned(), name.into());
            }
            group_of
        });
        let stale = self.service.switches.has(Defect::UserGroupsStale);
        let gone = stale.then(|| self.store.former_groups(id));
        let gone = gone
            .into_iter()
            .flatten()
            .map(|group| json!({ "value": group, "type": "direct" }));
        found.chain(gone).collect()
    }
}
