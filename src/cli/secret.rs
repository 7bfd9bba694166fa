//! Secrets: given by the environment, a file or standard input; as an argument they work, with a warning.
#![expect(
    clippy::disallowed_methods,
    reason = "secrets are read from files and standard input, here only"
)]

use std::cell::OnceCell;
use std::fs;
use std::io::Read as _;

use secrecy::SecretString;

use super::exit::Failure;
use super::settings::{Origin, Settings};
use super::terminal::Terminal;
use crate::http;

/// The largest secret in bytes: what is larger is another file.
const LONGEST: u64 = 64 * 1024;

/// Reads secrets.
#[derive(Debug)]
pub(super) struct Secrets<'a> {
    terminal: &'a Terminal,
    /// Which setting standard input was read for.
    input: OnceCell<String>,
}

impl<'a> Secrets<'a> {
    /// Reads secrets, and warns on this terminal.
    pub(super) const fn new(terminal: &'a Terminal) -> Self {
        Self {
            terminal,
            input: OnceCell::new(),
        }
    }

    /// The secret of a setting, if it is set.
    ///
    /// # Errors
    /// When its file or standard input can't be read, or has nothing.
    pub(super) fn of(
        &self,
        settings: &Settings,
        path: &str,
    ) -> Result<Option<SecretString>, Failure> {
        let Some(setting) = settings.get(path) else {
            return Ok(None);
        };
        let text = setting.value.as_str().unwrap_or_default();
        let name = setting.origin.to_string();
        if let Origin::CommandLine(option) = setting.origin {
            let variable = super::settings::keys::find(path).map_or("", |key| key.env);
            if is_given(text) && (path != "target.proxy" || text.contains('@')) {
                self.terminal.warn(&format!(
                    "other users of this machine can see the value of --{option}; \
                     use {variable}, --{option} @FILE, or --{option} - for standard input"
                ));
            }
        }
        self.read(&name, text).map(Some)
    }

    /// The secret that a text stands for: itself, `@FILE` or `-`.
    ///
    /// # Errors
    /// When its file or standard input can't be read, or has nothing.
    pub(super) fn read(&self, name: &str, text: &str) -> Result<SecretString, Failure> {
        let read = if let Some(file) = text.strip_prefix('@') {
            let size = fs::metadata(file).map_or(0, |found| found.len());
            if size > LONGEST {
                return Err(Failure::usage(format!(
                    "{name}: {file} is too large for a secret ({size} bytes)"
                )));
            }
            fs::read_to_string(file)
                .map_err(|error| Failure::usage(format!("{name}: {file} can't be read: {error}")))?
        } else if text == "-" {
            if let Some(other) = self.input.get() {
                return Err(Failure::usage(format!(
                    "{name}: standard input is read for {other} already"
                )));
            }
            let mut input = String::new();
            std::io::stdin()
                .lock()
                .take(LONGEST)
                .read_to_string(&mut input)
                .map_err(|error| {
                    Failure::usage(format!("{name}: standard input can't be read: {error}"))
                })?;
            // It was empty a moment ago: setting it can't fail.
            let _ = self.input.set(name.to_owned());
            input
        } else {
            return Ok(text.to_owned().into());
        };
        // Editors and `echo` end a file with a line break; no secret has one at its end.
        let secret = read.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            let place = text
                .strip_prefix('@')
                .map_or_else(|| "standard input".to_owned(), str::to_owned);
            return Err(Failure::usage(format!("{name}: {place} is empty")));
        }
        Ok(secret.to_owned().into())
    }
}

/// The values of environment variables, which no output shows.
///
/// # Errors
/// When there is no such variable, or its value is too short to be told from other text.
pub(super) fn hidden(names: &[String]) -> Result<Vec<SecretString>, Failure> {
    let value = |name: &String| {
        let value = std::env::var_os(name).filter(|value| !value.is_empty());
        let Some(value) = value else {
            let message = format!("--secret-env {name}: there is no such environment variable");
            return Err(Failure::usage(message));
        };
        let value = value.to_string_lossy().into_owned();
        if value.len() < http::SHORTEST {
            return Err(Failure::usage(format!(
                "--secret-env {name}: its value is too short to be told from other text ({} bytes at least)",
                http::SHORTEST
            )));
        }
        Ok(value.into())
    };
    names.iter().map(value).collect()
}

/// Takes the values of these environment variables out of text.
///
/// # Errors
/// As [`hidden`].
pub(super) fn hiding(names: &[String]) -> Result<http::Redactor, Failure> {
    use secrecy::ExposeSecret as _;
    let redactor = http::Redactor::default();
    for value in hidden(names)? {
        redactor.register(value.expose_secret());
    }
    Ok(redactor)
}

/// Whether a text is a secret itself, not a place where one is.
fn is_given(text: &str) -> bool {
    !text.starts_with('@') && text != "-"
}
