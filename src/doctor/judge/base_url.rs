//! The base URL, as Okta's form takes it.

use super::{ok, problem, remark};
use crate::doctor::diagnosis::{Finding, Section};

const HERE: Section = Section::BaseUrl;
/// The longest base URL that Okta's form takes, in characters.
const LONGEST: usize = 1024;

/// Judges a base URL by the rules of Okta's form. `loopback` says that it leads to the machine it is written on.
pub(in crate::doctor) fn judge(url: &str, loopback: bool) -> Vec<Finding> {
    let url = url.trim();
    let mut findings = Vec::new();
    let mut good = Vec::new();
    if is_https(url) {
        good.push("https".to_owned());
    } else if loopback {
        findings.push(
            remark(
                "base-url.https",
                HERE,
                "plain http on this machine: fine for a test, but nothing that Okta reaches",
            )
            .remedy("put it behind an https URL before it is connected to Okta"),
        );
    } else {
        findings.push(
            problem(
                "base-url.https",
                HERE,
                "it is not https: Okta takes no other, and the credentials go out in the clear",
                "serve it with TLS, and write https://",
            )
            .blocking(),
        );
    }
    if url.contains('_') {
        let problem = problem(
            "base-url.underscore",
            HERE,
            "it holds an underscore, which Okta does not take in a base URL",
            "choose a host name, path and query without `_`, such as one with `-`",
        );
        findings.push(problem.blocking());
    } else {
        good.push("no underscore".to_owned());
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path.ends_with('/') {
        let problem = problem(
            "base-url.slash",
            HERE,
            "it ends with a slash: Okta would ask for //Users",
            "take the slash at its end away",
        );
        findings.push(problem.blocking());
    } else {
        good.push("no slash at its end".to_owned());
    }
    let length = url.chars().count();
    if length > LONGEST {
        let text = format!("it has {length} characters; Okta's form takes {LONGEST}");
        findings.push(problem("base-url.length", HERE, text, "make it shorter").blocking());
    } else {
        good.push(format!("{length} of at most {LONGEST} characters"));
    }
    if url.contains('#') {
        let problem = problem(
            "base-url.fragment",
            HERE,
            "it has a fragment (#…), which no request carries",
            "take it away",
        );
        findings.push(problem.blocking());
    } else {
        good.push("no fragment".to_owned());
    }
    if !good.is_empty() {
        findings.insert(0, ok("base-url.form", HERE, good.join(", ")));
    }
    if has_query(url) {
        findings.push(remark(
            "base-url.query",
            HERE,
            "its query is allowed, and goes onto every request",
        ));
    }
    findings
}

pub(super) fn is_https(url: &str) -> bool {
    url.get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

fn has_query(url: &str) -> bool {
    let url = url.split('#').next().unwrap_or_default();
    url.split_once('?')
        .is_some_and(|(_, query)| !query.is_empty())
}
