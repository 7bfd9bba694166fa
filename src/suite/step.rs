//! Steps: requests, and what is done with several of them.

use std::time::Duration;

use super::condition::Condition;
use super::expect::Entry;
use super::template::{Template, text_of};
use crate::record::{Location, Operation};

/// One step of a check.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it does, for people.
    pub name: Option<String>,
    /// The action.
    pub action: Action,
    /// What must hold.
    pub expect: Vec<Entry>,
    /// What later steps use.
    pub capture: Vec<Capture>,
    /// Repeat until the expectations hold.
    pub poll: Option<Poll>,
    /// Only if this holds.
    pub when: Option<Condition>,
    /// The operation of Okta that its requests belong to.
    pub operation: Option<Operation>,
    /// Where it stands.
    pub location: Location,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Action {
    /// One request.
    Request(RequestTemplate),
    /// Several requests at the same moment.
    Parallel(Vec<ParallelMember>),
    /// A walk through a list.
    Paginate(Paginate),
    /// Time that passes, as far as `--pause-scale` leaves it.
    Pause(Duration),
    /// Time that passes because the protocol is about it.
    Wait(Duration),
}

/// A request, before it is filled in.
#[derive(Debug, Clone)]
pub struct RequestTemplate {
    /// The method, in capitals.
    pub method: String,
    /// The path below the base URL, with a query perhaps.
    pub path: Template,
    /// Further parameters, percent-encoded when sent.
    pub query: Vec<(String, Template)>,
    /// Headers; `None` leaves one out.
    pub headers: Vec<(String, Option<Template>)>,
    /// Other credentials.
    pub credentials: CredentialsTemplate,
    /// The body.
    pub body: BodyTemplate,
    /// Whether it changes nothing, whatever its method.
    pub reads: bool,
    /// The service that it goes to, if not the target.
    pub service: Option<String>,
}

/// As whom a request is sent.
#[derive(Debug, Clone, Default)]
pub enum CredentialsTemplate {
    /// As the run is configured.
    #[default]
    Configured,
    /// Without credentials.
    Nobody,
    /// With this whole `Authorization` value.
    Authorization(Template),
}

/// Which fixture is meant.
#[derive(Debug, Clone)]
pub enum FixtureChoice {
    /// The one of this name.
    Named(String),
    /// The one of a resource type that is known when the check runs: that of its name, if there is one, else a resource
    /// with what its schema requires.
    OfType(Template),
}

impl FixtureChoice {
    /// Its name, or whose it is, for people.
    pub fn word(&self) -> String {
        match self {
            Self::Named(name) => name.clone(),
            Self::OfType(Template::Literal(name)) => text_of(name),
            Self::OfType(Template::Whole(name)) => format!("${{{name}}}"),
            Self::OfType(_) => "a resource".to_owned(),
        }
    }
}

/// The body of a request.
#[derive(Debug, Clone, Default)]
pub enum BodyTemplate {
    /// None.
    #[default]
    None,
    /// JSON.
    Json(Template),
    /// A fixture with members that differ (`null` removes one).
    Fixture {
        /// The fixture.
        fixture: FixtureChoice,
        /// What differs.
        with: Template,
    },
    /// Text.
    Raw(Template),
}

/// A step within `parallel`.
#[derive(Debug, Clone)]
pub struct ParallelMember {
    /// The step; its action is a request.
    pub step: Step,
    /// The values for which it is sent, a list: once for each of them, which is `${item}` there.
    pub each: Option<Template>,
    /// How often: for each of these values, or at all.
    pub times: usize,
    /// How many requests that makes.
    pub requests: usize,
}

/// A walk through a list.
#[derive(Debug, Clone)]
pub struct Paginate {
    /// The request of a page, without the parameters of pagination.
    pub request: RequestTemplate,
    /// How pages are asked for.
    pub by: Paging,
    /// The page size that is asked for.
    pub count: Option<usize>,
    /// Steps that run beside the walk.
    pub during: Vec<Step>,
}

/// How pages are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Paging {
    /// `startIndex` and `count` (RFC 7644 §3.4.2.4).
    #[default]
    Index,
    /// `cursor` (RFC 9865).
    Cursor,
}

/// A name for a part of the response.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The variable.
    pub name: String,
    /// What is taken.
    pub from: CaptureFrom,
    /// Where it stands.
    pub location: Location,
}

/// What a capture takes.
#[derive(Debug, Clone)]
pub enum CaptureFrom {
    /// A JSONPath into the body.
    Path(Template),
    /// A header.
    Header(String),
    /// The status code.
    Status,
}

/// Repeat until the expectations hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Poll {
    /// The bound.
    pub within: Duration,
    /// The pause between two rounds.
    pub every: Duration,
}

impl Step {
    /// Whether the step changes nothing on the target.
    pub fn is_read_only(&self) -> bool {
        match &self.action {
            Action::Request(request) => request.is_read_only(),
            Action::Parallel(members) => members.iter().all(|member| member.step.is_read_only()),
            Action::Paginate(walk) => {
                walk.request.is_read_only() && walk.during.iter().all(Self::is_read_only)
            }
            Action::Pause(_) | Action::Wait(_) => true,
        }
    }
}

impl RequestTemplate {
    /// Whether the request changes nothing on the target.
    pub fn is_read_only(&self) -> bool {
        self.reads || matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}
