//! The runs that all reporters are tested with.

use std::collections::BTreeMap;
use std::sync::Arc;

use scimitar::record::{
    Attribute, AttributeDemand, AttributeOrigin, AttributeOutcome, AttributeTable, AttributeWrite,
    Basis, Body, Catalogue, CatalogueRequirement, CatalogueSection, Cause, CheckResult, Event,
    Exchange, ExpectationResult, Header, Leftover, Level, Location, LogEvent, LogOutcome,
    LogSeverity, Note, NoteKind, Operation, Outcome, Request, RequirementRef, Response, Role, Run,
    RunStatus, Selection, Status, StepResult, Steps, SuiteInfo, Target, Tool, TraitSeen,
    TransportError, TransportErrorKind, Verdict,
};
use serde_json::{Value, json};

const BASE: &str = "https://scim.example.com/scim/v2";

/// A run with every verdict, one cause behind several failures, a race, a poll, traits, notes and leftovers.
pub(crate) fn every_verdict() -> Run {
    let mut run = finished(
        vec![
            created(),
            duplicate_refused(),
            duplicate_ignoring_case(),
            patch_keeps_the_rest(),
            blocked("group-members"),
            blocked("group-rename"),
            timed_out(),
            slow_but_right(),
            etag_waived(),
            bulk_skipped("bulk-create"),
            bulk_skipped("bulk-limits"),
            preview_broken(),
            converges(),
            race(),
        ],
        RunStatus::Complete,
    );
    run.attributes = vec![attributes()];
    run
}

/// A table with each fate of an attribute.
fn attributes() -> AttributeTable {
    use AttributeOutcome::{Altered, Ignored, Lost, Normalised, Refused, Stored, Unjudged, Unseen};
    let said = "400 invalidValue: No such attribute.";
    let mut attributes = vec![
        attribute("userName", Stored, "ada@example.com", None),
        attribute("password", Unseen, "", None),
        attribute("timezone", Normalised, "europe/berlin", None),
        attribute("locale", Altered, "en", None),
        attribute("emails[type eq \"work\"]", Ignored, "", None),
        attribute("title", Ignored, "", None),
        attribute("nickName", Lost, "", None),
        attribute("userType", Refused, "", Some(said)),
        attribute(
            "urn:acme:2.0:User:badge",
            Unjudged,
            "",
            Some("no second value"),
        ),
    ];
    for demanded in [0, 4] {
        attributes[demanded].demanded = Some(AttributeDemand::Okta);
        attributes[demanded].always = true;
    }
    attributes[1].always = true;
    attributes[2].listed = Some(String::new());
    attributes[5].mapped = false;
    attributes[8].origin = AttributeOrigin::Custom;
    AttributeTable {
        scim: "2.0".into(),
        requests: 21,
        attributes,
        problems: vec!["the lookup by userName is answered 500".into()],
    }
}

fn attribute(
    path: &str,
    outcome: AttributeOutcome,
    received: &str,
    reason: Option<&str>,
) -> Attribute {
    let write = AttributeWrite {
        outcome,
        sent: Some("as it was sent".into()),
        received: (!received.is_empty()).then(|| received.into()),
        reason: reason.map(str::to_owned),
    };
    Attribute {
        path: path.into(),
        variable: None,
        definition: None,
        origin: AttributeOrigin::Core,
        demanded: None,
        always: false,
        mapped: true,
        create: write.clone(),
        listed: reason.map(str::to_owned),
        update: Some(write),
    }
}

