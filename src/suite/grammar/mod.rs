//! The keys of the suite language: one table a construct, from which the decoder's structural checks and the JSON Schema
//! for editors are made, so that they can't disagree.

mod expect;
mod files;
mod keywords;
mod pattern;
mod shape;
mod step;
mod suite;
mod verify;

pub(super) use files::FILES;
pub(super) use pattern::{JSON_PATH, Pattern, VARIABLE, duration};
pub(super) use shape::{Construct, Key, Rule, Shape};
pub(super) use step::METHODS;
pub(super) use verify::{verify, verify_construct};

#[cfg(test)]
pub(super) use pattern::ALL as PATTERNS;
