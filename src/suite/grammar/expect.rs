//! Expectations and conditions.

use super::keywords::SCHEMA;
use super::pattern::{DURATION, HEADER_NAME, JSON_PATH, STATUS_CLASS, STATUS_CLASS_ONLY, VARIABLE};
use super::shape::{Construct, Key, Rule, Shape};

/// What stands at `expect`.
pub(super) const EXPECT: &[Shape] = &[
    Shape::Construct(&ENTRY),
    Shape::List(1, &Shape::Construct(&ENTRY)),
];

/// What a value must match: a schema, or a bare value.
pub(super) const MATCHER: Shape = Shape::Either(&[Shape::Construct(&SCHEMA), Shape::Bare]);

const CODE: Shape = Shape::Integer(100, 599);

const STATUS: Key = may!(
    "status",
    Shape::Either(&[
        CODE,
        Shape::Of(&STATUS_CLASS),
        Shape::List(1, &Shape::Either(&[CODE, Shape::Of(&STATUS_CLASS_ONLY)])),
        Shape::Construct(&SCHEMA),
    ]),
    "The status code: `409`, `4xx`, a list of these, or a schema.",
);
const HEADERS: Key = may!(
    "headers",
    Shape::Map(1, Some(&HEADER_NAME), &MATCHER),
    "Headers with what they must match."
);
const BODY: Key = may!(
    "body",
    Shape::Word(&[("none", "empty"), ("json", "JSON, any")]),
    "Whether there is a body.",
);
const TIME: Key = may!(
    "time",
    Shape::Either(&[Shape::Of(&DURATION), Shape::Construct(&SCHEMA)]),
    "The response time at most, or a schema that its milliseconds match. A breach warns."
);
const SIZE: Key = may!(
    "size",
    Shape::Either(&[Shape::Integer(0, 1_000_000_000), Shape::Construct(&SCHEMA)]),
    "How many bytes the body has."
);
const TEXT: Key = may!("text", MATCHER, "The body as text.");
const XML: Key = may!(
    "xml",
    Shape::Map(1, None, &MATCHER),
    "Places in an XML body: XPaths with what the text there must match."
);
const RESOURCE: Key = may!(
    "resource",
    Shape::Text,
    "The body is a valid representation of that resource type."
);
const LIST: Key = may!(
    "list",
    Shape::Text,
    "The body is a valid list response of such resources."
);
const ERROR: Key = may!(
    "error",
    Shape::Either(&[Shape::Text, Shape::List(1, &Shape::Text)]),
    "The body is a SCIM error with that `scimType`; `any` asks for the shape only.",
);
const SAME_AS: Key = may!(
    "sameAs",
    Shape::Any,
    "The same resource, by SCIM's rules: `sent`, or a `${…}`."
);
const SELECTS: Key = may!(
    "selects",
    Shape::Construct(&SELECTED),
    "Of some resources, the list holds exactly those that the filter selects.",
);
const TRAIT: Key = may!(
    "trait",
    Shape::Map(1, Some(&VARIABLE), &Shape::Text),
    "Recorded as a trait of the server when all of this holds.",
);

static ENTRY: Construct = Construct {
    name: "expectation",
    what: "an expectation",
    doc: "Locations with what they must match, and SCIM-aware words.",
    keys: &[
        STATUS,
        HEADERS,
        BODY,
        TEXT,
        SIZE,
        XML,
        TIME,
        RESOURCE,
        LIST,
        ERROR,
        SAME_AS,
        SELECTS,
        may!(
            "any",
            Shape::List(1, &Shape::Construct(&CHOICE)),
            "One of these holds."
        ),
        may!(
            "level",
            Shape::Word(&[
                ("should", "a breach warns"),
                ("may", "a breach warns"),
                (
                    "must",
                    "a breach fails, or, in a check of a lower level, warns and ends it"
                )
            ]),
            "How binding it is, if it differs from the check's level."
        ),
        may!(
            "when",
            Shape::Construct(&CONDITION),
            "Judged only if this holds."
        ),
        may!("because", Shape::Text, "Said when it is broken."),
        TRAIT,
    ],
    open: Some((&JSON_PATH, MATCHER)),
    rules: &[Rule::NotEmpty],
    hint: Some(
        "a place in the body is a JSONPath that starts with `$`; a header stands under `headers`",
    ),
};

static CHOICE: Construct = Construct {
    name: "choice",
    what: "a choice of `any`",
    doc: "One lawful choice.",
    keys: &[
        STATUS, HEADERS, BODY, TEXT, SIZE, XML, RESOURCE, LIST, ERROR, SAME_AS, SELECTS, TRAIT,
    ],
    open: Some((&JSON_PATH, MATCHER)),
    rules: &[Rule::NotEmpty],
    hint: Some(
        "`level`, `when`, `because` and `time` stand beside `any`, not in it; a place in the body starts with `$`",
    ),
};

