//! Where a request of an export goes.

use super::initial::{self, Initial};
use super::template::{Piece, pieces};
use super::variables::{Place, Variables};

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// Below the target's base URL: the path.
    Target(String),
    /// To a service: its name and the path.
    Service(&'static str, String),
    /// To a URL of which only a run can tell whether it is the target's.
    Url(String),
}

/// Why a URL can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BadUrl {
    /// It is none.
    Wrong(String),
    /// It is one, but the request can't be sent.
    NotRun(String),
}

/// Reads a URL. Blanks and quotes in it are percent-encoded when it is sent, what is encoded already is not.
pub(super) fn read(url: &str, variables: &mut Variables) -> Result<Destination, BadUrl> {
    let pieces = pieces(url.trim());
    let rest = pieces.get(1..).unwrap_or_default();
    match pieces.first() {
        None => Err(BadUrl::Wrong("`url` is empty".to_owned())),
        Some(Piece::Variable(name)) => match initial::of(name) {
            Initial::BaseUrl => path(rest, variables).map(Destination::Target),
            Initial::Service(service, what) => {
                variables.use_service(service, what);
                path(rest, variables).map(|path| Destination::Service(service, path))
            }
            Initial::Credentials => Err(BadUrl::Wrong(format!(
                "`url` begins with `{{{{{name}}}}}`, which is no URL"
            ))),
            Initial::Default(_) | Initial::Given => whole(&pieces, variables),
        },
        Some(Piece::Text(text)) if is_absolute(text) => whole(&pieces, variables),
        Some(Piece::Text(text)) => Err(BadUrl::Wrong(format!(
            "`url` begins with `{}`, which is no host",
            text.chars().take(24).collect::<String>()
        ))),
        Some(Piece::Function(_)) => whole(&pieces, variables),
    }
}

fn is_absolute(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with("http://") || text.starts_with("https://")
}

fn whole(pieces: &[Piece], variables: &mut Variables) -> Result<Destination, BadUrl> {
    variables
        .pieces(pieces, Place::Query)
        .map(Destination::Url)
        .map_err(BadUrl::NotRun)
}

/// What stands after the base URL.
fn path(pieces: &[Piece], variables: &mut Variables) -> Result<String, BadUrl> {
    let mut path = String::new();
    let mut place = Place::Path;
    for piece in pieces {
        let part = match piece {
            Piece::Text(text) => {
                place = after(text, place);
                variables.pieces(std::slice::from_ref(piece), place)
            }
            Piece::Variable(_) | Piece::Function(_) => {
                variables.pieces(std::slice::from_ref(piece), place)
            }
        };
        path.push_str(&part.map_err(BadUrl::NotRun)?);
    }
    Ok(if path.starts_with(['/']) || path.starts_with("${") {
        path
    } else if path.is_empty() || path.starts_with('?') {
        format!("${{target.base_url}}{path}")
    } else {
        format!("/{path}")
    })
}

/// How a value is filled in after a text: within a parameter's value it is encoded, elsewhere it may be a part of the
/// URL itself.
fn after(text: &str, before: Place) -> Place {
    let in_query = before == Place::Query || text.contains('?');
    let last = text.rsplit(['?', '&']).next().unwrap_or_default();
    let new_parameter = text.contains(['?', '&']);
    if last.contains('=') || (in_query && !new_parameter && before == Place::Query) {
        Place::Query
    } else {
        Place::Path
    }
}
