//! The right word that is nearest to a wrong one.

/// The candidate that is nearest to a word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let score = |candidate: &str| {
        let other = candidate.to_lowercase();
        if other == lower {
            return 1.0;
        }
        strsim::damerau_levenshtein(&lower, &other)
            .le(&(word.chars().count() / 3).max(1))
            .then(|| strsim::jaro_winkler(&lower, &other))
            .unwrap_or_else(|| strsim::jaro_winkler(&lower, &other) - 0.06)
    };
    candidates
        .into_iter()
        .map(|candidate| (score(candidate), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
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
