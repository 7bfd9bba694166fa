//! Names that say that what they name is a secret: of members, parameters, elements and attribute paths.

/// The names, in lower case and without `_` and `-`.
const NAMES: [&str; 29] = [
    "password",
    "passwd",
    "passphrase",
    "token",
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "apitoken",
    "authtoken",
    "bearertoken",
    "sessiontoken",
    "secret",
    "clientsecret",
    "secretkey",
    "sharedsecret",
    "secrettoken",
    "apikey",
    "xapikey",
    "privatekey",
    "assertion",
    "clientassertion",
    "authorization",
    "proxyauthorization",
    "cookie",
    "setcookie",
    "sig",
    "signature",
    "xamzsignature",
    "xamzsecuritytoken",
];

/// The length of the longest of them, in bytes.
const LONGEST: usize = 18;

/// Whether a member, a parameter, an element or an attribute path of this name holds a secret. Its last part counts:
/// `urn:ietf:params:scim:schemas:core:2.0:User:password` is one, and `xs:token`; case, `_` and `-` don't matter.
pub fn is_secret_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let start = memchr::memrchr2(b':', b'.', bytes).map_or(0, |at| at + 1);
    let (mut plain, mut length) = ([0; LONGEST], 0);
    for byte in bytes.get(start..).unwrap_or_default() {
        if matches!(byte, b'_' | b'-') {
            continue;
        }
        let Some(place) = plain.get_mut(length) else {
            return false;
        };
        *place = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = plain.get(..length).unwrap_or_default();
    NAMES.iter().any(|secret| secret.as_bytes() == plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for name in [
            "password",
            "Password",
            "urn:ietf:params:scim:schemas:core:2.0:User:password",
            "account.password",
            "api_key",
            "apiKey",
            "API-KEY",
            "X-Api-Key",
            "clientSecret",
            "client_secret",
            "access_token",
            "token",
            "secret",
            "Proxy-Authorization",
            "x-amz-security-token",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "",
            ":",
            "id",
            "x509Certificates",
            "tokenLifetime",
            "token_type",
            "token_endpoint",
            "changePassword",
            "passwordChangedAt",
            "passwordPolicy",
            "secretary",
            "authenticationSchemes",
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:password:userName",
            "___________________________",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
        assert_eq!(NAMES.iter().map(|name| name.len()).max(), Some(LONGEST));
    }
}
