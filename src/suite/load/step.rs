//! Steps.

use std::collections::BTreeSet;
use std::time::Duration;

use super::check::{as_count, fixture_choice, refuse_reserved};
use super::condition::{self, Moment};
use super::expect::{self, Subject};
use super::names::{Form, Names};
use super::reader::{Reader, head};
use crate::record::Operation;
use crate::suite::expect::Entry;
use crate::suite::grammar::METHODS;
use crate::suite::source::{Key, Kind, Node};
use crate::suite::step::{
    Action, BodyTemplate, Capture, CaptureFrom, CredentialsTemplate, Paginate, Paging,
    ParallelMember, Poll, RequestTemplate, Step,
};
use crate::suite::template::{ITEM, Template};

const EVERY: Duration = Duration::from_millis(200);
const SHORTEST_PAUSE: Duration = Duration::from_millis(10);
/// Requests that go out at the same moment at most: more would test the machine that they are sent from.
const MOST_AT_ONCE: usize = 100;

/// Tells which names steps will capture, so that one that comes too early is told from one that there isn't.
pub(super) fn announce(steps: &[Node], names: &mut Names) {
    for step in steps {
        for (key, _) in step.get("capture").map_or(&[][..], Node::members) {
            names.expect_later(&key.name, key.mark);
        }
    }
}

/// Decodes a step, and adds what it captures and which traits it sees.
pub(super) fn read(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &mut Names,
    services: &BTreeSet<String>,
    budget: Duration,
) -> Step {
    let when = node
        .get("when")
        .map(|when| condition::read(reader, when, names, Moment::Step));
    let (action, subject) = action(reader, node, names, services, budget);
    let expect = node.get("expect").map_or_else(Vec::new, |expect| {
        expect::read(reader, expect, names, subject)
    });
    let poll = node
        .get("poll")
        .map(|poll| read_poll(reader, poll, &expect, budget));
    let capture = node
        .get("capture")
        .map_or(&[][..], Node::members)
        .iter()
        .map(|(key, value)| read_capture(reader, key, value, names, subject))
        .collect::<Vec<_>>();
    for capture in &capture {
        names.add(&capture.name, Form::Any);
    }
    expect::traits(&expect, &mut names.traits);
    Step {
        name: name(reader, node, names),
        action,
        expect,
        capture,
        poll,
        when,
        operation: operation(node),
        location: reader.location_of(node),
    }
}

fn name(reader: &mut Reader<'_>, node: &Node, _: &Names) -> Option<String> {
    let name = node.get("name")?;
    reader.plain(name, "`name` is shown as it stands");
    name.text().map(str::to_owned)
}

/// The operation of Okta that a step belongs to. The grammar knows the words.
fn operation(node: &Node) -> Option<Operation> {
    Operation::of_word(node.get("operation")?.text()?)
}

fn action(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &mut Names,
    services: &BTreeSet<String>,
    budget: Duration,
) -> (Action, Subject) {
    if let Some(parallel) = node.get("parallel") {
        let members: Vec<ParallelMember> = parallel
            .items()
            .iter()
            .map(|member| read_member(reader, member, names))
            .collect();
        let total: usize = members.iter().map(|member| member.requests).sum();
        if total == 1 {
            let problem = reader.error(head(node), "one request is no race");
            reader.push(problem.help("write the request as a step of its own, or give it `times`"));
        } else if total > MOST_AT_ONCE {
            let problem = reader.error(
                head(node),
                format!("{total} requests at the same moment are more than {MOST_AT_ONCE}"),
            );
            reader.push(problem);
        }
        return (Action::Parallel(members), Subject::Answers);
    }
    if let Some(walk) = node.get("paginate") {
        return (
            Action::Paginate(read_paginate(reader, walk, names, services, budget)),
            Subject::Resources,
        );
    }
    if let Some(time) = Reader::duration(node, "pause") {
        return (Action::Pause(time), Subject::Response { sends_json: false });
    }
    if let Some(time) = Reader::duration(node, "wait") {
        if time > budget {
            let mark = node
                .get("wait")
                .map_or_else(|| head(node), |node| node.mark);
            let problem = reader.error(mark, "it waits longer than the whole check may take");
            reader.push(problem.help("give the check a longer `budget`"));
        }
        return (Action::Wait(time), Subject::Response { sends_json: false });
    }
    let mut request = request(reader, node, names);
    request.service = service(reader, node, services);
    let sends_json = matches!(
        request.body,
        BodyTemplate::Json(_) | BodyTemplate::Fixture { .. }
    );
    (Action::Request(request), Subject::Response { sends_json })
}

