//! What a run could not remove.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A resource that the run made and could not remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Leftover {
    /// The check that made it.
    pub check: String,
    /// Its URL, or the collection's where the id is not known.
    pub url: String,
    /// The name that it carries (`userName`, `displayName` or `externalId`).
    pub name: String,
    /// Why it could not be removed.
    pub reason: String,
}

impl Leftover {
    /// What stands for a check where the sweep at the end of a run found it.
    pub const SWEEP: &str = "(sweep)";

    /// Whether another one, told later, is the same resource. The sweep finds again what a check could not remove, by
    /// another name if it was renamed; several whose ids are not known have the URL of their collection.
    pub fn is(&self, later: &Self) -> bool {
        self.url == later.url && (self.name == later.name || later.check == Self::SWEEP)
    }
}

#[cfg(test)]
mod tests {
    use super::Leftover;

    fn leftover(check: &str, url: &str, name: &str) -> Leftover {
        Leftover {
            check: check.to_owned(),
            url: url.to_owned(),
            name: name.to_owned(),
            reason: "DELETE is answered 501".to_owned(),
        }
    }

    #[test]
    fn the_sweep_finds_again_what_was_renamed() {
        let known = leftover("a/b", "https://h.example/Users/1", "ada@example.com");
        assert!(known.is(&known));
        assert!(known.is(&leftover(
            Leftover::SWEEP,
            &known.url,
            "lovelace@example.com"
        )));
        assert!(!known.is(&leftover(
            Leftover::SWEEP,
            "https://h.example/Users/2",
            &known.name
        )));
    }

    #[test]
    fn two_whose_ids_are_not_known_are_two() {
        let users = "https://h.example/Users";
        let known = leftover("a/b", users, "ada@example.com");
        assert!(!known.is(&leftover("a/b", users, "bob@example.com")));
        assert!(!known.is(&leftover("a/c", users, "bob@example.com")));
    }
}
