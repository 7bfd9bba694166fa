//! `scimitar record`: settings → target → proxy → archive and suite.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::{interval, sleep};

use crate::cli::args::{GlobalArgs, RecordArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::identity;
use crate::cli::recordings::{EVERY, FOLDER, Growing, Making};
use crate::cli::signals::Listener;
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::engine::Wire;
use crate::recording::{Config, Exchange, Proxy, Written};
use crate::report::sanitize;

/// The columns of a line for an exchange.
const WIDTH: usize = 80;
/// How long the end may take before somebody is told why.
const PATIENCE: Duration = Duration::from_secs(1);

/// Records until it is stopped.
///
/// # Errors
/// When the settings are wrong, it can't listen, or the recording can't be written.
pub(super) fn run(
    args: &RecordArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let typed = &configuration.typed;
    let Some(url) = &typed.url else {
        return Err(Failure::Usage {
            message: "nothing says where requests go to".to_owned(),
            help: vec![
                "give the target's SCIM base URL: --upstream https://example.com/scim/v2"
                    .to_owned(),
            ],
        });
    };
    let target = Target::configured(url, &configuration.settings, typed, terminal)?;
    let Some(client) = target.wires.values().next().map(Wire::client).cloned() else {
        return Err(Failure::usage("there is no base URL"));
    };
    if url.contains('?') {
        return Err(Failure::Usage {
            message: "the URL has a query (?…), which a proxy adds to nothing".to_owned(),
            help: vec!["take it out, and let the client send it".to_owned()],
        });
    }
    let forwarder = client
        .forwarder()
        .map_err(|error| Failure::usage(format!("failed to {error}")))?;
    if args.with_credentials && target.credentials.is_none() {
        return Err(Failure::Usage {
            message: "--with-credentials: there are none".to_owned(),
            help: vec!["give them, by SCIMITAR_BEARER or --bearer @FILE for instance".to_owned()],
        });
    }
    warn(args, terminal);
    let (now, started) = identity::now();
    let now: DateTime<Utc> = now.into();
    let folder = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from(FOLDER).join(now.format("%Y%m%d-%H%M%S").to_string()));
    let base_url = target.described.url.clone();
    super::on_runtime(async {
        let config = Config {
            listen: args.listen,
            forwarder,
            client,
            with_credentials: args.with_credentials,
            now,
        };
        let mut proxy = Proxy::start(config)
            .await
            .map_err(|error| Failure::usage(format!("can't listen on {}: {error}", args.listen)))?;
        let mut recording = Growing::new(folder, base_url.clone(), started)?;
        // Before anybody is told that it runs, and may end it.
        let mut signals =
            Listener::new().map_err(|error| Failure::usage(format!("signals: {error}")))?;
        terminal.print(&greeting(&proxy, &base_url, &recording));
        let making = record(&mut proxy, &mut recording, &mut signals, terminal).await?;
        let suite = end(proxy, &mut recording, making, &mut signals, terminal).await?;
        terminal.print(&summary(&recording, &suite, &base_url));
        Ok(match suite {
            Suite::Whole(_) => exit::OK,
            Suite::LeftOut => exit::INTERRUPTED,
        })
    })
}

fn warn(args: &RecordArgs, terminal: &Terminal) {
    if !args.listen.ip().is_loopback() {
        terminal.warn(
            "everybody who reaches this machine can reach the target through the proxy, and it speaks no HTTPS",
        );
    }
    if args.with_credentials {
        terminal.warn(
            "requests without credentials get those of this command: whoever reaches the proxy, or the tunnel to it, is let in",
        );
    }
}

/// Takes exchanges until somebody stops it; gives the suite that is being made then.
async fn record(
    proxy: &mut Proxy,
    recording: &mut Growing,
    signals: &mut Listener,
    terminal: &Terminal,
) -> Result<Option<Making>, Failure> {
    let mut making: Option<Making> = None;
    let mut ticks = interval(EVERY);
    loop {
        tokio::select! {
            () = signals.wait() => return Ok(making),
            exchange = proxy.next() => match exchange {
                Some(exchange) => add(recording, exchange, terminal)?,
                None => return Ok(making),
            },
            made = ended(&mut making) => {
                let (_, took) = made?;
                recording.made(took);
                making = None;
            }
            _ = ticks.tick(), if making.is_none() => making = recording.make_if_due(),
        }
    }
}

/// Waits for a suite that is being made; for ever if there is none.
async fn ended(making: &mut Option<Making>) -> Result<(Option<Written>, Duration), Failure> {
    match making {
        Some(making) => making.ended().await,
        None => std::future::pending().await,
    }
}

