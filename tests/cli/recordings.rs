//! `scimitar record`: what a client sends passes unchanged, is kept without secrets, and can be sent again.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::Value;

use crate::binary::{Outcome, Scimitar};
use crate::served::Served;
use crate::tls_server::{authority, params, server};

/// A proxy that records into `out/`, until it is ended.
struct Recording {
    scimitar: Scimitar,
    child: Child,
    url: String,
    rest: Option<std::thread::JoinHandle<String>>,
}

impl Recording {
    fn start(upstream: &str, args: &[&str]) -> Self {
        Self::within(Scimitar::new(), upstream, args)
    }

    fn within(scimitar: Scimitar, upstream: &str, args: &[&str]) -> Self {
        let all = [&["record", "--upstream", upstream, "--out", "out"], args].concat();
        let mut child = scimitar.start(&all);
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let url = first.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(first.starts_with("Recording  http://127.0.0.1:"), "{first}");
        let rest = std::thread::spawn(move || {
            let mut rest = String::new();
            lines.read_to_string(&mut rest).unwrap();
            rest
        });
        Self {
            scimitar,
            child,
            url,
            rest: Some(rest),
        }
    }

    fn host(&self) -> &str {
        self.url
            .strip_prefix("http://")
            .unwrap()
            .split('/')
            .next()
            .unwrap()
    }

    /// Sends these bytes and reads until the proxy closes.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A request below the base URL, with the server's token.
    fn ask(&self, token: &str, method: &str, path: &str, body: &str) -> String {
        let base = self
            .url
            .strip_prefix("http://")
            .unwrap()
            .split_once('/')
            .map_or("", |(_, base)| base);
        let length = body.len();
        self.send(
            format!(
                "{method} /{base}{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/scim+json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
            .as_bytes(),
        )
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) -> Recorded {
        signal(&self.child, "-INT");
        let code = self.child.wait().unwrap().code().unwrap();
        let stdout = self.rest.take().unwrap().join().unwrap();
        let har: Value = serde_json::from_str(&self.scimitar.read("out/recording.har")).unwrap();
        Recorded {
            scimitar: self.scimitar,
            code,
            stdout,
            har,
        }
    }
}

/// What a recording left.
struct Recorded {
    scimitar: Scimitar,
    code: i32,
    stdout: String,
    har: Value,
}

impl Recorded {
    fn entries(&self) -> &[Value] {
        self.har["log"]["entries"].as_array().unwrap()
    }

    fn suite(&self) -> String {
        self.scimitar.read("out/suite.yaml")
    }

    fn replay(&self, served: &Served) -> Outcome {
        let args = [
            "run",
            &served.url,
            "--suite-file",
            "out/suite.yaml",
            "--out",
            "replay",
            "--bearer",
            &served.token,
        ];
        self.scimitar.run(&args)
    }

    /// The checks that a replay found broken.
    fn broken_by(&self, fault: &str) -> Vec<String> {
        let served = Served::start(&["--fault", fault]);
        let before = served.counts();
        self.replay(&served).expect(1);
        assert_eq!(served.counts(), before, "{fault}");
        let run = scimitar::record::Run::from_json(&self.scimitar.read("replay/run.json")).unwrap();
        let broken = run
            .checks
            .iter()
            .filter(|check| check.verdict == scimitar::record::Verdict::Fail);
        broken
            .map(|check| check.id.rsplit('/').next().unwrap().to_owned())
            .collect()
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

/// An upstream that answers each connection with these bytes, and gives what came.
fn upstream(answer: &'static [u8], hang: bool) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (came, receiver) = channel();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = vec![0; 64 * 1024];
            let size = stream.read(&mut bytes).unwrap();
            let _ = came.send(String::from_utf8_lossy(&bytes[..size]).into_owned());
            let _ = stream.write_all(answer);
            if hang {
                held.push(stream);
            }
        }
    });
    (format!("http://{address}/scim"), receiver)
}

