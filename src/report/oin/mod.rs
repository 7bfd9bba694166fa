//! `oin.html` and `oin.md`: whether an integration is ready for the Okta Integration Network, what is missing, what to fill
//! into the submission form, and Okta's test plan, case by case.
//!
//! [`assess`] makes a [`Readiness`] of a record; the two formats only show it. It is ready only when nothing that Okta asks
//! for is broken, unjudged or left out.

mod account;
mod counts;
mod feature;
mod form;
mod html;
mod markdown;
mod missing;
mod readiness;
mod standing;
mod suites;

pub use account::{Account, Hindrance};
pub use html::write as write_html;
pub use markdown::render as render_markdown;
pub use readiness::{Readiness, assess, plan_of};
pub use standing::Standing;
