//! `summary.md`: a run on one page, for the summaries of GitHub and GitLab and for merge requests.
//!
//! What a server said stands in code, where no mention, reference or markup works; everything else is escaped. GitHub
//! throws summaries of more than 1 MiB away, so this stops before and says so.

use std::fmt::Write as _;

use crate::record::{self, Attribute, CheckResult, LogOutcome, NoteKind, Run, Verdict};

use super::conclusion::{Conclusion, counted, symbol};
use super::curl;
use super::group::{self, Group, Tally};
use super::quantity::duration;
use super::sanitize::{cut, line};
use super::{system_log, text};

/// Where it stops, in bytes: GitHub's limit is 1 MiB, and several summaries may share a job.
const MOST_BYTES: usize = 900 * 1024;
/// How many checks of one cause are told in full.
const IN_FULL: usize = 3;
/// How many checks of one cause are named.
const NAMED: usize = 50;

/// A run as Markdown.
pub fn render(run: &Run) -> String {
    let mut page = Page {
        out: String::new(),
        left_out: 0,
    };
    page.head(run);
    page.counts(run);
    page.attributes(run);
    let blocked = group::blocked(run);
    let failures = group::by_cause(group::stable(run, Verdict::Fail));
    if !failures.is_empty() {
        page.out.push_str("## Failures\n\n");
    }
    for group in &failures {
        let also = group
            .cause
            .and_then(|cause| blocked.get(cause))
            .copied()
            .unwrap_or_default();
        page.section(|out| failure(group, also, out));
    }
    let undecided = group::by_cause(group::stable(run, Verdict::Inconclusive));
    page.list("Could not be judged", &undecided);
    page.list(
        "Warnings",
        &group::by_cause(group::stable(run, Verdict::Warn)),
    );
    page.list(
        "Waived",
        &group::by_cause(group::stable(run, Verdict::Waived)),
    );
    page.list(
        "Found by preview and deprecated checks (never gates)",
        &group::by_cause(group::not_gating(run)),
    );
    page.list(
        "Skipped",
        &group::by_reason(
            run.checks
                .iter()
                .filter(|check| check.verdict == Verdict::Skip),
        ),
    );
    page.leftovers(run);
    page.foot(run);
    page.out
}

/// The paths of attributes, as code.
fn paths<'a>(attributes: impl Iterator<Item = &'a Attribute>) -> Vec<String> {
    attributes.map(|one| code(&one.path)).collect()
}

struct Page {
    out: String,
    left_out: usize,
}

impl Page {
    /// Adds a section if it fits; counts it if not.
    fn section(&mut self, write: impl FnOnce(&mut String)) {
        let before = self.out.len();
        write(&mut self.out);
        if self.out.len() > MOST_BYTES {
            self.out.truncate(before);
            self.left_out += 1;
        }
    }

