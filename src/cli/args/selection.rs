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

    /// Only checks that have this tag; may be repeated.
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// I/N: only the I-th of N parts, to spread a run over several machines.
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,

    /// Only checks that write nothing, for a look at production.
    #[arg(long)]
    read_only: bool,

    /// Suites of one's own.
    #[command(flatten)]
    suites: SuitesArgs,
}

impl Offer for SelectionArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("profile", self.profile.as_ref(), settings, problems);
        settings.option_list("suite", &self.suite);
        settings.option_list("check", &self.check);
        settings.option_list("level", &self.level);
        settings.option_list("tag", &self.tag);
        text("shard", self.shard.as_ref(), settings, problems);
        settings.option_flag("read-only", self.read_only);
        self.suites.offer(settings, problems);
    }
}

/// Suites of one's own.
#[derive(Debug, Args)]
#[command(next_help_heading = "Suites of your own")]
pub(crate) struct SuitesArgs {
    /// A folder with suites, which run in place of the built-in ones.
    ///
    /// Its fixtures, requirements and profiles lie over those that are built in; built-in suites run where --suite,
    /// --check or --profile names them.
    #[arg(long, value_name = "FOLDER")]
    suites: Option<String>,

    /// A suite file, which runs in place of the built-in ones; may be repeated.
    ///
    /// It lies over the folder of --suites, if there is one, and over what is built in.
    #[arg(long, value_name = "FILE")]
    suite_file: Vec<String>,

    /// The value of a parameter of a suite, `${var.NAME}`; may be repeated.
    #[arg(long = "var", value_name = "NAME=VALUE")]
    variables: Vec<String>,
}

impl Offer for SuitesArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("suites", self.suites.as_ref(), settings, problems);
        settings.option_list("suite-file", &self.suite_file);
        problems.extend(settings.option_pairs("var", &self.variables).err());
    }
}
