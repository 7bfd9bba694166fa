use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a target makes of the attributes of a user that Okta sends.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttributeTable {
    /// The SCIM version, `2.0` or `1.1`.
    pub scim: String,
    /// How many requests it took, without the clean-up.
    pub requests: usize,
    /// The attributes, in the order of Okta's template; then those that only the target's own schemas have.
    pub attributes: Vec<Attribute>,
    /// What kept scimitar from telling more, and what is wrong beside single attributes; one line each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

/// What a target makes of one attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attribute {
    /// Its path, as a PATCH has it: `name.givenName`, `emails[type eq "work"]`.
    pub path: String,
    /// The variable of Okta's profile that Okta's template maps to it; absent where it maps none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// What it is, as far as a schema says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<AttributeDefinition>,
    /// Where it is from.
    #[serde(rename = "schema")]
    pub origin: AttributeOrigin,
    /// Who needs it, so that its loss is a failure; absent when nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demanded: Option<AttributeDemand>,
    /// Whether Okta sends it whatever is mapped: it can't be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub always: bool,
    /// Whether it is mapped in Okta (`okta.attributes`); all are if nothing is configured.
    pub mapped: bool,
    /// What became of it when a user was created, as a read by id shows it.
    pub create: AttributeWrite,
    /// What the lookup by userName shows, if that is something else than the read by id; an empty text is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<String>,
    /// What became of another value in an update; absent when none was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update: Option<AttributeWrite>,
}

/// What an attribute is. Where a path selects one of several values, it is said of that value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttributeDefinition {
    /// Its data type: `string`, `boolean` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it holds several values.
    pub multi_valued: bool,
    /// Who may write it: `readWrite`, `immutable` …
    pub mutability: String,
    /// Whether every user must have it.
    pub required: bool,
    /// Whether the target's own schemas say so; otherwise the standard does.
    pub published: bool,
}

/// What became of a value that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttributeWrite {
    /// In one word.
    pub outcome: AttributeOutcome,
    /// What was sent, cut to a readable length; absent for what only the server sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
    /// What came back, cut to a readable length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
    /// Why, where it is known: what the target says of a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where an attribute is from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AttributeOrigin {
    /// The core schema, and in Okta's template.
    Core,
    /// The enterprise extension, and in Okta's template.
    Enterprise,
    /// Only the target's own schemas, or the configuration.
    Custom,
}

/// Who needs an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AttributeDemand {
    /// Okta, of every integration.
    Okta,
    /// The configured mapping, `okta.attributes`.
    Mapping,
}

/// What became of a value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AttributeOutcome {
    /// It came back as it was sent.
    Stored,
    /// It came back in another notation, with the same meaning by the attribute's definition.
    Normalised,
    /// Something else came back.
    Altered,
    /// Nothing came back: after a create, nothing at all; after an update, what was there before.
    Ignored,
    /// What was there before is gone, and nothing came in its place.
    Lost,
    /// The request was refused because of it.
    Refused,
    /// It was taken, and the definition says that it is not given back.
    Unseen,
    /// It can't be told; the reason says why.
    Unjudged,
}

impl AttributeOutcome {
    /// All of them, the best first.
    pub const ALL: [Self; 8] = [
        Self::Stored,
        Self::Normalised,
        Self::Unseen,
        Self::Altered,
        Self::Ignored,
        Self::Lost,
        Self::Refused,
        Self::Unjudged,
    ];

    /// The word for it after a create.
    pub const fn created(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Normalised => "normalised",
            Self::Altered => "altered",
            Self::Ignored => "ignored",
            Self::Lost => "lost",
            Self::Refused => "refused",
            Self::Unseen => "taken",
            Self::Unjudged => "unjudged",
        }
    }

    /// The word for it after an update.
    pub const fn updated(self) -> &'static str {
        match self {
            Self::Stored => "changed",
            Self::Ignored => "not changed",
            other => other.created(),
        }
    }
}

impl Attribute {
    /// Whether the target has a place for it; what only the lookup shows has one too.
    pub fn is_kept(&self) -> bool {
        let only_listed = self.create.outcome == AttributeOutcome::Ignored
            && self
                .listed
                .as_ref()
                .is_some_and(|listed| !listed.is_empty());
        only_listed
            || matches!(
                self.create.outcome,
                AttributeOutcome::Stored
                    | AttributeOutcome::Normalised
                    | AttributeOutcome::Altered
                    | AttributeOutcome::Unseen
            )
    }

    /// Whether it should be deleted from Okta's mapping: the target has no place for it, and Okta can leave it out.
    pub fn is_to_delete(&self) -> bool {
        !self.always
            && !self.is_kept()
            && matches!(
                self.create.outcome,
                AttributeOutcome::Ignored | AttributeOutcome::Refused
            )
    }

    /// Whether it is one that should be in Okta's mapping.
    pub fn is_to_keep(&self) -> bool {
        !self.always && self.is_kept()
    }

    /// Whether it fails somebody's demand: it does not arrive as it was sent, or an update loses it. What Okta sends in
    /// any case must not be refused either, since the account goes with it.
    pub fn is_failure(&self) -> bool {
        use AttributeOutcome::{Altered, Ignored, Lost, Refused};
        let lost = self.demanded.is_some()
            && (matches!(self.create.outcome, Altered | Ignored | Lost | Refused)
                || self
                    .update
                    .as_ref()
                    .is_some_and(|write| write.outcome == Lost));
        lost || (self.always && self.create.outcome == Refused)
    }
}

impl AttributeTable {
    /// The attributes that fail somebody's demand.
    pub fn failures(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|one| one.is_failure())
    }

    /// The attributes to delete from Okta's mapping.
    pub fn to_delete(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|one| one.is_to_delete())
    }

    /// The attributes that belong in Okta's mapping, besides those that Okta sends in any case.
    pub fn to_keep(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|one| one.is_to_keep())
    }

    /// The attributes of which it could not be told what becomes of them, by a create or by an update.
    pub fn unjudged(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().filter(|one| {
            let mut writes = std::iter::once(&one.create).chain(&one.update);
            writes.any(|write| write.outcome == AttributeOutcome::Unjudged)
        })
    }

    /// Whether a demanded attribute could not be judged.
    pub fn is_undecided(&self) -> bool {
        self.attributes
            .iter()
            .any(|one| one.demanded.is_some() && one.create.outcome == AttributeOutcome::Unjudged)
    }

    /// How many attributes have each outcome of the create, those of none left out: `30 stored, 2 ignored`.
    pub fn tally(&self) -> String {
        let count = |outcome: AttributeOutcome| {
            let all = self.attributes.iter();
            all.filter(|one| one.create.outcome == outcome).count()
        };
        let parts: Vec<String> = AttributeOutcome::ALL
            .into_iter()
            .filter_map(|outcome| match count(outcome) {
                0 => None,
                count => Some(format!("{count} {}", outcome.created())),
            })
            .collect();
        parts.join(", ")
    }
}