/// What became of the suite.
enum Suite {
    /// It holds all that was recorded; there is none if there was nothing to make it of.
    Whole(Option<Written>),
    /// Somebody did not want to wait.
    LeftOut,
}

/// Ends the recording: what is being answered is taken in, and the suite is made, unless another signal says that nobody
/// waits for it.
async fn end(
    mut proxy: Proxy,
    recording: &mut Growing,
    mut making: Option<Making>,
    signals: &mut Listener,
    terminal: &Terminal,
) -> Result<Suite, Failure> {
    proxy.stop();
    let mut hurried = false;
    loop {
        tokio::select! {
            () = signals.wait(), if !hurried => hurried = true,
            exchange = proxy.next() => match exchange {
                Some(exchange) => add(recording, exchange, terminal)?,
                None => break,
            },
        }
    }
    proxy.ended().await;
    if hurried {
        return Ok(Suite::LeftOut);
    }
    let whole = async {
        // One after the other: the last one that is written has to be the whole one.
        if let Some(making) = &mut making {
            making.ended().await?;
        }
        let (written, _) = recording.make().ended().await?;
        Ok(Suite::Whole(written))
    };
    let mut whole = pin!(whole);
    tokio::select! {
        () = signals.wait() => return Ok(Suite::LeftOut),
        made = whole.as_mut() => return made,
        () = sleep(PATIENCE) => {}
    }
    terminal.print("\nMaking the suite. Ctrl-C again leaves it out; recording.har is whole.\n");
    tokio::select! {
        () = signals.wait() => Ok(Suite::LeftOut),
        made = whole => made,
    }
}

fn add(recording: &mut Growing, exchange: Exchange, terminal: &Terminal) -> Result<(), Failure> {
    let line = line(&exchange);
    let lost = recording.lost;
    recording.add(exchange)?;
    if !terminal.quiet {
        terminal.print(&line);
    }
    if lost == 0 && recording.lost > 0 {
        terminal
            .warn("the recording is full: what passes from now on is passed on, and not recorded");
    }
    Ok(())
}

/// An exchange in one line: time, status, how long it took, method and path.
fn line(exchange: &Exchange) -> String {
    let mut text = format!(
        "{} {} {:>6} ms  {} {}",
        exchange.started.format("%H:%M:%S"),
        exchange.answer.status,
        exchange.duration.as_millis(),
        exchange.method,
        exchange.target
    );
    text = sanitize::cut(&sanitize::line(&text), WIDTH).into_owned();
    text.push('\n');
    if let Some(why) = &exchange.answer.made_up {
        let why = format!("         not the target's answer: {why}");
        let _ = writeln!(text, "{}", sanitize::cut(&sanitize::line(&why), WIDTH));
    }
    text
}

fn greeting(proxy: &Proxy, base_url: &str, recording: &Growing) -> String {
    let address = proxy.address();
    let rest = base_url.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest
        .find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default();
    format!(
        "Recording  http://{address}{path}\nTarget     {base_url}\nFolder     {}\n\n\
         Let the client send to the first of these; Okta needs a tunnel to {address}.\nCtrl-C ends it.\n\n",
        recording.folder().display()
    )
}

fn summary(recording: &Growing, suite: &Suite, base_url: &str) -> String {
    let count = recording.len();
    let exchanges = if count == 1 { "exchange" } else { "exchanges" };
    let mut text = format!("\n{count} {exchanges} in {}", recording.folder().display());
    if recording.lost > 0 {
        let _ = write!(text, "; {} more were passed on only", recording.lost);
    }
    text.push('\n');
    let Suite::Whole(written) = suite else {
        text.push_str(if recording.suite().exists() {
            "The suite was left out: suite.yaml lacks what came last. recording.har is whole.\n"
        } else {
            "The suite was left out: there is no suite.yaml. recording.har is whole.\n"
        });
        return text;
    };
    let Some(written) = written else {
        text.push_str("There is nothing below the base URL to make a suite of.\n");
        return text;
    };
    if written.skipped > 0 {
        let _ = writeln!(
            text,
            "{} of them can't be sent again; the suite says why.",
            written.skipped
        );
    }
    let file = recording.suite();
    let file = file.display();
    let mut given = String::new();
    for (name, what) in &written.parameters {
        let _ = writeln!(
            text,
            "A run has to be given `{name}`: {}.",
            sanitize::line(what)
        );
        let _ = write!(given, " --var {name}=…");
    }
    let _ = write!(
        text,
        "\nNext:\n  scimitar lint {file}\n  scimitar run {base_url} --suite-file {file}{given}\n"
    );
    text
}
