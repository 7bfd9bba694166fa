//! A reader of HTML as strict as the page is plain: every tag, its attributes and their quoting.

use std::collections::BTreeMap;

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

const VOID: [&str; 5] = ["meta", "link", "input", "br", "rect"];

/// All opening tags of a page, which must be well nested; and its text outside of `style` and `script`.
pub(crate) fn read(page: &str) -> (Vec<Tag>, String) {
    let mut tags = Vec::new();
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = page
        .strip_prefix("<!doctype html>")
        .expect("the doctype comes first");
    while let Some(begin) = rest.find('<') {
        text.push_str(&rest[..begin]);
        rest = &rest[begin + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let end = closing.find('>').unwrap();
            let name = &closing[..end];
            assert_eq!(
                open.pop().as_deref(),
                Some(name),
                "closed in another order than opened: {open:?}"
            );
            rest = &closing[end + 1..];
            continue;
        }
        let (tag, after) = opening(rest);
        rest = after;
        if VOID.contains(&tag.name.as_str()) {
            tags.push(tag);
            continue;
        }
        if matches!(tag.name.as_str(), "style" | "script") {
            let close = format!("</{}>", tag.name);
            let end = rest.find(&close).unwrap();
            rest = &rest[end + close.len()..];
        } else {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    text.push_str(rest);
    assert!(open.is_empty(), "never closed: {open:?}");
    (tags, text)
}

fn opening(rest: &str) -> (Tag, &str) {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
    let name = rest[..end].to_owned();
    assert!(
        !name.is_empty(),
        "a stray < before {:?}",
        rest.chars().take(40).collect::<String>()
    );
    let mut attributes = BTreeMap::new();
    let mut rest = &rest[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return (Tag { name, attributes }, after);
        }
        let end = rest
            .find(|c: char| {
                !(c.is_ascii_lowercase()
                    || c.is_ascii_digit()
                    || c == '-'
                    || c.is_ascii_uppercase())
            })
            .unwrap();
        let attribute = rest[..end].to_owned();
        assert!(
            !attribute.is_empty(),
            "no attribute: {:?}",
            rest.chars().take(40).collect::<String>()
        );
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let close = after.find('"').unwrap();
            after[..close].clone_into(&mut value);
            rest = &after[close + 1..];
        }
        assert!(
            attributes.insert(attribute.clone(), value).is_none(),
            "{attribute} twice on {name}"
        );
    }
}
