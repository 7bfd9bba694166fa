use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What Okta does by a request, or by several in a row. Each is one event of its System Log.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub enum Operation {
    /// Test API Credentials, and each saving of the Provisioning tab.
    #[serde(rename = "connection.test")]
    ConnectionTest,
    /// The lookup that comes before a person is created or linked.
    #[serde(rename = "user.exists")]
    UserExists,
    /// An account is made.
    #[serde(rename = "user.create")]
    UserCreate,
    /// A profile is sent: GET and PUT.
    #[serde(rename = "user.update")]
    UserUpdate,
    /// `active` becomes false.
    #[serde(rename = "user.deactivate")]
    UserDeactivate,
    /// `active` becomes true again.
    #[serde(rename = "user.reactivate")]
    UserReactivate,
    /// A password is sent.
    #[serde(rename = "user.password")]
    UserPassword,
    /// All users are read.
    #[serde(rename = "user.import")]
    UserImport,
    /// All groups are read.
    #[serde(rename = "group.import")]
    GroupImport,
    /// A group is looked up and made, or linked, and its members are set.
    #[serde(rename = "group.push")]
    GroupPush,
    /// A group gets another name.
    #[serde(rename = "group.rename")]
    GroupRename,
    /// Members of a group change.
    #[serde(rename = "group.members")]
    GroupMembers,
    /// A group is deleted in the application.
    #[serde(rename = "group.delete")]
    GroupDelete,
    /// Entitlements or roles are read.
    #[serde(rename = "entitlement.import")]
    EntitlementImport,
    /// Resource types and schemas are read.
    #[serde(rename = "schema.import")]
    SchemaImport,
}

/// Each operation with its word and its meaning: suites, records and documentation take them from here.
pub const OPERATIONS: [(Operation, &str, &str); 15] = [
    (
        Operation::ConnectionTest,
        "connection.test",
        "Test API Credentials, or a saved Provisioning tab",
    ),
    (
        Operation::UserExists,
        "user.exists",
        "the lookup before a person is created or linked",
    ),
    (
        Operation::UserCreate,
        "user.create",
        "POST of a new account",
    ),
    (
        Operation::UserUpdate,
        "user.update",
        "GET and PUT of a profile",
    ),
    (
        Operation::UserDeactivate,
        "user.deactivate",
        "`active` becomes false",
    ),
    (
        Operation::UserReactivate,
        "user.reactivate",
        "`active` becomes true again",
    ),
    (
        Operation::UserPassword,
        "user.password",
        "a password is sent",
    ),
    (
        Operation::UserImport,
        "user.import",
        "all users are read, page by page",
    ),
    (
        Operation::GroupImport,
        "group.import",
        "all groups are read, page by page",
    ),
    (
        Operation::GroupPush,
        "group.push",
        "a group is looked up and made or linked, with its members",
    ),
    (
        Operation::GroupRename,
        "group.rename",
        "a group gets another name",
    ),
    (
        Operation::GroupMembers,
        "group.members",
        "members join and leave, or are set anew",
    ),
    (
        Operation::GroupDelete,
        "group.delete",
        "a group is deleted in the application",
    ),
    (
        Operation::EntitlementImport,
        "entitlement.import",
        "entitlements or roles are read",
    ),
    (
        Operation::SchemaImport,
        "schema.import",
        "resource types and schemas are read",
    ),
];

impl Operation {
    /// The word that suites and records use: `user.create`.
    pub fn word(self) -> &'static str {
        OPERATIONS
            .iter()
            .find(|(operation, _, _)| *operation == self)
            .map_or("", |(_, word, _)| word)
    }

    /// The operation of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        OPERATIONS
            .iter()
            .find(|(_, known, _)| *known == word)
            .map(|(operation, _, _)| *operation)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_record_and_each_operation_has_one() {
        for (operation, word, _) in OPERATIONS {
            assert_eq!(
                serde_json::to_value(operation).unwrap(),
                serde_json::json!(word)
            );
            assert_eq!(operation.word(), word);
            assert_eq!(Operation::of_word(word), Some(operation));
        }
    }
}
