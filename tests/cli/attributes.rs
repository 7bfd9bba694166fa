//! `scimitar attributes`: the table of good targets and bad ones, and what it leaves behind: nothing.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::binary::{Outcome, Scimitar};
use crate::served::{Served, answering, before, nobody, status};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

fn attributes(scimitar: &Scimitar, args: &[&str]) -> Outcome {
    let args: Vec<&str> = ["attributes"].iter().chain(args).copied().collect();
    scimitar.run(&args)
}

/// A server with some faults and variations, and what scimitar says of it; nothing is left there.
fn with_faults(faults: &[&str], args: &[&str], code: i32) -> (Outcome, Value) {
    let is_lawful = |id: &str| scimitar::server::VARIATIONS.iter().any(|one| one.id == id);
    let option = |id: &str| {
        if is_lawful(id) {
            "--variation"
        } else {
            "--fault"
        }
    };
    let switches: Vec<&str> = faults.iter().flat_map(|id| [option(id), *id]).collect();
    let served = Served::start(&switches);
    let before = served.counts();
    let scimitar = Scimitar::new().env("SCIMITAR_BEARER", &served.token);
    let args: Vec<&str> = [served.url.as_str(), "--seed", "7", "--json", "a.json"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    let outcome = attributes(&scimitar, &args).expect(code);
    assert_eq!(served.counts(), before, "users are left");
    assert!(!scimitar.path("reports").exists(), "a ledger is left");
    let document = serde_json::from_str(&scimitar.read("a.json")).unwrap();
    (outcome, document)
}

/// The row of an attribute.
fn row<'a>(document: &'a Value, path: &str) -> &'a Value {
    let rows = document["attributes"].as_array().unwrap();
    rows.iter().find(|row| row["path"] == path).unwrap()
}

fn outcomes(document: &Value, path: &str) -> (String, String) {
    let row = row(document, path);
    let of = |part: &str| {
        let outcome = row[part]["outcome"].as_str();
        outcome.unwrap_or_default().to_owned()
    };
    (of("create"), of("update"))
}

