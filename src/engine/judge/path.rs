//! `$…`: RFC 9535 JSONPath into the body.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::matcher;
use super::{Facts, Finding, Subject};
use crate::suite::Matcher;
use crate::suite::template::{Template, Undefined};

pub(super) fn find(
    path: &Template,
    matcher: &Matcher,
    facts: Facts<'_>,
    subject: Subject<'_>,
) -> Result<Finding, Undefined> {
    let path = path.render_text(facts.scope, std::borrow::ToOwned::to_owned)?;
    let body = match subject.json() {
        Ok(body) => body,
        Err(problem) => {
            return Ok(Finding::new(path, "a value in a JSON body", "no JSON").broken(problem));
        }
    };
    match locate(&path, body) {
        Ok(value) => matcher::find(&path, value.as_ref(), matcher, facts),
        Err(problem) => Ok(Finding::new(path, "a JSONPath", "").broken(problem)),
    }
}

/// What a path finds: the value for a path that can name one place only (`None` when nothing is there), the list of all
/// values for any other.
///
/// # Errors
/// When it is no RFC 9535 path.
pub fn locate(path: &str, body: &Value) -> Result<Option<Value>, String> {
    let parsed =
        JsonPath::parse(path).map_err(|error| format!("`{path}` is no JSONPath: {error}"))?;
    let found = parsed.query(body);
    Ok(if is_singular(path) {
        found.first().cloned()
    } else {
        Some(Value::Array(found.all().into_iter().cloned().collect()))
    })
}

/// Whether a path can name one place only (RFC 9535 §2.3.5.1 "singular query"): names and indexes, nothing else.
fn is_singular(path: &str) -> bool {
    let mut rest = path.trim().trim_start_matches('$');
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let quote = inner.chars().next().filter(|c| *c == '\'' || *c == '"');
            let end = match quote {
                Some(quote) => {
                    // The name may hold brackets: the segment ends at an unescaped quote and a bracket.
                    let mut escaped = false;
                    let close = inner.char_indices().skip(1).find(|(_, c)| {
                        let ends = *c == quote && !escaped;
                        escaped = *c == '\\' && !escaped;
                        ends
                    });
                    close.map(|(at, _)| at + 1)
                }
                None => inner
                    .find(']')
                    .filter(|end| inner.get(..*end).is_some_and(|i| i.parse::<i64>().is_ok())),
            };
            let Some(tail) = end
                .and_then(|end| inner.get(end..))
                .and_then(|tail| tail.strip_prefix(']'))
            else {
                return false;
            };
            rest = tail;
        } else if let Some(name) = rest.strip_prefix('.') {
            if name.starts_with(['.', '*']) {
                return false;
            }
            rest = name
                .find(['.', '['])
                .and_then(|end| name.get(end..))
                .unwrap_or_default();
        } else {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_to_one_place_gives_the_value_and_any_other_a_list() {
        let body = json!({ "a": [ { "b": 1 }, { "b": 2 } ], "urn:x:User": { "c.d": [3] } });
        for (path, found) in [
            ("$.a[0].b", Some(json!(1))),
            ("$.a[5].b", None),
            ("$['urn:x:User']['c.d'][0]", Some(json!(3))),
            ("$['a'][-1]['b']", Some(json!(2))),
            ("$.a[*].b", Some(json!([1, 2]))),
            ("$..b", Some(json!([1, 2]))),
            ("$.a[?@.b == 2]", Some(json!([{ "b": 2 }]))),
            ("$.a[0:1].b", Some(json!([1]))),
            ("$.missing[*]", Some(json!([]))),
            ("$", Some(body.clone())),
        ] {
            assert_eq!(locate(path, &body), Ok(found), "{path}");
        }
        assert!(locate("$[", &body).is_err());
    }
}
