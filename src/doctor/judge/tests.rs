//! Facts and what they mean, as tables.

mod authorization;
mod features;

use std::time::Duration;

use serde_json::{Value, json};

use super::judge;
use crate::doctor::diagnosis::{Accepts, Diagnosis, Reach, Status, SuitePlan};
use crate::doctor::facts::{
    Answer, Body, Credentials, Endpoints, Facts, Features, Form, Intruder, OpenLedger, Reply,
};
use crate::engine::Discovery;
use crate::http::{Certificate, Handshake, Inspection, Step, Trust};
use crate::record::TransportErrorKind;
use crate::suite::Dialect;

const NOW: i64 = 1_800_000_000;
const DAY: i64 = 86_400;

fn answer(status: u16, body: Body) -> Reply {
    Reply::Came(Box::new(Answer {
        status,
        content_type: Some("application/scim+json".to_owned()),
        location: None,
        challenged: true,
        body,
    }))
}

fn json_answer(status: u16, body: &Value) -> Reply {
    answer(status, Body::Json(body.clone()))
}

fn list() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 0, "startIndex": 1, "itemsPerPage": 0, "Resources": [],
    })
}

fn error() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "401", "detail": "who are you?",
    })
}

fn step<T>(result: Result<T, &str>) -> Step<T> {
    Step {
        took: Duration::from_millis(12),
        result: result.map_err(str::to_owned),
    }
}

fn certificate(days: i64) -> Certificate {
    Certificate {
        subject: "CN=scim.example".to_owned(),
        issuer: "CN=An authority".to_owned(),
        names: vec!["scim.example".to_owned()],
        not_before: NOW - 100 * DAY,
        not_after: NOW + days * DAY,
    }
}

/// What is seen of a target that is as it should be.
fn good() -> Facts {
    let refused = || json_answer(401, &error());
    let discovery = json!({ "patch": { "supported": true }, "sort": { "supported": false } });
    Facts {
        base_url: "https://scim.example/scim/v2".to_owned(),
        loopback: false,
        embedded: false,
        insecure: false,
        dialect: Dialect::V2,
        credentials: Credentials {
            words: "bearer token".to_owned(),
            origin: Some("SCIMITAR_BEARER".to_owned()),
            scheme: Some("Bearer".to_owned()),
            given: true,
            timed: false,
            problem: None,
        },
        path: Ok(Inspection {
            place: "scim.example:443".to_owned(),
            proxy: None,
            literal: false,
            lookup: step(Ok(vec!["192.0.2.7".parse().unwrap()])),
            connect: Some(step(Ok("192.0.2.7:443".parse().unwrap()))),
            tls: Some(step(Ok(Handshake {
                protocol: "TLS 1.3".to_owned(),
                alpn: Some("h2".to_owned()),
            }))),
            trust: Some(Trust {
                chain: vec![certificate(90)],
                problem: None,
                public: true,
            }),
        }),
        users: json_answer(200, &list()),
        groups: json_answer(200, &list()),
        lookup: json_answer(200, &list()),
        group_lookup: json_answer(200, &list()),
        by_id: Reply::NotAsked("there is no user to read".to_owned()),
        features: Features::of(&Value::Null),
        redirects: None,
        intruders: vec![
            (Intruder::Nobody, refused()),
            (Intruder::Truncated, refused()),
        ],
        forms: vec![
            (Form::Alone, refused()),
            (Form::Bearer, json_answer(200, &list())),
        ],
        as_json: json_answer(200, &list()),
        as_anything: json_answer(200, &list()),
        discovery: Endpoints {
            config: json_answer(200, &discovery),
            resource_types: answer(404, Body::Empty),
            schemas: answer(404, Body::Empty),
        },
        discovered: Discovery::read(Some(&discovery), None, None),
        reads: vec![Duration::from_millis(20); 4],
        skews: vec![0, 1, 0],
        throttled: Vec::new(),
        suites: Ok(vec![SuitePlan {
            id: "okta-spec-2.0".to_owned(),
            title: "Okta".to_owned(),
            runs: 12,
            skipped: 0,
            reasons: Vec::new(),
        }]),
        ledgers: Vec::new(),
        search: json_answer(200, &list()),
        now_s: NOW,
    }
}

