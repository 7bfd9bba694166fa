//! What scimitar costs: per request over a bare reqwest loop on the same loopback server, for a whole run, at start-up.
//!
//! `cargo bench --bench wire` prints ratios of one run: the absolute figures are the machine's.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads clocks and the process table, and prints"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use scimitar::http::{Auth, Client, ClientConfig, Credentials, RequestSpec};
use scimitar::record::Role;

const REQUESTS: usize = 3_000;
const WARM_UP: usize = 300;
const TOKEN: &str = "bench-0123456789-abcdefghijklmnop";

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(per_request())?;
    whole_run(Path::new(env!("CARGO_BIN_EXE_scimitar")))?;
    start_up(Path::new(env!("CARGO_BIN_EXE_scimitar")))
}

/// Latency and CPU time of each request, ours and bare reqwest's in turn, so that noise hits both.
async fn per_request() -> Result<()> {
    // In a process of its own: its work would otherwise stand on both sides of the ratio, and flatter it.
    let mut server = Served::start()?;
    let url = format!("{}/Users?count=1&startIndex=1", server.base_url);
    let bare = reqwest::Client::builder()
        .retry(reqwest::retry::never())
        .no_proxy()
        .tls_backend_preconfigured(tls()?)
        .build()?;
    let config = ClientConfig {
        auth: Auth::Bearer(TOKEN.to_owned().into()),
        ..ClientConfig::new(server.base_url.clone(), tokio::time::Instant::now())
    };
    let ours = Client::new(&config)?;
    let (mut with, mut without) = (Sample::default(), Sample::default());
    for round in 0..(REQUESTS + WARM_UP) / 100 {
        let warm = round * 100 >= WARM_UP;
        let cpu = cpu_time()?;
        for _ in 0..100 {
            let start = Instant::now();
            let request = bare.get(&url).bearer_auth(TOKEN);
            let body = request.send().await?.error_for_status()?.bytes().await?;
            ensure!(!body.is_empty(), "an empty body");
            without.latencies.extend(warm.then(|| start.elapsed()));
        }
        let between = cpu_time()?;
        for _ in 0..100 {
            let start = Instant::now();
            let sent = ours
                .send_with_retry(request(&url), Duration::from_secs(10))
                .await;
            let status = sent.last().and_then(|sent| sent.exchange.status());
            ensure!(status == Some(200), "status {status:?}");
            with.latencies.extend(warm.then(|| start.elapsed()));
        }
        if warm {
            without.cpu += between.saturating_sub(cpu);
            with.cpu += cpu_time()?.saturating_sub(between);
        }
    }
    let (ours, bare) = (with.p50(), without.p50());
    server.stop()?;
    println!("per request, {REQUESTS} each on one loopback server in a process of its own:");
    println!(
        "  p50: {ours:?}, bare reqwest {bare:?}: {:?} more",
        ours.saturating_sub(bare)
    );
    println!(
        "  CPU of this process: {:.2} times that of bare reqwest",
        with.cpu.as_secs_f64() / without.cpu.as_secs_f64()
    );
    Ok(())
}

/// `scimitar serve`, killed when it is dropped.
struct Served {
    child: Child,
    base_url: String,
}

impl Served {
    fn start() -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_scimitar"))
            .args(["serve", "--no-default-config", "--token", TOKEN])
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("no output")?;
        let mut served = Self {
            child,
            base_url: String::new(),
        };
        for line in BufReader::new(stdout).lines() {
            if let Some(url) = line?.strip_prefix("SCIM 2.0") {
                url.trim().clone_into(&mut served.base_url);
                return Ok(served);
            }
        }
        bail!("the server said no URL")
    }

    fn stop(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Nothing can be done about a process that does not die.
        let _ = self.stop();
    }
}

fn request(url: &str) -> RequestSpec {
    RequestSpec {
        method: "GET".into(),
        url: url.into(),
        headers: Vec::new(),
        body: None,
        auth: Credentials::Default,
        role: Role::Step,
        attempt: 1,
    }
}

#[derive(Default)]
struct Sample {
    latencies: Vec<Duration>,
    cpu: Duration,
}

impl Sample {
    fn p50(&mut self) -> Duration {
        self.latencies.sort_unstable();
        self.latencies
            .get(self.latencies.len() / 2)
            .copied()
            .unwrap_or_default()
    }
}

fn tls() -> Result<rustls::ClientConfig> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(config)
}

/// The time that the threads of this process have run so far.
fn cpu_time() -> Result<Duration> {
    let mut nanos = 0;
    for thread in fs::read_dir("/proc/self/task")? {
        let schedstat = fs::read_to_string(thread?.path().join("schedstat"))?;
        let ran = schedstat.split_whitespace().next().context("no time")?;
        nanos += ran.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(nanos))
}

/// Time and peak memory of `scimitar run --suite okta-spec-2.0` against the embedded server.
fn whole_run(binary: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (mut times, mut peak) = (Vec::new(), 0);
    for round in 0..5 {
        let start = Instant::now();
        let mut child = Command::new(binary)
            .args(["run", "--suite", "okta-spec-2.0", "--quiet", "--out"])
            .arg(folder.path().join(round.to_string()))
            .env_clear()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let status = loop {
            peak = peak.max(high_water_mark(child.id()).unwrap_or(0));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        ensure!(status.success(), "{status}");
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("okta-spec-2.0 against the embedded server, process and reports included:");
    println!(
        "  median {:?}, peak memory {} MB",
        times[times.len() / 2],
        peak / 1024
    );
    Ok(())
}

/// The most memory that a process has had, in KiB.
fn high_water_mark(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn start_up(binary: &Path) -> Result<()> {
    let mut times = Vec::new();
    for _ in 0..40 {
        let start = Instant::now();
        let output = Command::new(binary).arg("--version").env_clear().output()?;
        ensure!(output.status.success(), "{}", output.status);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("scimitar --version: median {:?}", times[times.len() / 2]);
    Ok(())
}
