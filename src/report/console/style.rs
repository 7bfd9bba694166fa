//! Colours: they repeat what the words say, and never say more.

use anstyle::{AnsiColor, Style};

use crate::record::Verdict;

/// Text with or without colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    color: bool,
}

impl Palette {
    pub(super) const fn new(color: bool) -> Self {
        Self { color }
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    pub(super) fn verdict(self, verdict: Verdict, text: &str) -> String {
        self.paint(Self::style(verdict), text)
    }

    pub(super) fn strong_verdict(self, verdict: Verdict, text: &str) -> String {
        self.paint(Self::style(verdict).bold(), text)
    }

    const fn style(verdict: Verdict) -> Style {
        match verdict {
            Verdict::Pass => AnsiColor::Green.on_default(),
            Verdict::Fail => AnsiColor::Red.on_default(),
            Verdict::Warn => AnsiColor::Yellow.on_default(),
            Verdict::Inconclusive => AnsiColor::Magenta.on_default(),
            Verdict::Waived => AnsiColor::Cyan.on_default(),
            Verdict::Skip => Style::new().dimmed(),
        }
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}
