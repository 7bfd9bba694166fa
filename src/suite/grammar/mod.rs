//! The keys of the suite language: one table a construct, from which the decoder's structural checks and the JSON Schema
//! for editors are made, so that they can't disagree.

mod pattern;
#[macro_use]
mod shape;

mod expect;
mod files;
mod keywords;
mod step;
mod suite;
mod verify;

pub(super) use files::FILES;
pub(super) use pattern::duration;
pub(super) use shape::{Construct, Rule, Shape};
pub(super) use step::METHODS;
pub(super) use verify::verify_construct;
