//! Holds what each module of `src/` imports against the table in the docs of `src/lib.rs`, which is the one source of
//! the layers, and the modules that are to be pure against the list below.
//!
//! It reads tokens, not meaning: every `crate::…`, `super::…` and `self::…` path, groups included, in code and not in
//! comments, strings or doc links. What a macro of another crate writes is out of its sight.

#![expect(clippy::disallowed_methods, reason = "it reads the sources")]

#[path = "layers/paths.rs"]
mod paths;
#[path = "layers/tokens.rs"]
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use paths::{Found, paths};
use tokens::{Token, tokens};

/// Modules without network, clock, environment or disk; a longer path is one part of a module.
const PURE: &[&str] = &[
    "record",
    "scim",
    "suite",
    "report",
    "coverage",
    "attributes::judge",
    "attributes::mapping",
    "attributes::search",
    "doctor::judge",
    "engine::judge",
    "engine::matrix",
    "engine::plan",
    "engine::target",
    "import",
    "okta",
    "preview::decide",
    "preview::judge",
    "preview::matching",
    "preview::okta_users",
    "preview::person",
    "preview::rules",
    "preview::safeguard",
    "preview::schedule",
    "preview::snapshot",
    "proof::judge",
    "recording::suite",
];

/// What a pure module does not use, its tests excepted.
const IMPURE: &[&str] = &[
    "axum",
    "hyper",
    "hyper_util",
    "reqwest",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
];

#[test]
fn modules_import_only_what_the_table_allows() -> io::Result<()> {
    let layers = Layers::of(&fs::read_to_string(source_root().join("lib.rs"))?);
    let mut breaches = Vec::new();
    let mut seen = 0;
    for (file, module) in sources()? {
        let found = paths(&fs::read_to_string(source_root().join(&file))?, &module);
        seen += found.len();
        breaches.extend(layers.breaches(&file, &found));
    }
    assert!(seen > 0, "no path found in src/: the scanner is blind");
    assert!(breaches.is_empty(), "\n{}\n", join(&breaches));
    Ok(())
}

#[test]
fn table_lists_exactly_the_modules_of_the_crate() -> io::Result<()> {
    let text = fs::read_to_string(source_root().join("lib.rs"))?;
    let tokens = tokens(&text);
    let declared: BTreeSet<&str> = tokens
        .windows(3)
        .filter_map(|window| match window {
            [
                (_, Token::Word("mod")),
                (_, Token::Word(name)),
                (_, Token::Mark(';')),
            ] => Some(*name),
            _ => None,
        })
        .collect();
    let layers = Layers::of(&text);
    assert_eq!(declared, layers.rows.keys().map(String::as_str).collect());
    Ok(())
}

#[test]
fn table_has_no_cycle() -> io::Result<()> {
    let layers = Layers::of(&fs::read_to_string(source_root().join("lib.rs"))?);
    let mut settled = BTreeSet::new();
    loop {
        let next: Vec<&String> = layers
            .rows
            .iter()
            .filter(|(name, allowed)| {
                !settled.contains(*name) && allowed.as_ref().is_some_and(|a| a.is_subset(&settled))
            })
            .map(|(name, _)| name)
            .collect();
        if next.is_empty() {
            break;
        }
        settled.extend(next.into_iter().cloned());
    }
    let knot: Vec<_> = layers
        .rows
        .iter()
        .filter(|(name, a)| a.is_some() && !settled.contains(*name))
        .collect();
    assert!(
        knot.is_empty(),
        "these wait for each other, or for a module without a row: {knot:?}"
    );
    Ok(())
}

/// The table: module → what it may import; `None` is all.
struct Layers {
    rows: BTreeMap<String, Option<BTreeSet<String>>>,
}

impl Layers {
    /// Reads the table from the docs of the crate: ``//! | [`module`] | duty | `a`, `b` |``.
    fn of(lib: &str) -> Self {
        let rows = lib
            .lines()
            .filter_map(|line| {
                let mut cells = line.strip_prefix("//! | [`")?.split('|').map(str::trim);
                let name = cells.next()?.strip_suffix("`]")?;
                let allowed = cells.nth(1)?;
                let words = allowed
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect();
                Some((name.to_owned(), (allowed != "all").then_some(words)))
            })
            .collect();
        Self { rows }
    }

