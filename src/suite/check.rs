//! Suites and checks, as the loader gives them: whole, with positions, templates still to fill in.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::condition::Condition;
use super::expect::Entry;
use super::step::{Action, FixtureChoice, ParallelMember, Step};
use super::template::Template;
use crate::record::{Level, Location, Status};

/// The SCIM version that a suite speaks. It chooses the base URL and the shape of lists and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dialect {
    /// SCIM 1.1
    V1,
    /// SCIM 2.0 (RFC 7643, RFC 7644)
    #[default]
    V2,
}

impl Dialect {
    /// `1.1` or `2.0`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::V1 => "1.1",
            Self::V2 => "2.0",
        }
    }
}

/// A suite file.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The first part of the ids of its checks.
    pub id: String,
    /// One line.
    pub title: String,
    /// What it was made from.
    pub origin: String,
    /// The format that it was translated from, if it was.
    pub imported: Option<String>,
    /// Whether its checks run one after another and share what they capture.
    pub sequence: bool,
    /// Values from outside: `${var.NAME}`.
    pub parameters: Vec<Parameter>,
    /// Servers besides the target: name → what it is, for people.
    pub services: Vec<(String, String)>,
    /// What its own texts use of the parameters.
    pub uses: Vec<Use>,
    /// The dialect.
    pub scim: Dialect,
    /// Headers of each request; `None` leaves a default header out.
    pub headers: Vec<(String, Option<Template>)>,
    /// `Content-Type` of requests with a body; the dialect's media type if there is none.
    pub content_type: Option<String>,
    /// Variables of all checks, in order.
    pub variables: Vec<(String, Template)>,
    /// The checks, in order.
    pub checks: Vec<Arc<Check>>,
    /// Whether it lies below the suites that are there to run, and runs only where it is named.
    pub only_named: bool,
    /// Whether it runs where a profile, `--suite` or `--check` names it, and not by itself.
    pub on_demand: bool,
    /// The file.
    pub location: Location,
}

/// A value from outside.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What holds if nobody gives it; without one it has to be given.
    pub default: Option<Template>,
    /// Where it stands.
    pub location: Location,
}

/// A place where something that others give is used: a parameter, or what an earlier check of a sequence captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// `var` or the variable.
    pub root: String,
    /// The first name after it.
    pub name: Option<String>,
    /// Where.
    pub location: Location,
}

/// A check, before its matrix is expanded.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id within the suite.
    pub id: String,
    /// One sentence; may hold `${row.…}`.
    pub title: Template,
    /// How binding it is.
    pub level: Level,
    /// Where it is in its life.
    pub status: Status,
    /// The version that brought it.
    pub since: Option<String>,
    /// Former ids.
    pub aliases: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// What it cites.
    pub requirements: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// How to mend it.
    pub fix: String,
    /// The faults of the embedded server that it catches.
    pub faults: Vec<String>,
    /// The lawful variations of the embedded server that are not enough for it: it asks for more than the standard.
    pub beyond: Vec<String>,
    /// What the target must offer.
    pub when: Option<Condition>,
    /// Why it is not run.
    pub skip: Option<String>,
    /// Earlier checks of the sequence that must have been run.
    pub needs: Vec<String>,
    /// What its texts use of parameters and variables.
    pub uses: Vec<Use>,
    /// Whether it runs alone.
    pub exclusive: bool,
    /// How long it may take.
    pub budget: Duration,
    /// Its variables, in order.
    pub variables: Vec<(String, Template)>,
    /// The fixtures that it needs.
    pub given: Vec<Given>,
    /// Steps that prepare.
    pub arrange: Vec<Step>,
    /// Its table.
    pub matrix: Option<Matrix>,
    /// What is tested.
    pub steps: Vec<Step>,
    /// What must hold for every exchange that any check of the run has with the target in this dialect.
    pub always: Vec<Entry>,
    /// Steps that hold as long as nobody else changes what is tested; asked when something is broken.
    pub undisturbed: Vec<Step>,
    /// Steps that always run at the end.
    pub cleanup: Vec<Step>,
    /// Where it stands.
    pub location: Location,
}

impl Check {
    /// Whether the check changes nothing on the target, so that `--read-only` may run it.
    pub fn is_read_only(&self) -> bool {
        self.given.is_empty()
            && [&self.arrange, &self.steps, &self.undisturbed, &self.cleanup]
                .into_iter()
                .flatten()
                .all(Step::is_read_only)
    }

    /// All its steps, in order.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        [&self.arrange, &self.steps, &self.cleanup]
            .into_iter()
            .flatten()
    }

    /// Whether several of its requests change one resource at the same moment: each is answered with what the others
    /// have left by then.
    pub fn races_for_one(&self) -> bool {
        self.all_steps().any(|step| {
            let Action::Parallel(members) = &step.action else {
                return false;
            };
            let changes = |member: &ParallelMember| match &member.step.action {
                Action::Request(request) if matches!(request.method.as_str(), "PATCH" | "PUT") => {
                    Some(request.path.clone())
                }
                _ => None,
            };
            let paths: Vec<Template> = members.iter().filter_map(changes).collect();
            let mut places = paths.iter().enumerate();
            places.any(|(place, path)| paths.iter().skip(place + 1).any(|other| other == path))
        })
    }

    /// How long it pauses in all, as it is written.
    pub fn pauses(&self) -> Duration {
        let pause = |step: &Step| match step.action {
            Action::Pause(time) => Some(time),
            _ => None,
        };
        self.all_steps().filter_map(pause).sum()
    }

    /// How long it waits in all because the protocol is about time.
    pub fn waits(&self) -> Duration {
        let wait = |step: &Step| match step.action {
            Action::Wait(time) => Some(time),
            _ => None,
        };
        self.all_steps().filter_map(wait).sum()
    }
}

/// A fixture that a check needs.
#[derive(Debug, Clone)]
pub struct Given {
    /// The variable.
    pub name: String,
    /// The fixture.
    pub fixture: FixtureChoice,
    /// Members that differ from the fixture's body; `null` removes one.
    pub with: Option<Template>,
    /// How many; the variable is a list if it is given.
    pub count: Option<usize>,
    /// Where it stands.
    pub location: Location,
}

/// In place of a resource type's name: each that the target offers.
pub const EACH_TYPE: &str = "*";

/// A table of rows.
#[derive(Debug, Clone)]
pub enum Matrix {
    /// Rows that stand in the suite.
    Rows(Vec<Row>),
    /// The attributes of a resource type of the target.
    Attributes {
        /// The resource type's name, or [`EACH_TYPE`].
        of: String,
        /// Characteristic → wanted values.
        filter: Vec<(String, Vec<Value>)>,
        /// Rows that are skipped, with the reason.
        skip: Vec<SkipRule>,
    },
    /// Resource types of the target, and paths that are configured.
    ResourceTypes {
        /// Characteristic (`schema`, `name`, `endpoint`) → wanted values.
        filter: Vec<(String, Vec<Value>)>,
        /// A list of further paths.
        endpoints: Option<Template>,
    },
}

/// One row that stands in the suite.
#[derive(Debug, Clone)]
pub struct Row {
    /// The last part of the check's id.
    pub id: String,
    /// All members of the row, `id` too.
    pub values: Template,
    /// Where it stands.
    pub location: Location,
}

/// Rows of a matrix that are skipped.
#[derive(Debug, Clone)]
pub struct SkipRule {
    /// Characteristic → values.
    pub filter: Vec<(String, Vec<Value>)>,
    /// The reason.
    pub because: String,
}
