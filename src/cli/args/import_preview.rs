use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::{Offer, TargetArgs};
use crate::cli::settings::keys::{DEACTIVATIONS, SCHEDULES};
use crate::cli::settings::{Problem, Settings};

/// Show what Okta would import from a target, and what it would make of it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
It reads users and groups as Okta's import does: 100 at a time, then 100 further, however many came. Whom that loses is
named. With a list of Okta's users each user is matched (exact, partial, none, ambiguous) and shown with what Okta would
do; with a snapshot of an earlier import, who would be unassigned, and whether the import safeguard stops that. Nothing
is written to the target. The rules are those of [okta.to_okta] in scimitar.toml.

Examples:
  scimitar import-preview
      Imports from the embedded server.
  SCIMITAR_BEARER=… scimitar import-preview https://example.com/scim/v2 --okta-users okta.csv
      Whom Okta would match, confirm, make.
  scimitar import-preview https://example.com/scim/v2 --exact-match email --auto-confirm exact,new --csv users.csv
      Other rules than those of scimitar.toml; each user as a line of CSV.
  scimitar import-preview https://example.com/scim/v2 --against users.snapshot --save-snapshot users.snapshot
      What changed since the last time, and whether the import safeguard trips.

Exit codes:
  0 the import reads everybody, and nothing stops it
  1 it would fail, lose users or groups, or be stopped by the import safeguard
  2 usage or configuration error
  3 the target can't be reached, or refuses the credentials
  7 a file could not be written
130 interrupted")]
pub(crate) struct ImportPreviewArgs {
    /// The target.
    #[command(flatten)]
    pub(crate) target: TargetArgs,

    /// The users of Okta: CSV with a header (login, email, firstName, lastName, status), or JSON as its API gives it.
    #[arg(long, value_name = "FILE", help_heading = "Import")]
    pub(crate) okta_users: Option<PathBuf>,

    /// The snapshot of an earlier import to compare with.
    #[arg(long, value_name = "FILE", help_heading = "Import")]
    pub(crate) against: Option<PathBuf>,

    /// Write a snapshot of this import to this file, for --against. It holds ids and userNames.
    #[arg(long, value_name = "FILE", help_heading = "Import")]
    pub(crate) save_snapshot: Option<PathBuf>,

    /// The most users, and the most groups, that are read.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..), help_heading = "Import")]
    pub(crate) max_records: u64,

    /// How often Okta imports (`okta.to_okta.schedule`).
    #[arg(long, value_name = "WHEN", value_parser = PossibleValuesParser::new(SCHEDULES), help_heading = "Rules of the To Okta page")]
    schedule: Option<String>,

    /// What the Okta username is made of: username, email, email-prefix, or a template such as {userName}@example.com
    /// (`okta.to_okta.username_format`).
    #[arg(
        long,
        value_name = "FORMAT",
        help_heading = "Rules of the To Okta page"
    )]
    username_format: Option<String>,

    /// What makes a match exact, all of it: username, email; or attributes: name, employeeNumber, OKTA=SCIM …
    /// (`okta.to_okta.exact_match`).
    #[arg(long, value_name = "LIST", help_heading = "Rules of the To Okta page")]
    exact_match: Option<String>,

    /// Whether equal first and last names are a partial match: true or false (`okta.to_okta.partial_match`).
    #[arg(long, value_name = "BOOL", help_heading = "Rules of the To Okta page")]
    partial_match: Option<String>,

    /// What needs no confirmation by a person: exact, partial, new (`okta.to_okta.auto_confirm`).
    #[arg(long, value_name = "LIST", help_heading = "Rules of the To Okta page")]
    auto_confirm: Option<String>,

    /// Whether new users are activated at once: true or false (`okta.to_okta.activate_new`).
    #[arg(long, value_name = "BOOL", help_heading = "Rules of the To Okta page")]
    activate_new: Option<String>,

    /// Whether the app is the source of profiles: true or false (`okta.to_okta.profile_source`).
    #[arg(long, value_name = "BOOL", help_heading = "Rules of the To Okta page")]
    profile_source: Option<String>,

    /// What becomes of an Okta user whose account is deactivated (`okta.to_okta.when_deactivated`).
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(DEACTIVATIONS), help_heading = "Rules of the To Okta page")]
    when_deactivated: Option<String>,

    /// Which Okta users are reactivated with their accounts: suspended, deactivated (`okta.to_okta.when_reactivated`).
    #[arg(long, value_name = "LIST", help_heading = "Rules of the To Okta page")]
    when_reactivated: Option<String>,

    /// The import safeguard of the app, in percent (`okta.to_okta.safeguard_app`).
    #[arg(
        long,
        value_name = "PERCENT",
        help_heading = "Rules of the To Okta page"
    )]
    safeguard_app: Option<String>,

    /// The import safeguard of the org, in percent (`okta.to_okta.safeguard_org`).
    #[arg(
        long,
        value_name = "PERCENT",
        help_heading = "Rules of the To Okta page"
    )]
    safeguard_org: Option<String>,

    /// The most records of each kind that are shown.
    #[arg(long, value_name = "N", default_value_t = 10, help_heading = "Output")]
    pub(crate) limit: u16,

    /// Write each user with its class and decision as a line of CSV to this file.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) csv: Option<PathBuf>,

    /// Write the result as JSON to this file; - is standard output.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) json: Option<String>,
}

impl Offer for ImportPreviewArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        self.target.offer(settings, problems);
        for (option, path, given) in [
            ("schedule", "schedule", &self.schedule),
            ("username-format", "username_format", &self.username_format),
            ("exact-match", "exact_match", &self.exact_match),
            ("partial-match", "partial_match", &self.partial_match),
            ("auto-confirm", "auto_confirm", &self.auto_confirm),
            ("activate-new", "activate_new", &self.activate_new),
            ("profile-source", "profile_source", &self.profile_source),
            (
                "when-deactivated",
                "when_deactivated",
                &self.when_deactivated,
            ),
            (
                "when-reactivated",
                "when_reactivated",
                &self.when_reactivated,
            ),
            ("safeguard-app", "safeguard_app", &self.safeguard_app),
            ("safeguard-org", "safeguard_org", &self.safeguard_org),
        ] {
            if let Some(text) = given {
                let path = format!("okta.to_okta.{path}");
                problems.extend(settings.option_of(option, &path, text).err());
            }
        }
    }
}
