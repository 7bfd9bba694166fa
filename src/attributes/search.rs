//! Which of many a request is refused for, by halving: pure, one question after the other.

use std::collections::{BTreeMap, BTreeSet};

/// Looks for those that are refused.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    waiting: Vec<Vec<usize>>,
    /// Those that are taken.
    pub(super) taken: BTreeSet<usize>,
    /// Those that are refused each by itself, and why.
    pub(super) refused: BTreeMap<usize, String>,
}

impl Search {
    /// A search among some that are known to be refused together.
    pub(super) fn among(items: &[usize]) -> Self {
        let mut search = Self::default();
        search.split(items);
        search
    }

    fn split(&mut self, items: &[usize]) {
        let (first, second) = items.split_at(items.len() / 2);
        for half in [second, first] {
            if !half.is_empty() {
                self.waiting.push(half.to_vec());
            }
        }
    }

    /// Those to try next.
    pub(super) fn next(&self) -> Option<&[usize]> {
        self.waiting.last().map(Vec::as_slice)
    }

    /// What came of those: `None` when they were taken, or why they were refused.
    pub(super) fn answer(&mut self, refusal: Option<String>) {
        let Some(items) = self.waiting.pop() else {
            return;
        };
        match (refusal, items.as_slice()) {
            (None, taken) => self.taken.extend(taken),
            (Some(why), [one]) => {
                self.refused.insert(*one, why);
            }
            (Some(_), several) => self.split(several),
        }
    }

    /// Those that nothing is known of, when the search ends early.
    pub(super) fn open(&self) -> BTreeSet<usize> {
        self.waiting.iter().flatten().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Asks until all is known; gives the search and how many questions it took.
    fn ask(count: usize, bad: &BTreeSet<usize>) -> (Search, usize) {
        let all: Vec<usize> = (0..count).collect();
        let mut search = Search::among(&all);
        let mut asked = 0;
        while let Some(next) = search.next() {
            let refusal = next.iter().any(|one| bad.contains(one));
            search.answer(refusal.then(|| "no".to_owned()));
            asked += 1;
        }
        (search, asked)
    }

    #[test]
    fn a_few_are_found_by_few_questions() {
        let (search, asked) = ask(40, &BTreeSet::from([7]));
        assert_eq!(search.refused.keys().copied().collect::<Vec<_>>(), [7]);
        assert_eq!(search.taken.len(), 39);
        assert!(asked <= 12, "{asked}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        #[test]
        fn each_is_told_once_and_the_questions_are_bounded(
            count in 1_usize..60, bad in prop::collection::btree_set(0_usize..60, 0..20),
        ) {
            let bad: BTreeSet<usize> = bad.into_iter().filter(|one| *one < count).collect();
            let (search, asked) = ask(count, &bad);
            prop_assert_eq!(search.refused.keys().copied().collect::<BTreeSet<_>>(), bad);
            prop_assert_eq!(search.taken.len() + search.refused.len(), count);
            prop_assert!(search.open().is_empty());
            prop_assert!(asked < 2 * count.max(2));
        }
    }
}
