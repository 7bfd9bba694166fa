//! Suites, checks, and what a check is made of besides steps.

use super::expect::{CONDITION, EXPECT};
use super::pattern::{
    DURATION, HEADER_NAME, ID, KEBAB, LINE, REQUIREMENT, VALUE, VARIABLE, VERSION,
};
use super::shape::{Construct, Rule, Shape};
use super::step::STEP;

pub(super) const LEVEL: &[(&str, &str)] = &[
    ("must", "a breach fails"),
    ("should", "a breach warns"),
    ("may", "a breach warns"),
];

pub(super) const DIALECT: &[(&str, &str)] = &[
    ("2.0", "RFC 7643 and RFC 7644"),
    ("1.1", "SCIM 1.1 of 2012"),
];

const STATUS: &[(&str, &str)] = &[
    ("preview", "reports, but never gates"),
    ("stable", "gates"),
    ("deprecated", "reports, never gates, and will go"),
];

pub(super) const HEADERS: Shape = Shape::Map(
    0,
    Some(&HEADER_NAME),
    &Shape::Either(&[Shape::AnyText, Shape::Null]),
);

const VARIABLES: Shape = Shape::Map(0, Some(&VARIABLE), &Shape::Any);

const STEPS: Shape = Shape::List(1, &Shape::Construct(&STEP));

pub(super) static SUITE: Construct = Construct {
    name: "suite",
    what: "a suite",
    doc: "Related checks.",
    keys: &[
        must!(
            "suite",
            Shape::Of(&ID),
            "Its id, the first part of the ids of its checks."
        ),
        must!("title", Shape::Of(&LINE), "One line."),
        may!("origin", Shape::Text, "What it was made from."),
        may!(
            "onDemand",
            Shape::Bool,
            "Whether it runs only where a profile, `--suite` or `--check` names it."
        ),
        may!(
            "imported",
            Shape::Of(&LINE),
            "The format that it was translated from. Its checks then need no `requirements`, `why` and `fix`."
        ),
        may!(
            "sequence",
            Shape::Bool,
            "Whether its checks run one after another, and know what earlier ones captured."
        ),
        may!(
            "parameters",
            VARIABLES,
            "Values from outside, `${var.NAME}`, with their defaults; `null` for one that has to be given."
        ),
        may!(
            "services",
            Shape::Map(1, Some(&ID), &Shape::Of(&LINE)),
            "Servers besides the target that requests go to, with what each is, for people."
        ),
        may!(
            "scim",
            Shape::Word(DIALECT),
            "The dialect; `\"2.0\"` if it is not there."
        ),
        may!(
            "headers",
            HEADERS,
            "Headers of each request; `null` leaves a default header out."
        ),
        may!(
            "contentType",
            Shape::Text,
            "Content-Type of each request with a body, in place of the dialect's media type."
        ),
        may!(
            "variables",
            VARIABLES,
            "Names and values for all checks, in order."
        ),
        must!(
            "checks",
            Shape::List(1, &Shape::Construct(&CHECK)),
            "The checks."
        ),
    ],
    open: None,
    rules: &[Rule::ItemsNeed {
        list: "checks",
        keys: &["requirements", "why", "fix"],
        unless: "imported",
    }],
    hint: None,
};

