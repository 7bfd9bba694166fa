//! What becomes of the attributes, for people: a line each, what was sent and came back below, then what to do.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::library::counted;
use super::paint::paint;
use super::terminal::Terminal;
use crate::attributes::Document;
use crate::record::{
    Attribute, AttributeDemand, AttributeOrigin, AttributeOutcome, AttributeTable, AttributeWrite,
};
use crate::report::columns::columns;
use crate::report::paragraph::wrapped_from;
use crate::report::sanitize::line;

/// The longest line, where the terminal is wider: longer ones are hard to read.
const WIDEST: usize = 80;
/// Where the outcome of the create begins.
const CREATE: usize = 46;
/// Where that of the update begins.
const UPDATE: usize = 60;
/// Where details begin.
const INDENT: usize = 6;

/// The table as text.
pub(super) fn render(document: &Document, terminal: &Terminal) -> String {
    let mut page = Page {
        width: terminal.width.min(WIDEST),
        color: terminal.people_color(),
        out: String::new(),
    };
    let table = &document.table;
    if terminal.quiet {
        page.verdict(table);
        return page.out;
    }
    page.head(document);
    page.table(table);
    page.problems(table);
    page.tally(table);
    page.verdict(table);
    page.delete(table);
    if page.keep(table) {
        // The block is long: what counts stands below it once more.
        page.out.push('\n');
        page.verdict(table);
    }
    page.out
}

/// What is left on the target, and how to remove it.
pub(super) fn leftovers(document: &Document, by_hand: &str) -> String {
    let mut out = String::from("\nLeft on the target:\n");
    for left in &document.leftovers {
        let text = format!("{} ({}): {}", left.url, left.name, left.reason);
        let _ = writeln!(out, "  {}", line(&text));
    }
    if document.target.embedded {
        out.push_str("The embedded server forgets it at its end.\n");
    } else {
        let _ = writeln!(out, "Remove it by:\n  {}", line(by_hand));
    }
    out
}

struct Page {
    width: usize,
    color: bool,
    out: String,
}

impl Page {
    fn head(&mut self, document: &Document) {
        let embedded = if document.target.embedded {
            ", the embedded server"
        } else {
            ""
        };
        let head = format!(
            "Attributes of users at {} ({}){embedded}, SCIM {}",
            document.target.url, document.target.authentication, document.table.scim
        );
        self.text(&line(&head), 0, 2);
    }

    fn table(&mut self, table: &AttributeTable) {
        for (origin, title) in [
            (AttributeOrigin::Core, "Core"),
            (AttributeOrigin::Enterprise, "Enterprise extension"),
            (AttributeOrigin::Custom, "The target's own"),
        ] {
            let own = table.attributes.iter();
            let own: Vec<&Attribute> = own.filter(|one| one.origin == origin).collect();
            if own.is_empty() {
                continue;
            }
            let padding = CREATE - columns(title);
            let title = paint(self.color, Style::new().bold(), title);
            let between = UPDATE - CREATE;
            let _ = writeln!(
                self.out,
                "\n{title}{:padding$}{:between$}update",
                "", "create"
            );
            for attribute in own {
                self.attribute(attribute, table);
            }
        }
        self.legend(table);
    }

    fn attribute(&mut self, attribute: &Attribute, table: &AttributeTable) {
        let mark = mark(attribute);
        let path = match attribute.origin {
            // The heading says of which schema they are.
            AttributeOrigin::Enterprise => attribute.path.rsplit(':').next().unwrap_or_default(),
            AttributeOrigin::Core | AttributeOrigin::Custom => &attribute.path,
        };
        let path = line(path);
        let used = 4 + columns(&path);
        let _ = write!(self.out, "  {mark} {path}");
        if used >= CREATE {
            let _ = write!(self.out, "\n{:CREATE$}", "");
        } else {
            let _ = write!(self.out, "{:1$}", "", CREATE - used);
        }
        let word = attribute.create.outcome.created();
        let _ = write!(
            self.out,
            "{}",
            paint(self.color, style(attribute.create.outcome), word)
        );
        if let Some(update) = &attribute.update {
            let padding = (UPDATE - CREATE).saturating_sub(word.len());
            let word = paint(self.color, style(update.outcome), update.outcome.updated());
            let _ = write!(self.out, "{:padding$}{word}", "");
        }
        self.out.push('\n');
        self.details("", &attribute.create, None, table);
        if let Some(listed) = &attribute.listed {
            let text = match listed.as_str() {
                "" => "the lookup shows nothing of it".to_owned(),
                listed => format!("the lookup shows {listed}"),
            };
            let text = paint(self.color, AnsiColor::Yellow.on_default(), &line(&text));
            self.text(&text, INDENT, INDENT + 2);
        }
        if let Some(update) = &attribute.update {
            let told = attribute.create.reason.as_deref();
            self.details("update: ", update, told, table);
        }
    }

    /// What was sent and came back, and why.
    fn details(
        &mut self,
        what: &str,
        write: &AttributeWrite,
        told: Option<&str>,
        table: &AttributeTable,
    ) {
        use AttributeOutcome::{Altered, Normalised};
        if matches!(write.outcome, Normalised | Altered) {
            let sent = write.sent.as_deref().unwrap_or("nothing");
            let received = write.received.as_deref().unwrap_or("nothing");
            let text = format!("{what}sent {sent}, came back {received}");
            self.text(&line(&text), INDENT, INDENT + 2);
        }
        let Some(reason) = &write.reason else { return };
        // What holds of all is told once, below.
        let told = told == Some(reason)
            || table
                .problems
                .iter()
                .any(|problem| problem.ends_with(reason.as_str()));
        // What keeps several from being told is no word about this one.
        let all = table.attributes.iter();
        let writes = all.flat_map(|one| std::iter::once(&one.create).chain(&one.update));
        let shared = || {
            writes
                .filter(|one| one.reason.as_ref() == Some(reason))
                .count()
                > 1
        };
        if !told && (write.outcome != AttributeOutcome::Unjudged || !shared()) {
            self.text(&line(&format!("{what}{reason}")), INDENT, INDENT + 2);
        }
    }

