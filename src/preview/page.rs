//! One page of a list, asked for as Okta asks for it.

use std::time::Duration;

use serde_json::Value;

use super::person::member;
use crate::engine::Preflight;
use crate::http::{Client, Credentials, RequestSpec, Sent};
use crate::okta;
use crate::record::{Role, TransportErrorKind};
use crate::scim::error;
use crate::suite::Dialect;

/// How long one page may be held up by a target that limits its rate.
const PATIENCE: Duration = Duration::from_mins(1);

/// A page.
#[derive(Debug)]
pub(super) struct Page {
    /// The resources.
    pub(super) items: Vec<Value>,
    /// `totalResults`, also where it is written as text.
    pub(super) total: Option<u64>,
    /// `startIndex`, if there is one.
    pub(super) start: Option<u64>,
    /// Counts that are there and no JSON integers.
    pub(super) no_integers: Vec<&'static str>,
    /// How long it took, in microseconds.
    pub(super) took_us: u64,
}

/// Why there is no page.
#[derive(Debug)]
pub(super) struct NoPage {
    /// In words, redacted.
    pub(super) why: String,
    /// The same for a target that can't be tested at all.
    pub(super) preflight: Preflight,
    /// The status, if an answer came.
    pub(super) status: Option<u16>,
}

/// Asks for pages.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    pub(super) client: Client,
    pub(super) dialect: Dialect,
    /// `/Users` or `/Groups`.
    pub(super) endpoint: &'static str,
}

impl Pages {
    pub(super) async fn get(&self, start: u64, count: u64) -> Result<Page, NoPage> {
        let spec = RequestSpec {
            method: "GET".to_owned(),
            url: format!("{}?startIndex={start}&count={count}", self.endpoint),
            headers: okta::client::headers(self.dialect, false),
            body: None,
            auth: Credentials::Default,
            role: Role::Step,
            attempt: 1,
        };
        let all = Box::pin(self.client.send_with_retry(spec, PATIENCE)).await;
        let Some(last) = all.last() else {
            return Err(self.not_scim("nothing was sent".to_owned(), None));
        };
        self.read(last)
    }

    fn read(&self, sent: &Sent) -> Result<Page, NoPage> {
        let url = self.client.base_url();
        let exchange = &sent.exchange;
        let Some(status) = exchange.status() else {
            let error = exchange.error.as_ref();
            let message =
                error.map_or_else(|| "no answer".to_owned(), |error| error.message.clone());
            return Err(NoPage {
                preflight: Preflight::Unreachable {
                    url,
                    began: exchange.first_byte_us.is_some(),
                    kind: error.map_or(TransportErrorKind::Protocol, |error| error.kind),
                    message: message.clone(),
                },
                why: message,
                status: None,
            });
        };
        let body: Result<Value, _> = serde_json::from_slice(&sent.body);
        let detail = body.as_ref().ok().and_then(|body| self.detail(body));
        let answered = format!(
            "GET {} is answered {status}{}",
            self.endpoint,
            detail
                .as_ref()
                .map_or_else(String::new, |detail| format!(" ({detail})"))
        );
        match status {
            200 => {}
            401 | 403 => {
                return Err(NoPage {
                    why: answered,
                    preflight: Preflight::Refused {
                        url,
                        status,
                        detail,
                    },
                    status: Some(status),
                });
            }
            429 | 503 => {
                let mut headers = sent.headers.iter();
                let wait = headers.find(|header| header.name.eq_ignore_ascii_case("retry-after"));
                let wait = wait.map(|header| self.short(&header.value));
                return Err(NoPage {
                    why: answered,
                    preflight: Preflight::Busy { url, status, wait },
                    status: Some(status),
                });
            }
            _ => return Err(self.not_scim(answered, Some(status))),
        }
        let Ok(Value::Object(_)) = &body else {
            let what = if sent.body.trim_ascii_start().starts_with(b"<") {
                "a web page (HTML or XML)"
            } else {
                "no JSON object"
            };
            return Err(self.not_scim(format!("{answered} with {what}"), Some(status)));
        };
        let body = body.unwrap_or_default();
        page(body, exchange.duration_us).ok_or_else(|| {
            self.not_scim(
                format!("{answered} with JSON that is no list"),
                Some(status),
            )
        })
    }

    fn not_scim(&self, found: String, status: Option<u16>) -> NoPage {
        NoPage {
            preflight: Preflight::NotScim {
                url: self.client.base_url(),
                found: found.clone(),
            },
            why: found,
            status,
        }
    }

    /// What an error says, fit to print.
    fn detail(&self, body: &Value) -> Option<String> {
        Some(self.short(error::detail(body)?))
    }

    fn short(&self, text: &str) -> String {
        let short: String = text.chars().take(200).collect();
        self.client.redact(&short)
    }
}

/// A list's page; `None` where neither `totalResults` nor `Resources` is there.
fn page(mut body: Value, took_us: u64) -> Option<Page> {
    let mut no_integers = Vec::new();
    let mut count = |name: &'static str| {
        let value = member(&body, name)?;
        if value.as_u64().is_none() {
            no_integers.push(name);
        }
        match value {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_u64(),
        }
    };
    let (total, start, _) = (
        count("totalResults"),
        count("startIndex"),
        count("itemsPerPage"),
    );
    let members = body.as_object_mut()?;
    // Okta takes `resources` too.
    let items = match members
        .remove("Resources")
        .or_else(|| members.remove("resources"))
    {
        Some(Value::Array(items)) => items,
        None if members
            .keys()
            .any(|name| name.eq_ignore_ascii_case("totalResults")) =>
        {
            Vec::new()
        }
        Some(_) | None => return None,
    };
    Some(Page {
        items,
        total,
        start,
        no_integers,
        took_us,
    })
}