    fn head(&mut self, run: &Run) {
        let conclusion = Conclusion::of(run);
        let mark = symbol(conclusion.verdict());
        let _ = writeln!(
            self.out,
            "# {mark} SCIM conformance: {}\n",
            conclusion.words()
        );
        let _ = writeln!(self.out, "{}\n", prose(&conclusion.sentence(run)));
        let target = if run.target.embedded {
            "the embedded server".to_owned()
        } else {
            code(&run.target.url)
        };
        let mut facts = vec![format!("**Target** {target}")];
        if let Some(profile) = &run.selection.profile {
            facts.push(format!("**Profile** {}", code(profile)));
        }
        facts.push(format!("**Time** {}", duration(run.duration_us)));
        facts.push(format!("**Run** {}", code(&run.id)));
        let _ = writeln!(self.out, "{}\n", facts.join(" · "));
        if run.target.insecure {
            self.out
                .push_str("> **Certificates were not verified** (`--insecure`).\n\n");
        }
        for note in run
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::Warning)
        {
            self.section(|out| {
                let _ = writeln!(out, "> {}\n", prose(&note.text));
            });
        }
    }

    fn counts(&mut self, run: &Run) {
        let all = Tally::of(&run.checks);
        self.out.push_str("| suite |");
        for part in all.parts() {
            let _ = write!(self.out, " {} {} |", symbol(part.verdict), part.word);
        }
        self.out.push_str(" all |\n|---|");
        self.out.push_str(&"--:|".repeat(all.parts().len() + 1));
        self.out.push('\n');
        for suite in &run.suites {
            let tally = Tally::of(run.checks.iter().filter(|check| check.suite == suite.id));
            if tally.total() > 0 {
                self.section(|out| count_row(&prose(&suite.title), tally, out));
            }
        }
        count_row("**all**", all, &mut self.out);
        self.out.push('\n');
    }

    /// A line for each table of attributes.
    fn attributes(&mut self, run: &Run) {
        for table in &run.attributes {
            self.section(|out| {
                let _ = write!(
                    out,
                    "**Attributes that Okta sends** (SCIM {}): {}.",
                    prose(&table.scim),
                    table.tally()
                );
                for (what, mut paths) in [
                    ("Demanded, and lost", paths(table.failures())),
                    ("Delete from Okta's mapping", paths(table.to_delete())),
                ] {
                    if paths.is_empty() {
                        continue;
                    }
                    let more = paths.len().saturating_sub(NAMED);
                    paths.truncate(NAMED);
                    let _ = write!(out, " {what}: {}", paths.join(", "));
                    if more > 0 {
                        let _ = write!(out, " and {more} more");
                    }
                    out.push('.');
                }
                out.push_str("\n\n");
            });
        }
    }

    fn list(&mut self, heading: &str, groups: &[Group<'_>]) {
        if groups.is_empty() {
            return;
        }
        let count: usize = groups.iter().map(|group| group.checks.len()).sum();
        self.section(|out| {
            let _ = writeln!(
                out,
                "<details><summary>{heading}: {}</summary>\n",
                counted(count, "check")
            );
        });
        for group in groups {
            self.section(|out| {
                let _ = writeln!(out, "- {}", code(group.title));
                for check in group.checks.iter().take(NAMED) {
                    let _ = writeln!(out, "  - {} {}", code(&check.id), prose(&check.title));
                }
                if group.checks.len() > NAMED {
                    let _ = writeln!(out, "  - and {} more", group.checks.len() - NAMED);
                }
            });
        }
        self.out.push_str("\n</details>\n\n");
    }

    fn leftovers(&mut self, run: &Run) {
        if run.leftovers.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "## Left on the target\n");
        for leftover in run.leftovers.iter().take(NAMED) {
            self.section(|out| {
                let _ = writeln!(
                    out,
                    "- {} ({}): {}",
                    code(&leftover.url),
                    code(&leftover.name),
                    code(&leftover.reason)
                );
            });
        }
        if run.leftovers.len() > NAMED {
            let _ = writeln!(self.out, "- and {} more", run.leftovers.len() - NAMED);
        }
        self.out.push('\n');
    }

    fn foot(&mut self, run: &Run) {
        if self.left_out > 0 {
            let _ = writeln!(
                self.out,
                "**Truncated**: {} left out, to stay within the size that GitHub shows. The HTML report has all.\n",
                counted(self.left_out, "part")
            );
        }
        let _ = writeln!(
            self.out,
            "<sub>{} {} · seed {} · started {}</sub>",
            prose(&run.tool.name),
            prose(&run.tool.version),
            run.seed,
            prose(&run.started)
        );
    }
}

fn count_row(name: &str, tally: Tally, out: &mut String) {
    let _ = write!(out, "| {name} |");
    for part in tally.parts() {
        match part.count {
            0 => out.push_str(" |"),
            count => {
                let _ = write!(out, " {count} |");
            }
        }
    }
    let _ = writeln!(out, " {} |", tally.total());
}

/// What Okta's System Log would say: its failures, or that it has none.
fn system_log_lines(check: &CheckResult, out: &mut String) {
    const MOST: usize = 3;
    let failures = check
        .system_log
        .iter()
        .filter(|event| event.outcome == LogOutcome::Failure);
    for event in failures.take(MOST) {
        let told = format!(
            "{} {}: {}",
            event.outcome,
            event.event_type,
            system_log::reason(event)
        );
        let _ = writeln!(
            out,
            "**{}** {}\n",
            system_log::TITLE,
            code(&cut(&told, 300))
        );
    }
    if system_log::goes_unnoticed(check) {
        let _ = writeln!(
            out,
            "**{}** {}\n",
            system_log::TITLE,
            prose(system_log::UNNOTICED)
        );
    }
}

