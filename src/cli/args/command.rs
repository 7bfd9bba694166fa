use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::{
    ConnectionArgs, CoverageArgs, FileArgs, GlobalArgs, ImportPreviewArgs, Offer, OktaOrgArgs,
    ProveArgs, ReachArgs, SelectionArgs, SuitesArgs, TargetArgs, WriteArgs, text,
};
use crate::cli::settings::keys::GATES;
use crate::cli::settings::{Problem, Settings};

/// Tests whether a SCIM server conforms, and shows the evidence.
#[derive(Debug, Parser)]
#[command(
    name = "scimitar",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  scimitar run                                  Try it: tests the embedded server
  SCIMITAR_BEARER=… scimitar run https://example.com/scim/v2
                                                Test a server
  scimitar run --profile okta                   What Okta asks of an integration
  scimitar explain okta-spec-2.0/create-user    What a check wants, and how to mend it

`scimitar COMMAND --help` says more."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Options of every command.
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Test a SCIM server, and write the reports
    Run(Box<RunArgs>),
    /// Find out whether a target can be tested, and connected to Okta
    Doctor(Box<DoctorArgs>),
    /// Find out what a target makes of each attribute that Okta sends
    Attributes(Box<AttributesArgs>),
    /// List the checks that a selection chooses
    List(ListArgs),
    /// Explain what has an id: a check, a suite, a requirement, a fault …
    Explain(ExplainArgs),
    /// Show which requirements are covered by checks, and what a run says of each
    Coverage(CoverageArgs),
    /// Prove that checks can fail, and that they cry no wolf
    Prove(ProveArgs),
    /// Write reports again from the record of a run
    Report(ReportArgs),
    /// Serve SCIM from the embedded server, with faults if you like
    Serve(ServeArgs),
    /// Record what a real client sends to a target, as a suite that sends it again
    Record(Box<RecordArgs>),
    /// Remove what a run that was killed left on the target
    Cleanup(Box<CleanupArgs>),
    /// Translate an export of a Runscope (BlazeMeter) test to a suite file
    Import(ImportArgs),
    /// Show what Okta would import from a target, and what it would make of it
    ImportPreview(Box<ImportPreviewArgs>),
    /// Check suite files
    Lint(LintArgs),
    /// Print a JSON Schema
    Schema(SchemaArgs),
    /// Show the settings in force, and where each came from
    Config(Box<ConfigArgs>),
    /// Write a scimitar.toml to start from
    Init(InitArgs),
    /// Print a script that completes commands in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write all of them
    Man(ManArgs),
}

/// Translate an export of a Runscope (BlazeMeter) test to a suite file.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar import Okta-SCIM-20-SPEC-Test.json -o suites/okta-spec.yaml
      Writes a suite that can be read, changed and run.
  scimitar run https://example.com/scim/v2 --suite-file Okta-SCIM-20-SPEC-Test.json
      Runs the export as it is, with the same verdicts.")]
pub(crate) struct ImportArgs {
    /// The export, a JSON file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// Write the suite to this file; it is printed otherwise.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Test a SCIM server, and write the reports.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar run
      Tests the embedded server: a demonstration that needs nothing.
  SCIMITAR_BEARER=… scimitar run https://example.com/scim/v2
      Tests a server. The reports are in reports/latest/.
  scimitar run https://example.com/scim/v2 --bearer @token.txt --profile okta
      The token from a file; only what Okta asks for.
  scimitar run --check 'okta-spec-2.0/create-*' --verbose
      Some checks, with all that is said of each failure.
  scimitar run --fault duplicate-accepted
      What a report looks like when something is broken.
  scimitar run --junit junit.xml --markdown \"$GITHUB_STEP_SUMMARY\" --fail-on must
      In a pipeline.

Everything that a run makes on the target carries its tag, and is removed at the end; nothing else is touched.

Exit codes:
  0 everything that gates passed        4 the selection chose no check
  1 the target does not conform         5 nothing failed, but something could not be judged
  2 usage, configuration or suite error 7 a report could not be written
  3 the target can't be tested          8 clean-up is incomplete
                                      130 interrupted; the partial report is written")]
pub(crate) struct RunArgs {
    /// The target.
    #[command(flatten)]
    pub(crate) target: TargetArgs,

    /// What is written there.
    #[command(flatten)]
    write: WriteArgs,

    /// The checks.
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,

    /// The Okta org.
    #[command(flatten)]
    okta_org: OktaOrgArgs,

