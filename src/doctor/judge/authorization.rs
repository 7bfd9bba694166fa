//! The authorization server's redirect URIs: Okta's five have to be taken, any other has to be refused.

use super::{and, ok, problem, remark, unjudged};
use crate::doctor::authorization::{Redirect, Redirects};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::{Facts, Reply};

const HERE: Section = Section::Authentication;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    match &facts.redirects {
        None => Vec::new(),
        Some(Err(why)) => vec![unjudged(
            "authorization.redirects",
            HERE,
            format!("the authorization server was not asked: {why}"),
        )],
        Some(Ok(redirects)) => vec![oktas(redirects), foreign(redirects)],
    }
}

fn oktas(redirects: &Redirects) -> Finding {
    let id = "authorization.okta-redirects";
    let words = |of: &dyn Fn(&Reply) -> bool| -> Vec<String> {
        let those = redirects.oktas.iter().filter(|one| of(&one.reply));
        those
            .map(|one| match one.reply.answer() {
                Some(answer) => format!("{} ({})", one.origin, answer.words()),
                None => format!(
                    "{} ({})",
                    one.origin,
                    one.reply.missing().unwrap_or_default()
                ),
            })
            .collect()
    };
    let refused = words(&is_refused);
    if refused.len() == redirects.oktas.len() {
        return problem(
            id,
            HERE,
            format!(
                "the authorization server refuses each of Okta's redirect URIs: {}",
                and(&refused)
            ),
            "is this the authorize endpoint, and the client id that of Okta? then register the five redirect URIs for it",
        );
    }
    if !refused.is_empty() {
        return problem(
            id,
            HERE,
            format!(
                "the authorization server refuses redirect URIs of Okta's: {}",
                and(&refused)
            ),
            "register all five of them for the client",
        );
    }
    let untold = words(&|reply: &Reply| !is_refused(reply) && !is_taken(reply));
    if let Some(first) = untold.first() {
        let of = redirects.oktas.len();
        let text = format!(
            "the authorization server says nothing of {} of Okta's {of} redirect URIs, such as {first}",
            untold.len()
        );
        return unjudged(id, HERE, text);
    }
    ok(
        id,
        HERE,
        "the authorization server takes Okta's five redirect URIs",
    )
}

fn foreign(redirects: &Redirects) -> Finding {
    let id = "authorization.foreign-redirect";
    let Redirect { uri, origin, reply } = &redirects.foreign;
    let Some(answer) = reply.answer() else {
        let text = format!(
            "a redirect URI that is not registered: {}",
            reply.missing().unwrap_or_default()
        );
        return unjudged(id, HERE, text);
    };
    let place = answer.location.as_deref().unwrap_or_default();
    if (300..400).contains(&answer.status) && leads_to(place, origin) {
        return problem(
            id,
            HERE,
            format!("the authorization server redirects to {uri}, which is not registered"),
            "compare redirect_uri as a whole with those of the client, and show an error instead of a redirect (RFC 6749 §3.1.2.4)",
        );
    }
    if is_refused(reply) {
        let text = "the authorization server refuses a redirect URI that is not registered";
        return ok(id, HERE, text);
    }
    let alike = |other: &Redirect| {
        other.reply.answer().is_some_and(|known| {
            known.status == answer.status && !is_error(known.location.as_deref())
        })
    };
    if is_taken(reply) && !is_error(Some(place)) && redirects.oktas.iter().any(alike) {
        return remark(
            id,
            HERE,
            format!(
                "a redirect URI that is not registered is answered {} as Okta's are: nothing shows that it is refused",
                answer.status
            ),
        )
        .remedy(format!(
            "sign in by hand with redirect_uri={uri}: it has to end with an error (C21902)"
        ));
    }
    if is_taken(reply) {
        let text = format!(
            "the authorization server does not go on with a redirect URI that is not registered: {}",
            answer.words()
        );
        return ok(id, HERE, text);
    }
    let text = format!(
        "a redirect URI that is not registered is answered {}",
        answer.words()
    );
    unjudged(id, HERE, text)
}

/// Whether the server says that the request is wrong.
fn is_refused(reply: &Reply) -> bool {
    matches!(reply.status(), Some(400..=404 | 410 | 422))
}

/// Whether the server goes on: to a page, or to another place.
fn is_taken(reply: &Reply) -> bool {
    matches!(reply.status(), Some(200..=399))
}

/// Whether a place is that of an error page.
fn is_error(place: Option<&str>) -> bool {
    place.is_some_and(|place| place.to_ascii_lowercase().contains("error"))
}

/// Whether a place is below an origin, whatever the case of its letters.
fn leads_to(place: &str, origin: &str) -> bool {
    place.get(..origin.len()).is_some_and(|start| {
        let rest = place.get(origin.len()..).unwrap_or_default();
        start.eq_ignore_ascii_case(origin)
            && (rest.is_empty() || rest.starts_with(['/', '?', '#', ':']))
    })
}
