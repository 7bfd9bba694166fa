//! What a real client sends to a target: passed on by a proxy, kept without secrets, and told again as HAR and as a
//! suite that sends it once more.
//!
//! [`Proxy`] stands between a client and a target, and changes nothing that it passes on but what belongs to one
//! connection (RFC 9110 §7.6.1) and `Host`. What passed becomes an [`Exchange`], redacted once, here, as the record of a
//! run is. [`har`] and [`suite`] are pure functions of exchanges.
//!
//! Bodies and `Location` keep the target's URLs: what is recorded is what the target said, and the client sees the same
//! bytes as without the proxy. A client that follows such a URL leaves the proxy; Okta's never does.

mod coding;
mod exchange;
pub mod har;
mod keep;
mod pass;
mod proxy;
mod scope;
mod suite;

pub use exchange::{Answer, Content, Exchange, Message};
pub use proxy::{Config, Proxy};
pub use suite::{Recording, Written, suite};
