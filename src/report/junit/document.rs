//! The document: suites, cases and their results.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::record::{CheckResult, Run, Status, SuiteInfo, Verdict};

use super::super::sanitize::{cut, xml};
use super::super::text;
use super::class::{error_type, failure_type};
use super::output::{push_block, push_exchange};
use super::xml::{escaped_len, fitting, one_line, safe_id, timestamp};

/// The longest name of a case, in characters.
const LONGEST_NAME: usize = 240;
/// The output of one case, in bytes of XML.
const CASE_BYTES: usize = 64 * 1024;
/// The output of all cases, in bytes of XML: GitLab refuses files of more than 30 MB.
const FILE_BYTES: usize = 20 * 1000 * 1000;

/// A run as JUnit XML.
///
/// # Errors
/// What the XML writer says; nothing in a record makes it refuse.
pub fn render(run: &Run) -> Result<String, quick_junit::SerializeError> {
    let mut report = Report::new("scimitar");
    report.set_time(Duration::from_micros(run.duration_us));
    let mut writer = Writer {
        left: FILE_BYTES,
        names: HashSet::new(),
    };
    for info in suites(run) {
        let suite = writer.suite(run, &info);
        // Jenkins drops a suite without cases, and some readers refuse it.
        if !suite.test_cases.is_empty() {
            report.add_test_suite(suite);
        }
    }
    Ok(without_skipped_of_root(report.to_string()?))
}

/// The suites of a run in order, each once, with those that only its checks name.
fn suites(run: &Run) -> Vec<SuiteInfo> {
    let mut known = HashSet::new();
    let mut suites: Vec<SuiteInfo> = run
        .suites
        .iter()
        .filter(|suite| known.insert(suite.id.as_str()))
        .cloned()
        .collect();
    for check in &run.checks {
        if known.insert(check.suite.as_str()) {
            suites.push(SuiteInfo {
                id: check.suite.clone(),
                title: check.suite.clone(),
                ..SuiteInfo::default()
            });
        }
    }
    suites
}

/// The Jenkins xUnit schema knows no `skipped` on the root, and quick-junit always writes it.
fn without_skipped_of_root(xml: String) -> String {
    let Some(root) = xml.find("<testsuites ") else {
        return xml;
    };
    let Some(end) = xml.get(root..).and_then(|rest| rest.find('>')) else {
        return xml;
    };
    let Some(tag) = xml.get(root..root + end) else {
        return xml;
    };
    let Some(begin) = tag.find(" skipped=\"") else {
        return xml;
    };
    let value = begin + " skipped=\"".len();
    let Some(close) = tag.get(value..).and_then(|rest| rest.find('"')) else {
        return xml;
    };
    let mut xml = xml;
    xml.replace_range(root + begin..=root + value + close, "");
    xml
}

/// What stands where a text is cut.
const CUT: &str = "… cut; run.json has the rest";
/// What stands where a text would make the file too large.
const LEFT_OUT: &str = "left out: this file is at its limit; run.json has all";

struct Writer {
    left: usize,
    names: HashSet<(String, String)>,
}

impl Writer {
    fn suite(&mut self, run: &Run, info: &SuiteInfo) -> TestSuite {
        let mut suite = TestSuite::new(safe_id(&info.id));
        let mut micros = 0;
        for check in run.checks.iter().filter(|check| check.suite == info.id) {
            micros += check.duration_us;
            suite.add_test_case(self.case(check));
        }
        suite.set_time(Duration::from_micros(micros));
        // quick-junit writes a fraction and a zone, which the Ant schema refuses.
        suite
            .extra
            .insert("timestamp".into(), timestamp(&run.started).into());
        let seed = run.seed.to_string();
        let tool = format!("{} {}", run.tool.name, run.tool.version);
        let facts = [
            ("title", info.title.as_str()),
            ("origin", &info.origin),
            ("target", &run.target.url),
            (
                "profile",
                run.selection.profile.as_deref().unwrap_or_default(),
            ),
            ("seed", &seed),
            ("tool", &tool),
        ];
        for (name, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            suite.add_property(Property::new(name, one_line(value)));
        }
        suite
    }

    fn case(&mut self, check: &CheckResult) -> TestCase {
        let (classname, name) = self.unique(check);
        let mut case = TestCase::new(name, self.status(check));
        case.set_classname(classname);
        case.set_time(Duration::from_micros(check.duration_us));
        if let Some(output) = self.output(check) {
            case.set_system_out(output);
        }
        case
    }

