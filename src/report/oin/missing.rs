//! What is missing, in the order in which to mend it, each with its cure.

use std::collections::BTreeMap;

use super::super::group::{self, Group};
use super::super::text;
use super::account::{Account, Hindrance, is_broken, short};
use super::counts::{listed, some};
use super::feature::{Advice, Tick, is_choice};
use super::standing::Standing;
use super::suites::{Result, Role, role};
use crate::record::{AuthenticationMode, CheckResult, Run, RunStatus, TestPlan, Verdict};

/// How many ids a sentence names.
const NAMED: usize = 12;

/// Something that is missing.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    /// What, in one line.
    pub(super) what: String,
    /// What to do.
    pub(super) cure: String,
    /// The cases of the plan that it keeps from being shown, by their short ids.
    pub(super) cases: Vec<&'a str>,
    /// The checks that say so.
    pub(super) checks: Vec<&'a CheckResult>,
}

impl<'a> Missing<'a> {
    fn new(what: impl Into<String>, cure: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            cure: cure.into(),
            cases: Vec::new(),
            checks: Vec::new(),
        }
    }

    fn of(mut self, plan: &TestPlan, checks: &[&'a CheckResult]) -> Self {
        self.checks = checks.to_vec();
        self.cases = cited(plan, checks);
        self
    }
}

/// All that is missing: the connection first, then what Okta's tests say, then what was not shown.
pub(super) fn missing<'a>(
    run: &'a Run,
    plan: &'a TestPlan,
    results: &[Result<'_>],
    accounts: &[Account<'a>],
    ticks: &[Tick<'a>],
) -> Vec<Missing<'a>> {
    let mut all = about_the_run(run);
    all.extend(about_the_connection(run));
    all.extend(tests_not_run(results));
    all.extend(broken(run, plan));
    all.extend(unjudged(run, plan));
    all.extend(incomplete(results));
    all.extend(not_shown(accounts));
    all.extend(features_in_part(ticks));
    all
}

fn about_the_run<'a>(run: &Run) -> Vec<Missing<'a>> {
    let mut all = Vec::new();
    if run.target.embedded {
        all.push(Missing::new(
            "This run tested scimitar's embedded server, not an integration",
            "Run it with the base URL of your server.",
        ));
    }
    if run.status != RunStatus::Complete {
        all.push(Missing::new(
            "The run did not come to its end",
            "Run it again, to its end.",
        ));
    }
    if run.target.insecure {
        all.push(Missing::new(
            "Certificates were not verified, and Okta verifies them",
            "Serve a certificate of a public authority, and run without --insecure.",
        ));
    }
    if run.selection.read_only {
        all.push(Missing::new(
            "The run was read-only, and Okta writes",
            "Run without --read-only against a system for tests.",
        ));
    }
    all
}

fn about_the_connection<'a>(run: &Run) -> Vec<Missing<'a>> {
    let Some(connection) = &run.connection else {
        return vec![Missing::new(
            "The record does not say how the target was reached",
            "Run it again with this version of scimitar.",
        )];
    };
    let mut all = Vec::new();
    // Of the embedded server there is one thing to say, and it is said.
    let against = connection.base_url.iter().filter(|_| !run.target.embedded);
    all.extend(against.map(|finding| {
        Missing::new(
            format!("Base URL: {}", finding.text),
            sentence(&finding.remedy),
        )
    }));
    let refused = match connection.authentication {
        AuthenticationMode::Basic => Some("Okta takes no Basic authentication for new submissions"),
        AuthenticationMode::None => Some("Requests carried no credentials"),
        AuthenticationMode::ClientCertificate => {
            Some("Okta's form has no authentication by a client's certificate")
        }
        AuthenticationMode::Bearer | AuthenticationMode::Header | AuthenticationMode::Oauth2 => {
            None
        }
    };
    all.extend(refused.map(|what| {
        Missing::new(
            what,
            "Take a token in the Authorization header or OAuth 2.0, and run with that (--bearer, --auth-header, --oauth2-…).",
        )
    }));
    all
}

fn tests_not_run<'a>(results: &[Result<'_>]) -> Option<Missing<'a>> {
    let mut specs = results.iter().filter(|result| result.role == Role::Spec);
    let found = specs.any(|result| result.scim == Some("2.0"));
    (!found).then(|| {
        Missing::new(
            "Okta's SPEC test of SCIM 2.0 was not run; new submissions are SCIM 2.0",
            "Run it: --profile okta, against the base URL of SCIM 2.0.",
        )
    })
}

