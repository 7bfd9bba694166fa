//! The paging of `scimitar import-preview` on the wire: what Okta's import would lose, and lists without an end.

#![expect(
    clippy::unwrap_used,
    reason = "what the tests are built from may fail as a test does"
)]

use std::io;

use scimitar::http::{Client, ClientConfig};
use scimitar::preview::decide::Decision;
use scimitar::preview::outcome::{Kind, Status};
use scimitar::preview::{Import, Preview, Row, Rules, Sink, Stop, preview};
use scimitar::record::Target;
use scimitar::suite::Dialect;
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// A list: from `startIndex` and `count` to the body of an answer.
struct List<F>(F);

impl<F: Fn(u64, u64) -> Value + Send + Sync> Respond for List<F> {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let number = |name: &str| {
            let mut pairs = request.url.query_pairs();
            let (_, value) = pairs.find(|(key, _)| key == name).unwrap();
            value.parse().unwrap()
        };
        let body = self.0(number("startIndex"), number("count"));
        let status = body
            .get("httpStatus")
            .and_then(Value::as_u64)
            .unwrap_or(200);
        ResponseTemplate::new(u16::try_from(status).unwrap()).set_body_json(body)
    }
}

fn user(number: u64) -> Value {
    let name = format!("u{number}@example.com");
    json!({
        "id": format!("id-{number}"), "userName": name, "active": true,
        "name": { "givenName": "Ada", "familyName": "Byron" },
        "emails": [{ "value": name, "primary": true }],
    })
}

fn page(total: u64, start: u64, numbers: impl Iterator<Item = u64>) -> Value {
    let items: Vec<Value> = numbers.map(user).collect();
    json!({ "totalResults": total, "startIndex": start, "itemsPerPage": items.len(), "Resources": items })
}

#[derive(Default)]
struct Rows(Vec<(u64, String, Decision)>);

impl Sink for Rows {
    fn user(&mut self, row: &Row<'_>) -> io::Result<()> {
        let name = row.person.name().to_owned();
        self.0.push((row.position, name, row.decision));
        Ok(())
    }
}

async fn import(
    dialect: Dialect,
    list: impl Fn(u64, u64) -> Value + Send + Sync + 'static,
) -> (Result<Preview, Stop>, Rows, usize) {
    let server = MockServer::start().await;
    let accept = match dialect {
        Dialect::V1 => "application/json",
        Dialect::V2 => "application/scim+json",
    };
    Mock::given(method("GET"))
        .and(path("/scim/Users"))
        .and(header("accept", accept))
        .and(header("user-agent", "Okta SCIM Client 1.0.0"))
        .respond_with(List(list))
        .mount(&server)
        .await;
    let url = format!("{}/scim", server.uri());
    let config = ClientConfig::new(url.clone(), tokio::time::Instant::now());
    let import = Import {
        client: Client::new(&config).unwrap(),
        dialect,
        target: Target {
            url,
            embedded: false,
            authentication: "none".to_owned(),
            insecure: false,
        },
        started: String::new(),
        rules: Rules {
            import_groups: false,
            ..Rules::default()
        },
        directory: None,
        against: None,
        most: 1_000,
        limit: 3,
        fingerprints: false,
    };
    let mut rows = Rows::default();
    let outcome = Box::pin(preview(import, &mut rows)).await;
    let requests = server.received_requests().await.unwrap().len();
    (outcome, rows, requests)
}

/// The ids of what is wrong.
fn problems(preview: &Preview) -> Vec<&str> {
    let findings = preview.findings.iter();
    let problems = findings.filter(|finding| finding.status == Status::Problem);
    problems.map(|finding| finding.id).collect()
}

fn count(preview: &Preview, kind: Kind) -> u64 {
    let mut notable = preview.notable.iter();
    notable
        .find(|notable| notable.kind == kind)
        .map_or(0, |notable| notable.count)
}

