//! A server's answers without what differs from run to run, for snapshots: what is left changes only when the server
//! does.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::engine::generate;
use crate::record::{CheckResult, Exchange, Role, StepResult};

/// The headers that say something of the server rather than of the moment.
const HEADERS: [&str; 6] = [
    "allow",
    "content-type",
    "etag",
    "location",
    "retry-after",
    "www-authenticate",
];

/// The answers to the steps of a check, normalised: ids, times, versions, generated names and counts of the tenant's
/// other resources are replaced by placeholders; members are sorted.
pub fn normalised(result: &CheckResult, base_url: &str, tag: &str) -> String {
    let mut text = format!("{}\n", result.title);
    let steps = result.steps.read();
    let exchanges = steps.iter().flat_map(|step| {
        let own = step.exchanges.iter();
        let mut own: Vec<&Exchange> = own
            .filter(|exchange| exchange.role == Role::Step && exchange.attempt == 1)
            .collect();
        // Which of the same requests at the same moment wins is chance.
        let same = |a: &Exchange, b: &Exchange| {
            a.request.method == b.request.method && a.request.url == b.request.url
        };
        if own
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if same(a, b)))
        {
            own.sort_by_key(|exchange| exchange.status());
        }
        own
    });
    let mut volatile = Volatile::new(&steps, base_url, tag);
    for exchange in exchanges {
        let url = exchange.request.url.replace(base_url, "");
        let _ = write!(
            text,
            "\n{} {}\n",
            exchange.request.method,
            volatile.text(&url)
        );
        let Some(response) = &exchange.response else {
            text.push_str("no answer\n");
            continue;
        };
        let _ = writeln!(text, "{}", response.status);
        for header in &response.headers {
            let name = header.name.to_lowercase();
            if HEADERS.contains(&name.as_str()) {
                let value = match name.as_str() {
                    "etag" => "[version]".to_owned(),
                    _ => volatile.text(&header.value),
                };
                let _ = writeln!(text, "{name}: {value}");
            }
        }
        if let Some(body) = &response.body {
            let whole_tenant = is_unfiltered_list(exchange);
            match serde_json::from_str::<Value>(&body.text) {
                Ok(value) => {
                    let value = volatile.value(&value, whole_tenant);
                    let _ = writeln!(text, "{value:#}");
                }
                Err(_) => {
                    let _ = writeln!(text, "{}", volatile.text(&body.text));
                }
            }
        }
    }
    text
}

/// Whether an exchange lists what others made too.
fn is_unfiltered_list(exchange: &Exchange) -> bool {
    let url = exchange.request.url.as_str();
    let path = url.split('?').next().unwrap_or_default();
    let is_collection = ["/Users", "/Groups"]
        .iter()
        .any(|collection| path.ends_with(collection));
    exchange.request.method == "GET" && is_collection && !url.contains("filter=")
}

/// What is replaced, with the placeholders given so far.
struct Volatile<'a> {
    base_url: &'a str,
    tag: &'a str,
    /// What marks a generated value, besides the tag.
    codes: Vec<String>,
    ids: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
}

