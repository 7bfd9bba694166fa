//! One long conversation with a server that touches all that it does, and what was seen in it: a fault that changes
//! nothing in it would be no fault.

mod attributes;

use std::cell::Cell;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use scimitar::server::Config;
use serde_json::{Value, json};

use crate::client::{
    BULK, ENTERPRISE, GROUP, Got, PATCH_OP, SEARCH, Scim, USER, V1, encode, id, plain_client,
};
use crate::probe_protocol::protocol;
use crate::values::values;

thread_local! {
    static TICKS: Cell<i64> = const { Cell::new(0) };
}

/// A clock that moves on by a second each time it is looked at, for each thread.
fn clock() -> DateTime<Utc> {
    TICKS.set(TICKS.get() + 1);
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(TICKS.get())
}

/// What was seen: what was asked, and the answer without what differs from run to run.
pub(crate) type Seen = Vec<(String, String)>;

pub(crate) struct Conversation {
    pub(crate) scim: Scim,
    /// Whether it waits for cursors of a second to expire.
    outlives_cursors: bool,
    pub(crate) seen: Seen,
}

impl Conversation {
    fn note(&mut self, label: &str, got: &Got) {
        let host = self.scim.server.address().to_string();
        let mut headers: Vec<String> = got
            .headers
            .iter()
            .filter(|(name, _)| *name != "date")
            .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
            .collect();
        headers.sort();
        let slow = if got.took.as_millis() > 450 {
            "slow"
        } else {
            ""
        };
        let all = format!("{} {slow} {headers:?} {}", got.status, got.text).replace(&host, "HOST");
        self.seen.push((label.to_owned(), all));
    }

    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Value {
        match self.scim.try_ask(method, path, headers, body).await {
            Ok(got) => {
                self.note(&format!("{method} {path} {headers:?}"), &got);
                serde_json::from_str(&got.text).unwrap_or_default()
            }
            Err(error) => {
                let what = format!(
                    "timeout {} body {} {error:?}",
                    error.is_timeout(),
                    error.is_body()
                );
                let host = self.scim.server.address().to_string();
                self.seen
                    .push((format!("{method} {path}"), what.replace(&host, "HOST")));
                Value::Null
            }
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Value {
        self.ask("GET", path, &[], None).await
    }

    pub(crate) async fn send(&mut self, method: &str, path: &str, body: &Value) -> Value {
        self.ask(method, path, &[], Some(body.to_string())).await
    }

    pub(crate) async fn patch(&mut self, path: &str, operations: Value) -> Value {
        self.send(
            "PATCH",
            path,
            &json!({ "schemas": [PATCH_OP], "Operations": operations }),
        )
        .await
    }

    pub(crate) async fn find(&mut self, filter: &str) -> Value {
        self.get(&format!("/Users?filter={}", encode(filter))).await
    }
}

/// The parts of the conversation, each with a server of its own.
pub(crate) const PARTS: [&str; 18] = [
    "authentication",
    "discovery",
    "lists",
    "filters",
    "writes",
    "patches",
    "clients",
    "regressions",
    "deletes",
    "bulk",
    "cursors",
    "races",
    "v1",
    "protocol",
    "published",
    "profiles",
    "references",
    "values",
];

/// The parts, those first in which a fault of an area should show.
pub(crate) fn parts_for(area: &str) -> Vec<&'static str> {
    let first: &[&str] = match area {
        "authentication" => &["authentication", "protocol"],
        "version" | "exchange" | "error" | "precis" => &["protocol", "writes"],
        "me" | "media" | "entitlement" | "rate" => &["discovery", "protocol"],
        "discovery" => &["discovery", "published", "protocol"],
        "service-provider-config" | "resource-type" | "schema" => &["published", "profiles"],
        "list" | "page" | "sort" | "projection" | "search" | "cursor" | "wire" => &["lists"],
        "filter" => &["filters"],
        "create" | "uniqueness" | "read" | "meta" | "etag" | "replace" => &["writes", "protocol"],
        "delete" => &["deletes", "protocol"],
        "attribute" | "common-attribute" | "value" => &["values", "writes"],
        "user" => &["profiles"],
        "group" => &["patches", "references"],
        "enterprise" => &["references"],
        "client" => &["clients"],
        "regression" => &["regressions"],
        area if area.starts_with("patch") => &["patches"],
        area if area.starts_with("bulk") => &["bulk"],
        area if area.starts_with("cursor-") => &["cursors"],
        area if area.starts_with("scim11") => &["v1"],
        unknown => panic!("which part of the conversation is about {unknown}? A line here says so"),
    };
    let others = PARTS.into_iter().filter(|part| !first.contains(part));
    first.iter().copied().chain(others).collect()
}

/// Talks with a server that is started with these switches, about one part.
pub(crate) async fn probe(part: &str, faults: &[&str], variations: &[&str]) -> Seen {
    TICKS.set(0);
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    let config = Config {
        faults: owned(faults),
        variations: owned(variations),
        more_users: 6,
        clock,
        ..Config::default()
    };
    let mut talk = Conversation {
        scim: Scim::start(config).await,
        outlives_cursors: [faults, variations]
            .concat()
            .iter()
            .any(|id| id.contains("cursor")),
        seen: Vec::new(),
    };
    match part {
        "authentication" => authentication(&mut talk).await,
        "discovery" => discovery(&mut talk).await,
        "lists" => lists(&mut talk).await,
        "filters" => filters(&mut talk).await,
        "bulk" => bulk(&mut talk).await,
        "cursors" => cursors(&mut talk).await,
        "races" => races(&mut talk).await,
        "v1" => v1(&mut talk).await,
        "protocol" => protocol(&mut talk).await,
        "published" => attributes::published(&mut talk).await,
        "profiles" => attributes::profiles(&mut talk).await,
        "references" => attributes::references(&mut talk).await,
        "values" => values(&mut talk).await,
        _ => {
            let (user, group) = writes(&mut talk).await;
            match part {
                "patches" => patches(&mut talk, &user, &group).await,
                "clients" => clients(&mut talk, &user, &group).await,
                "regressions" => regressions(&mut talk, &user, &group).await,
                "deletes" => deletes(&mut talk, &user, &group).await,
                _ => {}
            }
        }
    }
    talk.seen
}

/// The part of the conversation that a server which breaks HTTP is asked for.
pub(crate) async fn probe_wire(fault: &str) -> Seen {
    TICKS.set(0);
    let faults = if fault.is_empty() {
        Vec::new()
    } else {
        vec![fault.to_owned()]
    };
    let mut scim = Scim::start(Config {
        faults,
        clock,
        ..Config::default()
    })
    .await;
    scim.client = plain_client(Duration::from_millis(1500));
    let mut talk = Conversation {
        scim,
        outlives_cursors: false,
        seen: Vec::new(),
    };
    talk.get("/ServiceProviderConfig").await;
    talk.get("/Users?count=1").await;
    talk.seen
}

async fn authentication(talk: &mut Conversation) {
    let token = talk.scim.server.token().to_owned();
    let short = format!("Bearer {}", &token[..token.len() - 2]);
    let other = format!("Token {token}");
    for value in [
        "",
        "non-token",
        "Bearer wrong",
        short.as_str(),
        other.as_str(),
    ] {
        talk.ask("GET", "/Users?count=1", &[("authorization", value)], None)
            .await;
    }
    talk.ask(
        "POST",
        "/Users",
        &[("authorization", "")],
        Some(json!({}).to_string()),
    )
    .await;
    talk.ask(
        "GET",
        "/ServiceProviderConfig",
        &[("authorization", "")],
        None,
    )
    .await;
    talk.ask("GET", "/Schemas", &[("authorization", "")], None)
        .await;
}

async fn discovery(talk: &mut Conversation) {
    for path in [
        "/ServiceProviderConfig",
        "/ResourceTypes",
        "/Schemas",
        "/ResourceTypes/User",
        "/Nothing",
    ] {
        talk.get(path).await;
    }
    talk.get(&format!("/Schemas/{USER}")).await;
    talk.get("/Schemas?filter=id%20pr").await;
    talk.send("POST", "/Schemas", &json!({})).await;
    talk.get("/Me").await;
}

async fn lists(talk: &mut Conversation) {
    let capital = json!({
        "schemas": [USER],
        "userName": "Beta@example.com",
        "nickName": "B",
        "title": "Tester",
        "roles": [{ "value": "reader" }],
        "entitlements": [{ "value": "seat" }],
        "phoneNumbers": [{ "value": "tel:+1-201-555-0123", "type": "work" }],
        "addresses": [{ "locality": "Springfield", "type": "work" }],
    });
    talk.send("POST", "/Users", &capital).await;
    for query in [
        "",
        "?count=1&startIndex=1",
        "?count=4&startIndex=3",
        "?count=0",
        "?count=-1",
        "?startIndex=0",
        "?startIndex=1000&count=3",
        "?count=3&startIndex=4",
        "?sortBy=userName",
        "?sortBy=userName&sortOrder=descending",
        "?sortBy=userName&count=4&startIndex=3",
        "?sortBy=addresses.locality",
        "?sortBy=addresses",
        "?sortBy=externalId&count=2",
        "?attributes=userName",
        "?attributes=name.familyName",
        "?excludedAttributes=id,emails",
        "?count=500",
        "?count=ten",
        "?startIndex=-3&count=2",
        "?sortBy=name",
        "?sortBy=name.familyName",
        "?sortBy=emails.value",
        "?sortBy=title&sortOrder=descending",
        "?sortBy=userName&sortOrder=desc",
        "?sortBy=meta.created&sortOrder=descending",
        "?sortBy=USERNAME",
        "?sortBy=urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "?sortBy=title",
        "?sortBy=nickName&sortOrder=descending",
        "?scimitarNoSuchParameter=1",
        "?attributes=USERNAME",
        "?attributes=UserName",
        "?attributes=title,%20userName",
        "?attributes=urn:ietf:params:scim:schemas:core:2.0:User:userName",
        "?attributes=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
        "?attributes=noSuchAttribute",
        "?attributes=userName&excludedAttributes=emails",
        "?excludedAttributes=Emails",
        "?excludedAttributes=name.givenName",
    ] {
        talk.get(&format!("/Users{query}")).await;
    }
    for query in [
        "",
        "?filter=meta.resourceType%20eq%20%22Group%22",
        "?filter=userName%20pr",
        "?filter=displayName%20co%20%22e%22",
    ] {
        talk.get(query).await;
    }
    talk.get("/Groups?excludedAttributes=members").await;
    for body in [
        json!({ "schemas": [SEARCH] }),
        json!({ "count": 1 }),
        json!({ "schemas": [SEARCH], "filter": "userName pr", "sortBy": "userName",
            "sortOrder": "descending", "startIndex": 2, "count": 2 }),
        json!({ "schemas": [SEARCH], "excludedAttributes": ["emails"] }),
        json!({ "schemas": [SEARCH], "attributes": ["name.familyName"] }),
    ] {
        talk.send("POST", "/Users/.search", &body).await;
    }
    talk.ask("POST", "/Users/.search", &[], Some("{".to_owned()))
        .await;
    let named = json!({ "schemas": [USER], "userName": "Shown@example.com", "title": "Changed" });
    let shown = talk
        .send("POST", "/Users?attributes=userName", &named)
        .await;
    let place = format!("/Users/{}?attributes=userName", id(&shown));
    talk.get(&place).await;
    talk.send("PUT", &place, &named).await;
    let named = json!([{ "op": "replace", "path": "title", "value": "Again" }]);
    talk.patch(&place, named).await;
    talk.get("/Users").await;
    talk.ask(
        "GET",
        "/Users?count=1",
        &[("accept", "application/scim+json; charset=utf-8")],
        None,
    )
    .await;
    talk.ask(
        "GET",
        "/Users?count=1",
        &[("accept", "application/json")],
        None,
    )
    .await;
    talk.ask("GET", "/Users?count=1", &[("accept", "text/html")], None)
        .await;
    talk.get("/Groups").await;
    talk.get("/Roles?count=1&startIndex=1").await;
    talk.get("/Entitlements?count=1&startIndex=1").await;
    talk.get("?count=2").await;
    let search = json!({
        "schemas": [SEARCH], "filter": "userName co \"a\"", "count": 1, "attributes": ["userName"],
    });
    for path in ["/Users/.search", "/.search"] {
        talk.send("POST", path, &search).await;
    }
    let first = talk.get("/Users?cursor&count=5").await;
    let next = first["nextCursor"].as_str().unwrap_or("none").to_owned();
    let second = talk
        .get(&format!("/Users?cursor={}&count=5", encode(&next)))
        .await;
    let next = second["nextCursor"].as_str().unwrap_or("none").to_owned();
    talk.get(&format!("/Users?cursor={}&count=5", encode(&next)))
        .await;
    talk.get("/Users?cursor=wrong&count=5").await;
}

async fn filters(talk: &mut Conversation) {
    let first = talk.get("/Users?count=1").await["Resources"][0].clone();
    let name = first["userName"].as_str().unwrap_or("?").to_owned();
    let (family, ident) = (
        first["name"]["familyName"]
            .as_str()
            .unwrap_or("?")
            .to_owned(),
        id(&first),
    );
    for filter in [
        format!("userName eq \"{name}\""),
        format!("userName eq \"{}\"", name.to_uppercase()),
        format!("USERNAME Eq \"{name}\""),
        format!("userName ne \"{name}\""),
        format!("userName eq \"{name}\" and active eq false"),
        format!("userName eq \"{name}\" or title sw \"S\""),
        format!("title pr and userName eq \"{name}\" or active eq false"),
        "active eq false and title sw \"nothing\" or title pr".to_owned(),
        format!("not (userName eq \"{name}\")"),
        "title co \"ngine\"".to_owned(),
        "title sw \"ngine\"".to_owned(),
        "title ew \"Engi\"".to_owned(),
        "addresses pr".to_owned(),
        format!("userName gt \"{name}\""),
        format!("userName le \"{name}\""),
        "emails[type eq \"work\" and value ew \"example.org\"]".to_owned(),
        format!("{ENTERPRISE}:department eq \"Engineering\""),
        format!("{USER}:userName eq \"{name}\""),
        "meta.lastModified gt \"1999-01-01T00:00:00Z\"".to_owned(),
        "externalId eq \"hr-01001\"".to_owned(),
        "externalId eq \"HR-01001\"".to_owned(),
        format!("id eq \"{ident}\""),
        format!("name.familyName eq \"{family}\""),
        "displayName co \"ë\"".to_owned(),
        "userName eq \"nobody@example.com\"".to_owned(),
        "displayName eq \"a\\\"b\"".to_owned(),
        "userName is \"x\"".to_owned(),
        "SOMEBODY@EXAMPLE.COM".to_owned(),
        "active gt true".to_owned(),
        "unknown eq \"x\"".to_owned(),
    ] {
        talk.find(&filter).await;
    }
    for filter in [
        "userName eq \"ex\"",
        "userName ge \"a\" and title pr or title lt \"Software Engineer\"",
        "title ge \"Software Engineer\"",
        "title lt \"Software Engineer\"",
        "title co \"%\"",
        "name pr",
        "x509Certificates.value gt \"AQID\"",
        "not (nickName eq \"x\")",
        "not (active eq false) and title co \"Engi\"",
        "(active eq true or active eq false) and title eq \"Recruiter\"",
        "title pr and active eq false",
        "title eq \"x\" please",
        "",
        "title resembles \"Recruiter\"",
        "title eq Recruiter",
        "emails[]",
        "emails[(type eq \"work\" or type eq \"home\")]",
        "emails[userName eq \"x\"]",
        "emails.type eq \"home\"",
        "emails.value ew \"example.org\"",
        "emails eq \"x\" or emails co \"example\"",
        "schemas co \"urn\"",
        "noSuchAttribute eq \"x\"",
        "name eq \"x\"",
        "title eq null",
        "title eq \"O'Brien\"",
        "title eq \"\\u0052ecruiter\"",
        "active eq \"true\"",
        "active pr",
        "meta.created lt \"2024-10-05T12:00:00+13:00\"",
        "meta.created lt \"9999\"",
    ] {
        talk.find(filter).await;
    }
    talk.find(&format!("{}:userName pr", USER.to_uppercase()))
        .await;
    talk.get("/Schemas").await;
    let user = json!({
        "schemas": [USER],
        "userName": "defaults@example.com",
        "emails": [{ "value": "one@example.com" }, { "value": "two@example.com", "primary": true }],
    });
    talk.send("POST", "/Users", &user).await;
    talk.find("userName eq \"defaults@example.com\" and active eq true")
        .await;
    talk.find("emails.value eq \"two@example.com\"").await;
}

async fn writes(talk: &mut Conversation) -> (String, String) {
    let body = json!({
        "schemas": [USER, ENTERPRISE],
        "id": "mine",
        "meta": { "resourceType": "Mine" },
        "externalId": "Ext-1",
        "userName": "Ada.Lovelace+tag@example.com",
        "name": { "givenName": "Ada", "familyName": "Lovelace" },
        "displayName": "Ada Zoë Lovelace",
        "password": "correct horse",
        "active": true,
        "nickname": "ada",
        "groups": [{ "value": "written" }],
        "phoneNumbers": [{ "value": "tel:+1-201-555-0188", "type": "work" }],
        "emails": [
            { "value": "ada@example.com", "type": "work", "primary": true },
            { "value": "ada@example.org", "type": "home" },
        ],
        ENTERPRISE: { "department": "Engines", "costCenter": "42" },
        "somethingUnknown": 1,
    });
    let created = talk.send("POST", "/Users", &body).await;
    let read = talk
        .find("userName eq \"ada.lovelace+tag@example.com\"")
        .await;
    let user = if created["id"].is_null() {
        id(&read["Resources"][0])
    } else {
        id(&created)
    };
    let place = format!("/Users/{user}");
    let read = talk.get(&place).await;
    talk.get("/Users?startIndex=13").await;
    talk.find("userName eq \"Ada.Lovelace+tag@example.com\"")
        .await;
    let mut again = body.clone();
    again["displayName"] = "Another".into();
    talk.send("POST", "/Users", &again).await;
    again["userName"] = "ADA.LOVELACE+TAG@EXAMPLE.COM".into();
    talk.send("POST", "/Users", &again).await;
    again["userName"] = "ada2@example.com".into();
    again["password"] = "short".into();
    let second = talk.send("POST", "/Users", &again).await;
    let second = id(&second);
    talk.get(&place).await;
    let plain = json!({ "schemas": [USER], "userName": "plain@example.com" });
    talk.ask(
        "POST",
        "/Users",
        &[("content-type", "application/json; charset=utf-8")],
        Some(plain.to_string()),
    )
    .await;
    for (kind, text) in [
        ("text/xml", "<user/>"),
        ("application/scim+json", "{\"schemas\": ["),
        (
            "application/scim+json",
            "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"displayName\":\"No name\"}",
        ),
        (
            "application/scim+json",
            "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"t@example.com\",\"active\":\"maybe\"}",
        ),
    ] {
        talk.ask(
            "POST",
            "/Users",
            &[("content-type", kind)],
            Some(text.to_owned()),
        )
        .await;
    }
    let version = read["meta"]["version"]
        .as_str()
        .unwrap_or("W/\"x\"")
        .to_owned();
    talk.ask("GET", &place, &[("if-none-match", &version)], None)
        .await;
    let mut revised = read.clone();
    revised["name"] = json!({ "givenName": "Augusta", "familyName": "King" });
    revised["emails"] = json!([{ "value": "augusta@example.com", "type": "work" }]);
    talk.send("PUT", &place, &revised).await;
    talk.get(&place).await;
    talk.ask(
        "PUT",
        &place,
        &[("if-match", "W/\"stale\"")],
        Some(revised.to_string()),
    )
    .await;
    let current = talk.get(&place).await["meta"]["version"]
        .as_str()
        .unwrap_or("*")
        .to_owned();
    talk.ask(
        "PUT",
        &place,
        &[("if-match", &current)],
        Some(revised.to_string()),
    )
    .await;
    let broken = json!({ "schemas": [USER], "userName": "x@example.com", "displayName": "Half", "active": "maybe" });
    talk.send("PUT", &place, &broken).await;
    talk.get(&place).await;
    let mut taken = body.clone();
    taken["userName"] = "ada2@example.com".into();
    talk.send("PUT", &place, &taken).await;
    talk.send("PUT", &place, &body).await;
    talk.send("PUT", "/Users/no-such-user", &body).await;
    talk.get("/Users/no-such-user").await;
    talk.get("/Users/00919288221112222").await;
    talk.get("/Users/%25%7B%7D%20x").await;
    let members: Vec<Value> = [&user, &second]
        .iter()
        .map(|id| json!({ "value": id }))
        .collect();
    let group = json!({ "schemas": [GROUP], "displayName": "Analysts", "members": members });
    let group = id(&talk.send("POST", "/Groups", &group).await);
    talk.send("POST", "/Groups", &json!({ "schemas": [GROUP] }))
        .await;
    talk.get(&format!("/Groups/{group}")).await;
    talk.get(&place).await;
    (user, group)
}

async fn patches(talk: &mut Conversation, user: &str, group: &str) {
    let (place, team) = (format!("/Users/{user}"), format!("/Groups/{group}"));
    for operations in [
        json!([{ "op": "replace", "path": "title", "value": "Countess" }]),
        json!([{ "op": "Replace", "value": { "nickName": "ada", "active": true } }]),
        json!([{ "op": "add", "path": "emails", "value": [{ "value": "new@example.com", "type": "other", "primary": true }] }]),
        json!([{ "op": "add", "path": "emails", "value": [{ "value": "new@example.com", "type": "other", "primary": true }] }]),
        json!([
            { "op": "add", "path": "title", "value": "First" },
            { "op": "replace", "path": "title", "value": "Second" },
        ]),
        json!([{ "op": "replace", "path": "name.givenName", "value": "Augusta Ada" }]),
        json!([{ "op": "replace", "path": "emails[type eq \"other\"].value", "value": "newer@example.com" }]),
        json!([{ "op": "replace", "path": "emails[type eq \"none\"].value", "value": "x@example.com" }]),
        json!([{ "op": "replace", "path": format!("{ENTERPRISE}:department"), "value": "Mathematics" }]),
        json!([{ "op": "replace", "path": "nickName", "value": "x" }, { "op": "replace", "path": "active", "value": "maybe" }]),
        json!([{ "op": "upsert", "path": "nickName", "value": "y" }]),
        json!([{ "op": "remove" }]),
        json!([{ "op": "replace", "path": "id", "value": "other" }]),
        json!([{ "op": "replace", "path": "userName", "value": "ada2@example.com" }]),
        json!([{ "op": "replace", "path": "emails", "value": [{ "value": "only@example.com", "type": "work" }] }]),
        json!([{ "op": "remove", "path": "nickName" }]),
        json!([{ "op": "remove", "path": "emails[value eq \"nobody@example.com\"]" }]),
        json!([{ "op": "replace", "value": { "active": false } }]),
    ] {
        talk.patch(&place, operations).await;
        talk.get(&place).await;
    }
    patches_by_the_letter(talk, &place).await;
    talk.get("/Users").await;
    talk.patch(
        &place,
        json!([{ "op": "replace", "path": "active", "value": true }]),
    )
    .await;
    talk.patch(
        "/Users/no-such-user",
        json!([{ "op": "replace", "path": "active", "value": true }]),
    )
    .await;
    let all = talk.get("/Users?attributes=id").await;
    let ids: Vec<Value> = all["Resources"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|user| json!({ "value": user["id"] }))
        .collect();
    for operations in [
        json!([{ "op": "remove", "path": format!("members[value eq \"{user}\"]") }]),
        json!([{ "op": "remove", "path": "members[value eq \"nobody\"]" }]),
        json!([{ "op": "add", "path": "members", "value": [{ "value": user }] }]),
        json!([{ "op": "add", "path": "members", "value": [{ "value": user, "type": "User" }] }]),
        json!([{ "op": "add", "path": "members", "value": [{ "value": user, "type": "User" }] }]),
        json!([{ "op": "add", "path": "members", "value": ids }]),
        json!([{ "op": "replace", "path": "members", "value": [] }]),
        json!([{ "op": "replace", "path": "members", "value": [{ "value": user, "type": "User" }] }]),
        json!([{ "op": "replace", "path": format!("members[value eq \"{user}\"].value"), "value": "other" }]),
        json!([{ "op": "replace", "value": { "id": group, "displayName": "Analysts of engines" } }]),
    ] {
        talk.patch(&team, operations).await;
        talk.get(&team).await;
    }
}

/// Each kind of path and value, and what is wrong with them.
async fn patches_by_the_letter(talk: &mut Conversation, place: &str) {
    let email =
        |name: &str, kind: &str| json!({ "value": format!("{name}@example.com"), "type": kind });
    let two = json!([
        email("two", "home"),
        email("three", "home"),
        email("four", "work")
    ]);
    let core = format!("{USER}:title");
    for operation in [
        json!({ "path": "title", "value": "No op" }),
        json!({ "op": "test", "path": "title", "value": "x" }),
        json!({ "op": "add", "path": "emails", "value": two }),
        json!({ "op": "replace", "path": "emails[0].value", "value": "first@example.com" }),
        json!({ "op": "replace", "path": "/title", "value": "Pointer" }),
        json!({ "op": "replace", "path": "emails[", "value": "x" }),
        json!({ "op": "replace", "path": "noSuchAttribute", "value": "x" }),
        json!({ "op": "replace", "path": core, "value": "Of the core" }),
        json!({ "op": "replace", "path": "TITLE", "value": "In capitals" }),
        json!({ "op": "replace", "path": "emails[type eq \"home\"].display", "value": "At home" }),
        json!({ "op": "replace", "path": "emails[type eq \"home\" and value co \"tw\"].display", "value": "Two" }),
        json!({ "op": "add", "path": "schemas", "value": [ENTERPRISE] }),
        json!({ "op": "add", "path": "groups", "value": [{ "value": "mine" }] }),
        json!({ "op": "add", "path": "title" }),
        json!({ "op": "replace", "path": "title" }),
        json!({ "op": "add", "path": "locale", "value": "en-US" }),
        json!({ "op": "add", "path": "ims", "value": [{ "value": "ada", "type": "xmpp" }] }),
        json!({ "op": "add", "path": "name", "value": { "middleName": "Byron" } }),
        json!({ "op": "replace", "path": "name", "value": { "givenName": "Ada" } }),
        json!({ "op": "add", "value": { "NICKNAME": "in capitals" } }),
        json!({ "op": "add", "path": "emails[type eq \"work\"].value", "value": "five@example.com" }),
        json!({ "op": "add", "path": "emails[type eq \"other\"].value", "value": "six@example.com" }),
        json!({ "op": "remove", "path": "name.middleName" }),
        json!({ "op": "remove", "path": "emails[type eq \"home\"]" }),
        json!({ "op": "remove", "path": "userName" }),
        json!({ "op": "remove", "path": "ims[value eq \"ada\"]" }),
        json!({ "op": "remove", "path": "title" }),
        json!({ "op": "remove", "path": format!("{ENTERPRISE}:costCenter") }),
        json!({ "op": "replace", "value": { "emails": [email("seven", "work"), email("eight", "home")] } }),
        json!({ "op": "remove", "path": "emails" }),
    ] {
        talk.patch(place, json!([operation])).await;
        talk.get(place).await;
    }
    let removed = json!({ "op": "remove", "path": "emails[type eq \"work\"]" });
    talk.patch(
        place,
        json!([{ "op": "add", "path": "emails", "value": [email("nine", "work")] }, removed]),
    )
    .await;
    talk.get(place).await;
    let title = json!([{ "op": "replace", "path": "title", "value": "Untold" }]);
    for body in [
        json!({ "Operations": title }),
        json!({ "schemas": [PATCH_OP] }),
    ] {
        talk.send("PATCH", place, &body).await;
    }
    talk.ask("PATCH", place, &[], Some("{".to_owned())).await;
    let some = format!("{place}?attributes=title");
    talk.patch(&some, title).await;
}

/// What clients send that the standard does not show.
async fn clients(talk: &mut Conversation, user: &str, group: &str) {
    let (place, team) = (format!("/Users/{user}"), format!("/Groups/{group}"));
    for body in [
        json!({ "schemas": [USER, "urn:unknown"], "userName": "c1@example.com" }),
        json!({ "schemas": [USER], "userName": "c2@example.com", "title": null }),
        json!({ "schemas": [USER], "userName": "c3@example.com", "roles": [] }),
        json!({ "schemas": [USER], "userName": "c4@example.com", "emails": [{ "value": "c4@example.com" }] }),
        json!({ "schemas": [USER], "userName": "c5@example.com", "addresses": [{ "type": "work" }] }),
        json!({ "schemas": [USER], "userName": "c6@example.com", "profileUrl": "somewhere" }),
        json!({ "schemas": [USER, ENTERPRISE], "userName": "c7@example.com" }),
        json!({ "schemas": [ENTERPRISE, USER], "userName": "c8@example.com", ENTERPRISE: { "department": "D" } }),
        json!({ "schemas": [USER], "userName": "c9@example.com", "active": "False" }),
    ] {
        talk.send("POST", "/Users", &body).await;
    }
    let manager = format!("{ENTERPRISE}:manager");
    for operations in [
        json!([{ "op": "Replace", "path": "active", "value": "False" }]),
        json!([{ "op": "replace", "value": { "name.givenName": "Dotted", "title": "T" } }]),
        json!([{ "op": "replace", "value": { format!("{ENTERPRISE}:division"): "Urn" } }]),
        json!([{ "op": "add", "path": "phoneNumbers[type eq \"fax\"].value", "value": "1" }]),
        json!([{ "op": "add", "path": "roles", "value": [{ "value": "r", "primary": "True" }] }]),
        json!([{ "op": "replace", "path": "roles[primary eq \"True\"].value", "value": "s" }]),
        json!([{ "op": "add", "path": manager, "value": user }]),
        json!([{ "op": "replace", "path": manager, "value": "" }]),
        json!([{ "op": "replace", "path": manager, "value": [{ "value": user }] }]),
        json!([{ "op": "replace", "path": "title", "value": "" }]),
        json!([{ "op": "replace", "path": "nickName", "value": null }]),
    ] {
        talk.patch(&place, operations).await;
        talk.get(&place).await;
    }
    for operations in [
        json!([{ "op": "replace", "path": "displayName", "value": "Renamed" }]),
        json!([{ "op": "replace", "value": { "id": group, "displayName": "Renamed again" } }]),
        json!([{ "op": "remove", "path": "members", "value": [{ "value": user }] }]),
        json!([{ "op": "add", "path": "members", "value": [{ "value": user, "$ref": null }] }]),
    ] {
        talk.patch(&team, operations).await;
        talk.get(&team).await;
    }
    let relative = json!({ "schemas": [GROUP], "displayName": "Relative", "members": [{ "value": user, "$ref": format!("Users/{user}") }] });
    talk.send("POST", "/Groups", &relative).await;
    talk.get("/Groups").await;
    talk.get("/Users?someFlag&count=1").await;
    talk.ask(
        "GET",
        &place,
        &[("content-type", "application/scim+json")],
        None,
    )
    .await;
}

async fn regressions(talk: &mut Conversation, user: &str, group: &str) {
    let (place, team) = (format!("/Users/{user}"), format!("/Groups/{group}"));
    let work = "emails[type eq \"work\"].value";
    let manager = format!("{ENTERPRISE}:manager");
    let value = format!("{manager}.value");
    let two = json!([{ "type": "work", "value": "w@example.com" }, { "type": "home", "value": "h@example.com" }]);
    let bare = talk
        .send(
            "POST",
            "/Users",
            &json!({ "schemas": [USER], "userName": "r1@example.com", "emails": [{ "type": "work" }] }),
        )
        .await;
    let bare = format!("/Users/{}", bare["id"].as_str().unwrap_or("none"));
    talk.get(&bare).await;
    talk.patch(
        &bare,
        json!([{ "op": "add", "path": format!("{ENTERPRISE}:department"), "value": "D" }]),
    )
    .await;
    talk.get(&bare).await;
    for operations in [
        json!([{ "op": "replace", "path": "emails", "value": two }]),
        json!([{ "op": "replace", "path": "displayName", "value": "Two Words" }]),
        json!([{ "op": "replace", "path": work, "value": "x@example.com" }]),
        json!([{ "op": "remove", "path": work, "value": "y@example.com" }]),
        json!([{ "op": "replace", "path": "active", "value": false }]),
        json!([{ "op": "replace", "path": "active", "value": true }]),
        json!([{ "op": "replace", "value": { "name": { "givenName": "Part" } } }]),
        json!([{ "op": "replace", "value": { "title": "Two", "nickName": "Three" } }]),
        json!([{ "op": "replace", "path": "title", "value": null }]),
        json!([{ "op": "add", "value": { ENTERPRISE: { "department": "Whole" } } }]),
        json!([{ "op": "replace", "path": value, "value": user }]),
        json!([{ "op": "replace", "path": manager, "value": "" }]),
        json!([{ "op": "add", "path": manager, "value": user }]),
        json!([{ "op": "remove", "path": manager }]),
        json!([{ "op": "add", "path": "roles", "value": [{ "value": "r", "primary": true }] }]),
        json!([{ "op": "replace", "path": "roles[primary eq \"True\"].value", "value": "s" }]),
        json!([{ "op": "replace", "path": format!("{USER}:title"), "value": "Urn" }]),
        json!([{ "op": "replace", "path": "emails[type eq", "value": "x" }]),
        json!([]),
    ] {
        talk.patch(&place, operations).await;
        talk.get(&place).await;
    }
    talk.send(
        "PATCH",
        &format!("{place}?attributes=title"),
        &json!({ "schemas": [PATCH_OP], "Operations": [{ "op": "replace", "path": "title", "value": "Partial" }] }),
    )
    .await;
    let member = |id: &str| json!([{ "value": id }]);
    let other = bare.trim_start_matches("/Users/").to_owned();
    let whole = |members: Value| json!({ "schemas": [GROUP], "displayName": "Regressions", "members": members });
    talk.send("PUT", &team, &whole(member(user))).await;
    talk.get(&team).await;
    for operations in [
        json!([{ "op": "add", "path": "members", "value": member(user) }]),
        json!([{ "op": "add", "value": { "members": member(user) } }]),
        json!([{ "op": "remove", "path": format!("members[value eq \"{other}\"]") }]),
        json!([{ "op": "replace", "path": "members", "value": [{ "value": user }, { "value": other }] }]),
        json!([{ "op": "remove", "path": format!("members[value eq \"{user}\"]") }]),
        json!([{ "op": "replace", "path": "members", "value": member("no-such-user") }]),
        json!([{ "op": "replace", "path": "members", "value": member(user) }]),
        json!([{ "op": "replace", "value": { "members": [] } }]),
        json!([{ "op": "add", "path": "members", "value": member(user) }]),
        json!([{ "op": "remove", "path": "members" }]),
    ] {
        talk.patch(&team, operations).await;
        talk.get(&team).await;
    }
    talk.get("/Groups/no-such-group?excludedAttributes=members")
        .await;
    for filter in [
        "",
        "title eq \"nobody has this\"",
        "userName eq \"r1@example.com\" and title pr",
        "displayName eq \"Two Words\"",
    ] {
        talk.find(filter).await;
    }
    let joined = encode("userName pr and active eq true");
    talk.get(&format!("/Users?count=3&filter={joined}")).await;
    let json = json!({ "schemas": [USER, ENTERPRISE], "userName": "r2@example.com", "name": { "familyName": "F" },
        ENTERPRISE: { "department": "Json" } });
    talk.ask(
        "POST",
        "/Users",
        &[("content-type", "application/json")],
        Some(json.to_string()),
    )
    .await;
    talk.ask("GET", &place, &[("accept", "application/json")], None)
        .await;
    talk.get("/ResourceTypes").await;
    talk.get("/Schemas").await;
    talk.ask("DELETE", &bare, &[], None).await;
}

async fn deletes(talk: &mut Conversation, user: &str, group: &str) {
    let (place, team) = (format!("/Users/{user}"), format!("/Groups/{group}"));
    let other = id(&talk
        .send(
            "POST",
            "/Groups",
            &json!({ "schemas": [GROUP], "displayName": "Gone", "members": [{ "value": user }] }),
        )
        .await);
    talk.ask("DELETE", &format!("/Groups/{other}"), &[], None)
        .await;
    talk.get(&place).await;
    talk.ask("DELETE", &place, &[("if-match", "\"stale\"")], None)
        .await;
    talk.ask("DELETE", &place, &[], None).await;
    talk.get(&place).await;
    talk.ask("DELETE", &place, &[], None).await;
    talk.get(&team).await;
    talk.get("/Users").await;
    let again = json!({ "schemas": [USER], "userName": "ada.lovelace+tag@example.com" });
    talk.send("POST", "/Users", &again).await;
    talk.ask("DELETE", "/Users/no-such-user", &[], None).await;
}

async fn bulk(talk: &mut Conversation) {
    let member = |reference: &str| json!([{ "value": format!("bulkId:{reference}") }]);
    let group = |name: &str, members: Value| json!({ "schemas": [GROUP], "displayName": name, "members": members });
    let body = json!({
        "schemas": [BULK],
        "Operations": [
            { "method": "POST", "path": "/Groups", "bulkId": "g", "data": group("Bulk", member("u")) },
            { "method": "POST", "path": "/Users", "bulkId": "u", "data": { "schemas": [USER], "userName": "bulk@example.com" } },
            { "method": "DELETE", "path": "/Users/no-such-user" },
            { "method": "POST", "path": "/Groups", "bulkId": "a", "data": group("A", member("b")) },
            { "method": "POST", "path": "/Groups", "bulkId": "b", "data": group("B", member("a")) },
        ],
    });
    talk.send("POST", "/Bulk", &body).await;
    talk.get("/Groups").await;
    let wrong = json!({ "method": "DELETE", "path": "/Users/no-such-user" });
    let body = json!({ "schemas": [BULK], "failOnErrors": 1, "Operations": [wrong, wrong, wrong] });
    talk.send("POST", "/Bulk", &body).await;
    mistakes(talk).await;
    changes(talk).await;
    let first = json!({ "method": "POST", "path": "/Users", "bulkId": "x", "data": { "schemas": [USER], "userName": "many@example.com" } });
    let many: Vec<Value> = std::iter::once(first)
        .chain((0..1000).map(|_| wrong.clone()))
        .collect();
    talk.send(
        "POST",
        "/Bulk",
        &json!({ "schemas": [BULK], "Operations": many }),
    )
    .await;
    talk.get("/Users?count=200").await;
}

/// Jobs and operations that are not as they should be.
async fn mistakes(talk: &mut Conversation) {
    let user = |name: &str| json!({ "schemas": [USER], "userName": format!("{name}@example.com") });
    let create =
        |id: &str| json!({ "method": "POST", "path": "/Users", "bulkId": id, "data": user(id) });
    talk.send(
        "POST",
        "/Bulk",
        &json!({ "Operations": [create("unnamed")] }),
    )
    .await;
    talk.send("POST", "/Bulk", &json!({ "schemas": [BULK] }))
        .await;
    talk.ask("POST", "/Bulk", &[], Some("{".to_owned())).await;
    let long = json!({ "schemas": [BULK], "Operations": [], "x": "x".repeat(1_048_577) });
    talk.send("POST", "/Bulk", &long).await;
    let group = |id: &str, reference: &str| {
        json!({ "method": "POST", "path": "/Groups", "bulkId": id, "data": {
            "schemas": [GROUP], "displayName": id, "members": [{ "value": format!("bulkId:{reference}") }],
        } })
    };
    for operations in [
        json!([{ "path": "/Users", "bulkId": "a", "data": user("no-method") }]),
        json!([{ "method": "POST", "bulkId": "a", "data": user("no-path") }]),
        json!([{ "method": "POST", "path": "/Users/1", "bulkId": "a", "data": user("misfit") }]),
        json!([{ "method": "POST", "path": "/Users", "bulkId": "a" }]),
        json!([{ "method": "POST", "path": "/Users", "data": user("no-id") }]),
        json!([create("twice"), { "method": "POST", "path": "/Users", "bulkId": "twice", "data": user("2") }]),
        json!([
            create("one"),
            group("of-none", "none"),
            group("of-two", "two"),
            create("two")
        ]),
        json!([group("of-one", "one")]),
        json!([{ "method": "PATCH", "path": "/Users/bulkId:x", "data": { "schemas": [PATCH_OP] } }]),
    ] {
        let body = json!({ "schemas": [BULK], "Operations": operations });
        talk.send("POST", "/Bulk", &body).await;
    }
    let limited =
        json!([create("first"), { "method": "DELETE", "path": "/Users/none" }, create("last")]);
    for limit in [1, 3] {
        let body = json!({ "schemas": [BULK], "failOnErrors": limit, "Operations": limited });
        talk.send("POST", "/Bulk", &body).await;
    }
    talk.get("/Groups").await;
    talk.get("/Users?count=200").await;
}

/// Operations of each method, with versions.
async fn changes(talk: &mut Conversation) {
    let user = talk
        .send(
            "POST",
            "/Users",
            &json!({ "schemas": [USER], "userName": "change@example.com" }),
        )
        .await;
    let group = talk
        .send(
            "POST",
            "/Groups",
            &json!({ "schemas": [GROUP], "displayName": "Change" }),
        )
        .await;
    let (place, team) = (
        format!("/Users/{}", id(&user)),
        format!("/Groups/{}", id(&group)),
    );
    let titled = |title: &str| json!({ "schemas": [USER], "userName": "change@example.com", "title": title });
    let patch = |operation: Value| json!({ "schemas": [PATCH_OP], "Operations": [operation] });
    let added = json!({ "op": "add", "path": "members", "value": [{ "value": "bulkId:m" }] });
    let managed = json!({
        "schemas": [USER, ENTERPRISE], "userName": "m2@example.com", ENTERPRISE: { "manager": { "value": "bulkId:m" } },
    });
    let member = json!({ "schemas": [USER], "userName": "m@example.com" });
    let operations = json!([
        { "method": "PUT", "path": place, "data": titled("one"), "version": "W/\"stale\"" },
        { "method": "PUT", "path": place, "data": titled("two"), "version": user["meta"]["version"] },
        { "method": "PATCH", "path": place, "data": patch(json!({ "op": "add", "path": "nickName", "value": "N" })) },
        { "method": "POST", "path": "/Users", "bulkId": "m", "data": member },
        { "method": "POST", "path": "/Users", "bulkId": "m2", "data": managed },
        { "method": "PATCH", "path": team, "data": patch(added) },
    ]);
    talk.send(
        "POST",
        "/Bulk",
        &json!({ "schemas": [BULK], "Operations": operations }),
    )
    .await;
    talk.get(&place).await;
    talk.get(&team).await;
    let gone = json!([{ "method": "DELETE", "path": place }]);
    talk.send(
        "POST",
        "/Bulk",
        &json!({ "schemas": [BULK], "Operations": gone }),
    )
    .await;
    talk.get(&place).await;
}

async fn cursors(talk: &mut Conversation) {
    talk.get("/ServiceProviderConfig").await;
    for query in [
        "",
        "?startIndex=2&count=2",
        "?cursor=",
        "?cursor=&count=0",
        "?cursor=&count=-1",
        "?cursor=&count=100000",
        "?cursor=&startIndex=1&count=1",
        "?cursor=&count=200",
        "?cursor=wrong&count=5",
        "?cursor=&count=4&sortBy=userName&sortOrder=descending",
    ] {
        talk.get(&format!("/Users{query}")).await;
    }
    let filter = encode("userName co \"a\"");
    let query = format!("count=3&filter={filter}");
    let first = talk.get(&format!("/Users?cursor=&{query}")).await;
    let next = first["nextCursor"].as_str().unwrap_or("none").to_owned();
    let next = encode(&next);
    let second = talk.get(&format!("/Users?cursor={next}&{query}")).await;
    let previous = encode(second["previousCursor"].as_str().unwrap_or("none"));
    talk.get(&format!("/Users?cursor={previous}&{query}")).await;
    talk.get(&format!("/Users?cursor={next}x&{query}")).await;
    let other = encode("title pr");
    talk.get(&format!("/Users?cursor={next}&count=3&filter={other}"))
        .await;
    let nobody = [("authorization", "Bearer none")];
    let path = format!("/Users?cursor={next}&{query}");
    talk.ask("GET", &path, &nobody, None).await;
    for cursor in ["", "wrong"] {
        let search = json!({ "schemas": [SEARCH], "cursor": cursor, "count": 2 });
        talk.send("POST", "/Users/.search", &search).await;
    }
    if talk.outlives_cursors {
        tokio::time::sleep(Duration::from_millis(1100)).await;
        talk.get(&path).await;
    }
}

async fn races(talk: &mut Conversation) {
    let body = json!({ "schemas": [USER], "userName": "race@example.com" });
    let (one, two) = tokio::join!(
        talk.scim.post("/Users", &body),
        talk.scim.post("/Users", &body)
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    talk.seen
        .push(("race of creates".to_owned(), format!("{statuses:?}")));
    let users = talk.get("/Users?count=2").await;
    let ids: Vec<String> = users["Resources"]
        .as_array()
        .into_iter()
        .flatten()
        .map(id)
        .collect();
    let group = id(&talk
        .send(
            "POST",
            "/Groups",
            &json!({ "schemas": [GROUP], "displayName": "Race" }),
        )
        .await);
    let team = format!("/Groups/{group}");
    let add = |at: usize| json!([{ "op": "add", "path": "members", "value": [{ "value": ids.get(at) }] }]);
    let (_, _) = tokio::join!(
        talk.scim.patch(&team, add(0)),
        talk.scim.patch(&team, add(1))
    );
    let members = talk.scim.get(&team).await.text;
    let there = ids
        .iter()
        .filter(|id| members.contains(id.as_str()))
        .count();
    talk.seen.push((
        "race of patches".to_owned(),
        format!("{there} of {}", ids.len()),
    ));
}

async fn v1(talk: &mut Conversation) {
    for path in ["/ServiceProviderConfigs", "/ResourceTypes", "/Schemas"] {
        talk.get(&format!("v1:{path}")).await;
        talk.ask("POST", &format!("v1:{path}"), &[], Some("test".to_owned()))
            .await;
    }
    talk.get("v1:/Users?count=1&startIndex=1").await;
    talk.get(&format!(
        "v1:/Users?filter={}",
        encode("userName eq \"nobody@example.com\"")
    ))
    .await;
    talk.get("v1:/Users?filter=SOMEBODY@EXAMPLE.COM").await;
    talk.get("v1:/Users/00919288221112222").await;
    let enterprise = "urn:scim:schemas:extension:enterprise:1.0";
    let body = json!({
        "schemas": [V1, enterprise],
        "userName": "grace@example.com",
        "name": { "givenName": "Grace", "familyName": "Hopper" },
        "emails": [{ "value": "grace@example.com", "type": "work", "primary": true }],
        "active": true,
        enterprise: { "department": "Compilers" },
    });
    let user = id(&talk.send("POST", "v1:/Users", &body).await);
    talk.send("POST", "v1:/Users", &body).await;
    let other = json!({ "schemas": [V1], "userName": "ada@example.com", "locale": "en_US" });
    let other = id(&talk.send("POST", "v1:/Users", &other).await);
    let place = format!("v1:/Users/{user}");
    talk.get(&place).await;
    talk.send(
        "PATCH",
        &place,
        &json!({ "schemas": [V1], "id": user, "title": "Admiral" }),
    )
    .await;
    talk.get(&place).await;
    talk.get("v1:/Groups").await;
    let group = json!({ "schemas": [V1], "displayName": "Navy", "members": [{ "value": user }] });
    let team = format!(
        "v1:/Groups/{}",
        id(&talk.send("POST", "v1:/Groups", &group).await)
    );
    let member = |id: &str| json!({ "schemas": [V1], "members": [{ "value": id }] });
    let removal =
        |id: &str| json!({ "schemas": [V1], "members": [{ "value": id, "operation": "delete" }] });
    let exactly = json!({ "schemas": [V1], "meta": { "attributes": ["members"] }, "members": [{ "value": user }] });
    for change in [
        member(&user),
        member(&other),
        removal(&other),
        removal(&other),
        member(&other),
        exactly,
        removal(&user),
    ] {
        talk.send("PATCH", &team, &change).await;
        talk.get(&team).await;
    }
    let custom = "urn:okta:custom:group:1.0";
    let described = json!({
        "schemas": [V1, custom], "displayName": "Crew", custom: { "description": "All on board" },
    });
    talk.send("POST", "v1:/Groups", &described).await;
    talk.ask("DELETE", &place, &[], None).await;
}
