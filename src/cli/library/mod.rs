//! The suites that are in force, and which of them a profile chooses.
//!
//! The files that `--suite-file` names lie over the folder of `--suites`, and that over what is built in.

mod choice;
mod diagnostics;
mod fixtures;
mod sources;

use std::path::Path;
use std::sync::Arc;

use super::configuration::Configuration;
use super::exit::Failure;
use super::settings::{Typed, nearest};
use crate::engine::Choice;
use crate::engine::selection::Selector;
use crate::import;
use crate::suite::{Dialect, Library, Loader};

pub(super) use choice::choice_failure;
pub(super) use diagnostics::{counted, diagnostics, render};
pub(super) use sources::{Source, either, file as one};

/// The suites, and the built-in choice of them.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The suites.
    pub(super) library: Arc<Library>,
    /// The name of the profile that chooses suites, if one does.
    pub(super) profile: Option<String>,
}

impl Chosen {
    /// Which checks the settings choose, of suites of these dialects.
    pub(super) fn choice(&self, typed: &Typed, dialects: Vec<Dialect>) -> Choice {
        Choice {
            profile: self.profile.clone(),
            suites: typed.suites.clone(),
            checks: typed.checks.clone(),
            levels: typed.levels.clone(),
            tags: typed.tags.clone(),
            dialects,
            shard: typed.shard,
        }
    }

    /// What has to be said when a profile leaves out all suites of the files and folders that were named: one of the two
    /// is probably not meant.
    pub(super) fn overlooked(&self) -> Option<String> {
        let own = || {
            let suites = self.library.suites.iter();
            suites.filter(|suite| !suite.only_named)
        };
        let profile = self.profile.as_ref()?;
        let choice = Choice {
            profile: Some(profile.clone()),
            ..Choice::default()
        };
        let selector = Selector::new(&choice, &self.library).ok()?;
        if own().next().is_none() || own().any(|suite| selector.takes_suite(suite)) {
            return None;
        }
        Some(format!(
            "the profile {profile} chooses built-in suites only: none of --suites or --suite-file runs"
        ))
    }
}

/// Loads the suites, and finds what the profile of the configuration chooses. Built-in suites that are not chosen have no
/// checks.
///
/// # Errors
/// What is wrong with the suites, with the profile's name, or with the names of fixtures.
pub(super) fn chosen(configuration: &Configuration) -> Result<Chosen, Failure> {
    of(configuration, load_chosen(configuration)?)
}

/// As [`chosen`], and all suites have their checks.
///
/// # Errors
/// As [`chosen`].
pub(super) fn complete(configuration: &Configuration) -> Result<Chosen, Failure> {
    of(configuration, load(&configuration.typed)?)
}

fn of(configuration: &Configuration, library: Library) -> Result<Chosen, Failure> {
    fixtures::check(configuration, &library)?;
    let profile = profile(configuration, &library)?;
    Ok(Chosen {
        library: Arc::new(library),
        profile,
    })
}

/// The suites that the settings name, over the built-in ones.
///
/// # Errors
/// What is wrong with them.
pub(super) fn load(typed: &Typed) -> Result<Library, Failure> {
    let (loader, layers) = layered(typed)?;
    loaded(loader, &layers)
}

/// The suites, and those of the names in force that the settings choose with their checks.
///
/// # Errors
/// As [`load`].
fn load_chosen(configuration: &Configuration) -> Result<Library, Failure> {
    let typed = &configuration.typed;
    let (loader, layers) = layered(typed)?;
    // What names a check or a tag has to know all of them.
    if !typed.checks.is_empty() || !typed.tags.is_empty() || typed.waivers.is_some() {
        return loaded(loader, &layers);
    }
    let heads = loader.heads();
    let built_in = |name: &&String| heads.profiles.contains_key(*name);
    let choice = Choice {
        profile: configuration.chain.iter().find(built_in).cloned(),
        suites: typed.suites.clone(),
        ..Choice::default()
    };
    // A choice that can't be made is told later, with all names at hand.
    let Ok(selector) = Selector::new(&choice, &heads) else {
        return loaded(loader, &layers);
    };
    // What somebody wrote is checked whether it runs or not.
    let unwanted = heads
        .suites
        .iter()
        .filter(|suite| (suite.only_named || layers.is_empty()) && !selector.takes_suite(suite));
    let loader = loader.without_checks_of(unwanted.map(|suite| suite.id.clone()));
    loaded(loader, &layers)
}

/// The layers of suites that the settings name, over the built-in one, and the texts of the former.
fn layered(typed: &Typed) -> Result<(Loader, Vec<Vec<Source>>), Failure> {
    let layers = named(typed)?;
    let mut loader = Loader::new();
    for layer in &layers {
        loader = put(loader, layer)?;
    }
    let loader = loader.layer(Library::embedded_files().iter().copied());
    Ok((loader, layers))
}

fn loaded(loader: Loader, layers: &[Vec<Source>]) -> Result<Library, Failure> {
    loader.load().map_err(|found| {
        let sources = if layers.is_empty() {
            embedded_sources()
        } else {
            layers.concat()
        };
        diagnostics(&found, &sources)
    })
}

/// Puts a layer of files below those that are there; exports among them are translated.
///
/// # Errors
/// What is wrong with the exports.
pub(super) fn put(loader: Loader, layer: &[Source]) -> Result<Loader, Failure> {
    let (exports, suites): (Vec<&Source>, Vec<&Source>) =
        layer.iter().partition(|(name, _)| sources::is_export(name));
    let mut loader = loader.layer(suites.into_iter().cloned());
    let mut problems = Vec::new();
    for (name, text) in exports {
        match import::suite(name, text) {
            Ok(tree) => loader = loader.translated(name, text, tree),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(loader)
    } else {
        Err(diagnostics(&problems, layer))
    }
}

/// The layers of files that the settings name, the upper one first.
///
/// # Errors
/// What can't be read.
pub(super) fn named(typed: &Typed) -> Result<Vec<Vec<Source>>, Failure> {
    let mut layers = Vec::new();
    if !typed.suite_files.is_empty() {
        let mut files = Vec::new();
        for path in &typed.suite_files {
            files.push(sources::file(Path::new(path))?);
        }
        // Naming a file twice does no harm.
        files.sort();
        files.dedup();
        layers.push(files);
    }
    if let Some(folder) = &typed.suites_dir {
        layers.push(sources::folder(Path::new(folder))?);
    }
    Ok(layers)
}

/// The texts of the built-in suites, for diagnostics.
pub(super) fn embedded_sources() -> Vec<Source> {
    Library::embedded_files()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// The first name of the chain that is a built-in choice of suites.
fn profile(configuration: &Configuration, library: &Library) -> Result<Option<String>, Failure> {
    let chain = &configuration.chain;
    let built_in = |name: &&String| library.profiles.contains_key(*name);
    let last = chain
        .last()
        .filter(|last| !configuration.profiles.contains(last));
    if let Some(unknown) = last.filter(|last| !built_in(last)) {
        let known = library.profiles.keys().chain(&configuration.profiles);
        let near = nearest(unknown, known.clone().map(String::as_str));
        let names: Vec<&str> = known.map(String::as_str).collect();
        let origin = configuration
            .settings
            .get("run.profile")
            .filter(|_| chain.len() == 1)
            .map_or_else(String::new, |setting| format!("{}: ", setting.origin));
        return Err(Failure::Usage {
            message: format!("{origin}there is no profile `{unknown}`{near}"),
            help: vec![format!("there are: {}", names.join(", "))],
        });
    }
    Ok(chain.iter().find(built_in).cloned())
}