/// What stands in the table, without lines of attributes that are kept as they are.
fn remarkable(outcome: &Outcome) -> String {
    let shown = outcome.shown();
    let lines: Vec<&str> = shown.lines().collect();
    let is_detail = |line: Option<&&str>| line.is_some_and(|line| line.starts_with("      "));
    let kept = lines.iter().enumerate().filter(|(at, line)| {
        !line.contains("stored        changed") || is_detail(lines.get(at + 1))
    });
    kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_embedded_server_keeps_what_okta_sends() {
    let outcome = attributes(&Scimitar::new(), &["--seed", "7"]).expect(0);
    let fits = |line: &str| line.chars().count() <= 80 || line.starts_with("  \"urn:");
    assert!(outcome.stdout.lines().all(fits), "{}", outcome.stdout);
    insta::assert_snapshot!(outcome.shown());
    let v1 = attributes(&Scimitar::new(), &["--scim", "1.1", "--seed", "7"]).expect(0);
    assert!(v1.stdout.contains("manager.managerId"), "{}", v1.stdout);
}

#[test]
fn each_fate_of_an_attribute_is_told() {
    let (outcome, document) = with_faults(
        &[
            "create-drops-title",
            "create-user-name-in-lower-case",
            "attribute-phone-numbers-refused",
            "nick-name-in-capitals",
            "attribute-cost-center-padded",
            "attribute-emails-not-replaced",
            "attribute-department-not-listed",
        ],
        &[],
        0,
    );
    insta::assert_snapshot!(remarkable(&outcome));
    let both = |create: &str, update: &str| (create.to_owned(), update.to_owned());
    assert_eq!(outcomes(&document, "title"), both("ignored", "stored"));
    assert_eq!(
        outcomes(&document, "userName"),
        both("normalised", "stored")
    );
    let work = "emails[type eq \"work\"]";
    assert_eq!(outcomes(&document, work), both("stored", "ignored"));
    let department = row(&document, &format!("{ENTERPRISE}:department"));
    assert_eq!(department["listed"], "", "it is not in the list");
    let deleted = document["delete"].to_string();
    assert!(
        deleted.contains("title") && deleted.contains("phoneNumbers"),
        "{deleted}"
    );
}

#[test]
fn what_okta_demands_and_loses_is_a_failure() {
    let (outcome, document) = with_faults(&["create-drops-emails"], &[], 1);
    assert_eq!(document["failures"][0], "emails[type eq \"work\"]");
    assert!(
        outcome
            .stdout
            .contains("What is demanded does not arrive: emails")
    );
    // Okta sends a password with each create: nobody gets an account then. All the others are told all the same.
    let (_, document) = with_faults(&["create-password-refused"], &[], 1);
    assert_eq!(document["failures"], serde_json::json!(["password"]));
    assert_eq!(outcomes(&document, "title").0, "stored");
}

#[test]
fn a_server_that_fails_at_everything_says_nothing_of_any_attribute() {
    let (outcome, document) = with_faults(&["create-answers-500"], &[], 5);
    assert_eq!(outcomes(&document, "userName").0, "unjudged");
    assert_eq!(outcomes(&document, "title").0, "unjudged");
    assert_eq!(document["delete"], serde_json::json!([]));
    assert!(outcome.stdout.contains("no user could be created"));
}

/// The document of a server behind one that answers some writes itself, by the number of the write from 0, and what
/// people see.
fn behind(
    answer: impl Fn(usize, &str) -> Option<String> + Send + Sync + 'static,
    code: i32,
) -> (Outcome, Value) {
    let served = Served::start(&[]);
    let writes = AtomicUsize::new(0);
    let url = before(&served, move |_, request| {
        let is_write = request.starts_with("POST ") || request.starts_with("PUT ");
        is_write
            .then(|| answer(writes.fetch_add(1, Ordering::SeqCst), request))
            .flatten()
    });
    let scimitar = Scimitar::new().env("SCIMITAR_BEARER", &served.token);
    let args = ["--seed", "7", "--json", "a.json"];
    let outcome = attributes(&scimitar, &[&[url.as_str()], &args[..]].concat()).expect(code);
    let document = serde_json::from_str(&scimitar.read("a.json")).unwrap();
    (outcome, document)
}

/// The one that the embedded server sets itself, and that a mapping has no use for.
fn read_only() -> String {
    format!("{ENTERPRISE}:manager.displayName")
}

#[test]
fn a_hiccup_of_the_target_is_no_word_about_an_attribute() {
    for every in [2, 3, 4] {
        for bad in ["500 Oops", "502 Bad Gateway", "504 Gateway Timeout"] {
            let hiccup =
                move |write: usize, _: &str| (write % every == every - 1).then(|| status(bad, ""));
            let (outcome, document) = behind(hiccup, 0);
            let none = serde_json::json!([read_only()]);
            assert_eq!(
                document["delete"], none,
                "{every} {bad}: {}",
                outcome.stdout
            );
            let rows = document["attributes"].to_string();
            assert!(
                !rows.contains("refused"),
                "{every} {bad}: {}",
                outcome.stdout
            );
        }
    }
    // One dropped connection is none either.
    let drop_one = |write: usize, _: &str| (write == 2).then(String::new);
    let (_, document) = behind(drop_one, 0);
    assert_eq!(document["delete"], serde_json::json!([read_only()]));
}

#[test]
fn a_failure_that_comes_with_one_attribute_each_time_counts_against_it() {
    let nick_name = |_: usize, request: &str| {
        request
            .contains("\"nickName\"")
            .then(|| status("500 Oops", ""))
    };
    let (_, document) = behind(nick_name, 0);
    assert_eq!(
        document["delete"],
        serde_json::json!(["nickName", read_only()])
    );
    assert_eq!(outcomes(&document, "nickName").0, "refused");
    assert_eq!(outcomes(&document, "title").0, "stored");
}

#[test]
fn what_could_not_be_told_is_told_with_the_verdict() {
    // It breaks down for good once the first users are there.
    let breaks = |write: usize, _: &str| (write >= 2).then(|| status("502 Bad Gateway", ""));
    let (outcome, document) = behind(breaks, 0);
    assert_eq!(document["delete"], serde_json::json!([]));
    let (_, end) = outcome.stdout.split_once("\nBesides\n").unwrap();
    let (end, _) = end.split_once("\nDelete").unwrap_or((end, ""));
    insta::assert_snapshot!(end);
}

#[test]
fn an_update_that_is_refused_or_loses_something_is_told() {
    let (outcome, document) = with_faults(&["replace-not-supported"], &[], 0);
    assert_eq!(outcomes(&document, "title").1, "refused");
    let refused = "even unchanged: 501";
    assert_eq!(
        outcome.stdout.matches(refused).count(),
        1,
        "{}",
        outcome.stdout
    );
    let (_, document) = with_faults(&["attribute-cost-center-lost"], &[], 0);
    let cost_center = format!("{ENTERPRISE}:costCenter");
    assert_eq!(outcomes(&document, &cost_center).1, "lost");
}

#[test]
fn a_mapping_is_demanded_and_its_names_are_checked() {
    let served = Served::start(&["--fault", "create-drops-title"]);
    let scimitar = |names: &str| {
        let text = format!("[okta.attributes]\nmapped = [{names}]\n");
        Scimitar::new()
            .env("SCIMITAR_BEARER", &served.token)
            .file("scimitar.toml", &text)
    };
    let outcome = attributes(&scimitar("\"title\", \"emails\""), &[&served.url]).expect(1);
    assert!(
        outcome.stdout.contains("arrive: title (ignored)"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains("  + title"), "{}", outcome.stdout);
    assert!(
        outcome.stdout.contains("  - nickName"),
        "{}",
        outcome.stdout
    );
    attributes(&scimitar("\"nickName\""), &[&served.url]).expect(0);
    let wrong = [
        attributes(&scimitar("\"nickname2\", \"departement\""), &[&served.url]).expect(2),
        // Only the target can tell.
        attributes(&scimitar("\"urn:acme:2.0:User:badge\""), &[&served.url]).expect(2),
    ];
    let shown: Vec<String> = wrong.iter().map(|outcome| outcome.stderr.clone()).collect();
    insta::assert_snapshot!(shown.concat());
}

#[test]
fn the_block_that_it_prints_is_read_as_it_stands() {
    let served = Served::start(&["--fault", "create-drops-title"]);
    let scimitar = Scimitar::new().env("SCIMITAR_BEARER", &served.token);
    let outcome = attributes(&scimitar, &[&served.url]).expect(0);
    let (_, block) = outcome.stdout.split_once("[okta.attributes]").unwrap();
    let (block, _) = block.split_once("\n]\n").unwrap();
    let scimitar = scimitar.file("scimitar.toml", &format!("[okta.attributes]{block}\n]\n"));
    let outcome = attributes(&scimitar, &[&served.url]).expect(0);
    assert!(outcome.stdout.contains("  - title"), "{}", outcome.stdout);
    // What is not mapped is not sent by the suites either.
    let served = Served::start(&["--fault", "attribute-phone-numbers-refused"]);
    let run = |mapped: &str| {
        Scimitar::new()
            .env("SCIMITAR_BEARER", &served.token)
            .env("SCIMITAR_OKTA_ATTRIBUTES", mapped)
            .run(&[
                "run",
                &served.url,
                "--check",
                "okta-client-2.0/assign-user-with-all-*",
            ])
    };
    run("title,phoneNumbers").expect(1);
    run("title,locale").expect(0);
}

#[test]
fn a_run_of_the_profile_has_the_table_in_its_reports() {
    let run = |args: &[&str]| {
        let scimitar = Scimitar::new();
        let all = ["run", "--profile", "okta", "--scim", "1.1", "--out", "out"];
        let all: Vec<&str> = all.iter().chain(args).copied().collect();
        scimitar.run(&all).expect(0);
        let record = scimitar::record::Run::from_json(&scimitar.read("out/run.json")).unwrap();
        (
            record,
            scimitar.read("out/report.html"),
            scimitar.read("out/summary.md"),
        )
    };
    let (record, html, markdown) = run(&[]);
    assert_eq!(record.attributes.len(), 1);
    assert!(html.contains("Attributes that Okta sends"));
    assert!(markdown.contains("**Attributes that Okta sends** (SCIM 1.1): "));
    let (record, html, _) = run(&["--check", "*/read-user-by-id"]);
    assert!(record.attributes.is_empty());
    assert!(!html.contains("Attributes that Okta sends"));
}

#[test]
fn the_result_is_data_of_the_committed_schema() {
    let scimitar = Scimitar::new();
    let outcome = attributes(&scimitar, &["--json", "-"]).expect(0);
    assert!(outcome.stderr.contains("What is demanded arrives."));
    let data: Value = serde_json::from_str(&outcome.stdout).unwrap();
    let schema = scimitar.run(&["schema", "attributes"]).expect(0).stdout;
    let schema = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&data));
    assert!(
        !outcome.stdout.contains("\"password\": \""),
        "a password is shown"
    );
    let unwritable = Scimitar::new().file("taken", "a file");
    attributes(&unwritable, &["--json", "taken/a.json"]).expect(7);
}

