//! `scimitar doctor`: settings → target → examination → findings.

use std::sync::Arc;

use crate::cli::args::{DoctorArgs, GlobalArgs};
use crate::cli::configuration::{self, Configuration};
use crate::cli::exit::{self, Failure};
use crate::cli::library::Chosen;
use crate::cli::target::Target;
use crate::cli::terminal::Terminal;
use crate::cli::{authorization, diagnosis, document, identity, library, runs};
use crate::doctor::{Diagnosis, Examination, Reach, examine};
use crate::engine::Wire;
use crate::server;

/// Examines.
///
/// # Errors
/// When the settings or suites are wrong, or the result can't be written.
pub(super) fn run(
    args: &DoctorArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let chosen = library::chosen(&configuration)?;
    terminal.taken = args.json.as_deref() == Some(document::STDOUT);
    if let Some(path) = &args.json {
        document::probe(path)?;
    }
    super::on_runtime(async {
        let diagnosis = diagnose(&configuration, &chosen, terminal).await?;
        terminal.print(&diagnosis::render(&diagnosis, terminal));
        if let Some(path) = &args.json {
            document::write(&diagnosis, path)?;
        }
        Ok(code(&diagnosis))
    })
}

async fn diagnose(
    configuration: &Configuration,
    chosen: &Chosen,
    terminal: &Terminal,
) -> Result<Diagnosis, Failure> {
    let typed = &configuration.typed;
    let target = match &typed.url {
        Some(url) => Target::configured(url, &configuration.settings, typed, terminal)?,
        None => Target::embedded(typed, server::Config::default()).await?,
    };
    let dialect = typed.scim.unwrap_or_default();
    let wire = target.wires.get(dialect.word()).ok_or_else(|| {
        Failure::usage(format!("there is no base URL of SCIM {}", dialect.word()))
    })?;
    let (now, started) = identity::now();
    let mut described = target.described.clone();
    described.url = wire.base_url();
    let base_url = typed.url.clone().unwrap_or_else(|| wire.base_url());
    let ledgers = if described.embedded {
        Vec::new()
    } else {
        runs::open_ledgers(&described.url, typed.out.as_deref())
    };
    let examination = Examination {
        client: Wire::client(wire).clone(),
        dialect,
        base_url,
        target: described,
        origin: target.credentials.clone(),
        timeout: typed.timeout,
        now,
        started,
        library: Arc::clone(&chosen.library),
        choice: chosen.choice(typed, target.dialects()),
        config: typed.config.clone(),
        variables: typed.variables.clone(),
        read_only: typed.read_only,
        ledgers,
        authorization: authorization::named(&configuration.settings, typed, terminal)?,
    };
    Ok(examine(examination).await)
}

fn code(diagnosis: &Diagnosis) -> u8 {
    match diagnosis.reach {
        Reach::Unreachable | Reach::Refused => exit::UNREACHABLE,
        Reach::Reached if diagnosis.has_problem() => exit::NONCONFORMING,
        Reach::Reached => exit::OK,
    }
}
