//! How long an import takes, and which schedule that allows.

use super::outcome::Estimate;
use super::rules::Schedule;

/// An import has to fit several times into the time between two: Okta does other work too, and retries.
const ROOM: u64 = 4;

/// The estimate from the times of the requests, in microseconds.
pub(super) fn estimate(mut took_us: Vec<u32>, requests: u64) -> Option<Estimate> {
    took_us.sort_unstable();
    let median = *took_us.get(took_us.len() / 2)?;
    let slowest = *took_us.last()?;
    let import_us = u64::from(median).saturating_mul(requests);
    let fits = |schedule: &Schedule| {
        let interval = schedule.interval_s();
        interval.is_some_and(|interval| import_us / 1_000_000 <= interval / ROOM)
    };
    let shortest = [Schedule::Hourly, Schedule::Daily, Schedule::Weekly]
        .into_iter()
        .find(fits);
    Some(Estimate {
        requests,
        median_us: u64::from(median),
        slowest_us: u64::from(slowest),
        import_us,
        shortest_schedule: shortest.map(Schedule::word),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_has_to_fit_with_room() {
        let shortest = |ms: u32, requests: u64| {
            let estimate = estimate(vec![ms * 1000; 3], requests).unwrap();
            estimate.shortest_schedule
        };
        assert_eq!(shortest(200, 1000), Some("hourly"));
        assert_eq!(shortest(1000, 1000), Some("daily"));
        assert_eq!(shortest(60_000, 1000), Some("weekly"));
        assert_eq!(shortest(60_000, 10_000), None);
        assert_eq!(estimate(Vec::new(), 1), None);
    }
}
