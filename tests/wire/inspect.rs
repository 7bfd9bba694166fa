//! What lies between here and a target, step by step, whatever fails.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use rcgen::date_time_ymd;
use scimitar::http::{Client, ClientConfig, Inspection, Limits};

use crate::config;
use crate::tls_server::{authority, params, server};

async fn inspect(config: &ClientConfig) -> Inspection {
    Client::new(config).unwrap().inspect().await.unwrap()
}

/// Why the handshake failed.
fn failure(inspection: &Inspection) -> &str {
    let tls = inspection.tls.as_ref().unwrap();
    tls.result.as_ref().unwrap_err()
}

/// A server that does this to each connection, and its address.
fn raw(answer: impl Fn(&mut std::net::TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            answer(&mut stream);
        }
    });
    address
}

#[tokio::test]
async fn the_certificate_is_known_also_when_it_is_refused() {
    let authority = authority();
    let url = server(&authority, &params("localhost"), None);
    let trusting = ClientConfig {
        ca: vec![authority.pem()],
        ..config(&url)
    };
    let good = inspect(&trusting).await;
    assert!(good.is_connected() && !good.literal);
    assert_eq!(good.tls.unwrap().result.unwrap().protocol, "TLS 1.3");
    let trust = good.trust.unwrap();
    assert_eq!((trust.problem, trust.public), (None, false));
    assert_eq!(trust.chain[0].names, ["localhost"]);
    assert!(trust.chain[0].issuer.contains("An authority"));

    let stranger = inspect(&config(&url)).await;
    assert!(!stranger.is_connected());
    assert!(failure(&stranger).contains("authority that is not trusted"));
    assert_eq!(stranger.trust.unwrap().chain.len(), 1);

    let insecure = inspect(&ClientConfig {
        insecure: true,
        ..config(&url)
    })
    .await;
    assert!(insecure.is_connected());
    let problem = insecure.trust.unwrap().problem.unwrap();
    assert!(problem.contains("not trusted"), "{problem}");

    let mut params = params("localhost");
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 3, 4);
    let url = server(&authority, &params, None);
    let expired = inspect(&ClientConfig {
        ca: vec![authority.pem()],
        ..config(&url)
    })
    .await;
    assert!(failure(&expired).contains("expired on 04 Mar 2002"));
    assert_eq!(expired.trust.unwrap().chain[0].not_after, 1_015_200_000);
}

#[tokio::test]
async fn each_step_says_what_keeps_it_from_coming_about() {
    let no_name = inspect(&config("https://scim.invalid/v2")).await;
    assert!(no_name.lookup.result.is_err() && no_name.connect.is_none());

    let nobody = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let refused = inspect(&config(&format!("http://{address}"))).await;
    let why = refused.connect.unwrap().result.unwrap_err();
    assert_eq!(
        why,
        format!("no connection to {address}: connection refused")
    );
    assert!(refused.literal);

    let plain = raw(|stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let plain = inspect(&config(&format!("https://{plain}"))).await;
    assert_eq!(
        failure(&plain),
        "the target does not speak TLS on this port"
    );
}

#[tokio::test]
async fn a_target_that_hangs_costs_a_bounded_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let limits = Limits::within(Duration::from_millis(200));
    let hanging = inspect(&ClientConfig {
        limits,
        ..config(&url)
    })
    .await;
    assert_eq!(
        failure(&hanging),
        "the target did not finish the TLS handshake within 0.2 s"
    );
}

#[tokio::test]
async fn a_proxy_is_asked_for_a_tunnel_with_its_credentials() {
    let (say, heard) = std::sync::mpsc::channel();
    let proxy = raw(move |stream| {
        let mut asked = [0; 4096];
        let count = stream.read(&mut asked).unwrap();
        let _ = say.send(String::from_utf8_lossy(&asked[..count]).into_owned());
        let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    let through = ClientConfig {
        proxy: Some(format!("http://ada:hunter22@{proxy}").into()),
        ..config("https://scim.invalid/v2")
    };
    let inspection = inspect(&through).await;
    assert_eq!(inspection.proxy.as_deref(), Some(proxy.as_str()));
    assert_eq!(
        failure(&inspection),
        "the proxy opens no tunnel to scim.invalid:443 (403)"
    );
    let asked = heard.recv().unwrap();
    assert!(
        asked.starts_with("CONNECT scim.invalid:443 HTTP/1.1\r\n"),
        "{asked}"
    );
    assert!(
        asked.contains("Proxy-Authorization: Basic YWRhOmh1bnRlcjIy\r\n"),
        "{asked}"
    );
    let endless = raw(|stream| {
        let _ = stream.read(&mut [0; 4096]);
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let flooded = inspect(&ClientConfig {
        proxy: Some(format!("http://{endless}").into()),
        ..config("https://scim.invalid/v2")
    })
    .await;
    assert_eq!(failure(&flooded), "the proxy's answer is too long");
}
