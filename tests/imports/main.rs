//! Exports of Runscope's as suites: what each comparison and each kind of step comes to, against a server that gives
//! what they look at.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on fails"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "it reads the fixtures, and Okta's exports where they are"
)]

mod bad;
mod odd;
mod okta;
mod okta_org;
mod org_guard;
mod runs;
mod server;

use std::path::{Path, PathBuf};

use scimitar::suite::{Library, Loader};

/// The project's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a fixture.
fn fixture(name: &str) -> String {
    let path: PathBuf = root().join("fixtures/imports").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The library of an export as it is.
fn imported(name: &str, text: &str) -> Library {
    let tree = scimitar::import::suite(name, text).unwrap();
    loaded(Loader::new().translated(name, text, tree))
}

/// The library of what `scimitar import` makes of it.
fn translated(name: &str, text: &str) -> Library {
    let tree = scimitar::import::suite(name, text).unwrap();
    let yaml = scimitar::suite::print::to_yaml(&tree.to_json());
    loaded(Loader::new().layer([("suite.yaml", yaml)]))
}

fn loaded(loader: Loader) -> Library {
    loader.load().unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}