impl<'a> Volatile<'a> {
    fn new(steps: &[StepResult], base_url: &'a str, tag: &'a str) -> Self {
        let mut volatile = Self {
            base_url,
            tag,
            codes: Vec::new(),
            ids: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        for exchange in steps.iter().flat_map(|step| &step.exchanges) {
            if let Some(body) = &exchange.request.body {
                volatile.learn_codes(&body.text);
            }
            volatile.learn_codes(&exchange.request.url);
            let body = exchange.response.as_ref().and_then(|r| r.body.as_ref());
            if let Some(value) = body.and_then(|body| serde_json::from_str(&body.text).ok()) {
                volatile.learn_ids(&value);
            }
        }
        volatile
    }

    /// Generated e-mail addresses and names are `scimitar-TAG-CODE…`; the code alone marks the names of that person.
    fn learn_codes(&mut self, text: &str) {
        let text = text.to_lowercase();
        let tag = self.tag.to_lowercase();
        for (at, _) in text.match_indices(&tag) {
            // A separator stands between tag and code.
            let code: String = text
                .get(at + tag.len() + 1..)
                .unwrap_or_default()
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            if code.len() >= 5 && !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
    }

    fn learn_ids(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.learn_ids(item)),
            Value::Object(members) => {
                if let Some(id) = members.get("id").and_then(Value::as_str)
                    && !id.contains(':')
                {
                    let next = self.ids.len() + 1;
                    self.ids.entry(id.to_owned()).or_insert(next);
                }
                members.values().for_each(|member| self.learn_ids(member));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn value(&mut self, value: &Value, whole_tenant: bool) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(items) => items.iter().map(|item| self.value(item, false)).collect(),
            Value::Object(members) => {
                let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
                sorted.sort_by_key(|(name, _)| name.as_str());
                sorted
                    .into_iter()
                    .map(|(name, value)| {
                        let value = match name.as_str() {
                            "version" => "[version]".into(),
                            "Resources" if whole_tenant => "[resources of the tenant]".into(),
                            "totalResults" | "itemsPerPage" if whole_tenant && value.is_u64() => {
                                "[count]".into()
                            }
                            _ => self.value(value, false),
                        };
                        (name.clone(), value)
                    })
                    .collect::<Map<_, _>>()
                    .into()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn text(&mut self, text: &str) -> String {
        if is_time(text) {
            return "[time]".to_owned();
        }
        let text = text.replace(self.base_url, "[base]");
        let text = text.replace(origin(self.base_url), "[origin]");
        let mut out = String::new();
        let mut word = String::new();
        for c in text.chars().chain([' ']) {
            if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+' | '\'' | '%' | '~') {
                word.push(c);
                continue;
            }
            out.push_str(&self.word(&std::mem::take(&mut word)));
            out.push(c);
        }
        out.pop();
        out
    }

    fn word(&mut self, word: &str) -> String {
        // The stop of a sentence is no part of what it names.
        if let Some(word) = word.strip_suffix('.') {
            return format!("{}.", self.word(word));
        }
        if let Some(number) = self.ids.get(word) {
            return format!("[id {number}]");
        }
        let lower = word.to_lowercase();
        let generated = lower.contains(&self.tag.to_lowercase())
            || generate::is_given_name(word)
            || self.codes.iter().any(|code| lower.contains(code.as_str()));
        if !generated {
            return word.to_owned();
        }
        let next = self.names.len() + 1;
        let number = *self.names.entry(word.to_owned()).or_insert(next);
        format!("[unique {number}]")
    }
}

/// Scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(host..).and_then(|rest| rest.find('/'));
    end.and_then(|end| url.get(..host + end)).unwrap_or(url)
}

/// Whether a text is a dateTime (RFC 7643 §2.3.5).
fn is_time(text: &str) -> bool {
    let shape: String = text
        .chars()
        .take(11)
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape == "0000-00-00T"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Body, Header, Level, Request, Response, Status, Steps, Verdict};

    fn exchange(method: &str, url: &str, sent: &str, status: u16, body: &str) -> Exchange {
        let body_of = |text: &str| {
            (!text.is_empty()).then(|| Body {
                text: text.to_owned(),
                size: text.len() as u64,
                truncated: false,
                lossy: false,
            })
        };
        Exchange {
            role: Role::Step,
            request: Request {
                method: method.into(),
                url: url.into(),
                headers: Vec::new(),
                body: body_of(sent),
            },
            response: Some(Response {
                status,
                version: "HTTP/1.1".into(),
                headers: vec![Header {
                    name: "Location".into(),
                    value: "http://h/v2/Users/a-1".into(),
                }],
                body: body_of(body),
            }),
            error: None,
            started_us: 0,
            duration_us: 1,
            first_byte_us: None,
            attempt: 1,
        }
    }

    fn check(tag: &str, code: &str, id: &str, time: &str) -> CheckResult {
        let mail = format!("scimitar-{tag}-{code}@example.com");
        let sent = format!(r#"{{"userName":"{mail}","name":{{"givenName":"Ada{code}"}}}}"#);
        let made = format!(
            r#"{{"userName":"{mail}","id":"{id}","displayName":"Ada{code} Knuth{tag}","meta":{{"created":"{time}","version":"W/\"{id}\"","location":"http://h/v2/Users/{id}"}},"active":true}}"#
        );
        let listed = format!(
            r#"{{"totalResults":{},"Resources":[{{"id":"other"}}]}}"#,
            code.len() + id.len()
        );
        CheckResult {
            id: "s/c".into(),
            suite: "s".into(),
            title: "A user is created".into(),
            level: Level::Must,
            status: Status::Stable,
            tags: Vec::new(),
            requirements: Vec::new(),
            why: String::new(),
            fix: String::new(),
            location: None,
            verdict: Verdict::Pass,
            reason: None,
            cause: None,
            started_us: 0,
            duration_us: 0,
            steps: Steps::from(vec![StepResult {
                title: String::new(),
                exchanges: vec![
                    exchange("POST", "http://h/v2/Users", &sent, 201, &made),
                    exchange("GET", "http://h/v2/Users?count=1", "", 200, &listed),
                ],
                ..StepResult::default()
            }]),
            system_log: Vec::new(),
        }
    }

    #[test]
    fn runs_that_differ_in_ids_times_and_names_give_one_text() {
        let one = normalised(
            &check("abcd2345", "xyzxyz", "a-1", "2026-01-01T00:00:00Z"),
            "http://h/v2",
            "abcd2345",
        );
        let other = normalised(
            &check("efgh6789", "uvwuvw", "a-1", "2027-05-05T11:00:00.123+02:00"),
            "http://h/v2",
            "efgh6789",
        );
        assert_eq!(one, other);
        insta::assert_snapshot!(one);
    }
}
