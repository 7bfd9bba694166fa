//! Whether checks can fail, and whether they cry wolf: suites against the embedded server as it is, with each fault
//! alone, and with each lawful variation.
//!
//! Facts (async, all in one process) stand apart from their judgement (pure). A fault is tried on the checks that name
//! it; one that no check names is tried on all of them, for some may catch it all the same. A variation is tried on all
//! checks, on some rows of each matrix: another variation meets others.

mod arena;
mod document;
mod judge;
mod sample;
mod trials;

pub use arena::Broken;
pub use document::{
    CheckProof, Document, FORMAT, FaultProof, Problem, ProblemKind, Tripped, VariationProof,
};
pub use judge::judge;
pub use trials::{Ask, Facts, Outcome, Trial, prove};
