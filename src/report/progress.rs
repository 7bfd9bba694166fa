//! A line that moves while a run goes on: only for terminals. Whether there is one is the edge's to decide.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::record::{Event, Status, Verdict};

use super::sanitize::{cut, line};

/// How often it is drawn in a second, at most.
const DRAWS_PER_SECOND: u8 = 8;

/// The progress line of a run, on standard error.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    broken: usize,
}

impl Progress {
    /// A progress line on standard error; it draws nothing until the run starts.
    pub fn stderr(color: bool) -> Self {
        Self::on(ProgressDrawTarget::stderr_with_hz(DRAWS_PER_SECOND), color)
    }

    fn on(target: ProgressDrawTarget, color: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let template = if color {
            "{bar:24.cyan/dim} {pos}/{len}  {elapsed}  {wide_msg:.dim}"
        } else {
            "{bar:24} {pos}/{len}  {elapsed}  {wide_msg}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Self { bar, broken: 0 }
    }

    /// Moves the line.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::RunStarted { run } => {
                self.broken = 0;
                self.bar.reset();
                self.bar.set_length(run.selection.planned as u64);
            }
            Event::CheckStarted { index: _, id } => {
                let failed = match self.broken {
                    0 => String::new(),
                    count => format!("{count} failed  "),
                };
                self.bar
                    .set_message(format!("{failed}{}", cut(&line(id), 60)));
            }
            Event::CheckFinished { index: _, result } => {
                let broken = result.verdict == Verdict::Fail && result.status == Status::Stable;
                self.broken += usize::from(broken);
                self.bar.inc(1);
            }
            Event::Noted { .. } | Event::LeftBehind { .. } => {}
            Event::RunFinished { .. } => self.bar.finish_and_clear(),
        }
    }

    /// Does something that prints while the line is out of the way.
    pub fn suspend<R>(&self, print: impl FnOnce() -> R) -> R {
        self.bar.suspend(print)
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_valid() {
        for color in [true, false] {
            let progress = Progress::on(ProgressDrawTarget::hidden(), color);
            assert_eq!(progress.suspend(|| 7), 7);
        }
        for template in [
            "{bar:24.cyan/dim} {pos}/{len}  {elapsed}  {wide_msg:.dim}",
            "{bar:24} {pos}/{len}  {elapsed}  {wide_msg}",
        ] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