static CHECK: Construct = Construct {
    name: "check",
    what: "a check",
    doc: "The unit of scheduling, isolation and verdict.",
    keys: &[
        must!(
            "id",
            Shape::Of(&KEBAB),
            "Says the required behaviour; never changes its meaning."
        ),
        must!(
            "title",
            Shape::Of(&LINE),
            "One sentence; `${row.…}` may stand in it."
        ),
        may!(
            "level",
            Shape::Word(LEVEL),
            "How binding it is; `must` if it is not there."
        ),
        may!(
            "status",
            Shape::Word(STATUS),
            "Where it is in its life; `stable` if it is not there."
        ),
        may!("since", Shape::Of(&VERSION), "The version that brought it."),
        may!("aliases", Shape::List(1, &Shape::Of(&KEBAB)), "Former ids."),
        may!(
            "tags",
            Shape::List(1, &Shape::Of(&ID)),
            "Free words to select by."
        ),
        may!(
            "requirements",
            Shape::List(1, &Shape::Of(&REQUIREMENT)),
            "Ids of the catalogue that it tests."
        ),
        may!("why", Shape::Text, "Why it matters to an integration."),
        may!("fix", Shape::Text, "How to mend it."),
        may!(
            "faults",
            Shape::List(0, &Shape::Text),
            "The faults of the embedded server that it is there to catch."
        ),
        may!(
            "beyond",
            Shape::List(1, &Shape::Text),
            "The lawful variations of the embedded server that are not enough for it, since it asks for more than the \
             standard."
        ),
        may!(
            "when",
            Shape::Construct(&CONDITION),
            "What the target must offer."
        ),
        may!(
            "skip",
            Shape::Of(&LINE),
            "Why it is not run. It is reported as skipped, with this reason."
        ),
        may!(
            "needs",
            Shape::List(1, &Shape::Of(&KEBAB)),
            "Earlier checks of the sequence that must have been run."
        ),
        may!(
            "exclusive",
            Shape::Bool,
            "Whether nothing else runs meanwhile."
        ),
        may!(
            "budget",
            Shape::Of(&DURATION),
            "How long the whole check may take; `30s` if it is not there."
        ),
        may!(
            "variables",
            VARIABLES,
            "Names and values, computed once, in order."
        ),
        may!(
            "given",
            Shape::List(
                1,
                &Shape::Either(&[Shape::Of(&ID), Shape::Construct(&GIVEN)])
            ),
            "Fixtures that it needs, made before it and removed after it."
        ),
        may!(
            "arrange",
            STEPS,
            "Steps that prepare; if one fails the check is inconclusive."
        ),
        may!(
            "matrix",
            Shape::Either(MATRIX),
            "A table: each row is a check of its own."
        ),
        may!("steps", STEPS, "What is tested, in order."),
        may!(
            "always",
            Shape::Either(EXPECT),
            "What must hold for every exchange that any check of the run has with the target in this dialect."
        ),
        may!(
            "undisturbed",
            STEPS,
            "Reads that hold as long as nobody else changes what is tested. They run when something is broken: if one \
             fails then, the check is inconclusive."
        ),
        may!("cleanup", STEPS, "Steps that always run at the end."),
    ],
    open: None,
    rules: &[Rule::AtLeastOne(&["steps", "always", "skip"])],
    hint: None,
};

