//! What the environment and `scimitar.toml` say of a target, for test binaries: the settings of `scimitar run`, without
//! its options.

use std::sync::Arc;

use super::args::{GlobalArgs, Offer};
use super::identity::Identity;
use super::settings::{Settings, Typed};
use super::target::Target;
use super::terminal::Terminal;
use super::{configuration, library, waivers};
use crate::engine::{Choice, Waivers, Wire};
use crate::suite::{Dialect, Library};

/// A target that the environment or `scimitar.toml` names.
#[derive(Debug)]
pub struct Configured {
    /// Its base URL.
    pub wires: Vec<(Dialect, Wire)>,
    /// The suites.
    pub library: Arc<Library>,
    /// Which of them run.
    pub choice: Choice,
    /// Failures that are accepted.
    pub waivers: Arc<Waivers>,
    /// How they run.
    pub typed: Typed,
}

/// A command line without options.
struct NoOptions;

impl Offer for NoOptions {
    fn offer(&self, _: &mut Settings, _: &mut Vec<super::settings::Problem>) {}
}

/// The target that the environment or `scimitar.toml` names, if they name one.
///
/// # Errors
/// What is wrong with the settings, in words for people.
pub fn configured() -> Result<Option<Configured>, String> {
    let global = GlobalArgs::default();
    let render = |failure: super::exit::Failure| failure.render();
    let configuration = configuration::load(&global, &NoOptions).map_err(render)?;
    let Some(url) = configuration.typed.url.clone() else {
        return Ok(None);
    };
    let chosen = library::chosen(&configuration).map_err(render)?;
    let terminal = Terminal::new(&global);
    let target = Target::configured(
        &url,
        &configuration.settings,
        &configuration.typed,
        &terminal,
    )
    .map_err(render)?;
    let mut typed = configuration.typed;
    typed.config = target.values(&typed);
    let today = Identity::new(None).started;
    let today = today.get(..10).unwrap_or_default();
    let waivers = match &typed.waivers {
        Some(path) => waivers::read(path, &chosen.library, today).map_err(render)?,
        None => Waivers::default(),
    };
    let wires = [Dialect::V2, Dialect::V1]
        .into_iter()
        .filter_map(|dialect| Some((dialect, target.wires.get(dialect.word())?.clone())))
        .collect();
    Ok(Some(Configured {
        wires,
        waivers: Arc::new(waivers),
        choice: chosen.choice(&typed, Vec::new()),
        library: chosen.library,
        typed,
    }))
}
