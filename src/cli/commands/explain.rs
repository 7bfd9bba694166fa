//! `scimitar explain ID`: what a check wants, why, and how to mend it; or what else has an id.

use std::fmt::Write as _;

use crate::cli::args::{ExplainArgs, GlobalArgs};
use crate::cli::configuration;
use crate::cli::exit::{self, Failure};
use crate::cli::library;
use crate::cli::settings::nearest;
use crate::cli::terminal::Terminal;
use crate::engine::Choice;
use crate::engine::selection::Selector;
use crate::record::TestPlan;
use crate::report::paragraph::wrapped;
use crate::server::{FAULTS, Fault, VARIATIONS, Variation};
use crate::suite::template::{Expression, Part, Segment, text_of};
use crate::suite::{
    Action, Check, Library, PlanCatalogue, Profile, RequestTemplate, Requirement, Step, Suite,
    Template,
};

/// Explains.
///
/// # Errors
/// When there is nothing of that id.
pub(super) fn run(
    args: &ExplainArgs,
    global: &GlobalArgs,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let library = library::load(&configuration.typed)?;
    let width = terminal.width;
    let id = args.id.as_str();
    let checks = find_checks(&library, id);
    let text = match checks.as_slice() {
        [(suite, check)] => check_text(suite, check, &library, width),
        [] => of_another_kind(id, &library, width).ok_or_else(|| unknown(id, &library))?,
        several => {
            let help = several
                .iter()
                .map(|(suite, check)| format!("scimitar explain {}/{}", suite.id, check.id));
            return Err(Failure::Usage {
                message: format!("several suites have a check `{id}`"),
                help: help.collect(),
            });
        }
    };
    terminal.print(&text);
    Ok(exit::OK)
}

/// What is no check: a requirement, a plan, a fault, a variation, a suite or a profile.
fn of_another_kind(id: &str, library: &Library, width: usize) -> Option<String> {
    let of_requirement = || Some(requirement_text(requirement(id, library)?, library, width));
    let of_plan = || Some(plan_text(plan(id, library)?, library, width));
    let of_fault = || Some(fault_text(fault(id)?, library, width));
    let of_variation = || Some(variation_text(variation(id)?, library, width));
    let of_suite = || {
        let mut suites = library.suites.iter();
        let suite = suites.find(|suite| suite.id == id)?;
        Some(suite_text(suite, library, width))
    };
    let of_profile = || {
        let mut profiles = library.profiles.values();
        let profile = profiles.find(|profile| profile.name == id)?;
        Some(profile_text(profile, width))
    };
    of_requirement()
        .or_else(of_plan)
        .or_else(of_fault)
        .or_else(of_variation)
        .or_else(of_suite)
        .or_else(of_profile)
}

/// A requirement by its id, or a case of a plan as the plan itself calls it (`C9290`).
fn requirement<'a>(id: &str, library: &'a Library) -> Option<&'a Requirement> {
    let of_plan = |plan: &PlanCatalogue| {
        library
            .requirements
            .get(&format!("{}-{id}", plan.plan.id))
            .filter(|found| found.plan)
    };
    let known = library.requirements.get(id);
    known.or_else(|| library.plans.iter().find_map(of_plan))
}

fn plan<'a>(id: &str, library: &'a Library) -> Option<&'a PlanCatalogue> {
    library.plans.iter().find(|plan| plan.plan.id == id)
}

fn fault(id: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.id == id)
}

fn variation(id: &str) -> Option<&'static Variation> {
    VARIATIONS.iter().find(|variation| variation.id == id)
}

/// The checks of an id: whole, without its suite, of a row, or a former one.
fn find_checks<'a>(library: &'a Library, id: &str) -> Vec<(&'a Suite, &'a Check)> {
    let (first, rest) = id.split_once('/').unwrap_or(("", id));
    let named = |suite: &Suite, check: &Check| {
        let name = if first.is_empty() { id } else { rest };
        let name = name.split('/').next().unwrap_or_default();
        (first.is_empty() || suite.id == first)
            && (check.id == name || check.aliases.iter().any(|alias| alias == name))
    };
    let of = |only_named: bool| -> Vec<(&Suite, &Check)> {
        library
            .suites
            .iter()
            .filter(|suite| suite.only_named == only_named)
            .flat_map(|suite| suite.checks.iter().map(move |check| (suite, &**check)))
            .filter(|(suite, check)| named(suite, check))
            .collect()
    };
    // A check of the user's own suites comes before one that is built in.
    Some(of(false))
        .filter(|found| !found.is_empty())
        .unwrap_or_else(|| of(true))
}