#[test]
fn a_recorded_client_is_replayed_and_leaves_nothing() {
    let served = Served::start(&[]);
    let recording = Recording::start(&served.url, &[]);
    let token = ["--bearer", &served.token];
    let checks = [
        "assign-new-user",
        "deactivate-*",
        "change-members-catalogue",
        "update-profile",
        "rename-user",
        "assign-existing-user-*",
    ]
    .map(|check| format!("okta-client-2.0/{check}"));
    let mut args = vec!["run", &recording.url, "--out", "run", "--jobs", "1"];
    args.extend(token);
    for check in &checks {
        args.extend(["--check", check]);
    }
    args.extend(["--check", "okta-spec-2.0/*"]);
    recording.scimitar.run(&args).expect(0);
    let recorded = recording.end();
    assert_eq!(recorded.code, 0);
    let before = served.counts();
    recorded.scimitar.run(&["lint", "out/suite.yaml"]).expect(0);
    let outcome = recorded.replay(&served).expect(0);
    assert!(outcome.stdout.contains("CONFORMS"), "{}", outcome.stdout);
    assert_eq!(served.counts(), before);
    // The next build is worse.
    for (fault, check) in [
        ("patch-ignored", "activate-the-user"),
        ("filter-case-sensitive", "look-for-a-user-by-username"),
        ("patch-deactivation-ignored", "deactivate-the-user"),
        ("patch-remove-ignored", "change-the-group"),
        ("duplicate-accepted", "create-a-user"),
    ] {
        let broken = recorded.broken_by(fault);
        assert!(!broken.is_empty(), "{fault}");
        assert!(broken[0].starts_with(check), "{fault}: {broken:?}");
    }
}

#[test]
fn people_who_were_there_before_are_left_alone() {
    let served = Served::start(&[]);
    let recording = Recording::start(&served.url, &[]);
    let people = served.get("/Users?count=3");
    let (id, name) = (
        &people["Resources"][1]["id"],
        &people["Resources"][1]["userName"],
    );
    let (id, name) = (id.as_str().unwrap(), name.as_str().unwrap());
    let filter = format!(
        "/Users?filter=userName%20eq%20%22{}%22",
        name.replace('@', "%40")
    );
    assert!(
        recording
            .ask(&served.token, "GET", &filter, "")
            .contains(id)
    );
    let body = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"Chief"}]}"#;
    let answer = recording.ask(&served.token, "PATCH", &format!("/Users/{id}"), body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let recorded = recording.end();
    let before = served.get(&format!("/Users/{id}"));
    let counts = served.counts();
    recorded.replay(&served).expect(0);
    assert_eq!(served.get(&format!("/Users/{id}")), before);
    assert_eq!(served.counts(), counts);
    let suite = recorded.suite();
    assert!(
        suite.contains("make-the-user-that-was-there-before"),
        "{suite}"
    );
    let steps: String = suite
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .collect();
    assert!(!steps.contains(name) && !steps.contains(id), "{suite}");
}

#[test]
fn what_passes_is_what_was_sent() {
    let (url, came) = upstream(
        b"HTTP/1.1 200 OK\r\nX-Odd-CASE: 1\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{}\n\r\n0\r\n\r\n",
        false,
    );
    let recording = Recording::start(&url, &[]);
    let path = "/scim/Us%65rs//a;b=c?filter=a+eq%20'%22x%22'&&b=%zz|^&q={}";
    let answer = recording.send(
        format!("POST {path} HTTP/1.1\r\nHost: tunnel.example\r\nX-ODD-case: a  b\r\nTE: trailers\r\nConnection: close, x-hop\r\nX-Hop: 1\r\nProxy-Authorization: Basic x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n").as_bytes(),
    );
    let sent = came.recv_timeout(Duration::from_secs(10)).unwrap();
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(
        head.starts_with(&format!("POST {path} HTTP/1.1\r\n")),
        "{head}"
    );
    assert_eq!(body, "abc");
    let host = url
        .strip_prefix("http://")
        .unwrap()
        .strip_suffix("/scim")
        .unwrap();
    assert!(
        head.to_lowercase().contains(&format!("host: {host}")),
        "{head}"
    );
    assert!(head.contains("X-ODD-case: a  b"), "{head}");
    for hop in [
        "te:",
        "x-hop",
        "connection:",
        "transfer-encoding:",
        "tunnel.example",
    ] {
        assert!(!head.to_lowercase().contains(hop), "{hop}: {head}");
    }
    assert!(
        answer.contains("X-Odd-CASE: 1") && answer.ends_with("\r\n\r\n{}\n"),
        "{answer}"
    );
    assert!(
        !answer.contains("X-Hop") && !answer.contains("Keep-Alive"),
        "{answer}"
    );
    let recorded = recording.end();
    assert_eq!(
        recorded.entries()[0]["request"]["url"],
        format!("http://{host}{path}")
    );
    recorded.scimitar.run(&["lint", "out/suite.yaml"]).expect(0);
}