    fn legend(&mut self, table: &AttributeTable) {
        let has = |mark: char| table.attributes.iter().any(|one| self::mark(one) == mark);
        let mut legend = String::from("\n");
        for (mark, meaning) in [
            ('*', "Okta demands it"),
            ('+', "it is mapped, and so demanded (okta.attributes)"),
            ('o', "Okta sends it in any case"),
            ('-', "it is not mapped (okta.attributes)"),
        ] {
            if has(mark) {
                let _ = writeln!(legend, "  {mark} {meaning}");
            }
        }
        self.out.push_str(&legend);
    }

    fn problems(&mut self, table: &AttributeTable) {
        if table.problems.is_empty() {
            return;
        }
        let title = paint(self.color, AnsiColor::Yellow.on_default().bold(), "Besides");
        let _ = writeln!(self.out, "\n{title}");
        for problem in &table.problems {
            self.text(&format!("- {}", line(problem)), 2, 4);
        }
    }

    fn delete(&mut self, table: &AttributeTable) {
        let paths: Vec<&str> = table.to_delete().map(|one| one.path.as_str()).collect();
        if paths.is_empty() {
            return;
        }
        let title = format!("Delete from Okta's mapping ({})", paths.len());
        let title = paint(self.color, Style::new().bold(), &title);
        let _ = writeln!(self.out, "\n{title}");
        for path in paths {
            let _ = writeln!(self.out, "  {}", line(path));
        }
    }

    /// The block for `scimitar.toml`; says whether there is one.
    fn keep(&mut self, table: &AttributeTable) -> bool {
        let paths: Vec<&str> = table.to_keep().map(|one| one.path.as_str()).collect();
        if paths.is_empty() {
            return false;
        }
        let title = format!("Keep ({}), for scimitar.toml", paths.len());
        let title = paint(self.color, Style::new().bold(), &title);
        let _ = writeln!(self.out, "\n{title}\n\n[okta.attributes]\nmapped = [");
        for path in paths {
            let path = line(path);
            let quoted = if path.contains('"') && !path.contains('\'') {
                format!("'{path}'")
            } else {
                format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
            };
            let _ = writeln!(self.out, "  {quoted},");
        }
        self.out.push_str("]\n");
        true
    }

    fn tally(&mut self, table: &AttributeTable) {
        let tally = format!(
            "{}: {}; by {}.",
            counted(table.attributes.len(), "attribute"),
            table.tally(),
            counted(table.requests, "request")
        );
        self.out.push('\n');
        self.text(&tally, 0, 2);
    }

    fn verdict(&mut self, table: &AttributeTable) {
        let lost: Vec<String> = table
            .failures()
            .map(|one| format!("{} ({})", one.path, failure(one)))
            .collect();
        let untold = table.unjudged().count();
        let others = match untold {
            0 => String::new(),
            count => format!("; {count} of {} could not be told", table.attributes.len()),
        };
        let (text, style) = if !lost.is_empty() {
            let text = format!("What is demanded does not arrive: {}", lost.join(", "));
            (text, AnsiColor::Red)
        } else if table.is_undecided() {
            let text = "It could not be told whether what Okta demands arrives";
            (text.to_owned(), AnsiColor::Magenta)
        } else if untold > 0 {
            ("What is demanded arrives".to_owned(), AnsiColor::Yellow)
        } else {
            ("What is demanded arrives".to_owned(), AnsiColor::Green)
        };
        let text = wrapped_from(&line(&format!("{text}{others}.")), self.width, 0, 2);
        let text = paint(self.color, style.on_default().bold(), &text);
        let _ = writeln!(self.out, "{text}");
    }

    fn text(&mut self, text: &str, first: usize, indent: usize) {
        let text = wrapped_from(text, self.width, first, indent);
        let _ = writeln!(self.out, "{:first$}{text}", "");
    }
}

const fn mark(attribute: &Attribute) -> char {
    match (attribute.demanded, attribute.always, attribute.mapped) {
        (Some(AttributeDemand::Okta), _, _) => '*',
        (Some(AttributeDemand::Mapping), _, _) => '+',
        (None, true, _) => 'o',
        (None, false, true) => ' ',
        (None, false, false) => '-',
    }
}

/// Which of its outcomes is the failure.
fn failure(attribute: &Attribute) -> &'static str {
    let created = attribute.create.outcome;
    match &attribute.update {
        Some(update) if update.outcome == AttributeOutcome::Lost && attribute.is_kept() => {
            "lost by an update"
        }
        _ => created.created(),
    }
}

const fn style(outcome: AttributeOutcome) -> Style {
    match outcome {
        AttributeOutcome::Stored => AnsiColor::Green.on_default(),
        AttributeOutcome::Unseen => Style::new(),
        AttributeOutcome::Normalised | AttributeOutcome::Altered | AttributeOutcome::Ignored => {
            AnsiColor::Yellow.on_default()
        }
        AttributeOutcome::Lost | AttributeOutcome::Refused => AnsiColor::Red.on_default().bold(),
        AttributeOutcome::Unjudged => AnsiColor::Magenta.on_default(),
    }
}
