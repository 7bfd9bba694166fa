//! What a table of requirements is of: its name says it.

use crate::suite::library::CatalogueHead;

/// The RFCs on SCIM, and what each is about.
const TITLES: [(&str, &str); 4] = [
    ("7642", "Definitions, Overview, Concepts, and Requirements"),
    ("7643", "Core Schema"),
    ("7644", "Protocol"),
    ("9865", "Cursor-Based Pagination"),
];

/// The document that a table is of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Document {
    /// An RFC, by its number.
    Rfc(String),
    /// The two documents of SCIM 1.1; sections start with `API-` or `CORE-`.
    Scim11,
    /// Something else.
    Other(String),
}

impl Document {
    pub(super) fn of(file: &str) -> Self {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        match stem.strip_prefix("rfc") {
            Some(number) if number.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Rfc(number.to_owned())
            }
            _ if stem == "scim11" => Self::Scim11,
            _ => Self::Other(stem.to_owned()),
        }
    }

    /// The id of the catalogue.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Rfc(number) => format!("RFC{number}"),
            Self::Scim11 => "SCIM11".to_owned(),
            Self::Other(name) => name.to_uppercase(),
        }
    }

    pub(super) fn head(&self) -> CatalogueHead {
        CatalogueHead {
            title: match self {
                Self::Scim11 => "SCIM 1.1".to_owned(),
                Self::Rfc(number) => match TITLES.iter().find(|(known, _)| known == number) {
                    Some((_, title)) => format!("{}: {title}", self.clause("")),
                    None => self.clause(""),
                },
                Self::Other(_) => self.clause(""),
            },
            url: self.url(""),
        }
    }

    pub(super) fn clause(&self, section: &str) -> String {
        let numbered = |title: &str, section: &str| {
            if section.starts_with(|c: char| c.is_ascii_digit()) {
                format!("{title} §{section}")
            } else if section.is_empty() {
                title.to_owned()
            } else {
                format!("{title}, {section}")
            }
        };
        match self {
            Self::Rfc(number) => numbered(&format!("RFC {number}"), section),
            Self::Scim11 => match section.split_once('-') {
                Some(("API", section)) => numbered("SCIM 1.1 Protocol", section),
                Some(("CORE", section)) => numbered("SCIM 1.1 Core Schema", section),
                _ => numbered("SCIM 1.1", section),
            },
            Self::Other(name) => numbered(name, section),
        }
    }

    pub(super) fn url(&self, section: &str) -> Option<String> {
        match self {
            Self::Rfc(number) => {
                let page = format!("https://www.rfc-editor.org/rfc/rfc{number}.html");
                let is_number = section.starts_with(|c: char| c.is_ascii_digit());
                Some(if is_number {
                    format!("{page}#section-{section}")
                } else {
                    page
                })
            }
            Self::Scim11 => match section.split_once('-') {
                Some(("CORE", _)) => Some(
                    "http://www.simplecloud.info/specs/draft-scim-core-schema-01.html".to_owned(),
                ),
                _ => Some("http://www.simplecloud.info/specs/draft-scim-api-01.html".to_owned()),
            },
            Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_file_says_what_a_section_is_of() {
        for (file, section, clause) in [
            ("rfc9944.tsv", "device", "RFC 9944, device"),
            ("a/scim11.tsv", "API-3.2", "SCIM 1.1 Protocol §3.2"),
            ("scim11.tsv", "CORE-5", "SCIM 1.1 Core Schema §5"),
            ("house.tsv", "4", "house §4"),
        ] {
            assert_eq!(Document::of(file).clause(section), clause);
        }
    }
}
