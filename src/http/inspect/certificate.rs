//! What a certificate says (RFC 5280).

use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

/// The most names of a certificate that are kept.
const NAMES: usize = 20;
/// The longest name, in characters.
const LONGEST: usize = 200;

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it is for.
    pub subject: String,
    /// Who made it.
    pub issuer: String,
    /// The host names and addresses that it is for.
    pub names: Vec<String>,
    /// From when on it is valid, in seconds since 1970.
    pub not_before: i64,
    /// Until when it is valid, in seconds since 1970.
    pub not_after: i64,
}

impl Certificate {
    /// Reads one; nothing when it can't be read.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, read) = X509Certificate::from_der(der).ok()?;
        let alternatives = read.subject_alternative_name().ok().flatten();
        let names = alternatives
            .iter()
            .flat_map(|extension| &extension.value.general_names)
            .filter_map(|name| match name {
                GeneralName::DNSName(name) => Some(cut(name)),
                GeneralName::IPAddress(bytes) => address(bytes),
                _ => None,
            });
        Some(Self {
            subject: cut(&read.subject().to_string()),
            issuer: cut(&read.issuer().to_string()),
            names: names.take(NAMES).collect(),
            not_before: read.validity().not_before.timestamp(),
            not_after: read.validity().not_after.timestamp(),
        })
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    let four = <[u8; 4]>::try_from(bytes).map(|four| std::net::Ipv4Addr::from(four).to_string());
    let sixteen = <[u8; 16]>::try_from(bytes).map(|all| std::net::Ipv6Addr::from(all).to_string());
    four.or(sixteen).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_and_garbage_is_not() {
        let mut params = rcgen::CertificateParams::new(vec!["a.example".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(2040, 1, 2);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "A server");
        let key = rcgen::KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        let read = Certificate::read(made.der()).unwrap();
        assert_eq!(read.names, ["a.example"]);
        assert!(read.subject.contains("CN=A server"), "{}", read.subject);
        assert_eq!(read.not_after, 2_209_075_200);
        assert_eq!(Certificate::read(b"\x30\x03\x02\x01\x01"), None);
        assert_eq!(Certificate::read(b""), None);
    }
}
