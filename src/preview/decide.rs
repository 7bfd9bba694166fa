//! What Okta would do with a user that it read.

use schemars::JsonSchema;
use serde::Serialize;

use super::matching::Class;
use super::rules::{Rules, WhenDeactivated};

/// What Okta would do with a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// Known from the import before, and the same.
    Keep,
    /// Known from the import before, and changed.
    Update,
    /// Linked to its Okta user, without a person.
    Link,
    /// Waits until a person confirms its Okta user.
    ConfirmLink,
    /// An Okta user is made and activated, without a person.
    CreateActive,
    /// An Okta user is made, without a person; it waits to be activated.
    Create,
    /// Waits until a person confirms that it is new.
    ConfirmNew,
    /// A person has to say which Okta user it is.
    Choose,
    /// Imported; without a list of Okta's users no more can be said.
    Import,
    /// The Okta user is reactivated with it.
    Reactivate,
    /// Active again in the app; in Okta it waits for activation by a person.
    ReactivatePending,
    /// The app is unassigned from the Okta user.
    Unassign,
    /// The Okta user is deactivated.
    Deactivate,
    /// The Okta user is suspended.
    Suspend,
    /// Inactive in the app: read, and not imported.
    Skip,
    /// It has no id, or nothing to make an Okta username of: it can't be imported.
    Incomplete,
    /// The import doesn't read it, although it is there.
    Missed,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Keep,
        Self::Update,
        Self::Link,
        Self::ConfirmLink,
        Self::CreateActive,
        Self::Create,
        Self::ConfirmNew,
        Self::Choose,
        Self::Import,
        Self::Reactivate,
        Self::ReactivatePending,
        Self::Unassign,
        Self::Deactivate,
        Self::Suspend,
        Self::Skip,
        Self::Incomplete,
        Self::Missed,
    ];

    /// What it means, for people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Keep => "known, and unchanged",
            Self::Update => "known: the profile is updated",
            Self::Link => "linked to the Okta user",
            Self::ConfirmLink => "a person confirms the match",
            Self::CreateActive => "an Okta user is made and activated",
            Self::Create => "an Okta user is made, to be activated by a person",
            Self::ConfirmNew => "a person confirms that it is new",
            Self::Choose => "a person chooses the Okta user",
            Self::Import => "imported (whose it is needs --okta-users)",
            Self::Reactivate => "the Okta user is reactivated",
            Self::ReactivatePending => "active again: waits for activation in Okta",
            Self::Unassign => "the app is unassigned",
            Self::Deactivate => "the Okta user is deactivated",
            Self::Suspend => "the Okta user is suspended",
            Self::Skip => "inactive: read, not imported",
            Self::Incomplete => "can't be imported: no id or no username",
            Self::Missed => "not read by the import",
        }
    }
}

/// What is known of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case<'a> {
    /// Whether Okta can make anything of it.
    pub importable: bool,
    /// Whether it is active in the app.
    pub active: bool,
    /// Its class, if there is a list of Okta's users.
    pub class: Option<Class>,
    /// The status of its Okta user, if there is one and only one.
    pub okta_status: Option<&'a str>,
    /// Its state at the import before, if there was one that knew it.
    pub before: Option<Before>,
    /// Whether an import before is known at all.
    pub compared: bool,
}

/// A user's state at the import before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Whether it was active.
    pub active: bool,
    /// Whether it has changed since.
    pub changed: bool,
}

/// What Okta would do.
pub fn decide(case: Case<'_>, rules: &Rules) -> Decision {
    if !case.importable {
        return Decision::Incomplete;
    }
    if !case.active {
        return inactive(case, rules);
    }
    match case.before {
        Some(Before {
            active: true,
            changed,
        }) => {
            return if changed {
                Decision::Update
            } else {
                Decision::Keep
            };
        }
        // What was inactive before may come back to a user that Okta deactivated for it.
        Some(Before { active: false, .. }) if rules.profile_source => {
            return reactivated(case, rules);
        }
        Some(Before { active: false, .. }) | None => {}
    }
    match case.class {
        None => Decision::Import,
        Some(Class::Ambiguous) => Decision::Choose,
        Some(Class::Exact) if rules.auto_confirm.exact => Decision::Link,
        Some(Class::Partial) if rules.auto_confirm.partial => Decision::Link,
        Some(Class::Exact | Class::Partial) => Decision::ConfirmLink,
        Some(Class::None) if !rules.auto_confirm.new => Decision::ConfirmNew,
        Some(Class::None) if rules.activate_new => Decision::CreateActive,
        Some(Class::None) => Decision::Create,
    }
}

