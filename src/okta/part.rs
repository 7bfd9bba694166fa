//! What a request is to the operation that it is part of.

use percent_encoding::percent_decode_str;

use crate::record::Request;

/// What a request is to its operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A search for one resource by its name.
    Lookup,
    /// A page of a list.
    List,
    /// A resource is made.
    Create,
    /// A resource is read by its id.
    Read,
    /// A resource is replaced as a whole.
    Replace,
    /// A resource is changed in part.
    Change,
    /// A resource is deleted.
    Delete,
}

impl Part {
    /// What a request is, by its method and URL.
    pub(super) fn of(request: &Request) -> Self {
        match request.method.as_str() {
            "POST" => Self::Create,
            "PUT" => Self::Replace,
            "PATCH" => Self::Change,
            "DELETE" => Self::Delete,
            _ if id(request).is_some() => Self::Read,
            _ if parameter(request, "filter").is_some() => Self::Lookup,
            _ => Self::List,
        }
    }

    /// Whether it changes a resource, so that it ends the operation on a user.
    pub(super) const fn writes(self) -> bool {
        matches!(
            self,
            Self::Create | Self::Replace | Self::Change | Self::Delete
        )
    }
}

/// The id of the user or group in a request's path.
pub(super) fn id(request: &Request) -> Option<String> {
    let path = request.url.split(['?', '#']).next()?;
    let mut segments = path.rsplit('/');
    let id = segments.next().filter(|id| !id.is_empty())?;
    matches!(segments.next(), Some("Users" | "Groups")).then(|| decoded(id))
}

/// A parameter of a request's query.
pub(super) fn parameter(request: &Request, name: &str) -> Option<String> {
    let (_, query) = request.url.split_once('?')?;
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(key) == name).then(|| decoded(&value.replace('+', " ")))
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