    /// What makes the run fail.
    #[arg(long, value_name = "LEVEL", value_parser = clap::builder::PossibleValuesParser::new(GATES), help_heading = "Run")]
    fail_on: Option<String>,

    /// A file of failures that are accepted, each until a day.
    ///
    /// A waiver that has expired, or whose check passes by now, makes the run fail.
    #[arg(long, value_name = "FILE", help_heading = "Run")]
    waivers: Option<String>,

    /// How many checks run at the same time.
    #[arg(long, short, value_name = "N", help_heading = "Run")]
    jobs: Option<String>,

    /// What generated data is drawn from: the same number repeats a run.
    #[arg(long, value_name = "N", help_heading = "Run")]
    seed: Option<String>,

    /// Slow answers make the run fail, not only warn.
    #[arg(long, help_heading = "Run")]
    time_gates: bool,

    /// What pauses of suites are multiplied with: 0 leaves them out, 1 keeps them as they are written.
    #[arg(long, value_name = "N", help_heading = "Run")]
    pause_scale: Option<String>,

    /// Where the reports go.
    #[command(flatten)]
    pub(crate) files: FileArgs,

    /// Write each event as a line of JSON, to standard output or to FILE.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "-", help_heading = "Reports")]
    pub(crate) events: Option<String>,

    /// Test the embedded server, whatever the configuration says.
    #[arg(long, conflicts_with = "target", help_heading = "Embedded server")]
    pub(crate) embedded: bool,

    /// A defect to switch on; may be repeated. `scimitar serve --list-faults` lists them.
    #[arg(long, value_name = "ID", help_heading = "Embedded server")]
    pub(crate) fault: Vec<String>,

    /// Another lawful behaviour to switch on; may be repeated. `scimitar serve --list-variations` lists them.
    #[arg(long, value_name = "ID", help_heading = "Embedded server")]
    pub(crate) variation: Vec<String>,
}

impl Offer for RunArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.target.offer(settings, problems);
        self.write.offer(settings, problems);
        self.selection.offer(settings, problems);
        self.okta_org.offer(settings, problems);
        self.files.offer(settings, problems);
        text("fail-on", self.fail_on.as_ref(), settings, problems);
        text("waivers", self.waivers.as_ref(), settings, problems);
        text("jobs", self.jobs.as_ref(), settings, problems);
        text("seed", self.seed.as_ref(), settings, problems);
        text("pause-scale", self.pause_scale.as_ref(), settings, problems);
        settings.option_flag("time-gates", self.time_gates);
    }
}

/// Find out whether a target can be tested, and connected to Okta.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It does what Okta's 'Test API Credentials' does, and more: base URL, name, TCP, TLS and certificate, who is let in and
who is refused, the SCIM version, media types, discovery, clock and speed, which suites would run, and what former runs
left. Nothing is written there. Among what is sent are wrong credentials, which have to be refused.

Examples:
  scimitar doctor
      Examines the embedded server.
  SCIMITAR_BEARER=… scimitar doctor https://example.com/scim/v2
      Examines a server.
  scimitar doctor https://example.com/scim/v2 --bearer @token.txt --profile okta --json doctor.json
      The result as data too.

Exit codes:
  0 all is well, or there are remarks only
  1 there is a problem: Okta, or its review of integrations, would refuse it
  2 usage or configuration error
  3 the target can't be reached, or refuses the credentials")]
pub(crate) struct DoctorArgs {
    /// The target.
    #[command(flatten)]
    pub(crate) target: TargetArgs,

    /// The checks.
    #[command(flatten)]
    selection: SelectionArgs,

    /// Write the result as JSON to this file; - is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<String>,
}

impl Offer for DoctorArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.target.offer(settings, problems);
        self.selection.offer(settings, problems);
    }
}

/// Find out what a target makes of each attribute that Okta sends.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It creates users with each attribute of Okta's template, and with those of the target's own schemas, reads them back by
id and by the lookup, updates one as Okta does, and says of each attribute whether it is stored, normalised, ignored or
refused; then which to delete from Okta's mapping, and which to keep, as [okta.attributes] of scimitar.toml has it.
When a user with all of them is refused, it finds out for which. All that it creates is removed.

Examples:
  scimitar attributes
      Looks at the embedded server.
  SCIMITAR_BEARER=… scimitar attributes https://example.com/scim/v2
      Looks at a server.
  scimitar attributes https://example.com/scim/v1 --scim 1.1 --json attributes.json
  scimitar attributes https://example.com/scim/v2 --mapping mapping.csv
      The result as data too.

