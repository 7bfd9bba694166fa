//! The paths of exports, which are JavaScript's (`Resources[0].name.givenName`), as JSONPath.

/// The JSONPath of a property; an empty one is the whole body.
///
/// # Errors
/// What is no path.
pub(super) fn json_path(property: &str) -> Result<String, String> {
    let mut rest = property.trim();
    let mut path = "$".to_owned();
    let mut first = true;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (segment, after) = bracket(inner).ok_or_else(|| {
                format!("`{property}` has a bracket that is no index and no name")
            })?;
            path.push_str(&segment);
            rest = after;
        } else {
            let name = if first {
                rest
            } else {
                rest.strip_prefix('.')
                    .ok_or_else(|| format!("`{property}` needs a `.` before `{rest}`"))?
            };
            let end = name.find(['.', '[']).unwrap_or(name.len());
            let (word, after) = name.split_at(end);
            if word.is_empty() {
                return Err(format!("`{property}` has a `.` without a name"));
            }
            path.push_str(&member(word));
            rest = after;
        }
        first = false;
    }
    Ok(path)
}

/// An index, all elements or a quoted name, up to its bracket.
fn bracket(text: &str) -> Option<(String, &str)> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        let inner = text.get(1..)?;
        let end = inner.find(quote)?;
        let after = inner.get(end + 1..)?.strip_prefix(']')?;
        return Some((quoted(inner.get(..end)?), after));
    }
    let (index, after) = text.split_once(']')?;
    let index = index.trim();
    let is_number = index.parse::<u32>().is_ok();
    (is_number || index == "*").then(|| (format!("[{index}]"), after))
}

fn member(name: &str) -> String {
    // RFC 9535 §2.5.1.1 allows these without quotes.
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        format!(".{name}")
    } else if name.parse::<u32>().is_ok() {
        // `Resources.0` is the same as `Resources[0]` in these paths.
        format!("[{name}]")
    } else {
        quoted(name)
    }
}

fn quoted(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace('\'', "\\'");
    format!("['{}']", escaped.replace("${", "$${"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_json_paths() {
        for (property, path) in [
            ("", "$"),
            ("schemas", "$.schemas"),
            (
                "Resources[0].emails[0].value",
                "$.Resources[0].emails[0].value",
            ),
            ("[0].id", "$[0].id"),
            ("Resources.0.id", "$.Resources[0].id"),
            ("Resources[*].id", "$.Resources[*].id"),
            (
                "['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'].department",
                "$['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'].department",
            ),
            ("a-b", "$['a-b']"),
            ("it's", "$['it\\'s']"),
            ("$ref", "$['$ref']"),
        ] {
            let found = json_path(property).unwrap();
            assert_eq!(found, path);
            serde_json_path::JsonPath::parse(&found).unwrap();
        }
        for wrong in ["a..b", "a[", "a[b]", "a]b[0", "a.", ".a", "a['b]"] {
            let found = json_path(wrong);
            assert!(found.is_err() || wrong == "a]b[0", "{wrong}: {found:?}");
        }
    }
}
