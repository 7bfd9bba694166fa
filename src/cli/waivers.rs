//! The file of `--waivers`: failures that are known and accepted.
//!
//! ```toml
//! [[waive]]
//! check = "okta-spec-2.0/create-duplicate-refused"
//! reason = "mended in release 4.2"
//! expires = 2027-01-31
//! ```

use std::path::Path;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::configuration;
use super::exit::Failure;
use super::files;
use super::settings::{Origin, Problem, nearest};
use crate::engine::{Waiver, Waivers};
use crate::suite::Library;

/// What a waiver holds; the last two are for people.
const KEYS: [&str; 5] = ["check", "reason", "expires", "owner", "issue"];

/// Reads a file of waivers; `today` is `2026-11-24`.
///
/// # Errors
/// All that is wrong with it, each with its place.
pub(super) fn read(path: &str, library: &Library, today: &str) -> Result<Waivers, Failure> {
    let text = files::read(Path::new(path))
        .map_err(|error| Failure::usage(format!("{path} can't be read: {error}")))?;
    parse(path, &text, library, today)
        .map(Waivers::new)
        .map_err(|problems| configuration::failure(&problems))
}

fn parse(
    file: &str,
    text: &str,
    library: &Library,
    today: &str,
) -> Result<Vec<Waiver>, Vec<Problem>> {
    let mut reader = Reader {
        file,
        text,
        problems: Vec::new(),
    };
    let mut waivers: Vec<Waiver> = Vec::new();
    match DeTable::parse(text) {
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.complain(at, error.message().to_owned());
        }
        Ok(table) => {
            for (key, value) in table.get_ref() {
                let (true, DeValue::Array(items)) = (key.get_ref() == "waive", value.get_ref())
                else {
                    let message = format!("`{}` is no waiver: [[waive]]", key.get_ref());
                    reader.complain(key.span().start, message);
                    continue;
                };
                for item in items {
                    let Some(waiver) = reader.waiver(item, library, today) else {
                        continue;
                    };
                    if waivers.iter().any(|known| known.check == waiver.check) {
                        let message = format!("{} is waived twice", waiver.check);
                        reader.complain(item.span().start, message);
                    }
                    waivers.push(waiver);
                }
            }
        }
    }
    if reader.problems.is_empty() {
        Ok(waivers)
    } else {
        Err(reader.problems)
    }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn origin(&self, at: usize) -> Origin {
        Origin::in_file(self.file, self.text, at, None)
    }

    fn complain(&mut self, at: usize, message: String) {
        let origin = Some(self.origin(at));
        self.problems.push(Problem { message, origin });
    }

    fn waiver(
        &mut self,
        item: &Spanned<DeValue<'_>>,
        library: &Library,
        today: &str,
    ) -> Option<Waiver> {
        let at = item.span().start;
        let DeValue::Table(table) = item.get_ref() else {
            self.complain(at, "a waiver is a table: [[waive]]".to_owned());
            return None;
        };
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !KEYS.contains(&name) {
                let near = nearest(name, KEYS);
                self.complain(key.span().start, format!("a waiver has no `{name}`{near}"));
            }
        }
        let mut value = |name: &str| {
            let found = table.iter().find(|(key, _)| key.get_ref() == name);
            let found = found.map(|(_, value)| (text_of(value.get_ref()), value.span().start));
            match found {
                Some((text, at)) if !text.trim().is_empty() => Some((text, at)),
                Some((_, at)) => {
                    self.complain(at, format!("`{name}` says nothing"));
                    None
                }
                None => {
                    self.complain(at, format!("a waiver needs `{name}`"));
                    None
                }
            }
        };
        let (check, reason, expires) = (value("check"), value("reason"), value("expires"));
        let ((check, check_at), (reason, _), (expires, expires_at)) = (check?, reason?, expires?);
        if let Some(message) = unknown(&check, library) {
            self.complain(check_at, message);
        }
        if NaiveDate::parse_from_str(&expires, "%Y-%m-%d").is_err() || expires.len() != 10 {
            let message = format!("`{expires}` is no day, such as 2027-01-31");
            self.complain(expires_at, message);
        }
        Some(Waiver {
            expired: expires.as_str() < today,
            place: self.origin(at).to_string(),
            check,
            reason,
            expires,
        })
    }
}

fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => String::new(),
    }
}

/// Why an id names no check. What comes after the check's own id is a row, which only the target may know.
fn unknown(id: &str, library: &Library) -> Option<String> {
    let known: Vec<String> = library
        .suites
        .iter()
        .flat_map(|suite| {
            suite
                .checks
                .iter()
                .map(|check| format!("{}/{}", suite.id, check.id))
        })
        .collect();
    let own: Vec<&str> = id.splitn(3, '/').take(2).collect();
    let own = own.join("/");
    (!known.contains(&own)).then(|| {
        let near = nearest(&own, known.iter().map(String::as_str));
        format!("there is no check `{own}`{near}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Vec<Waiver>, String> {
        let library = Library::embedded().unwrap();
        parse("w.toml", text, &library, "2026-11-24").map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })
    }

    #[test]
    fn a_day_may_be_a_date_or_a_text_and_is_itself_the_last_one() {
        let one = |expires: &str| {
            let text = format!(
                "[[waive]]\ncheck = \"okta-spec-hardened/list-order-is-stable\"\nreason = \"R\"\nexpires = {expires}\n"
            );
            parsed(&text).unwrap().remove(0)
        };
        assert!(!one("2026-11-24").expired);
        assert!(!one("\"2027-01-31\"").expired);
        let expired = one("2026-11-23");
        assert!(expired.expired);
        assert_eq!(
            (expired.place.as_str(), expired.expires.as_str()),
            ("w.toml:1:1", "2026-11-23")
        );
    }

    #[test]
    fn every_slip_has_its_place() {
        insta::assert_snapshot!(
            parsed(
                "[[waive]]\ncheck = \"okta-spec-hardened/list-order-is-stabel\"\nreason = \"R\"\nexpires = 2027-02-30x\n"
            )
            .unwrap_err()
        );
        insta::assert_snapshot!(
            "slips_of_waivers",
            parsed(
                "more = 1\n[[waive]]\ncheck = \"okta-spec-hardened/list-order-is-stabel\"\nreasn = \"R\"\nreason = \" \"\nexpires = \"soon\"\n\
                 [[waive]]\ncheck = \"okta-spec-hardened/list-order-is-stabel\"\nreason = \"R\"\nexpires = \"2027-1-31\"\n\
                 [[waive]]\nreason = \"R\"\n"
            )
            .unwrap_err()
        );
    }
}