/// A run with what Okta's System Log would say: a success, a failure with and one without a reason, a rate limit, an
/// import that misses users, and a check that fails without a trace.
pub(crate) fn logged_at_okta() -> Run {
    let mut refused = duplicate_refused();
    refused.system_log = vec![
        LogEvent {
            event_type: "application.integration.rate_limit_exceeded".into(),
            display_message: "API rate limit exceeded".into(),
            reason: Some("Too Many Requests".into()),
            message: Some("API rate limit exceeded.".into()),
            severity: LogSeverity::Warn,
            next: Some("Okta pauses the task for 5 min, since there is no Retry-After.".into()),
            basis: Basis::Derived,
            at_us: 90_000,
            ..logged(LogOutcome::Failure)
        },
        LogEvent {
            reason: Some("Conflict. Errors reported by remote server: The name is taken.".into()),
            message: Some(
                "Error while creating user ada@example.com: Conflict. Errors reported by remote server: The name is \
                 taken."
                    .into(),
            ),
            severity: LogSeverity::Error,
            next: Some("Okta stops the task.".into()),
            basis: Basis::Reported,
            ..logged(LogOutcome::Failure)
        },
    ];
    let mut silent = duplicate_ignoring_case();
    silent.system_log = vec![LogEvent {
        operation: Operation::UserExists,
        event_type: "application.provision.user.sync".into(),
        display_message: "Sync user in external application".into(),
        severity: LogSeverity::Error,
        hidden: Some("totalResults is \"1\", and Okta takes JSON whole numbers only".into()),
        ..logged(LogOutcome::Failure)
    }];
    let mut unnoticed = patch_keeps_the_rest();
    unnoticed.system_log = vec![logged(LogOutcome::Success)];
    let mut imported = created();
    imported.system_log = vec![LogEvent {
        operation: Operation::UserImport,
        event_type: "system.import.complete".into(),
        display_message: "Import complete".into(),
        target: None,
        hidden: Some("the page from 1 holds 50 of the 100 that Okta asked for".into()),
        basis: Basis::Derived,
        at_us: 10_000,
        ..logged(LogOutcome::Success)
    }];
    finished(
        vec![refused, silent, unnoticed, imported],
        RunStatus::Complete,
    )
}

/// A run in which everything that is offered passes.
pub(crate) fn good() -> Run {
    finished(
        vec![
            created(),
            converges(),
            bulk_skipped("bulk-create"),
            bulk_skipped("bulk-limits"),
        ],
        RunStatus::Complete,
    )
}

/// A run that chose checks, none of which could be tested.
pub(crate) fn nothing_tested() -> Run {
    finished(
        vec![bulk_skipped("bulk-create"), bulk_skipped("bulk-limits")],
        RunStatus::Complete,
    )
}

/// A run that was interrupted after its first checks.
pub(crate) fn interrupted() -> Run {
    let mut run = finished(vec![created()], RunStatus::Interrupted);
    run.selection.planned = 40;
    run
}

/// What a hostile server may say, each beginning with a word to look for.
pub(crate) const HOSTILE: &str = concat!(
    "canary<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>]]>--><!--",
    "\u{1b}[31mred\u{1b}[0m\0\u{7}\u{9b}31m\u{fffe}\u{ffff}\u{202e}rtl\u{200b}\u{feff}\u{e0041}",
    "\n::error::injected\n##[error]injected\n##vso[task.setvariable variable=x]y\n##teamcity[x]\nsection_start:1:x\r\n",
    "| pipe `tick` @octocat #1 !2 </details> [link](javascript:alert(1)) https://evil.example {{ 7*7 }} {% raw %}"
);

