use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Offer, text};
use crate::cli::settings::{Problem, Settings};

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

/// Where single reports go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reports")]
pub(crate) struct FileArgs {
    /// The folder for the reports: run.json, junit.xml, report.html, summary.md.
    #[arg(long, value_name = "FOLDER")]
    out: Option<String>,

    /// Write JUnit XML to this file too; - is standard output.
    #[arg(long, value_name = "FILE")]
    junit: Option<String>,

    /// Write the HTML report to this file too.
    #[arg(long, value_name = "FILE")]
    html: Option<String>,

    /// Write the record (run.json) to this file too.
    #[arg(long, value_name = "FILE")]
    json: Option<String>,

    /// Write the Markdown summary to this file too, such as `"$GITHUB_STEP_SUMMARY"`.
    #[arg(long, value_name = "FILE")]
    markdown: Option<String>,
}

impl Offer for FileArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("out", self.out.as_ref(), settings, problems);
        text("junit", self.junit.as_ref(), settings, problems);
        text("html", self.html.as_ref(), settings, problems);
        text("json", self.json.as_ref(), settings, problems);
        text("markdown", self.markdown.as_ref(), settings, problems);
    }
}
