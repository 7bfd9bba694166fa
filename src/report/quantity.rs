//! Times and sizes for people.

/// A duration: `830 µs`, `12.4 ms`, `1.62 s`, `2 min 5 s`.
pub(super) fn duration(us: u64) -> String {
    let (seconds, tenths) = (us / 1_000_000, us / 100_000);
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..100_000 => format!("{}.{} ms", us / 1_000, us % 1_000 / 100),
        100_000..1_000_000 => format!("{} ms", us / 1_000),
        1_000_000..10_000_000 => format!("{}.{:02} s", seconds, us % 1_000_000 / 10_000),
        10_000_000..60_000_000 => format!("{}.{} s", seconds, tenths % 10),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// A size: `512 bytes`, `1.5 KiB`, `5.0 MiB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{}.{} KiB", bytes / 1_024, bytes % 1_024 * 10 / 1_024),
        _ => format!(
            "{}.{} MiB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_three_figures() {
        for (us, words) in [
            (0, "0 µs"),
            (999, "999 µs"),
            (1_049, "1.0 ms"),
            (99_950, "99.9 ms"),
            (250_000, "250 ms"),
            (1_620_000, "1.62 s"),
            (31_450_000, "31.4 s"),
            (125_000_000, "2 min 5 s"),
        ] {
            assert_eq!(duration(us), words);
        }
    }

    #[test]
    fn sizes_have_binary_units() {
        for (bytes, words) in [(5, "5 bytes"), (1_536, "1.5 KiB"), (5_242_880, "5.0 MiB")] {
            assert_eq!(size(bytes), words);
        }
    }
}