/// A run against a server that puts [`HOSTILE`] into everything, and answers with bodies of up to 5 MB.
pub(crate) fn hostile() -> Run {
    let long = format!("{HOSTILE}{}", "<b>\u{1b}&\"'\n::error::x\n".repeat(270_000));
    assert!(long.len() > 5_000_000);
    let mut checks = Vec::new();
    for (place, verdict) in Verdict::ALL.into_iter().enumerate() {
        for status in [Status::Stable, Status::Preview] {
            let mut one = check(
                "okta-spec-2.0",
                &format!("row-{place}-{status}/{HOSTILE}"),
                HOSTILE,
                verdict,
            );
            one.status = status;
            one.reason = (verdict != Verdict::Pass).then(|| HOSTILE.to_owned());
            one.why = HOSTILE.into();
            one.fix = HOSTILE.into();
            one.tags = vec![HOSTILE.to_owned()];
            one.cause = (place < 4).then(|| Cause {
                id: HOSTILE.into(),
                title: HOSTILE.into(),
                blocked: place == 1,
            });
            one.requirements = vec![Arc::new(RequirementRef {
                id: HOSTILE.into(),
                statement: HOSTILE.into(),
                clause: HOSTILE.into(),
                url: Some("javascript:alert(1)".into()),
            })];
            let mut sent = exchange(
                "POST",
                &format!("/Users/{HOSTILE}"),
                Some(Value::String(HOSTILE.into())),
                200,
                None,
            );
            sent.request.headers.push(Header {
                name: HOSTILE.into(),
                value: HOSTILE.into(),
            });
            sent.request.method = HOSTILE.into();
            if let Some(response) = &mut sent.response {
                response.version = HOSTILE.into();
                response.headers.push(Header {
                    name: HOSTILE.into(),
                    value: HOSTILE.into(),
                });
                response.body = Some(Body {
                    text: if place == 0 {
                        long.clone()
                    } else {
                        HOSTILE.into()
                    },
                    size: 9_999_999,
                    truncated: true,
                    lossy: true,
                });
            }
            let mut lost = exchange("GET", "/Users", None, 0, None);
            lost.response = None;
            lost.error = Some(TransportError {
                kind: TransportErrorKind::Protocol,
                message: HOSTILE.into(),
            });
            let mut broken = expectation(HOSTILE, HOSTILE, HOSTILE, Outcome::Fail);
            broken.message = Some(HOSTILE.into());
            broken.diff = vec![format!("- {HOSTILE}"), format!("+ {HOSTILE}")];
            let mut tested = step(HOSTILE, vec![sent, lost], vec![broken]);
            tested.captures = BTreeMap::from([(HOSTILE.to_owned(), json!({ HOSTILE: HOSTILE }))]);
            tested.traits = vec![TraitSeen {
                name: HOSTILE.into(),
                value: HOSTILE.into(),
            }];
            tested.skipped = Some(HOSTILE.into());
            tested.seen_in = Some(HOSTILE.into());
            one.steps = vec![tested].into();
            one.system_log = vec![LogEvent {
                event_type: HOSTILE.into(),
                display_message: HOSTILE.into(),
                reason: (place > 0).then(|| HOSTILE.to_owned()),
                message: Some(HOSTILE.into()),
                target: Some(HOSTILE.into()),
                hidden: Some(HOSTILE.into()),
                next: Some(HOSTILE.into()),
                ..logged(LogOutcome::Failure)
            }];
            checks.push(one);
        }
    }
    let mut run = finished(checks, RunStatus::Complete);
    run.attributes = vec![AttributeTable {
        scim: HOSTILE.into(),
        requests: 1,
        attributes: AttributeOutcome::ALL
            .into_iter()
            .map(|outcome| attribute(HOSTILE, outcome, HOSTILE, Some(HOSTILE)))
            .collect(),
        problems: vec![HOSTILE.into()],
    }];
    run.catalogues = vec![Catalogue {
        id: HOSTILE.into(),
        title: HOSTILE.into(),
        url: Some("javascript:alert(1)".into()),
        sections: [HOSTILE, ""]
            .map(|name| CatalogueSection {
                name: name.into(),
                clause: HOSTILE.into(),
                url: Some("javascript:alert(1)".into()),
                requirements: [HOSTILE, "uncited", "excused"]
                    .map(|id| CatalogueRequirement {
                        id: id.into(),
                        level: Level::Must,
                        statement: HOSTILE.into(),
                        testable: true,
                        reason: (id == "excused").then(|| HOSTILE.into()),
                        url: Some("javascript:alert(1)".into()),
                    })
                    .into(),
            })
            .into(),
    }];
    run.target.url = format!("https://h/{HOSTILE}");
    run.target.authentication = HOSTILE.into();
    run.notes.push(Note {
        kind: NoteKind::Warning,
        text: HOSTILE.into(),
    });
    run.leftovers.push(Leftover {
        check: HOSTILE.into(),
        url: HOSTILE.into(),
        name: HOSTILE.into(),
        reason: HOSTILE.into(),
    });
    run.suites.push(SuiteInfo {
        id: HOSTILE.into(),
        title: HOSTILE.into(),
        origin: HOSTILE.into(),
        ..SuiteInfo::default()
    });
    run
}

