//! What is missing for the connection itself: of the run, of the base URL, of the authentication.

use super::Missing;
use crate::record::{AuthenticationMode, Run, RunStatus};

pub(super) fn about_the_run<'a>(run: &Run) -> Vec<Missing<'a>> {
    let mut all = Vec::new();
    if run.target.embedded {
        all.push(Missing::new(
            "This run tested scimitar's embedded server, not an integration",
            "Run it with the base URL of your server.",
        ));
    }
    if run.status != RunStatus::Complete {
        all.push(Missing::new(
            "The run did not come to its end",
            "Run it again, to its end.",
        ));
    }
    if run.target.insecure {
        all.push(Missing::new(
            "Certificates were not verified, and Okta verifies them",
            "Serve a certificate of a public authority, and run without --insecure.",
        ));
    }
    if run.selection.read_only {
        all.push(Missing::new(
            "The run was read-only, and Okta writes",
            "Run without --read-only against a system for tests.",
        ));
    }
    all
}

pub(super) fn about_the_connection<'a>(run: &Run) -> Vec<Missing<'a>> {
    let Some(connection) = &run.connection else {
        return vec![Missing::new(
            "The record does not say how the target was reached",
            "Run it again with this version of scimitar.",
        )];
    };
    let mut all = Vec::new();
    // Of the embedded server there is one thing to say, and it is said.
    let against = connection.base_url.iter().filter(|_| !run.target.embedded);
    all.extend(against.map(|finding| {
        Missing::new(
            format!("Base URL: {}", finding.text),
            sentence(&finding.remedy),
        )
    }));
    let refused = match connection.authentication {
        AuthenticationMode::Basic => Some("Okta takes no Basic authentication for new submissions"),
        AuthenticationMode::None => Some("Requests carried no credentials"),
        AuthenticationMode::ClientCertificate => {
            Some("Okta's form has no authentication by a client's certificate")
        }
        AuthenticationMode::Bearer | AuthenticationMode::Header | AuthenticationMode::Oauth2 => {
            None
        }
    };
    all.extend(refused.map(|what| {
        Missing::new(
            what,
            "Take a token in the Authorization header or OAuth 2.0, and run with that (--bearer, --auth-header, --oauth2-…).",
        )
    }));
    all
}

/// A remedy of the doctor as a sentence.
fn sentence(remedy: &str) -> String {
    let mut letters = remedy.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}
