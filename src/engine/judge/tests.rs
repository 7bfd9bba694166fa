//! Words of the suite language against answers, without a network.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::engine::generate::Generator;
use crate::suite::value_schema::ValueSchema;
use crate::suite::{
    BodyShape, ErrorMatcher, Matcher, SameAs, StatusMatcher, StatusRange, Template, TimeMatcher,
};

fn answer(status: u16, body: &Value) -> Answer {
    Answer {
        status,
        asked: Asked::default(),
        headers: vec![Header {
            name: "Content-Type".into(),
            value: "application/scim+json".into(),
        }],
        size: body.to_string().len(),
        json: Ok(body.clone()),
        body: body.to_string().into_bytes(),
        duration_us: 5_000,
    }
}

fn schema(value: &Value) -> Matcher {
    Matcher::Schema(ValueSchema::new(Template::new(value).unwrap()))
}

fn value(value: &Value) -> Matcher {
    Matcher::Value(Template::new(value).unwrap())
}

fn path(path: &str, matcher: Matcher) -> DemandKind {
    DemandKind::Path {
        path: Template::text(path).unwrap(),
        matcher,
    }
}

fn entry(demands: Vec<DemandKind>) -> Entry {
    let location = Location {
        file: "t.yaml".into(),
        line: 1,
        column: 1,
    };
    Entry {
        level: None,
        when: None,
        because: None,
        traits: Vec::new(),
        demands: demands
            .into_iter()
            .map(|kind| Demand {
                kind,
                location: location.clone(),
            })
            .collect(),
        location,
    }
}

struct World {
    scope: CheckScope,
    knowledge: Knowledge,
}