/// A run of so many checks: one in ten fails, by one of twelve causes.
pub(crate) fn large(count: usize) -> Run {
    let checks = (0..count).map(|number| {
        let (mut one, id) = match number % 10 {
            0 => (duplicate_refused(), "duplicate"),
            1 => (patch_keeps_the_rest(), "patch"),
            2 => (bulk_skipped("bulk"), "bulk"),
            _ => (created(), "created"),
        };
        one.id = format!("{}/{id}-{number}", one.suite);
        if let Some(cause) = &mut one.cause {
            cause.id = format!("{} {}", cause.id, number % 60);
        }
        one
    });
    finished(checks.collect(), RunStatus::Complete)
}

/// The events that make a run.
pub(crate) fn events(run: &Run) -> Vec<Event> {
    let mut begun = run.clone();
    let checks = std::mem::take(&mut begun.checks);
    let notes = std::mem::take(&mut begun.notes);
    let leftovers = std::mem::take(&mut begun.leftovers);
    begun.traits.clear();
    begun.status = RunStatus::Running;
    begun.duration_us = 0;
    let order = checks.iter().map(|check| check.id.clone()).collect();
    let mut events = vec![Event::RunStarted {
        run: Box::new(begun),
    }];
    events.extend(notes.into_iter().map(|note| Event::Noted { note }));
    for (index, check) in checks.into_iter().enumerate() {
        events.push(Event::CheckStarted {
            index,
            id: check.id.clone(),
        });
        events.push(Event::CheckFinished {
            index,
            result: Box::new(check),
        });
    }
    events.extend(
        leftovers
            .into_iter()
            .map(|leftover| Event::LeftBehind { leftover }),
    );
    events.push(Event::RunFinished {
        status: run.status,
        duration_us: run.duration_us,
        order,
    });
    events
}

fn finished(checks: Vec<CheckResult>, status: RunStatus) -> Run {
    let mut run = Run::start(
        "20261124-101502-k7f3".into(),
        "scimitar-k7f3".into(),
        4_242,
        "2026-11-24T10:15:02.345Z".into(),
        Target {
            url: BASE.into(),
            embedded: false,
            authentication: "bearer token".into(),
            insecure: false,
        },
        Selection {
            profile: Some("okta".into()),
            fail_on: "must".into(),
            planned: checks.len(),
            ..Selection::default()
        },
        vec![
            SuiteInfo {
                id: "okta-spec-2.0".into(),
                title: "Okta SCIM 2.0 SPEC".into(),
                origin: "Okta's SCIM 2.0 SPEC test collection".into(),
                ..SuiteInfo::default()
            },
            SuiteInfo {
                id: "rfc7644-patch".into(),
                title: "RFC 7644 §3.5.2: PATCH".into(),
                origin: "RFC 7644".into(),
                ..SuiteInfo::default()
            },
            SuiteInfo {
                id: "rfc7644-bulk".into(),
                title: "RFC 7644 §3.7: bulk".into(),
                origin: "RFC 7644".into(),
                ..SuiteInfo::default()
            },
        ],
    );
    // A release must not change the snapshots.
    run.tool = Tool {
        name: "scimitar".into(),
        version: "0.1.0".into(),
    };
    let order = checks.iter().map(|check| check.id.clone()).collect();
    for (index, check) in checks.into_iter().enumerate() {
        run.apply(Event::CheckFinished {
            index,
            result: Box::new(check),
        });
    }
    run.apply(Event::RunFinished {
        status,
        duration_us: 4_812_345,
        order,
    });
    run
}

fn with_surroundings(mut run: Run) -> Run {
    run.catalogues = catalogues();
    run.apply(Event::Noted {
        note: Note {
            kind: NoteKind::Warning,
            text: "the target answered 429 to 3 requests; they were sent again".into(),
        },
    });
    run.apply(Event::Noted {
        note: Note {
            kind: NoteKind::Info,
            text: "discovery took 182 ms".into(),
        },
    });
    run.apply(Event::LeftBehind {
        leftover: Leftover {
            check: "okta-spec-2.0/create-answers-201".into(),
            url: format!("{BASE}/Users/9f2c"),
            name: "scimitar-k7f3-ada@example.com".into(),
            reason: "DELETE answered 405".into(),
        },
    });
    run
}

/// [`every_verdict`], with notes and something left behind.
pub(crate) fn eventful() -> Run {
    with_surroundings(every_verdict())
}