fn inactive(case: Case<'_>, rules: &Rules) -> Decision {
    let was_assigned = match case.before {
        Some(before) => before.active,
        // Nobody knows what was imported before: an active Okta user that is exactly this one may have been.
        None => {
            !case.compared
                && rules.profile_source
                && case.class == Some(Class::Exact)
                && case.okta_status == Some("ACTIVE")
        }
    };
    match (was_assigned, rules.profile_source, rules.when_deactivated) {
        (false, ..) => Decision::Skip,
        (true, true, WhenDeactivated::Deactivate) => Decision::Deactivate,
        (true, true, WhenDeactivated::Suspend) => Decision::Suspend,
        (true, false, _) | (true, true, WhenDeactivated::Nothing) => Decision::Unassign,
    }
}

/// Only an exact match comes back by itself.
fn reactivated(case: Case<'_>, rules: &Rules) -> Decision {
    let allowed = match case.okta_status {
        Some("SUSPENDED") => rules.reactivate_suspended,
        Some("DEPROVISIONED" | "DEACTIVATED") => rules.reactivate_deactivated,
        Some(_) => {
            return if case.class == Some(Class::Exact) {
                Decision::Link
            } else {
                Decision::ReactivatePending
            };
        }
        None => rules.reactivate_suspended || rules.reactivate_deactivated,
    };
    match case.class {
        Some(Class::Exact) if allowed => Decision::Reactivate,
        _ => Decision::ReactivatePending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::rules::AutoConfirm;

    #[test]
    fn decisions_follow_from_the_page() {
        let by_hand = Rules::default();
        let automatic = Rules {
            auto_confirm: AutoConfirm {
                exact: true,
                partial: true,
                new: true,
            },
            activate_new: true,
            ..Rules::default()
        };
        let source = Rules {
            profile_source: true,
            when_deactivated: WhenDeactivated::Suspend,
            reactivate_suspended: true,
            ..Rules::default()
        };
        let case = Case {
            importable: true,
            active: true,
            class: None,
            okta_status: None,
            before: None,
            compared: false,
        };
        let of = |class| Case {
            class: Some(class),
            ..case
        };
        let known = |active, changed| Case {
            before: Some(Before { active, changed }),
            compared: true,
            ..of(Class::Exact)
        };
        let gone = |case| Case {
            active: false,
            ..case
        };
        let status = |okta_status, case| Case {
            okta_status: Some(okta_status),
            ..case
        };
        let table = [
            (case, &by_hand, Decision::Import),
            (of(Class::Exact), &by_hand, Decision::ConfirmLink),
            (of(Class::Exact), &automatic, Decision::Link),
            (of(Class::Partial), &by_hand, Decision::ConfirmLink),
            (of(Class::Partial), &automatic, Decision::Link),
            (of(Class::None), &by_hand, Decision::ConfirmNew),
            (of(Class::None), &automatic, Decision::CreateActive),
            (of(Class::Ambiguous), &automatic, Decision::Choose),
            (known(true, false), &automatic, Decision::Keep),
            (known(true, true), &automatic, Decision::Update),
            (gone(of(Class::Exact)), &automatic, Decision::Skip),
            (gone(known(true, true)), &automatic, Decision::Unassign),
            (gone(known(true, true)), &source, Decision::Suspend),
            (gone(known(false, false)), &source, Decision::Skip),
            (
                gone(status("ACTIVE", of(Class::Exact))),
                &source,
                Decision::Suspend,
            ),
            (
                gone(status("ACTIVE", of(Class::Exact))),
                &by_hand,
                Decision::Skip,
            ),
            (
                status("SUSPENDED", known(false, true)),
                &source,
                Decision::Reactivate,
            ),
            (
                status("DEPROVISIONED", known(false, true)),
                &source,
                Decision::ReactivatePending,
            ),
            (
                Case {
                    class: Some(Class::Partial),
                    ..status("SUSPENDED", known(false, true))
                },
                &source,
                Decision::ReactivatePending,
            ),
            (
                Case {
                    importable: false,
                    ..case
                },
                &automatic,
                Decision::Incomplete,
            ),
        ];
        for (case, rules, expected) in table {
            assert_eq!(decide(case, rules), expected, "{case:?}");
        }
    }
}
