//! One file a command.

mod attributes;
mod cleanup;
mod config;
mod coverage;
mod doctor;
mod explain;
mod import;
mod import_preview;
mod init;
mod lint;
mod list;
mod prove;
mod record;
mod report;
mod run;
mod schema;
mod serve;
mod shell;

use super::args::{Cli, Command};
use super::exit::Failure;
use super::terminal::Terminal;

/// Does what the command line asks; gives the exit code.
///
/// # Errors
/// What kept it from being done.
pub(super) fn run(cli: &Cli, terminal: &mut Terminal) -> Result<u8, Failure> {
    let global = &cli.global;
    match &cli.command {
        Command::Run(args) => run::run(args, global, terminal),
        Command::Doctor(args) => doctor::run(args, global, terminal),
        Command::Attributes(args) => attributes::run(args, global, terminal),
        Command::List(args) => list::run(args, global, terminal),
        Command::Explain(args) => explain::run(args, global, terminal),
        Command::Coverage(args) => coverage::run(args, global, terminal),
        Command::Prove(args) => prove::run(args, global, terminal),
        Command::Report(args) => report::run(args, terminal),
        Command::Serve(args) => serve::run(args, terminal),
        Command::Record(args) => record::run(args, global, terminal),
        Command::Cleanup(args) => cleanup::run(args, global, terminal),
        Command::Import(args) => import::run(args, terminal),
        Command::ImportPreview(args) => import_preview::run(args, global, terminal),
        Command::Lint(args) => lint::run(args, global, terminal),
        Command::Schema(args) => schema::run(args, terminal),
        Command::Config(args) => config::run(args, global, terminal),
        Command::Init(args) => init::run(args, terminal),
        Command::Completions(args) => Ok(shell::completions(args, terminal)),
        Command::Man(args) => shell::man(args, terminal),
    }
}

/// Does what uses the network, on a runtime of its own; the other commands start without one.
///
/// # Errors
/// When the system gives no threads, and what kept it from being done.
fn on_runtime(work: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::usage(format!("no threads can be started: {error}")))?;
    let done = runtime.block_on(work);
    // What still runs, such as an answer of the embedded server that nobody waits for, must not hold up the end.
    runtime.shutdown_background();
    done
}