#[tokio::test]
async fn a_server_that_pages_as_asked_loses_nobody() {
    for dialect in [Dialect::V1, Dialect::V2] {
        let list = |start: u64, count: u64| page(250, start, start..(start + count).min(251));
        let (preview, rows, requests) = import(dialect, list).await;
        let preview = preview.unwrap();
        assert_eq!(problems(&preview), [""; 0]);
        // Three of the import, and one behind the end.
        assert_eq!((rows.0.len(), requests), (250, 4));
        assert_eq!(preview.users.unwrap().lost, 0);
    }
}

#[tokio::test]
async fn a_cap_of_50_loses_every_second_fifty_and_names_them() {
    let list = |start: u64, count: u64| page(250, start, start..(start + count.min(50)).min(251));
    let (preview, rows, requests) = import(Dialect::V2, list).await;
    let preview = preview.unwrap();
    assert_eq!(problems(&preview), ["users-lost-by-paging"]);
    let users = preview.users.as_ref().unwrap();
    assert_eq!(
        (users.distinct, users.lost, users.short_pages),
        (150, 100, 2)
    );
    // Three of the import, one into each of the two gaps, one behind the end.
    assert_eq!((users.requests, users.looks, requests), (3, 3, 6));
    assert_eq!(count(&preview, Kind::Missed), 100);
    let missed: Vec<u64> = rows
        .0
        .iter()
        .filter(|(_, _, decision)| *decision == Decision::Missed)
        .map(|(position, ..)| *position)
        .collect();
    assert_eq!(missed, (51..101).chain(151..201).collect::<Vec<_>>());
    let shown = &preview.notable[0].records;
    assert_eq!(
        (shown.len(), shown[0].name.as_str()),
        (3, "u51@example.com")
    );
}

#[tokio::test]
async fn a_start_index_that_is_ignored_ends_and_says_so() {
    // A list with an end, one with a great total, one whose total grows with every page, one without any.
    for (total, growing) in [
        (Some(250), false),
        (Some(u64::MAX), false),
        (Some(100), true),
        (None, false),
    ] {
        let list = move |start: u64, count: u64| {
            let mut page = page(0, 1, 1..=count);
            page["totalResults"] = match total {
                Some(total) if growing => json!(total + start),
                Some(total) => json!(total),
                None => Value::Null,
            };
            page
        };
        let (preview, _, requests) = import(Dialect::V2, list).await;
        let preview = preview.unwrap();
        assert!(requests <= 5, "{requests}");
        let problems = problems(&preview);
        assert!(problems.contains(&"users-repeated"), "{problems:?}");
        match total {
            Some(250) => {
                assert_eq!(preview.users.as_ref().unwrap().lost, 150);
                assert!(problems.contains(&"users-lost-by-paging"));
            }
            _ => assert!(problems.contains(&"users-end"), "{problems:?}"),
        }
    }
}

#[tokio::test]
async fn a_total_of_the_page_hides_all_others() {
    let list = |start: u64, count: u64| {
        let end = (start + count).min(251);
        page(end.saturating_sub(start), start, start..end)
    };
    let (preview, _, _) = import(Dialect::V2, list).await;
    let preview = preview.unwrap();
    assert_eq!(problems(&preview), ["users-lost-by-paging"]);
    let users = preview.users.as_ref().unwrap();
    assert_eq!((users.distinct, users.lost, users.requests), (100, 150, 1));
    assert!(
        preview.findings[0].text.ends_with("totalResults says 100"),
        "{:?}",
        preview.findings
    );
    // Somebody who is made while the import goes on is nobody that it loses.
    let grows = |start: u64, _| {
        page(
            if start == 1 { 5 } else { 6 },
            start,
            if start == 1 { 1..6 } else { 6..7 },
        )
    };
    let (preview, _, _) = import(Dialect::V2, grows).await;
    assert_eq!(problems(&preview.unwrap()), [""; 0]);
}

