//! Which event of Okta's catalogue an operation is, and the sentence that frames its reason.
//!
//! Sources. Event types: Okta's event type catalogue, and its table that leads from errors of an application's API to
//! them (`app.api.error.create_user` is `application.provision.user.push`). Names of events: Okta's table of common
//! events, its support articles and its forum; those of passwords, groups and imports are scimitar's own words. Frames:
//! the texts of "Generic App" in Okta's Events API, as support articles and bug reports show them filled in.

use super::part::Part;
use super::reason::{Failure, FailureKind};
use crate::record::{Basis, Operation};

/// An event of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) event_type: &'static str,
    pub(super) display_message: &'static str,
    /// What it rests on that an operation is this event.
    pub(super) basis: Basis,
}

const fn kind(basis: Basis, event_type: &'static str, display_message: &'static str) -> Kind {
    Kind {
        event_type,
        display_message,
        basis,
    }
}

const VERIFY_USER: Kind = kind(
    Basis::Documented,
    "application.provision.user.verify_exists",
    "Verify user exists in external application",
);
const SYNC_USER: Kind = kind(
    Basis::Documented,
    "application.provision.user.sync",
    "Sync user in external application",
);
const PUSH_USER: Kind = kind(
    Basis::Documented,
    "application.provision.user.push",
    "Push new user to external application",
);
const PUSH_PROFILE: Kind = kind(
    Basis::Documented,
    "application.provision.user.push_profile",
    "Push user's profile to external application",
);
const IMPORT_PROFILE: Kind = kind(
    Basis::Documented,
    "application.provision.user.import_profile",
    "Import user's profile from external application",
);
const DEACTIVATE: Kind = kind(
    Basis::Documented,
    "application.provision.user.deactivate",
    "Push user deactivation to external application",
);
const REACTIVATE: Kind = kind(
    Basis::Documented,
    "application.provision.user.reactivate",
    "Push user reactivation in external application",
);
const PUSH_PASSWORD: Kind = kind(
    Basis::Derived,
    "application.provision.user.push_password",
    "Push user's password to external application",
);
const PASSWORD: Kind = kind(
    Basis::Documented,
    "application.provision.user.password",
    "Push user's password to external application",
);
const IMPORTED: Kind = kind(Basis::Derived, "system.import.complete", "Import complete");
const IMPORT_USERS: Kind = kind(
    Basis::Documented,
    "application.provision.user.import",
    "Import users from external application",
);
const IMPORT_GROUPS: Kind = kind(
    Basis::Documented,
    "application.provision.group.import",
    "Import groups from external application",
);
const VERIFY_GROUP: Kind = kind(
    Basis::Documented,
    "application.provision.group.verify_exists",
    "Verify group exists in external application",
);
const ADD_GROUP: Kind = kind(
    Basis::Documented,
    "application.provision.group.add",
    "Add group to external application",
);
const UPDATE_GROUP: Kind = kind(
    Basis::Documented,
    "application.provision.group.update",
    "Update group in external application",
);
const UPDATE_MEMBERS: Kind = kind(
    Basis::Documented,
    "application.provision.group_membership.update",
    "Update group membership in external application",
);
const REMOVE_GROUP: Kind = kind(
    Basis::Documented,
    "application.provision.group.remove",
    "Remove group from external application",
);
const PUSHED_GROUP: Kind = kind(
    Basis::Reported,
    "application.provision.group_push.updated",
    "Group push updated",
);
const REMOVED_GROUP: Kind = kind(
    Basis::Derived,
    "application.provision.group_push.removed",
    "Group push removed",
);
const LOST_GROUP: Kind = kind(
    Basis::Reported,
    "application.provision.group_push.mapping.update.or.delete.failed.with.error",
    "Group push mapping failed",
);
const REFUSED_CREDENTIALS: Kind = kind(
    Basis::Documented,
    "application.integration.authentication_failure",
    "Authentication at external application failed",
);
const CUSTOM_OBJECTS: Kind = kind(
    Basis::Documented,
    "application.configuration.update",
    "Download custom objects from external application",
);
const IMPORT_SCHEMA: Kind = kind(
    Basis::Documented,
    "application.configuration.import_schema",
    "Import schema of external application",
);
/// A request met a rate limit.
pub(super) const RATE_LIMIT: Kind = kind(
    Basis::Documented,
    "application.integration.rate_limit_exceeded",
    "API rate limit exceeded",
);

/// The event of an operation that succeeds; `None` where none is known.
pub(super) const fn success(operation: Operation) -> Option<Kind> {
    Some(match operation {
        Operation::ConnectionTest | Operation::SchemaImport => return None,
        Operation::UserExists => VERIFY_USER,
        Operation::UserCreate => PUSH_USER,
        Operation::UserUpdate => PUSH_PROFILE,
        Operation::UserDeactivate => DEACTIVATE,
        Operation::UserReactivate => REACTIVATE,
        Operation::UserPassword => PUSH_PASSWORD,
        Operation::UserImport | Operation::GroupImport | Operation::EntitlementImport => IMPORTED,
        Operation::GroupPush | Operation::GroupRename | Operation::GroupMembers => PUSHED_GROUP,
        Operation::GroupDelete => REMOVED_GROUP,
    })
}

