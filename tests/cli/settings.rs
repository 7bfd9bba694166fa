//! Settings: which of several origins wins, and what is wrong with them.

use crate::binary::Scimitar;

const FILE: &str = "\
[target]
url = \"https://example.com/scim/v2\"
timeout = \"20s\"
headers = { X-Tenant = \"of-the-file\", X-Key = \"CANARY\" }
[auth]
bearer = \"@token\"
[run]
jobs = 3
[report]
out = \"out\"
[profiles.base.run]
fail_on = \"should\"
jobs = 4
[profiles.ci]
inherits = \"base\"
run.jobs = 5
report.junit = \"junit.xml\"
[fixtures.user]
title = \"Dr\"
";

#[test]
fn the_strongest_origin_wins_and_secrets_are_hidden() {
    let outcome = Scimitar::new()
        .suites()
        .file("scimitar.toml", FILE)
        .file("token", "CANARY\n")
        .env("SCIMITAR_TIMEOUT", "30s")
        .env("SCIMITAR_BASIC", "ada:CANARY")
        .run(&[
            "config",
            "--profile",
            "ci",
            "--seed",
            "7",
            "-H",
            "X-Tenant: of-the-option",
        ])
        .expect(0);
    assert!(!outcome.stdout.contains("CANARY"));
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_file_is_found_upwards_and_the_users_own_is_weaker() {
    let scimitar = Scimitar::new()
        .file("scimitar.toml", "run.jobs = 2\n")
        .file(
            ".config/scimitar/scimitar.toml",
            "run.jobs = 9\nrun.seed = 9\n",
        )
        .file("a/b/here", "");
    let output = scimitar
        .command(&["config"])
        .current_dir(scimitar.path("a/b"))
        .output()
        .unwrap();
    let said = scimitar.outcome(output).expect(0).shown();
    assert!(
        said.contains("run.jobs = 2") && said.contains("run.seed = 9"),
        "{said}"
    );
    let without = scimitar
        .run(&["config", "--no-default-config"])
        .expect(0)
        .stdout;
    assert!(
        without.contains("run.jobs = 8") && !without.contains("seed"),
        "{without}"
    );
}

#[test]
fn every_slip_is_named_with_its_place() {
    let outcome = Scimitar::new()
        .file(
            "scimitar.toml",
            "[target]\nulr = \"https://x\"\ninsecure = \"yes\"\n[rnu]\njobs = 2\n[run]\nfail_on = \"shoud\"\n",
        )
        .env("SCIMITAR_BERER", "x")
        .env("SCIMITAR_JOBS", "many")
        .run(&["config", "--timeout", "5"])
        .expect(2);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn an_unknown_option_names_the_nearest() {
    insta::assert_snapshot!(
        Scimitar::new()
            .run(&["run", "--baerer", "x"])
            .expect(2)
            .shown()
    );
}

#[test]
fn an_unknown_profile_names_the_nearest_and_all() {
    let outcome = Scimitar::new()
        .suites()
        .file("scimitar.toml", FILE)
        .run(&["config", "--profile", "quik"])
        .expect(2);
    insta::assert_snapshot!(outcome.shown());
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let outcome = Scimitar::new()
        .run(&["config", "--config", "other.toml"])
        .expect(2);
    assert_eq!(
        outcome.stderr,
        "error: --config other.toml: there is no such file\n"
    );
}

#[test]
fn two_ways_to_authenticate_are_one_too_many() {
    let outcome = Scimitar::new()
        .suites()
        .env("SCIMITAR_BEARER", "a")
        .env("SCIMITAR_BASIC", "a:b")
        .run(&["run", "http://127.0.0.1:9/scim"])
        .expect(2);
    insta::assert_snapshot!(outcome.stderr);
}

#[test]
fn init_writes_what_config_reads_and_never_overwrites() {
    let scimitar = Scimitar::new();
    insta::assert_snapshot!(scimitar.run(&["init"]).expect(0).shown());
    insta::assert_snapshot!("scimitar_toml", scimitar.read("scimitar.toml"));
    scimitar.run(&["config"]).expect(0);
    insta::assert_snapshot!("init_again", scimitar.run(&["init"]).expect(2).shown());
}

#[test]
fn schemas_are_valid_and_committed_as_they_are() {
    let help = Scimitar::new().run(&["schema", "--help"]).expect(0).stdout;
    let (of, _) = help.split_once("Options:").unwrap();
    let values = of.lines().filter_map(|line| {
        let (name, _) = line.trim_start().strip_prefix("- ")?.split_once(':')?;
        Some(name)
    });
    let values: Vec<&str> = values.collect();
    assert!(values.len() >= 9, "{help}");
    for of in values {
        let text = Scimitar::new().run(&["schema", of]).expect(0).stdout;
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{of}");
        let path = format!("{}/fixtures/schemas/{of}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{path} is stale: UPDATE=1 cargo nextest run --test cli schemas"
        );
    }
}
