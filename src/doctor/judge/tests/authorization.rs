//! An authorization server's redirect URIs, from what is seen.

use super::{Body, Reply, Status, answer, assert_found, but, found, judge};
use crate::doctor::authorization::{Redirect, Redirects};

#[test]
fn an_authorization_server_takes_oktas_redirects_and_no_other() {
    const OKTA: &str = "https://system-admin.okta.com";
    const OTHER: &str = "https://other.example";
    let to = |status: u16, place: &str| {
        let Reply::Came(mut came) = answer(status, Body::Html) else {
            unreachable!("an answer came")
        };
        came.location = (!place.is_empty()).then(|| place.to_owned());
        Reply::Came(came)
    };
    let asked = |oktas: &[Reply], foreign: &Reply| {
        let redirect = |origin: &'static str, reply: &Reply| Redirect {
            uri: format!("{origin}/callback"),
            origin,
            reply: reply.clone(),
        };
        but(|facts| {
            facts.redirects = Some(Ok(Redirects {
                oktas: oktas.iter().map(|reply| redirect(OKTA, reply)).collect(),
                foreign: redirect(OTHER, foreign),
            }));
        })
    };
    let okta = "authorization.okta-redirects";
    let foreign = "authorization.foreign-redirect";
    let login = to(302, "https://id.example/login");
    let good = asked(&[login.clone(), to(200, "")], &answer(400, Body::Html));
    assert_found(&good, okta, Status::Ok, "takes Okta's five");
    assert_found(&good, foreign, Status::Ok, "refuses a redirect URI");
    for place in [
        "https://other.example/callback?code=1",
        "HTTPS://OTHER.example?error=x",
    ] {
        let open = asked(std::slice::from_ref(&login), &to(302, place));
        assert_found(
            &open,
            foreign,
            Status::Problem,
            "redirects to https://other.example/callback",
        );
    }
    // Its name stands in the address of a page, and nobody is sent there.
    let near = to(302, "https://other.example.id.example/login");
    let same = asked(std::slice::from_ref(&login), &near);
    assert_found(
        &same,
        foreign,
        Status::Remark,
        "nothing shows that it is refused",
    );
    let page = asked(
        std::slice::from_ref(&login),
        &to(302, "https://id.example/error?id=7"),
    );
    assert_found(&page, foreign, Status::Ok, "does not go on");
    let shown = asked(std::slice::from_ref(&login), &to(200, ""));
    assert_found(&shown, foreign, Status::Ok, "200 with an HTML page");
    let down = asked(std::slice::from_ref(&login), &answer(503, Body::Empty));
    assert_found(&down, foreign, Status::Unjudged, "answered 503");

    let some = asked(
        &[login.clone(), answer(400, Body::Html)],
        &answer(400, Body::Html),
    );
    assert_found(
        &some,
        okta,
        Status::Problem,
        "https://system-admin.okta.com (400 with an HTML page)",
    );
    let none = asked(&[answer(404, Body::Empty)], &answer(404, Body::Empty));
    assert_found(&none, okta, Status::Problem, "each of Okta's redirect URIs");
    let silent = asked(
        &[Reply::NotAsked("it is silent".to_owned())],
        &answer(400, Body::Empty),
    );
    assert_found(&silent, okta, Status::Unjudged, "it is silent");
    let unset = but(|facts| facts.redirects = Some(Err("set the client id".to_owned())));
    assert_found(
        &unset,
        "authorization.redirects",
        Status::Unjudged,
        "set the client id",
    );
    assert!(found(&judge(&super::good()), okta).is_empty());
}