fn unknown(id: &str, library: &Library) -> Failure {
    let mut words: Vec<String> = library.requirements.keys().cloned().collect();
    words.extend(library.plans.iter().map(|plan| plan.plan.id.clone()));
    words.extend(FAULTS.iter().map(|fault| fault.id.to_owned()));
    words.extend(VARIATIONS.iter().map(|variation| variation.id.to_owned()));
    words.extend(library.profiles.keys().cloned());
    for suite in &library.suites {
        words.push(suite.id.clone());
        for check in &suite.checks {
            words.push(format!("{}/{}", suite.id, check.id));
            if !id.contains('/') {
                words.push(check.id.clone());
            }
        }
    }
    Failure::Usage {
        message: format!(
            "there is no check, suite, profile, requirement, fault or variation `{id}`{}",
            nearest(id, words.iter().map(String::as_str))
        ),
        help: vec![
            "scimitar list shows the checks, with --suites-only suites and profiles".to_owned(),
            "scimitar serve --list-faults and --list-variations show the rest".to_owned(),
        ],
    }
}

fn check_text(suite: &Suite, check: &Check, library: &Library, width: usize) -> String {
    let title = shown(&check.title);
    let mut text = format!("{}/{}\n", suite.id, check.id);
    paragraph(&mut text, "", &title, width);
    let _ = writeln!(
        text,
        "\nLevel    {} ({})\nSuite    {} (SCIM {})\nPlace    {}",
        check.level,
        check.status,
        suite.title,
        suite.scim.word(),
        check.location
    );
    if !check.tags.is_empty() {
        let _ = writeln!(text, "Tags     {}", check.tags.join(", "));
    }
    if !check.requirements.is_empty() {
        text.push_str("\nRequirements\n");
        for id in &check.requirements {
            requirement_line(&mut text, id, library, width);
        }
    }
    for (title, prose) in [("Why", &check.why), ("Fix", &check.fix)] {
        if !prose.is_empty() {
            heading(&mut text, title, prose, width);
        }
    }
    text.push_str("\nSteps\n");
    for given in &check.given {
        let count = given
            .count
            .map_or_else(String::new, |count| format!(" ×{count}"));
        let _ = writeln!(text, "  given {}{count}", given.fixture.word());
    }
    for step in &check.arrange {
        let _ = writeln!(text, "  first {}", step_words(step));
    }
    for (place, step) in check.steps.iter().enumerate() {
        let _ = writeln!(text, "  {}. {}", place + 1, step_words(step));
    }
    if !check.always.is_empty() {
        let what = "looks at every exchange of the run";
        let _ = writeln!(text, "  {what}");
    }
    for step in &check.undisturbed {
        let _ = writeln!(text, "  if something is broken: {}", step_words(step));
    }
    if check.matrix.is_some() {
        let _ = writeln!(
            text,
            "\nEach row of its table is a check by itself: scimitar list --check '{}/{}' --rows",
            suite.id, check.id
        );
    }
    if !check.faults.is_empty() {
        text.push_str("\nProved by the faults (scimitar run --fault ID)\n");
        for id in &check.faults {
            let title = fault(id).map_or("", |fault| fault.title);
            paragraph(&mut text, "  ", &format!("{id}: {title}"), width);
        }
    }
    if !check.beyond.is_empty() {
        text.push_str(
            "\nIt asks for more than these lawful choices (scimitar run --variation ID)\n",
        );
        for id in &check.beyond {
            let title = variation(id).map_or("", |variation| variation.title);
            paragraph(&mut text, "  ", &format!("{id}: {title}"), width);
        }
    }
    text
}

fn requirement_line(text: &mut String, id: &str, library: &Library, width: usize) {
    match library.requirements.get(id) {
        Some(known) => {
            paragraph(text, "  ", &format!("{id} ({})", known.clause), width);
            paragraph(text, "    ", &known.statement, width);
            if let Some(url) = &known.url {
                let _ = writeln!(text, "    {url}");
            }
            for (label, rest) in [("because", &known.because), ("remains", &known.remains)] {
                if let Some(rest) = rest {
                    paragraph(text, "    ", &format!("{label}: {rest}"), width);
                }
            }
        }
        None => {
            let _ = writeln!(text, "  {id}");
        }
    }
}

