//! `scimitar serve`: the embedded server, for those who write clients.

use std::fmt::Write as _;

use secrecy::ExposeSecret as _;

use crate::cli::args::ServeArgs;
use crate::cli::exit::{self, Failure};
use crate::cli::secret::Secrets;
use crate::cli::settings::duration;
use crate::cli::signals::Listener;
use crate::cli::target;
use crate::cli::terminal::Terminal;
use crate::server::{Config, FAULTS, Modes, Server, VARIATIONS};

/// Serves until it is stopped.
///
/// # Errors
/// When it can't listen, or a switch is unknown.
pub(super) fn run(args: &ServeArgs, terminal: &Terminal) -> Result<u8, Failure> {
    if args.list_faults || args.list_variations {
        terminal.print(&lists(args));
        return Ok(exit::OK);
    }
    let latency = args.latency.as_deref().map(duration).transpose();
    let latency = latency.map_err(|message| Failure::usage(format!("--latency: {message}")))?;
    let mut config = Config {
        address: args.listen,
        faults: args.fault.clone(),
        variations: args.variation.clone(),
        modes: Modes {
            latency: latency.unwrap_or_default(),
            ..Modes::default()
        },
        ..Config::default()
    };
    if let Some(seed) = args.seed {
        config.seed = seed;
    }
    if let Some(token) = &args.token {
        let token = Secrets::new(terminal).read("--token", token)?;
        config.credentials.bearer = vec![token.expose_secret().to_owned()];
    }
    if !args.listen.ip().is_loopback() {
        terminal.warn(
            "everybody who reaches this machine can reach the server, and it speaks no HTTPS",
        );
    }
    super::on_runtime(async {
        let server = target::start(config).await?;
        // Before anybody is told that it runs, and may end it.
        let signals = Listener::new();
        terminal.print(&greeting(&server, args));
        match signals {
            Ok(mut signals) => signals.wait().await,
            Err(_) => std::future::pending().await,
        }
        // It stops with its end: a request that hangs must not keep it.
        drop(server);
        Ok(exit::OK)
    })
}

fn greeting(server: &Server, args: &ServeArgs) -> String {
    let (url, token) = (server.base_url_v2(), server.token());
    let mut text = format!(
        "SCIM 2.0   {url}\nSCIM 1.1   {}\nToken      {token}\n",
        server.base_url_v1()
    );
    for (title, ids) in [("Fault     ", &args.fault), ("Variation ", &args.variation)] {
        for id in ids {
            let _ = writeln!(text, "{title} {id}");
        }
    }
    let _ = write!(
        text,
        "\nTry it:\n  curl -H 'Authorization: Bearer {token}' '{url}/Users?count=2'\n  \
         SCIMITAR_BEARER={token} scimitar run {url}\n\nCtrl-C stops it; it forgets everything.\n"
    );
    text
}

fn lists(args: &ServeArgs) -> String {
    let mut text = String::new();
    if args.list_faults {
        let mut area = "";
        for fault in FAULTS {
            if fault.area != area {
                let _ = writeln!(
                    text,
                    "{}{}",
                    if area.is_empty() { "" } else { "\n" },
                    fault.area
                );
                area = fault.area;
            }
            let _ = writeln!(text, "  {:<40} {}", fault.id, fault.title);
        }
    }
    if args.list_variations {
        for variation in VARIATIONS {
            let _ = writeln!(text, "{:<36} {}", variation.id, variation.title);
        }
    }
    text
}
