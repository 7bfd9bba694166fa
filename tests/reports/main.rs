//! What users and machines get from a run: every output of one sample run, of a hostile one and of a large one.

mod console;
mod html;
mod junit;
mod markdown;
mod outputs;
mod python;
mod sample;
mod tags;
