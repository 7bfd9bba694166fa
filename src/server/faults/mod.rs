//! What the faults do, by family. Those of authentication, cursors and bulk stand in the code that they change.

mod attributes;
mod bodies;
mod bulk;
mod characteristics;
mod clients;
mod common;
mod cursors;
mod definitions;
mod errors;
mod filter_meanings;
mod filter_texts;
mod filters;
mod instead;
mod lists;
mod members;
mod memberships;
mod orders;
mod patch_changes;
mod patch_refusals;
mod patch_results;
mod patch_target;
mod patches;
mod patches_v1;
mod profiles;
mod projections;
mod protocol;
mod published;
mod regressions;
mod representations;
mod scim11;
mod scim11_discovery;
mod scim11_requests;
mod searches;
mod secrets;
mod shown;
mod statuses;
mod values;
mod writes;

use std::time::Duration;

pub(super) use instead::instead;
pub(super) use protocol::{alter_all, declare, reroute};
pub(super) use regressions::{after_refusal, refusal};

use super::answer::Answer;
use super::call::Call;
use super::fault::{Defect, Switches};
use super::kind::GROUP;
use super::route::{Asked, Operation};

/// Changes a request as a server does that does not heed all of it.
pub(super) fn before(switches: &Switches, call: &mut Call, asked: &Asked) {
    protocol::before(switches, call, asked);
    regressions::before(switches, call);
    for (defect, parameter) in [
        (Defect::AttributesIgnored, "attributes"),
        (Defect::ExcludedAttributesIgnored, "excludedAttributes"),
        (Defect::ConfigUntrue, "sortBy"),
        (Defect::ConfigUntrue, "sortOrder"),
    ] {
        if switches.has(defect) {
            call.forget(parameter);
        }
    }
    let widens = |filter: &str| filter.contains("' OR '");
    if switches.has(Defect::InjectionWidensFilter) && call.parameter("filter").is_some_and(widens) {
        call.forget("filter");
    }
    if switches.has(Defect::ConfigUntrue) {
        call.headers.remove("if-match");
        call.headers.remove("if-none-match");
    }
    switches.v1_before(call);
    for (name, value) in &mut call.query {
        if switches.has(Defect::AttributesWholeComplex) && name.eq_ignore_ascii_case("attributes") {
            let tops = value.split(',').map(|path| {
                if path.contains(':') {
                    path
                } else {
                    path.split('.').next().unwrap_or(path)
                }
            });
            *value = tops.collect::<Vec<_>>().join(",");
        }
        if switches.has(Defect::FilterPlusAsBlank) && name.eq_ignore_ascii_case("filter") {
            *value = value.replace('+', " ");
        }
    }
    projections::before(switches, call);
}

/// Changes an answer as a server gives it that gets it wrong.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    statuses::alter(switches, call, asked, answer);
    members::alter(switches, asked, answer);
    bodies::alter(switches, call, asked, answer);
    clients::alter(switches, asked, answer);
    patch_results::alter(switches, call, asked, answer);
    definitions::alter(switches, call, asked, answer);
    published::alter(switches, call, asked, answer);
    secrets::alter(switches, call, asked, answer);
    searches::alter(switches, asked, answer);
    common::alter(switches, asked, answer);
    errors::alter(switches, call, asked, answer);
    bulk::alter(switches, call, asked, answer);
    cursors::alter(switches, call, asked, answer);
    protocol::alter(switches, call, asked, answer);
    regressions::alter(switches, call, asked, answer);
    if asked.is_v1() {
        scim11::alter(switches, call, asked, answer);
    }
}

/// The bytes of a body, as a server writes them that gets the encoding wrong.
pub(super) fn encoded(switches: &Switches, body: Vec<u8>) -> Vec<u8> {
    if !switches.has(Defect::BodyInLatin1) {
        return body;
    }
    let one = |letter: char| u8::try_from(u32::from(letter)).unwrap_or(b'?');
    String::from_utf8_lossy(&body).chars().map(one).collect()
}

/// How much longer an answer takes.
pub(super) fn delay(switches: &Switches, asked: &Asked) -> Duration {
    let slow = |defect: Defect, when: bool, millis: u64| {
        if when && switches.has(defect) {
            Duration::from_millis(millis)
        } else {
            Duration::ZERO
        }
    };
    let lists_groups = asked.operation == Operation::List && asked.kind() == Some(GROUP);
    slow(Defect::GroupsListSlow, lists_groups && !asked.is_v1(), 700)
        + slow(Defect::V1GroupsSlow, lists_groups && asked.is_v1(), 700)
        + slow(
            Defect::V1ConfigSlow,
            asked.operation == Operation::Config && asked.is_v1(),
            500,
        )
        + slow(
            Defect::V1ReadSlow,
            asked.operation == Operation::Read && asked.is_v1(),
            700,
        )
}
