//! `docs/cli.md` says what the binary does: its generated parts are compared with the options and the table of settings.
//! `UPDATE=1` writes them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use scimitar::cli::exit::MEANINGS;
use scimitar::cli::settings::keys::KEYS;

use crate::binary::Scimitar;
use crate::help::commands;

/// The words in backticks of a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The table of Okta's guide in `docs/okta.md`: each row has something that shows it, and the checks that it names are there.
#[test]
fn each_row_of_oktas_guide_names_what_there_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/okta.md");
    let page = fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("## The guide, row by row\n").unwrap();
    let (table, _) = rest.split_once("\n### ").unwrap();
    let library = scimitar::suite::Library::embedded().unwrap();
    let mut known = std::collections::BTreeSet::new();
    for suite in &library.suites {
        let checks = suite.checks.iter();
        known.extend(checks.map(|check| format!("{}/{}", suite.id, check.id)));
    }
    let mut rows = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let shown = cells.get(1).unwrap();
        assert!(shown.len() > 4, "nothing shows this row: {row}");
        for name in quoted(shown) {
            // Commands, options and settings are no checks.
            if name.contains([' ', '_', '=']) || name.starts_with('-') || name == "Bearer" {
                continue;
            }
            let is_known = |suite: &str| known.contains(&format!("{suite}/{name}"));
            assert!(
                known.contains(name) || is_known("okta-client-2.0") || is_known("okta-client-1.1"),
                "there is no check {name}, which this row names: {row}"
            );
        }
        rows += 1;
    }
    assert!(rows >= 32, "{rows}");
}

fn settings() -> String {
    let mut text = String::from(
        "| key | option | environment | holds | default | meaning |\n|---|---|---|---|---|---|\n",
    );
    for key in KEYS.iter() {
        let option = match key.option {
            "" => String::new(),
            "TARGET" => "`TARGET`".to_owned(),
            option => format!("`--{option}`"),
        };
        let default = match key.default {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let holds = match key.kind {
            scimitar::cli::settings::keys::Kind::Word(words) => words.join(", "),
            kind => kind.words().to_owned(),
        };
        let (path, env, doc) = (key.path, key.env, key.doc.replace('|', "\\|"));
        let _ = writeln!(
            text,
            "| `{path}` | {option} | `{env}` | {holds} | {default} | {doc} |"
        );
    }
    text
}

fn exit_codes() -> String {
    let mut text = String::from("| code | meaning |\n|---|---|\n");
    for (code, meaning) in MEANINGS {
        let _ = writeln!(text, "| {code} | {meaning} |");
    }
    text
}

fn reference() -> String {
    let mut text = String::new();
    for command in commands() {
        let help = Scimitar::new().run(&[&command, "--help"]).expect(0).stdout;
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = writeln!(
            text,
            "### scimitar {command}\n\n```text\n{}\n```\n",
            help.join("\n")
        );
    }
    text
}

/// Puts the text between the marks of a part.
fn with_part(page: &str, part: &str, text: &str) -> String {
    let (begin, end) = (
        format!("<!-- begin {part} -->\n"),
        format!("<!-- end {part} -->\n"),
    );
    let (before, rest) = page.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    format!("{before}{begin}\n{}\n\n{end}{after}", text.trim_end())
}

#[test]
fn the_page_is_what_the_binary_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cli.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut wanted = with_part(&page, "settings", &settings());
    wanted = with_part(&wanted, "exit codes", &exit_codes());
    wanted = with_part(&wanted, "commands", &reference());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    } else {
        assert!(
            page == wanted,
            "docs/cli.md is stale: UPDATE=1 cargo nextest run --test cli docs"
        );
    }
}