#[test]
fn no_file_holds_a_secret() {
    let token = "canary/token+value=1";
    let served = Served::start(&["--token", token]);
    let recording = Recording::start(&served.url, &["--bearer", "canary-of-the-command"]);
    let basic = base64::engine::general_purpose::STANDARD.encode("admin:canary-basic-1");
    let quoted = "canary%2Ftoken%2Bvalue%3D1";
    let create = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a@example.com","password":"Canary-Pass-1","nickName":"was Canary-Pass-1"}"#;
    let patch = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:password":"Canary-Pass-2"}},{"op":"add","path":"urn:example:2.0:App:apiKey","value":"Canary-Key-1"}],"clientSecret":"Canary-Secret-1"}"#;
    let answers = [
        recording.ask(token, "POST", "/Users", create),
        recording.ask(token, "PATCH", "/Users/nobody", patch),
        recording.ask(token, "POST", "/Users", "<User><password>Canary-Pass-3</password></User>"),
        recording.ask(token, "GET", &format!("/Users?access_token={quoted}&x={quoted}"), ""),
        recording.ask(token, "GET", &format!("/Users?filter=nickName%20eq%20%22{quoted}%22"), ""),
        recording.send(format!("GET /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {basic}\r\nCookie: a=canary-cookie\r\nConnection: close\r\n\r\n").as_bytes()),
        recording.send(format!("GET /scim/v2/Users/{basic} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {basic}\r\nConnection: close\r\n\r\n").as_bytes()),
    ];
    let statuses = answers
        .each_ref()
        .map(|answer| answer.split(' ').nth(1).unwrap());
    assert_eq!((statuses[0], statuses[5]), ("201", "401"), "{answers:?}");
    let recorded = recording.end();
    assert_eq!(recorded.entries().len(), answers.len());
    let core = basic.trim_end_matches('=');
    let core = &core[..core.len() - 2];
    for file in recorded.scimitar.files() {
        let text = std::fs::read_to_string(&file).unwrap() + &recorded.stdout;
        for secret in [token, quoted, "canary", "Canary", core] {
            assert!(
                !text.contains(secret),
                "{}: {secret}\n{text}",
                file.display()
            );
        }
    }
    assert!(
        recorded.suite().contains("${unique.password.a}"),
        "{}",
        recorded.suite()
    );
    recorded.scimitar.run(&["lint", "out/suite.yaml"]).expect(0);
}

#[test]
fn broken_upstreams_are_answered_and_recorded() {
    let huge: &'static [u8] = Vec::leak(
        [
            &b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"[..],
            &vec![b' '; 10 << 20],
        ]
        .concat(),
    );
    let cases: [(&'static [u8], bool, &str, &str); 6] = [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"a\":",
            false,
            "502",
            "before the answer was complete",
        ),
        (b"", true, "504", "no answer within 1 s"),
        (huge, false, "502", "larger than"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\xff\x1b",
            false,
            "200",
            "",
        ),
        (b"<html>what", false, "502", "no proper HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
            false,
            "200",
            "",
        ),
    ];
    for (answer, hang, status, why) in cases {
        let (url, _came) = upstream(answer, hang);
        let recording = Recording::start(&url, &["--timeout", "1s"]);
        let answer = recording.ask("t0ken-value", "GET", "/Users", "");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{status}: {answer}"
        );
        assert!(answer.contains(why), "{answer}");
        let recorded = recording.end();
        let entry = &recorded.entries()[0];
        assert_eq!(entry["response"]["status"].to_string(), status);
        assert_eq!(
            entry["_error"]
                .as_str()
                .is_some_and(|said| said.contains(why)),
            status != "200",
            "{entry}"
        );
        recorded.scimitar.run(&["lint", "out/suite.yaml"]).expect(0);
        assert_eq!(
            recorded.suite().contains("skip:"),
            status != "200",
            "{}",
            recorded.suite()
        );
    }
}

#[test]
fn an_upstream_that_is_not_there_and_clients_that_send_garbage() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/scim", free.local_addr().unwrap());
    drop(free);
    let recording = Recording::start(&url, &[]);
    let answer = recording.ask("t0ken-value", "GET", "/Users", "");
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
    assert!(
        answer.contains("urn:ietf:params:scim:api:messages:2.0:Error"),
        "{answer}"
    );
    for (garbage, status) in [
        (&b"HELLO\r\n\r\n"[..], "400"),
        (b"GET /scim/../admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"GET /scim/..;/admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"GET /scim/..%2fadmin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"GET /scim/..%255cadmin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"GET /scim/..\\admin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404"),
        (b"CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400"),
        (b"POST /scim/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\nConnection: close\r\n\r\n", "413"),
    ] {
        let answer = recording.send(garbage);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {answer}");
    }
    let recorded = recording.end();
    assert_eq!(recorded.code, 0);
    assert!(
        recorded.stdout.contains("not the target's answer"),
        "{}",
        recorded.stdout
    );
}

