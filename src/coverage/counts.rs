use schemars::JsonSchema;
use serde::Serialize;

use super::requirement::{CoveredRequirement, InRun, Standing};

/// How many requirements there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// All.
    pub rows: usize,
    /// Those that a check is expected to cite, or cites: `cited`, `excused` and `uncovered` together.
    pub testable: usize,
    /// Those that a check cites.
    pub cited: usize,
    /// Those that no check cites, with a written reason.
    pub excused: usize,
    /// Those that no check cites, without a reason.
    pub uncovered: usize,
    /// What a run says of them, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdicts: Option<Verdicts>,
}

/// What a run says of requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verdicts {
    /// All checks passed, or the others were skipped.
    pub pass: usize,
    /// A check failed.
    pub fail: usize,
    /// A check warned.
    pub warn: usize,
    /// All checks were skipped.
    pub skip: usize,
    /// A check could not be judged.
    pub inconclusive: usize,
    /// A check failed and is waived.
    pub waived: usize,
    /// Checks cite it, and none of them ran.
    pub not_run: usize,
    /// No check cites it.
    pub uncited: usize,
}

impl Counts {
    /// Counts some requirements.
    pub(super) fn of<'a>(
        requirements: impl IntoIterator<Item = &'a CoveredRequirement>,
        with_run: bool,
    ) -> Self {
        let mut counts = Self::default();
        let mut verdicts = Verdicts::default();
        for requirement in requirements {
            counts.rows += 1;
            match requirement.standing {
                Standing::Cited => counts.cited += 1,
                Standing::Excused => counts.excused += 1,
                Standing::Uncovered => counts.uncovered += 1,
                Standing::Untestable => continue,
            }
            counts.testable += 1;
            *match requirement.verdict {
                Some(InRun::Pass) => &mut verdicts.pass,
                Some(InRun::Fail) => &mut verdicts.fail,
                Some(InRun::Warn) => &mut verdicts.warn,
                Some(InRun::Skip) => &mut verdicts.skip,
                Some(InRun::Inconclusive) => &mut verdicts.inconclusive,
                Some(InRun::Waived) => &mut verdicts.waived,
                Some(InRun::NotRun) => &mut verdicts.not_run,
                None => &mut verdicts.uncited,
            } += 1;
        }
        counts.verdicts = with_run.then_some(verdicts);
        counts
    }

    /// How many of the testable ones are cited or excused, in hundredths of a percent, rounded down: what is not whole
    /// must not look whole. All of them where none is testable.
    pub const fn covered(&self) -> usize {
        match ((self.cited + self.excused) * 10_000).checked_div(self.testable) {
            Some(share) => share,
            None => 10_000,
        }
    }
}