static GIVEN: Construct = Construct {
    name: "given",
    what: "an entry of `given`",
    doc: "A fixture that a check needs.",
    keys: &[
        may!(
            "name",
            Shape::Of(&VARIABLE),
            "The variable; the fixture's name if it is not there."
        ),
        must!(
            "fixture",
            Shape::Either(&[Shape::Of(&ID), Shape::Construct(&OF_TYPE)]),
            "The fixture."
        ),
        may!(
            "with",
            Shape::Map(1, None, &Shape::Any),
            "Members that differ; `null` removes one."
        ),
        may!(
            "count",
            Shape::Integer(1, 1000),
            "How many; the variable is a list if it is given."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static OF_TYPE: Construct = Construct {
    name: "fixtureOfType",
    what: "a fixture of a resource type",
    doc: "The fixture that has the name of a resource type (`user`), or a resource with what its schema requires.",
    keys: &[must!(
        "ofType",
        Shape::Text,
        "The name of the resource type: `${row.resourceType}`."
    )],
    open: None,
    rules: &[],
    hint: None,
};

const MATRIX: &[Shape] = &[
    Shape::List(1, &Shape::Construct(&ROW)),
    Shape::ByKey(&[
        ("attributes", &ATTRIBUTES),
        ("resourceTypes", &RESOURCE_TYPES),
    ]),
];

static ROW: Construct = Construct {
    name: "row",
    what: "a row of a matrix",
    doc: "A row that stands in the suite: `${row.…}`.",
    keys: &[must!(
        "id",
        Shape::Of(&ID),
        "The last part of the check's id."
    )],
    open: Some((&VARIABLE, Shape::Any)),
    rules: &[],
    hint: Some("its keys are variables: letters, digits, `_` and `-`, with a letter first"),
};

const ATTRIBUTE_FILTER: &[super::shape::Key] = &[
    may!("path", VALUES, "`name.givenName`"),
    may!("name", VALUES, "The last part of the path."),
    may!(
        "type",
        VALUES,
        "`string`, `boolean`, `decimal`, `integer`, `dateTime`, `binary`, `reference`, `complex`"
    ),
    may!(
        "mutability",
        VALUES,
        "`readOnly`, `readWrite`, `immutable`, `writeOnly`"
    ),
    may!(
        "returned",
        VALUES,
        "`always`, `never`, `default`, `request`"
    ),
    may!("uniqueness", VALUES, "`none`, `server`, `global`"),
    may!("required", VALUES, "`true`, `false`"),
    may!("caseExact", VALUES, "`true`, `false`"),
    may!("multiValued", VALUES, "`true`, `false`"),
    may!(
        "extension",
        VALUES,
        "`true` for attributes of an extension, `false` for those of the type itself."
    ),
    may!("schema", VALUES, "The URN of the schema that it is of."),
    may!(
        "partOf",
        VALUES,
        "What it is a part of: the `resource` itself, the one `value` of a complex attribute, the `values` of a \
         multi-valued one."
    ),
    may!(
        "resourceType",
        VALUES,
        "The resource type, where there are several."
    ),
    may!("parent", VALUES, "The attribute that it is a part of."),
    may!(
        "canonical",
        VALUES,
        "`true` for attributes that have canonical values."
    ),
    may!(
        "leavesOut",
        VALUES,
        "Characteristics that the definition leaves out: `mutability`, say; `subAttributes` too."
    ),
];

const VALUES: Shape = Shape::Either(&[Shape::List(1, &Shape::Scalar), Shape::Scalar]);

static ATTRIBUTE_WHERE: Construct = Construct {
    name: "attributeFilter",
    what: "a choice of attributes",
    doc: "Characteristics (RFC 7643 §2.2) with the values that are wanted.",
    keys: ATTRIBUTE_FILTER,
    open: None,
    rules: &[Rule::NotEmpty],
    hint: None,
};

static ATTRIBUTES: Construct = Construct {
    name: "attributeMatrix",
    what: "a matrix of attributes",
    doc: "A row for each attribute of the target's own schema.",
    keys: &[
        must!(
            "attributes",
            Shape::Text,
            "The resource type; `*` for each that the target offers."
        ),
        may!(
            "where",
            Shape::Construct(&ATTRIBUTE_WHERE),
            "Which attributes."
        ),
        may!(
            "skip",
            Shape::List(1, &Shape::Construct(&SKIP)),
            "Rows that are skipped, with the reason."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static SKIP: Construct = Construct {
    name: "skip",
    what: "a rule of `skip`",
    doc: "Rows that are skipped.",
    keys: &[
        must!(
            "where",
            Shape::Construct(&ATTRIBUTE_WHERE),
            "Which attributes."
        ),
        must!("because", Shape::Text, "The reason, as reports show it."),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static RESOURCE_TYPES: Construct = Construct {
    name: "resourceTypeMatrix",
    what: "a matrix of resource types",
    doc: "A row for each resource type of the target.",
    keys: &[
        must!(
            "resourceTypes",
            Shape::Construct(&TYPE_WHERE),
            "Which ones; `{}` for all."
        ),
        may!(
            "endpoints",
            Shape::Either(&[Shape::List(1, &Shape::Text), Shape::Of(&VALUE)]),
            "Further paths, a row each."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};

static TYPE_WHERE: Construct = Construct {
    name: "resourceTypeFilter",
    what: "a choice of resource types",
    doc: "Members of the resource type (RFC 7643 §6) with the values that are wanted.",
    keys: &[
        may!("name", VALUES, "`User`"),
        may!("endpoint", VALUES, "`/Users`"),
        may!("schema", VALUES, "The URN of its schema."),
    ],
    open: None,
    rules: &[],
    hint: None,
};