/// The diagnosis of a target that is as it should be but for this.
fn but(change: impl FnOnce(&mut Facts)) -> Diagnosis {
    let mut facts = good();
    change(&mut facts);
    judge(&facts)
}

/// The findings of an id: status and text.
fn found(diagnosis: &Diagnosis, id: &str) -> Vec<(Status, String)> {
    diagnosis
        .findings
        .iter()
        .filter(|finding| finding.id == id)
        .map(|finding| (finding.status, finding.text.clone()))
        .collect()
}

#[track_caller]
fn assert_found(diagnosis: &Diagnosis, id: &str, status: Status, text: &str) {
    let found = found(diagnosis, id);
    assert!(
        found.iter().any(|(s, t)| *s == status && t.contains(text)),
        "{id} is no {status:?} with `{text}`: {found:#?}"
    );
}

#[test]
fn a_good_target_has_no_problem_and_every_problem_has_a_remedy() {
    let diagnosis = judge(&good());
    assert!(!diagnosis.has_problem(), "{:#?}", diagnosis.findings);
    assert_eq!(diagnosis.okta.accepts, Accepts::Yes);
    assert_eq!(diagnosis.okta.reasons, Vec::<String>::new());
    assert_eq!(diagnosis.reach, Reach::Reached);
    assert_eq!(diagnosis.scim.as_deref(), Some("2.0"));
    assert_eq!(diagnosis.capabilities, ["PATCH", "no sort"]);
    assert_eq!(diagnosis.latency.read_p50_us, Some(20_000));
    assert_eq!(diagnosis.latency.first_connect_us, Some(36_000));
    let all_bad = but(|facts| {
        facts.base_url = "http://a_b.example/".to_owned();
        facts.users = answer(500, Body::Html);
        facts.intruders = vec![(Intruder::Nobody, json_answer(200, &list()))];
    });
    for finding in all_bad
        .findings
        .iter()
        .filter(|f| f.status == Status::Problem)
    {
        assert!(finding.remedy.is_some(), "{finding:?}");
    }
}

#[test]
fn the_base_url_keeps_oktas_rules() {
    let long = format!("https://scim.example/{}", "x".repeat(1020));
    let table = [
        (
            "http://scim.example/v2",
            "base-url.https",
            "it is not https",
        ),
        (
            "https://a_b.example/v2",
            "base-url.underscore",
            "underscore",
        ),
        (
            "https://a.example/v2?c_d=1",
            "base-url.underscore",
            "underscore",
        ),
        (
            "https://scim.example/v2/",
            "base-url.slash",
            "ends with a slash",
        ),
        (
            "https://scim.example/v2/?c=1",
            "base-url.slash",
            "ends with a slash",
        ),
        (
            "https://scim.example/v2#top",
            "base-url.fragment",
            "fragment",
        ),
        (long.as_str(), "base-url.length", "1041 characters"),
    ];
    for (url, id, text) in table {
        let diagnosis = but(|facts| facts.base_url = url.to_owned());
        assert_found(&diagnosis, id, Status::Problem, text);
        assert_eq!(diagnosis.okta.accepts, Accepts::No, "{url}");
    }
    let query = but(|facts| facts.base_url = "https://scim.example/v2?connection=X".to_owned());
    assert_found(
        &query,
        "base-url.query",
        Status::Remark,
        "goes onto every request",
    );
    assert!(!query.has_problem());
    let here = but(|facts| {
        facts.base_url = "http://localhost:8080/v2".to_owned();
        facts.loopback = true;
    });
    assert_found(&here, "base-url.https", Status::Remark, "on this machine");
    assert_eq!(here.okta.accepts, Accepts::NotYet);
    assert!(
        here.okta.reasons[1].contains("https URL"),
        "{:?}",
        here.okta
    );
}

