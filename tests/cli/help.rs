//! What a newcomer reads.

use crate::binary::Scimitar;

fn help(args: &[&str]) -> String {
    Scimitar::new().run(args).expect(0).stdout
}

/// The names of all commands.
pub(crate) fn commands() -> Vec<String> {
    let help = help(&["--help"]);
    let (_, rest) = help.split_once("Commands:\n").unwrap();
    let (list, _) = rest.split_once("\n\n").unwrap();
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn of_scimitar() {
    insta::assert_snapshot!(help(&["--help"]));
}

#[test]
fn of_each_command() {
    for command in commands() {
        insta::assert_snapshot!(format!("of_{command}"), help(&[&command, "--help"]));
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

/// What stands after a word in the examples of a help.
fn after<'a>(help: &'a str, word: &str) -> Vec<&'a str> {
    let lines = help
        .lines()
        .filter(|line| line.trim_start().starts_with("scimitar ") || line.contains("… scimitar "));
    lines
        .filter_map(|line| line.split_once(word)?.1.split_whitespace().next())
        .map(|id| id.trim_matches('\''))
        .collect()
}

#[test]
fn the_examples_name_what_there_is() {
    let mut tried = 0;
    for command in [
        "", "run", "doctor", "list", "explain", "serve", "config", "cleanup", "report",
    ] {
        let args: Vec<&str> = [command, "--help"]
            .into_iter()
            .filter(|a| !a.is_empty())
            .collect();
        let help = help(&args);
        for (word, option) in [(" --profile ", "--profile"), (" --check ", "--check")] {
            for id in after(&help, word) {
                Scimitar::new().run(&["list", option, id]).expect(0);
                tried += 1;
            }
        }
        for id in after(&help, " --fault ")
            .into_iter()
            .chain(after(&help, " explain "))
        {
            Scimitar::new().run(&["explain", id]).expect(0);
            tried += 1;
        }
    }
    assert!(tried >= 8, "{tried}");
}