fn check(suite: &str, id: &str, title: &str, verdict: Verdict) -> CheckResult {
    CheckResult {
        id: format!("{suite}/{id}"),
        suite: suite.into(),
        title: title.into(),
        level: Level::Must,
        status: Status::Stable,
        tags: Vec::new(),
        requirements: Vec::new(),
        why: "Identity providers rely on it at each synchronisation.".into(),
        fix: "Follow the clause.".into(),
        location: Some(Location {
            file: format!("{suite}.yaml").into(),
            line: 12,
            column: 5,
        }),
        verdict,
        reason: None,
        cause: None,
        started_us: 120_000,
        duration_us: 84_210,
        steps: Steps::default(),
        system_log: Vec::new(),
    }
}

/// An event of Okta's System Log, as simulated for a creation.
fn logged(outcome: LogOutcome) -> LogEvent {
    LogEvent {
        operation: Operation::UserCreate,
        event_type: "application.provision.user.push".into(),
        display_message: "Push new user to external application".into(),
        outcome,
        reason: None,
        message: None,
        severity: LogSeverity::Info,
        target: Some("ada@example.com".into()),
        hidden: None,
        next: None,
        basis: Basis::Documented,
        at_us: 140_000,
    }
}

fn step(title: &str, exchanges: Vec<Exchange>, expectations: Vec<ExpectationResult>) -> StepResult {
    StepResult {
        title: title.into(),
        exchanges,
        expectations,
        ..StepResult::default()
    }
}

fn expectation(at: &str, expected: &str, received: &str, outcome: Outcome) -> ExpectationResult {
    ExpectationResult {
        at: at.into(),
        expected: expected.into(),
        received: received.into(),
        outcome,
        level: Level::Must,
        message: None,
        diff: Vec::new(),
        exchange: Some(0),
        location: None,
    }
}

fn exchange(
    method: &str,
    path: &str,
    sent: Option<Value>,
    status: u16,
    received: Option<Value>,
) -> Exchange {
    let body = |value: Value| {
        let text = value.to_string();
        Body {
            size: text.len() as u64,
            text,
            truncated: false,
            lossy: false,
        }
    };
    let mut headers = vec![
        Header {
            name: "authorization".into(),
            value: "Bearer [redacted]".into(),
        },
        Header {
            name: "accept".into(),
            value: "application/scim+json".into(),
        },
    ];
    if sent.is_some() {
        headers.push(Header {
            name: "content-type".into(),
            value: "application/scim+json".into(),
        });
    }
    Exchange {
        role: Role::Step,
        request: Request {
            method: method.into(),
            url: format!("{BASE}{path}"),
            headers,
            body: sent.map(body),
        },
        response: Some(Response {
            status,
            version: "HTTP/1.1".into(),
            headers: vec![
                Header {
                    name: "content-type".into(),
                    value: "application/scim+json;charset=utf-8".into(),
                },
                Header {
                    name: "date".into(),
                    value: "Tue, 24 Nov 2026 10:15:03 GMT".into(),
                },
            ],
            body: received.map(body),
        }),
        error: None,
        started_us: 150_000,
        duration_us: 12_437,
        first_byte_us: Some(11_900),
        attempt: 1,
    }
}

fn user(id: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": id,
        "userName": "scimitar-k7f3-ada@example.com",
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "emails": [{ "value": "scimitar-k7f3-ada@example.com", "type": "work", "primary": true }],
        "active": true,
        "meta": { "resourceType": "User", "location": format!("{BASE}/Users/{id}"), "version": "W/\"1\"" }
    })
}

fn new_user() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "scimitar-k7f3-ada@example.com",
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "emails": [{ "value": "scimitar-k7f3-ada@example.com", "type": "work", "primary": true }],
        "active": true
    })
}

