//! TLS: own authorities, client certificates, and certificate problems said plainly.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use rcgen::{KeyPair, date_time_ymd};
use scimitar::http::{Auth, Client, ClientConfig, ClientError, Credentials, RequestSpec};
use scimitar::record::TransportErrorKind as Kind;

use crate::tls_server::{Authority, authority, params, server};
use crate::{config, error_of, get};

fn trusting(base_url: &str, authority: &Authority) -> ClientConfig {
    ClientConfig {
        ca: vec![authority.pem()],
        ..config(base_url)
    }
}

async fn status(config: &ClientConfig) -> Option<u16> {
    let sent = Client::new(config).unwrap().send(get("/Users")).await;
    assert!(sent.exchange.error.is_none(), "{:?}", sent.exchange.error);
    sent.exchange.status()
}

async fn failure(config: &ClientConfig) -> String {
    let (kind, message) = error_of(&Client::new(config).unwrap(), "/Users").await;
    assert_eq!(kind, Kind::Tls, "{message}");
    message
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_when_it_is_given() {
    let authority = authority();
    let url = server(&authority, &params("localhost"), None);
    assert_eq!(status(&trusting(&url, &authority)).await, Some(200));
    let message = failure(&config(&url)).await;
    assert!(
        message.contains("from an authority that is not trusted"),
        "{message}"
    );
    assert_eq!(
        status(&ClientConfig {
            insecure: true,
            ..config(&url)
        })
        .await,
        Some(200)
    );
}

#[tokio::test]
async fn certificate_problems_are_said_plainly() {
    let authority = authority();
    let mut expired = params("localhost");
    expired.not_before = date_time_ymd(2001, 1, 1);
    expired.not_after = date_time_ymd(2002, 3, 4);
    let mut early = params("localhost");
    early.not_before = date_time_ymd(2090, 1, 2);
    early.not_after = date_time_ymd(2091, 1, 2);
    let table = [
        (
            expired,
            "the certificate of the target expired on 04 Mar 2002",
        ),
        (
            early,
            "the certificate of the target is not valid before 02 Jan 2090",
        ),
        (
            params("other.example"),
            "the certificate of the target is not for `localhost` but for other.example",
        ),
    ];
    for (params, message) in table {
        let url = server(&authority, &params, None);
        assert_eq!(failure(&trusting(&url, &authority)).await, message);
        assert_eq!(
            status(&ClientConfig {
                insecure: true,
                ..config(&url)
            })
            .await,
            Some(200)
        );
    }
}

#[tokio::test]
async fn a_target_without_tls_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    assert_eq!(
        failure(&config(&url)).await,
        "the target does not speak TLS on this port"
    );
}

#[tokio::test]
async fn a_client_certificate_opens_what_asks_for_one() {
    let authority = authority();
    let url = server(&authority, &params("localhost"), Some(&authority));
    let key = KeyPair::generate().unwrap();
    let certificate = params("client").signed_by(&key, &authority).unwrap();
    let pem = format!("{}{}", certificate.pem(), key.serialize_pem());

    let message = failure(&trusting(&url, &authority)).await;
    assert!(message.contains("wants a client certificate"), "{message}");
    let with = ClientConfig {
        client_certificate: Some(pem.into()),
        ..trusting(&url, &authority)
    };
    assert_eq!(status(&with).await, Some(200));

    // Nobody has no certificate where that is the credential, and keeps it where it is only the way in.
    let nobody = || RequestSpec {
        auth: Credentials::None,
        ..get("/Users")
    };
    let sent = Client::new(&with).unwrap().send(nobody()).await;
    assert_eq!(sent.exchange.error.unwrap().kind, Kind::Tls);
    let both = ClientConfig {
        auth: Auth::Bearer("a-token".into()),
        ..with
    };
    assert_eq!(
        Client::new(&both)
            .unwrap()
            .send(nobody())
            .await
            .exchange
            .status(),
        Some(200)
    );
}

#[test]
fn pem_that_can_not_be_read_says_what_is_wrong() {
    let authority = authority();
    let (key, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let certificate = params("client").signed_by(&key, &authority).unwrap().pem();
    let client = |pem: String| ClientConfig {
        client_certificate: Some(pem.into()),
        ..config("https://a.example")
    };
    let ca = |pem: &str| ClientConfig {
        ca: vec![pem.to_owned()],
        ..config("https://a.example")
    };
    let table = [
        (
            ca("no PEM"),
            "read the authority's certificate: the PEM text holds no certificate",
        ),
        (
            ca("-----BEGIN CERTIFICATE-----\nAAAA\n"),
            "read the authority's certificate: ",
        ),
        (
            ca("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            "read the authority's certificate: ",
        ),
        (
            client(key.serialize_pem()),
            "read the client certificate: the PEM text holds no certificate",
        ),
        (
            client(certificate.clone()),
            "read the client certificate's key: the PEM text holds no private key",
        ),
        (
            client(format!("{certificate}{}", other.serialize_pem())),
            "read the client certificate: the key does not belong to the certificate",
        ),
    ];
    for (config, message) in table {
        let error = Client::new(&config).unwrap_err();
        assert!(matches!(error, ClientError::Pem { .. }));
        assert!(error.to_string().starts_with(message), "{error}");
    }
}