    fn breaches(&self, file: &Path, found: &[Found]) -> Vec<Breach> {
        found
            .iter()
            .filter_map(|found| {
                Some(Breach {
                    file: file.to_owned(),
                    line: found.line,
                    what: self.breach(found)?,
                })
            })
            .collect()
    }

    fn breach(&self, found: &Found) -> Option<String> {
        let module = found.module.first()?;
        if found.external {
            let place = found.module.join("::");
            let pure = PURE.iter().any(|pure| is_within(&place, pure))
                && !found.module.iter().any(|m| m == "tests");
            let path = found.path.join("::");
            let impure = IMPURE.iter().find(|impure| is_within(&path, impure))?;
            return pure.then(|| format!("`{place}` is pure and may not use `{impure}`"));
        }
        let target = found.path.first()?;
        if target == module {
            return None;
        }
        let Some(allowed) = self.rows.get(module) else {
            return Some(format!("`{module}` has no row in the table of src/lib.rs"));
        };
        match allowed {
            _ if target == "*" => Some("the whole crate is imported: name the module".into()),
            _ if !self.rows.contains_key(target) => {
                Some(format!("`{target}` has no row in the table of src/lib.rs"))
            }
            Some(allowed) if !allowed.contains(target) => {
                let allowed = if allowed.is_empty() {
                    "none".into()
                } else {
                    join_words(allowed)
                };
                Some(format!(
                    "`{module}` may not import `{target}` (allowed: {allowed})"
                ))
            }
            _ => None,
        }
    }
}

