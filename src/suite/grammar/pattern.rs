//! Texts of a certain form.

use std::time::Duration;

/// A form of text.
#[derive(Debug)]
pub(in crate::suite) struct Pattern {
    /// What such a text is, with its article: `a duration, such as 500ms`.
    pub(in crate::suite) what: &'static str,
    /// The form, as an ECMA 262 regular expression without look-around.
    pub(in crate::suite) regex: &'static str,
    /// Whether a text has it. The tests hold it against `regex`.
    pub(in crate::suite) matches: fn(&str) -> bool,
}

pub(super) static ID: Pattern = Pattern {
    what: "an id: small letters and digits with `-` or `.` between them, such as `okta-spec-2.0`",
    regex: "^[a-z0-9]+([.-][a-z0-9]+)*$",
    matches: |text| {
        words(text, &['.', '-'], |c| {
            c.is_ascii_lowercase() || c.is_ascii_digit()
        })
    },
};

pub(super) static KEBAB: Pattern = Pattern {
    what: "an id in kebab-case: small letters and digits with `-` between them, such as `create-duplicate-refused`",
    regex: "^[a-z0-9]+(-[a-z0-9]+)*$",
    matches: |text| {
        words(text, &['-'], |c| {
            c.is_ascii_lowercase() || c.is_ascii_digit()
        })
    },
};

pub(in crate::suite) static VARIABLE: Pattern = Pattern {
    what: "a name: letters, digits, `_` and `-`, with a letter first",
    regex: "^[A-Za-z_][A-Za-z0-9_-]*$",
    matches: |text| {
        text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    },
};

pub(super) static REQUIREMENT: Pattern = Pattern {
    what: "a requirement's id, such as `RFC7644-3.3-11`",
    regex: "^[A-Z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$",
    matches: |text| {
        text.starts_with(|c: char| c.is_ascii_uppercase())
            && words(text, &['.', '-'], |c| c.is_ascii_alphanumeric())
    },
};

pub(super) static DURATION: Pattern = Pattern {
    what: "a duration, such as `200ms`, `1.5s` or `2m`",
    regex: r"^[0-9]{1,9}(\.[0-9]{1,3})?(ms|s|m)$",
    matches: |text| duration(text).is_some(),
};

pub(super) static STATUS_CLASS: Pattern = Pattern {
    what: "a status: a code (`409`), a class (`4xx`), a list of these, `${…}` or a schema",
    regex: r"^([1-5]xx|\$\{[^{}]+\})$",
    matches: |text| is_class(text) || is_value(text),
};

pub(super) static STATUS_CLASS_ONLY: Pattern = Pattern {
    what: "a status class, such as `4xx`",
    regex: "^[1-5]xx$",
    matches: is_class,
};

pub(super) static VALUE: Pattern = Pattern {
    what: "a `${…}`",
    regex: r"^\$\{[^{}]+\}$",
    matches: is_value,
};

pub(super) static PATH: Pattern = Pattern {
    what: "a path below the base URL that starts with `/`, or with a `${…}`",
    regex: r"^(/|\$\{)",
    matches: |text| text.starts_with('/') || text.starts_with("${"),
};

pub(super) static HEADER_NAME: Pattern = Pattern {
    what: "the name of a header",
    regex: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
    matches: is_token,
};

pub(in crate::suite) static JSON_PATH: Pattern = Pattern {
    what: "a JSONPath, such as `$.emails[0].value`",
    regex: r"^\$",
    matches: |text| text.starts_with('$'),
};

pub(super) static CAPTURE: Pattern = Pattern {
    what: "`$…` (a JSONPath), `header NAME` or `status`",
    regex: r"^(\$$|\$[.\[]|header [!#$%&'*+.^_`|~0-9A-Za-z-]+$|status$)",
    matches: |text| {
        text == "$"
            || text.starts_with("$.")
            || text.starts_with("$[")
            || text == "status"
            || text.strip_prefix("header ").is_some_and(is_token)
    },
};

