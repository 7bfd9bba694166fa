//! Values with `${…}` in them.

mod compose;
mod expression;
mod filter;

use std::borrow::Cow;

use serde_json::Value;
use thiserror::Error;

pub use compose::{FOR_EACH, FROM, ITEM, ONLY, merge, only};
pub use expression::{Expression, Segment};
pub use filter::Filter;

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
pub const TARGET_WORDS: [&str; 4] = ["base_url", "path", "version", "unversioned"];

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
    /// `{ forEach: …, item: … }`: a list with one value for each of another list.
    Each {
        /// The other list.
        list: Expression,
        /// The value, which knows the element as `item`.
        item: Box<Self>,
    },
    /// `{ from: …, … }`: another object, with members that differ.
    Merge(Box<Merge>),
}

/// What a merged object is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// The other object.
    pub from: Expression,
    /// A list of attributes: the members that differ are taken only as far as it names them.
    pub only: Option<Expression>,
    /// What differs; `null` removes a member.
    pub with: Template,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// To fill in.
    Value(Expression),
}

/// Where the values come from.
pub trait Scope {
    /// The value of a variable; `None` when there is none of that name.
    fn variable(&self, root: &str) -> Option<Cow<'_, Value>>;

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
    /// `forEach` without what belongs to it.
    #[error("`forEach` is one `${{…}}` that is a list, and only `item` stands beside it")]
    ForEach,
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
            Value::Object(members) if compose::is_composed(members) => compose::read(members)?,
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
            Self::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    match item {
                        // Its values stand in the list themselves.
                        Self::Each { list, item } => {
                            values.extend(compose::each(list, item, scope)?);
                        }
                        item => values.push(item.render(scope)?),
                    }
                }
                Value::Array(values)
            }
            Self::Each { list, item } => Value::Array(compose::each(list, item, scope)?),
            Self::Merge(made) => {
                let mut value = made.from.evaluate(scope)?;
                let with = made.with.render(scope)?;
                merge(&mut value, only(with, made.only.as_ref(), scope)?);
                value
            }
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
            Self::Whole(expression) => expression.written(scope, &encode)?,
            Self::Text(parts) => {
                let mut out = String::new();
                for part in parts {
                    match part {
                        Part::Text(text) => out.push_str(text),
                        Part::Value(expression) => {
                            out.push_str(&expression.written(scope, &encode)?);
                        }
                    }
                }
                out
            }
            Self::List(_) | Self::Map(_) | Self::Each { .. } | Self::Merge(_) => {
                encode(&self.render(scope)?.to_string())
            }
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
            Self::List(_) | Self::Map(_) | Self::Each { .. } | Self::Merge(_) => "…".to_owned(),
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
            Self::Each { list, item } => {
                let of_item = item.expressions();
                let outer = of_item
                    .into_iter()
                    .filter(|expression| expression.root != ITEM);
                std::iter::once(list).chain(outer).collect()
            }
            Self::Merge(made) => std::iter::once(&made.from)
                .chain(&made.only)
                .chain(made.with.expressions())
                .collect(),
        }
    }
}

/// A value written as text for comparisons: as [`text_of`] does, with whole numbers in their shortest form (`1.0` is
/// `1`, as in JavaScript).
pub fn plain_text(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap_or_default();
            // Rust writes numbers in the shortest form that reads back, whole ones without a point.
            format!("{number}")
        }
        _ => text_of(value),
    }
}

/// The number that a text is: digits with a sign, a point, an exponent perhaps.
pub fn number_of(text: &str) -> Option<serde_json::Number> {
    let text = text.trim();
    if let Ok(number) = serde_json::from_str(text) {
        return Some(number);
    }
    // JSON has no `007`, `+5` and `.5`.
    let decimal = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let number: f64 = text.chars().all(decimal).then(|| text.parse().ok())??;
    serde_json::Number::from_f64(number)
}

/// A value written into text: texts as they are, everything else as JSON.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
