use std::path::PathBuf;

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};

use super::{Offer, text};
use crate::cli::settings::{Problem, Settings};
use crate::report::FORMATS;

/// Options of every command.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "General")]
pub(crate) struct GlobalArgs {
    /// Read this file, and no other scimitar.toml.
    ///
    /// By default scimitar.toml is looked for from the working folder upwards, and then in ~/.config/scimitar.
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        conflicts_with = "no_default_config"
    )]
    pub(crate) config: Option<PathBuf>,

    /// Read no scimitar.toml.
    #[arg(long, global = true)]
    pub(crate) no_default_config: bool,

    /// Say only what comes out at the end.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Say more: a line for each check, and the whole of each failure as it happens.
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,

    /// When to colour. `NO_COLOR` in the environment turns it off too.
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        hide_default_value = true,
        global = true
    )]
    pub(crate) color: ColorChoice,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    /// In a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where reports go: a folder for all of them, and a file for each of the table of formats.
#[derive(Debug, Default)]
pub(crate) struct FileArgs {
    out: Option<String>,
    single: Vec<(&'static str, String)>,
}

impl Args for FileArgs {
    fn augment_args(command: Command) -> Command {
        let files = FORMATS.map(|format| format.file).join(", ");
        let out = option(
            "out",
            "FOLDER",
            format!("The folder for the reports: {files}"),
        );
        let single = FORMATS.map(|format| option(format.name, "FILE", format.doc.to_owned()));
        command.arg(out).args(single)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn option(name: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help)
        .help_heading("Reports")
}

impl FromArgMatches for FileArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut args = Self::default();
        args.update_from_arg_matches(matches)?;
        Ok(args)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let given = |name: &str| matches.get_one::<String>(name).cloned();
        self.out = given("out");
        let single = FORMATS
            .iter()
            .filter_map(|format| Some((format.name, given(format.name)?)));
        self.single = single.collect();
        Ok(())
    }
}

impl Offer for FileArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("out", self.out.as_ref(), settings, problems);
        for (name, path) in &self.single {
            text(name, Some(path), settings, problems);
        }
    }
}
