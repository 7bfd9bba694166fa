//! What stands in the text of a case: the block of its check, and its exchanges.

use std::fmt::Write as _;

use crate::record::{Body, CheckResult, Exchange, Header};

use super::super::pretty;
use super::super::quantity::duration;
use super::super::sanitize;
use super::super::text::{self, Detail};
use super::xml::one_line;

/// How much of one body is worth showing in an output, in bytes.
const BODY_BYTES: usize = 8 * 1024;

pub(super) fn push_block(check: &CheckResult, out: &mut String) {
    for line in text::block(check, Detail::Full) {
        out.push_str(&sanitize::xml(&line.plain()));
        out.push('\n');
    }
}

pub(super) fn push_exchange(exchange: &Exchange, out: &mut String) {
    let request = &exchange.request;
    let _ = writeln!(
        out,
        "> {} {}",
        one_line(&request.method),
        one_line(&request.url)
    );
    push_message(&request.headers, request.body.as_ref(), '>', out);
    match (&exchange.response, &exchange.error) {
        (Some(response), _) => {
            let took = duration(exchange.duration_us);
            let _ = writeln!(
                out,
                "< {} {} ({took})",
                one_line(&response.version),
                response.status
            );
            push_message(&response.headers, response.body.as_ref(), '<', out);
        }
        (None, Some(error)) => {
            let _ = writeln!(
                out,
                "! {} ({})",
                one_line(&error.message),
                duration(exchange.duration_us)
            );
        }
        (None, None) => out.push_str("! no response\n"),
    }
}

fn push_message(headers: &[Header], body: Option<&Body>, mark: char, out: &mut String) {
    for header in headers {
        let _ = writeln!(
            out,
            "{mark} {}: {}",
            one_line(&header.name),
            one_line(&header.value)
        );
    }
    let Some(body) = body else { return };
    let layout = pretty::layout(body, BODY_BYTES);
    for line in sanitize::xml(&layout.text).lines() {
        let _ = writeln!(out, "{mark} {line}");
    }
    if let Some(note) = layout.note {
        let _ = writeln!(out, "{mark} ({note})");
    }
}
