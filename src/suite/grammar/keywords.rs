//! The keywords of JSON Schema 2020-12 that suites may use, and those that the suite language adds.

use super::pattern::{DURATION, VALUE};
use super::shape::{Construct, Rule, Shape};

// Macros: constants that hold the table would be a circle.
/// A schema, `true` or `false`, or a `${…}` that is one.
macro_rules! inner {
    () => {
        Shape::Either(&[Shape::Construct(&SCHEMA), Shape::Bool, Shape::Of(&VALUE)])
    };
}
macro_rules! inners {
    () => {
        Shape::List(1, &inner!())
    };
}
macro_rules! named {
    () => {
        Shape::Map(0, None, &inner!())
    };
}
const COUNT: Shape = Shape::Either(&[Shape::Integer(0, 1_000_000_000), Shape::Of(&VALUE)]);
const NUMBER: Shape = Shape::Either(&[Shape::Number, Shape::Of(&VALUE)]);
const NAMES: Shape = Shape::List(0, &Shape::AnyText);
const TYPES: &[(&str, &str)] = &[
    ("string", "text"),
    ("number", "a number"),
    ("integer", "a whole number"),
    ("boolean", "`true` or `false`"),
    ("object", "a mapping"),
    ("array", "a list"),
    ("null", "`null`"),
];
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "RFC 3339"),
    ("date", "RFC 3339"),
    ("time", "RFC 3339"),
    ("duration", "ISO 8601"),
    ("email", "RFC 5321"),
    ("hostname", "RFC 1123"),
    ("ipv4", "RFC 2673"),
    ("ipv6", "RFC 4291"),
    ("uri", "RFC 3986"),
    ("uri-reference", "RFC 3986"),
    ("uuid", "RFC 4122"),
    ("json-pointer", "RFC 6901"),
    ("regex", "ECMA 262"),
];
macro_rules! either_match {
    () => {
        Shape::Either(&[Shape::Construct(&SCHEMA), Shape::Bare])
    };
}