#[test]
fn the_first_step_that_fails_is_the_problem() {
    fn path(facts: &mut Facts) -> &mut Inspection {
        facts.users = Reply::NotAsked("there is no connection".to_owned());
        facts.groups = Reply::NotAsked("there is no connection".to_owned());
        facts.path.as_mut().unwrap()
    }
    let no_name = but(|facts| {
        let path = path(facts);
        path.lookup = step(Err("the host name `scim.example` can't be resolved"));
        (path.connect, path.tls, path.trust) = (None, None, None);
    });
    assert_found(
        &no_name,
        "connection.name",
        Status::Problem,
        "can't be resolved",
    );
    let refused = but(|facts| {
        let path = path(facts);
        path.connect = Some(step(Err(
            "no connection to 192.0.2.7:443: connection refused",
        )));
        (path.tls, path.trust) = (None, None);
    });
    assert_found(
        &refused,
        "connection.tcp",
        Status::Problem,
        "connection refused",
    );
    let no_tls = but(|facts| {
        let path = path(facts);
        path.tls = Some(step(Err("the target does not speak TLS on this port")));
        path.trust = None;
    });
    assert_found(
        &no_tls,
        "connection.tls",
        Status::Problem,
        "does not speak TLS",
    );
    for diagnosis in [no_name, refused, no_tls] {
        assert_eq!(diagnosis.reach, Reach::Unreachable);
        assert_eq!(diagnosis.okta.accepts, Accepts::No);
        assert_eq!(
            diagnosis.count(Status::Problem),
            1,
            "{:#?}",
            diagnosis.findings
        );
    }
}

#[test]
fn certificates_are_judged_by_their_end_and_by_who_vouches_for_them() {
    fn trust(facts: &mut Facts) -> &mut Trust {
        facts.path.as_mut().unwrap().trust.as_mut().unwrap()
    }
    for (days, status, text) in [
        (-1, Status::Problem, "expired on 2027-01-14"),
        (0, Status::Remark, "in less than a day"),
        (29, Status::Remark, "in 29 days"),
        (30, Status::Ok, "valid until 2027-02-14 (30 days)"),
    ] {
        let diagnosis = but(|facts| trust(facts).chain = vec![certificate(days)]);
        assert_found(&diagnosis, "connection.expiry", status, text);
    }
    let own = but(|facts| trust(facts).public = false);
    assert_found(&own, "connection.trust", Status::Remark, "for --ca only");
    assert_eq!(
        own.okta.reasons,
        ["it needs a certificate of a public authority"]
    );
    let insecure = but(|facts| {
        facts.insecure = true;
        trust(facts).problem = Some("the certificate of the target is not for `x`".to_owned());
    });
    assert_found(
        &insecure,
        "connection.trust",
        Status::Problem,
        "Okta verifies it",
    );
    assert_eq!(insecure.okta.accepts, Accepts::No);
}

