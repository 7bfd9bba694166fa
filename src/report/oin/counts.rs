//! Numbers in sentences.

/// `The case was shown`, `Both cases were shown`, `All 7 cases were shown`.
pub(super) fn of_all(count: usize, thing: &str, one: &str, more: &str) -> String {
    match count {
        1 => format!("The {thing} {one}"),
        2 => format!("Both {thing}s {more}"),
        count => format!("All {count} {thing}s {more}"),
    }
}

/// `1 has`, `2 have`.
pub(super) fn some(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Ids with commas; of many the first and how many more.
pub(super) fn listed<'a>(ids: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let ids: Vec<&str> = ids.into_iter().collect();
    let first = ids
        .iter()
        .take(most)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match ids.len().checked_sub(most) {
        Some(more) if more > 0 => format!("{first} and {more} more"),
        _ => first,
    }
}
