//! `any`: lawful choices.

use super::{Facts, Finding, Subject, find as find_demand, seen};
use crate::record::TraitSeen;
use crate::suite::Entry;

pub(super) fn find(
    alternatives: &[Entry],
    facts: Facts<'_>,
    subject: Subject<'_>,
    traits: &mut Vec<TraitSeen>,
) -> Finding {
    let mut nearest: Option<Vec<Finding>> = None;
    for alternative in alternatives {
        let mut inner_traits = Vec::new();
        let mut broken = Vec::new();
        for demand in &alternative.demands {
            match find_demand(&demand.kind, facts, subject, &mut inner_traits) {
                Ok(findings) => broken.extend(
                    findings
                        .into_iter()
                        .filter(|finding| finding.broken.is_some()),
                ),
                Err(undefined) => {
                    broken.push(Finding::new("any", "", "").broken(undefined.to_string()));
                }
            }
        }
        if broken.is_empty() {
            let seen = seen(alternative, facts);
            let received = seen
                .first()
                .map_or_else(|| "one of them".to_owned(), |choice| choice.value.clone());
            traits.extend(inner_traits);
            traits.extend(seen);
            return Finding::new(
                "any",
                format!("one of {} choices", alternatives.len()),
                received,
            );
        }
        // The alternative whose status fits is the one that the server meant.
        let cost = |findings: &[Finding]| {
            (
                findings.iter().any(|finding| finding.at == "status"),
                findings.len(),
            )
        };
        if nearest
            .as_ref()
            .is_none_or(|before| cost(&broken) < cost(before))
        {
            nearest = Some(broken);
        }
    }
    let nearest = nearest.unwrap_or_default();
    let expected: Vec<&str> = nearest
        .iter()
        .map(|finding| finding.expected.as_str())
        .collect();
    let received: Vec<&str> = nearest
        .iter()
        .map(|finding| finding.received.as_str())
        .collect();
    let messages: Vec<String> = nearest
        .iter()
        .filter_map(|finding| finding.broken.clone())
        .collect();
    let mut finding =
        Finding::new("any", expected.join("; "), received.join("; ")).broken(format!(
            "none of {} lawful choices; the nearest: {}",
            alternatives.len(),
            messages.join("; ")
        ));
    finding.diff = nearest
        .into_iter()
        .flat_map(|finding| finding.diff)
        .collect();
    finding
}