/// The service that a request goes to, which the suite names.
fn service(reader: &mut Reader<'_>, node: &Node, services: &BTreeSet<String>) -> Option<String> {
    let node = node.get("service")?;
    let name = node.text()?;
    if !services.contains(name) {
        let problem = reader.error(node.mark, format!("the suite has no service `{name}`"));
        reader.push(if services.is_empty() {
            problem.help("`services:` of the suite says which there are, and what each is")
        } else {
            problem.nearest(name, services.iter().map(String::as_str))
        });
    }
    Some(name.to_owned())
}

fn read_member(reader: &mut Reader<'_>, node: &Node, names: &Names) -> ParallelMember {
    let values = node.get("each");
    let each = values.map(|values| reader.template(values, names));
    let with_item = values.map(|_| {
        let mut names = names.clone();
        names.add(ITEM, Form::Any);
        names
    });
    let names = with_item.as_ref().unwrap_or(names);
    let times = node.get("times").and_then(as_count).unwrap_or(1);
    let request = request(reader, node, names);
    let sends_json = matches!(
        request.body,
        BodyTemplate::Json(_) | BodyTemplate::Fixture { .. }
    );
    let subject = Subject::Response { sends_json };
    let expect = node.get("expect").map_or_else(Vec::new, |expect| {
        expect::read(reader, expect, names, subject)
    });
    ParallelMember {
        step: Step {
            name: name(reader, node, names),
            action: Action::Request(request),
            expect,
            capture: Vec::new(),
            poll: None,
            when: None,
            operation: None,
            location: reader.location_of(node),
        },
        each,
        times,
        requests: times * values.map_or(1, |values| values.items().len()),
    }
}

fn read_paginate(
    reader: &mut Reader<'_>,
    node: &Node,
    names: &mut Names,
    services: &BTreeSet<String>,
    budget: Duration,
) -> Paginate {
    let request = request(reader, node, names);
    let by = match node.get("by").and_then(Node::text) {
        Some("cursor") => Paging::Cursor,
        _ => Paging::Index,
    };
    for (key, _) in node.get("query").map_or(&[][..], Node::members) {
        let ours = match by {
            Paging::Index => ["startIndex", "count"],
            Paging::Cursor => ["cursor", "count"],
        };
        if ours.contains(&key.name.as_str()) {
            let problem = reader.error(
                key.mark,
                format!("`{}` is set by the walk itself", key.name),
            );
            reader.push(problem.help("the page size stands at `count`, beside `query`"));
        }
    }
    let during = node.get("during").map_or(&[][..], Node::items);
    announce(during, names);
    let mut beside = names.clone();
    let during = during
        .iter()
        .map(|step| read(reader, step, &mut beside, services, budget))
        .collect();
    Paginate {
        request,
        by,
        count: node.get("count").and_then(as_count),
        during,
    }
}

