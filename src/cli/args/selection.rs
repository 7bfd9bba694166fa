use clap::Args;

use super::{Offer, text};
use crate::cli::settings::keys::LEVELS;
use crate::cli::settings::{Problem, Settings};

/// Which checks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selection")]
pub(crate) struct SelectionArgs {
    /// A named choice of suites, such as okta, or a [profiles.NAME] of scimitar.toml.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Only suites whose id matches this glob; may be repeated.
    #[arg(long, value_name = "GLOB")]
    suite: Vec<String>,

    /// Only checks whose id matches this glob, such as '*/create-*'; may be repeated.
    #[arg(long, value_name = "GLOB")]
    check: Vec<String>,

    /// Only checks of these levels, separated by commas.
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = clap::builder::PossibleValuesParser::new(LEVELS))]
    level: Vec<String>,

    /// I/N: only the I-th of N parts, to spread a run over several machines.
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,

    /// Only checks that write nothing, for a look at production.
    #[arg(long)]
    read_only: bool,

    /// A folder to read suites from, in place of the built-in ones.
    #[arg(long, value_name = "FOLDER")]
    suites: Option<String>,
}

impl Offer for SelectionArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("profile", self.profile.as_ref(), settings, problems);
        settings.option_list("suite", &self.suite);
        settings.option_list("check", &self.check);
        settings.option_list("level", &self.level);
        text("shard", self.shard.as_ref(), settings, problems);
        settings.option_flag("read-only", self.read_only);
        text("suites", self.suites.as_ref(), settings, problems);
    }
}