Exit codes:
  0 what Okta, or the configured mapping, demands arrives
  1 something of it does not
  2 usage or configuration error
  3 the target can't be reached, or refuses the credentials
  5 something of it could not be judged
  7 the result could not be written
  8 clean-up is incomplete
130 interrupted")]
pub(crate) struct AttributesArgs {
    /// The target.
    #[command(flatten)]
    pub(crate) target: TargetArgs,

    /// What is written there.
    #[command(flatten)]
    write: WriteArgs,

    /// What generated data is drawn from: the same number sends the same again.
    #[arg(long, value_name = "N")]
    seed: Option<String>,

    /// The folder for the ledger of what is created, which is removed at the end if nothing is left.
    #[arg(long, value_name = "FOLDER")]
    out: Option<String>,

    /// Write a draft of Okta's mapping to this file, as CSV: variable, path, type, scope, what to do with it.
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,

    /// Write the result as JSON to this file; - is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<String>,
}

impl Offer for AttributesArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.target.offer(settings, problems);
        self.write.offer(settings, problems);
        text("seed", self.seed.as_ref(), settings, problems);
        text("out", self.out.as_ref(), settings, problems);
    }
}

/// List the checks that a selection chooses.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar list --profile okta --level must
  scimitar list --check '*/patch-*' --json

Nothing is sent: rows of checks that follow the target's own schema are those of RFC 7643 here.")]
pub(crate) struct ListArgs {
    /// The checks.
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,

    /// The SCIM version whose suites are listed; both by default.
    #[arg(long, value_name = "VERSION", value_parser = clap::builder::PossibleValuesParser::new(crate::cli::settings::keys::DIALECTS), help_heading = "Selection")]
    scim: Option<String>,

    /// List each row of a check's table by itself.
    #[arg(long)]
    pub(crate) rows: bool,

    /// List the suites and the profiles instead.
    #[arg(long, conflicts_with_all = ["rows"])]
    pub(crate) suites_only: bool,

    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

impl Offer for ListArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.selection.offer(settings, problems);
        text("scim", self.scim.as_ref(), settings, problems);
    }
}

/// Explain what has an id: a check, a suite, a requirement, a fault …
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar explain okta-spec-2.0/create-user
  scimitar explain RFC7644-3.3-11")]
pub(crate) struct ExplainArgs {
    /// The id of a check (also without its suite), a suite, a requirement, a fault or a variation, or a profile's name.
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// Suites of one's own.
    #[command(flatten)]
    suites: SuitesArgs,
}

impl Offer for ExplainArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.suites.offer(settings, problems);
    }
}

/// Write reports again from the record of a run.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Without an option it says on standard output what the run came to.

Examples:
  scimitar report reports/latest
  scimitar report run.json --html report.html --junit junit.xml")]
pub(crate) struct ReportArgs {
    /// The record: a run.json, the folder that it is in, or a run's id.
    #[arg(value_name = "RUN")]
    pub(crate) run: String,

    /// Where the reports go.
    #[command(flatten)]
    pub(crate) files: FileArgs,
}

/// Serve SCIM from the embedded server, with faults if you like.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It is a conformant SCIM server in memory, for those who write SCIM clients and those who want to see what a check
catches. It stops at Ctrl-C and forgets everything.

Examples:
  scimitar serve --listen 127.0.0.1:8080
  scimitar serve --fault duplicate-accepted --latency 50ms
  scimitar serve --list-faults")]
pub(crate) struct ServeArgs {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,

    /// A defect to switch on; may be repeated.
    #[arg(long, value_name = "ID")]
    pub(crate) fault: Vec<String>,

    /// Another lawful behaviour to switch on; may be repeated.
    #[arg(long, value_name = "ID")]
    pub(crate) variation: Vec<String>,

    /// The bearer token that it takes; @FILE reads it from a file, - from standard input.
    #[arg(long, value_name = "TOKEN", allow_hyphen_values = true)]
    pub(crate) token: Option<String>,

    /// What its ids are drawn from: the same number gives the same ids.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// How long each answer is held back, such as 50ms.
    #[arg(long, value_name = "TIME")]
    pub(crate) latency: Option<String>,

    /// List the defects that it knows.
    #[arg(long)]
    pub(crate) list_faults: bool,

    /// List the other lawful behaviours that it knows.
    #[arg(long)]
    pub(crate) list_variations: bool,
}

