//! The command line: words to calls, settings with their origin, exit codes.
//!
//! What it says of a run comes from [`crate::report`]; what it does from [`crate::engine`]. Files, the environment, the
//! clock and standard input are read here, and handed over as values.

pub mod exit;
pub mod settings;

mod args;
mod attributes;
mod authentication;
mod authorization;
mod commands;
mod configuration;
mod configured;
mod coverage;
mod diagnosis;
mod document;
mod files;
mod forecast;
mod identity;
mod library;
mod mapping;
mod okta_org;
mod okta_probe;
mod paint;
mod preflight;
mod proof;
mod recorder;
mod recordings;
mod reports;
mod roster;
mod runs;
mod secret;
mod signals;
mod subscribers;
mod survey;
mod target;
mod terminal;
mod waivers;

pub use configured::{Configured, configured};

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::report::FORMATS;
use args::Cli;
use terminal::Terminal;

/// Runs the command line and gives its exit code.
pub fn run() -> ExitCode {
    let parsed = built()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for: they go to standard output and are no error.
            let asked = !error.use_stderr();
            // A reader that went away is no reason to fail.
            let _ = error.print();
            return ExitCode::from(if asked { exit::OK } else { exit::USAGE });
        }
    };
    let mut terminal = Terminal::new(&cli.global);
    match commands::run(&cli, &mut terminal) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            terminal.error(&failure.render());
            ExitCode::from(&failure)
        }
    }
}

/// The command with the environment variables of its options in the help texts.
fn built() -> clap::Command {
    let with_settings = [
        "run",
        "doctor",
        "attributes",
        "list",
        "explain",
        "coverage",
        "prove",
        "lint",
        "record",
        "cleanup",
        "config",
        "import-preview",
    ];
    Cli::command().mut_subcommands(|command| {
        let recording = command.get_name() == "record";
        if with_settings.contains(&command.get_name()) {
            // Recordings are no reports: the variable of the folder for those says nothing of them.
            let own = |arg: &clap::Arg| recording && arg.get_id() == "out";
            command.mut_args(|arg| if own(&arg) { arg } else { with_variable(arg) })
        } else {
            command
        }
    })
}

fn with_variable(arg: clap::Arg) -> clap::Arg {
    let name = match arg.get_long() {
        Some(long) => long,
        None if arg.get_id() == "target" => "TARGET",
        None => return arg,
    };
    let Some(key) = settings::keys::of_option(name) else {
        return arg;
    };
    // Other commands have results of their own that they write as JSON.
    let report = FORMATS.iter().any(|format| format.name == name);
    if report && arg.get_help_heading() != Some("Reports") {
        return arg;
    }
    let switch = key.kind == settings::keys::Kind::Flag;
    if switch == arg.get_action().takes_values() {
        return arg;
    }
    let (short, long) = (
        arg.get_help().map(ToString::to_string),
        arg.get_long_help().map(ToString::to_string),
    );
    let with = |text: String| format!("{text} [env: {}]", key.env);
    let arg = match short {
        Some(text) => arg.help(with(text)),
        None => arg,
    };
    match long {
        Some(text) => arg.long_help(format!("{text}\n\n[env: {}]", key.env)),
        None => arg,
    }
}
