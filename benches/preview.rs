//! What a preview of an import costs: peak memory with 100,000 users against 1,000, in one run, and the time for each.
//!
//! `cargo bench --bench preview`. The server makes its users as they are asked for, in a process of its own, so that
//! only `scimitar import-preview` is measured: with CSV, snapshot and fingerprints, which is all that it can do.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and the process table, and prints"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use axum::extract::RawQuery;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

const FEW: u64 = 1_000;
const MANY: u64 = 100_000;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--serve");
    if let (Some(_), Some(users)) = (arguments.next(), arguments.next()) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        return runtime.block_on(serve(users.parse()?));
    }
    let (few, many) = (import(FEW)?, import(MANY)?);
    println!("scimitar import-preview, with --csv and --save-snapshot:");
    for (users, cost) in [(FEW, &few), (MANY, &many)] {
        println!(
            "  {users:>7} users: peak memory {:.1} MB, {:?}",
            megabytes(cost.peak),
            cost.took
        );
    }
    println!(
        "  {} times the users: {:.2} times the memory, {} bytes more for each user",
        MANY / FEW,
        megabytes(many.peak) / megabytes(few.peak),
        many.peak.saturating_sub(few.peak) * 1024 / (MANY - FEW)
    );
    Ok(())
}

struct Cost {
    /// In KiB.
    peak: u64,
    took: Duration,
}

fn import(users: u64) -> Result<Cost> {
    let server = Server::start(users)?;
    let folder = tempfile::tempdir()?;
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_scimitar"))
        .args(["import-preview", &server.base_url, "--no-default-config"])
        .args(["--csv", "users.csv", "--save-snapshot", "users.snapshot"])
        .current_dir(folder.path())
        .env_clear()
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water_mark(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    ensure!(status.success(), "{status}");
    let took = start.elapsed();
    let rows = BufReader::new(fs::File::open(folder.path().join("users.csv"))?).lines();
    let rows = u64::try_from(rows.count())?;
    ensure!(rows == users + 1, "{rows} rows");
    Ok(Cost { peak, took })
}

#[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
fn megabytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1024.0
}

/// The most memory that a process has had, in KiB.
fn high_water_mark(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// This program as a server, killed when it is dropped.
struct Server {
    child: Child,
    base_url: String,
}

impl Server {
    fn start(users: u64) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--serve", &users.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("no output")?;
        let mut server = Self {
            child,
            base_url: String::new(),
        };
        let line = BufReader::new(stdout).lines().next().context("no URL")??;
        server.base_url = line;
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing can be done about a process that does not die.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve(users: u64) -> Result<()> {
    let list = |total: u64, one: fn(u64) -> Value| {
        move |RawQuery(query): RawQuery| async move {
            let query = query.unwrap_or_default();
            let number = |name: &str| {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                pairs.find(|(key, _)| *key == name)?.1.parse().ok()
            };
            let start: u64 = number("startIndex").unwrap_or(1);
            let count: u64 = number("count").unwrap_or(100);
            let end = (start + count).min(total + 1);
            let items: Vec<Value> = (start..end).map(one).collect();
            Json(json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": total, "startIndex": start, "itemsPerPage": items.len(), "Resources": items,
            }))
        }
    };
    let app = Router::new()
        .route("/Users", get(list(users, user)))
        .route("/Groups", get(list(users / 100, group)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

fn user(number: u64) -> Value {
    let name = format!("ada.byron.{number}@example.com");
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id": format!("2819c223-7f76-453a-919d-{number:012}"),
        "userName": name, "displayName": "Ada Byron", "active": true, "title": "Analyst",
        "name": { "givenName": "Ada", "familyName": format!("Byron {number}") },
        "emails": [{ "value": name, "type": "work", "primary": true }],
        "meta": { "resourceType": "User", "created": "2026-01-01T00:00:00Z", "lastModified": "2026-01-01T00:00:00Z" },
    })
}

fn group(number: u64) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
        "id": format!("e9e30dba-f08f-4109-8486-{number:012}"), "displayName": format!("Group {number}"),
    })
}
