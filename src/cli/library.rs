//! The suites that are in force, and which of them a profile chooses.
#![expect(
    clippy::disallowed_methods,
    reason = "suites are read from the folder that was named"
)]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::{Choice, ChoiceError};
use crate::suite::{Diagnostic, Library, Severity};

use super::configuration::Configuration;
use super::exit::Failure;
use super::settings::nearest;

/// The columns of a rendered diagnostic.
const WIDTH: usize = 100;

/// The suites, and the built-in choice of them.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The suites.
    pub(super) library: Arc<Library>,
    /// The name of the profile that chooses suites, if one does.
    pub(super) profile: Option<String>,
}

/// Loads the suites, and finds what the profile of the configuration chooses.
///
/// # Errors
/// What is wrong with the suites, or with the profile's name.
pub(super) fn chosen(configuration: &Configuration) -> Result<Chosen, Failure> {
    let library = load(configuration.typed.suites_dir.as_deref())?;
    let profile = profile(configuration, &library)?;
    Ok(Chosen {
        library: Arc::new(library),
        profile,
    })
}

/// The suites of a folder, or the built-in ones.
///
/// # Errors
/// What is wrong with them.
pub(super) fn load(folder: Option<&str>) -> Result<Library, Failure> {
    let sources = match folder {
        None => {
            return Library::embedded().map_err(|found| diagnostics(&found, &embedded_sources()));
        }
        Some(folder) => sources(Path::new(folder)).map_err(|error| {
            Failure::usage(format!("the suites of {folder} can't be read: {error}"))
        })?,
    };
    Library::load(
        sources
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )
    .map_err(|found| diagnostics(&found, &sources))
}

/// The texts of the built-in suites, for diagnostics.
pub(super) fn embedded_sources() -> Vec<(String, String)> {
    Library::embedded_files()
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// The texts of all suite files below a folder, named relative to it; of a file, that one.
///
/// # Errors
/// What can't be read.
pub(super) fn sources(root: &Path) -> io::Result<Vec<(String, String)>> {
    if root.is_file() {
        return Ok(vec![(
            root.display().to_string(),
            fs::read_to_string(root)?,
        )]);
    }
    let mut paths = Vec::new();
    collect(root, &mut paths)?;
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            Ok((name, fs::read_to_string(&path)?))
        })
        .collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for path in super::files::entries(folder)? {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            collect(&path, into)?;
        } else if path
            .extension()
            .is_some_and(|kind| kind == "yaml" || kind == "tsv")
        {
            into.push(path);
        }
    }
    Ok(())
}

/// The failure that suites are wrong, with their lines.
pub(super) fn diagnostics(found: &[Diagnostic], sources: &[(String, String)]) -> Failure {
    Failure::Diagnostics(render(found, sources, false))
}

/// Diagnostics with their lines, and how many there are.
pub(super) fn render(found: &[Diagnostic], sources: &[(String, String)], coloured: bool) -> String {
    let mut text = String::new();
    for diagnostic in found {
        let source = sources.iter().find(|(name, _)| *name == diagnostic.file);
        let source = source.map(|(_, text)| text.as_str());
        text.push_str(&diagnostic.render(source, WIDTH, coloured));
        text.push_str("\n\n");
    }
    let count = |wanted: Severity| found.iter().filter(|d| d.severity == wanted).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    // A `String` takes any write: the result can't be an error.
    let _ = writeln!(
        text,
        "{}, {}",
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    text
}

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
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

/// The failure that a choice chooses nothing, or can't be made.
pub(super) fn choice_failure(error: &ChoiceError, choice: &Choice, library: &Library) -> Failure {
    let message = error.to_string();
    match error {
        ChoiceError::UnknownProfile { .. } | ChoiceError::BadGlob { .. } => Failure::usage(message),
        ChoiceError::MatchesNothing { .. } => Failure::NothingSelected {
            message,
            help: vec!["scimitar list shows what there is".to_owned()],
        },
        ChoiceError::Nothing => Failure::NothingSelected {
            message,
            help: why_nothing(choice, library),
        },
    }
}

/// Each part of a choice matches something, but together they choose nothing: most often since the suites speak the
/// other version of SCIM.
fn why_nothing(choice: &Choice, library: &Library) -> Vec<String> {
    let any = Choice {
        dialects: Vec::new(),
        ..choice.clone()
    };
    let Ok(selector) = crate::engine::selection::Selector::new(&any, library) else {
        return Vec::new();
    };
    let mut other: Vec<&str> = library
        .suites
        .iter()
        .filter(|suite| !choice.dialects.is_empty() && !choice.dialects.contains(&suite.scim))
        .filter(|suite| selector.takes_suite(&suite.id, suite.scim))
        .map(|suite| suite.scim.word())
        .collect();
    other.sort_unstable();
    other.dedup();
    let mut help: Vec<String> = other
        .iter()
        .map(|word| format!("the suites that match speak SCIM {word}: give --scim {word}"))
        .collect();
    if help.is_empty() {
        help.push(
            "each part matches something, but nothing matches all of them: leave one out, or look at scimitar list"
                .to_owned(),
        );
    }
    help
}