pub(super) static VERSION: Pattern = Pattern {
    what: "a version in quotes, such as `\"0.1\"`",
    regex: r"^[0-9]{1,5}(\.[0-9]{1,5}){1,2}$",
    matches: |text| {
        let parts: Vec<&str> = text.split('.').collect();
        matches!(parts.len(), 2 | 3)
            && parts
                .iter()
                .all(|p| (1..=5).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
    },
};

pub(super) static LINE: Pattern = Pattern {
    what: "a text of one line",
    regex: r"^[^\n]*[^\s][^\n]*$",
    matches: |text| !text.trim_matches(char::is_whitespace).is_empty() && !text.contains('\n'),
};

/// All patterns, for the test that both forms agree.
#[cfg(test)]
pub(in crate::suite) static ALL: [&Pattern; 13] = [
    &ID,
    &KEBAB,
    &VARIABLE,
    &REQUIREMENT,
    &DURATION,
    &STATUS_CLASS,
    &STATUS_CLASS_ONLY,
    &VALUE,
    &PATH,
    &HEADER_NAME,
    &JSON_PATH,
    &CAPTURE,
    &VERSION,
];

fn words(text: &str, separators: &[char], fine: fn(char) -> bool) -> bool {
    text.split(separators)
        .all(|word| !word.is_empty() && word.chars().all(fine))
}

fn is_class(text: &str) -> bool {
    text.strip_suffix("xx")
        .is_some_and(|digit| matches!(digit, "1" | "2" | "3" | "4" | "5"))
}

fn is_value(text: &str) -> bool {
    text.strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
        .is_some_and(|inner| !inner.is_empty() && !inner.contains(['{', '}']))
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+.^_`|~-".contains(c))
}

/// Reads a duration: a number with `ms`, `s` or `m`.
pub(in crate::suite) fn duration(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(split);
    let (whole, part) = number
        .split_once('.')
        .map_or((number, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(whole, 9) || part.is_some_and(|part| !digits(part, 3)) {
        return None;
    }
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => return None,
    };
    let thousandths: u64 = format!("{:0<3}", part.unwrap_or_default()).parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    Some(Duration::from_micros(
        whole * milliseconds * 1_000 + thousandths * milliseconds,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_have_a_number_and_a_unit() {
        for (text, wanted) in [
            ("200ms", Some(Duration::from_millis(200))),
            ("1.5s", Some(Duration::from_millis(1500))),
            ("2m", Some(Duration::from_secs(120))),
            ("0.5m", Some(Duration::from_secs(30))),
            ("5", None),
            ("5 s", None),
            ("s", None),
            ("1.s", None),
            ("5h", None),
            ("-1s", None),
            ("9999999999s", None),
        ] {
            assert_eq!(duration(text), wanted, "{text}");
        }
    }

    fn agree(text: &str) {
        for pattern in ALL {
            let schema = serde_json::json!({ "pattern": pattern.regex });
            let by_regex = jsonschema::is_valid(&schema, &text.into());
            assert_eq!(
                (pattern.matches)(text),
                by_regex,
                "{text:?} as {}",
                pattern.what
            );
        }
    }

    #[test]
    fn both_forms_of_a_pattern_agree_on_samples() {
        for text in [
            "",
            "a",
            "A",
            "a-b",
            "a--b",
            "-a",
            "a.b",
            "okta-spec-2.0",
            "RFC7644-3.3-11",
            "5s",
            "1.5s",
            "5h",
            "4xx",
            "6xx",
            "${a}",
            "${a}b",
            "${}",
            "/Users",
            "Users",
            "$",
            "$.a",
            "$['a']",
            "$x",
            "status",
            "statuses",
            "header ETag",
            "header",
            "header a b",
            "0.1",
            "1.2.3",
            "1",
            "ETag",
            "a b",
            "_x-1",
            "1x",
            "é",
            "12345678901s",
            "1.2345s",
        ] {
            agree(text);
        }
    }

    proptest! {
        #[test]
        fn both_forms_of_a_pattern_agree_on_any_text(text in r"[a-zA-Z0-9$.{}\[\]/ _-]{0,8}(ms|s|m|xx|\})?") {
            agree(&text);
        }
    }
}
