//! Whether texts hold any of many values, or stand within any: each in one pass, however many values there are.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

/// How much of a value the automaton knows, in bytes: it takes many times the memory of its texts, and a server may give
/// out ids of a megabyte.
const HEAD: usize = 32;
/// How much of a text is looked for within values, in bytes.
const COMPARED: usize = 64;
/// How much of values is looked into, in bytes.
const LARGEST: usize = 4 << 20;

/// Values that texts may hold.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Finds the beginnings of the values. Absent where there are none.
    heads: Option<AhoCorasick>,
    /// For each beginning: how long the values are that go on after it; none if it is one itself.
    lengths: Vec<BTreeSet<usize>>,
    /// The values that are longer than their beginnings.
    long: HashSet<String>,
}

impl Mentions {
    /// Of these values.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut heads: BTreeMap<&[u8], (bool, BTreeSet<usize>)> = BTreeMap::new();
        let mut long = HashSet::new();
        for value in values.filter(|value| !value.is_empty()) {
            let bytes = value.as_bytes();
            let head = heads.entry(bytes.get(..HEAD).unwrap_or(bytes)).or_default();
            if bytes.len() > HEAD {
                head.1.insert(bytes.len());
                long.insert(value.to_owned());
            } else {
                head.0 = true;
            }
        }
        if heads.is_empty() {
            return Self::default();
        }
        Self {
            heads: AhoCorasick::builder().build(heads.keys()).ok(),
            lengths: heads
                .into_values()
                .map(|(whole, lengths)| if whole { BTreeSet::new() } else { lengths })
                .collect(),
            long,
        }
    }

    /// Whether a text holds one of them.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let Some(heads) = &self.heads else {
            return false;
        };
        heads.find_overlapping_iter(text).any(|head| {
            let lengths = self.lengths.get(head.pattern().as_usize());
            lengths.is_none_or(|lengths| {
                lengths.is_empty()
                    || lengths.iter().any(|length| {
                        let value = text.get(head.start()..head.start() + length);
                        value.is_some_and(|value| self.long.contains(value))
                    })
            })
        })
    }
}

/// Values that texts may be parts of.
#[derive(Debug, Default)]
pub(super) struct Wholes {
    /// All of them, with a line break after each.
    text: String,
    /// Where its characters begin, in the order of what follows there.
    starts: Vec<usize>,
    /// Whether there are more than are looked into.
    full: bool,
}

impl Wholes {
    /// Of these values.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut wholes = Self::default();
        for value in values {
            if wholes.text.len() + value.len() > LARGEST {
                wholes.full = true;
                break;
            }
            wholes.text.push_str(value);
            wholes.text.push('\n');
        }
        let text = &wholes.text;
        let starts = text.char_indices().filter(|(_, c)| *c != '\n');
        wholes.starts = starts.map(|(at, _)| at).collect();
        wholes
            .starts
            .sort_unstable_by_key(|start| following(text, *start));
        wholes
    }

    /// Whether one of them holds a text. Of a long one only its beginning counts, and where there are too many, all texts
    /// are taken for held.
    pub(super) fn hold(&self, part: &str) -> bool {
        let part = part.as_bytes();
        let part = part.get(..COMPARED).unwrap_or(part);
        let first = self
            .starts
            .partition_point(|start| following(&self.text, *start) < part);
        let found = self.starts.get(first);
        self.full || found.is_some_and(|start| following(&self.text, *start).starts_with(part))
    }
}

/// What follows a place of a text, as far as it is compared.
fn following(text: &str, start: usize) -> &[u8] {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    rest.get(..COMPARED).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_that_begin_alike_are_told_apart() {
        let head = "0".repeat(HEAD);
        let (one, other) = (format!("{head}-1"), format!("{head}-22"));
        let mentions = Mentions::of([one.as_str(), other.as_str()].into_iter());
        assert!(mentions.are_in(&format!("/Users/{one}")));
        assert!(mentions.are_in(&format!("x{other}y")));
        assert!(!mentions.are_in(&format!("{head}-2")));
        assert!(!mentions.are_in(""));
        assert!(!Mentions::of(std::iter::empty()).are_in("a"));
        let mentions = Mentions::of([head.as_str(), one.as_str()].into_iter());
        assert!(mentions.are_in(&format!("{head}-2")));
    }

    #[test]
    fn too_many_values_hold_everything() {
        let large = "a".repeat(LARGEST);
        let wholes = Wholes::of(["small", large.as_str(), "b"].into_iter());
        assert!(wholes.hold("mal") && wholes.hold("nothing like it"));
    }

    proptest! {
        #[test]
        fn both_say_what_looking_at_each_says(
            values in prop::collection::vec("[abé]{1,5}|[ab]{30,36}", 0..8),
            text in "[abé]{1,6}|[ab]{30,40}",
        ) {
            let each = || values.iter().map(String::as_str);
            let held = each().any(|value| text.contains(value));
            prop_assert_eq!(Mentions::of(each()).are_in(&text), held);
            let holds = each().any(|value| value.contains(&text));
            prop_assert_eq!(Wholes::of(each()).hold(&text), holds);
        }
    }
}
