//! What a server is started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::fault::{Choice, Switches};

/// Where the server gets the time from.
pub type Clock = fn() -> DateTime<Utc>;

/// What a server is started with. The default is a conformant server on a free port of the loopback interface.
#[derive(Debug, Clone)]
pub struct Config {
    /// Decides ids, tokens and the seeded resources.
    pub seed: u64,
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// Which credentials are accepted.
    pub credentials: Credentials,
    /// Ids of the [`FAULTS`](super::FAULTS) that are switched on.
    pub faults: Vec<String>,
    /// Ids of the [`VARIATIONS`](super::VARIATIONS) that are switched on.
    pub variations: Vec<String>,
    /// Awkward but lawful habits.
    pub modes: Modes,
    /// How many users there are beside the seeded ones that have a role in the demo.
    pub more_users: usize,
    /// The time for `meta`.
    pub clock: Clock,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            credentials: Credentials::default(),
            faults: Vec::new(),
            variations: Vec::new(),
            modes: Modes::default(),
            more_users: 0,
            clock: Utc::now,
        }
    }
}

impl Config {
    /// The habits, those among the variations too.
    pub fn habits(&self) -> Modes {
        // What is not in the registry is told when the server starts.
        let switches = Switches::new(&[], &self.variations).unwrap_or_default();
        let chooses = |choice| switches.chooses(choice);
        let mut modes = self.modes.clone();
        if chooses(Choice::RateLimits) {
            modes.rate_limited_every = Some(10);
        }
        if chooses(Choice::LateVisibility) {
            modes.visible_after = Duration::from_millis(200);
        }
        modes.without_delete |= chooses(Choice::NoDelete);
        let demands = &mut modes.demands;
        demands.email_user_name |= chooses(Choice::DemandsAnEmailShapedUserName);
        demands.no_plus |= chooses(Choice::DemandsAnEmailShapedUserName);
        demands.name_and_email |= chooses(Choice::DemandsNameAndEmail);
        demands.employee_number |= chooses(Choice::DemandsAnExtension);
        modes
    }
}

/// Which credentials are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credentials {
    /// Bearer tokens (RFC 6750). If this and all else is empty, one is made from the seed.
    pub bearer: Vec<String>,
    /// User names and passwords (RFC 7617).
    pub basic: Vec<(String, String)>,
    /// Whole values of `Authorization`, as Okta's Header Auth sends them.
    pub raw: Vec<String>,
    /// A client of the token endpoint (RFC 6749 §4.4, §6).
    pub oauth: Option<OAuthClient>,
}

/// A client of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthClient {
    /// `client_id`.
    pub id: String,
    /// `client_secret`.
    pub secret: String,
    /// How long an access token is good.
    pub lifetime: Duration,
}

/// Awkward but lawful habits of servers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Modes {
    /// Each answer takes this long.
    pub latency: Duration,
    /// Each n-th request is answered with 429 and `Retry-After`.
    pub rate_limited_every: Option<u64>,
    /// `Retry-After` of these, in whole seconds.
    pub retry_after: u64,
    /// A page never has more resources than this.
    pub page_cap: Option<usize>,
    /// A write can be read only after this long.
    pub visible_after: Duration,
    /// DELETE is answered with 501.
    pub without_delete: bool,
    /// What is demanded beyond the RFC.
    pub demands: Demands,
}

/// What a server demands of a User beyond RFC 7643.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each demand stands for itself"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Demands {
    /// `userName` is an e-mail address.
    pub email_user_name: bool,
    /// `userName` has no `+`.
    pub no_plus: bool,
    /// `name.givenName`, `name.familyName` and `emails` are required, and the schema says so.
    pub name_and_email: bool,
    /// The enterprise extension and its `employeeNumber` are required, and the schema says so.
    pub employee_number: bool,
}