/// The event of an operation that fails at a request.
pub(super) const fn failure(operation: Operation, part: Part, kind: FailureKind) -> Kind {
    match operation {
        Operation::ConnectionTest => REFUSED_CREDENTIALS,
        Operation::UserExists => match kind {
            FailureKind::Unusable => SYNC_USER,
            FailureKind::Refused | FailureKind::Gone => VERIFY_USER,
        },
        Operation::UserCreate => PUSH_USER,
        Operation::UserUpdate => match (part, kind) {
            (Part::Read, FailureKind::Refused) => IMPORT_PROFILE,
            _ => PUSH_PROFILE,
        },
        Operation::UserDeactivate => DEACTIVATE,
        Operation::UserReactivate => REACTIVATE,
        Operation::UserPassword => PASSWORD,
        Operation::UserImport => IMPORT_USERS,
        Operation::GroupImport => IMPORT_GROUPS,
        Operation::EntitlementImport => CUSTOM_OBJECTS,
        Operation::SchemaImport => IMPORT_SCHEMA,
        Operation::GroupDelete => REMOVE_GROUP,
        Operation::GroupPush | Operation::GroupRename | Operation::GroupMembers => {
            match (part, kind) {
                (_, FailureKind::Gone) => LOST_GROUP,
                (Part::Lookup | Part::List, _) => VERIFY_GROUP,
                (Part::Create, _) => ADD_GROUP,
                (Part::Read, _) => IMPORT_GROUPS,
                _ => match operation {
                    Operation::GroupRename => UPDATE_GROUP,
                    _ => UPDATE_MEMBERS,
                },
            }
        }
    }
}

/// The sentence that frames a reason where the administrator meets it first: in the list of tasks, at the pushed group,
/// or beside the button that tests the connection.
pub(super) fn message(
    operation: Operation,
    part: Part,
    failure: &Failure,
    who: &str,
) -> Option<String> {
    let reason = failure.reason.as_deref().unwrap_or("null");
    let of_group = |text: String| {
        format!("Unable to update Group Push mapping target App group {who}: {text}")
    };
    Some(match operation {
        Operation::ConnectionTest => format!("Error authenticating: {reason}"),
        Operation::UserExists => match failure.kind {
            // Okta stops without a word.
            FailureKind::Unusable if failure.reason.is_none() => return None,
            _ => format!("Error while verifying if user {who} exists: {reason}"),
        },
        Operation::UserCreate => format!("Error while creating user {who}: {reason}"),
        Operation::UserUpdate => match (part, failure.kind) {
            (Part::Read, FailureKind::Refused) => {
                format!("Error while trying to import user profile for {who}: {reason}")
            }
            _ => format!("Error while trying to push profile update for {who}: {reason}"),
        },
        Operation::UserDeactivate => format!("Error while deactivating user {who}: {reason}"),
        Operation::UserReactivate => format!("Error while reactivating user {who}: {reason}"),
        Operation::UserPassword => format!("Error pushing password: {reason}"),
        Operation::UserImport => format!("Error while downloading all users: {reason}"),
        Operation::GroupImport => format!("Error while downloading all groups: {reason}"),
        Operation::EntitlementImport => {
            format!("Error while downloading custom objects: {reason}")
        }
        Operation::SchemaImport => return None,
        Operation::GroupDelete => format!("Error while deleting user group {who}: {reason}"),
        Operation::GroupPush | Operation::GroupRename | Operation::GroupMembers => {
            match (part, failure.kind) {
                (_, FailureKind::Gone) => reason.to_owned(),
                (Part::Lookup | Part::List, _) => of_group(format!(
                    "Error while verifying if group {who} exists: {reason}"
                )),
                (Part::Create, _) => {
                    of_group(format!("Error while creating user group {who}: {reason}"))
                }
                (Part::Read, _) => of_group(format!(
                    "Error while trying to get the group {who}: {reason}"
                )),
                _ => match operation {
                    Operation::GroupRename => of_group(reason.to_owned()),
                    _ => of_group(format!(
                        "Error while updating user group membership for group {who} {reason}"
                    )),
                },
            }
        }
    })
}

/// What Okta does after a failure, where that is known.
pub(super) fn next(operation: Operation, status: Option<u16>) -> Option<String> {
    let text = match operation {
        Operation::UserCreate if status == Some(409) => {
            "Okta stops the task: the person has no account there until somebody links or retries it."
        }
        Operation::UserUpdate => "The task waits for somebody to retry it.",
        Operation::UserExists | Operation::UserCreate | Operation::UserReactivate => {
            "The task waits for somebody to retry it; until it succeeds, an assignment that ends deactivates nothing."
        }
        Operation::UserDeactivate => {
            "Okta does not try again: the account stays active until somebody deactivates it by hand."
        }
        Operation::GroupPush | Operation::GroupRename | Operation::GroupMembers => {
            "The pushed group is in Error, and its members stay as they are until somebody pushes it again."
        }
        Operation::ConnectionTest => "The connection can't be saved.",
        Operation::UserPassword
        | Operation::UserImport
        | Operation::GroupImport
        | Operation::GroupDelete
        | Operation::EntitlementImport
        | Operation::SchemaImport => return None,
    };
    Some(text.to_owned())
}
