//! The part of XPath 1.0 that addresses places in a document: `/Users/User[1]/userName`, `//id`, `/a/@b`.
//!
//! Names are compared without their prefixes, as people who write such paths for SCIM servers expect. Functions,
//! axes by name and operators are not taken: whoever needs them is told so.

use std::fmt;

/// A path into an XML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XPath {
    /// Its steps, in order.
    pub steps: Vec<XStep>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XStep {
    /// Whether it may be at any depth (`//`).
    pub anywhere: bool,
    /// What it goes to.
    pub to: XNode,
    /// What must hold of an element, in order.
    pub predicates: Vec<XPredicate>,
}

/// What a step goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XNode {
    /// An element, by its name; `None` is any (`*`).
    Element(Option<String>),
    /// An attribute, by its name; `None` is any (`@*`).
    Attribute(Option<String>),
    /// The text (`text()`).
    Text,
}

/// What stands in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XPredicate {
    /// `[2]`: the second of its parent's, from 1.
    Position(usize),
    /// `[@name='value']`
    Attribute(String, String),
    /// `[name='value']`: a child with that text.
    Child(String, String),
}

/// Why a text is no path that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XPathError(String);

impl fmt::Display for XPathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for XPathError {}

impl XPath {
    /// Reads a path. One that does not start with a slash starts at the document too.
    ///
    /// # Errors
    /// What is not taken.
    pub fn parse(text: &str) -> Result<Self, XPathError> {
        let mut rest = text.trim();
        let mut steps = Vec::new();
        if !rest.starts_with('/') {
            let (step, after) = step(rest, false)?;
            steps.push(step);
            rest = after;
        }
        while !rest.is_empty() {
            let (anywhere, inner) = if let Some(inner) = rest.strip_prefix("//") {
                (true, inner)
            } else if let Some(inner) = rest.strip_prefix('/') {
                (false, inner)
            } else {
                return Err(not_taken(rest));
            };
            let (step, after) = step(inner, anywhere)?;
            steps.push(step);
            rest = after;
        }
        let inner = steps.split_last().map_or(&[][..], |(_, inner)| inner);
        if steps.is_empty()
            || inner
                .iter()
                .any(|step| !matches!(step.to, XNode::Element(_)))
        {
            return Err(XPathError("this is no path to a place".to_owned()));
        }
        Ok(Self { steps })
    }
}

fn not_taken(rest: &str) -> XPathError {
    let shown: String = rest.chars().take(24).collect();
    XPathError(format!("of XPath, this is not taken: `{shown}`"))
}

fn step(text: &str, anywhere: bool) -> Result<(XStep, &str), XPathError> {
    let (to, mut rest) = if let Some(after) = text.strip_prefix("text()") {
        (XNode::Text, after)
    } else if let Some(after) = text.strip_prefix("@*") {
        (XNode::Attribute(None), after)
    } else if let Some(after) = text.strip_prefix('@') {
        let (name, after) = name(after)?;
        (XNode::Attribute(Some(name)), after)
    } else if let Some(after) = text.strip_prefix('*') {
        (XNode::Element(None), after)
    } else {
        let (name, after) = name(text)?;
        (XNode::Element(Some(name)), after)
    };
    let mut predicates = Vec::new();
    while let Some(inner) = rest.strip_prefix('[') {
        let end = inner.find(']').ok_or_else(|| not_taken(rest))?;
        let (inside, after) = inner.split_at(end);
        predicates.push(predicate(inside.trim())?);
        rest = after.strip_prefix(']').unwrap_or_default();
    }
    let step = XStep {
        anywhere,
        to,
        predicates,
    };
    Ok((step, rest))
}

fn predicate(text: &str) -> Result<XPredicate, XPathError> {
    if let Ok(position) = text.parse::<usize>() {
        return Ok(XPredicate::Position(position));
    }
    let (left, right) = text.split_once('=').ok_or_else(|| not_taken(text))?;
    let right = right.trim();
    let quoted = ['\'', '"'].iter().find_map(|quote| {
        let inner = right.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inner.contains(*quote)).then(|| inner.to_owned())
    });
    let value = quoted.ok_or_else(|| not_taken(text))?;
    let left = left.trim();
    let (attribute, word) = match left.strip_prefix('@') {
        Some(word) => (true, word),
        None => (false, left),
    };
    match name(word)? {
        (name, "") if attribute => Ok(XPredicate::Attribute(name, value)),
        (name, "") => Ok(XPredicate::Child(name, value)),
        _ => Err(not_taken(text)),
    }
}

/// A name, without its prefix.
fn name(text: &str) -> Result<(String, &str), XPathError> {
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let end = text.find(|c: char| !fine(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let starts = local.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if !starts || name.contains("::") || rest.starts_with('(') {
        return Err(not_taken(text));
    }
    Ok((local.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_to_places_are_taken() {
        for path in [
            "/Users/User[1]/userName",
            "//id",
            "User/@id",
            "/scim:User/scim:name/*",
            "//User[@id='1'][active=\"true\"]/text()",
        ] {
            assert!(XPath::parse(path).is_ok(), "{path}");
        }
        let path = XPath::parse("//a:User[2]/@id").unwrap();
        let [user, id] = path.steps.as_slice() else {
            panic!("two steps")
        };
        assert_eq!(user.to, XNode::Element(Some("User".into())));
        assert_eq!(user.predicates, [XPredicate::Position(2)]);
        assert!(user.anywhere && !id.anywhere);
        assert_eq!(id.to, XNode::Attribute(Some("id".into())));
    }

    #[test]
    fn anything_else_is_told_and_never_guessed() {
        for path in [
            "",
            "/",
            "count(//User)",
            "//User[last()]",
            "/a/b | /c",
            "/a[b",
            "/@id/a",
            "/a[b>1]",
            "child::a",
            "/a/..",
            "/text()/a",
        ] {
            assert!(XPath::parse(path).is_err(), "{path}");
        }
    }
}
