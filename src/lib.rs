//! scimitar runs declarative suites of checks against a SCIM base URL and says, with evidence, whether the server
//! conforms.
//!
//! A module imports only what this table allows; `tests/layers.rs` enforces it.
//!
//! | module | duty | may import |
//! |---|---|---|
//! | [`record`] | what a run was, as versioned plain data, and the events that build it | – |
//! | [`scim`] | what RFC 7643/7644 say, as pure functions on JSON | – |
//! | [`suite`] | suite text to checked, expanded checks, or diagnostics with positions | `record`, `scim` |
//! | [`http`] | one request to one bounded, redacted exchange | `record` |
//! | [`okta`] | what Okta makes of an answer, and the events of its System Log, as pure functions; what its client sends | `record`, `scim`, `suite` |
//! | [`engine`] | plan (pure), run (async), judge (pure): checks to events | `record`, `scim`, `suite`, `http`, `okta` |
//! | [`org`] | a simulated Okta org: its management API on loopback, and what its client sends to a target | `suite`, `http`, `okta`, `engine` |
//! | [`import`] | foreign test definitions to suites | `suite` |
//! | [`attributes`] | what a target makes of each attribute that Okta sends: facts (async), their judgement (pure) | `record`, `scim`, `suite`, `http`, `okta`, `engine` |
//! | [`coverage`] | which requirements checks cite, and what a run says of each: pure | `record`, `suite` |
//! | [`doctor`] | a look at a target before a run: facts (async), their judgement (pure) | `record`, `scim`, `suite`, `http`, `okta`, `engine` |
//! | [`preview`] | what Okta would import: records (async, streamed), matches, decisions and their judgement (pure) | `record`, `scim`, `suite`, `http`, `okta`, `engine` |
//! | [`recording`] | what a real client sends to a target: passed on, kept as HAR, told again as a suite | `record`, `scim`, `suite`, `http` |
//! | [`server`] | a conformant SCIM server with switchable faults | `scim` |
//! | [`proof`] | whether checks can fail, and cry no wolf: suites against the embedded server's faults and variations | `record`, `suite`, `http`, `engine`, `server` |
//! | [`report`] | a record to one output format | `record` |
//! | [`cli`] | words to calls, settings with their origin, exit codes | `record`, `scim`, `suite`, `http`, `engine`, `org`, `import`, `attributes`, `coverage`, `doctor`, `preview`, `recording`, `server`, `proof`, `report` |
//! | [`libtest`] | checks as libtest trials | `record`, `suite`, `http`, `engine`, `report`, `cli` |

pub mod attributes;
pub mod cli;
pub mod coverage;
pub mod doctor;
pub mod engine;
pub mod http;
pub mod import;
pub mod libtest;
pub mod okta;
pub mod org;
pub mod preview;
pub mod proof;
pub mod record;
pub mod recording;
pub mod report;
pub mod scim;
pub mod server;
pub mod suite;