fn is_within(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// One import that the layers forbid.
#[derive(Debug, PartialEq, Eq)]
struct Breach {
    file: PathBuf,
    line: usize,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "src/{}:{}: {}",
            self.file.display(),
            self.line,
            self.what
        )
    }
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The files of `src/` with their module paths, without the roots of the library and of the binary.
fn sources() -> io::Result<Vec<(PathBuf, Vec<String>)>> {
    fn walk(
        folder: &Path,
        module: &[String],
        into: &mut Vec<(PathBuf, Vec<String>)>,
    ) -> io::Result<()> {
        for entry in fs::read_dir(source_root().join(folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut inner = module.to_vec();
            if stem != "mod" {
                inner.push(stem);
            }
            if entry.file_type()?.is_dir() {
                walk(&path, &inner, into)?;
            } else if path.extension().is_some_and(|e| e == "rs")
                && path != Path::new("lib.rs")
                && path != Path::new("main.rs")
            {
                into.push((path, inner));
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    walk(Path::new(""), &[], &mut files)?;
    files.sort();
    Ok(files)
}

fn join(breaches: &[Breach]) -> String {
    breaches
        .iter()
        .map(Breach::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn join_words(words: &BTreeSet<String>) -> String {
    words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The scanner on code that would slip through a careless one.
mod scanner {
    use super::*;

    const TABLE: &str = "
//! | module | duty | may import |
//! |---|---|---|
//! | [`record`] | what a run was | – |
//! | [`scim`] | what the RFCs say | – |
//! | [`suite`] | the language | `record`, `scim` |
//! | [`http`] | the wire | `record` |
//! | [`engine`] | runs | `record`, `scim`, `suite`, `http` |
//! | [`cli`] | words to calls | all |
";

    /// `line: what` of each breach in `source`, as a file of `module`.
    fn breaches(module: &str, source: &str) -> Vec<String> {
        let module: Vec<String> = module.split("::").map(str::to_owned).collect();
        Layers::of(TABLE)
            .breaches(Path::new("x.rs"), &paths(source, &module))
            .iter()
            .map(|breach| format!("{}: {}", breach.line, breach.what))
            .collect()
    }

    #[test]
    fn breach_names_file_and_line() {
        let found = paths(
            "use std::fmt;\n\nuse crate::engine::Plan;\n",
            &["scim".into()],
        );
        let breaches = Layers::of(TABLE).breaches(Path::new("scim/path.rs"), &found);
        assert_eq!(
            join(&breaches),
            "src/scim/path.rs:3: `scim` may not import `engine` (allowed: none)"
        );
    }

    #[test]
    fn lawful_imports_are_silent() {
        let source = "use crate::{record::Run, scim::{self, path::Path}};\nuse super::super::record;\nuse super::step;";
        assert!(breaches("suite::load", source).is_empty());
        assert!(
            breaches(
                "cli::commands::run",
                "use crate::{engine, http, record, scim, suite};"
            )
            .is_empty()
        );
        assert!(
            breaches(
                "engine",
                "fn f() { crate::engine::run(); self::run(); Self::run(self) }"
            )
            .is_empty()
        );
    }

    #[test]
    fn groups_are_read_element_by_element() {
        let source = "use crate::{\n    record::{Run, Verdict},\n    scim,\n    http::client,\n};";
        assert_eq!(
            breaches("suite", source),
            ["4: `suite` may not import `http` (allowed: record, scim)"]
        );
        assert_eq!(
            breaches("suite", "use {std::fmt, crate::{record, http}};").len(),
            1
        );
    }

    #[test]
    fn paths_in_expressions_count() {
        let source =
            "fn f() -> crate::suite::Suite { g::<crate::engine::Plan>(crate::http::send) }";
        assert_eq!(breaches("http::client", source).len(), 2);
    }

    #[test]
    fn supers_are_followed_to_the_root() {
        assert_eq!(
            breaches("scim::filter::lexer", "use super::super::super::engine;").len(),
            1
        );
        assert!(breaches("scim::filter::lexer", "use super::super::path;").is_empty());
        assert_eq!(breaches("scim", "use super::{engine, scim};").len(), 1);
        assert_eq!(
            breaches(
                "scim",
                "mod tests { use super::*; use super::super::engine; }"
            )
            .len(),
            1
        );
        assert_eq!(
            breaches("scim", "mod tests { mod deep {} }\nuse super::engine;"),
            ["2: `scim` may not import `engine` (allowed: none)"]
        );
    }

    #[test]
    fn importing_the_whole_crate_is_a_breach() {
        for source in [
            "use crate::*;",
            "use super::*;",
            "use crate as me;",
            "use crate::{self as me};",
        ] {
            assert_eq!(
                breaches("scim", source),
                ["1: the whole crate is imported: name the module"],
                "{source}"
            );
        }
    }

    #[test]
    fn modules_without_a_row_are_named() {
        assert_eq!(
            breaches("scim", "use crate::helpers::f;"),
            ["1: `helpers` has no row in the table of src/lib.rs"]
        );
        assert_eq!(
            breaches("helpers", "use crate::scim;"),
            ["1: `helpers` has no row in the table of src/lib.rs"]
        );
    }

    #[test]
    fn comments_literals_and_visibilities_are_not_imports() {
        let source = r##"
            /// As [`crate::engine`] says. /*
            // use crate::engine;
            /* use crate::engine; /* crate::http */ crate::http */
            pub(crate) fn f<'a>(x: &'a str) -> char { r#"crate::engine "quoted" "#; "\"crate::engine"; b'\''; '"' }
            pub(super) fn g() {}
            pub(in crate::scim) fn h() {}
        "##;
        assert!(breaches("scim", source).is_empty());
    }

    #[test]
    fn code_after_a_literal_is_seen() {
        for literal in [
            "'\"'",
            "'\\''",
            "b'\\u{1f}'",
            "r\"\\\"",
            "r##\"a\"#b\"##",
            "\"\\\\\"",
            "&'static str",
            "'é'",
        ] {
            let source = format!("const X: T = {literal};\nuse crate::engine;");
            assert_eq!(
                breaches("scim", &source),
                ["2: `scim` may not import `engine` (allowed: none)"],
                "{literal}"
            );
        }
    }

    #[test]
    fn pure_modules_do_no_io() {
        let source = "use std::{fmt, fs::File};\nfn now() { std::time::SystemTime::now(); std::time::Duration::ZERO; }";
        assert_eq!(
            breaches("suite::load", source),
            [
                "1: `suite::load` is pure and may not use `std::fs`",
                "2: `suite::load` is pure and may not use `std::time::SystemTime`",
            ]
        );
        assert_eq!(
            breaches("engine::judge::status", "use reqwest::Client;").len(),
            1
        );
        assert!(breaches("engine::run", source).is_empty());
        assert!(breaches("suite", "mod tests { use std::fs; }").is_empty());
    }
}
