//! The features of the Provisioning tab, from what is seen.

use serde_json::{Value, json};

use super::{Body, Diagnosis, Facts, Features, Status, answer, assert_found, but, json_answer};

fn list_of(user: &Value) -> Value {
    json!({ "totalResults": 1, "startIndex": 1, "itemsPerPage": 1, "Resources": [user] })
}

#[test]
fn each_feature_of_the_provisioning_tab_begins_with_a_read_that_has_to_be_answered() {
    type Change = fn(&mut Facts);
    let ada = || json!({ "id": "7", "userName": "ada" });
    let good = but(|facts| {
        facts.users = json_answer(200, &list_of(&json!({ "id": "7" })));
        facts.by_id = json_answer(200, &json!({ "id": "7" }));
    });
    let features = |diagnosis: &Diagnosis| -> Vec<(&'static str, Status)> {
        let found = diagnosis.findings.iter();
        found
            .filter(|one| one.id.starts_with("feature"))
            .map(|one| (one.id, one.status))
            .collect()
    };
    let all = features(&good);
    assert_eq!(all.len(), 6, "{all:?}");
    assert!(
        all.iter().all(|(_, status)| *status == Status::Ok),
        "{all:?}"
    );

    let table: [(Change, &str, Status, &str); 13] = [
        (
            |facts| facts.lookup = answer(404, Body::Empty),
            "create-users",
            Status::Problem,
            "answered 404",
        ),
        (
            |facts| facts.lookup = answer(400, Body::Empty),
            "create-users",
            Status::Problem,
            "answered 400",
        ),
        (
            |facts| facts.lookup = answer(200, Body::Html),
            "create-users",
            Status::Problem,
            "HTML",
        ),
        (
            |facts| facts.lookup = answer(429, Body::Empty),
            "create-users",
            Status::Unjudged,
            "429",
        ),
        (
            |facts| facts.lookup = json_answer(200, &list_of(&json!({ "id": "8" }))),
            "create-users",
            Status::Problem,
            "finds 1: Okta would take a stranger over",
        ),
        (
            |facts| {
                facts.lookup = json_answer(200, &json!({ "totalResults": "0", "Resources": [] }));
            },
            "create-users",
            Status::Problem,
            "no whole number",
        ),
        (
            |facts| facts.lookup = json_answer(200, &json!({ "totalResults": 0 })),
            "create-users",
            Status::Ok,
            "finds nobody",
        ),
        (
            |facts| facts.lookup = json_answer(200, &json!([1])),
            "create-users",
            Status::Problem,
            "no object",
        ),
        (
            |facts| facts.group_lookup = answer(404, Body::Empty),
            "push-groups",
            Status::Remark,
            "no groups",
        ),
        (
            |facts| facts.group_lookup = json_answer(200, &list_of(&json!({ "id": "8" }))),
            "push-groups",
            Status::Problem,
            "finds 1",
        ),
        (
            |facts| facts.by_id = answer(404, Body::Empty),
            "update-attributes",
            Status::Problem,
            "answered 404",
        ),
        (
            |facts| facts.by_id = json_answer(200, &json!({ "id": "8" })),
            "deactivate-users",
            Status::Problem,
            "another id",
        ),
        (
            |facts| {
                facts.discovery.config =
                    json_answer(200, &json!({ "patch": { "supported": false } }));
            },
            "deactivate-users",
            Status::Remark,
            "has no PATCH",
        ),
    ];
    for (change, id, status, text) in table {
        let diagnosis = but(|facts| {
            facts.users = json_answer(200, &list_of(&ada()));
            facts.by_id = json_answer(200, &ada());
            change(facts);
        });
        assert_found(&diagnosis, &format!("feature.{id}"), status, text);
    }

    let config = json!({ "okta": { "app": "wizard", "to_app": { "push_groups": false }, "to_okta": { "import_groups": false } } });
    let wizard = but(|facts| {
        facts.features = Features::of(&config);
        facts.users = json_answer(200, &list_of(&ada()));
        facts.by_id = json_answer(200, &ada());
        facts.discovery.config = json_answer(200, &json!({ "patch": { "supported": false } }));
    });
    assert_eq!(features(&wizard).len(), 4);
    assert_found(
        &wizard,
        "feature.create-users",
        Status::Ok,
        "Push New Users: ",
    );
    assert_found(
        &wizard,
        "feature.deactivate-users",
        Status::Ok,
        "read by id",
    );
    let unread = but(|facts| facts.users = answer(500, Body::Html));
    assert_eq!(features(&unread), [("features", Status::Unjudged)]);
}