/// What the checks cite, what they don't, and one that no check of the run cites at all.
fn catalogues() -> Vec<Catalogue> {
    let row = |id: &str, statement: &str| CatalogueRequirement {
        id: id.into(),
        level: Level::Must,
        statement: statement.into(),
        testable: true,
        reason: None,
        url: None,
    };
    let section = |name: &str, requirements: Vec<CatalogueRequirement>| CatalogueSection {
        name: name.into(),
        clause: format!("RFC 7644 §{name}"),
        url: Some(format!(
            "https://www.rfc-editor.org/rfc/rfc7644.html#section-{name}"
        )),
        requirements,
    };
    let catalogue = |id: &str, sections: Vec<CatalogueSection>| Catalogue {
        id: id.into(),
        title: format!("The catalogue {id}"),
        url: None,
        sections,
    };
    let mut excused = row("RFC7644-3.3-13", "The server keeps a secret.");
    excused.reason = Some("Nobody outside can see it.".into());
    let mut untestable = row("RFC7644-4-01", "A definition.");
    untestable.testable = false;
    vec![
        catalogue(
            "RFC7644",
            vec![
                section(
                    "3.3",
                    vec![
                        row("RFC7644-3.3-11", "A taken userName is answered with 409."),
                        row("RFC7644-3.3-12", "The answer has a Location."),
                        excused,
                    ],
                ),
                section(
                    "3.5.2.3",
                    vec![row("RFC7644-3.5.2.3-01", "Replace replaces.")],
                ),
                section("4", vec![untestable]),
            ],
        ),
        catalogue(
            "OTHER",
            vec![section("1", vec![row("OTHER-1-01", "Of others.")])],
        ),
    ]
}

fn uniqueness() -> Vec<Arc<RequirementRef>> {
    let cited = [
        RequirementRef {
            id: "OKTA-SPEC20-08".into(),
            statement: "A user with a taken userName is refused with 409.".into(),
            clause: "Okta SPEC 2.0, test 8".into(),
            url: None,
        },
        RequirementRef {
            id: "RFC7644-3.3-11".into(),
            statement: "If the resource exists already, the server MUST answer 409 with scimType uniqueness.".into(),
            clause: "RFC 7644 §3.3".into(),
            url: Some("https://www.rfc-editor.org/rfc/rfc7644#section-3.3".into()),
        },
    ];
    cited.map(Arc::new).into()
}

fn created() -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        "create-answers-201",
        "Creating a user answers 201 with the user",
        Verdict::Pass,
    );
    let mut post = step(
        "POST /Users",
        vec![exchange(
            "POST",
            "/Users",
            Some(new_user()),
            201,
            Some(user("2819c223")),
        )],
        vec![
            expectation("status", "201", "201", Outcome::Pass),
            expectation(
                "header Location",
                "a non-empty string",
                &format!("\"{BASE}/Users/2819c223\""),
                Outcome::Pass,
            ),
            expectation("resource", "a valid User", "a valid User", Outcome::Pass),
        ],
    );
    post.captures = BTreeMap::from([("id".to_owned(), json!("2819c223"))]);
    post.traits = vec![TraitSeen {
        name: "location-header".into(),
        value: "absolute URL".into(),
    }];
    let mut cleaned = exchange("DELETE", "/Users/2819c223", None, 204, None);
    cleaned.role = Role::Cleanup;
    check.steps = vec![post, step("clean-up", vec![cleaned], Vec::new())].into();
    check
}

fn duplicate_cause() -> Cause {
    Cause {
        id: "POST /Users · status · 409".into(),
        title: "POST /Users: expected status 409, received 201".into(),
        blocked: false,
    }
}

fn duplicate_refused() -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        "create-duplicate-refused",
        "Creating a user with a taken userName is refused",
        Verdict::Fail,
    );
    check.requirements = uniqueness();
    check.why = "Okta treats anything but 409 as a failed sync and retries; two accounts for one person follow.".into();
    check.fix =
        "Enforce userName uniqueness, ignoring case, and answer 409 with scimType uniqueness."
            .into();
    check.reason = Some("expected status 409, received 201".into());
    check.cause = Some(duplicate_cause());
    let mut given = exchange(
        "POST",
        "/Users",
        Some(new_user()),
        201,
        Some(user("2819c223")),
    );
    given.role = Role::Given;
    let mut status = expectation("status", "409", "201", Outcome::Fail);
    status.message = Some("expected status 409, received 201".into());
    status.location = Some(Location {
        file: "okta-spec-2.0.yaml".into(),
        line: 24,
        column: 9,
    });
    let mut error = expectation(
        "error",
        "a SCIM error with scimType uniqueness",
        "a User",
        Outcome::Fail,
    );
    error.message = Some("the body is no SCIM error".into());
    error.diff = vec![
        "- $.schemas[0]: \"urn:ietf:params:scim:api:messages:2.0:Error\"".into(),
        "+ $.schemas[0]: \"urn:ietf:params:scim:schemas:core:2.0:User\"".into(),
        "- $.scimType: \"uniqueness\"".into(),
    ];
    check.steps = vec![
        step("given: user", vec![given], Vec::new()),
        step(
            "POST /Users",
            vec![exchange(
                "POST",
                "/Users",
                Some(new_user()),
                201,
                Some(user("7d01aa9e")),
            )],
            vec![
                status,
                error,
                expectation(
                    "header Content-Type",
                    "application/scim+json",
                    "application/scim+json",
                    Outcome::Pass,
                ),
            ],
        ),
    ]
    .into();
    check
}