#[tokio::test]
async fn a_list_without_an_end_is_ended() {
    let endless = |start: u64, count: u64| page(start + 1_000, start, start..start + count);
    let (preview, rows, requests) = import(Dialect::V2, endless).await;
    assert_eq!(problems(&preview.unwrap()), ["users-end"]);
    assert_eq!((rows.0.len(), requests), (1_000, 10));
    let empty = |start: u64, _| page(1_000_000, start, 0..0);
    let (preview, _, requests) = import(Dialect::V2, empty).await;
    assert_eq!(problems(&preview.unwrap()), ["users-end"]);
    assert_eq!(requests, 3);
    // One of each hundred, and always another one: it is not asked a thousand times.
    let drop_by_drop = |start: u64, _| page(u64::MAX, start, std::iter::once(start));
    let (preview, rows, requests) = import(Dialect::V2, drop_by_drop).await;
    assert_eq!(
        problems(&preview.unwrap()),
        ["users-end", "users-lost-by-paging"]
    );
    assert!(rows.0.len() <= 1_200 && requests <= 1_200, "{requests}");
}

#[tokio::test]
async fn an_order_that_changes_between_pages_repeats_some_and_loses_others() {
    let list = |start: u64, _| match start {
        1 => page(200, start, 1..101),
        _ => page(200, start, 91..191),
    };
    let (preview, _, _) = import(Dialect::V2, list).await;
    let preview = preview.unwrap();
    assert_eq!(
        problems(&preview),
        ["users-lost-by-paging", "users-repeated"]
    );
    assert_eq!(preview.users.as_ref().unwrap().lost, 10);
    assert_eq!(count(&preview, Kind::RepeatedId), 10);
}

#[tokio::test]
async fn counts_as_text_and_records_that_lack_what_okta_reads() {
    let list = |_, _| {
        json!({
            "totalResults": "4", "startIndex": "1", "itemsPerPage": 4,
            "resources": [
                { "userName": "NoId@example.com" },
                { "id": "1", "userName": "a@x", "emails": "a@x", "active": false },
                { "id": "2", "userName": "A@X", "active": true,
                  "name": { "givenName": "\u{1b}[31mA", "familyName": "B" }, "emails": [{ "value": "a@x" }] },
                { "id": "3".repeat(2_000), "userName": "c@x" },
            ],
        })
    };
    let (preview, _, _) = import(Dialect::V2, list).await;
    let preview = preview.unwrap();
    assert_eq!(problems(&preview), ["users-counts", "users-complete"]);
    assert_eq!(count(&preview, Kind::RepeatedUserName), 1);
    assert_eq!(count(&preview, Kind::Incomplete), 1);
    assert_eq!(count(&preview, Kind::Lacking), 3);
    let long = preview
        .findings
        .iter()
        .find(|found| found.id == "users-ids");
    assert!(
        long.unwrap().text.starts_with("1 user with an id"),
        "{long:?}"
    );
}

#[tokio::test]
async fn what_breaks_off_in_the_middle_is_a_problem_and_what_never_begins_is_no_preview() {
    let list = |start: u64, count: u64| {
        if start > 100 {
            return json!({ "httpStatus": 500, "detail": "database is gone" });
        }
        page(250, start, start..start + count)
    };
    let (preview, _, _) = import(Dialect::V2, list).await;
    let preview = preview.unwrap();
    assert_eq!(problems(&preview), ["users-end"]);
    let text = &preview.findings[0].text;
    assert!(
        text.contains("startIndex=101") && text.contains("database is gone"),
        "{text}"
    );
    for body in [
        json!([1]),
        json!({ "users": [] }),
        json!({ "httpStatus": 404 }),
    ] {
        let (preview, _, _) = import(Dialect::V2, move |_, _| body.clone()).await;
        assert!(matches!(preview, Err(Stop::Preflight(_))));
    }
}
