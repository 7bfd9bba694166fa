//! Values with `${…}` in them.

use serde_json::Value;
use thiserror::Error;

/// The kinds of generated values: `${unique.KIND}`.
pub const UNIQUE_KINDS: [&str; 8] = [
    "email",
    "userName",
    "givenName",
    "familyName",
    "name",
    "id",
    "digits",
    "password",
];

/// What is known of the run: `${run.WORD}`.
pub const RUN_WORDS: [&str; 2] = ["tag", "seed"];

/// What is known of the target: `${target.WORD}`.
pub const TARGET_WORDS: [&str; 1] = ["base_url"];

/// What stands between each `${` and its `}`, in order; `None` for one that has no `}`.
pub fn placeholders(text: &str) -> Vec<Option<&str>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        let inner = from.get(2..).unwrap_or_default();
        if before.ends_with('$') {
            rest = inner;
            continue;
        }
        let Some((source, after)) = inner.split_once('}') else {
            found.push(None);
            break;
        };
        found.push(Some(source));
        rest = after;
    }
    found
}

/// JSON in which texts and member names may hold `${…}`.
#[derive(Debug, Clone, PartialEq)]
pub enum Template {
    /// Nothing to fill in.
    Literal(Value),
    /// The whole text is one `${…}`: the value keeps its JSON type.
    Whole(Expression),
    /// Text around at least one `${…}`.
    Text(Vec<Part>),
    /// A list with something to fill in.
    List(Vec<Self>),
    /// An object with something to fill in.
    Map(Vec<(Self, Self)>),
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// To fill in.
    Value(Expression),
}

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
}

/// A filter after a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Capitals.
    Upper,
    /// Small letters.
    Lower,
    /// Capitals become small letters and the other way round.
    SwapCase,
    /// The first letter becomes a capital.
    Capitalize,
    /// The number of characters, elements or members.
    Length,
    /// The value as JSON text.
    Json,
}

impl Filter {
    /// All filters, with their words.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("upper", Self::Upper),
        ("lower", Self::Lower),
        ("swapcase", Self::SwapCase),
        ("capitalize", Self::Capitalize),
        ("length", Self::Length),
        ("json", Self::Json),
    ];

    fn apply(self, value: &Value) -> Value {
        match self {
            Self::Upper => text_of(value).to_uppercase().into(),
            Self::Lower => text_of(value).to_lowercase().into(),
            Self::SwapCase => text_of(value)
                .chars()
                .flat_map(|c| -> Box<dyn Iterator<Item = char>> {
                    if c.is_uppercase() {
                        Box::new(c.to_lowercase())
                    } else {
                        Box::new(c.to_uppercase())
                    }
                })
                .collect::<String>()
                .into(),
            Self::Capitalize => {
                let text = text_of(value);
                let mut chars = text.chars();
                chars
                    .next()
                    .map_or_else(String::new, |first| {
                        first.to_uppercase().chain(chars).collect()
                    })
                    .into()
            }
            Self::Length => match value {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    text_of(value).chars().count()
                }
            }
            .into(),
            Self::Json => value.to_string().into(),
        }
    }
}

/// Where the values come from.
pub trait Scope {
    /// The value of a variable; `None` when there is none of that name.
    fn variable(&self, root: &str) -> Option<Value>;

    /// A generated value: the path after `unique`, such as `email.b`.
    fn unique(&self, kind: &str) -> Option<Value>;
}

/// A `${…}` that has no value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("nothing is known as ${{{0}}}")]
pub struct Undefined(pub String);

/// A `${…}` that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// No `}` follows.
    #[error("a `${{` has no `}}`")]
    Unclosed,
    /// What stands between is no path.
    #[error("`${{{0}}}` is no variable with a path, such as `${{user.emails[0].value}}`")]
    Malformed(String),
    /// No such filter; the second text is the nearest one.
    #[error("`{0}` is no filter")]
    UnknownFilter(String),
}