fn duplicate_ignoring_case() -> CheckResult {
    let mut check = duplicate_refused();
    check.id = "okta-spec-2.0/create-duplicate-ignoring-case/upper-case".into();
    check.title = "A taken userName is refused in any case (upper case)".into();
    check
}

fn patch_keeps_the_rest() -> CheckResult {
    let mut check = check(
        "rfc7644-patch",
        "replace-keeps-the-rest",
        "PATCH replace changes what it names and nothing else",
        Verdict::Fail,
    );
    check.requirements = vec![Arc::new(RequirementRef {
        id: "RFC7644-3.5.2.3-01".into(),
        statement: "The replace operation replaces the value at the target location.".into(),
        clause: "RFC 7644 §3.5.2.3".into(),
        url: Some("https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2.3".into()),
    })];
    check.why = "A directory that deactivates a user loses the user's e-mail address.".into();
    check.fix = "Apply each operation to its path only; don't replace the resource.".into();
    check.reason = Some("emails are gone after replacing active".into());
    check.cause = Some(Cause {
        id: "GET /Users/{id} · sameAs · before".into(),
        title: "emails are gone after replacing active".into(),
        blocked: false,
    });
    check.duration_us = 1_624_000;
    let patch = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": [{ "op": "replace", "path": "active", "value": false }]
    });
    let mut after = user("2819c223");
    if let Some(members) = after.as_object_mut() {
        members.remove("emails");
        members.insert("active".into(), json!(false));
    }
    let mut same = expectation(
        "sameAs",
        "the user before, with active false",
        "a user without emails",
        Outcome::Fail,
    );
    same.message = Some("emails are gone after replacing active".into());
    same.diff = vec!["- $.emails[0].value: \"scimitar-k7f3-ada@example.com\"".into()];
    let mut patched = step(
        "PATCH /Users/{id}",
        vec![exchange("PATCH", "/Users/2819c223", Some(patch), 204, None)],
        vec![expectation(
            "status",
            "one of 200, 204",
            "204",
            Outcome::Pass,
        )],
    );
    patched.traits = vec![TraitSeen {
        name: "patch-answer".into(),
        value: "204 without a body".into(),
    }];
    check.steps = vec![
        patched,
        step(
            "GET /Users/{id}",
            vec![exchange("GET", "/Users/2819c223", None, 200, Some(after))],
            vec![same],
        ),
    ]
    .into();
    check
}

fn blocked(id: &str) -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        id,
        "Groups take members",
        Verdict::Inconclusive,
    );
    check.reason = Some("blocked by: POST /Groups answered 500: out of memory".into());
    check.cause = Some(Cause {
        id: "POST /Groups answered 500: out of memory".into(),
        title: "POST /Groups answered 500: out of memory".into(),
        blocked: true,
    });
    let mut given = exchange(
        "POST",
        "/Groups",
        Some(
            json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "scimitar-k7f3-crew" }),
        ),
        500,
        Some(
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "500", "detail": "out of memory" }),
        ),
    );
    given.role = Role::Given;
    check.steps = vec![step("given: group", vec![given], Vec::new())].into();
    check
}

