//! Conditions: `when`.

use super::expect::StatusMatcher;
use super::template::Template;

/// All parts must hold.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The parts, in order.
    pub parts: Vec<Test>,
}

/// One part of a condition.
#[derive(Debug, Clone)]
pub enum Test {
    /// The target advertises the capability, or says nothing of its capabilities.
    Supports(Vec<Capability>),
    /// The target offers the resource types (name, or URN of its schema or an extension), or says nothing of its types.
    ResourceType(Vec<String>),
    /// Each resource of the type, by its name, must have an extension (RFC 7643 §6, `schemaExtensions.required`).
    ExtensionRequired(String),
    /// The target has the discovery endpoints.
    Publishes(Vec<Published>),
    /// An earlier step of the check saw the choice.
    Trait(Vec<(String, String)>),
    /// The configuration has the value: dotted path → value.
    Config(Vec<(String, Template)>),
    /// The URL lies on the target's host.
    AtTarget(Template),
    /// Both values are equal.
    Equal(Template, Template),
    /// The value is one of a list, or there is no list.
    Among(Template, Template),
    /// The response has such a status.
    Status(StatusMatcher),
    /// The request had one of these methods, in capitals.
    Method(Vec<String>),
    /// Whether the request chose attributes (RFC 7644 §3.9).
    Projected(bool),
    /// The `schemas` of the body hold one of these URNs.
    BodySchema(Vec<String>),
    /// It does not hold.
    Not(Condition),
}

/// What a target may advertise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    /// `patch.supported`
    Patch,
    /// `bulk.supported`
    Bulk,
    /// `filter.supported`
    Filter,
    /// `sort.supported`
    Sort,
    /// `etag.supported`
    Etag,
    /// `changePassword.supported`
    ChangePassword,
    /// `pagination.cursor` (RFC 9865)
    Cursor,
}

impl Capability {
    /// All of them, with their words.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("patch", Self::Patch),
        ("bulk", Self::Bulk),
        ("filter", Self::Filter),
        ("sort", Self::Sort),
        ("etag", Self::Etag),
        ("changePassword", Self::ChangePassword),
        ("cursor", Self::Cursor),
    ];

    /// The word of the suite language.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, c)| *c == self)
            .map_or("", |(word, _)| word)
    }
}

/// What a target may say of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// `/ServiceProviderConfig`
    ServiceProviderConfig,
    /// `/ResourceTypes`
    ResourceTypes,
    /// `/Schemas`
    Schemas,
}

impl Published {
    /// All of them, with their words.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("ServiceProviderConfig", Self::ServiceProviderConfig),
        ("ResourceTypes", Self::ResourceTypes),
        ("Schemas", Self::Schemas),
    ];

    /// The word of the suite language; a slash before it makes it the path.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, published)| *published == self)
            .map_or("", |(word, _)| word)
    }
}
