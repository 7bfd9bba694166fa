//! The provisioning features of Okta's form, and which of them to tick.

use super::account::{Account, Hindrance};
use super::standing::Standing;

/// A feature of the form.
#[derive(Debug)]
pub(super) struct Feature {
    /// Its name in Okta.
    pub(super) name: &'static str,
    /// The part of the test plan that is about it.
    area: &'static str,
    /// Whether each provisioning integration has it: Okta's CRUD tests use it.
    pub(super) needed: bool,
    /// The setting that says whether it is offered.
    pub(super) setting: Option<&'static str>,
}

const fn needed(name: &'static str, area: &'static str) -> Feature {
    Feature {
        name,
        area,
        needed: true,
        setting: None,
    }
}

const fn choice(name: &'static str, area: &'static str, setting: Option<&'static str>) -> Feature {
    Feature {
        name,
        area,
        needed: false,
        setting,
    }
}

/// All features, in the form's order.
const FEATURES: [Feature; 10] = [
    needed("Create Users", "create users"),
    needed("Update User Attributes", "update users"),
    needed("Deactivate Users", "remove access"),
    choice(
        "Sync Password",
        "sync password",
        Some("okta.to_app.sync_password"),
    ),
    choice(
        "Import Users",
        "import users",
        Some("okta.to_okta.import_users"),
    ),
    choice(
        "Import Groups",
        "import groups",
        Some("okta.to_okta.import_groups"),
    ),
    choice("Group Push", "group push", Some("okta.to_app.push_groups")),
    choice("Profile Sourcing", "profile sourcing", None),
    choice("Entitlement Management", "entitlements", None),
    choice("Schema Discovery", "schema of users", None),
];

/// A feature and what the run says of it.
#[derive(Debug)]
pub(super) struct Tick<'a> {
    pub(super) feature: &'static Feature,
    pub(super) advice: Advice,
    /// Why, in one sentence.
    pub(super) why: String,
    /// The cases that keep it from being ticked.
    pub(super) open: Vec<&'a Account<'a>>,
}

/// What to do with the box of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// All that a run can show of it was shown, and each integration has it.
    Tick,
    /// All that a run can show of it was shown, and an integration may leave it out.
    Offer,
    /// Nothing of it was tested: it is not offered, or was not chosen.
    Leave,
    /// Something of it is broken, unjudged or was not run.
    Mend,
}

impl Advice {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Tick => "tick",
            Self::Offer => "tick if you offer it",
            Self::Leave => "leave unticked",
            Self::Mend => "not yet",
        }
    }

    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Tick | Self::Offer => "☑",
            Self::Leave => "☐",
            Self::Mend => "✗",
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Tick | Self::Offer => "pass",
            Self::Leave => "skip",
            Self::Mend => "fail",
        }
    }
}

/// The features, with what the run says of each.
pub(super) fn ticks<'a>(accounts: &'a [Account<'a>]) -> Vec<Tick<'a>> {
    FEATURES
        .iter()
        .map(|feature| tick(feature, accounts))
        .collect()
}

/// Whether a part of the plan may be left out, since the form lets its feature be left unticked.
pub(super) fn is_choice(area: &str) -> bool {
    FEATURES
        .iter()
        .any(|feature| !feature.needed && feature.area == area)
}

/// Whether a part of the plan is of the operations that Okta's CRUD tests use.
pub(super) fn is_crud(area: &str) -> bool {
    FEATURES
        .iter()
        .any(|feature| feature.needed && feature.area == area)
}

fn tick<'a>(feature: &'static Feature, accounts: &'a [Account<'a>]) -> Tick<'a> {
    let of_area = accounts
        .iter()
        .filter(|account| account.case.area == feature.area);
    let testable: Vec<&Account<'_>> = of_area
        .filter(|account| account.standing != Standing::OktaAlone)
        .collect();
    let open: Vec<&Account<'_>> = testable
        .iter()
        .copied()
        .filter(|one| is_open(one))
        .collect();
    let untested = testable.iter().all(|account| {
        matches!(
            account.hindrance,
            Some(Hindrance::Skipped | Hindrance::NotChosen)
        ) && account.standing == Standing::NotRun
    });
    let (advice, why) = if open.is_empty() && !testable.is_empty() {
        let partly = testable
            .iter()
            .filter(|one| one.standing == Standing::Partly)
            .count();
        let mut why = super::counts::of_all(testable.len(), "case", "was shown", "were shown");
        if partly > 0 {
            let rest = super::counts::some(partly, "has a part", "have a part");
            why = format!("{why}; {rest} that you look at yourself");
        }
        (
            if feature.needed {
                Advice::Tick
            } else {
                Advice::Offer
            },
            format!("{why}."),
        )
    } else if untested {
        let first = open.first().and_then(|account| account.why.clone());
        let why = first.unwrap_or_else(|| "The plan has no case of it.".to_owned());
        (
            if feature.needed {
                Advice::Mend
            } else {
                Advice::Leave
            },
            why,
        )
    } else {
        let count = |standing: Standing| open.iter().filter(|one| one.standing == standing).count();
        let (failed, rest) = (
            count(Standing::Failed),
            open.len() - count(Standing::Failed),
        );
        let mut parts = Vec::new();
        if failed > 0 {
            parts.push(format!("{failed} failed"));
        }
        if rest > 0 {
            parts.push(format!("{rest} not shown"));
        }
        let why = format!("Of {} cases {}.", testable.len(), parts.join(", "));
        (Advice::Mend, why)
    };
    Tick {
        feature,
        advice,
        why,
        open,
    }
}

/// Whether a case is no reason to be content.
pub(super) fn is_open(account: &Account<'_>) -> bool {
    account.standing == Standing::Failed || account.hindrance.is_some()
}
