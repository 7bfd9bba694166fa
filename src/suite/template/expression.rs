//! What stands between `${` and `}`.

use std::borrow::Cow;

use serde_json::Value;

use super::{Filter, Scope, TemplateError, Undefined, text_of};

/// What stands between `${` and `}`: a path into a variable, and filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// The variable: `user`, `row`, `unique` …
    pub root: String,
    /// The way into it.
    pub path: Vec<Segment>,
    /// `upper`, `length` … in order.
    pub filters: Vec<Filter>,
}

/// One part of a path into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// `.name`, or `["name"]` for names with dots.
    Name(String),
    /// `[3]`, from 0.
    Index(usize),
    /// `[*]`: all elements, as a list.
    All,
    /// `[0:100]`: the elements from the first index to before the second, as a list; fewer if there are no more.
    Slice(usize, usize),
}

impl Expression {
    /// Reads what stands between `${` and `}`.
    ///
    /// # Errors
    /// [`TemplateError`] when it is no path, or names an unknown filter.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let malformed = || TemplateError::Malformed(source.to_owned());
        let mut sections = source.split('|');
        let mut rest = sections.next().unwrap_or_default().trim();
        let mut names = Vec::new();
        let mut first = true;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('[') {
                let end = after.find(']').ok_or_else(malformed)?;
                let (inner, tail) = after.split_at(end);
                let quoted = inner.strip_prefix('"').and_then(|i| i.strip_suffix('"'));
                let index = |text: &str| text.trim().parse().map_err(|_| malformed());
                names.push(match (inner, quoted, inner.split_once(':')) {
                    ("*", _, _) => Segment::All,
                    (_, Some(name), _) => Segment::Name(name.to_owned()),
                    (_, None, Some((start, end))) => Segment::Slice(index(start)?, index(end)?),
                    (_, None, None) => Segment::Index(index(inner)?),
                });
                rest = tail.get(1..).unwrap_or_default();
            } else {
                let after = if first {
                    rest
                } else {
                    rest.strip_prefix('.').ok_or_else(malformed)?
                };
                let end = after.find(['.', '[']).unwrap_or(after.len());
                let (name, tail) = after.split_at(end);
                let fine = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '$';
                if name.is_empty() || !name.chars().all(fine) {
                    return Err(malformed());
                }
                names.push(Segment::Name(name.to_owned()));
                rest = tail;
            }
            first = false;
        }
        let mut names = names.into_iter();
        let Some(Segment::Name(root)) = names.next() else {
            return Err(malformed());
        };
        let filters = sections
            .map(|word| {
                let word = word.trim();
                Filter::WORDS
                    .iter()
                    .find(|(name, _)| *name == word)
                    .map(|(_, filter)| *filter)
                    .ok_or_else(|| TemplateError::UnknownFilter(word.to_owned()))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            root,
            path: names.collect(),
            filters,
        })
    }

    /// The value written into a text, where what is filled in is encoded unless `raw` follows it.
    pub(super) fn written(
        &self,
        scope: &dyn Scope,
        encode: &impl Fn(&str) -> String,
    ) -> Result<String, Undefined> {
        let text = text_of(&self.evaluate(scope)?);
        Ok(if self.filters.contains(&Filter::Raw) {
            text
        } else {
            encode(&text)
        })
    }

    pub(super) fn evaluate(&self, scope: &dyn Scope) -> Result<Value, Undefined> {
        let undefined = || Undefined(self.to_string());
        let found = if self.root == "unique" {
            let kind: Vec<&str> = self
                .path
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Name(name) => Some(name.as_str()),
                    Segment::Index(_) | Segment::All | Segment::Slice(..) => None,
                })
                .collect();
            scope.unique(&kind.join(".")).ok_or_else(undefined)?
        } else {
            let root = scope.variable(&self.root).ok_or_else(undefined)?;
            let found = walk(&root, &self.path).ok_or_else(undefined)?;
            found.into_owned()
        };
        self.filters
            .iter()
            .try_fold(found, |value, filter| filter.apply(&value))
            .ok_or_else(undefined)
    }
}

fn walk<'a>(value: &'a Value, path: &[Segment]) -> Option<Cow<'a, Value>> {
    let Some((first, rest)) = path.split_first() else {
        return Some(Cow::Borrowed(value));
    };
    let each = |items: &mut dyn Iterator<Item = &'a Value>| {
        items
            .map(|item| walk(item, rest).map(Cow::into_owned))
            .collect::<Option<Vec<_>>>()
            .map(|found| Cow::Owned(Value::Array(found)))
    };
    match first {
        Segment::Name(name) => walk(value.get(name)?, rest),
        Segment::Index(index) => walk(value.get(index)?, rest),
        Segment::All => each(&mut value.as_array()?.iter()),
        Segment::Slice(start, end) => each(&mut value.as_array()?.iter().take(*end).skip(*start)),
    }
}

impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.root)?;
        for segment in &self.path {
            match segment {
                Segment::Name(name) if name.contains(['.', ':']) => write!(f, "[{name:?}]")?,
                Segment::Name(name) => write!(f, ".{name}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::All => f.write_str("[*]")?,
                Segment::Slice(start, end) => write!(f, "[{start}:{end}]")?,
            }
        }
        for filter in &self.filters {
            let word = Filter::WORDS
                .iter()
                .find(|(_, known)| known == filter)
                .map_or("", |(word, _)| word);
            write!(f, "|{word}")?;
        }
        Ok(())
    }
}
