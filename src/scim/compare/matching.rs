//! Which values of two multi-valued attributes belong together.

use serde_json::Value;

/// How many values are matched with care: above, the first that fits is taken.
const CAREFUL: usize = 64;

/// For each wanted value the place of a received one that fits, each used once; as many as possible.
pub(super) fn matching(
    items: &[(usize, &Value)],
    received: &[Value],
    fits: &dyn Fn(&Value, &Value) -> bool,
) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; received.len()];
    for (item, (place, wanted)) in items.iter().enumerate() {
        // Most servers keep the order.
        let same_place = received
            .get(*place)
            .is_some_and(|got| owner.get(*place) == Some(&None) && fits(wanted, got));
        let fitting = if same_place {
            Some(*place)
        } else {
            let free = |place: &usize| owner.get(*place) == Some(&None);
            (0..received.len())
                .filter(free)
                .find(|place| received.get(*place).is_some_and(|got| fits(wanted, got)))
        };
        match fitting.and_then(|place| owner.get_mut(place)) {
            Some(slot) => *slot = Some(item),
            None if items.len() <= CAREFUL && received.len() <= CAREFUL => {
                augment(
                    item,
                    items,
                    received,
                    fits,
                    &mut vec![false; received.len()],
                    &mut owner,
                );
            }
            None => {}
        }
    }
    (0..items.len())
        .map(|item| owner.iter().position(|owner| *owner == Some(item)))
        .collect()
}

/// Finds a place for an item by moving others; at most as deep as there are places.
fn augment(
    item: usize,
    items: &[(usize, &Value)],
    received: &[Value],
    fits: &dyn Fn(&Value, &Value) -> bool,
    seen: &mut Vec<bool>,
    owner: &mut Vec<Option<usize>>,
) -> bool {
    let Some((_, wanted)) = items.get(item) else {
        return false;
    };
    for (place, got) in received.iter().enumerate() {
        if seen.get(place) != Some(&false) || !fits(wanted, got) {
            continue;
        }
        if let Some(slot) = seen.get_mut(place) {
            *slot = true;
        }
        let before = owner.get(place).copied().flatten();
        if before.is_none_or(|before| augment(before, items, received, fits, seen, owner)) {
            if let Some(slot) = owner.get_mut(place) {
                *slot = Some(item);
            }
            return true;
        }
    }
    false
}
