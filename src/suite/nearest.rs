//! The right word that is nearest to a wrong one.

/// The candidate that is nearest to a word, if one is near enough to be meant. Case does not count.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length < 2 {
        return None;
    }
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let slips = strsim::damerau_levenshtein(&word, &other);
            let likeness = strsim::jaro_winkler(&word, &other);
            (slips <= (length / 3).max(1) || likeness > 0.86)
                .then_some((slips, likeness, candidate))
        })
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)))
        .map(|(_, _, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_different_word_is_not() {
        let words = ["expect", "exclusive", "requirements", "userName", "get"];
        for (word, wanted) in [
            ("expects", Some("expect")),
            ("requirement", Some("requirements")),
            ("username", Some("userName")),
            ("gte", Some("get")),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), wanted, "{word}");
        }
    }
}
