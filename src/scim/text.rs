//! Texts compared with or without their case, and whatever their normal form (RFC 7644 §5, §7.8).

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizer;

/// A name in the form in which names are compared, as `UsernameCaseMapped` of RFC 7613 has it: letters of one width, in
/// lower case, composed.
pub fn prepared(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let narrow = ComposingNormalizer::new_nfkc().normalize(name);
    composed(&narrow.to_lowercase()).into_owned()
}

/// A text in normal form C.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        ComposingNormalizer::new_nfc().normalize(text)
    }
}

/// A text in the case of letters that comparisons ignore.
pub(super) fn fold(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// Whether two texts are the same.
pub(super) fn same_text(a: &str, b: &str, case_exact: bool) -> bool {
    if case_exact {
        a == b
    } else if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(b)
    } else {
        fold(a) == fold(b)
    }
}

#[cfg(test)]
mod tests {
    use super::{composed, prepared};

    #[test]
    fn forms_of_one_name_are_prepared_alike() {
        for name in [
            "Zo\u{eb}@example.com",
            "zoe\u{308}@EXAMPLE.com",
            "\u{ff3a}o\u{eb}@example.com",
        ] {
            assert_eq!(prepared(name), "zo\u{eb}@example.com", "{name}");
        }
        assert_ne!(
            prepared("zoe@example.com"),
            prepared("zo\u{eb}@example.com")
        );
    }

    #[test]
    fn a_composed_text_keeps_its_case_and_width() {
        assert_eq!(composed("Zoe\u{308} \u{ff41}"), "Zo\u{eb} \u{ff41}");
        assert_eq!(composed("plain"), "plain");
    }
}
