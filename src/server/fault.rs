//! Faults and variations: what they are, and which are switched on.
//!
//! A fault is one defect that real servers have, switched on by its id; it breaks the requirement that it names. A
//! variation is another lawful choice: no check may fail on it. What a switch does stands in the code path that it
//! changes: look for `Defect::…` and `Choice::…`.

use std::io;

use thiserror::Error;

pub(super) use super::registry::{Choice, Defect};
pub use super::registry::{FAULTS, SHOWN_BY_DOCTOR, VARIATIONS};

/// One switchable defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The id, for ever.
    pub id: &'static str,
    /// What the server does wrong, in one line.
    pub title: &'static str,
    /// The requirement that this breaks.
    pub requirement: &'static str,
    /// What part of the protocol it is about.
    pub area: &'static str,
}

/// Another lawful choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variation {
    /// The id, for ever.
    pub id: &'static str,
    /// What the server does, in one line.
    pub title: &'static str,
    /// The requirement that leaves the choice.
    pub allowed_by: &'static str,
}

/// A fault or variation was asked for that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no {what} is called `{id}`")]
pub struct UnknownSwitch {
    /// `fault` or `variation`.
    pub what: &'static str,
    /// What was asked for.
    pub id: String,
}

impl From<UnknownSwitch> for io::Error {
    fn from(unknown: UnknownSwitch) -> Self {
        Self::new(io::ErrorKind::InvalidInput, unknown)
    }
}

/// What is switched on.
#[derive(Debug, Clone, Default)]
pub(super) struct Switches {
    faults: Vec<bool>,
    variations: Vec<bool>,
}

impl Switches {
    /// Switches by their ids.
    ///
    /// # Errors
    /// [`UnknownSwitch`] for an id that is not in the registry.
    pub(super) fn new(faults: &[String], variations: &[String]) -> Result<Self, UnknownSwitch> {
        let mut switches = Self {
            faults: vec![false; FAULTS.len()],
            variations: vec![false; VARIATIONS.len()],
        };
        for id in faults {
            let place = FAULTS.iter().position(|fault| fault.id == id);
            let switch = place.and_then(|at| switches.faults.get_mut(at));
            *switch.ok_or_else(|| UnknownSwitch {
                what: "fault",
                id: id.clone(),
            })? = true;
        }
        for id in variations {
            let place = VARIATIONS.iter().position(|variation| variation.id == id);
            let switch = place.and_then(|at| switches.variations.get_mut(at));
            *switch.ok_or_else(|| UnknownSwitch {
                what: "variation",
                id: id.clone(),
            })? = true;
        }
        Ok(switches)
    }

    /// Whether the server has a defect.
    pub(super) fn has(&self, defect: Defect) -> bool {
        self.faults
            .get(defect as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Whether the server has any defect.
    pub(super) fn is_faulty(&self) -> bool {
        self.faults.contains(&true)
    }

    /// Whether the server makes a choice.
    pub(super) fn chooses(&self, choice: Choice) -> bool {
        self.variations
            .get(choice as usize)
            .copied()
            .unwrap_or_default()
    }
}
