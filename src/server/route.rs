//! Where a request goes: its path and method, sorted.

use axum::http::Method;

use super::call::{Call, decode};
use super::dialect::Dialect;
use super::kind::Kind;

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The base URL itself.
    Root,
    /// `/ServiceProviderConfig`; in 1.1 `/ServiceProviderConfigs`.
    Config,
    /// `/ResourceTypes`, or one of them.
    ResourceTypes(Option<String>),
    /// `/Schemas`, or one of them.
    Schemas(Option<String>),
    /// The endpoint of a resource type.
    Collection(usize),
    /// `/.search` of a resource type, or of the base URL.
    Search(Option<usize>),
    /// A resource, by its type and id.
    Resource(usize, String),
    /// `/Bulk`.
    Bulk,
    /// `/Me`.
    Me,
    /// Nothing that the server knows.
    Unknown,
}

/// What a request asks for, as far as path and method tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    /// The configuration.
    Config,
    /// The resource types.
    ResourceTypes,
    /// One resource type.
    ResourceType,
    /// The schemas.
    Schemas,
    /// One schema.
    Schema,
    /// A list by GET.
    List,
    /// A list by POST.
    Search,
    /// POST to an endpoint.
    Create,
    /// GET of a resource.
    Read,
    /// PUT.
    Replace,
    /// PATCH.
    Modify,
    /// DELETE.
    Delete,
    /// Bulk.
    Bulk,
    /// Anything else.
    Other,
}

/// A request, sorted.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// The version of SCIM.
    pub(super) dialect: Dialect,
    /// What the path names.
    pub(super) place: Place,
    /// What is asked for.
    pub(super) operation: Operation,
}

impl Asked {
    /// The resource type that it is about.
    pub(super) fn kind(&self) -> Option<usize> {
        match self.place {
            Place::Collection(kind) | Place::Search(Some(kind)) | Place::Resource(kind, _) => {
                Some(kind)
            }
            _ => None,
        }
    }

    /// Whether it is about the discovery endpoints.
    pub(super) fn is_discovery(&self) -> bool {
        matches!(
            self.place,
            Place::Config | Place::ResourceTypes(_) | Place::Schemas(_)
        )
    }

    /// Whether it is a request of 1.1.
    pub(super) fn is_v1(&self) -> bool {
        self.dialect == Dialect::V1
    }
}

/// The method that counts: SCIM 1.1 lets POST say another (API §3.12), and HEAD is a GET.
pub(super) fn method(call: &Call) -> Method {
    if call.method == Method::HEAD {
        return Method::GET;
    }
    let overrides = call.method == Method::POST && call.path.starts_with(Dialect::V1.base());
    let other = call.header("x-http-method-override").filter(|_| overrides);
    other
        .and_then(|name| Method::from_bytes(name.to_ascii_uppercase().as_bytes()).ok())
        .unwrap_or_else(|| call.method.clone())
}

/// Sorts a request; `None` if it is outside both base URLs.
pub(super) fn route(call: &Call, kinds: &[Kind]) -> Option<Asked> {
    let (dialect, rest) = [Dialect::V2, Dialect::V1].into_iter().find_map(|dialect| {
        let rest = call.path.strip_prefix(dialect.base())?;
        (rest.is_empty() || rest.starts_with('/')).then_some((dialect, rest))
    })?;
    let segments: Vec<String> = rest
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(decode)
        .collect();
    let place = place(dialect, &segments, kinds);
    let operation = operation(&place, &method(call));
    Some(Asked {
        dialect,
        place,
        operation,
    })
}

fn place(dialect: Dialect, segments: &[String], kinds: &[Kind]) -> Place {
    let collection = |name: &str| {
        let found = |kind: &Kind| {
            kind.resource_type.endpoint.strip_prefix('/') == Some(name) && kind.is_in(dialect)
        };
        kinds.iter().position(found)
    };
    let words: Vec<&str> = segments.iter().map(String::as_str).collect();
    match (dialect, words.as_slice()) {
        (_, []) => Place::Root,
        (Dialect::V2, ["ServiceProviderConfig"]) | (Dialect::V1, ["ServiceProviderConfigs"]) => {
            Place::Config
        }
        (_, ["ResourceTypes"]) => Place::ResourceTypes(None),
        (_, ["ResourceTypes", id]) => Place::ResourceTypes(Some((*id).to_owned())),
        (_, ["Schemas"]) => Place::Schemas(None),
        (_, ["Schemas", id]) => Place::Schemas(Some((*id).to_owned())),
        (_, ["Bulk"]) => Place::Bulk,
        (Dialect::V2, ["Me"]) => Place::Me,
        (Dialect::V2, [".search"]) => Place::Search(None),
        (_, [name]) => collection(name).map_or(Place::Unknown, Place::Collection),
        (Dialect::V2, [name, ".search"]) => {
            collection(name).map_or(Place::Unknown, |kind| Place::Search(Some(kind)))
        }
        (_, [name, id]) => collection(name).map_or(Place::Unknown, |kind| {
            Place::Resource(kind, (*id).to_owned())
        }),
        _ => Place::Unknown,
    }
}

/// What a method does at a place.
pub(super) fn operation(place: &Place, method: &Method) -> Operation {
    match (place, method.as_str()) {
        (Place::Config, "GET") => Operation::Config,
        (Place::ResourceTypes(None), "GET") => Operation::ResourceTypes,
        (Place::ResourceTypes(Some(_)), "GET") => Operation::ResourceType,
        (Place::Schemas(None), "GET") => Operation::Schemas,
        (Place::Schemas(Some(_)), "GET") => Operation::Schema,
        (Place::Root | Place::Collection(_), "GET") => Operation::List,
        (Place::Search(_), "POST") => Operation::Search,
        (Place::Collection(_), "POST") => Operation::Create,
        (Place::Resource(..) | Place::Me, "GET") => Operation::Read,
        (Place::Resource(..) | Place::Me, "PUT") => Operation::Replace,
        (Place::Resource(..) | Place::Me, "PATCH") => Operation::Modify,
        (Place::Resource(..) | Place::Me, "DELETE") => Operation::Delete,
        (Place::Bulk, "POST") => Operation::Bulk,
        _ => Operation::Other,
    }
}

/// The methods that a place takes, for `Allow`.
pub(super) const fn allowed(place: &Place) -> &'static str {
    match place {
        Place::Root | Place::Config | Place::ResourceTypes(_) | Place::Schemas(_) => "GET, HEAD",
        Place::Collection(_) => "GET, HEAD, POST",
        Place::Search(_) | Place::Bulk => "POST",
        Place::Resource(..) | Place::Me => "GET, HEAD, PUT, PATCH, DELETE",
        Place::Unknown => "",
    }
}