/// What is broken, a headline for each cause: of Okta's own tests first, then of the test plan, then what else gates.
fn broken<'a>(run: &'a Run, plan: &TestPlan) -> Vec<Missing<'a>> {
    let failed = relevant(run, plan).filter(|check| is_broken(check));
    let mut groups = group::by_cause(failed);
    groups.sort_by_key(|group| {
        group
            .checks
            .iter()
            .map(|check| rank(run, plan, check))
            .min()
    });
    let all = groups.iter().map(|group| {
        let waived = group
            .checks
            .iter()
            .all(|check| check.verdict == Verdict::Waived);
        let mut cure = fix(group);
        if waived {
            cure.push_str(" A waiver accepts it here; Okta does not.");
        }
        let spec = group.checks.iter().any(|check| rank(run, plan, check) == 0);
        let place = if spec { "Okta's own tests fail: " } else { "" };
        Missing::new(headline(place, group), cure).of(plan, &group.checks)
    });
    all.collect()
}

fn unjudged<'a>(run: &'a Run, plan: &TestPlan) -> Vec<Missing<'a>> {
    let unjudged = relevant(run, plan).filter(|check| check.verdict == Verdict::Inconclusive);
    let groups = group::by_cause(unjudged);
    let all = groups.iter().map(|group| {
        let blocked = group
            .checks
            .iter()
            .all(|check| check.cause.as_ref().is_some_and(|cause| cause.blocked));
        let cure = if blocked {
            "Mend what these checks need, and run again."
        } else {
            "Find out why no whole answer came, and run again."
        };
        Missing::new(headline("Could not be judged: ", group), cure).of(plan, &group.checks)
    });
    all.collect()
}

/// Tests of Okta that lack something which no broken or unjudged check tells of.
fn incomplete<'a>(results: &[Result<'_>]) -> Vec<Missing<'a>> {
    let all = results.iter().filter(|result| result.lacks).map(|result| {
        Missing::new(
            format!("{}: {}", result.title, result.words.trim_end_matches('.')),
            "Let all of it run: without --check, --level, --tag and --shard, and with what its reasons name.",
        )
    });
    all.collect()
}

/// Cases that may not be left out and were not shown, together where the reason is the same.
fn not_shown<'a>(accounts: &[Account<'a>]) -> Vec<Missing<'a>> {
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
        let verb = some(cases.len(), "case of the test plan was", "cases of the test plan were");
        let mut missing = Missing::new(
            format!("{verb} not shown in full. {}", why.trim_end_matches('.')),
            cure,
        );
        missing.checks = accounts.iter().flat_map(|one| one.checks.iter().copied()).collect();
        missing.cases = cases;
        missing
    });
    all.collect()
}

/// Features that may be left out, and were tested in part.
fn features_in_part<'a>(ticks: &[Tick<'a>]) -> Vec<Missing<'a>> {
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

/// The checks that count: those of the suites that are about the plan, if they gate.
fn relevant<'a>(run: &'a Run, plan: &TestPlan) -> impl Iterator<Item = &'a CheckResult> {
    run.gating()
        .filter(|check| plan.suites.contains(&check.suite))
}

fn rank(run: &Run, plan: &TestPlan, check: &CheckResult) -> u8 {
    let suite = run.suites.iter().find(|suite| suite.id == check.suite);
    if suite.is_some_and(|suite| role(suite).is_some()) {
        0
    } else if check.requirements.iter().any(|one| is_case(plan, &one.id)) {
        1
    } else {
        2
    }
}

fn is_case(plan: &TestPlan, id: &str) -> bool {
    plan.cases.iter().any(|case| case.id == id)
}

fn cited<'a>(plan: &TestPlan, checks: &[&'a CheckResult]) -> Vec<&'a str> {
    let mut cases: Vec<&str> = Vec::new();
    for requirement in checks.iter().flat_map(|check| &check.requirements) {
        let id = short(plan, &requirement.id);
        if is_case(plan, &requirement.id) && !cases.contains(&id) {
            cases.push(id);
        }
    }
    cases
}

fn headline(place: &str, group: &Group<'_>) -> String {
    match group.checks.len() {
        1 => format!("{place}{}", group.title),
        count => format!("{place}{} ({count} checks)", group.title),
    }
}

fn fix(group: &Group<'_>) -> String {
    let fixes = group.checks.iter().map(|check| check.fix.as_str());
    let first = fixes.into_iter().find(|fix| !fix.is_empty());
    first.map_or_else(
        // A check that was translated from a foreign test may say none.
        || {
            let reason = group.checks.first().map_or("", |check| text::reason(check));
            format!("Make it so that this no longer holds: {reason}.")
        },
        str::to_owned,
    )
}

/// A remedy of the doctor as a sentence.
fn sentence(remedy: &str) -> String {
    let mut letters = remedy.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

/// The cases in a line.
pub(super) fn cases_line(cases: &[&str]) -> String {
    listed(cases.iter().copied(), NAMED)
}
