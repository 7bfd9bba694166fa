//! What was not shown: tests of Okta that were not run, cases that were skipped, features of which a part was.

use std::collections::BTreeMap;

use super::super::account::{Account, Hindrance};
use super::super::counts::some;
use super::super::feature::{Advice, Tick, is_choice};
use super::super::standing::Standing;
use super::super::suites::{Result, Role};
use super::Missing;

pub(super) fn tests_not_run<'a>(results: &[Result<'_>]) -> Option<Missing<'a>> {
    let mut specs = results.iter().filter(|result| result.role == Role::Spec);
    let found = specs.any(|result| result.scim == Some("2.0"));
    (!found).then(|| {
        Missing::new(
            "Okta's SPEC test of SCIM 2.0 was not run; new submissions are SCIM 2.0",
            "Run it: --profile okta, against the base URL of SCIM 2.0.",
        )
    })
}

/// Tests of Okta that lack something which no broken or unjudged check tells of.
pub(super) fn incomplete<'a>(results: &[Result<'_>]) -> Vec<Missing<'a>> {
    let all = results.iter().filter(|result| result.lacks).map(|result| {
        let cure = if result.is_former {
            "Run Okta's present test: --suite okta-spec-2.0, or the export that Okta's guide links to."
        } else {
            "Let all of it run: without --check, --level, --tag and --shard, and with what its reasons name."
        };
        let what = format!("{}: {}", result.title, result.words.trim_end_matches('.'));
        Missing::new(what, cure)
    });
    all.collect()
}

/// Cases that may not be left out and were not shown, together where the reason is the same.
pub(super) fn not_shown<'a>(accounts: &[Account<'a>]) -> Vec<Missing<'a>> {
    let mut by_reason: BTreeMap<(usize, &str), Vec<&Account<'a>>> = BTreeMap::new();
    let mut reasons: Vec<&str> = Vec::new();
    for account in accounts.iter().filter(|one| !is_choice(&one.case.area)) {
        let told = matches!(account.hindrance, None | Some(Hindrance::Inconclusive));
        let Some(why) = account.why.as_deref().filter(|_| !told) else {
            continue;
        };
        let place = reasons
            .iter()
            .position(|known| *known == why)
            .unwrap_or_else(|| {
                reasons.push(why);
                reasons.len() - 1
            });
        by_reason.entry((place, why)).or_default().push(account);
    }
    let all = by_reason.into_iter().map(|((_, why), accounts)| {
        let cases: Vec<&str> = accounts.iter().map(|one| one.short).collect();
        let first = accounts.first();
        let remains = first.and_then(|one| one.case.remains.clone());
        let cure = match first.and_then(|one| one.hindrance) {
            Some(Hindrance::NotChosen) => {
                "Run the whole of it: --profile okta, without --suite, --check, --level, --tag and --shard.".to_owned()
            }
            Some(Hindrance::Dialect) => {
                "Offer PATCH, and say so in /ServiceProviderConfig: Okta changes status, passwords and groups of integrations of its catalogue by it.".to_owned()
            }
            Some(Hindrance::Preview) => "Mend it: the check will gate.".to_owned(),
            Some(Hindrance::Skipped | Hindrance::Inconclusive) | None => remains.unwrap_or_else(|| {
                "Offer what is missing, or set what the reason names, and run again.".to_owned()
            }),
        };
        let shown = match first.and_then(|one| one.hindrance) {
            Some(Hindrance::Dialect | Hindrance::Preview) => "not shown in full",
            Some(Hindrance::Skipped | Hindrance::Inconclusive | Hindrance::NotChosen) | None => {
                "not shown"
            }
        };
        let verb = some(
            cases.len(),
            "case of the test plan was",
            "cases of the test plan were",
        );
        let mut missing = Missing::new(format!("{verb} {shown}. {}", why.trim_end_matches('.')), cure);
        missing.checks = accounts.iter().flat_map(|one| one.checks.iter().copied()).collect();
        missing.cases = cases;
        missing
    });
    all.collect()
}

/// Features that may be left out, and were tested in part.
pub(super) fn features_in_part<'a>(ticks: &[Tick<'a>]) -> Vec<Missing<'a>> {
    let part = ticks
        .iter()
        .filter(|tick| tick.advice == Advice::Mend && !tick.feature.needed);
    // Those that fail or could not be judged are told of by their causes.
    let all = part.filter_map(|tick| {
        let untold: Vec<&Account<'a>> = tick
            .open
            .iter()
            .copied()
            .filter(|one| {
                one.standing != Standing::Failed && one.hindrance != Some(Hindrance::Inconclusive)
            })
            .collect();
        let why = untold.first()?.why.clone().unwrap_or_default();
        let off = match tick.feature.setting {
            Some(setting) => format!("or leave the feature out: {setting} = false"),
            None => "or leave the feature unticked".to_owned(),
        };
        let name = tick.feature.name;
        let mut missing = Missing::new(
            format!(
                "{name} was shown in part only. {}",
                why.trim_end_matches('.')
            ),
            format!("Let the rest of its cases run, {off}."),
        );
        missing.cases = untold.iter().map(|one| one.short).collect();
        Some(missing)
    });
    all.collect()
}