pub(super) static SCHEMA: Construct = Construct {
    name: "schema",
    what: "a JSON Schema",
    doc: "JSON Schema 2020-12 with the keywords of the suite language.",
    keys: &[
        may!(
            "absent",
            Shape::Bool,
            "Nothing is there, or `null`, or an empty list (RFC 7643 §2.5)."
        ),
        may!(
            "notEmpty",
            Shape::Bool,
            "It is not `null`, `\"\"`, `[]` or `{}`; `false`: it is one of these."
        ),
        may!(
            "asText",
            either_match!(),
            "The value, written as text, matches."
        ),
        may!(
            "asNumber",
            either_match!(),
            "The value, a number or text that is one, matches."
        ),
        may!(
            "ignoringCase",
            Shape::AnyText,
            "It is this text, whatever the case."
        ),
        may!(
            "includesAll",
            Shape::Either(&[Shape::List(1, &Shape::Any), Shape::Of(&VALUE)]),
            "The list holds all of these."
        ),
        may!(
            "containsText",
            Shape::AnyText,
            "It, written as text, holds this text; or it is a list or an object, and one of its elements or members is this text."
        ),
        may!(
            "hasValue",
            Shape::Bare,
            "An element of the list, or a member of the object, is this, compared as text."
        ),
        may!(
            "instant",
            Shape::Construct(&INSTANT),
            "The text is a point in time, compared as such."
        ),
        may!(
            "optional",
            Shape::Bool,
            "Whether nothing may be there; what is there must match the rest."
        ),
        may!(
            "type",
            Shape::Either(&[Shape::Word(TYPES), Shape::List(1, &Shape::Word(TYPES))]),
            "What kind of value it is."
        ),
        may!("const", Shape::Any, "It is equal to this."),
        may!(
            "enum",
            Shape::Either(&[Shape::List(1, &Shape::Any), Shape::Of(&VALUE)]),
            "It is equal to one of these."
        ),
        may!(
            "pattern",
            Shape::AnyText,
            "The text holds a match of this regular expression."
        ),
        may!("format", Shape::Word(FORMATS), "The text has this form."),
        may!("minLength", COUNT, "At least so many characters."),
        may!("maxLength", COUNT, "At most so many characters."),
        may!("minimum", NUMBER, "At least this."),
        may!("maximum", NUMBER, "At most this."),
        may!("exclusiveMinimum", NUMBER, "More than this."),
        may!("exclusiveMaximum", NUMBER, "Less than this."),
        may!("multipleOf", Shape::Number, "A multiple of this."),
        may!("minItems", COUNT, "At least so many elements."),
        may!("maxItems", COUNT, "At most so many elements."),
        may!("uniqueItems", Shape::Bool, "No element is there twice."),
        may!("items", inner!(), "What each element must match."),
        may!(
            "prefixItems",
            inners!(),
            "What the first elements must match, one by one."
        ),
        may!("contains", inner!(), "What some element must match."),
        may!(
            "minContains",
            COUNT,
            "At least so many elements match `contains`."
        ),
        may!(
            "maxContains",
            COUNT,
            "At most so many elements match `contains`."
        ),
        may!(
            "properties",
            named!(),
            "What members must match, if they are there."
        ),
        may!(
            "patternProperties",
            named!(),
            "What members of such names must match."
        ),
        may!(
            "additionalProperties",
            inner!(),
            "What all other members must match."
        ),
        may!(
            "propertyNames",
            inner!(),
            "What the names of members must match."
        ),
        may!("required", NAMES, "Members that must be there."),
        may!(
            "dependentRequired",
            Shape::Map(0, None, &NAMES),
            "Members that must be there if another is."
        ),
        may!(
            "dependentSchemas",
            named!(),
            "What must match if a member is there."
        ),
        may!("minProperties", COUNT, "At least so many members."),
        may!("maxProperties", COUNT, "At most so many members."),
        may!(
            "unevaluatedProperties",
            inner!(),
            "What members that nothing else looked at must match."
        ),
        may!(
            "unevaluatedItems",
            inner!(),
            "What elements that nothing else looked at must match."
        ),
        may!("allOf", inners!(), "All of these match."),
        may!("anyOf", inners!(), "At least one of these matches."),
        may!("oneOf", inners!(), "Exactly one of these matches."),
        may!("not", inner!(), "This does not match."),
        may!(
            "if",
            inner!(),
            "If this matches, `then` must, else `else` must."
        ),
        may!("then", inner!(), "Must match if `if` does."),
        may!("else", inner!(), "Must match if `if` does not."),
        may!("$defs", named!(), "Schemas to refer to."),
        may!("$ref", Shape::Text, "The schema at `#/$defs/…`."),
        may!("$comment", Shape::AnyText, "For people."),
        may!("description", Shape::AnyText, "For people."),
    ],
    open: None,
    rules: &[],
    hint: Some(
        "what stands at a location is a schema; an object that must be equal is written `const: { … }`",
    ),
};

static INSTANT: Construct = Construct {
    name: "instant",
    what: "a point in time",
    doc: "What a point in time must be: dates as SCIM has them (`xsd:dateTime`) or as HTTP headers do.",
    keys: &[
        may!("equals", Shape::Text, "It is this one."),
        may!("notBefore", Shape::Text, "It is this one, or later."),
        may!("notAfter", Shape::Text, "It is this one, or earlier."),
        may!(
            "within",
            Shape::Of(&DURATION),
            "By how much it may differ from these."
        ),
    ],
    open: None,
    rules: &[Rule::AtLeastOne(&["equals", "notBefore", "notAfter"])],
    hint: None,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_added_keywords_are_those_of_the_tree() {
        for word in crate::suite::KEYWORDS {
            assert!(SCHEMA.keys.iter().any(|key| key.name == word), "{word}");
        }
    }
}
