//! Expectations, before they are filled in.

use std::time::Duration;

use super::condition::Condition;
use super::template::Template;
use super::value_schema::ValueSchema;
use crate::record::{Level, Location};

/// One mapping under `expect`: demands that share a level and a condition.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The level, if it differs from the check's.
    pub level: Option<Level>,
    /// When it applies.
    pub when: Option<Condition>,
    /// Said when it is broken.
    pub because: Option<String>,
    /// Recorded when it holds: name and value.
    pub traits: Vec<(String, Template)>,
    /// What must hold.
    pub demands: Vec<Demand>,
    /// Where it stands.
    pub location: Location,
}

/// One location with what it must match.
#[derive(Debug, Clone)]
pub struct Demand {
    /// What is demanded.
    pub kind: DemandKind,
    /// Where it stands.
    pub location: Location,
}

/// What can be demanded of an exchange.
#[derive(Debug, Clone)]
pub enum DemandKind {
    /// The status code.
    Status(StatusMatcher),
    /// A header.
    Header {
        /// Its name.
        name: String,
        /// What its value must match.
        matcher: Matcher,
    },
    /// A place in the body.
    Path {
        /// An RFC 9535 JSONPath.
        path: Template,
        /// What is found there must match.
        matcher: Matcher,
    },
    /// The shape of the body.
    Body(BodyShape),
    /// The response time.
    Time(TimeMatcher),
    /// The body as text.
    Text(Matcher),
    /// The size of the body in bytes.
    Size(Matcher),
    /// A place in an XML body.
    Xml {
        /// An XPath, of which [`XPath`](super::xpath::XPath) takes the part that addresses one document's nodes.
        path: String,
        /// What the text there must match.
        matcher: Matcher,
    },
    /// A representation of a resource type.
    Resource(Represented),
    /// A list response of a resource type.
    List(Represented),
    /// A SCIM error.
    Error(ErrorMatcher),
    /// The same resource, by SCIM's rules of comparison.
    SameAs(SameAs),
    /// Exactly the resources that our own evaluator selects.
    Selects {
        /// The filter.
        filter: Template,
        /// The resources that count.
        among: Template,
    },
    /// One of these holds.
    Any(Vec<Entry>),
}

/// Which resource type something is said to be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Represented {
    /// This one: a name or a schema's URN.
    Named(String),
    /// The one that its own `schemas` say.
    Any,
}

/// What a status code must be.
#[derive(Debug, Clone)]
pub enum StatusMatcher {
    /// One of these.
    OneOf(Vec<StatusRange>),
    /// A schema.
    Schema(Matcher),
}

/// What a response time must be.
#[derive(Debug, Clone)]
pub enum TimeMatcher {
    /// Less than this.
    Under(Duration),
    /// A schema over its milliseconds.
    Schema(Matcher),
}

/// A status code or a class of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusRange {
    /// `409`
    Code(u16),
    /// `4xx`, by its first digit.
    Class(u16),
}

impl StatusRange {
    /// Whether a status code is in it.
    pub const fn contains(self, status: u16) -> bool {
        match self {
            Self::Code(code) => code == status,
            Self::Class(class) => status / 100 == class,
        }
    }
}

/// What a value must match.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// A bare value: short for `const`.
    Value(Template),
    /// A JSON Schema with the keywords of the suite language.
    Schema(ValueSchema),
}

/// The shape of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BodyShape {
    /// Empty.
    None,
    /// JSON, any.
    Json,
}

/// What a SCIM error must say.
#[derive(Debug, Clone)]
pub enum ErrorMatcher {
    /// The right shape is enough.
    Any,
    /// One of these `scimType`s.
    ScimTypes(Vec<String>),
}

/// What a resource is compared with.
#[derive(Debug, Clone)]
pub enum SameAs {
    /// The body of the step's own request.
    Sent,
    /// A value.
    Value(Template),
}

/// The keywords that the suite language adds to JSON Schema.
pub const KEYWORDS: [&str; 10] = [
    "absent",
    "notEmpty",
    "asText",
    "asNumber",
    "ignoringCase",
    "includesAll",
    "containsText",
    "hasValue",
    "instant",
    "optional",
];
