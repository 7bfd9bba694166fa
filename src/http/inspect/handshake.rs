//! The TLS handshake, and who vouches for the target.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Url;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::super::config::ClientConfig;
use super::super::error::ClientError;
use super::super::tls::{verified_by, verifier};
use super::super::transport;
use super::{Certificate, Step, step};

/// The most certificates of a chain that are looked at.
const MOST: usize = 10;

/// A handshake that came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handshake {
    /// The protocol, such as `TLS 1.3`.
    pub protocol: String,
    /// What was agreed on to speak: `h2`, `http/1.1`, or nothing.
    pub alpn: Option<String>,
}

/// Who vouches for the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The chain as it was sent, the target's own certificate first. What can't be read is left out.
    pub chain: Vec<Certificate>,
    /// Why the configured authorities don't vouch for it; absent when they do.
    pub problem: Option<String>,
    /// Whether one of the usual, public authorities vouches for it.
    pub public: bool,
}

/// Shakes hands.
pub(super) async fn shake(
    stream: TcpStream,
    target: &Url,
    config: &ClientConfig,
    limit: Duration,
) -> Result<(Step<Handshake>, Option<Trust>), ClientError> {
    let host = target.host_str().unwrap_or_default();
    let witness = Arc::new(Witness {
        host: host.to_owned(),
        configured: verifier(&config.ca)?,
        public: verifier(&[])?,
        insecure: config.insecure,
        seen: Mutex::new(None),
    });
    let trust: Arc<dyn ServerCertVerifier> = Arc::<Witness>::clone(&witness);
    let connector = TlsConnector::from(Arc::new(verified_by(trust, config, true)?));
    let shaken = async {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let name = match bare.parse::<IpAddr>() {
            Ok(address) => ServerName::from(address),
            Err(_) => ServerName::try_from(bare.to_owned())
                .map_err(|_| format!("no certificate can be for `{host}`"))?,
        };
        let stream = connector
            .connect(name, stream)
            .await
            .map_err(|error| transport::handshake(&error, host))?;
        let (_, session) = stream.get_ref();
        let protocol = session.protocol_version();
        Ok(Handshake {
            protocol: protocol
                .and_then(|version| version.as_str())
                .unwrap_or_default()
                .replace("TLSv1_", "TLS 1."),
            alpn: session
                .alpn_protocol()
                .map(|name| String::from_utf8_lossy(name).into_owned()),
        })
    };
    let late = "the target did not finish the TLS handshake";
    let shaken = step(limit, late, shaken).await;
    let seen = witness.seen.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((shaken, seen.clone()))
}

/// Verifies as the client does, and writes down what it saw.
#[derive(Debug)]
struct Witness {
    host: String,
    configured: Arc<WebPkiServerVerifier>,
    public: Arc<WebPkiServerVerifier>,
    insecure: bool,
    seen: Mutex<Option<Trust>>,
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let by = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        let verified = by(&self.configured);
        let chain = std::iter::once(end_entity).chain(intermediates);
        let seen = Trust {
            chain: chain
                .take(MOST)
                .filter_map(|one| Certificate::read(one))
                .collect(),
            problem: verified
                .as_ref()
                .err()
                .map(|problem| transport::tls(problem, &self.host)),
            public: by(&self.public).is_ok(),
        };
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        if self.insecure {
            return Ok(ServerCertVerified::assertion());
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.configured.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.configured.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.configured.supported_verify_schemes()
    }
}