fn requirement_text(requirement: &Requirement, library: &Library, width: usize) -> String {
    let mut text = format!("{} ({})\n", requirement.id, requirement.clause);
    paragraph(&mut text, "", &requirement.statement, width);
    let _ = writeln!(text, "\nLevel    {}", requirement.level);
    if let Some(url) = &requirement.url {
        let _ = writeln!(text, "Source   {url}");
    }
    if let Some(because) = &requirement.because {
        heading(&mut text, "Why no check can show it", because, width);
    }
    if let Some(remains) = &requirement.remains {
        heading(&mut text, "What remains to look at", remains, width);
    }
    cited(
        &mut text,
        "\nChecks that cite it\n",
        |check| check.requirements.contains(&requirement.id),
        library,
    );
    if !requirement.testable && requirement.because.is_none() {
        text.push_str("\nIt can't be tested from outside, or needs no check of its own.\n");
    }
    let breaking: Vec<&Fault> = FAULTS
        .iter()
        .filter(|fault| fault.requirement == requirement.id)
        .collect();
    if !breaking.is_empty() {
        text.push_str("\nFaults of the embedded server that break it\n");
        for fault in breaking {
            paragraph(
                &mut text,
                "  ",
                &format!("{}: {}", fault.id, fault.title),
                width,
            );
        }
    }
    text
}

/// A plan's cases by its parts, with what shows each.
fn plan_text(plan: &PlanCatalogue, library: &Library, width: usize) -> String {
    let TestPlan {
        id,
        title,
        url,
        cases,
        ..
    } = &plan.plan;
    let mut text = format!("{id}\n");
    paragraph(
        &mut text,
        "",
        &format!("{title}: {} cases", cases.len()),
        width,
    );
    if let Some(url) = url {
        let _ = writeln!(text, "{url}");
    }
    let mut area = "";
    for case in cases {
        if case.area != area {
            area = &case.area;
            let _ = writeln!(text, "\n{area}");
        }
        let checks = library.suites.iter().flat_map(|suite| &suite.checks);
        let citing = checks.filter(|check| check.requirements.contains(&case.id));
        let shown = match (&case.because, citing.count()) {
            (Some(_), _) => "Okta alone".to_owned(),
            (None, 1) => "1 check".to_owned(),
            (None, count) => format!("{count} checks"),
        };
        let rest = if case.remains.is_some() {
            ", and a part to look at"
        } else {
            ""
        };
        let line = format!("{} ({shown}{rest}): {}", case.id, case.statement);
        paragraph(&mut text, "  ", &line, width);
    }
    let _ = writeln!(text, "\nOne of them: scimitar explain ID");
    text
}

fn fault_text(fault: &Fault, library: &Library, width: usize) -> String {
    let mut text = format!("{}\n", fault.id);
    paragraph(&mut text, "", fault.title, width);
    text.push_str("\nIt breaks\n");
    requirement_line(&mut text, fault.requirement, library, width);
    cited(
        &mut text,
        "\nChecks that catch it\n",
        |check| check.faults.iter().any(|id| id == fault.id),
        library,
    );
    let _ = writeln!(text, "\nTry it: scimitar run --fault {}", fault.id);
    text
}

fn variation_text(variation: &Variation, library: &Library, width: usize) -> String {
    let mut text = format!("{}\n", variation.id);
    paragraph(&mut text, "", variation.title, width);
    text.push_str("\nWhat leaves the choice\n");
    requirement_line(&mut text, variation.allowed_by, library, width);
    cited(
        &mut text,
        "\nChecks that ask for more\n",
        |check| check.beyond.iter().any(|id| id == variation.id),
        library,
    );
    let _ = writeln!(text, "\nTry it: scimitar run --variation {}", variation.id);
    text
}