impl World {
    fn new() -> Self {
        let mut scope = CheckScope::new(
            Generator::new(1, "tag", "s/c"),
            json!({}),
            json!({}),
            json!({}),
            None,
        );
        scope.set("name", json!("Ada"));
        Self {
            scope,
            knowledge: Knowledge::default(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            scope: &self.scope,
            knowledge: &self.knowledge,
            dialect: Dialect::V2,
            sent: None,
            level: Level::Must,
            time_gates: false,
        }
    }

    fn judge(&self, entries: &[Entry], answer: &Answer, sent: Option<&Value>) -> Judgement {
        let facts = Facts {
            sent,
            ..self.facts()
        };
        judge(entries, facts, Some(Subject::Response(answer)))
    }

    fn holds(&self, kind: DemandKind, answer: &Answer) -> bool {
        self.judge(&[entry(vec![kind])], answer, None).holds()
    }
}

#[test]
fn bare_values_are_compared_as_json() {
    let world = World::new();
    let body = json!({ "n": 1.0, "name": "Ada", "on": true });
    for (at, wanted, fits) in [
        ("$.n", json!(1), true),
        ("$.name", json!("${name}"), true),
        ("$.name", json!("ada"), false),
        ("$.on", json!("true"), false),
        ("$.missing", json!("x"), false),
    ] {
        assert_eq!(
            world.holds(path(at, value(&wanted)), &answer(200, &body)),
            fits,
            "{at} {wanted}"
        );
    }
}

#[test]
fn keywords_of_the_suite_language() {
    let world = World::new();
    let body = json!({ "t": true, "zero": 0, "s": "401", "empty": "", "list": ["a", "b"], "none": null, "no": [] });
    for (at, keywords, fits) in [
        ("$.t", json!({ "asText": "true" }), true),
        ("$.t", json!({ "asText": "false" }), false),
        ("$.s", json!({ "asNumber": 401 }), true),
        (
            "$.s",
            json!({ "asNumber": { "exclusiveMaximum": 401 } }),
            false,
        ),
        ("$.t", json!({ "asNumber": 1 }), false),
        ("$.zero", json!({ "notEmpty": true }), true),
        ("$.empty", json!({ "notEmpty": true }), false),
        ("$.missing", json!({ "notEmpty": true }), false),
        ("$.empty", json!({ "notEmpty": false }), true),
        ("$.none", json!({ "notEmpty": false }), true),
        ("$.zero", json!({ "notEmpty": false }), false),
        ("$.missing", json!({ "notEmpty": false }), false),
        ("$.missing", json!({ "absent": true }), true),
        ("$.none", json!({ "absent": true }), true),
        ("$.no", json!({ "absent": true }), true),
        ("$.zero", json!({ "absent": true }), false),
        ("$.s", json!({ "absent": false }), true),
        ("$.list", json!({ "includesAll": ["b"] }), true),
        ("$.list", json!({ "includesAll": ["b", "c"] }), false),
        ("$.list[0]", json!({ "ignoringCase": "A" }), true),
        ("$.list[1]", json!({ "ignoringCase": "A" }), false),
    ] {
        assert_eq!(
            world.holds(path(at, schema(&keywords)), &answer(200, &body)),
            fits,
            "{at} {keywords}"
        );
    }
}

#[test]
fn a_status_is_a_code_or_a_class() {
    let world = World::new();
    let demand = |ranges| DemandKind::Status(StatusMatcher::OneOf(ranges));
    let body = json!({});
    assert!(world.holds(demand(vec![StatusRange::Class(2)]), &answer(204, &body)));
    assert!(!world.holds(demand(vec![StatusRange::Code(200)]), &answer(204, &body)));
    let both = vec![StatusRange::Code(200), StatusRange::Code(204)];
    assert!(world.holds(demand(both), &answer(204, &body)));
}

#[test]
fn an_error_says_its_status_as_text_and_its_scim_type() {
    let world = World::new();
    let uniqueness = || DemandKind::Error(ErrorMatcher::ScimTypes(vec!["uniqueness".into()]));
    let any = || DemandKind::Error(ErrorMatcher::Any);
    let error =
        json!({ "schemas": [crate::scim::urn::ERROR], "status": "409", "scimType": "uniqueness" });
    assert!(world.holds(uniqueness(), &answer(409, &error)));
    assert!(
        !world.holds(any(), &answer(400, &error)),
        "the status differs"
    );
    let mut number = error.clone();
    number["status"] = json!(409);
    assert!(!world.holds(any(), &answer(409, &number)));
    let mut other = error;
    other["scimType"] = json!("invalidValue");
    assert!(!world.holds(uniqueness(), &answer(409, &other)));
    assert!(world.holds(any(), &answer(409, &other)));
}

#[test]
fn of_lawful_choices_one_must_hold_and_is_recorded() {
    let world = World::new();
    let choice = |code, word: &str| Entry {
        traits: vec![("patch-answer".into(), Template::text(word).unwrap())],
        ..entry(vec![DemandKind::Status(StatusMatcher::OneOf(vec![
            StatusRange::Code(code),
        ]))])
    };
    let any = || {
        DemandKind::Any(vec![
            choice(200, "200 with the resource"),
            choice(204, "204"),
        ])
    };
    let judged = world.judge(&[entry(vec![any()])], &answer(204, &json!({})), None);
    assert!(judged.holds());
    assert_eq!(judged.traits.len(), 1);
    assert_eq!(judged.traits[0].value, "204");
    assert!(!world.holds(any(), &answer(500, &json!({}))));
}

#[test]
fn a_slow_answer_warns_and_a_should_warns() {
    let world = World::new();
    let slow = world.judge(
        &[entry(vec![DemandKind::Time(TimeMatcher::Under(
            Duration::from_millis(4),
        ))])],
        &answer(200, &json!({})),
        None,
    );
    assert_eq!(slow.results[0].outcome, Outcome::Warn);
    let should = Entry {
        level: Some(Level::Should),
        ..entry(vec![DemandKind::Body(BodyShape::None)])
    };
    let judged = world.judge(&[should], &answer(200, &json!({ "a": 1 })), None);
    assert_eq!(judged.results[0].outcome, Outcome::Warn);
    assert!(judged.holds());
}

#[test]
fn what_was_sent_came_back_by_the_rules_of_scim() {
    let world = World::new();
    let sent = json!({
        "schemas": [crate::scim::urn::USER],
        "userName": "ada@example.com",
        "emails": [{ "value": "a@example.com", "type": "work" }, { "value": "b@example.com" }],
        "password": "secret-of-ada",
    });
    let mut got = json!({
        "schemas": [crate::scim::urn::USER],
        "id": "1",
        "userName": "ada@example.com",
        "emails": [{ "value": "b@example.com" }, { "value": "a@example.com", "type": "work", "primary": false }],
        "meta": { "resourceType": "User" },
    });
    let same = || [entry(vec![DemandKind::SameAs(SameAs::Sent)])];
    assert!(
        world
            .judge(&same(), &answer(201, &got), Some(&sent))
            .holds()
    );
    got["emails"] = json!([{ "value": "b@example.com" }]);
    assert!(
        !world
            .judge(&same(), &answer(201, &got), Some(&sent))
            .holds()
    );
}

#[test]
fn an_answer_that_is_no_json_breaks_every_place_in_the_body() {
    let world = World::new();
    let html = Answer {
        json: Err("the body is an HTML page, not JSON".into()),
        ..answer(200, &json!({}))
    };
    let judged = world.judge(
        &[entry(vec![path("$.id", value(&json!("1")))])],
        &html,
        None,
    );
    assert_eq!(
        judged.results[0].message.as_deref(),
        Some("the body is an HTML page, not JSON")
    );
}

#[test]
fn what_the_target_publishes_decides_unless_nothing_is_known() {
    use crate::engine::knowledge::Discovery;
    use crate::suite::{Condition, Published, Test};

    let types = json!({ "Resources": [
        {
            "name": "User", "endpoint": "/Users", "schema": "urn:a",
            "schemaExtensions": [{ "schema": "urn:b", "required": false }],
        },
        {
            "name": "Badge", "endpoint": "/Badges", "schema": "urn:d",
            "schemaExtensions": [{ "schema": "urn:b", "required": true }],
        },
    ] });
    let mut world = World::new();
    world.knowledge = Knowledge::new([(
        Dialect::V2,
        Discovery {
            absent: vec![Published::Schemas],
            ..Discovery::read(None, Some(&types), None)
        },
    )]);
    let why = |world: &World, test: Test| {
        let condition = Condition { parts: vec![test] };
        unmet(&condition, world.facts())
    };
    let offers = |name: &str| Test::ResourceType(vec![name.to_owned()]);
    assert_eq!(
        why(&world, Test::Publishes(vec![Published::ResourceTypes])),
        None
    );
    assert_eq!(
        why(
            &world,
            Test::Publishes(vec![Published::ResourceTypes, Published::Schemas])
        )
        .as_deref(),
        Some("the target has no /Schemas")
    );
    let requires = |name: &str| Test::ExtensionRequired(name.to_owned());
    assert_eq!(
        why(&world, requires("User")).as_deref(),
        Some("the target requires no extension of a User")
    );
    assert_eq!(why(&world, requires("Badge")), None);
    assert_eq!(why(&world, offers("URN:B")), None);
    assert!(why(&world, offers("urn:c")).is_some());
    let unknown = World::new();
    assert_eq!(
        why(&unknown, Test::Publishes(vec![Published::Schemas])),
        None
    );
    assert_eq!(why(&unknown, offers("urn:c")), None);
}
