//! Steps and their actions.

use super::expect::{CONDITION, EXPECT};
use super::pattern::{CAPTURE, DURATION, ID, PATH, VARIABLE};
use super::shape::{Construct, Key, Rule, Shape};
use super::suite::HEADERS;
use crate::record::OPERATIONS;

/// The actions that are one request.
pub(in crate::suite) const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];
const ACTIONS: &[&str] = &[
    "get", "post", "put", "patch", "delete", "head", "parallel", "paginate", "pause", "wait",
];
const BESIDE_REQUESTS: &[&str] = &["query", "headers", "as", "body", "raw", "reads", "service"];
const BESIDE_ALL_BUT_PAUSES: &[&str] = &[
    "query",
    "headers",
    "as",
    "body",
    "raw",
    "reads",
    "service",
    "expect",
    "capture",
    "poll",
    "operation",
];
/// The words of Okta's operations, from the record's table.
const OPERATION_WORDS: [(&str, &str); OPERATIONS.len()] = {
    let mut words = [("", ""); OPERATIONS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = (OPERATIONS[at].1, OPERATIONS[at].2);
        at += 1;
    }
    words
};
const ACTION: &str = "an action";

const GET: Key = may!("get", Shape::Of(&PATH), "Reads (GET).");
const POST: Key = may!("post", Shape::Of(&PATH), "Creates, or searches (POST).");
const PUT: Key = may!("put", Shape::Of(&PATH), "Replaces (PUT).");
const PATCH: Key = may!("patch", Shape::Of(&PATH), "Changes (PATCH).");
const DELETE: Key = may!("delete", Shape::Of(&PATH), "Deletes (DELETE).");
const HEAD: Key = may!("head", Shape::Of(&PATH), "Reads the headers (HEAD).");
const NAME: Key = may!("name", Shape::Text, "What it does, for people.");
const QUERY: Key = may!(
    "query",
    Shape::Map(1, None, &Shape::Scalar),
    "Parameters; values are percent-encoded."
);
const HEADER_KEY: Key = may!(
    "headers",
    HEADERS,
    "Added or replaced; `null` leaves one out."
);
const AS: Key = may!(
    "as",
    Shape::Either(&[Shape::Only("nobody"), Shape::Construct(&CREDENTIALS)]),
    "Other credentials."
);
const BODY: Key = may!(
    "body",
    Shape::Any,
    "JSON. With the key `fixture` it starts from that fixture, or from one `{ ofType: … }`."
);
const RAW: Key = may!(
    "raw",
    Shape::AnyText,
    "A body as text, for what is no JSON."
);
const READS: Key = may!(
    "reads",
    Shape::Bool,
    "This request changes nothing although its method says otherwise."
);
const SERVICE: Key = may!(
    "service",
    Shape::Of(&ID),
    "The service of the suite that this request goes to, in place of the target."
);
const EXPECTED: Key = may!("expect", Shape::Either(EXPECT), "What must hold.");
const CAPTURED: Key = may!(
    "capture",
    Shape::Map(1, Some(&VARIABLE), &Shape::Of(&CAPTURE)),
    "Names for parts of the response."
);
const WHEN: Key = may!(
    "when",
    Shape::Construct(&CONDITION),
    "Run only if this holds."
);

pub(super) static STEP: Construct = Construct {
    name: "step",
    what: "a step",
    doc: "One action with what may stand beside it.",
    keys: &[
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        HEAD,
        may!(
            "parallel",
            Shape::List(1, &Shape::Construct(&MEMBER)),
            "Requests that are sent at the same moment."
        ),
        may!(
            "paginate",
            Shape::Construct(&PAGINATE),
            "A walk through a list to its end."
        ),
        may!(
            "pause",
            Shape::Of(&DURATION),
            "Waits so long, times `--pause-scale`, which is 0 unless somebody sets it. What the protocol needs is `wait`."
        ),
        may!(
            "wait",
            Shape::Of(&DURATION),
            "Waits so long, whatever `--pause-scale` says."
        ),
        NAME,
        QUERY,
        HEADER_KEY,
        AS,
        BODY,
        RAW,
        EXPECTED,
        CAPTURED,
        may!(
            "poll",
            Shape::Construct(&POLL),
            "Repeated until the expectations hold."
        ),
        WHEN,
        READS,
        SERVICE,
        may!(
            "operation",
            Shape::Word(&OPERATION_WORDS),
            "The operation of Okta that the requests belong to: one event of its System Log."
        ),
    ],
    open: None,
    rules: &[
        Rule::ExactlyOne(ACTION, ACTIONS),
        Rule::AtMostOne(&["body", "raw"]),
        Rule::Excludes(
            &["parallel", "paginate"],
            BESIDE_REQUESTS,
            "it belongs to one request: write it inside",
        ),
        Rule::Excludes(
            &["pause", "wait"],
            BESIDE_ALL_BUT_PAUSES,
            "a pause sends nothing: make it a step of its own",
        ),
        Rule::Excludes(
            &["service"],
            &["operation"],
            "Okta's client talks to the target, and this request goes elsewhere",
        ),
    ],
    hint: None,
};

static MEMBER: Construct = Construct {
    name: "member",
    what: "a member of `parallel`",
    doc: "A request that is sent at the same moment as others.",
    keys: &[
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        HEAD,
        NAME,
        QUERY,
        HEADER_KEY,
        AS,
        BODY,
        RAW,
        READS,
        EXPECTED,
        may!(
            "times",
            Shape::Integer(1, 100),
            "How often; once if it is not there."
        ),
        may!(
            "each",
            Shape::List(1, &Shape::Any),
            "Once for each of these values, which is `${item}` in this member."
        ),
    ],
    open: None,
    rules: &[
        Rule::ExactlyOne("a request", &METHODS),
        Rule::AtMostOne(&["body", "raw"]),
    ],
    hint: None,
};

static PAGINATE: Construct = Construct {
    name: "paginate",
    what: "`paginate`",
    doc: "A walk through a list to its end. What is judged is the list of all resources.",
    keys: &[
        GET,
        POST,
        QUERY,
        HEADER_KEY,
        AS,
        BODY,
        may!(
            "by",
            Shape::Word(&[
                ("index", "`startIndex` and `count`"),
                ("cursor", "`cursor` (RFC 9865)")
            ]),
            "How pages are asked for; `index` if it is not there."
        ),
        may!(
            "count",
            Shape::Integer(1, 10_000),
            "The page size that is asked for."
        ),
        may!(
            "during",
            Shape::List(1, &Shape::Construct(&STEP)),
            "Steps that run beside the walk."
        ),
    ],
    open: None,
    rules: &[Rule::ExactlyOne("a request", &["get", "post"])],
    hint: None,
};

static CREDENTIALS: Construct = Construct {
    name: "credentials",
    what: "a credential",
    doc: "As whom a request is sent.",
    keys: &[must!(
        "authorization",
        Shape::AnyText,
        "The whole value of the `Authorization` header."
    )],
    open: None,
    rules: &[],
    hint: None,
};

static POLL: Construct = Construct {
    name: "poll",
    what: "`poll`",
    doc: "Repeated until the expectations hold; the time to convergence is recorded.",
    keys: &[
        must!("within", Shape::Of(&DURATION), "The bound."),
        may!(
            "every",
            Shape::Of(&DURATION),
            "The pause between two rounds; `200ms` if it is not there."
        ),
    ],
    open: None,
    rules: &[],
    hint: None,
};
