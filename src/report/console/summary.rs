//! The end of a run: one screen when it is good, and the way to each cause when it is not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::columns::{columns, fit};
use super::super::conclusion::{Conclusion, counted, symbol};
use super::super::group::{self, Group, Tally};
use super::super::quantity::duration;
use super::super::sanitize::line;
use super::super::text::{self, Detail, Kind};
use super::notes::warning;
use super::style::Palette;
use super::{Options, Written};
use crate::record::{CheckResult, NoteKind, Run, Verdict};

/// How many headlines of one kind are shown; the rest is counted.
const HEADLINES: usize = 8;

pub(super) fn render(
    run: &Run,
    written: &[Written],
    options: &Options,
    palette: Palette,
) -> String {
    let mut summary = Summary {
        run,
        options,
        palette,
        out: String::new(),
    };
    summary.failures();
    summary.inconclusive();
    if !options.quiet {
        summary.warnings();
        summary.not_gating();
    }
    summary.leftovers(written);
    summary.notes();
    summary.verdict();
    summary.written(written);
    summary.out
}

/// A check's block, coloured.
pub(super) fn block(
    check: &CheckResult,
    detail: Detail,
    options: &Options,
    palette: Palette,
) -> String {
    let mut out = String::new();
    for one in text::block(check, detail) {
        // What is for copying is not cut.
        let whole = matches!(
            one.label,
            "curl" | "exchange" | "sent by" | "requires" | "fix" | "why"
        );
        let plain = one.plain();
        let plain = if whole {
            plain
        } else {
            fit(&plain, options.width.max(40)).into_owned()
        };
        let painted = match one.kind {
            Kind::Head => palette.strong_verdict(check.verdict, &plain),
            Kind::Title => palette.bold(&plain),
            Kind::Received | Kind::Surplus => palette.verdict(Verdict::Fail, &plain),
            Kind::Expected | Kind::Missing => palette.verdict(Verdict::Pass, &plain),
            Kind::Detail => palette.dim(&plain),
            Kind::Message | Kind::Fix => plain,
        };
        out.push_str(&painted);
        out.push('\n');
    }
    out
}

struct Summary<'a> {
    run: &'a Run,
    options: &'a Options,
    palette: Palette,
    out: String,
}

