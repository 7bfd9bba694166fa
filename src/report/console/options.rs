//! What the console is told from outside.

/// How to write.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line, and any of them goes with any other"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The columns of the terminal; longer lines are cut, except those that are for copying.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether it is the log of a CI job, or any other place where no progress bar moves: a line now and then says how
    /// far the run is.
    pub ci: bool,
    /// Only the verdict at the end, and what leads to it.
    pub quiet: bool,
    /// A line for each check, and the whole of each failure.
    pub verbose: bool,
    /// How many causes are told in full at the end; the rest by their headlines.
    pub causes_in_full: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            width: 80,
            color: false,
            ci: false,
            quiet: false,
            verbose: false,
            causes_in_full: 5,
        }
    }
}

/// A report that was written, for the last lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What it is: `report`, `JUnit`.
    pub what: String,
    /// Where it is.
    pub path: String,
    /// The folder of the run that it is in, if it is in one.
    pub folder: Option<String>,
}
