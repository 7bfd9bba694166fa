//! Facts → what is proved. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{
    CheckProof, Document, FORMAT, FaultProof, Problem, ProblemKind, Tripped, VariationProof,
};
use super::trials::{Facts, Outcome, Trial};
use crate::record::Verdict;
use crate::server::{FAULTS, VARIATIONS};
use crate::suite::{Check, Library};

/// Judges what trials came to.
pub fn judge(library: &Library, facts: &Facts) -> Document {
    let chosen: BTreeSet<&str> = facts.chosen.iter().map(String::as_str).collect();
    let checks: Vec<(String, &Check)> = library
        .suites
        .iter()
        .flat_map(|suite| {
            suite
                .checks
                .iter()
                .map(move |check| (format!("{}/{}", suite.id, check.id), &**check))
        })
        .filter(|(id, _)| chosen.contains(id.as_str()))
        .collect();
    let mut judged = Judged {
        catches: BTreeMap::new(),
        faults: Vec::new(),
        variations: Vec::new(),
        problems: Vec::new(),
    };
    for (trial, result) in &facts.trials {
        match trial {
            Trial::Clean => judged.clean(result),
            Trial::Fault(id) => judged.fault(id, result, &checks),
            Trial::Variation(id) => judged.variation(id, result, &checks),
        }
    }
    judged.claims(&checks, facts);
    let Judged {
        catches,
        faults,
        variations,
        mut problems,
    } = judged;
    problems.sort_by_key(|problem| problem.kind);
    let proof = |(id, _): &(String, &Check)| CheckProof {
        catches: catches.get(id).cloned().unwrap_or_default(),
        id: id.clone(),
    };
    Document {
        format: FORMAT.to_owned(),
        checks: checks.iter().map(proof).collect(),
        faults,
        variations,
        problems,
    }
}

type Result<'a> = &'a std::result::Result<Vec<Outcome>, String>;

struct Judged {
    /// Check → the faults that it catches.
    catches: BTreeMap<String, Vec<String>>,
    faults: Vec<FaultProof>,
    variations: Vec<VariationProof>,
    problems: Vec<Problem>,
}

impl Judged {
    fn problem(&mut self, kind: ProblemKind, about: &str, message: impl Into<String>) {
        self.problems.push(Problem {
            kind,
            about: about.to_owned(),
            message: message.into(),
        });
    }

    fn clean(&mut self, result: Result<'_>) {
        match result {
            Err(broken) => self.problem(ProblemKind::Untried, "clean", broken),
            Ok(outcomes) => {
                for outcome in outcomes.iter().filter(|outcome| !outcome.only_slow) {
                    let Outcome {
                        id,
                        verdict,
                        reason,
                        ..
                    } = outcome;
                    let message = format!("{verdict} though nothing is wrong: {reason}");
                    self.problem(ProblemKind::Clean, id, message);
                }
            }
        }
    }

    fn fault(&mut self, id: &str, result: Result<'_>, checks: &[(String, &Check)]) {
        let Some(fault) = FAULTS.iter().find(|fault| fault.id == id) else {
            return;
        };
        let mut caught_by = BTreeSet::new();
        let mut preflight = None;
        match result {
            Err(reason) => preflight = Some(reason.clone()),
            Ok(outcomes) => {
                let failed =
                    |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Fail | Verdict::Warn);
                for outcome in outcomes.iter().filter(failed) {
                    let whole = whole(&outcome.id);
                    // A slow answer is this machine's, unless a check says that the fault is about that.
                    let named = || {
                        checks.iter().any(|(known, check)| {
                            *known == whole && check.faults.iter().any(|one| one == id)
                        })
                    };
                    if !outcome.only_slow || named() {
                        caught_by.insert(whole);
                    }
                }
            }
        }
        for check in &caught_by {
            self.catches
                .entry(check.clone())
                .or_default()
                .push(id.to_owned());
        }
        if caught_by.is_empty() && preflight.is_none() {
            self.problem(
                ProblemKind::Uncaught,
                id,
                format!("no check catches it: {}", fault.title),
            );
        }
        self.faults.push(FaultProof {
            id: id.to_owned(),
            title: fault.title.to_owned(),
            area: fault.area.to_owned(),
            requirement: fault.requirement.to_owned(),
            caught_by: caught_by.into_iter().collect(),
            preflight,
        });
    }

    fn variation(&mut self, id: &str, result: Result<'_>, checks: &[(String, &Check)]) {
        let Some(variation) = VARIATIONS.iter().find(|variation| variation.id == id) else {
            return;
        };
        let outcomes = match result {
            Ok(outcomes) => outcomes,
            Err(broken) => {
                self.problem(ProblemKind::Untried, id, broken);
                return;
            }
        };
        let says = |check: &Check| check.beyond.iter().any(|one| one == id);
        let (mut trips, mut beyond) = (Vec::new(), BTreeSet::new());
        for outcome in outcomes.iter().filter(|outcome| !outcome.only_slow) {
            let whole = whole(&outcome.id);
            if checks
                .iter()
                .any(|(known, check)| *known == whole && says(check))
            {
                beyond.insert(whole);
                continue;
            }
            let Outcome {
                id: check,
                verdict,
                reason,
                ..
            } = outcome;
            self.problem(
                ProblemKind::FalseAlarm,
                check,
                format!("{verdict} with the lawful variation {id}: {reason}"),
            );
            trips.push(Tripped {
                check: check.clone(),
                verdict: *verdict,
                reason: reason.clone(),
            });
        }
        for (known, _) in checks
            .iter()
            .filter(|(known, check)| says(check) && !beyond.contains(known))
        {
            self.problem(
                ProblemKind::Stale,
                known,
                format!("it says that {id} is not enough for it, and passes"),
            );
        }
        self.variations.push(VariationProof {
            id: id.to_owned(),
            title: variation.title.to_owned(),
            trips,
            beyond: beyond.into_iter().collect(),
        });
    }

    /// What checks say of themselves, as far as it was tried.
    fn claims(&mut self, checks: &[(String, &Check)], facts: &Facts) {
        let tried: BTreeSet<&str> = facts
            .trials
            .iter()
            .filter_map(|(trial, _)| match trial {
                Trial::Fault(id) => Some(*id),
                Trial::Clean | Trial::Variation(_) => None,
            })
            .collect();
        for (id, check) in checks {
            let caught = self.catches.get(id).cloned().unwrap_or_default();
            let mut untold = true;
            for fault in check
                .faults
                .iter()
                .filter(|fault| tried.contains(fault.as_str()))
            {
                if !caught.contains(fault) {
                    untold = false;
                    self.problem(
                        ProblemKind::Untrue,
                        id,
                        format!("it names {fault}, which does not make it fail"),
                    );
                }
            }
            let all = check
                .faults
                .iter()
                .all(|fault| tried.contains(fault.as_str()));
            if caught.is_empty() && untold && all && check.skip.is_none() {
                self.problem(ProblemKind::CatchesNothing, id, "no fault makes it fail");
            }
        }
    }
}

/// `suite/check`: the rows of a matrix count as one.
fn whole(id: &str) -> String {
    let parts: Vec<&str> = id.splitn(3, '/').take(2).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn rows_are_of_their_check() {
        assert_eq!(whole("a.b/c"), "a.b/c");
        assert_eq!(whole("a/b/c/d"), "a/b");
    }
}