fn suite_text(suite: &Suite, library: &Library, width: usize) -> String {
    let mut text = format!("{}\n", suite.id);
    paragraph(&mut text, "", &suite.title, width);
    let _ = writeln!(
        text,
        "\nSCIM     {}\nChecks   {}\nPlace    {}",
        suite.scim.word(),
        suite.checks.len(),
        suite.location
    );
    if !suite.origin.is_empty() {
        heading(&mut text, "Made from", &suite.origin, width);
    }
    let wants = |profile: &&Profile| {
        let choice = Choice {
            profile: Some(profile.name.clone()),
            ..Choice::default()
        };
        Selector::new(&choice, library).is_ok_and(|selector| selector.takes_suite(suite))
    };
    let profiles = library.profiles.values().filter(wants);
    let profiles: Vec<&str> = profiles.map(|profile| profile.name.as_str()).collect();
    if !profiles.is_empty() {
        heading(&mut text, "Profiles", &profiles.join(", "), width);
    }
    if suite.on_demand {
        text.push_str("\nIt runs where a profile, --suite or --check names it.\n");
    }
    let _ = writeln!(text, "\nIts checks: scimitar list --suite '{}'", suite.id);
    text
}

fn profile_text(profile: &Profile, width: usize) -> String {
    let mut text = format!("{}\n", profile.name);
    paragraph(&mut text, "", &profile.title, width);
    let _ = writeln!(text, "\nPlace    {}", profile.location);
    heading(&mut text, "Suites", &profile.suites.join(", "), width);
    let _ = writeln!(
        text,
        "\nIts checks: scimitar list --profile {}",
        profile.name
    );
    text
}

fn cited(text: &mut String, title: &str, wanted: impl Fn(&Check) -> bool, library: &Library) {
    let mut first = true;
    for suite in &library.suites {
        for check in suite.checks.iter().filter(|check| wanted(check)) {
            if std::mem::take(&mut first) {
                text.push_str(title);
            }
            let _ = writeln!(
                text,
                "  {:<6} {}/{}",
                check.level.word(),
                suite.id,
                check.id
            );
        }
    }
}

/// A step in a few words: its name, or its request; and what must hold.
fn step_words(step: &Step) -> String {
    let action = match &step.action {
        Action::Request(request) => request_words(request),
        Action::Parallel(members) => {
            let requests: Vec<String> = members
                .iter()
                .map(|member| format!("{}× {}", member.requests, step_words(&member.step)))
                .collect();
            format!("at the same moment: {}", requests.join(", "))
        }
        Action::Paginate(walk) => format!("all pages of {}", request_words(&walk.request)),
        Action::Pause(time) => format!("pause of {time:?}"),
        Action::Wait(time) => format!("wait for {time:?}"),
    };
    let mut words = match &step.name {
        Some(name) => format!("{name}: {action}"),
        None => action,
    };
    if let Some(poll) = step.poll {
        let _ = write!(words, ", repeated for up to {:?}", poll.within);
    }
    words
}

fn request_words(request: &RequestTemplate) -> String {
    let mut words = format!("{} {}", request.method, shown(&request.path));
    for (place, (name, value)) in request.query.iter().enumerate() {
        let separator = if place == 0 { '?' } else { '&' };
        let _ = write!(words, "{separator}{name}={}", shown(value));
    }
    words
}

/// A template with the names of what is filled in: `/Users/{user.id}`.
fn shown(template: &Template) -> String {
    match template {
        Template::Literal(value) => text_of(value),
        Template::Whole(expression) => variable(expression),
        Template::Text(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Value(expression) => variable(expression),
            })
            .collect(),
        Template::List(_) | Template::Map(_) | Template::Each { .. } | Template::Merge(_) => {
            "…".to_owned()
        }
    }
}

fn variable(expression: &Expression) -> String {
    if expression.root == "row" {
        // A matrix has a row's value here.
        return "…".to_owned();
    }
    let mut words = format!("{{{}", expression.root);
    for segment in &expression.path {
        match segment {
            Segment::Name(name) => {
                words.push('.');
                words.push_str(name);
            }
            Segment::Index(index) => {
                let _ = write!(words, "[{index}]");
            }
            Segment::All => words.push_str("[*]"),
            Segment::Slice(start, end) => {
                let _ = write!(words, "[{start}:{end}]");
            }
        }
    }
    words.push('}');
    words
}

fn heading(text: &mut String, title: &str, body: &str, width: usize) {
    let _ = writeln!(text, "\n{title}");
    paragraph(text, "  ", body, width);
}

/// Text in lines that fit.
fn paragraph(text: &mut String, indent: &str, body: &str, width: usize) {
    let words: Vec<&str> = body.split_whitespace().collect();
    if !words.is_empty() {
        let lines = wrapped(&words.join(" "), width, indent.len());
        let _ = writeln!(text, "{indent}{lines}");
    }
}
