//! Whatever a target does costs a bounded time and memory, and is called by its name.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use scimitar::http::{Client, ClientConfig, Limits, RequestSpec};
use scimitar::record::TransportErrorKind as Kind;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};

use crate::raw::Raw;
use crate::{client, config, error_of, get};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// The class and text of the error that these bytes lead to; it must not take longer than the limits say.
async fn said(bytes: impl Into<Vec<u8>>) -> (Kind, String) {
    let server = Raw::saying(bytes).await;
    let started = Instant::now();
    let error = error_of(&client(&server.base_url), "/Users").await;
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "{:?}",
        started.elapsed()
    );
    error
}

#[tokio::test]
async fn broken_answers_are_protocol_errors() {
    let table: [(&str, &str); 9] = [
        ("", "closed the connection before the answer was complete"),
        ("SSH-2.0-OpenSSH_9.6\r\n", "no proper HTTP"),
        ("HTTP/1.1 abc OK\r\n\r\n", "no proper HTTP"),
        ("HTTP/1.1 200 OK\r\nContent-Le", "closed the connection"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":",
            "after 6 bytes (status 200)",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
            "no proper HTTP",
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            "(status 200)",
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
            "closed the connection",
        ),
        (
            "HTTP/1.1 200 OK\r\nBad Header Line\r\n\r\n{}",
            "no proper HTTP",
        ),
    ];
    for (bytes, text) in table {
        let (kind, message) = said(bytes).await;
        assert_eq!(kind, Kind::Protocol, "{bytes:?}: {message}");
        assert!(message.contains(text), "{bytes:?}: {message}");
    }
}

#[tokio::test]
async fn more_than_the_declared_length_is_not_read() {
    let server = Raw::saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}garbage").await;
    let client = client(&server.base_url);
    for _ in 0..2 {
        assert_eq!(client.send(get("/Users")).await.body, b"{}");
    }
}

#[tokio::test]
async fn a_target_that_hangs_is_left_when_time_is_up() {
    let server = Raw::start(|stream| async move {
        sleep(Duration::from_secs(30)).await;
        drop(stream);
    })
    .await;
    let (kind, message) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(
        (kind, message.as_str()),
        (Kind::Timeout, "no answer within 2 s")
    );
}

#[tokio::test]
async fn a_body_that_stops_is_left() {
    let server = Raw::start(|mut stream| async move {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":")
            .await
            .unwrap();
        sleep(Duration::from_secs(30)).await;
    })
    .await;
    let (kind, message) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(kind, Kind::Timeout);
    assert_eq!(
        message,
        "nothing came for 0.5 s in the middle of the answer, after 5 bytes (status 200)"
    );
}