    /// Class and name of a case: from ids and titles only, and no pair twice, since GitLab keeps the first of two.
    fn unique(&mut self, check: &CheckResult) -> (String, String) {
        let own = check
            .id
            .strip_prefix(&check.suite)
            .map_or(check.id.as_str(), |rest| rest.trim_start_matches('/'));
        let classname = format!("scim.{}", safe_id(&check.suite).replace(['.', '/'], "_"));
        let title = xml(&check.title).replace('\n', " ");
        let name = cut(&format!("{}: {title}", safe_id(own)), LONGEST_NAME).into_owned();
        let mut unique = (classname, name);
        let mut count = 1;
        while !self.names.insert(unique.clone()) {
            count += 1;
            unique.1 = format!(
                "{} ({count})",
                cut(&format!("{}: {title}", safe_id(own)), LONGEST_NAME - 8)
            );
        }
        unique
    }

    /// What a case that did not simply pass has to show: the exchanges, or a warning.
    fn output(&mut self, check: &CheckResult) -> Option<String> {
        let mut output = String::new();
        match check.verdict {
            Verdict::Pass | Verdict::Skip => return None,
            Verdict::Warn => {
                let _ = writeln!(output, "warning: {}", one_line(text::reason(check)));
            }
            Verdict::Waived | Verdict::Fail | Verdict::Inconclusive => {}
        }
        if self.left == 0 {
            output.push_str(LEFT_OUT);
            return Some(output);
        }
        // A case with a failure or an error has the block in that.
        let is_told = check.status == Status::Stable
            && matches!(check.verdict, Verdict::Fail | Verdict::Inconclusive);
        if !is_told {
            push_block(check, &mut output);
        }
        for step in check.steps.each() {
            let _ = writeln!(output, "\n── {}", one_line(&step.title));
            for exchange in &step.exchanges {
                if output.len() <= CASE_BYTES {
                    push_exchange(exchange, &mut output);
                }
            }
            for caused in &step.caused {
                if output.len() <= CASE_BYTES {
                    let _ = writeln!(output, "── sent by {}", one_line(&caused.by));
                    push_exchange(&caused.exchange, &mut output);
                }
            }
        }
        (!output.is_empty()).then(|| self.spend(output))
    }

    /// A text cut to what a case may hold; what the file may hold shrinks by it.
    fn spend(&mut self, text: String) -> String {
        let kept = fitting(&text, CASE_BYTES);
        let text = if kept.len() == text.len() {
            text
        } else {
            format!("{kept}\n{CUT}")
        };
        self.left = self.left.saturating_sub(escaped_len(&text));
        text
    }

    fn status(&mut self, check: &CheckResult) -> TestCaseStatus {
        let reason = text::reason(check);
        let not_gating = match check.status {
            Status::Stable => None,
            Status::Preview | Status::Deprecated => Some(check.status.word()),
        };
        match (check.verdict, not_gating) {
            (Verdict::Pass | Verdict::Warn, _) => TestCaseStatus::success(),
            (Verdict::Fail, None) => {
                self.non_success(NonSuccessKind::Failure, failure_type(check), check)
            }
            (Verdict::Inconclusive, None) => {
                self.non_success(NonSuccessKind::Error, error_type(check), check)
            }
            (Verdict::Fail, Some(word)) => skipped(word, &format!("{word}: would fail: {reason}")),
            (Verdict::Inconclusive, Some(word)) => {
                skipped(word, &format!("{word}: could not be judged: {reason}"))
            }
            (Verdict::Skip, _) => skipped("not-offered", reason),
            (Verdict::Waived, _) => skipped(
                "waived",
                &format!(
                    "waived: {}",
                    reason.strip_prefix("waived: ").unwrap_or(reason)
                ),
            ),
        }
    }

    fn non_success(
        &mut self,
        kind: NonSuccessKind,
        class: &str,
        check: &CheckResult,
    ) -> TestCaseStatus {
        let message = one_line(text::reason(check));
        // Readers that know no `message` show the text, so it begins with it.
        let mut description = format!("{message}\n\n");
        if self.left == 0 {
            description.push_str(LEFT_OUT);
        } else {
            push_block(check, &mut description);
            description = self.spend(description);
        }
        let mut status = TestCaseStatus::non_success(kind);
        status
            .set_type(class)
            .set_message(message)
            .set_description(description);
        status
    }
}

fn skipped(class: &str, reason: &str) -> TestCaseStatus {
    let message = one_line(reason);
    let mut status = TestCaseStatus::skipped();
    // GitLab and dorny/test-reporter read the text, others the attribute.
    status
        .set_type(class)
        .set_message(message.clone())
        .set_description(message);
    status
}