#[test]
fn bad_targets_say_nothing_about_attributes() {
    let plain = Scimitar::new();
    let page = answering(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 30\r\nConnection: close\r\n\r\n\
         <!DOCTYPE html><html>::x</html>",
    );
    let served = Served::start(&[]);
    for url in [nobody(), page, served.url.clone()] {
        let outcome = attributes(&plain, &[&url]).expect(3);
        assert_eq!(outcome.stdout, "");
        assert!(
            outcome.stderr.contains("nothing about conformance"),
            "{}",
            outcome.stderr
        );
    }
    assert!(!plain.path("reports").exists());
    let outcome = attributes(&plain.env("SCIMITAR_READ_ONLY", "1"), &[&served.url]).expect(2);
    assert!(
        outcome.stderr.contains("run.read_only"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_target_that_hangs_on_writes_costs_a_bounded_time() {
    let list = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":0,\"Resources\":[]}";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/scim/v2", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut start = [0; 4];
            let _ = stream.read_exact(&mut start);
            if &start == b"GET " {
                let _ = std::io::Write::write_all(
                    &mut stream,
                    format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{list}",
                        list.len()
                    )
                    .as_bytes(),
                );
                let _ = stream.read(&mut [0; 2048]);
            } else {
                open.push(stream);
            }
        }
    });
    let started = Instant::now();
    let scimitar = Scimitar::new();
    let outcome = attributes(&scimitar, &[&url, "--timeout", "500ms"]);
    assert!(
        started.elapsed() < Duration::from_secs(15),
        "{:?}",
        started.elapsed()
    );
    assert!(
        outcome
            .stdout
            .contains("no user could be created: no answer"),
        "{}",
        outcome.stdout
    );
    assert!(matches!(outcome.code, 5 | 8), "{}", outcome.code);
}