impl Template {
    /// Reads a JSON value in which texts may hold `${…}`.
    ///
    /// # Errors
    /// [`TemplateError`] for the first text that can't be read.
    pub fn new(value: &Value) -> Result<Self, TemplateError> {
        Ok(match value {
            Value::String(text) => Self::text(text)?,
            Value::Array(items) => {
                let items = items.iter().map(Self::new).collect::<Result<Vec<_>, _>>()?;
                if items.iter().all(|item| matches!(item, Self::Literal(_))) {
                    Self::Literal(value.clone())
                } else {
                    Self::List(items)
                }
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| Ok((Self::text(name)?, Self::new(value)?)))
                    .collect::<Result<Vec<_>, TemplateError>>()?;
                if members
                    .iter()
                    .all(|(n, v)| matches!(n, Self::Literal(_)) && matches!(v, Self::Literal(_)))
                {
                    // Member names may have held an escaped `$${`.
                    let plain = members
                        .into_iter()
                        .map(|(n, v)| (text_of(&n.into_literal()), v.into_literal()));
                    Self::Literal(Value::Object(plain.collect()))
                } else {
                    Self::Map(members)
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::Literal(value.clone()),
        })
    }

    fn into_literal(self) -> Value {
        if let Self::Literal(value) = self {
            value
        } else {
            Value::Null
        }
    }

    /// Reads a text that may hold `${…}`.
    ///
    /// # Errors
    /// [`TemplateError`] when it can't be read.
    pub fn text(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("${") {
            let (before, from) = rest.split_at(at);
            if let Some(before) = before.strip_suffix('$') {
                plain.push_str(before);
                plain.push_str("${");
                rest = from.get(2..).unwrap_or_default();
                continue;
            }
            plain.push_str(before);
            let inner = from.get(2..).unwrap_or_default();
            let end = inner.find('}').ok_or(TemplateError::Unclosed)?;
            let (source, after) = inner.split_at(end);
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Value(Expression::parse(source)?));
            rest = after.get(1..).unwrap_or_default();
        }
        plain.push_str(rest);
        if parts.is_empty() {
            return Ok(Self::Literal(Value::String(plain)));
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(match parts.as_slice() {
            [Part::Value(expression)] => Self::Whole(expression.clone()),
            _ => Self::Text(parts),
        })
    }

    /// Fills in.
    ///
    /// # Errors
    /// [`Undefined`] names the first `${…}` that has no value.
    pub fn render(&self, scope: &dyn Scope) -> Result<Value, Undefined> {
        Ok(match self {
            Self::Literal(value) => value.clone(),
            Self::Whole(expression) => expression.evaluate(scope)?,
            Self::Text(_) => {
                Value::String(self.render_text(scope, std::borrow::ToOwned::to_owned)?)
            }
            Self::List(items) => Value::Array(
                items
                    .iter()
                    .map(|item| item.render(scope))
                    .collect::<Result<_, _>>()?,
            ),
            Self::Map(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, value)| {
                        Ok((
                            name.render_text(scope, std::borrow::ToOwned::to_owned)?,
                            value.render(scope)?,
                        ))
                    })
                    .collect::<Result<_, Undefined>>()?,
            ),
        })
    }

    /// Fills in and gives text; `encode` is applied to what is filled in, not to what stood there.
    ///
    /// # Errors
    /// [`Undefined`] names the first `${…}` that has no value.
    pub fn render_text(
        &self,
        scope: &dyn Scope,
        encode: impl Fn(&str) -> String,
    ) -> Result<String, Undefined> {
        Ok(match self {
            Self::Literal(value) => text_of(value),
            Self::Whole(expression) => encode(&text_of(&expression.evaluate(scope)?)),
            Self::Text(parts) => {
                let mut out = String::new();
                for part in parts {
                    match part {
                        Part::Text(text) => out.push_str(text),
                        Part::Value(expression) => {
                            out.push_str(&encode(&text_of(&expression.evaluate(scope)?)));
                        }
                    }
                }
                out
            }
            Self::List(_) | Self::Map(_) => encode(&self.render(scope)?.to_string()),
        })
    }

    /// The text as far as it is known, with `…` for each `${…}` that has no value.
    pub fn outline(&self, scope: &dyn Scope) -> String {
        let known = |expression: &Expression| match expression.evaluate(scope) {
            Ok(value) => text_of(&value),
            Err(_) => "…".to_owned(),
        };
        match self {
            Self::Literal(value) => text_of(value),
            Self::Whole(expression) => known(expression),
            Self::Text(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => text.clone(),
                    Part::Value(expression) => known(expression),
                })
                .collect(),
            Self::List(_) | Self::Map(_) => "…".to_owned(),
        }
    }

    /// All `${…}` in it, in order.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Literal(_) => Vec::new(),
            Self::Whole(expression) => vec![expression],
            Self::Text(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Part::Value(expression) => Some(expression),
                    Part::Text(_) => None,
                })
                .collect(),
            Self::List(items) => items.iter().flat_map(Self::expressions).collect(),
            Self::Map(members) => members
                .iter()
                .flat_map(|(n, v)| n.expressions().into_iter().chain(v.expressions()))
                .collect(),
        }
    }
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
                names.push(match (inner, quoted) {
                    ("*", _) => Segment::All,
                    (_, Some(name)) => Segment::Name(name.to_owned()),
                    _ => Segment::Index(inner.parse().map_err(|_| malformed())?),
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

    fn evaluate(&self, scope: &dyn Scope) -> Result<Value, Undefined> {
        let undefined = || Undefined(self.to_string());
        let found = if self.root == "unique" {
            let kind: Vec<&str> = self
                .path
                .iter()
                .filter_map(|segment| match segment {
                    Segment::Name(name) => Some(name.as_str()),
                    Segment::Index(_) | Segment::All => None,
                })
                .collect();
            scope.unique(&kind.join(".")).ok_or_else(undefined)?
        } else {
            let root = scope.variable(&self.root).ok_or_else(undefined)?;
            walk(&root, &self.path).ok_or_else(undefined)?
        };
        Ok(self
            .filters
            .iter()
            .fold(found, |value, filter| filter.apply(&value)))
    }
}

fn walk(value: &Value, path: &[Segment]) -> Option<Value> {
    let Some((first, rest)) = path.split_first() else {
        return Some(value.clone());
    };
    match first {
        Segment::Name(name) => walk(value.get(name)?, rest),
        Segment::Index(index) => walk(value.get(index)?, rest),
        Segment::All => value
            .as_array()?
            .iter()
            .map(|item| walk(item, rest))
            .collect::<Option<Vec<_>>>()
            .map(Value::Array),
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

/// A value written into text: texts as they are, everything else as JSON.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
