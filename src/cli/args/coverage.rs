use clap::Args;

use super::{Offer, SuitesArgs};
use crate::cli::settings::{Problem, Settings};

/// Show which requirements are covered by checks, and what a run says of each.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Each catalogue (RFC 7643, RFC 7644, Okta's tests …) is a list of numbered requirements, and each check cites those that it
is about. This counts them: testable, cited by a check, excused with a written reason, and uncovered. With a run it says
of each requirement what its checks came to.

Examples:
  scimitar coverage
      All catalogues, and the first uncovered requirements.
  scimitar coverage --catalogue RFC7644 --section 3.5
      A part of one, section by section.
  scimitar coverage reports/latest --catalogue 'OKTA-*'
      What a run says of each requirement.
  scimitar coverage --requirement RFC7644-3.3-11
      One requirement: its text, its checks.
  scimitar coverage --catalogue 'RFC*' --fail-under 97 --json coverage.json
      In a pipeline.

Exit codes:
  0 done, and what --fail-under demands is there
  1 a catalogue is covered less than --fail-under demands
  2 usage, configuration or suite error, or there is no such run
  7 the result could not be written")]
pub(crate) struct CoverageArgs {
    /// A run whose verdicts are shown: a run.json, the folder that it is in, or a run's id.
    #[arg(value_name = "RUN")]
    pub(crate) run: Option<String>,

    /// Only catalogues whose id matches this glob, such as 'RFC*'; may be repeated. By default all, or with a run those
    /// that its checks cite.
    #[arg(long, value_name = "GLOB", help_heading = "Requirements")]
    pub(crate) catalogue: Vec<String>,

    /// Only this section and those below it, such as 3.5, or sections that match this glob; may be repeated.
    #[arg(long, value_name = "SECTION", help_heading = "Requirements")]
    pub(crate) section: Vec<String>,

    /// Only this requirement, in full.
    #[arg(long, value_name = "ID", conflicts_with_all = ["catalogue", "section", "uncovered", "fail_under"], help_heading = "Requirements")]
    pub(crate) requirement: Option<String>,

    /// Count only what checks of suites cite whose id matches this glob; may be repeated. By default all suites count,
    /// also those that run only where they are named.
    #[arg(long, value_name = "GLOB", help_heading = "Requirements")]
    pub(crate) cited_by: Vec<String>,

    /// Exit with 1 when less than this share of the testable requirements of a catalogue is cited or excused.
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Requirements")]
    pub(crate) fail_under: Option<usize>,

    /// List the uncovered requirements, without the tables.
    #[arg(long, help_heading = "Output")]
    pub(crate) uncovered: bool,

    /// The most requirements that a list shows; 0 shows all.
    #[arg(long, value_name = "N", default_value_t = 20, help_heading = "Output")]
    pub(crate) limit: usize,

    /// Write the result as JSON to this file; - is standard output.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) json: Option<String>,

    /// Suites of one's own.
    #[command(flatten)]
    suites: SuitesArgs,
}

impl Offer for CoverageArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.suites.offer(settings, problems);
    }
}

/// A share in hundredths of a percent: `97`, `97.5`, `97%`.
fn percent(text: &str) -> Result<usize, String> {
    let wrong = || "it is a number from 0 to 100, such as 97 or 97.5".to_owned();
    let number = text.trim().trim_end_matches('%').trim_end();
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 3) || !digits(part, 2) {
        return Err(wrong());
    }
    let hundredths = format!("{whole}{part:0<2}");
    let value: usize = hundredths.parse().map_err(|_| wrong())?;
    if value > 10_000 {
        return Err(wrong());
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_exact() {
        for (text, expected) in [
            ("0", 0),
            ("97", 9700),
            ("97.5", 9750),
            ("97.05%", 9705),
            ("100", 10_000),
        ] {
            assert_eq!(percent(text), Ok(expected), "{text}");
        }
        for text in ["", "-1", "100.01", "1e2", "9.999", "NaN", "٣", "97."] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
