//! Gathers the settings: command line, environment, profile, the project's file, the user's.
#![expect(
    clippy::disallowed_methods,
    reason = "the configuration is read from files and the environment, here only"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::args::{GlobalArgs, Offer};
use super::exit::Failure;
use super::settings::file::{ConfigFile, offer_profile};
use super::settings::{Problem, Settings, Typed};

/// The name of the file.
pub(super) const FILE_NAME: &str = "scimitar.toml";

/// The settings in force.
#[derive(Debug)]
pub(super) struct Configuration {
    /// With their origins.
    pub(super) settings: Settings,
    /// With their types.
    pub(super) typed: Typed,
    /// The profile and those that it inherits from, its own name first.
    pub(super) chain: Vec<String>,
    /// The names of the profiles in the files.
    pub(super) profiles: Vec<String>,
    /// The files that were read, the strongest first.
    pub(super) files: Vec<String>,
}

/// Gathers the settings.
///
/// # Errors
/// All that is wrong with them, each with its place.
pub(super) fn load(global: &GlobalArgs, options: &dyn Offer) -> Result<Configuration, Failure> {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    options.offer(&mut settings, &mut problems);
    problems.extend(settings.environment(variables()).err().unwrap_or_default());
    let mut files = Vec::new();
    let mut names = Vec::new();
    for path in paths(global)? {
        let name = shown(&path);
        match read(&name, &path) {
            Ok(file) => files.push(file),
            Err(found) => problems.extend(found),
        }
        names.push(name);
    }
    if !problems.is_empty() {
        return Err(failure(&problems));
    }
    let mut all = settings.clone();
    for file in &files {
        file.offer(&mut all);
    }
    let profile = all
        .get("run.profile")
        .and_then(|s| s.value.as_str().map(str::to_owned));
    let chain = match profile {
        Some(name) => {
            offer_profile(&files, &name, &mut settings).map_err(|problem| failure(&[problem]))?
        }
        None => Vec::new(),
    };
    for file in &files {
        file.offer(&mut settings);
    }
    let typed = Typed::new(&settings).map_err(|problems| failure(&problems))?;
    let mut profiles: Vec<String> = files
        .iter()
        .flat_map(|file| file.profile_names().map(str::to_owned))
        .collect();
    profiles.sort();
    profiles.dedup();
    Ok(Configuration {
        settings,
        typed,
        chain,
        profiles,
        files: names,
    })
}

/// The failure that settings are wrong.
pub(super) fn failure(problems: &[Problem]) -> Failure {
    let lines: Vec<String> = problems.iter().map(|p| format!("error: {p}\n")).collect();
    Failure::Diagnostics(lines.concat())
}

/// The variables of the environment that are scimitar's. What is no UTF-8 is read as well as may be.
fn variables() -> impl Iterator<Item = (String, String)> {
    let mut all: Vec<(String, String)> = env::vars_os()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            name.starts_with("SCIMITAR_")
                .then(|| (name, value.to_string_lossy().into_owned()))
        })
        .collect();
    all.sort();
    all.into_iter()
}

fn paths(global: &GlobalArgs) -> Result<Vec<PathBuf>, Failure> {
    if let Some(path) = &global.config {
        if !path.is_file() {
            return Err(Failure::usage(format!(
                "--config {}: there is no such file",
                path.display()
            )));
        }
        return Ok(vec![path.clone()]);
    }
    if global.no_default_config {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    let here = env::current_dir().unwrap_or_default();
    paths.extend(
        here.ancestors()
            .map(|folder| folder.join(FILE_NAME))
            .find(|path| path.is_file()),
    );
    let base = env::var_os("XDG_CONFIG_HOME")
        .filter(|folder| Path::new(folder).is_absolute())
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".config")));
    let own = base.map(|base| base.join("scimitar").join(FILE_NAME));
    paths.extend(own.filter(|path| path.is_file() && !paths.contains(path)));
    Ok(paths)
}

/// A path as messages show it: relative where that is shorter.
fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(&here)
        .unwrap_or(path)
        .display()
        .to_string()
}

fn read(name: &str, path: &Path) -> Result<ConfigFile, Vec<Problem>> {
    let problem = |message: String| {
        vec![Problem {
            message,
            origin: None,
        }]
    };
    let text = fs::read_to_string(path).map_err(|error| problem(format!("{name}: {error}")))?;
    // Paths in a file of this folder stay as they are written.
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    ConfigFile::parse(name, folder, &text)
}