impl Summary<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A line that is cut to the width.
    fn fitted(&mut self, text: &str) {
        let text = fit(&line(text), self.options.width.max(20)).into_owned();
        self.line(&text);
    }

    fn heading(&mut self, verdict: Verdict, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let text = self.palette.strong_verdict(verdict, text);
        self.line(&text);
    }

    fn failures(&mut self) {
        let groups = group::by_cause(group::stable(self.run, Verdict::Fail));
        let blocked = group::blocked(self.run);
        let full = self.options.causes_in_full;
        for (place, group) in groups.iter().enumerate().take(full) {
            self.failure(place, &groups, group, &blocked);
        }
        if groups.len() > full {
            let rest = groups.get(full..).unwrap_or_default();
            let checks: usize = rest.iter().map(|group| group.checks.len()).sum();
            let heading = format!(
                "{} more, of {}: see the report",
                counted(rest.len(), "cause"),
                counted(checks, "check")
            );
            self.heading(Verdict::Fail, &heading);
            self.headlines(rest);
        }
    }

    fn failure(
        &mut self,
        place: usize,
        groups: &[Group<'_>],
        group: &Group<'_>,
        blocked: &BTreeMap<&str, usize>,
    ) {
        let mut tally = Vec::new();
        if group.checks.len() > 1 {
            tally.push(counted(group.checks.len(), "check"));
        }
        if let Some(count) = group.cause.and_then(|cause| blocked.get(cause)) {
            tally.push(format!("blocks {count} more"));
        }
        let tally = if tally.is_empty() {
            String::new()
        } else {
            format!(" ({})", tally.join(", "))
        };
        let heading = format!(
            "Cause {} of {}: {}{tally}",
            place + 1,
            groups.len(),
            group.title
        );
        let heading = fit(&line(&heading), self.options.width.max(40)).into_owned();
        self.heading(Verdict::Fail, &heading);
        let Some(first) = group.checks.first() else {
            return;
        };
        let detail = if self.options.verbose {
            Detail::Full
        } else {
            Detail::Short
        };
        let block = block(first, detail, self.options, self.palette);
        self.out.push_str(&block);
        let rest = group.checks.get(1..).unwrap_or_default();
        for check in rest.iter().take(HEADLINES) {
            self.fitted(&format!("  also      {}", check.id));
        }
        if rest.len() > HEADLINES {
            self.fitted(&format!("  also      {} more", rest.len() - HEADLINES));
        }
    }

    fn inconclusive(&mut self) {
        let groups = group::by_cause(group::stable(self.run, Verdict::Inconclusive));
        if groups.is_empty() {
            return;
        }
        let count: usize = groups.iter().map(|group| group.checks.len()).sum();
        self.heading(
            Verdict::Inconclusive,
            &format!("{} could not be judged", counted(count, "check")),
        );
        self.headlines(&groups);
    }

    fn warnings(&mut self) {
        let groups = group::by_cause(group::stable(self.run, Verdict::Warn));
        if groups.is_empty() {
            return;
        }
        let count: usize = groups.iter().map(|group| group.checks.len()).sum();
        self.heading(Verdict::Warn, &counted(count, "warning"));
        self.headlines(&groups);
    }

    fn not_gating(&mut self) {
        let groups = group::by_cause(group::not_gating(self.run));
        if groups.is_empty() {
            return;
        }
        let heading = format!(
            "{} by preview or deprecated checks, which do not gate",
            counted(groups.len(), "finding")
        );
        self.heading(Verdict::Skip, &heading);
        self.headlines(&groups);
    }

    fn headlines(&mut self, groups: &[Group<'_>]) {
        for group in groups.iter().take(HEADLINES) {
            let Some(first) = group.checks.first() else {
                continue;
            };
            let more = match group.checks.len() {
                1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            self.fitted(&format!("  {} {}{more}", symbol(first.verdict), first.id));
            self.fitted(&format!("      {}", group.title));
        }
        if groups.len() > HEADLINES {
            self.fitted(&format!("  … and {} more causes", groups.len() - HEADLINES));
        }
    }

    fn leftovers(&mut self, written: &[Written]) {
        let leftovers = &self.run.leftovers;
        if leftovers.is_empty() {
            return;
        }
        let verb = if leftovers.len() == 1 {
            "resource is"
        } else {
            "resources are"
        };
        self.heading(
            Verdict::Warn,
            &format!("{} {verb} left on the target", leftovers.len()),
        );
        for leftover in leftovers.iter().take(HEADLINES) {
            let text = format!(
                "  {} ({}): {}",
                leftover.url, leftover.name, leftover.reason
            );
            let text = line(&text).into_owned();
            self.line(&text);
        }
        if leftovers.len() > HEADLINES {
            self.fitted(&format!("  … and {} more", leftovers.len() - HEADLINES));
        }
        // The embedded server forgets everything at its end, and there is no ledger of what it held.
        if !self.run.target.embedded {
            let command = format!(
                "  scimitar cleanup {} {} tries again",
                self.place(written),
                self.run.target.url
            );
            self.line(&line(&command));
        }
    }

    /// The folder of the run, where its ledger is too; its id where nothing was written.
    fn place(&self, written: &[Written]) -> String {
        let folder = written.iter().find_map(|one| one.folder.clone());
        folder.unwrap_or_else(|| self.run.id.clone())
    }

    fn notes(&mut self) {
        let warnings = self
            .run
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::Warning);
        let texts: Vec<String> = warnings.map(|note| warning(note, self.options)).collect();
        if texts.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        for text in texts.iter().take(HEADLINES) {
            self.line(text);
        }
    }

    fn verdict(&mut self) {
        let conclusion = Conclusion::of(self.run);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.tally();
        let words = self
            .palette
            .strong_verdict(conclusion.verdict(), &conclusion.words().to_uppercase());
        let mut verdict = String::new();
        let _ = write!(verdict, "{words}  {}", line(&conclusion.sentence(self.run)));
        self.line(&verdict);
    }

    /// The figures, on as many lines as the width asks for.
    fn tally(&mut self) {
        let mut parts: Vec<(Verdict, String)> = Tally::of(&self.run.checks)
            .parts()
            .into_iter()
            .filter(|part| part.count > 0)
            .map(|part| {
                (
                    part.verdict,
                    format!("{} {} {}", symbol(part.verdict), part.count, part.word),
                )
            })
            .collect();
        if parts.is_empty() {
            parts.push((Verdict::Skip, "no check ran".to_owned()));
        }
        parts.push((
            Verdict::Skip,
            format!("in {}", duration(self.run.duration_us)),
        ));
        let mut column = 0;
        let mut tally = String::new();
        for (verdict, words) in &parts {
            let width = columns(words);
            if column > 0 && column + 3 + width > self.options.width {
                tally.push('\n');
                column = 0;
            } else if column > 0 {
                tally.push_str("   ");
                column += 3;
            }
            tally.push_str(&self.palette.verdict(*verdict, words));
            column += width;
        }
        self.line(&tally);
    }

    fn written(&mut self, written: &[Written]) {
        let widest = written
            .iter()
            .map(|one| one.what.chars().count())
            .max()
            .unwrap_or_default();
        for one in written {
            let text = format!("  {:<widest$}  {}", one.what, line(&one.path));
            self.line(&text);
        }
    }
}
