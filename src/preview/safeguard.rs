//! Okta's import safeguard: an import that would unassign too many users stops.

use schemars::JsonSchema;
use serde::Serialize;

/// How near an import comes to the safeguard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Safeguard {
    /// Users that the import before knew as active.
    pub before: u64,
    /// Those of them that this one doesn't read as active, and who would be unassigned.
    pub unassigned: u64,
    /// Those of them that are no longer there.
    pub gone: u64,
    /// Those of them that are inactive now.
    pub inactive: u64,
    /// Those of them that are there, and that the paging loses.
    pub missed: u64,
    /// The threshold of the app, in percent.
    pub app_percent: u8,
    /// Whether the app's safeguard stops the import.
    pub trips_app: bool,
    /// The threshold of the org, in percent.
    pub org_percent: u8,
    /// How many users the org has, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_users: Option<u64>,
    /// Whether the org's safeguard stops the import; it is counted over all apps there, and over this one here.
    pub trips_org: bool,
}

/// More than so many percent.
pub const fn is_more_than(part: u64, whole: u64, percent: u8) -> bool {
    // 128 bits hold any product of these.
    part as u128 * 100 > whole as u128 * percent as u128
}

/// A share, as people read it: `12.5 %`.
#[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0 %".to_owned();
    }
    format!("{:.1} %", part as f64 * 100.0 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_itself_is_allowed() {
        for (part, whole, percent, trips) in [
            (20, 100, 20, false),
            (21, 100, 20, true),
            (1, 4, 20, true),
            (0, 0, 20, false),
            (1, 1, 100, false),
            (1, 1_000_000, 0, true),
            (u64::MAX, u64::MAX, 99, true),
        ] {
            assert_eq!(is_more_than(part, whole, percent), trips, "{part}/{whole}");
        }
        assert_eq!(share(1, 8), "12.5 %");
    }
}
