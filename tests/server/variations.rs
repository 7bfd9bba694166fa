//! Each variation can be seen, and is lawful.

use std::collections::HashMap;

use scimitar::server::VARIATIONS;

use crate::probe::{PARTS, probe};

#[tokio::test]
async fn each_variation_changes_an_answer() {
    let mut clean = HashMap::new();
    for part in PARTS {
        clean.insert(part, probe(part, &[], &[]).await);
    }
    let mut without_effect = Vec::new();
    'variations: for variation in VARIATIONS {
        for part in PARTS {
            if probe(part, &[], &[variation.id]).await != clean[part] {
                continue 'variations;
            }
        }
        without_effect.push(variation.id);
    }
    assert!(
        without_effect.is_empty(),
        "variations without effect: {without_effect:#?}"
    );
}