#[cfg(unix)]
#[test]
fn what_an_end_in_the_middle_leaves_is_removed() {
    use std::process::Command;
    for (signal, code) in [("-INT", Some(130)), ("-KILL", None)] {
        let served = Served::start(&["--latency", "150ms"]);
        let before = served.counts();
        let scimitar = Scimitar::new().env("SCIMITAR_BEARER", &served.token);
        let child = scimitar.start(&["attributes", &served.url, "--out", "out"]);
        served.until(|served| served.counts().0 > before.0);
        let sent = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        let outcome = scimitar.outcome(child.wait_with_output().unwrap());
        match code {
            Some(code) => {
                let said = outcome.expect(code).stderr;
                assert!(
                    said.contains("Interrupted: nothing more is tried"),
                    "{said}"
                );
            }
            None => drop(scimitar.run(&["cleanup", "out", &served.url]).expect(0)),
        }
        assert_eq!(served.counts(), before, "{signal}");
    }
}

#[test]
fn a_draft_of_the_mapping_has_what_the_profile_editor_asks_for() {
    let scimitar = Scimitar::new();
    attributes(&scimitar, &["--mapping", "mapping.csv"]).expect(0);
    let draft = scimitar.read("mapping.csv");
    let lines: Vec<&str> = draft.lines().collect();
    assert_eq!(
        lines[0],
        "okta,scim,namespace,type,array,mutability,required,scope,create,update,mapping"
    );
    for line in [
        ",id,,,,,,user,stored,,set by the target".to_owned(),
        "user.firstName,name.givenName,,string,false,readWrite,false,user,stored,changed,sent in any case".to_owned(),
        "user.secondEmail,\"emails[type eq \"\"home\"\"].value\",,string,false,readWrite,false,user or group,stored,changed,keep"
            .to_owned(),
        format!("user.manager,manager.displayName,{ENTERPRISE},string,false,readOnly,false,user or group,ignored,not changed,delete"),
        ",photos,,complex,true,readWrite,false,user or group,stored,changed,keep".to_owned(),
    ] {
        assert!(lines.contains(&line.as_str()), "{line}\n{draft}");
    }
    let one = ["--mapping", "a", "--json", "a"];
    let both = attributes(&scimitar, &one).expect(2);
    assert!(both.stderr.contains("name one file"), "{}", both.shown());
    attributes(&scimitar, &["--mapping", "mapping.csv/x"]).expect(7);
}

#[test]
fn a_user_name_that_stays_as_it_is_leads_to_oktas_box_for_it() {
    let (outcome, document) = with_faults(&["replace-ignored"], &[], 0);
    let name = row(&document, "userName");
    assert_eq!(name["update"]["outcome"], "ignored");
    assert!(
        outcome.stdout.contains("tick Exclude Username Updates"),
        "{}",
        outcome.shown()
    );
    assert!(row(&document, "title")["update"]["reason"].is_null());
}