#[test]
fn whoever_should_be_refused_is_refused_with_401_and_a_scim_error() {
    let id = "authentication.refused";
    let table = [
        (json_answer(200, &list()), "let in (200)"),
        (json_answer(403, &error()), "answered 403"),
        (answer(500, Body::Empty), "answered 500 without a body"),
        (answer(401, Body::Html), "answered 401 with an HTML page"),
        (answer(200, Body::Html), "answered 200 with an HTML page"),
    ];
    for (reply, text) in table {
        let diagnosis = but(|facts| facts.intruders[1].1 = reply);
        assert_found(&diagnosis, id, Status::Problem, text);
        assert_found(
            &diagnosis,
            id,
            Status::Ok,
            "no credentials: refused with 401",
        );
        assert_eq!(diagnosis.okta.accepts, Accepts::Yes);
    }
    let login = but(|facts| {
        facts.intruders[1].1 = Reply::Came(Box::new(Answer {
            status: 302,
            content_type: None,
            location: Some("https://scim.example/login".to_owned()),
            challenged: false,
            body: Body::Empty,
        }));
    });
    assert_found(
        &login,
        id,
        Status::Problem,
        "a redirect to https://scim.example/login",
    );
    for (member, text) in [
        ("detail", "it has no `detail`"),
        ("status", "it has no `status` \"401\""),
        ("schemas", "do not name the SCIM Error"),
    ] {
        let mut body = error();
        body.as_object_mut().unwrap().shift_remove(member);
        let diagnosis = but(|facts| facts.intruders[1].1 = json_answer(401, &body));
        assert_found(&diagnosis, "authentication.error", Status::Problem, text);
    }
    let throttled = but(|facts| facts.intruders[1].1 = answer(429, Body::Empty));
    assert_found(
        &throttled,
        id,
        Status::Unjudged,
        "half of the secret: answered 429",
    );
}

#[test]
fn refused_credentials_come_with_what_would_work() {
    let alone = but(|facts| {
        facts.users = json_answer(401, &error());
        facts.groups = json_answer(401, &error());
        facts.forms[0].1 = json_answer(200, &list());
        facts.forms[1].1 = json_answer(401, &error());
    });
    assert_eq!(alone.reach, Reach::Refused);
    assert_found(
        &alone,
        "authentication.accepted",
        Status::Problem,
        "refused, GET /Users is answered 401 (who are you?)",
    );
    assert_found(
        &alone,
        "authentication.forms",
        Status::Remark,
        "without `Bearer ` only",
    );
    assert_eq!(alone.count(Status::Problem), 1, "{:#?}", alone.findings);
    let accepted = alone
        .findings
        .iter()
        .find(|f| f.id == "authentication.accepted");
    let remedy = accepted.unwrap().remedy.as_deref().unwrap();
    assert!(remedy.contains("--auth-header"), "{remedy}");
    let none = but(|facts| {
        facts.credentials = Credentials {
            words: "none".to_owned(),
            ..Credentials::default()
        };
        facts.users = json_answer(401, &error());
    });
    assert_found(
        &none,
        "authentication.accepted",
        Status::Problem,
        "no credentials are given",
    );
    let no_token = but(|facts| {
        facts.credentials.problem = Some("the token endpoint answers 400".to_owned());
        facts.users = Reply::NotAsked("there are no credentials to ask with".to_owned());
    });
    assert_eq!(no_token.reach, Reach::Refused);
    assert_eq!(no_token.okta.accepts, Accepts::No);
}

#[test]
fn the_forms_of_a_token_say_what_to_type() {
    let form = |works: bool| json_answer(if works { 200 } else { 401 }, &list());
    for (alone, bearer, status, text) in [
        (true, true, Status::Ok, "may hold either"),
        (false, true, Status::Ok, "type `Bearer ` before it"),
        (
            true,
            false,
            Status::Remark,
            "mode that adds it can't be used",
        ),
        (false, false, Status::Unjudged, "neither alone (401) nor"),
    ] {
        let diagnosis = but(|facts| {
            facts.forms = vec![(Form::Alone, form(alone)), (Form::Bearer, form(bearer))];
        });
        assert_found(&diagnosis, "authentication.forms", status, text);
    }
    let basic = but(|facts| {
        facts.credentials.scheme = Some("Basic".to_owned());
        facts.forms = Vec::new();
    });
    assert_found(
        &basic,
        "authentication.basic",
        Status::Remark,
        "does not take Basic",
    );
}

