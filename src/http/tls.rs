//! TLS by rustls with ring, set up per client: there is no global state.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig as TlsConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use secrecy::ExposeSecret as _;

use super::config::ClientConfig;
use super::error::ClientError;

/// The TLS side of a client, with or without its certificate.
pub(super) fn tls(config: &ClientConfig, with_certificate: bool) -> Result<TlsConfig, ClientError> {
    let verifier: Arc<dyn ServerCertVerifier> = if config.insecure {
        Arc::new(Anyone(provider()))
    } else {
        verifier(&config.ca)?
    };
    verified_by(verifier, config, with_certificate)
}

/// The cryptography, the same for all.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// What takes certificates of the usual authorities, and of these.
pub(super) fn verifier(ca: &[String]) -> Result<Arc<WebPkiServerVerifier>, ClientError> {
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots(ca)?), provider())
        .build()
        .map_err(|error| ClientError::Tls {
            problem: error.to_string(),
        })
}

/// The TLS side of a client that leaves it to this verifier whom it trusts.
pub(super) fn verified_by(
    verifier: Arc<dyn ServerCertVerifier>,
    config: &ClientConfig,
    with_certificate: bool,
) -> Result<TlsConfig, ClientError> {
    let broken = |error: rustls::Error| ClientError::Tls {
        problem: error.to_string(),
    };
    let builder = TlsConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(broken)?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut tls = match config
        .client_certificate
        .as_ref()
        .filter(|_| with_certificate)
    {
        None => builder.with_no_client_auth(),
        Some(pem) => {
            let chain = certificates(pem.expose_secret(), "client certificate")?;
            let key =
                PrivateKeyDer::from_pem_slice(pem.expose_secret().as_bytes()).map_err(|error| {
                    ClientError::Pem {
                        what: "client certificate's key",
                        problem: match error {
                            rustls::pki_types::pem::Error::NoItemsFound => {
                                "the PEM text holds no private key".to_owned()
                            }
                            error => error.to_string(),
                        },
                    }
                })?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| ClientError::Pem {
                    what: "client certificate",
                    problem: match error {
                        rustls::Error::InconsistentKeys(_) => {
                            "the key does not belong to the certificate".to_owned()
                        }
                        error => error.to_string(),
                    },
                })?
        }
    };
    tls.alpn_protocols = if config.http1_only {
        vec![b"http/1.1".to_vec()]
    } else {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    };
    Ok(tls)
}

fn roots(ca: &[String]) -> Result<RootCertStore, ClientError> {
    const WHAT: &str = "authority's certificate";
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for pem in ca {
        for certificate in certificates(pem, WHAT)? {
            roots.add(certificate).map_err(|error| ClientError::Pem {
                what: WHAT,
                problem: error.to_string(),
            })?;
        }
    }
    Ok(roots)
}

fn certificates(
    pem: &str,
    what: &'static str,
) -> Result<Vec<CertificateDer<'static>>, ClientError> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| ClientError::Pem {
            what,
            problem: error.to_string(),
        })?;
    if certificates.is_empty() {
        return Err(ClientError::Pem {
            what,
            problem: "the PEM text holds no certificate".to_owned(),
        });
    }
    Ok(certificates)
}

/// Takes any certificate (`insecure`); signatures are verified still.
#[derive(Debug)]
struct Anyone(Arc<CryptoProvider>);

impl ServerCertVerifier for Anyone {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            cert,
            dss,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
