//! Root causes: what failures have in common, made from facts.

use crate::record::{
    self, Broken, Cause, CheckResult, Exchange, ExpectationResult, StepResult, Verdict,
};
use crate::scim::error;

/// The cause that a check's first broken expectation points to.
pub fn of_result(result: &CheckResult, base_urls: &[String], tag: &str) -> Option<Cause> {
    if !matches!(result.verdict, Verdict::Fail | Verdict::Warn) {
        return None;
    }
    let steps = result.steps.read();
    let Broken {
        step,
        expectation: broken,
        exchange,
    } = *record::broken(&steps).first()?;
    Some(match exchange {
        Some(exchange)
            if broken.at == "status" && exchange.status().is_some_and(|status| status >= 400) =>
        {
            refusal(exchange, base_urls, tag)
        }
        Some(exchange) => by_expectation(&route(exchange, base_urls), broken, tag),
        None => by_expectation(&step.title, broken, tag),
    })
}

/// The cause of a fixture that could not be made.
pub fn of_given(fixture: &str, step: &StepResult, base_urls: &[String], tag: &str) -> Cause {
    let refusal = step
        .exchanges
        .last()
        .map(|exchange| refusal(exchange, base_urls, tag));
    match refusal {
        Some(cause) => Cause {
            blocked: true,
            ..cause
        },
        None => Cause {
            id: format!("given {fixture}"),
            title: format!("{fixture} could not be made"),
            blocked: true,
        },
    }
}

/// The server's refusal of a request: `POST /Users answered 400: …`.
pub fn refusal(exchange: &Exchange, base_urls: &[String], tag: &str) -> Cause {
    let route = route(exchange, base_urls);
    let answer = match (&exchange.response, &exchange.error) {
        (Some(response), _) => {
            let detail = response
                .body
                .as_ref()
                .and_then(|body| detail(&body.text))
                .map(|text| plain(&text, tag));
            match detail {
                Some(detail) => format!("{}: {detail}", response.status),
                None => response.status.to_string(),
            }
        }
        (None, Some(error)) => error.message.clone(),
        (None, None) => "nothing".to_owned(),
    };
    let title = format!("{route} answered {answer}");
    Cause {
        id: title.clone(),
        title,
        blocked: false,
    }
}

fn by_expectation(route: &str, broken: &ExpectationResult, tag: &str) -> Cause {
    let message = broken.message.clone().unwrap_or_default();
    Cause {
        id: format!(
            "{route} · {} · {}",
            plain(&broken.at, tag),
            plain(&broken.expected, tag)
        ),
        title: plain(&message, tag),
        blocked: false,
    }
}

fn detail(body: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(body).ok()?;
    let text = error::detail(&value)?;
    Some(text.chars().take(160).collect())
}

/// Method and path without ids: `GET /Users/{id}`.
pub fn route(exchange: &Exchange, base_urls: &[String]) -> String {
    let url = exchange.request.url.as_str();
    let base = base_urls
        .iter()
        .filter(|base| url.starts_with(base.as_str()))
        .max_by_key(|base| base.len());
    let rest = base.and_then(|base| url.get(base.len()..)).unwrap_or(url);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let mut parts = path.trim_start_matches('/').split('/');
    let collection = parts.next().unwrap_or_default();
    let id = match parts.next() {
        Some("") | None => String::new(),
        Some(dotted) if dotted.starts_with('.') => format!("/{dotted}"),
        Some(_) => "/{id}".to_owned(),
    };
    format!("{} /{collection}{id}", exchange.request.method)
}

/// Text without what differs from check to check: names that carry the run's tag, quoted values, long ids.
fn plain(text: &str, tag: &str) -> String {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = bare.chars().filter(char::is_ascii_digit).count();
        let is_id = bare.len() >= 16
            && digits >= 4
            && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if word.to_lowercase().contains(&tag.to_lowercase()) || is_id {
            words.push("…");
        } else {
            words.push(word);
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Request, Role};

    fn exchange(method: &str, url: &str) -> Exchange {
        Exchange {
            role: Role::Step,
            request: Request {
                method: method.into(),
                url: url.into(),
                headers: vec![],
                body: None,
            },
            response: None,
            error: None,
            started_us: 0,
            duration_us: 0,
            first_byte_us: None,
            attempt: 1,
        }
    }

    #[test]
    fn routes_leave_ids_and_queries_out() {
        let bases = ["http://h/scim/v2".to_owned()];
        for (url, expected) in [
            ("http://h/scim/v2/Users?count=1", "GET /Users"),
            ("http://h/scim/v2/Users/0a1b", "GET /Users/{id}"),
            ("http://h/scim/v2/Users/.search", "GET /Users/.search"),
            ("http://h/scim/v2/", "GET /"),
        ] {
            assert_eq!(route(&exchange("GET", url), &bases), expected);
        }
    }

    #[test]
    fn titles_leave_generated_names_and_ids_out() {
        assert_eq!(
            plain(
                "user scimitar-abcd2345-x@example.com (2819c223-7f76-453a-919d-413861904646) exists",
                "abcd2345"
            ),
            "user … … exists"
        );
    }
}
