use clap::Args;

use super::{Offer, SelectionArgs};
use crate::cli::settings::{Problem, Settings};

/// Prove that checks can fail, and that they cry no wolf.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A check that can't fail is worth nothing, and one that fails a server which is right costs more than it is worth. This runs
suites against the embedded server: as it is, with each fault alone, and with each lawful variation. A fault is tried on the
checks that name it under `faults`, a variation on all, with some rows of each matrix. It is for those who write suites, and
for the suites of scimitar itself.

Wrong is: a check that does not pass where nothing is wrong; that no fault makes fail; that names a fault which does not
make it fail; that fails or warns with a lawful variation, and does not name it under `beyond`. Without a selection, also a
fault that no check catches.

Examples:
  scimitar prove
      All suites, all faults, all variations.
  scimitar prove --suite 'rfc7644.*' --matrix
      Some suites, and which faults each of their checks catches.
  scimitar prove --suites my-suites
      Suites of one's own.
  scimitar prove --check '*/create-*' --fault 'create-*'
      Some checks with some faults alone.

Exit codes:
  0 all is proved
  1 something is wrong
  2 usage, configuration or suite error
  4 the selection chose no check, or no fault
  7 the result could not be written")]
pub(crate) struct ProveArgs {
    /// The checks.
    #[command(flatten)]
    selection: SelectionArgs,

    /// Only faults whose id matches this glob, and no variations; may be repeated.
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    pub(crate) fault: Vec<String>,

    /// Only variations whose id matches this glob, and no faults; may be repeated.
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    pub(crate) variation: Vec<String>,

    /// Try each fault on all chosen checks, not only on those that name it, and each variation on all rows of their
    /// matrices, not only on some. It takes long.
    #[arg(long, help_heading = "Selection")]
    pub(crate) whole: bool,

    /// Show which faults each check catches.
    #[arg(long, help_heading = "Output")]
    pub(crate) matrix: bool,

    /// Write the result as JSON to this file; - is standard output.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) json: Option<String>,

    /// How many servers are tested at the same time; by default one more than there are processors.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
}

impl Offer for ProveArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.selection.offer(settings, problems);
    }
}
