//! What `{{name}}` is at a place of an export: an initial variable, or what an earlier step keeps.

use std::collections::{BTreeMap, BTreeSet};

use super::initial::{self, Initial};
use super::template::{Piece, pieces};
use crate::suite::build::literal;

/// Names that mean something in the suite language.
const RESERVED: [&str; 8] = [
    "unique", "run", "row", "config", "target", "sent", "item", "var",
];

/// The variables of an export, step by step.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// Kept by steps so far: the name in the suite, or why there is none.
    kept: BTreeMap<String, Result<String, String>>,
    /// Parameters that are used, in order: name in the suite, name in the export.
    parameters: Vec<(String, String)>,
    used: BTreeSet<String>,
    /// Names of the export → names in the suite, and these.
    locals: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    /// The other server that is used.
    services: Vec<(&'static str, &'static str)>,
}

/// Where a text stands, which decides how values are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a text that is sent or compared as it is.
    Text,
    /// In the path of a URL.
    Path,
    /// In the value of a parameter of a URL.
    Query,
    /// Compared as a number.
    Number,
}

impl Variables {
    /// Remembers that a step keeps a variable, and gives its name in the suite.
    pub(super) fn keep(&mut self, name: &str) -> String {
        let local = self.local(name);
        self.kept.insert(name.to_owned(), Ok(local.clone()));
        local
    }

    /// Remembers that a step would keep a variable and can't, and why.
    pub(super) fn lose(&mut self, name: &str, why: &str) {
        self.kept.insert(name.to_owned(), Err(why.to_owned()));
    }

    /// Remembers a service.
    pub(super) fn use_service(&mut self, name: &'static str, what: &'static str) {
        if !self.services.contains(&(name, what)) {
            self.services.push((name, what));
        }
    }

    /// The services that are used.
    pub(super) fn services(&self) -> &[(&'static str, &'static str)] {
        &self.services
    }

    /// The parameters that are used, each with its default, those first that others use.
    pub(super) fn parameters(&self) -> Vec<(String, Option<&'static str>)> {
        let mut names = self.parameters.clone();
        let mut place = 0;
        while let Some((_, name)) = names.get(place).cloned() {
            if let Initial::Default(default) = initial::of(&name) {
                for used in initial::used_by(default) {
                    if names.iter().all(|(_, known)| known != used) {
                        names.push((used.to_owned(), used.to_owned()));
                    }
                }
            }
            place += 1;
        }
        names.sort_by_key(|(_, name)| initial::order(name));
        names
            .into_iter()
            .map(|(local, name)| match initial::of(&name) {
                Initial::Default(default) => (local, Some(default)),
                Initial::BaseUrl | Initial::Credentials | Initial::Service(..) | Initial::Given => {
                    (local, None)
                }
            })
            .collect()
    }

    /// A text as the suite language writes it.
    ///
    /// # Errors
    /// Why it can't be.
    pub(super) fn text(&mut self, text: &str, place: Place) -> Result<String, String> {
        let pieces = pieces(text);
        self.pieces(&pieces, place)
    }

    /// As [`Self::text`], of the parts.
    pub(super) fn pieces(&mut self, pieces: &[Piece], place: Place) -> Result<String, String> {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(&literal(text)),
                Piece::Variable(name) => out.push_str(&self.variable(name, place)?),
                Piece::Function(call) => {
                    return Err(format!(
                        "`{{{{{call}}}}}` is a function of Runscope's that scimitar does not have"
                    ));
                }
            }
        }
        Ok(out)
    }

    /// The name in the suite, another one for each name of the export.
    fn local(&mut self, name: &str) -> String {
        if let Some(local) = self.locals.get(name) {
            return local.clone();
        }
        let mut local = local(name);
        while !self.taken.insert(local.clone()) {
            local.push('_');
        }
        self.locals.insert(name.to_owned(), local.clone());
        local
    }

    fn variable(&mut self, name: &str, place: Place) -> Result<String, String> {
        let filter = match place {
            // What an earlier answer gave is compared as text, whatever it was.
            Place::Text => "|text",
            Place::Number => "|number",
            Place::Path | Place::Query => "",
        };
        if let Some(kept) = self.kept.get(name) {
            let local = kept.clone()?;
            return Ok(format!("${{{local}{filter}}}"));
        }
        let initial = initial::of(name);
        match initial {
            Initial::BaseUrl => return Ok("${target.base_url}".to_owned()),
            Initial::Credentials => {
                return Err(format!(
                    "`{{{{{name}}}}}`, the credentials, stands elsewhere than in the Authorization header"
                ));
            }
            Initial::Service(_, what) => {
                return Err(format!("`{{{{{name}}}}}` is the URL of {what}"));
            }
            Initial::Default(_) | Initial::Given => {}
        }
        let local = self.local(name);
        if self.used.insert(local.clone()) {
            self.parameters.push((local.clone(), name.to_owned()));
        }
        Ok(match place {
            Place::Number => format!("${{var.{local}|number}}"),
            // It may be a part of a path itself, such as `/Roles`.
            Place::Path => format!("${{var.{local}|raw}}"),
            Place::Text | Place::Query => format!("${{var.{local}}}"),
        })
    }
}

/// A name that the suite language takes.
fn local(name: &str) -> String {
    let mut local: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') {
                c
            } else {
                '_'
            }
        })
        .collect();
    if !local.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        local.insert(0, '_');
    }
    if RESERVED.contains(&local.as_str()) {
        local.push('_');
    }
    local
}