fn timed_out() -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        "list-answers",
        "Listing users answers",
        Verdict::Inconclusive,
    );
    check.reason = Some("no whole answer within 10 s".into());
    let mut lost = exchange("GET", "/Users?startIndex=1&count=100", None, 0, None);
    lost.response = None;
    lost.error = Some(TransportError {
        kind: TransportErrorKind::Timeout,
        message: "no whole answer within 10 s".into(),
    });
    lost.duration_us = 10_000_412;
    let mut unjudged = expectation("status", "", "no response", Outcome::Unjudged);
    unjudged.message = Some("no whole answer within 10 s".into());
    check.steps = vec![step("GET /Users", vec![lost], vec![unjudged])].into();
    check.duration_us = 10_001_000;
    check
}

fn slow_but_right() -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        "get-is-quick",
        "Reading a user takes less than 600 ms",
        Verdict::Warn,
    );
    check.level = Level::Should;
    check.reason = Some("took 1.24 s, and 600 ms are expected".into());
    let mut slow = exchange("GET", "/Users/2819c223", None, 200, Some(user("2819c223")));
    slow.duration_us = 1_240_000;
    let mut time = expectation("time", "at most 600 ms", "1.24 s", Outcome::Warn);
    time.message = Some("took 1.24 s, and 600 ms are expected".into());
    check.steps = vec![step(
        "GET /Users/{id}",
        vec![slow],
        vec![expectation("status", "200", "200", Outcome::Pass), time],
    )]
    .into();
    check
}

fn etag_waived() -> CheckResult {
    let mut check = check(
        "rfc7644-patch",
        "stale-version-refused",
        "A stale If-Match is refused with 412",
        Verdict::Waived,
    );
    check.reason = Some("until 2027-01-31: versions come with release 4 (SCIM-812)".into());
    let mut status = expectation("status", "412", "200", Outcome::Fail);
    status.message = Some("expected status 412, received 200".into());
    check.steps = vec![step(
        "PUT /Users/{id}",
        vec![exchange(
            "PUT",
            "/Users/2819c223",
            Some(new_user()),
            200,
            Some(user("2819c223")),
        )],
        vec![status],
    )]
    .into();
    check
}

fn bulk_skipped(id: &str) -> CheckResult {
    let mut check = check(
        "rfc7644-bulk",
        id,
        "Bulk requests are carried out in order",
        Verdict::Skip,
    );
    check.reason = Some("the target says bulk.supported: false".into());
    check.duration_us = 0;
    check
}

fn preview_broken() -> CheckResult {
    let mut check = check(
        "rfc7644-patch",
        "remove-by-value-path",
        "PATCH remove with a value path removes what it selects",
        Verdict::Fail,
    );
    check.status = Status::Preview;
    check.reason = Some("expected status one of 200, 204, received 400".into());
    let mut status = expectation("status", "one of 200, 204", "400", Outcome::Fail);
    status.message.clone_from(&check.reason);
    check.steps = vec![step(
        "PATCH /Users/{id}",
        vec![exchange("PATCH", "/Users/2819c223", None, 400, None)],
        vec![status],
    )]
    .into();
    check
}

fn converges() -> CheckResult {
    let mut check = check(
        "rfc7644-patch",
        "deactivation-shows",
        "A deactivated user is listed as such",
        Verdict::Pass,
    );
    let first = exchange("GET", "/Users/2819c223", None, 200, Some(user("2819c223")));
    let mut second = first.clone();
    second.attempt = 2;
    let mut polled = step(
        "GET /Users/{id}",
        vec![first, second],
        vec![expectation("$.active", "false", "false", Outcome::Pass)],
    );
    polled.converged_us = Some(420_000);
    check.steps = vec![polled].into();
    check
}

fn race() -> CheckResult {
    let mut check = check(
        "okta-spec-2.0",
        "race-creates-one",
        "Of two creates at the same moment one is refused",
        Verdict::Pass,
    );
    let conflict = json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "409", "scimType": "uniqueness" });
    let mut both = expectation(
        "$[*].status",
        "holding all of [201,409]",
        "[201,409]",
        Outcome::Pass,
    );
    both.exchange = None;
    check.steps = vec![step(
        "2 × POST /Users at the same moment",
        vec![
            exchange(
                "POST",
                "/Users",
                Some(new_user()),
                201,
                Some(user("2819c223")),
            ),
            exchange("POST", "/Users", Some(new_user()), 409, Some(conflict)),
        ],
        vec![both],
    )]
    .into();
    check
}
