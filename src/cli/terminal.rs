//! Standard output and standard error: who reads them, and what may be written there.

use std::io::{self, IsTerminal as _, Write as _};

use terminal_size::terminal_size_of;

use super::args::{ColorChoice, GlobalArgs};

/// The columns of an output whose width nobody says.
const WIDTH: usize = 100;
/// The columns that are used at least, since nothing can be read in fewer.
const NARROWEST: usize = 40;

/// Standard output and standard error.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an independent fact of the surroundings"
)]
pub(super) struct Terminal {
    /// Whether to colour standard output.
    pub(super) color: bool,
    /// Whether to colour standard error.
    pub(super) color_err: bool,
    /// The columns of a line.
    pub(super) width: usize,
    /// Whether a progress line can move on standard error.
    pub(super) moves: bool,
    /// Only the outcome.
    pub(super) quiet: bool,
    /// More.
    pub(super) verbose: bool,
    /// Whether a program reads standard output, so that what is for people goes to standard error.
    pub(super) taken: bool,
}

impl Terminal {
    /// What the options and the environment say of it.
    pub(super) fn new(global: &GlobalArgs) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let color = |terminal: bool| match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !set("NO_COLOR") && (forced || (terminal && !dumb)),
        };
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        // What somebody says wins; shells keep it to themselves otherwise.
        let said = std::env::var_os("COLUMNS").and_then(|text| text.to_str()?.parse().ok());
        let size = if out {
            terminal_size_of(io::stdout())
        } else if err {
            terminal_size_of(io::stderr())
        } else {
            None
        };
        let columns = said.or_else(|| size.map(|(columns, _)| usize::from(columns.0)));
        Self {
            color: color(out),
            color_err: color(err),
            width: width(columns),
            moves: err && !dumb && !set("CI"),
            quiet: global.quiet,
            verbose: global.verbose,
            taken: false,
        }
    }

    /// Writes what was asked for. A reader that went away is no reason to fail: `scimitar list | head`.
    pub(super) fn print(&self, text: &str) {
        if self.taken {
            self.error(text);
        } else {
            let mut out = io::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        }
    }

    /// Writes to standard error.
    #[expect(clippy::unused_self, reason = "every output goes through the terminal")]
    pub(super) fn error(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes a warning.
    pub(super) fn warn(&self, text: &str) {
        self.error(&format!("warning: {text}\n"));
    }

    /// Whether the colour of what people read is on.
    pub(super) const fn people_color(&self) -> bool {
        if self.taken {
            self.color_err
        } else {
            self.color
        }
    }
}

/// The columns of a line. Pseudo-terminals whose size nobody sets say 0.
fn width(columns: Option<usize>) -> usize {
    columns
        .filter(|columns| *columns > 0)
        .map_or(WIDTH, |columns| columns.max(NARROWEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_says_nothing_sensible_has_a_width_all_the_same() {
        for (said, used) in [
            (None, WIDTH),
            (Some(0), WIDTH),
            (Some(7), NARROWEST),
            (Some(80), 80),
        ] {
            assert_eq!(width(said), used, "{said:?}");
        }
    }
}
