//! JUnit XML that every CI reads: the intersection of what Jenkins, GitLab, Azure DevOps, Circle CI and the actions of
//! GitHub accept.
//!
//! One root, one `testsuite` per suite, one `testcase` per check with at most one of `failure`, `error` and `skipped`.
//! A fail is a `failure`, an inconclusive check an `error`; what was skipped or waived, and what a preview or deprecated
//! check found, is `skipped` with its reason; a warning passes and says so in `system-out`.

mod class;
mod document;
mod output;
mod xml;

pub use document::render;