#[test]
fn a_recording_that_is_killed_is_whole() {
    let served = Served::start(&[]);
    let mut recording = Recording::start(&served.url, &[]);
    recording.ask(&served.token, "GET", "/Users?count=1", "");
    let suite = recording.scimitar.path("out/suite.yaml");
    let started = Instant::now();
    while !suite.is_file() {
        assert!(started.elapsed() < Duration::from_secs(20), "no suite");
        std::thread::sleep(Duration::from_millis(50));
    }
    recording.child.kill().unwrap();
    recording.child.wait().unwrap();
    let har: Value = serde_json::from_str(&recording.scimitar.read("out/recording.har")).unwrap();
    assert_eq!(har["log"]["entries"].as_array().unwrap().len(), 1);
    recording
        .scimitar
        .run(&["lint", "out/suite.yaml"])
        .expect(0);
    // And nothing takes its place.
    let outcome = recording
        .scimitar
        .run(&["record", "--upstream", &served.url, "--out", "out"])
        .expect(2);
    assert!(
        outcome.stderr.contains("no recording is overwritten"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_second_ctrl_c_leaves_out_the_suite() {
    let (url, came) = upstream(b"", true);
    let mut recording = Recording::start(&url, &["--timeout", "20s"]);
    let mut stream = TcpStream::connect(recording.host()).unwrap();
    stream
        .write_all(b"GET /scim/Users HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    came.recv_timeout(Duration::from_secs(10)).unwrap();
    // What is being answered has two seconds to end.
    signal(&recording.child, "-INT");
    std::thread::sleep(Duration::from_millis(500));
    signal(&recording.child, "-INT");
    let code = recording.child.wait().unwrap().code();
    let stdout = recording.rest.take().unwrap().join().unwrap();
    assert_eq!(code, Some(130), "{stdout}");
    assert!(
        stdout.contains("The suite was left out: there is no suite.yaml. recording.har is whole."),
        "{stdout}"
    );
    let har: Value = serde_json::from_str(&recording.scimitar.read("out/recording.har")).unwrap();
    assert!(har["log"]["entries"].is_array());
}

#[test]
fn no_invisible_character_of_a_target_stands_in_a_file() {
    let (url, _came) = upstream(
        "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nConnection: close\r\n\r\n{\"id\":\"1\",\"nickName\":\"a\u{202e}b\"}"
            .as_bytes(),
        false,
    );
    let recording = Recording::start(&url, &[]);
    let body = "{\"nickName\":\"a\u{202e}b\"}";
    recording.ask("t0ken-value", "POST", "/Users", body);
    let recorded = recording.end();
    assert!(
        recorded.suite().contains(r"a\u202eb"),
        "{}",
        recorded.suite()
    );
    for file in recorded.scimitar.files() {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains('\u{202e}'), "{}", file.display());
    }
    recorded.scimitar.run(&["lint", "out/suite.yaml"]).expect(0);
}

#[test]
fn what_is_wrong_with_the_command_is_told() {
    let shown = |args: &[&str]| {
        let outcome = Scimitar::new().run(&[&["record"], args].concat());
        outcome.shown()
    };
    insta::assert_snapshot!(
        [
            shown(&[]),
            shown(&["--upstream", "example.com/scim"]),
            shown(&["--upstream", "https://example.com/scim?tenant=1"]),
            shown(&[
                "--upstream",
                "https://example.com/scim",
                "--with-credentials"
            ]),
            shown(&[
                "--upstream",
                "https://example.com/scim",
                "--listen",
                "nowhere"
            ]),
        ]
        .join("\n")
    );
}

#[test]
fn credentials_of_the_command_are_sent_where_it_is_told_to() {
    let served = Served::start(&[]);
    for (args, status) in [(&["--with-credentials"][..], "200"), (&[], "401")] {
        let scimitar = Scimitar::new().env("SCIMITAR_BEARER", &served.token);
        let recording = Recording::within(scimitar, &served.url, args);
        let answer = recording
            .send(b"GET /scim/v2/Users?count=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        let recorded = recording.end();
        assert!(!recorded.har.to_string().contains(&served.token));
        recorded.replay(&served).expect(0);
    }
}

#[test]
fn an_upstream_is_reached_by_tls_as_a_target_is() {
    let (ours, clients) = (authority(), authority());
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = params("client").signed_by(&key, &clients).unwrap();
    let client = format!("{}{}", certificate.pem(), key.serialize_pem());
    let url = server(&ours, &params("localhost"), Some(&clients));
    let cases: [(&[&str], &str, &str); 3] = [
        (&[], "502", "authority that is not trusted"),
        (&["--ca", "ca.pem"], "502", "client certificate"),
        (
            &["--ca", "ca.pem", "--client-certificate", "client.pem"],
            "200",
            "{}",
        ),
    ];
    for (args, status, said) in cases {
        let scimitar = Scimitar::new()
            .file("ca.pem", &ours.pem())
            .file("client.pem", &client);
        let recording = Recording::within(scimitar, &url, args);
        let answer = recording.ask("t0ken-value", "GET", "/Users", "");
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
        assert!(answer.contains(said), "{said}: {answer}");
        recording.end();
    }
}
