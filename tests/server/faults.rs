//! Each fault can be seen, and only what is switched on is broken.

use std::collections::HashMap;

use scimitar::server::{Config, FAULTS, SHOWN_BY_DOCTOR, Server, VARIATIONS};
use scimitar::suite::Library;

use crate::probe::{PARTS, Seen, parts_for, probe, probe_wire};

fn difference(one: &Seen, other: &Seen) -> Option<String> {
    if one.len() != other.len() {
        return Some("the conversation has another length".to_owned());
    }
    one.iter()
        .zip(other)
        .find(|(a, b)| a != b)
        .map(|(a, b)| format!("{}\n  {}\n  {}", a.0, a.1, b.1))
}

#[tokio::test]
async fn same_seed_and_clock_give_the_same_conversation() {
    for part in PARTS {
        let (one, other) = (probe(part, &[], &[]).await, probe(part, &[], &[]).await);
        assert_eq!(difference(&one, &other), None);
        let crashes: Vec<_> = one
            .iter()
            .filter(|(_, answer)| answer.starts_with("500"))
            .collect();
        assert!(crashes.is_empty(), "{crashes:?}");
    }
}

/// Tries each eighth fault: so many at once would outlast the limit for one test.
async fn each_fault_changes_an_answer(first: usize) {
    let mut clean = HashMap::new();
    for part in PARTS {
        clean.insert(part, probe(part, &[], &[]).await);
    }
    let mut without_effect = Vec::new();
    'faults: for fault in FAULTS
        .iter()
        .filter(|fault| fault.area != "wire")
        // The conversation speaks little SCIM 1.1: `scimitar prove` shows the checks that catch these.
        .filter(|fault| !fault.area.starts_with("scim11-"))
        .skip(first)
        .step_by(8)
    {
        for part in parts_for(fault.area) {
            if difference(&clean[part], &probe(part, &[fault.id], &[]).await).is_some() {
                continue 'faults;
            }
        }
        without_effect.push(fault.id);
    }
    assert!(
        without_effect.is_empty(),
        "faults without effect: {without_effect:#?}"
    );
}

macro_rules! shares {
    ($($name:ident = $first:literal;)+) => {
        $(#[tokio::test]
        async fn $name() {
            each_fault_changes_an_answer($first).await;
        })+
    };
}

shares! {
    each_fault_changes_an_answer_1 = 0;
    each_fault_changes_an_answer_2 = 1;
    each_fault_changes_an_answer_3 = 2;
    each_fault_changes_an_answer_4 = 3;
    each_fault_changes_an_answer_5 = 4;
    each_fault_changes_an_answer_6 = 5;
    each_fault_changes_an_answer_7 = 6;
    each_fault_changes_an_answer_8 = 7;
}

#[tokio::test]
async fn each_fault_of_the_wire_changes_an_answer() {
    let clean = probe_wire("").await;
    let mut without_effect = Vec::new();
    for fault in FAULTS.iter().filter(|fault| fault.area == "wire") {
        let seen = probe_wire(fault.id).await;
        assert_eq!(
            clean[0].1.split(' ').next(),
            seen[0].1.split(' ').next(),
            "{}: discovery is left alone",
            fault.id
        );
        if difference(&clean[1..].to_vec(), &seen[1..].to_vec()).is_none() {
            without_effect.push(fault.id);
        }
    }
    assert!(
        without_effect.is_empty(),
        "faults without effect: {without_effect:#?}"
    );
}

#[test]
fn what_the_doctor_shows_are_faults() {
    for id in SHOWN_BY_DOCTOR {
        assert!(FAULTS.iter().any(|fault| fault.id == *id), "{id}");
    }
}

#[test]
fn ids_are_unique_and_well_formed() {
    let mut ids: Vec<&str> = FAULTS
        .iter()
        .map(|fault| fault.id)
        .chain(VARIATIONS.iter().map(|one| one.id))
        .collect();
    for id in &ids {
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for fault in FAULTS {
        assert!(
            !fault.title.is_empty() && fault.title.len() <= 100,
            "{}",
            fault.id
        );
    }
}

#[test]
fn what_is_violated_and_what_allows_a_choice_are_requirements() {
    let library = Library::embedded().unwrap();
    let violated = FAULTS.iter().map(|one| (one.id, one.requirement));
    let allowed = VARIATIONS.iter().map(|one| (one.id, one.allowed_by));
    let unknown: Vec<_> = violated
        .chain(allowed)
        .filter(|(_, requirement)| !library.requirements.contains_key(*requirement))
        .collect();
    assert!(unknown.is_empty(), "in no catalogue: {unknown:#?}");
}

#[tokio::test]
async fn unknown_fault_is_refused_by_name() {
    let config = Config {
        faults: vec!["no-such-fault".to_owned()],
        ..Config::default()
    };
    let error = Server::start(config).await.unwrap_err();
    assert_eq!(error.to_string(), "no fault is called `no-such-fault`");
}
