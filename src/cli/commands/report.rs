//! `scimitar report RUN`: reports again, from a record.

use crate::cli::args::{Offer as _, ReportArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::reports::Reports;
use crate::cli::settings::{Settings, Typed};
use crate::cli::terminal::Terminal;
use crate::cli::{runs, subscribers};
use crate::report::console::Console;

/// Writes the reports.
///
/// # Errors
/// When there is no such record, or a report can't be written.
pub(super) fn run(args: &ReportArgs, terminal: &mut Terminal) -> Result<u8, Failure> {
    // Only what was asked for: the outputs of the configuration are those of runs.
    let (mut settings, mut problems) = (Settings::default(), Vec::new());
    args.files.offer(&mut settings, &mut problems);
    let typed = Typed::new(&settings);
    problems.extend(typed.as_ref().err().cloned().unwrap_or_default());
    let typed = typed.map_err(|_| configuration::failure(&problems))?;

    let run = runs::record(&args.run)?;

    let reports = Reports::asked_for(&typed);
    if reports.is_empty() {
        let console = Console::new(subscribers::options(terminal));
        terminal.print(&console.summary(&run, &[]));
        return Ok(exit::OK);
    }
    terminal.taken = reports.takes_standard_output();
    reports.prepare()?;
    let (written, failures) = reports.write(&run);
    for report in &written {
        if !terminal.quiet {
            terminal.print(&format!("{}: {}\n", report.what, report.path));
        }
    }
    let failed = !failures.is_empty();
    for failure in failures {
        terminal.error(&failure.render());
    }
    Ok(if failed {
        exit::REPORT_NOT_WRITTEN
    } else {
        exit::OK
    })
}