#[test]
fn the_probes_are_judged_as_okta_does() {
    let mut text_number = list();
    text_number["totalResults"] = json!("3");
    let mut half = list();
    half["startIndex"] = json!(1.5);
    let mut whole = list();
    whole["startIndex"] = json!(1.0);
    let mut object = list();
    object["Resources"] = json!({});
    for (reply, text) in [
        (
            json_answer(200, &text_number),
            "its `totalResults` is no whole number",
        ),
        (
            json_answer(200, &half),
            "its `startIndex` is no whole number",
        ),
        (json_answer(200, &object), "its `Resources` is no array"),
        (json_answer(200, &json!([])), "no object"),
        (json_answer(200, &json!({})), "it has no `itemsPerPage`"),
        (answer(200, Body::Other), "200 with a body that is no JSON"),
        (answer(404, Body::Empty), "answered 404"),
        (
            Reply::Failed {
                kind: TransportErrorKind::Timeout,
                message: "no answer within 2 s".to_owned(),
            },
            "no answer within 2 s",
        ),
    ] {
        let diagnosis = but(|facts| facts.users = reply);
        assert_found(&diagnosis, "okta.users", Status::Problem, text);
        assert_eq!(diagnosis.okta.accepts, Accepts::No, "{text}");
    }
    assert!(!but(|facts| facts.users = json_answer(200, &whole)).has_problem());
    // Of the groups, Okta reads the array only.
    let bare = but(|facts| facts.groups = json_answer(200, &json!({ "Resources": [] })));
    assert_found(&bare, "okta.groups", Status::Ok, "0 came");
    let none = but(|facts| facts.groups = answer(404, Body::Empty));
    assert_found(&none, "okta.groups", Status::Remark, "there are no groups");
    assert_eq!(none.okta.reasons, ["with 'Import Groups' off"]);
    let throttled = but(|facts| facts.users = answer(429, Body::Empty));
    assert_eq!(throttled.okta.accepts, Accepts::Unknown);
}

#[test]
fn the_version_is_told_by_the_schemas_of_the_list() {
    let mut v1 = list();
    v1["schemas"] = json!(["urn:scim:schemas:core:1.0"]);
    let diagnosis = but(|facts| facts.users = json_answer(200, &v1));
    assert_found(
        &diagnosis,
        "version",
        Status::Remark,
        "but the settings say 2.0",
    );
    assert_eq!(diagnosis.scim.as_deref(), Some("1.1"));
    let same = but(|facts| {
        facts.users = json_answer(200, &v1);
        facts.dialect = Dialect::V1;
    });
    assert_found(&same, "version", Status::Ok, "template “SCIM 1.1 …”");
    v1.as_object_mut().unwrap().shift_remove("schemas");
    let silent = but(|facts| facts.users = json_answer(200, &v1));
    assert_found(&silent, "version", Status::Remark, "has no `schemas`");
}

#[test]
fn media_types_other_than_scims_are_remarked_on() {
    let with = |kind: Option<&str>| {
        let Reply::Came(mut answer) = json_answer(200, &list()) else {
            unreachable!()
        };
        answer.content_type = kind.map(str::to_owned);
        Reply::Came(answer)
    };
    for (kind, status) in [
        (Some("application/scim+json; charset=utf-8"), Status::Ok),
        (Some("application/json"), Status::Remark),
        (Some("text/html"), Status::Remark),
        (None, Status::Remark),
    ] {
        let diagnosis = but(|facts| facts.users = with(kind));
        assert_found(&diagnosis, "media.scim", status, "application/scim+json →");
        assert!(!diagnosis.has_problem());
    }
    let asked = but(|facts| facts.as_json = with(Some("application/json")));
    assert_found(
        &asked,
        "media.json",
        Status::Ok,
        "application/json → application/json",
    );
}

