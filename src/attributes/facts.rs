//! What was seen, before it is judged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What came of a request that writes.
#[derive(Debug, Clone)]
pub(super) enum Tried<T> {
    /// It was taken.
    Taken(T),
    /// It was refused, with what the target says.
    Refused(String),
    /// The target failed (5xx): at the request if it does so again and not with others, or by itself.
    Failed(String),
    /// It can't be told whether the request was at fault: there is no answer, the target limits the rate, or the
    /// credentials may not write.
    Unclear(String),
}

impl<T> Tried<T> {
    /// Why it was not taken; empty if it was.
    pub(super) fn why(self) -> String {
        match self {
            Self::Taken(_) => String::new(),
            Self::Refused(why) | Self::Failed(why) | Self::Unclear(why) => why,
        }
    }

    /// What a failure is that came three times, while the same without what is asked about was taken in between.
    pub(super) fn repeated(self) -> Self {
        match self {
            Self::Failed(why) => Self::Refused(why),
            other => other,
        }
    }
}

/// A user who was created.
#[derive(Debug, Clone)]
pub(super) struct User {
    /// The id; `None` if the target did not say, and the lookup does not find it.
    pub(super) id: Option<String>,
    /// The name that it was sent with.
    pub(super) name: String,
    /// What was sent of each attribute.
    pub(super) sent: BTreeMap<usize, Value>,
}

/// How it was created, and what reads show of it.
#[derive(Debug, Default)]
pub(super) struct Created {
    /// The user whose attributes are looked at.
    pub(super) user: Option<User>,
    /// Attributes for which the create is refused, and why.
    pub(super) refused: BTreeMap<usize, String>,
    /// Attributes of which it can't be told whether the create is refused for them, and why.
    pub(super) unclear: BTreeMap<usize, String>,
    /// Why nothing is known of the others that were not sent.
    pub(super) untold: Option<String>,
    /// A read by id.
    pub(super) by_id: Option<Value>,
    /// The lookup by userName.
    pub(super) listed: Option<Value>,
}

impl Created {
    /// Notes that an attribute was not taken.
    pub(super) fn note(&mut self, index: usize, tried: Tried<User>) {
        match tried {
            Tried::Taken(_) => {}
            Tried::Refused(why) => {
                self.refused.insert(index, why);
            }
            Tried::Failed(why) | Tried::Unclear(why) => {
                self.unclear.insert(index, why);
            }
        }
    }
}

/// How it was updated.
#[derive(Debug, Default)]
pub(super) struct Updated {
    /// What was sent of each attribute.
    pub(super) sent: BTreeMap<usize, Value>,
    /// Attributes for which the update is refused, and why.
    pub(super) refused: BTreeMap<usize, String>,
    /// Those that the search did not get to, and why.
    pub(super) untold: BTreeMap<usize, String>,
    /// Those that were changed by a request of their own, after the others, and what a read showed then.
    pub(super) alone: BTreeSet<usize>,
    /// A read by id after the others were changed.
    pub(super) after: Option<Value>,
    /// A read by id after those were changed that are changed alone.
    pub(super) after_alone: Option<Value>,
}

/// All of it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) created: Created,
    pub(super) updated: Updated,
    /// What is wrong beside single attributes, and what kept scimitar from telling more.
    pub(super) problems: Vec<String>,
    pub(super) requests: usize,
}
