//! Texts with `{{name}}` in them.

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// As it stands.
    Text(String),
    /// A variable.
    Variable(String),
    /// A function of Runscope's: `{{random_int}}`, `{{timestamp}}`, `{{md5(a)}}`.
    Function(String),
}

/// Functions that are written without brackets.
const FUNCTIONS: [&str; 4] = ["random_int", "timestamp", "timestamp_ms", "uuid"];

/// The parts of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        let inner = from.get(2..).unwrap_or_default();
        plain.push_str(before);
        // JSON has `{{` as well, but not with a name in it.
        let piece = inner
            .split_once("}}")
            .and_then(|(word, after)| Some((piece(word.trim())?, after)));
        if let Some((piece, after)) = piece {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
            rest = after;
        } else {
            plain.push('{');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

fn piece(word: &str) -> Option<Piece> {
    let name = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && text
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
    };
    if let Some((function, _)) = word.split_once('(') {
        return (name(function.trim()) && word.ends_with(')'))
            .then(|| Piece::Function(word.to_owned()));
    }
    if FUNCTIONS.contains(&word) {
        return Some(Piece::Function(word.to_owned()));
    }
    name(word).then(|| Piece::Variable(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_from_braces_of_json() {
        let variable = |name: &str| Piece::Variable(name.to_owned());
        let text = |text: &str| Piece::Text(text.to_owned());
        for (given, wanted) in [
            ("", vec![]),
            ("a", vec![text("a")]),
            ("{{a}}", vec![variable("a")]),
            (
                "{{ a }}/{{b.c}}",
                vec![variable("a"), text("/"), variable("b.c")],
            ),
            (
                "{\"a\":{\"b\":{{n}}}}",
                vec![text("{\"a\":{\"b\":"), variable("n"), text("}}")],
            ),
            ("{{{a}}}", vec![text("{"), variable("a"), text("}")]),
            ("{{\"a\":1}}", vec![text("{{\"a\":1}}")]),
            ("{{a", vec![text("{{a")]),
            ("{{}}", vec![text("{{}}")]),
            ("{{md5(x)}}", vec![Piece::Function("md5(x)".into())]),
            ("{{timestamp}}", vec![Piece::Function("timestamp".into())]),
        ] {
            assert_eq!(pieces(given), wanted, "{given}");
        }
    }
}