#[test]
fn discovery_has_to_agree_with_itself() {
    let schemas = json!([{ "id": "urn:ietf:params:scim:schemas:core:2.0:User", "name": "User", "attributes": [] }]);
    let types = |extension: &str| {
        json!([{
            "name": "User", "endpoint": "/Users", "schema": "urn:ietf:params:scim:schemas:core:2.0:User",
            "schemaExtensions": [{ "schema": extension, "required": false }],
        }])
    };
    let with = |types: &Value| {
        but(|facts| {
            facts.discovery.resource_types = json_answer(200, types);
            facts.discovery.schemas = json_answer(200, &schemas);
            facts.discovered = Discovery::read(None, Some(types), Some(&schemas));
        })
    };
    let lacking = with(&types("urn:example:extension"));
    let id = "discovery.consistent";
    assert_found(
        &lacking,
        id,
        Status::Remark,
        "/Schemas lacks: urn:example:extension",
    );
    let whole = with(&types("urn:ietf:params:scim:schemas:core:2.0:user"));
    assert_found(&whole, id, Status::Ok, "is published");
    assert_found(
        &judge(&good()),
        "discovery.schemas",
        Status::Remark,
        "answered 404 without a body",
    );
}

#[test]
fn a_clock_that_is_off_is_a_problem_where_tokens_tell_the_time() {
    for (skew, timed, status, text) in [
        (1, false, Status::Ok, "agrees"),
        (-30, false, Status::Ok, "30 s behind"),
        (31, false, Status::Remark, "31 s ahead of"),
        (-400, false, Status::Remark, "6 min behind"),
        (-400, true, Status::Problem, "tokens count as expired"),
    ] {
        let diagnosis = but(|facts| {
            facts.skews = vec![skew];
            facts.credentials.timed = timed;
        });
        assert_found(&diagnosis, "time.clock", status, text);
    }
    let none = but(|facts| facts.skews = Vec::new());
    assert_found(&none, "time.clock", Status::Unjudged, "no Date");
}

#[test]
fn limits_of_the_rate_are_told_with_what_okta_makes_of_them() {
    let with = |values: &[Option<&str>]| {
        let values = values
            .iter()
            .map(|value| value.map(str::to_owned))
            .collect();
        but(|facts| facts.throttled = values)
    };
    let id = "time.rate";
    assert_found(&with(&[Some("7")]), id, Status::Remark, "Retry-After: 7");
    assert_found(
        &with(&[Some("7"), None]),
        id,
        Status::Remark,
        "without Retry-After; Okta then waits 5 min",
    );
    assert_found(
        &with(&[Some("soon")]),
        id,
        Status::Remark,
        "with Retry-After: soon; Okta then",
    );
    assert!(found(&judge(&good()), id).is_empty());
}

#[test]
fn left_overs_are_told_with_the_command_that_removes_them() {
    let mut search = list();
    search["totalResults"] = json!(1);
    search["Resources"] = json!([{ "userName": "scimitar-abcdefgh-123456@example.com" }]);
    let diagnosis = but(|facts| {
        facts.ledgers = vec![OpenLedger {
            path: "reports/r1/ledger.jsonl".to_owned(),
            run: "r1".to_owned(),
            tag: "abcdefgh".to_owned(),
            open: 2,
        }];
        facts.search = json_answer(200, &search);
    });
    assert_found(
        &diagnosis,
        "leftovers.ledger",
        Status::Remark,
        "left 2 resources there",
    );
    assert_found(
        &diagnosis,
        "leftovers.target",
        Status::Remark,
        "1 user there carries",
    );
    let remedies: Vec<_> = diagnosis
        .findings
        .iter()
        .filter_map(|f| f.remedy.as_deref())
        .collect();
    let command = "scimitar cleanup reports/r1/ledger.jsonl https://scim.example/scim/v2";
    assert!(remedies.contains(&command), "{remedies:?}");
    search["Resources"] = json!([{ "userName": "ada@example.com" }]);
    let unfiltered = but(|facts| facts.search = json_answer(200, &search));
    assert_found(
        &unfiltered,
        "leftovers.target",
        Status::Unjudged,
        "the filter is not applied",
    );
    let refused = but(|facts| facts.search = answer(400, Body::Empty));
    assert_found(
        &refused,
        "leftovers.target",
        Status::Unjudged,
        "answered 400",
    );
}
