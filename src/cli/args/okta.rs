use clap::Args;

use super::{Offer, text};
use crate::cli::settings::{Problem, Settings};

/// The Okta org that some suites need, such as Okta's CRUD tests.
#[derive(Debug, Args)]
#[command(next_help_heading = "Okta org")]
pub(crate) struct OktaOrgArgs {
    /// The Okta org that suites ask: `simulated`, or the URL of a real one.
    ///
    /// Okta's CRUD tests tell an Okta org what to do, and look at the target afterwards. The simulated org sends to the
    /// target what Okta's client sends, and needs nothing; a real one needs --okta-token and --okta-app-id.
    #[arg(long = "okta-org", value_name = "URL")]
    org: Option<String>,

    /// An API token of a real org: @FILE reads it from a file, - from standard input.
    #[arg(long = "okta-token", value_name = "TOKEN", allow_hyphen_values = true)]
    token: Option<String>,

    /// The id of the app instance in a real org whose integration sends to the target, such as 0oa….
    #[arg(long = "okta-app-id", value_name = "ID")]
    app_id: Option<String>,
}

impl Offer for OktaOrgArgs {
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>) {
        text("okta-org", self.org.as_ref(), settings, problems);
        text("okta-token", self.token.as_ref(), settings, problems);
        text("okta-app-id", self.app_id.as_ref(), settings, problems);
    }
}