fn failure(group: &Group<'_>, blocked: usize, out: &mut String) {
    let mut tally = Vec::new();
    if group.checks.len() > 1 {
        tally.push(counted(group.checks.len(), "check"));
    }
    if blocked > 0 {
        tally.push(format!("blocks {blocked} more"));
    }
    let tally = if tally.is_empty() {
        String::new()
    } else {
        format!(" ({})", tally.join(", "))
    };
    let _ = writeln!(out, "### {}{tally}\n", code(group.title));
    for check in group.checks.iter().take(IN_FULL) {
        let _ = writeln!(
            out,
            "**{}** {} {}\n",
            symbol(check.verdict),
            code(&check.id),
            prose(&check.title)
        );
        for requirement in &check.requirements {
            let clause = prose(&requirement.clause);
            let clause = match requirement.url.as_deref().filter(|url| is_plain_url(url)) {
                Some(url) => format!("[{clause}](<{url}>)"),
                None => clause,
            };
            let _ = writeln!(
                out,
                "- {clause} {}: {}",
                code(&requirement.id),
                prose(&requirement.statement)
            );
        }
        let steps = check.steps.read();
        out.push_str("\n| at | expected | received |\n|---|---|---|\n");
        for broken in record::broken(&steps).iter().take(5) {
            let expectation = broken.expectation;
            let _ = writeln!(
                out,
                "| {} of {} | {} | {} |",
                code_cell(&expectation.at),
                prose(&broken.step.title),
                code_cell(&expectation.expected),
                code_cell(&expectation.received)
            );
        }
        out.push('\n');
        system_log_lines(check, out);
        if let Some(exchange) = record::decisive(&steps) {
            let _ = writeln!(out, "{}\n", code(&text::exchange(exchange)));
            let _ = writeln!(
                out,
                "<details><summary>curl</summary>\n\n{}\n\n</details>\n",
                fenced("sh", &curl::command(exchange))
            );
        }
        // A check that was translated from a foreign test may say neither.
        if !check.why.is_empty() || !check.fix.is_empty() {
            let _ = writeln!(
                out,
                "**Why** {}  \n**Fix** {}\n",
                prose(&check.why),
                prose(&check.fix)
            );
        }
    }
    let rest = group.checks.get(IN_FULL..).unwrap_or_default();
    if !rest.is_empty() {
        let named: Vec<String> = rest
            .iter()
            .take(NAMED)
            .map(|check| code(&check.id))
            .collect();
        let more = if rest.len() > NAMED {
            format!(" and {} more", rest.len() - NAMED)
        } else {
            String::new()
        };
        let _ = writeln!(out, "Also: {}{more}\n", named.join(", "));
    }
}

/// Whether a URL can stand in a link as it is.
fn is_plain_url(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>\"`\\|".contains(c))
}

/// Text as code: nothing in it is markup, a mention or a reference.
pub(super) fn code(text: &str) -> String {
    let text = line(text);
    let text = cut(text.trim(), 400);
    if text.is_empty() {
        return "–".to_owned();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Code for a cell of a table: in a table, a pipe ends the cell even within code.
pub(super) fn code_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

fn fenced(language: &str, text: &str) -> String {
    let text = line(text);
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Text as prose of one line: markup is escaped, and what GitHub and GitLab would link (`@name`, `#1`, `!1`, URLs) is
/// held apart by a space of no width.
pub(super) fn prose(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let links = rest
            .peek()
            .is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '{' | '['));
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' | '^' => {
                out.push('\\');
                out.push(c);
            }
            // Line by line these could begin a list or a heading; within a line they are harmless.
            '+' | '-' | '=' if out.is_empty() => {
                out.push('\\');
                out.push(c);
            }
            ':' if rest.peek() == Some(&'/') => out.push_str("\\:"),
            c => out.push(c),
        }
        if links && matches!(c, '@' | '#' | '!' | '~' | '%' | '$' | '&' | '^') {
            out.push_str("&#8203;");
        }
    }
    out.replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_can_be_neither_markup_nor_a_reference() {
        for (raw, expected) in [
            ("a|b `c` *d* _e_", r"a\|b \`c\` \*d\* \_e\_"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("@octocat fixes #1", r"@&#8203;octocat fixes \#&#8203;1"),
            ("https://h and www.h", r"https\://h and www&#46;h"),
            ("- no list\n# no heading", r"\- no list␊\# no heading"),
            ("[x](javascript:1)", r"\[x\](javascript:1)"),
            ("50% of R&D", "50% of R&amp;&#8203;D"),
        ] {
            assert_eq!(prose(raw), expected);
        }
    }

    #[test]
    fn code_holds_any_text() {
        for (raw, expected) in [
            ("plain", "`plain`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("", "–"),
            ("a\n</details>", "`a␊</details>`"),
        ] {
            assert_eq!(code(raw), expected);
        }
        assert_eq!(code_cell("a|b"), r"`a\|b`");
        assert_eq!(fenced("sh", "```x"), "````sh\n```x\n````");
    }

    #[test]
    fn links_are_plain_web_addresses() {
        assert!(is_plain_url(
            "https://www.rfc-editor.org/rfc/rfc7644#section-3.3"
        ));
        for url in [
            "javascript:alert(1)",
            "https://h/>x",
            "https://h/ x",
            "ftp://h",
        ] {
            assert!(!is_plain_url(url), "{url}");
        }
    }
}