#[tokio::test]
async fn slow_bytes_do_not_hold_a_request_for_ever() {
    let server = Raw::start(|mut stream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            .await;
        while stream.write_all(b" ").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
    let started = Instant::now();
    let (kind, message) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(kind, Kind::Timeout);
    assert!(
        message.starts_with("the answer was not complete within 2 s, after "),
        "{message}"
    );
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn slow_headers_do_not_either() {
    let server = Raw::start(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        while stream.write_all(b"X: y\r\n").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
    let (kind, _) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(kind, Kind::Timeout);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_left() {
    let endless = || {
        Raw::start(|mut stream| async move {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            let _ = stream.write_all(head.as_bytes()).await;
            let mut chunk = b"10000\r\n".to_vec();
            chunk.resize(chunk.len() + 0x10000, b' ');
            chunk.extend_from_slice(b"\r\n");
            while stream.write_all(&chunk).await.is_ok() {}
        })
    };
    let (kind, message) = error_of(&client(&endless().await.base_url), "/Users").await;
    assert_eq!(
        (kind, message.as_str()),
        (
            Kind::TooLarge,
            "the body is larger than 8388608 bytes (status 200)"
        )
    );

    let (kind, _) = said("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{").await;
    assert_eq!(kind, Kind::TooLarge);

    let server = Raw::saying(answer("", &[b' '; 100])).await;
    let limits = Limits {
        body: 99,
        ..config("").limits
    };
    let small = Client::new(&ClientConfig {
        limits,
        ..config(&server.base_url)
    })
    .unwrap();
    assert_eq!(error_of(&small, "/").await.0, Kind::TooLarge);
    let limits = Limits {
        body: 100,
        ..limits
    };
    let enough = Client::new(&ClientConfig {
        limits,
        ..config(&server.base_url)
    })
    .unwrap();
    assert_eq!(enough.send(get("/")).await.body.len(), 100);
}

#[tokio::test]
async fn a_bomb_of_gzip_is_left_early() {
    // One member of 1 MiB of zeroes after the other, without end: each is about 1 KiB.
    let member = gzip(&vec![0; 1024 * 1024]);
    let server = Raw::start(move |mut stream| {
        let member = member.clone();
        async move {
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
                .await;
            while stream.write_all(&member).await.is_ok() {}
        }
    })
    .await;
    let started = Instant::now();
    let (kind, message) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(kind, Kind::TooLarge);
    assert!(
        message.contains("more than 200 times by decompression"),
        "{message}"
    );
    assert!(started.elapsed() < Duration::from_secs(2));

    // Ten gigabytes in one member, made as they are read.
    let server = Raw::start(|mut stream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
            .await;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        let piece = vec![b'a'; 1024 * 1024];
        for _ in 0..10_000 {
            encoder.write_all(&piece).unwrap();
            encoder.flush().unwrap();
            if stream
                .write_all(&std::mem::take(encoder.get_mut()))
                .await
                .is_err()
            {
                return;
            }
        }
    })
    .await;
    let (kind, _) = error_of(&client(&server.base_url), "/Users").await;
    assert_eq!(kind, Kind::TooLarge);
}

#[tokio::test]
async fn gzip_is_read_though_nobody_asked_and_the_headers_stay() {
    let text = br#"{"userName":"a"}"#;
    for coding in ["gzip", "x-gzip", "GZIP", "identity, gzip"] {
        let body = gzip(text);
        let server = Raw::saying(answer(&format!("Content-Encoding: {coding}\r\n"), &body)).await;
        let sent = client(&server.base_url).send(get("/Users")).await;
        assert_eq!(sent.body, text);
        let response = sent.exchange.response.unwrap();
        assert_eq!(response.header("content-encoding"), Some(coding));
        assert_eq!(
            response.header("content-length"),
            Some(body.len().to_string().as_str())
        );
        assert_eq!(response.body.unwrap().size, 16);
    }
}

#[tokio::test]
async fn deflate_is_read_as_the_standard_has_it_and_as_some_servers_do() {
    let text = br#"{"userName":"a"}"#;
    let mut framed = ZlibEncoder::new(Vec::new(), Compression::default());
    framed.write_all(text).unwrap();
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(text).unwrap();
    for body in [framed.finish().unwrap(), bare.finish().unwrap()] {
        let server = Raw::saying(answer("Content-Encoding: deflate\r\n", &body)).await;
        let sent = client(&server.base_url).send(get("/Users")).await;
        assert_eq!(sent.body, text);
    }
}

#[tokio::test]
async fn what_can_not_be_decompressed_says_so() {
    let mut cut = gzip(&[b'x'; 1000]);
    cut.truncate(cut.len() - 10);
    let table: [(&str, &[u8], &str); 5] = [
        (
            "gzip",
            b"{\"plain\":true}",
            "says that it is gzip, and is not",
        ),
        ("gzip", &cut, "says that it is gzip, and is not"),
        (
            "deflate",
            b"{\"plain\":true}",
            "says that it is deflate, and is not",
        ),
        ("br", b"xx", "encoded as `br`"),
        ("gzip, gzip", b"xx", "encoded as `gzip, gzip`"),
    ];
    for (coding, body, text) in table {
        let (kind, message) = said(answer(&format!("Content-Encoding: {coding}\r\n"), body)).await;
        assert_eq!(kind, Kind::Protocol, "{message}");
        assert!(message.contains(text), "{message}");
    }
}

#[tokio::test]
async fn an_answer_without_body_may_say_that_it_is_gzip() {
    let server = Raw::saying("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n").await;
    let sent = client(&server.base_url).send(get("/Users")).await;
    assert_eq!(sent.exchange.response.unwrap().body, None);
    let server =
        Raw::saying("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 50\r\n\r\n")
            .await;
    let sent = client(&server.base_url)
        .send(RequestSpec {
            method: "HEAD".into(),
            ..get("/Users")
        })
        .await;
    assert_eq!(sent.exchange.status(), Some(200));
}

#[tokio::test]
async fn headers_have_a_limit() {
    let many = "X-Header: 1\r\n".repeat(1000);
    let long = format!("X-Header: {}\r\n", "y".repeat(100_000));
    let huge = format!("X-Header: {}\r\n", "y".repeat(5_000_000));
    for headers in [many, long, huge] {
        let (kind, message) = said(answer(&headers, b"{}")).await;
        assert_eq!(kind, Kind::TooLarge, "{message}");
        assert!(
            message.contains("headers of the answer are too large"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn bytes_that_are_no_text_are_kept_raw_and_flagged() {
    let server = Raw::saying(answer("X-Odd: \u{e9}\r\n", b"{\"a\":\"\xff\xfe\"}")).await;
    let sent = client(&server.base_url).send(get("/Users")).await;
    assert_eq!(sent.body, b"{\"a\":\"\xff\xfe\"}");
    let body = sent.exchange.response.unwrap().body.unwrap();
    assert!(body.lossy);
    assert_eq!(body.text, "{\"a\":\"\u{fffd}\u{fffd}\"}");
}

#[tokio::test]
async fn a_long_body_is_whole_for_judging_and_cut_in_the_record() {
    let text = vec![b'x'; 1_000_000];
    let server = Raw::saying(answer("", &text)).await;
    let sent = client(&server.base_url).send(get("/Users")).await;
    assert_eq!(sent.body.len(), 1_000_000);
    let body = sent.exchange.response.unwrap().body.unwrap();
    assert_eq!(
        (body.text.len(), body.size, body.truncated),
        (65_536, 1_000_000, true)
    );
}

#[tokio::test]
async fn no_listener_and_no_name_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (kind, message) = error_of(&client(&format!("http://{address}")), "/Users").await;
    assert_eq!(
        (kind, message),
        (
            Kind::Connect,
            format!("no connection to {address}: connection refused")
        )
    );
    let (kind, message) = error_of(&client("http://no-such-host.invalid/scim"), "/Users").await;
    assert_eq!(
        (kind, message.as_str()),
        (
            Kind::Dns,
            "the host name `no-such-host.invalid` can't be resolved"
        )
    );
}

#[tokio::test]
async fn what_a_proxy_does_is_said_of_the_proxy() {
    let answers = [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            "the proxy {} wants credentials, or refuses those that it got",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\n\r\n",
            "the proxy {} refuses to connect to target.invalid:443",
        ),
        (
            "",
            "no connection through the proxy {}: unexpected end of file",
        ),
    ];
    for (answer, message) in answers {
        let proxy = Raw::saying(answer).await;
        let through = ClientConfig {
            proxy: Some(proxy.base_url.clone().into()),
            ..config("https://target.invalid/scim")
        };
        let error = error_of(&Client::new(&through).unwrap(), "/Users").await;
        let address = proxy.base_url.strip_prefix("http://").unwrap();
        assert_eq!(error, (Kind::Connect, message.replace("{}", address)));
        let request = proxy.requests.lock().unwrap().pop().unwrap();
        assert!(
            request.starts_with("CONNECT target.invalid:443 HTTP/1.1\r\n"),
            "{request}"
        );
    }
    let through = ClientConfig {
        proxy: Some("http://no-such-proxy.invalid:3128".into()),
        ..config("http://target.invalid/scim")
    };
    let (kind, message) = error_of(&Client::new(&through).unwrap(), "/Users").await;
    assert_eq!(kind, Kind::Dns);
    assert_eq!(
        message,
        "the host name `no-such-proxy.invalid` of the proxy can't be resolved"
    );
}
