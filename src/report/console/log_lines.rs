//! The simulated System Log below a check: one line for each event.

use super::super::columns::{columns, fit};
use super::super::sanitize::line;
use super::super::system_log;
use super::style::Palette;
use crate::record::{CheckResult, LogEvent, LogOutcome, Verdict};

/// What stands above the first of these lines.
pub(super) const LEGEND: &str =
    "`log` is simulated: what Okta's System Log would say of the check above it.";
/// What stands below the lines of a check that fails without a trace.
pub(super) const UNNOTICED: &str = "  log    Nobody at Okta would notice that this check fails.";
/// What most reasons hold, and no line has room for.
const REMOTE: &str = ". Errors reported by remote server: ";

/// `  log    FAILURE  user.push            Conflict. Errors reported by remote server: …`
pub(super) fn render(check: &CheckResult, width: usize, palette: Palette) -> String {
    let events = check.system_log.iter();
    events.map(|event| one(event, width, palette)).collect()
}

fn one(event: &LogEvent, width: usize, palette: Palette) -> String {
    let verdict = match event.outcome {
        LogOutcome::Success => Verdict::Pass,
        LogOutcome::Failure => Verdict::Fail,
    };
    let outcome = event.outcome.word();
    let what = format!("{:<19}", system_log::short(&event.event_type));
    let reason = system_log::reason(event).replacen(REMOTE, ". … ", 1);
    let target = event.target.as_deref().unwrap_or_default();
    let rest = match (reason.as_str(), &event.hidden, target) {
        ("", None, target) => target.to_owned(),
        ("", Some(hidden), _) => format!("not shown: {hidden}"),
        (reason, Some(hidden), _) => format!("{reason}; not shown: {hidden}"),
        (reason, None, "") => reason.to_owned(),
        (reason, None, target) => format!("{reason} ({target})"),
    };
    let before = format!("  log    {outcome}  ");
    let after = line(&format!("{what}  {rest}")).trim_end().to_owned();
    let room = width.saturating_sub(columns(&before)).max(20);
    format!(
        "{}{}  {}\n",
        palette.dim("  log    "),
        palette.verdict(verdict, outcome),
        fit(&after, room)
    )
}
