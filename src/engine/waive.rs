//! Waivers: failures that are known and accepted, each until a day and for a reason.

use std::sync::{Mutex, PoisonError};

use crate::record::{CheckResult, Verdict};

/// A failure that is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// `suite/check` (with all rows that it has), or `suite/check/row`.
    pub check: String,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is, `2027-01-31`.
    pub expires: String,
    /// Whether that day is over.
    pub expired: bool,
    /// Where it stands, for people.
    pub place: String,
}

/// What came of a waiver in a run.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// A check of it was judged.
    judged: bool,
    /// One was broken.
    broken: bool,
}

/// The waivers of a run, and what came of them.
#[derive(Debug, Default)]
pub struct Waivers {
    all: Vec<Waiver>,
    uses: Mutex<Vec<Use>>,
}

impl Waivers {
    /// Waivers that nothing came of yet.
    pub fn new(all: Vec<Waiver>) -> Self {
        let uses = Mutex::new(vec![Use::default(); all.len()]);
        Self { all, uses }
    }

    /// Accepts what a waiver accepts: a broken check is waived.
    pub(super) fn apply(&self, result: &mut CheckResult) {
        let own = |waiver: &Waiver| {
            let rest = result.id.strip_prefix(&waiver.check);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // A row's own waiver goes before that of all rows.
        let places = self
            .all
            .iter()
            .enumerate()
            .filter(|(_, waiver)| own(waiver));
        let Some((place, waiver)) = places.max_by_key(|(_, waiver)| waiver.check.len()) else {
            return;
        };
        let broken = matches!(result.verdict, Verdict::Fail | Verdict::Warn);
        if broken || result.verdict == Verdict::Pass {
            let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(used) = uses.get_mut(place) {
                used.judged = true;
                used.broken |= broken;
            }
        }
        if !broken {
            return;
        }
        let Waiver {
            reason, expires, ..
        } = waiver;
        if waiver.expired {
            let found = result.reason.take().unwrap_or_default();
            result.reason = Some(format!(
                "{found} (its waiver expired on {expires}: {reason})"
            ));
        } else {
            result.verdict = Verdict::Waived;
            result.reason = Some(format!("waived until {expires}: {reason}"));
        }
    }

    /// Those whose checks all pass by now, in words: they hide what breaks next.
    pub fn stale(&self) -> Vec<String> {
        let uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = self.all.iter().zip(uses.iter());
        stale
            .filter(|(_, used)| used.judged && !used.broken)
            .map(|(waiver, _)| {
                let Waiver { check, place, .. } = waiver;
                format!(
                    "{place}: the waiver of {check} is stale: what it accepts passes; remove it"
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Level, Status, Steps};

    fn waiver(check: &str, expired: bool) -> Waiver {
        Waiver {
            check: check.to_owned(),
            reason: "mended in 4.2".to_owned(),
            expires: "2027-01-31".to_owned(),
            expired,
            place: "waivers.toml:1:1".to_owned(),
        }
    }

    fn result(id: &str, verdict: Verdict) -> CheckResult {
        CheckResult {
            id: id.to_owned(),
            suite: String::new(),
            title: String::new(),
            level: Level::Must,
            status: Status::Stable,
            tags: Vec::new(),
            requirements: Vec::new(),
            why: String::new(),
            fix: String::new(),
            location: None,
            verdict,
            reason: Some("status 500".to_owned()),
            cause: None,
            started_us: 0,
            duration_us: 0,
            steps: Steps::default(),
            system_log: Vec::new(),
        }
    }

    fn applied(waivers: &Waivers, id: &str, verdict: Verdict) -> (Verdict, String) {
        let mut result = result(id, verdict);
        waivers.apply(&mut result);
        (result.verdict, result.reason.unwrap_or_default())
    }

    #[test]
    fn what_is_broken_is_waived_and_nothing_else() {
        let waivers = Waivers::new(vec![waiver("s/a", false), waiver("s/b/row", false)]);
        let waived = (
            Verdict::Waived,
            "waived until 2027-01-31: mended in 4.2".to_owned(),
        );
        for id in ["s/a", "s/a/row", "s/b/row"] {
            assert_eq!(applied(&waivers, id, Verdict::Fail), waived, "{id}");
        }
        for id in ["s/ab", "s/b", "s/b/other"] {
            assert_eq!(
                applied(&waivers, id, Verdict::Fail).0,
                Verdict::Fail,
                "{id}"
            );
        }
        for verdict in [Verdict::Inconclusive, Verdict::Skip, Verdict::Pass] {
            assert_eq!(applied(&waivers, "s/a", verdict).0, verdict);
        }
        assert_eq!(waivers.stale(), Vec::<String>::new());
    }

    #[test]
    fn an_expired_waiver_accepts_nothing_and_is_named() {
        let waivers = Waivers::new(vec![waiver("s/a", true)]);
        let (verdict, reason) = applied(&waivers, "s/a", Verdict::Fail);
        assert_eq!(verdict, Verdict::Fail);
        assert!(
            reason.starts_with("status 500 (its waiver expired on"),
            "{reason}"
        );
    }

    #[test]
    fn a_waiver_is_stale_when_all_of_its_checks_pass() {
        let waivers = Waivers::new(vec![waiver("s/a", false)]);
        assert_eq!(waivers.stale().len(), 0, "nothing was judged");
        applied(&waivers, "s/a/one", Verdict::Pass);
        assert_eq!(waivers.stale().len(), 1);
        applied(&waivers, "s/a/two", Verdict::Fail);
        assert_eq!(waivers.stale().len(), 0);
    }
}
