use super::system_log;
use crate::record::{
    Basis, Body, Exchange, Header, LogEvent, LogOutcome, Operation, Request, Response, Role,
    StepResult, TransportError, TransportErrorKind,
};

const BASE: &str = "https://app.example.com/scim/v2";
const FILTER: &str = "/Users?filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100";

fn body(text: &str) -> Option<Body> {
    (!text.is_empty()).then(|| Body {
        text: text.to_owned(),
        size: text.len() as u64,
        truncated: false,
        lossy: false,
    })
}

/// An exchange that took 10 ms, the so-many-th after the start.
fn exchange(place: u64, method: &str, path: &str, sent: &str, status: u16, came: &str) -> Exchange {
    Exchange {
        role: Role::Step,
        request: Request {
            method: method.to_owned(),
            url: format!("{BASE}{path}"),
            headers: Vec::new(),
            body: body(sent),
        },
        response: Some(Response {
            status,
            version: "HTTP/1.1".to_owned(),
            headers: Vec::new(),
            body: body(came),
        }),
        error: None,
        started_us: place * 10_000,
        duration_us: 10_000,
        first_byte_us: Some(9_000),
        attempt: 1,
    }
}

fn step(operation: Option<Operation>, exchanges: Vec<Exchange>) -> StepResult {
    StepResult {
        title: String::new(),
        operation,
        exchanges,
        captures: std::collections::BTreeMap::new(),
        ..StepResult::default()
    }
}

fn one(operation: Operation, exchange: Exchange) -> LogEvent {
    let mut events = system_log(&[step(Some(operation), vec![exchange])]);
    assert_eq!(events.len(), 1, "{events:#?}");
    events.remove(0)
}

/// `outcome event type (basis) | reason | message | not shown`
fn told(event: &LogEvent) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    format!(
        "{} {} ({})\n  reason   {}\n  message  {}\n  hidden   {}",
        event.outcome,
        event.event_type,
        event.basis.word(),
        text(&event.reason),
        text(&event.message),
        text(&event.hidden),
    )
}

