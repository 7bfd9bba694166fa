//! The kinds of files, told apart by their first key.

use super::pattern::{ID, LINE, REQUIREMENT};
use super::shape::{Construct, Rule, Shape};
use super::suite::{DIALECT, LEVEL, SUITE};

/// Each kind with the key that says it.
pub(in crate::suite) static FILES: [(&str, &Construct); 4] = [
    ("suite", &SUITE),
    ("fixture", &FIXTURE),
    ("catalogue", &CATALOGUE),
    ("profile", &PROFILE),
];

static FIXTURE: Construct = Construct {
    name: "fixture",
    what: "a fixture",
    doc: "A resource that most servers take. What the target's schema requires is added by itself.",
    keys: &[
        must!(
            "fixture",
            Shape::Of(&ID),
            "Its name, as `given` and `body` use it."
        ),
        must!("title", Shape::Of(&LINE), "One line."),
        may!(
            "extends",
            Shape::Of(&ID),
            "The fixture whose other members it has too, and whose overrides in the configuration."
        ),
        must!(
            "resourceType",
            Shape::Text,
            "The name of its resource type; it chooses the endpoint."
        ),
        must!(
            "endpoint",
            Shape::Of(&super::pattern::PATH),
            "The endpoint where there is no discovery: `/Users`."
        ),
        may!(
            "scim",
            Shape::Word(DIALECT),
            "The dialect; `\"2.0\"` if it is not there."
        ),
        must!("body", Shape::Map(1, None, &Shape::Any), "The JSON body."),
        may!(
            "only",
            Shape::Text,
            "A `${…}` that is a list of attributes: it has no others, but those that the target requires, and those of the \
             configuration and of the check. All if the list is `null`."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static CATALOGUE: Construct = Construct {
    name: "catalogue",
    what: "a catalogue",
    doc: "Requirements that checks cite.",
    keys: &[
        must!(
            "catalogue",
            Shape::Text,
            "Its id, the first part of the ids of its requirements."
        ),
        must!(
            "title",
            Shape::Of(&LINE),
            "Where the requirements are from, for people."
        ),
        may!("url", Shape::Text, "That on the web."),
        may!(
            "plan",
            Shape::Bool,
            "Whether each requirement is accounted for in records, cited or not."
        ),
        may!(
            "suites",
            Shape::List(1, &Shape::Text),
            "For a plan: globs over the ids of the suites that are about it."
        ),
        must!(
            "requirements",
            Shape::List(1, &Shape::Construct(&REQUIREMENT_ROW)),
            "The requirements."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static REQUIREMENT_ROW: Construct = Construct {
    name: "requirement",
    what: "a requirement",
    doc: "A numbered normative statement.",
    keys: &[
        must!("id", Shape::Of(&REQUIREMENT), "Its id, for ever."),
        may!(
            "level",
            Shape::Word(LEVEL),
            "How binding it is; `must` if it is not there."
        ),
        may!("clause", Shape::Of(&LINE), "Where in the text it stands."),
        must!(
            "statement",
            Shape::Text,
            "What it demands, in one sentence."
        ),
        may!(
            "url",
            Shape::Text,
            "The clause on the web, if it differs from the catalogue's."
        ),
        may!(
            "testable",
            Shape::Bool,
            "Whether a check is expected to cite it; `true` if it is not there."
        ),
        may!("because", Shape::Text, "Why no check can cite it."),
        may!(
            "remains",
            Shape::Text,
            "What a person has to look at besides what checks show."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static PROFILE: Construct = Construct {
    name: "profile",
    what: "a profile",
    doc: "A named choice of suites.",
    keys: &[
        must!("profile", Shape::Of(&ID), "Its name."),
        must!("title", Shape::Of(&LINE), "One line."),
        must!(
            "suites",
            Shape::List(1, &Shape::Text),
            "Globs over the ids of suites."
        ),
        may!(
            "attributes",
            Shape::Bool,
            "Whether a run of it finds out what becomes of each attribute that Okta sends; `false` if it is not there."
        ),
    ],
    open: None,
    rules: &[Rule::NotEmpty],
    hint: None,
};
