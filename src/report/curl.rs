//! An exchange's request as a `curl` line for a POSIX shell, to send it again by hand.

use std::fmt::Write as _;

use crate::record::{Exchange, Header};

use super::sanitize::beginning;

/// Bodies beyond this many bytes are left out of the line.
const LONGEST_BODY: usize = 4096;

/// What curl sends by itself, and what would only be in the way.
const LEFT_OUT: [&str; 6] = [
    "host",
    "content-length",
    "accept-encoding",
    "connection",
    "user-agent",
    "transfer-encoding",
];

/// Headers whose value is a secret, whatever it looks like.
const SECRET: [&str; 5] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
    "api-key",
];

/// What the record has in place of a secret, wherever it stood.
const REDACTED: &str = "[redacted]";

/// The request as one `curl` line. Where a secret stood, it says `$TOKEN`, which the shell fills in.
///
/// Everything else is quoted so that the shell takes it as it is.
pub fn command(exchange: &Exchange) -> String {
    let request = &exchange.request;
    let mut line = String::from("curl -i");
    match request.method.as_str() {
        "GET" => {}
        "HEAD" => line.push_str(" -I"),
        method => {
            let _ = write!(line, " -X {}", quote(method));
        }
    }
    let _ = write!(line, " {}", quote(&request.url));
    for header in &request.headers {
        if LEFT_OUT
            .iter()
            .all(|name| !header.name.eq_ignore_ascii_case(name))
        {
            let _ = write!(line, " -H {}", self::header(header));
        }
    }
    if let Some(body) = &request.body {
        if body.text.len() > LONGEST_BODY || body.truncated {
            let _ = write!(
                line,
                " --data-raw {}",
                quote(&format!("{}…", beginning(&body.text, 200)))
            );
            let _ = write!(line, " # cut: the body has {} bytes", body.size);
        } else {
            let _ = write!(line, " --data-raw {}", quote(&body.text));
        }
    }
    line
}

fn header(header: &Header) -> String {
    if SECRET
        .iter()
        .any(|name| header.name.eq_ignore_ascii_case(name))
    {
        let scheme = header
            .value
            .split_once(' ')
            .map(|(scheme, _)| scheme)
            .filter(|scheme| is_scheme(scheme));
        return match scheme {
            Some(scheme) => format!("\"{}: {scheme} $TOKEN\"", safe_name(&header.name)),
            None => format!("\"{}: $TOKEN\"", safe_name(&header.name)),
        };
    }
    if header.value.contains(REDACTED) {
        let parts: Vec<String> = header
            .value
            .split(REDACTED)
            .map(within_double_quotes)
            .collect();
        return format!("\"{}: {}\"", safe_name(&header.name), parts.join("$TOKEN"));
    }
    if header.value.is_empty() {
        // curl drops `Name:` and sends `Name;` with an empty value.
        return quote(&format!("{};", header.name));
    }
    quote(&format!("{}: {}", header.name, header.value))
}

fn is_scheme(word: &str) -> bool {
    [
        "basic",
        "bearer",
        "digest",
        "dpop",
        "negotiate",
        "token",
        "ssws",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}

fn safe_name(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// Text that means itself between double quotes; control characters have no place in a header and are dropped.
fn within_double_quotes(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}

/// A word as the shell's single quotes take it literally; left bare where nothing in it needs them. Control characters
/// are written by `$'…'`, so that the line stays one line.
fn quote(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,=".contains(c);
    if !word.is_empty() && word.chars().all(bare) {
        return word.to_owned();
    }
    if word.chars().any(char::is_control) {
        let mut quoted = String::from("$'");
        for c in word.chars() {
            match c {
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                '\'' | '\\' => {
                    quoted.push('\\');
                    quoted.push(c);
                }
                c if c.is_control() => {
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        let _ = write!(quoted, "\\{byte:03o}");
                    }
                }
                c => quoted.push(c),
            }
        }
        quoted.push('\'');
        return quoted;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Body, Request, Role};

    fn exchange(method: &str, headers: &[(&str, &str)], body: Option<&str>) -> Exchange {
        Exchange {
            role: Role::Step,
            request: Request {
                method: method.into(),
                url: "https://h/Users?filter=userName%20eq%20%22a%22&count=1".into(),
                headers: headers
                    .iter()
                    .map(|(name, value)| Header {
                        name: (*name).into(),
                        value: (*value).into(),
                    })
                    .collect(),
                body: body.map(|text| Body {
                    text: text.into(),
                    size: text.len() as u64,
                    truncated: false,
                    lossy: false,
                }),
            },
            response: None,
            error: None,
            started_us: 0,
            duration_us: 0,
            first_byte_us: None,
            attempt: 1,
        }
    }

    #[test]
    fn secrets_become_a_variable_and_the_rest_is_literal() {
        let line = command(&exchange(
            "POST",
            &[
                ("host", "h"),
                ("Authorization", "Bearer s3cret"),
                ("Content-Type", "application/scim+json"),
                ("X", ""),
            ],
            Some(r#"{"name":"O'Brien $HOME `id`"}"#),
        ));
        insta::assert_snapshot!(line, @r#"curl -i -X POST 'https://h/Users?filter=userName%20eq%20%22a%22&count=1' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/scim+json' -H 'X;' --data-raw '{"name":"O'\''Brien $HOME `id`"}'"#);
    }

    #[test]
    fn a_raw_authorization_value_is_a_secret_as_a_whole() {
        let line = command(&exchange(
            "GET",
            &[("authorization", "s3cret word"), ("X-Api-Key", "k3y")],
            None,
        ));
        assert!(!line.contains("s3cret") && !line.contains("k3y"), "{line}");
        assert!(
            line.contains(r#"-H "authorization: $TOKEN" -H "X-Api-Key: $TOKEN""#),
            "{line}"
        );
    }

    #[test]
    fn what_was_redacted_elsewhere_becomes_the_variable_too() {
        let line = command(&exchange(
            "GET",
            &[("X-Tenant", "a `b` [redacted] $c")],
            None,
        ));
        assert!(
            line.ends_with(r#"-H "X-Tenant: a \`b\` $TOKEN \$c""#),
            "{line}"
        );
    }

    #[test]
    fn the_line_stays_one_line() {
        for (raw, expected) in [
            ("a\nb'c\\", r"$'a\nb\'c\\'"),
            ("\u{1b}[0m", r"$'\033[0m'"),
            ("\u{9b}", r"$'\302\233'"),
            ("", "''"),
            ("plain-1.2/x", "plain-1.2/x"),
        ] {
            assert_eq!(quote(raw), expected);
        }
    }
}