static SELECTED: Construct = Construct {
    name: "selects",
    what: "`selects`",
    doc: "Of these resources, the list holds exactly those that our own evaluator selects.",
    keys: &[
        must!("filter", Shape::Text, "The filter (RFC 7644 §3.4.2.2)."),
        must!(
            "among",
            Shape::Either(&[Shape::Text, Shape::List(1, &Shape::Any)]),
            "The resources that count."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

const CAPABILITIES: &[(&str, &str)] = &[
    ("patch", "patch.supported"),
    ("bulk", "bulk.supported"),
    ("filter", "filter.supported"),
    ("sort", "sort.supported"),
    ("etag", "etag.supported"),
    ("changePassword", "changePassword.supported"),
    ("cursor", "pagination.cursor (RFC 9865)"),
];

const METHODS: &[(&str, &str)] = &[
    ("GET", "RFC 9110 §9.3.1"),
    ("HEAD", "RFC 9110 §9.3.2"),
    ("POST", "RFC 9110 §9.3.3"),
    ("PUT", "RFC 9110 §9.3.4"),
    ("DELETE", "RFC 9110 §9.3.5"),
    ("PATCH", "RFC 5789"),
];

static PUBLISHED: &[(&str, &str)] = &[
    ("ServiceProviderConfig", "/ServiceProviderConfig"),
    ("ResourceTypes", "/ResourceTypes"),
    ("Schemas", "/Schemas"),
];

pub(super) static CONDITION: Construct = Construct {
    name: "condition",
    what: "a condition",
    doc: "All entries must hold.",
    keys: &[
        may!(
            "supports",
            Shape::Either(&[
                Shape::Word(CAPABILITIES),
                Shape::List(1, &Shape::Word(CAPABILITIES))
            ]),
            "The target says so in its ServiceProviderConfig, or says nothing."
        ),
        may!(
            "resourceType",
            Shape::Either(&[Shape::Text, Shape::List(1, &Shape::Text)]),
            "It offers that resource type (by name, or the URN of its schema or an extension), or says nothing of its types."
        ),
        may!(
            "extensionRequired",
            Shape::Text,
            "Each resource of this type must have an extension (`schemaExtensions` with `required: true`)."
        ),
        may!(
            "publishes",
            Shape::Either(&[
                Shape::Word(PUBLISHED),
                Shape::List(1, &Shape::Word(PUBLISHED))
            ]),
            "It has that discovery endpoint, whatever it answers there."
        ),
        may!(
            "trait",
            Shape::Map(1, Some(&VARIABLE), &Shape::Text),
            "An earlier step of this check saw that choice."
        ),
        may!(
            "config",
            Shape::Map(1, None, &Shape::Scalar),
            "The configuration has that value."
        ),
        may!("equal", Shape::Pair(&Shape::Any), "Both are equal."),
        may!(
            "among",
            Shape::Pair(&Shape::Any),
            "The first is one of the second, a list; it holds too where there is no list (`null`)."
        ),
        may!(
            "atTarget",
            Shape::Text,
            "A URL, such as `${var.base}/Users`, that lies on the target's host."
        ),
        may!(
            "status",
            Shape::Either(&[
                CODE,
                Shape::Of(&STATUS_CLASS_ONLY),
                Shape::List(1, &Shape::Either(&[CODE, Shape::Of(&STATUS_CLASS_ONLY)])),
            ]),
            "The response has such a status. Only in an entry of `expect` or `always`."
        ),
        may!(
            "method",
            Shape::Either(&[Shape::Word(METHODS), Shape::List(1, &Shape::Word(METHODS))]),
            "The request had such a method. Only in an entry of `expect` or `always`."
        ),
        may!(
            "projected",
            Shape::Bool,
            "The request chose attributes (`attributes`, `excludedAttributes`), or did not. Only in an entry of `expect` or `always`."
        ),
        may!(
            "bodySchema",
            Shape::Either(&[Shape::Text, Shape::List(1, &Shape::Text)]),
            "The `schemas` of the body hold one of these URNs. Only in an entry of `expect` or `always`."
        ),
        may!("not", Shape::Construct(&CONDITION), "These don't all hold."),
    ],
    open: None,
    rules: &[Rule::NotEmpty],
    hint: None,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::{Capability, Published};

    #[test]
    fn the_words_are_those_of_the_tree() {
        let words: Vec<&str> = CAPABILITIES.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, Capability::WORDS.map(|(word, _)| word));
        let words: Vec<&str> = PUBLISHED.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, Published::WORDS.map(|(word, _)| word));
    }
}
