//! Name, TCP and TLS.

use std::fmt::Display;
use std::time::Duration;

use chrono::DateTime;

use super::base_url::is_https;
use super::{ok, problem, remark, unjudged};
use crate::doctor::diagnosis::{Certificate, Finding, Section};
use crate::doctor::facts::Facts;
use crate::http::{Handshake, Inspection, NOT_LOOKED_AT, Step, Trust};

const HERE: Section = Section::Connection;
const DAY: i64 = 24 * 60 * 60;
/// From how many days before its end a certificate is remarked on.
const SOON: i64 = 30;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    let path = match &facts.path {
        Ok(path) => path,
        Err(why) => {
            let text = format!("it could not be looked at: {why}");
            return vec![unjudged("connection.name", HERE, text)];
        }
    };
    let mut findings = vec![name(path)];
    let Some(connect) = &path.connect else {
        return findings;
    };
    findings.push(tcp(path, connect));
    if connect.result.is_err() {
        return findings;
    }
    if !is_https(facts.base_url.trim()) {
        findings.push(unjudged(
            "connection.tls",
            HERE,
            "no TLS: the base URL is not https",
        ));
        return findings;
    }
    if let Some(shaken) = &path.tls {
        findings.push(tls(shaken, path.trust.as_ref()));
    }
    if let Some(trust) = &path.trust {
        findings.extend(certificate_findings(trust, facts));
    }
    findings
}

fn name(path: &Inspection) -> Finding {
    let host = path.proxy.as_ref().unwrap_or(&path.place);
    let through = match &path.proxy {
        Some(_) => "; the proxy looks the target up",
        None => "",
    };
    match &path.lookup.result {
        Ok(_) if path.literal => {
            let text = format!("{host} is an address: there is no name to look up{through}");
            ok("connection.name", HERE, text)
        }
        Ok(addresses) => {
            let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            let took = time(path.lookup.took);
            let text = format!("{host} is {} ({took}){through}", addresses.join(", "));
            ok("connection.name", HERE, text)
        }
        Err(why) => problem(
            "connection.name",
            HERE,
            why,
            "is the host's name right? does this network know it, or does it need --proxy?",
        )
        .blocking(),
    }
}

fn tcp(path: &Inspection, connect: &Step<impl Display>) -> Finding {
    let what = if path.proxy.is_some() {
        "the proxy "
    } else {
        ""
    };
    match &connect.result {
        Ok(address) => {
            let text = format!("{what}{address} takes connections ({})", time(connect.took));
            ok("connection.tcp", HERE, text)
        }
        Err(why) => problem(
            "connection.tcp",
            HERE,
            why,
            "does the server run, and listen on that address and port? is a firewall in between, \
             or does this network need --proxy?",
        )
        .blocking(),
    }
}

fn tls(shaken: &Step<Handshake>, trust: Option<&Trust>) -> Finding {
    match &shaken.result {
        Ok(Handshake { protocol, alpn }) => {
            let over = match alpn.as_deref() {
                Some("h2") => ", HTTP/2",
                _ => "",
            };
            let text = format!("{protocol}{over} ({})", time(shaken.took));
            ok("connection.tls", HERE, text)
        }
        Err(why) if why.starts_with(NOT_LOOKED_AT) => unjudged("connection.tls", HERE, why),
        Err(why) => {
            let remedy = if why.contains("authority that is not trusted") {
                "send the whole chain with it, of an authority that Okta knows; for a test system, \
                 trust your own authority by --ca FILE"
            } else if why.contains("does not speak TLS") {
                "is it the right port? this one may want http://"
            } else if trust.is_some() {
                "renew the certificate, for this host name, and send its whole chain"
            } else {
                "look at the TLS settings of the server, and of what stands before it"
            };
            problem("connection.tls", HERE, why, remedy).blocking()
        }
    }
}

fn certificate_findings(trust: &Trust, facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(own) = trust.chain.first() else {
        let text = "what the target sent can't be read as a certificate";
        return vec![unjudged("connection.certificate", HERE, text)];
    };
    let names = if own.names.is_empty() {
        own.subject.clone()
    } else {
        own.names.join(", ")
    };
    let certificates = match trust.chain.len() {
        1 => "no chain with it".to_owned(),
        count => format!("{count} certificates sent"),
    };
    let days = (own.not_after - facts.now_s).div_euclid(DAY);
    let until = day(own.not_after);
    let text = format!("certificate for {names}, by {}, {certificates}", own.issuer);
    findings.push(match &trust.problem {
        None => ok("connection.certificate", HERE, text),
        Some(_) => unjudged(
            "connection.certificate",
            HERE,
            format!("not trusted: {text}"),
        ),
    });
    let renew = "renew it in time, and let it be renewed without a person";
    findings.push(if own.not_after < facts.now_s {
        problem(
            "connection.expiry",
            HERE,
            format!("the certificate expired on {until}"),
            "renew it, and let it be renewed without a person",
        )
        .blocking()
    } else if days < SOON {
        let text = format!(
            "the certificate expires on {until}, in {}",
            days_in_words(days)
        );
        remark("connection.expiry", HERE, text).remedy(renew)
    } else {
        ok(
            "connection.expiry",
            HERE,
            format!("valid until {until} ({days} days)"),
        )
    });
    match &trust.problem {
        // With --insecure the handshake goes well all the same.
        Some(why) if facts.insecure => findings.push(
            problem(
                "connection.trust",
                HERE,
                format!("{why}; it is not verified here (--insecure), but Okta verifies it"),
                "use a certificate that the usual authorities vouch for",
            )
            .blocking(),
        ),
        None if !trust.public => findings.push(
            remark(
                "connection.trust",
                HERE,
                "the certificate is good for --ca only: Okta's cloud takes those of public authorities",
            )
            .remedy("use one of a public authority before it is connected to Okta"),
        ),
        Some(_) | None => {}
    }
    findings
}

fn days_in_words(days: i64) -> String {
    match days {
        0 => "less than a day".to_owned(),
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// What has to be minded of the connection before Okta's cloud gets it.
pub(super) fn condition(facts: &Facts) -> Option<&'static str> {
    if facts.loopback {
        return Some("it needs an https URL that Okta's cloud reaches");
    }
    let path = facts.path.as_ref().ok()?;
    let trust = path.trust.as_ref()?;
    (trust.problem.is_none() && !trust.public)
        .then_some("it needs a certificate of a public authority")
}

pub(super) fn certificate(facts: &Facts) -> Option<Certificate> {
    let path = facts.path.as_ref().ok()?;
    let own = path.trust.as_ref()?.chain.first()?.clone();
    Some(Certificate {
        subject: own.subject,
        issuer: own.issuer,
        names: own.names,
        not_before_s: own.not_before,
        not_after_s: own.not_after,
    })
}

/// A time for people: `830 µs`, `12.4 ms`, `1.62 s`.
pub(super) fn time(duration: Duration) -> String {
    let us = duration.as_micros();
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..100_000 => format!("{}.{} ms", us / 1_000, us % 1_000 / 100),
        100_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{}.{:02} s", us / 1_000_000, us % 1_000_000 / 10_000),
    }
}

/// The day of a time in seconds since 1970, as `2027-01-31`.
pub(super) fn day(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or_else(
        || "a day out of reach".to_owned(),
        |time| time.format("%Y-%m-%d").to_string(),
    )
}
