//! What a run says as a whole: the one sentence that every report begins with.

use std::fmt::Write as _;

use crate::record::{CheckResult, Counts, Run, RunStatus, Verdict};

use super::group;

/// What a run says as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Everything that gates passed.
    Conforms,
    /// Something that gates is broken.
    Nonconforming,
    /// Nothing that gates is broken, but something could not be judged.
    Undecided,
    /// Nothing was judged: no check ran, or all that gate were skipped. It is no success.
    NothingTested,
    /// The run did not come to its end, and what ran of it broke nothing.
    Interrupted,
}

impl Conclusion {
    /// The conclusion of a run. With `--fail-on should` a warning counts as broken.
    pub fn of(run: &Run) -> Self {
        let gating = Counts::of(run.gating());
        let judged = gating.total - gating.skip;
        if run.gating().any(|check| gates(run, check)) {
            Self::Nonconforming
        } else if run.status != RunStatus::Complete {
            Self::Interrupted
        } else if judged == 0 {
            Self::NothingTested
        } else if gating.inconclusive > 0 {
            Self::Undecided
        } else {
            Self::Conforms
        }
    }

    /// The words that every report uses.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Nonconforming => "does not conform",
            Self::Undecided => "undecided",
            Self::NothingTested => "nothing tested",
            Self::Interrupted => "interrupted",
        }
    }

    /// The verdict that has the same colour.
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Conforms => Verdict::Pass,
            Self::Nonconforming => Verdict::Fail,
            Self::Undecided | Self::Interrupted => Verdict::Inconclusive,
            Self::NothingTested => Verdict::Skip,
        }
    }

    /// One sentence with the figures behind the words.
    pub fn sentence(self, run: &Run) -> String {
        let gating = Counts::of(run.gating());
        match self {
            Self::Conforms => {
                let judged = gating.pass + gating.warn + gating.waived;
                let mut sentence = match judged {
                    1 => "The one check that could be tested is not broken".to_owned(),
                    judged => format!("None of the {judged} checks that could be tested is broken"),
                };
                if gating.warn > 0 {
                    let _ = write!(sentence, "; {}", counted(gating.warn, "warning"));
                }
                if gating.waived > 0 {
                    let _ = write!(sentence, "; {} waived", gating.waived);
                }
                sentence.push('.');
                sentence
            }
            Self::Nonconforming => {
                let broken: Vec<&CheckResult> =
                    run.gating().filter(|check| gates(run, check)).collect();
                let causes = group::by_cause(broken.iter().copied()).len();
                let verb = if broken.len() == 1 { "is" } else { "are" };
                let mut sentence =
                    format!("{} of {} checks {verb} broken", broken.len(), gating.total);
                if causes < broken.len() {
                    let _ = write!(sentence, ", from {}", counted(causes, "cause"));
                }
                if gating.inconclusive > 0 {
                    let _ = write!(sentence, "; {} could not be judged", gating.inconclusive);
                }
                sentence.push('.');
                if run.selection.fail_on == "never" {
                    sentence.push_str(" With --fail-on never this does not gate.");
                }
                if run.status != RunStatus::Complete {
                    let _ = write!(sentence, " {}", cut_short(run));
                }
                sentence
            }
            Self::Undecided => format!(
                "Nothing is broken, but {} of {} checks could not be judged.",
                gating.inconclusive, gating.total
            ),
            Self::NothingTested => match gating.total {
                0 if run.checks.is_empty() => "No check ran.".to_owned(),
                0 => format!(
                    "{} ran, and none of them gates: what is preview or deprecated only reports.",
                    counted(run.checks.len(), "check")
                ),
                skipped => format!(
                    "Every check was skipped ({skipped}): each says why. Most often the target does not offer what they test."
                ),
            },
            Self::Interrupted => cut_short(run),
        }
    }
}

fn cut_short(run: &Run) -> String {
    format!(
        "The run was cut short after {} of {} checks.",
        run.checks.len(),
        run.selection.planned
    )
}

/// Whether a result of a stable check makes the run nonconforming. `--fail-on never` changes the exit code, not what is
/// true of the server.
fn gates(run: &Run, check: &CheckResult) -> bool {
    match check.verdict {
        Verdict::Fail => true,
        Verdict::Warn => run.selection.fail_on == "should",
        Verdict::Pass | Verdict::Skip | Verdict::Inconclusive | Verdict::Waived => false,
    }
}

/// `1 check`, `2 checks`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// The symbol of a verdict; it says the same without colour.
pub(super) const fn symbol(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "✓",
        Verdict::Fail => "✗",
        Verdict::Warn => "!",
        Verdict::Skip => "–",
        Verdict::Inconclusive => "?",
        Verdict::Waived => "~",
    }
}
