//! What a newcomer reads.

use crate::binary::Scimitar;

fn help(args: &[&str]) -> String {
    Scimitar::new().run(args).expect(0).stdout
}

#[test]
fn of_scimitar() {
    insta::assert_snapshot!(help(&["--help"]));
}

#[test]
fn of_each_command() {
    for command in [
        "run",
        "list",
        "explain",
        "report",
        "serve",
        "cleanup",
        "lint",
        "schema",
        "config",
        "init",
        "completions",
        "man",
    ] {
        insta::assert_snapshot!(format!("of_{command}"), help(&[command, "--help"]));
    }
}

#[test]
fn nothing_at_all_gives_the_help_and_is_an_error() {
    let outcome = Scimitar::new().run(&[]).expect(2);
    assert!(
        outcome.stderr.contains("Usage: scimitar"),
        "{}",
        outcome.stderr
    );
    assert_eq!(outcome.stdout, "");
}

#[test]
fn the_version_is_that_of_the_package() {
    let said = help(&["--version"]);
    assert_eq!(said, concat!("scimitar ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = help(&["completions", shell]);
        assert!(
            script.contains("cleanup") && script.contains("oauth2-token-url"),
            "{shell}"
        );
    }
}

#[test]
fn manual_pages_are_written_for_every_command() {
    let scimitar = Scimitar::new();
    scimitar.run(&["man", "--out", "man"]).expect(0);
    let run = scimitar.read("man/scimitar-run.1");
    assert!(
        run.starts_with(".ie") || run.contains(".TH scimitar-run"),
        "{run}"
    );
    assert!(scimitar.read("man/scimitar.1").contains("cleanup"));
    assert!(help(&["man"]).contains(".TH"));
}
