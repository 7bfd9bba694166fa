//! `scimitar record`: settings → target → proxy → archive and suite.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use tokio::time::interval;

use crate::cli::args::{GlobalArgs, RecordArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::identity;
use crate::cli::recordings::{EVERY, FOLDER, Growing};
use crate::cli::signals::Listener;
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::engine::Wire;
use crate::recording::{Config, Exchange, Proxy, Written};
use crate::report::sanitize;

/// The columns of a line for an exchange.
const WIDTH: usize = 80;

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
        terminal.print(&greeting(&proxy, &base_url, &recording));
        record(&mut proxy, &mut recording, terminal).await?;
        proxy.stop();
        while let Some(exchange) = proxy.next().await {
            add(&mut recording, exchange, terminal)?;
        }
        proxy.ended().await;
        let written = recording.write()?;
        terminal.print(&summary(&recording, written.as_ref(), &base_url));
        Ok(exit::OK)
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

/// Takes exchanges until somebody stops it.
async fn record(
    proxy: &mut Proxy,
    recording: &mut Growing,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut signals =
        Listener::new().map_err(|error| Failure::usage(format!("signals: {error}")))?;
    let mut ticks = interval(EVERY);
    loop {
        tokio::select! {
            () = signals.wait() => return Ok(()),
            exchange = proxy.next() => match exchange {
                Some(exchange) => add(recording, exchange, terminal)?,
                None => return Ok(()),
            },
            _ = ticks.tick() => recording.write_if_due()?,
        }
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

fn summary(recording: &Growing, written: Option<&Written>, base_url: &str) -> String {
    let count = recording.len();
    let exchanges = if count == 1 { "exchange" } else { "exchanges" };
    let mut text = format!("\n{count} {exchanges} in {}", recording.folder().display());
    if recording.lost > 0 {
        let _ = write!(text, "; {} more were passed on only", recording.lost);
    }
    text.push('\n');
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