/// Record what a real client sends to a target, as a suite that sends it again.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It is a proxy on this machine: what the client sends goes on to the target as it came, and the answer back. In the folder
it writes recording.har (an archive that browsers read) and suite.yaml, as it goes. Neither holds a secret. Ctrl-C ends it;
a second one leaves out suite.yaml, which takes a while to make of a long recording.

Examples:
  scimitar record --upstream https://example.com/scim/v2 --listen 127.0.0.1:8080
      Then let the client send to http://127.0.0.1:8080/scim/v2, through a tunnel if it is Okta.
  scimitar run https://example.com/scim/v2 --suite-file recordings/20261124-192233/suite.yaml
      Sends all of it again, to the next build for instance.

The client's own credentials go through. What the proxy is given here (--bearer …) is not shown in what it writes, and is
sent with --with-credentials only.")]
pub(crate) struct RecordArgs {
    /// The target's SCIM base URL, such as `https://example.com/scim/v2`; `target.url` of scimitar.toml otherwise.
    #[arg(long, value_name = "URL")]
    upstream: Option<String>,

    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,

    /// The folder for recording.har and suite.yaml, which must hold no recording; a new one below recordings/ by default.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Send the credentials of this command with requests that carry none: then everybody who reaches the proxy is let in.
    #[arg(long)]
    pub(crate) with_credentials: bool,

    /// The connection to the target.
    #[command(flatten)]
    connection: ConnectionArgs,
}

impl Offer for RecordArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("TARGET", self.upstream.as_ref(), settings, problems);
        self.connection.offer(settings, problems);
    }
}

/// Remove what a run that was killed left on the target.
#[derive(Debug, Args)]
#[command(after_long_help = "\
A run removes what it made by itself. When it was killed, its ledger says what is left; this reads it and finishes the
work. Only what the ledger names, or what carries the run's tag, is touched.

Examples:
  scimitar cleanup 20261124-192233-3f9a1c https://example.com/scim/v2
  scimitar cleanup reports/latest")]
pub(crate) struct CleanupArgs {
    /// The run: its id, its folder, or the path of its ledger.jsonl.
    #[arg(value_name = "RUN")]
    pub(crate) run: String,

    /// The SCIM base URL that the run was given, such as `https://example.com/scim/v2`.
    ///
    /// Without it, `target.url` of scimitar.toml is taken; one of the two is needed.
    #[arg(value_name = "TARGET")]
    target: Option<String>,

    /// How it is reached.
    #[command(flatten)]
    reach: ReachArgs,

    /// The folder where the run's reports are, if it is not reports/RUN.
    #[arg(long, value_name = "FOLDER")]
    out: Option<String>,
}

impl Offer for CleanupArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("TARGET", self.target.as_ref(), settings, problems);
        self.reach.offer(settings, problems);
        text("out", self.out.as_ref(), settings, problems);
    }
}

/// Check suite files.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar lint suites/mine.yaml
  scimitar lint suites

What they don't hold themselves (fixtures, requirements …) is that of --suite-file, of --suites, and what is built in.")]
pub(crate) struct LintArgs {
    /// Files and folders; without any, the suites that a run would take are checked.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Suites of one's own.
    #[command(flatten)]
    suites: SuitesArgs,
}

impl Offer for LintArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.suites.offer(settings, problems);
    }
}

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Of what.
    #[arg(value_enum)]
    pub(crate) of: SchemaOf,
}

/// What there is a JSON Schema of.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A suite file
    Suite,
    /// scimitar.toml
    Config,
    /// run.json
    Record,
    /// A line of --events
    Events,
    /// What `doctor --json` writes
    Doctor,
    /// What `attributes --json` writes
    Attributes,
    /// What `import-preview --json` writes
    ImportPreview,
    /// What `coverage --json` writes
    Coverage,
    /// What `prove --json` writes
    Proof,
}

/// Show the settings in force, and where each came from.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It takes the options of `run`, and shows what a run with them would do. Secrets are not shown.")]
pub(crate) struct ConfigArgs {
    /// As JSON.
    #[arg(long = "as-json")]
    pub(crate) as_json: bool,

    /// The options of a run.
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// Write a scimitar.toml to start from.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The file, which must not exist.
    #[arg(value_name = "FILE", default_value = "scimitar.toml")]
    pub(crate) file: PathBuf,
}

/// Print a script that completes commands in a shell.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  scimitar completions bash > ~/.local/share/bash-completion/completions/scimitar
  scimitar completions zsh > ~/.zfunc/_scimitar
  scimitar completions fish > ~/.config/fish/completions/scimitar.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// Print the manual page, or write all of them.
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write the pages of all commands into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,
}