fn request(reader: &mut Reader<'_>, node: &Node, names: &Names) -> RequestTemplate {
    let action = METHODS
        .iter()
        .find_map(|method| Some((*method, node.get(method)?)));
    let (method, path) = match action {
        Some((method, path)) => (method.to_uppercase(), reader.template(path, names)),
        None => ("GET".to_owned(), Template::Literal(String::new().into())),
    };
    let credentials = match node.get("as") {
        Some(other) => match other.get("authorization") {
            Some(value) => CredentialsTemplate::Authorization(reader.template(value, names)),
            None => CredentialsTemplate::Nobody,
        },
        None => CredentialsTemplate::Configured,
    };
    RequestTemplate {
        method,
        path,
        query: reader.templates(node.get("query"), names),
        headers: reader.headers(node.get("headers"), names),
        credentials,
        body: body(reader, node, names),
        reads: matches!(
            node.get("reads").map(|reads| &reads.kind),
            Some(Kind::Bool(true))
        ),
        service: None,
    }
}

fn body(reader: &mut Reader<'_>, node: &Node, names: &Names) -> BodyTemplate {
    if let Some(raw) = node.get("raw") {
        return BodyTemplate::Raw(reader.template(raw, names));
    }
    let Some(body) = node.get("body") else {
        return BodyTemplate::None;
    };
    let Some(fixture) = body.get("fixture") else {
        return BodyTemplate::Json(reader.template(body, names));
    };
    if fixture.text().is_none() && fixture.get("ofType").is_none() {
        let problem = reader.error(
            fixture.mark,
            format!(
                "`fixture` is the name of a fixture or `{{ ofType: … }}`, not {}",
                fixture.describe()
            ),
        );
        reader.push(problem);
    }
    let choice = fixture_choice(reader, fixture, names);
    let others = body
        .members()
        .iter()
        .filter(|(key, _)| key.name != "fixture")
        .cloned()
        .collect();
    let with = reader.template(
        &Node {
            mark: body.mark,
            kind: Kind::Map(others),
        },
        names,
    );
    BodyTemplate::Fixture {
        fixture: choice,
        with,
    }
}

fn read_capture(
    reader: &mut Reader<'_>,
    key: &Key,
    value: &Node,
    names: &Names,
    subject: Subject,
) -> Capture {
    refuse_reserved(reader, &key.name, key.mark);
    let text = value.text().unwrap_or_default();
    let one_response = matches!(subject, Subject::Response { .. });
    if !one_response && !text.starts_with('$') {
        let problem = reader.error(
            value.mark,
            format!("there is no one response whose `{text}` could be kept"),
        );
        reader.push(problem.help(subject.hint()));
    }
    let from = match text.strip_prefix("header ") {
        Some(header) => CaptureFrom::Header(header.trim().to_owned()),
        None if text == "status" => CaptureFrom::Status,
        None => CaptureFrom::Path(expect::json_path(reader, value.mark, text, names)),
    };
    Capture {
        name: key.name.clone(),
        from,
        location: reader.location(key.mark),
    }
}

fn read_poll(reader: &mut Reader<'_>, node: &Node, expect: &[Entry], budget: Duration) -> Poll {
    let within = Reader::duration(node, "within").unwrap_or_default();
    let every = Reader::duration(node, "every").unwrap_or(EVERY);
    let mark = |key: &str| node.get(key).map_or_else(|| head(node), |node| node.mark);
    if expect.is_empty() {
        let problem = reader.error(
            head(node),
            "there is nothing to wait for: the first round ends it",
        );
        reader.push(problem.help("give the step an `expect`"));
    }
    if every < SHORTEST_PAUSE {
        let problem = reader.error(
            mark("every"),
            "the pause between two rounds is `10ms` at least",
        );
        reader.push(problem);
    }
    if node.get("within").is_some() && within <= every {
        let problem = reader.error(
            mark("within"),
            "`within` is not longer than `every`: there is one round only",
        );
        reader.push(problem);
    }
    if within > budget {
        let problem = reader.error(
            mark("within"),
            "`within` is longer than the whole check may take",
        );
        reader.push(problem.help("give the check a longer `budget`"));
    }
    Poll { within, every }
}
