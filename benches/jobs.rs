//! How long a run takes where each answer takes 50 ms, with 1, 8 and 32 checks at a time.
//!
//! `cargo bench --bench jobs` prints, for each, the time of the run beside what bounds it from below: all that its checks
//! waited divided by the number of jobs, and the longest check.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark runs the binary, and prints"
)]

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use scimitar::record::Run;
use scimitar::server::{Config, Modes, Server};

const LATENCY: Duration = Duration::from_millis(50);
const JOBS: [u32; 3] = [1, 8, 32];
const SUITES: &str = "rfc7644.*";

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    println!("{SUITES}, each answer after {LATENCY:?}");
    println!("jobs      run    checks ÷ jobs    longest check");
    let mut first = None;
    for jobs in JOBS {
        let server = runtime.block_on(Server::start(Config {
            modes: Modes {
                latency: LATENCY,
                ..Modes::default()
            },
            ..Config::default()
        }))?;
        let run = run(&server.base_url_v2(), server.token(), jobs)?;
        runtime.block_on(server.stop())?;
        let took = seconds(run.duration_us);
        let times = || run.checks.iter().map(|check| check.duration_us);
        let share = seconds(times().sum::<u64>() / u64::from(jobs));
        let longest = seconds(times().max().unwrap_or_default());
        let first = *first.get_or_insert(took);
        println!(
            "{jobs:>4}  {took:>6.2} s  {share:>11.2} s  {longest:>13.2} s    {:.1} times as fast as one at a time",
            first / took
        );
    }
    Ok(())
}

fn run(url: &str, token: &str, jobs: u32) -> Result<Run> {
    let folder = std::env::temp_dir().join(format!("scimitar-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let record = folder.join("run.json");
    let output = Command::new(env!("CARGO_BIN_EXE_scimitar"))
        .args([
            "run",
            url,
            "--no-default-config",
            "--quiet",
            "--suite",
            SUITES,
        ])
        .args(["--jobs", &jobs.to_string(), "--json"])
        .arg(&record)
        .arg("--out")
        .arg(folder.join("reports"))
        .env("SCIMITAR_BEARER", token)
        .output()
        .context("scimitar")?;
    if !matches!(output.status.code(), Some(0 | 1 | 5)) {
        let said = String::from_utf8_lossy(&output.stdout);
        bail!("the run ended with {}: {said}", output.status);
    }
    let text = fs::read_to_string(&record)?;
    fs::remove_dir_all(&folder)?;
    Ok(Run::from_json(&text)?)
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a run are few")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}