#[test]
fn each_answer_has_its_line() {
    const ERROR: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","detail":"The name is taken."}"#;
    const USER: &str = r#"{"userName":"ada@example.com","active":true}"#;
    let long = format!(
        "<!DOCTYPE html><html><head><TITLE>502\n Bad Gateway</TITLE></head>{}",
        "<p>ö</p>".repeat(200)
    );
    let create = |status, came: &str| {
        one(
            Operation::UserCreate,
            exchange(0, "POST", "/Users", USER, status, came),
        )
    };
    let lookup = |status, came: &str| {
        one(
            Operation::UserExists,
            exchange(0, "GET", FILTER, "", status, came),
        )
    };
    let read = |operation, status, came: &str| {
        one(operation, exchange(0, "GET", "/Users/17", "", status, came))
    };
    let cases = [
        (
            "created",
            create(201, r#"{"id":"17","userName":"ada@example.com"}"#),
        ),
        ("created without a body", create(201, "")),
        (
            "created without an id",
            create(201, r#"{"userName":"ada@example.com"}"#),
        ),
        (
            "created with a number as its id",
            create(201, r#"{"id":12,"userName":"ada@example.com"}"#),
        ),
        ("refused", create(409, ERROR)),
        (
            "refused in SCIM 1.1",
            create(
                409,
                r#"{"Errors":[{"description":"The name is taken.","code":409}]}"#,
            ),
        ),
        ("refused without a body", create(400, "")),
        (
            "refused with a blank detail",
            create(400, r#"{"detail":"  ","status":"400"}"#),
        ),
        (
            "refused in the server's own words",
            create(
                422,
                r#"{"status":"422","error":{"code":17,"message":"The name is taken."},"trace":"x"}"#,
            ),
        ),
        (
            "refused by a list",
            create(400, r#"[{"detail":"The name is taken."}]"#),
        ),
        ("plain text", create(502, "error code: 502")),
        ("an HTML page", create(502, &long)),
        ("JSON that breaks off", create(500, r#"{"detail":"The na"#)),
        ("a status of its own", create(599, "")),
        (
            "credentials refused",
            lookup(401, r#"{"detail":"Invalid SCIM token"}"#),
        ),
        (
            "nobody found",
            lookup(200, r#"{"totalResults":0,"Resources":[]}"#),
        ),
        ("nobody found, by 404", lookup(404, ERROR)),
        (
            "counts as texts",
            lookup(200, r#"{"totalResults":0,"startIndex":"1","Resources":[]}"#),
        ),
        (
            "counts as fractions",
            lookup(200, r#"{"totalResults":1.5,"Resources":[]}"#),
        ),
        (
            "somebody counted and nobody listed",
            lookup(200, r#"{"totalResults":3,"Resources":[]}"#),
        ),
        (
            "a page in place of a list",
            lookup(200, "<html>login</html>"),
        ),
        (
            "small letters",
            lookup(200, r#"{"totalresults":1,"resources":[{"id":"17"}]}"#),
        ),
        ("a list that is none", lookup(200, r#"{"users":[]}"#)),
        ("gone", read(Operation::UserUpdate, 404, ERROR)),
        ("unreadable", read(Operation::UserUpdate, 500, "")),
        (
            "gone when it is deactivated",
            read(Operation::UserDeactivate, 404, ""),
        ),
        (
            "group refused",
            one(
                Operation::GroupPush,
                exchange(
                    0,
                    "POST",
                    "/Groups",
                    r#"{"displayName":"Team"}"#,
                    409,
                    ERROR,
                ),
            ),
        ),
        (
            "group gone",
            one(
                Operation::GroupMembers,
                exchange(0, "GET", "/Groups/g1", "", 404, ""),
            ),
        ),
        (
            "members refused",
            one(
                Operation::GroupMembers,
                exchange(
                    0,
                    "PATCH",
                    "/Groups/g1",
                    "{}",
                    501,
                    r#"{"detail":"no replace"}"#,
                ),
            ),
        ),
        (
            "a page too short",
            one(
                Operation::UserImport,
                exchange(
                    0,
                    "GET",
                    "/Users?startIndex=1&count=100",
                    "",
                    200,
                    r#"{"totalResults":130,"startIndex":1,"itemsPerPage":1,"Resources":[{"id":"17"}]}"#,
                ),
            ),
        ),
    ];
    let text: Vec<String> = cases
        .iter()
        .map(|(name, event)| format!("{name}:\n{}", told(event)))
        .collect();
    insta::assert_snapshot!(text.join("\n\n"));
}

#[test]
fn no_answer_has_its_line_too() {
    let lost = |kind, message: &str, took_us| {
        let mut lost = exchange(0, "PUT", "/Users/17", "{}", 0, "");
        lost.response = None;
        lost.duration_us = took_us;
        lost.error = Some(TransportError {
            kind,
            message: message.to_owned(),
        });
        lost
    };
    let mut slow = exchange(0, "PUT", "/Users/17", "{}", 200, r#"{"id":"17"}"#);
    slow.first_byte_us = Some(61_500_000);
    let mut nothing = exchange(0, "PUT", "/Users/17", "{}", 200, "");
    nothing.response = None;
    let text: Vec<String> = [
        lost(
            TransportErrorKind::Timeout,
            "no answer within 10 s",
            10_000_000,
        ),
        lost(
            TransportErrorKind::Timeout,
            "no answer within 90 s",
            90_000_000,
        ),
        lost(TransportErrorKind::Connect, "connection refused", 1),
        lost(TransportErrorKind::Dns, "no such host", 1),
        lost(TransportErrorKind::Tls, "the certificate has expired", 1),
        lost(TransportErrorKind::Protocol, "the connection broke", 1),
        slow,
        nothing,
    ]
    .into_iter()
    .map(|exchange| told(&one(Operation::UserUpdate, exchange)))
    .collect();
    insta::assert_snapshot!(text.join("\n\n"));
}

#[test]
fn a_rate_limit_is_an_event_of_its_own_and_the_task_goes_on() {
    let limited = |place, retry_after: Option<&str>| {
        let mut limited = exchange(place, "PATCH", "/Users/17", "{}", 429, "");
        let response = limited.response.as_mut().unwrap();
        response.headers = retry_after
            .map(|value| Header {
                name: "retry-after".to_owned(),
                value: value.to_owned(),
            })
            .into_iter()
            .collect();
        limited
    };
    let next = |retry_after| {
        let event = one(Operation::UserDeactivate, limited(0, retry_after));
        event.next.unwrap_or_default()
    };
    assert!(
        next(Some("90")).starts_with("Okta pauses the task for 1 min 30 s, as Retry-After says.")
    );
    assert!(next(None).contains("5 min, since there is no Retry-After"));
    assert!(next(Some("Thu, 26 Nov 2026 10:00:00 GMT")).contains("no whole number of seconds"));

    let mut again = exchange(1, "PATCH", "/Users/17", "{}", 204, "");
    again.attempt = 2;
    let events = system_log(&[step(
        Some(Operation::UserDeactivate),
        vec![limited(0, Some("1")), again],
    )]);
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.event_type.as_str(), event.outcome))
        .collect();
    assert_eq!(
        told,
        [
            (
                "application.integration.rate_limit_exceeded",
                LogOutcome::Failure
            ),
            ("application.provision.user.deactivate", LogOutcome::Success),
        ]
    );
}

#[test]
fn requests_that_belong_together_are_one_event() {
    use Operation::{
        GroupMembers, GroupPush, UserExists, UserPassword, UserReactivate, UserUpdate,
    };
    let user = r#"{"id":"17","userName":"ada@example.com"}"#;
    let get = |place| exchange(place, "GET", "/Users/17", "", 200, user);
    let put = |place| exchange(place, "PUT", "/Users/17", "{}", 200, user);
    let group = r#"{"id":"g1","displayName":"Team"}"#;
    let patch = |place, id: &str| exchange(place, "PATCH", &format!("/Groups/{id}"), "{}", 204, "");
    let found = r#"{"totalResults":1,"Resources":[{"id":"17","userName":"Ada@example.com"}]}"#;
    let steps = [
        step(
            Some(UserExists),
            vec![exchange(0, "GET", FILTER, "", 200, found)],
        ),
        step(Some(UserReactivate), vec![get(1)]),
        step(Some(UserReactivate), vec![put(2)]),
        step(Some(UserUpdate), vec![get(3)]),
        step(Some(UserUpdate), vec![put(4)]),
        // A look at the result, which is none of Okta's.
        step(None, vec![get(5)]),
        // Two passwords, one after the other.
        step(Some(UserPassword), vec![put(6)]),
        step(Some(UserPassword), vec![put(7)]),
        step(
            Some(GroupPush),
            vec![exchange(
                8,
                "GET",
                "/Groups?filter=displayName+eq+%22Team%22",
                "",
                200,
                r#"{"totalResults":0}"#,
            )],
        ),
        step(
            Some(GroupPush),
            vec![exchange(9, "POST", "/Groups", group, 201, group)],
        ),
        step(Some(GroupPush), vec![patch(10, "g1")]),
        // Three changes of one group, in chunks; one of another; and two at the same moment.
        step(
            Some(GroupMembers),
            vec![patch(11, "g1"), patch(12, "g1"), patch(13, "g1")],
        ),
        step(Some(GroupMembers), vec![patch(14, "g2")]),
        step(Some(GroupMembers), vec![patch(15, "g3"), patch(15, "g3")]),
        // The check ended before the write: nobody knows what Okta would have logged.
        step(Some(UserUpdate), vec![get(17)]),
    ];
    let events: Vec<String> = system_log(&steps)
        .iter()
        .map(|event| {
            format!(
                "{} {} {} {}",
                event.at_us / 10_000,
                event.operation,
                event.outcome,
                event.target.as_deref().unwrap_or("–")
            )
        })
        .collect();
    assert_eq!(
        events,
        [
            "1 user.exists SUCCESS ada@example.com",
            "3 user.reactivate SUCCESS Ada@example.com",
            "5 user.update SUCCESS Ada@example.com",
            "7 user.password SUCCESS Ada@example.com",
            "8 user.password SUCCESS Ada@example.com",
            "11 group.push SUCCESS Team",
            "14 group.members SUCCESS Team",
            "15 group.members SUCCESS g2",
            "16 group.members SUCCESS g3",
            "16 group.members SUCCESS g3",
        ]
    );
}

#[test]
fn a_hostile_answer_stays_small() {
    let huge = "x\u{1b}[31m".repeat(200_000);
    let detail = serde_json::json!({ "detail": huge, "id": huge }).to_string();
    for came in [huge.as_str(), &detail, &"{\"a\":".repeat(100_000), "\u{0}"] {
        for status in [200, 400] {
            let sent = exchange(0, "POST", "/Users", &detail, status, came);
            for event in system_log(&[step(Some(Operation::UserCreate), vec![sent])]) {
                let size = serde_json::to_string(&event).unwrap().len();
                assert!(size < 20_000, "{size}");
            }
        }
    }
}

#[test]
fn a_text_of_ones_own_is_never_called_documented() {
    let refused = exchange(0, "GET", "/ResourceTypes", "", 404, "");
    let event = one(Operation::SchemaImport, refused);
    assert_eq!(event.basis, Basis::Derived);
}
