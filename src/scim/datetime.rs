//! Points in time as `xsd:dateTime` writes them (RFC 7643 §2.3.5).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// The point in time that a text names, in UTC; a text without an offset counts as UTC. `None` if it is no
/// `xsd:dateTime`.
pub fn parse(text: &str) -> Option<NaiveDateTime> {
    let (date, rest) = text.split_once('T')?;
    let date = self::date(date)?;
    let zone = rest.find(['Z', '+', '-']).unwrap_or(rest.len());
    let (clock, offset) = (rest.get(..zone)?, rest.get(zone..)?);
    let (clock, next_day) = self::clock(clock)?;
    let minutes = self::offset(offset)?;
    let days = i64::from(next_day);
    date.and_time(clock)
        .checked_add_signed(TimeDelta::days(days) - TimeDelta::minutes(minutes))
}

fn date(text: &str) -> Option<NaiveDate> {
    let (before_common_era, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut parts = digits.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let year_fits = year.len() == 4 || year.len() > 4 && year.len() < 7 && !year.starts_with('0');
    if parts.next().is_some() || !year_fits {
        return None;
    }
    let year = i32::try_from(digits_of(year, year.len())?).ok()?;
    let year = if before_common_era { -year } else { year };
    NaiveDate::from_ymd_opt(year, digits_of(month, 2)?, digits_of(day, 2)?)
}

/// A time of day, and whether it is the end of the day (`24:00:00`).
fn clock(text: &str) -> Option<(NaiveTime, bool)> {
    let (whole, nanoseconds) = match text.split_once('.') {
        None => (text, 0),
        Some((whole, fraction)) => {
            if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let nine: String = fraction
                .chars()
                .chain("000000000".chars())
                .take(9)
                .collect();
            (whole, nine.parse().ok()?)
        }
    };
    let mut parts = whole.split(':').map(|part| digits_of(part, 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() {
        return None;
    }
    if (hour, minute, second, nanoseconds) == (24, 0, 0, 0) {
        return Some((NaiveTime::MIN, true));
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds).map(|time| (time, false))
}

fn offset(text: &str) -> Option<i64> {
    if text.is_empty() || text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (digits_of(hours, 2)?, digits_of(minutes, 2)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 14 * 60).then(|| sign * i64::from(total))
}

fn digits_of(text: &str, count: usize) -> Option<u32> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_same_moment_in_different_words_is_equal() {
        for (a, b) in [
            ("2008-01-23T04:56:22Z", "2008-01-23T04:56:22.000Z"),
            ("2008-01-23T04:56:22Z", "2008-01-23T05:56:22+01:00"),
            ("2008-01-23T00:00:00Z", "2008-01-22T24:00:00Z"),
            ("2011-05-13T04:42:34Z", "2011-05-12T22:42:34-06:00"),
        ] {
            assert_eq!(parse(a).unwrap(), parse(b).unwrap(), "{a} {b}");
        }
        assert!(
            parse("2008-01-23T04:56:22.5Z").unwrap() > parse("2008-01-23T04:56:22.4999Z").unwrap()
        );
    }

    #[test]
    fn what_is_no_date_and_time_is_refused() {
        for text in [
            "",
            "2008-01-23",
            "04:56:22Z",
            "2008-01-23 04:56:22Z",
            "2008-13-23T04:56:22Z",
            "2008-02-30T04:56:22Z",
            "2008-01-23T25:00:00Z",
            "2008-01-23T04:56Z",
            "2008-01-23T04:56:22.Z",
            "2008-01-23T04:56:22z",
            "2008-01-23T04:56:22+0100",
            "2008-01-23T04:56:22+15:00",
            "1201064182000",
            "2008-1-23T04:56:22Z",
            "２００８-01-23T04:56:22Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
