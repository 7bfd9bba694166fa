//! When the target asks to wait.

use std::time::Duration;

use scimitar::http::RequestSpec;
use tokio::time::Instant;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{client, get};

async fn answering(answers: &[(u16, Option<&str>)]) -> MockServer {
    let server = MockServer::start().await;
    for (n, (status, retry_after)) in answers.iter().enumerate() {
        let mut answer = ResponseTemplate::new(*status);
        if let Some(retry_after) = retry_after {
            answer = answer.insert_header("Retry-After", *retry_after);
        }
        let last = n + 1 == answers.len();
        let mock = Mock::given(any()).respond_with(answer);
        let mock = if last { mock } else { mock.up_to_n_times(1) };
        mock.mount(&server).await;
    }
    server
}

#[tokio::test]
async fn each_attempt_is_an_exchange_of_its_own() {
    let server = answering(&[(429, Some("0")), (503, Some("0")), (201, None)]).await;
    let spec = RequestSpec {
        method: "POST".into(),
        body: Some(b"{}".to_vec()),
        ..get("/Users")
    };
    let sent = client(&server.uri())
        .send_with_retry(spec, Duration::from_secs(5))
        .await;
    let seen: Vec<_> = sent
        .iter()
        .map(|sent| (sent.exchange.attempt, sent.exchange.status().unwrap()))
        .collect();
    assert_eq!(seen, [(1, 429), (2, 503), (3, 201)]);
    assert!(
        sent.iter()
            .all(|sent| sent.exchange.request.body.as_ref().unwrap().text == "{}")
    );
    let gaps = sent
        .windows(2)
        .map(|pair| pair[1].exchange.started_us - pair[0].exchange.started_us);
    assert!(gaps.into_iter().all(|gap| gap >= 100_000));
}

#[tokio::test]
async fn a_wait_that_the_budget_does_not_hold_is_not_begun() {
    let server = answering(&[(429, Some("3600"))]).await;
    let started = Instant::now();
    let sent = client(&server.uri())
        .send_with_retry(get("/Users"), Duration::from_secs(5))
        .await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].exchange.status(), Some(429));
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_target_that_never_stops_asking_is_left() {
    let server = answering(&[(503, Some("0"))]).await;
    let sent = client(&server.uri())
        .send_with_retry(get("/Users"), Duration::from_mins(1))
        .await;
    assert_eq!(sent.len(), 10);
    assert_eq!(sent.last().unwrap().exchange.attempt, 10);
}

#[tokio::test]
async fn a_target_that_says_at_once_and_does_not_mean_it_is_asked_ever_more_slowly() {
    for never in ["0", "Sun, 06 Nov 1994 08:49:37 GMT"] {
        let server = answering(&[(429, Some(never))]).await;
        let sent = client(&server.uri())
            .send_with_retry(get("/Users"), Duration::from_secs(3))
            .await;
        // After 0, 0.1, 0.3, 0.7 and 1.5 s; the next would be after the budget.
        assert_eq!(sent.len(), 5, "{never}");
    }
}

#[tokio::test]
async fn nothing_else_is_sent_twice() {
    for (status, retry_after) in [
        (429, None),
        (503, None),
        (500, Some("0")),
        (401, Some("0")),
        (200, Some("0")),
    ] {
        let server = answering(&[(status, retry_after)]).await;
        let sent = client(&server.uri())
            .send_with_retry(get("/Users"), Duration::from_secs(5))
            .await;
        assert_eq!(sent.len(), 1, "{status}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1);
    }
}

/// A server that answers the first request of a connection, and closes it when the second one comes.
async fn closing() -> crate::raw::Raw {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    crate::raw::Raw::start(|mut stream| async move {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.read(&mut [0; 4096]).await;
    })
    .await
}

#[tokio::test]
async fn a_kept_connection_that_is_closed_as_a_request_comes_is_no_fault() {
    for (method, again) in [
        ("GET", true),
        ("PUT", true),
        ("POST", false),
        ("PATCH", false),
        ("DELETE", false),
    ] {
        let server = closing().await;
        let client = client(&server.base_url);
        let send = |method: &str| {
            let spec = RequestSpec {
                method: method.to_owned(),
                ..get("/Users")
            };
            client.send_with_retry(spec, Duration::from_secs(5))
        };
        assert_eq!(send("GET").await.len(), 1);
        let sent = send(method).await;
        let error = sent[0].exchange.error.as_ref().unwrap();
        assert!(error.message.contains("had kept open"), "{}", error.message);
        if again {
            assert_eq!(sent.len(), 2, "{method}");
            assert_eq!(sent[1].exchange.status(), Some(200), "{method}");
            assert_eq!(sent[1].exchange.attempt, 2);
        } else {
            assert_eq!(sent.len(), 1, "{method}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_not_tried_again() {
    let server = crate::raw::Raw::saying("").await;
    let sent = client(&server.base_url)
        .send_with_retry(get("/Users"), Duration::from_secs(5))
        .await;
    assert_eq!(sent.len(), 1);
    assert!(sent[0].exchange.error.is_some());
    assert_eq!(server.requests.lock().unwrap().len(), 1);
}
