//! `report.html`: a run for people, in one file that needs no network, no server and no scripts.
//!
//! The templates are in `reports/templates/`; askama escapes everything that they show, the style and the script are
//! fixed text and the only ones that the page's Content-Security-Policy admits. What a server said gets into the page as
//! [`Shown`](super::sanitize::Shown), never as a link, an attribute that is more than text, or a name.

mod attributes;
mod body;
mod budget;
pub(super) mod check;
mod page;
pub(super) mod policy;
mod requirements;
mod sections;
mod system_log;
mod tables;

pub use page::{render, write};
