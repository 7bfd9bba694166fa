//! What may stand at a key.

use super::pattern::Pattern;
use crate::suite::source::Kind;

/// A form of value.
#[derive(Debug)]
pub(in crate::suite) enum Shape {
    /// Anything.
    Any,
    /// Anything but a mapping.
    Bare,
    /// A text that is not empty.
    Text,
    /// Any text, an empty one too.
    AnyText,
    /// A text, a number, or `true` or `false`.
    Scalar,
    /// `null`.
    Null,
    /// A text of a certain form.
    Of(&'static Pattern),
    /// One of these words, each with its meaning.
    Word(&'static [(&'static str, &'static str)]),
    /// Only this word.
    Only(&'static str),
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// A whole number within bounds.
    Integer(u64, u64),
    /// A list of at least so many.
    List(usize, &'static Self),
    /// A list of exactly two.
    Pair(&'static Self),
    /// A mapping of at least so many members with keys of one form.
    Map(usize, Option<&'static Pattern>, &'static Self),
    /// A mapping with known keys.
    Construct(&'static Construct),
    /// One of several forms, which the kind of value tells apart: text, number, list, mapping.
    Either(&'static [Self]),
    /// One of several mappings, told apart by the key that each requires.
    ByKey(&'static [(&'static str, &'static Construct)]),
}

/// A mapping with known keys.
#[derive(Debug)]
pub(in crate::suite) struct Construct {
    /// Its name in the JSON Schema: `check`.
    pub(in crate::suite) name: &'static str,
    /// With its article, for messages: `a check`.
    pub(in crate::suite) what: &'static str,
    /// One sentence.
    pub(in crate::suite) doc: &'static str,
    /// Its keys.
    pub(in crate::suite) keys: &'static [Key],
    /// Keys that aren't known by name: all of a form.
    pub(in crate::suite) open: Option<(&'static Pattern, Shape)>,
    /// What must hold of its keys together.
    pub(in crate::suite) rules: &'static [Rule],
    /// What to do about a key that is not known and near to none.
    pub(in crate::suite) hint: Option<&'static str>,
}

/// One key of a mapping.
#[derive(Debug)]
pub(in crate::suite) struct Key {
    /// The key.
    pub(in crate::suite) name: &'static str,
    /// What stands there.
    pub(in crate::suite) shape: Shape,
    /// Whether it must be there.
    pub(in crate::suite) required: bool,
    /// One sentence.
    pub(in crate::suite) doc: &'static str,
}

/// What must hold of several keys.
#[derive(Debug)]
pub(in crate::suite) enum Rule {
    /// Exactly one of these; what it is.
    ExactlyOne(&'static str, &'static [&'static str]),
    /// At most one of these.
    AtMostOne(&'static [&'static str]),
    /// The first ones exclude the second ones.
    Excludes(
        &'static [&'static str],
        &'static [&'static str],
        &'static str,
    ),
    /// At least one of these; the first is what is missing if none is there.
    AtLeastOne(&'static [&'static str]),
    /// Each mapping of a list needs these keys, unless another key stands beside the list.
    ItemsNeed {
        /// The key of the list, whose elements are a construct.
        list: &'static str,
        /// What each needs.
        keys: &'static [&'static str],
        /// The key that makes it unneeded.
        unless: &'static str,
    },
    /// At least one key.
    NotEmpty,
}

/// A key that may be left out. A macro, since what a function is given does not live for ever.
macro_rules! may {
    ($name:expr, $shape:expr, $doc:expr $(,)?) => {
        crate::suite::grammar::shape::Key {
            name: $name,
            shape: $shape,
            required: false,
            doc: $doc,
        }
    };
}

/// A key that must be there.
macro_rules! must {
    ($name:expr, $shape:expr, $doc:expr $(,)?) => {
        crate::suite::grammar::shape::Key {
            name: $name,
            shape: $shape,
            required: true,
            doc: $doc,
        }
    };
}

impl Shape {
    /// What may stand there, in words.
    pub(super) fn expected(&self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::Bare => "a bare value".to_owned(),
            Self::Text | Self::AnyText => "a text".to_owned(),
            Self::Scalar => "a text, a number, `true` or `false`".to_owned(),
            Self::Null => "`null`".to_owned(),
            Self::Of(pattern) => pattern.what.to_owned(),
            Self::Word(words) => {
                let words: Vec<String> =
                    words.iter().map(|(word, _)| format!("`{word}`")).collect();
                match words.as_slice() {
                    [one] => one.clone(),
                    _ => format!("one of {}", words.join(", ")),
                }
            }
            Self::Only(word) => format!("`{word}`"),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Integer(min, max) => format!("a whole number from {min} to {max}"),
            Self::List(_, _) => "a list".to_owned(),
            Self::Pair(_) => "a list of two".to_owned(),
            Self::Map(_, _, _) | Self::ByKey(_) => "a mapping".to_owned(),
            Self::Construct(construct) => format!("{} (a mapping)", construct.what),
            Self::Either(shapes) => {
                let words: Vec<String> = shapes.iter().map(Self::expected).collect();
                words.join(", or ")
            }
        }
    }

    /// Whether a value of that kind may stand there, whatever is in it.
    pub(super) const fn takes(&self, kind: &Kind) -> bool {
        match self {
            Self::Any => true,
            Self::Bare => !matches!(kind, Kind::Map(_)),
            Self::Text | Self::AnyText | Self::Of(_) | Self::Word(_) | Self::Only(_) => {
                matches!(kind, Kind::Text(_))
            }
            Self::Scalar => matches!(kind, Kind::Text(_) | Kind::Number(_) | Kind::Bool(_)),
            Self::Null => matches!(kind, Kind::Null),
            Self::Bool => matches!(kind, Kind::Bool(_)),
            Self::Number | Self::Integer(_, _) => matches!(kind, Kind::Number(_)),
            Self::List(_, _) | Self::Pair(_) => matches!(kind, Kind::List(_)),
            Self::Map(_, _, _) | Self::Construct(_) | Self::ByKey(_) => {
                matches!(kind, Kind::Map(_))
            }
            Self::Either(shapes) => {
                let mut at = 0;
                while at < shapes.len() {
                    if shapes[at].takes(kind) {
                        return true;
                    }
                    at += 1;
                }
                false
            }
        }
    }
}
