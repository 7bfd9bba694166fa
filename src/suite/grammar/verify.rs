//! Holds a tree against a shape and says all that is wrong with its structure.

use super::pattern::DURATION;
use super::shape::{Construct, Key, Rule, Shape};
use crate::suite::diagnostic::Diagnostic;
use crate::suite::nearest::nearest;
use crate::suite::source::{Key as FoundKey, Kind, Mark, Node};

/// Holds a value against a shape. `at` names the place in messages: `` `level` ``.
fn verify(file: &str, at: &str, node: &Node, shape: &Shape, problems: &mut Vec<Diagnostic>) {
    verify_as(file, at, node, shape, shape, problems);
}

/// As `verify`; `whole` is what may stand there, of which `shape` is what the kind of value chose.
fn verify_as(
    file: &str,
    at: &str,
    node: &Node,
    shape: &Shape,
    whole: &Shape,
    problems: &mut Vec<Diagnostic>,
) {
    let wrong = |problems: &mut Vec<Diagnostic>| {
        let found = match (&node.kind, shape) {
            (Kind::Text(text), Shape::Of(_) | Shape::Word(_) | Shape::Only(_)) => {
                format!("`{}`", shorten(text))
            }
            (Kind::Text(text), _) if text.is_empty() => "an empty text".to_owned(),
            (Kind::Text(text), _) if text.len() < 40 => format!("the text `{}`", shorten(text)),
            _ => node.describe(),
        };
        let mut problem = Diagnostic::error(
            file,
            node.mark,
            format!("{at} is {}, not {found}", whole.expected()),
        );
        match (&node.kind, shape) {
            (Kind::Text(text), Shape::Word(words)) => {
                problem = problem.nearest(text, words.iter().map(|(word, _)| *word));
            }
            (Kind::Number(number), Shape::Of(pattern)) if pattern.regex == DURATION.regex => {
                problem = problem.help(format!("give it a unit: `{number}s`"));
            }
            (
                Kind::Number(_) | Kind::Bool(_),
                Shape::Text | Shape::AnyText | Shape::Of(_) | Shape::Word(_),
            ) => {
                problem = problem.help("put it in quotes to make it a text");
            }
            (Kind::Text(text), Shape::Bool)
                if matches!(text.as_str(), "yes" | "no" | "on" | "off") =>
            {
                problem = problem.help("YAML 1.2 knows `true` and `false` only");
            }
            (Kind::Text(text), _)
                if text.parse::<u64>().is_ok()
                    && matches!(whole, Shape::Either(_) | Shape::Integer(_, _)) =>
            {
                problem = problem.help("write the number without quotes");
            }
            _ => {}
        }
        problems.push(problem);
    };
    match (shape, &node.kind) {
        (Shape::Any, _) => {}
        (Shape::Text, Kind::Text(text)) if text.trim().is_empty() => wrong(problems),
        (Shape::Of(pattern), Kind::Text(text)) if !(pattern.matches)(text) => wrong(problems),
        (Shape::Word(words), Kind::Text(text)) if words.iter().all(|(word, _)| word != text) => {
            wrong(problems);
        }
        (Shape::Only(word), Kind::Text(text)) if word != text => wrong(problems),
        (Shape::Integer(min, max), Kind::Number(number))
            if !number
                .as_u64()
                .is_some_and(|number| (*min..=*max).contains(&number)) =>
        {
            wrong(problems);
        }
        (Shape::List(least, of), Kind::List(items)) => {
            if items.len() < *least {
                problems.push(Diagnostic::error(file, node.mark, format!("{at} is empty")));
            }
            let at = format!("each of {at}");
            for item in items {
                verify(file, &at, item, of, problems);
            }
        }
        (Shape::Pair(of), Kind::List(items)) => {
            if items.len() != 2 {
                let message = format!("{at} is a list of two, not of {}", items.len());
                problems.push(Diagnostic::error(file, node.mark, message));
            }
            let at = format!("each of {at}");
            for item in items {
                verify(file, &at, item, of, problems);
            }
        }
        (Shape::Map(least, keys, of), Kind::Map(members)) => {
            if members.len() < *least {
                problems.push(Diagnostic::error(file, node.mark, format!("{at} is empty")));
            }
            for (key, value) in members {
                if let Some(pattern) = keys
                    && !(pattern.matches)(&key.name)
                {
                    let message =
                        format!("`{}` in {at} is not {}", shorten(&key.name), pattern.what);
                    problems.push(Diagnostic::error(file, key.mark, message));
                }
                verify(
                    file,
                    &format!("`{}`", shorten(&key.name)),
                    value,
                    of,
                    problems,
                );
            }
        }
        (Shape::Construct(construct), Kind::Map(_)) => {
            verify_construct(file, node, construct, None, problems);
        }
        (Shape::Either(shapes), kind) => match shapes.iter().find(|shape| shape.takes(kind)) {
            Some(shape) => verify_as(file, at, node, shape, whole, problems),
            None => wrong(problems),
        },
        (Shape::ByKey(choices), Kind::Map(members)) => {
            if let Some((_, construct)) = choices.iter().find(|(name, _)| node.get(name).is_some())
            {
                verify_construct(file, node, construct, None, problems);
            } else {
                let names: Vec<String> = choices
                    .iter()
                    .map(|(name, _)| format!("`{name}`"))
                    .collect();
                let mut problem = Diagnostic::error(
                    file,
                    node.mark,
                    format!("{at} needs one of {}", names.join(", ")),
                );
                let known = || choices.iter().map(|(name, _)| *name);
                if let Some(near) = members
                    .iter()
                    .find_map(|(key, _)| nearest(&key.name, known()))
                {
                    problem = problem.help(format!("did you mean `{near}`?"));
                }
                problems.push(problem);
            }
        }
        (shape, kind) if !shape.takes(kind) => wrong(problems),
        _ => {}
    }
}

/// Holds a mapping against a construct. `head` is a key that stands for the place of what is missing, if not the first.
pub(in crate::suite) fn verify_construct(
    file: &str,
    node: &Node,
    construct: &Construct,
    head: Option<Mark>,
    problems: &mut Vec<Diagnostic>,
) {
    let members = node.members();
    // What is missing is told at the first key, not with the whole mapping underlined.
    let head = head
        .or_else(|| members.first().map(|(key, _)| key.mark))
        .unwrap_or(node.mark);
    let mut meant = Vec::new();
    for (key, value) in members {
        if let Some(known) = construct.keys.iter().find(|known| known.name == key.name) {
            verify(
                file,
                &format!("`{}`", key.name),
                value,
                &known.shape,
                problems,
            );
        } else if let Some((_, shape)) = construct
            .open
            .as_ref()
            .filter(|(form, _)| (form.matches)(&key.name))
        {
            verify(
                file,
                &format!("`{}`", shorten(&key.name)),
                value,
                shape,
                problems,
            );
        } else {
            meant.extend(unknown(file, key, construct, problems));
        }
    }
    for key in construct
        .keys
        .iter()
        .filter(|key| key.required && node.get(key.name).is_none())
    {
        if !meant.contains(&key.name) {
            problems.push(missing(file, construct, key, head));
        }
    }
    for rule in construct.rules {
        hold(file, rule, construct, node, head, &meant, problems);
    }
}

/// A key that must be there and isn't.
fn missing(file: &str, construct: &Construct, key: &Key, head: Mark) -> Diagnostic {
    let problem = Diagnostic::error(
        file,
        head,
        format!("{} needs `{}`", construct.what, key.name),
    );
    problem.help(format!("`{}:` {}", key.name, key.doc))
}

fn unknown(
    file: &str,
    key: &FoundKey,
    construct: &Construct,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'static str> {
    let near = nearest(&key.name, construct.keys.iter().map(|known| known.name));
    let problem = Diagnostic::error(
        file,
        key.mark,
        format!("`{}` is no key of {}", shorten(&key.name), construct.what),
    );
    problems.push(match (near, construct.hint) {
        (Some(near), _) => problem.help(format!("did you mean `{near}`?")),
        (None, Some(hint)) => problem.help(hint),
        (None, None) => {
            let known: Vec<&str> = construct.keys.iter().map(|known| known.name).collect();
            problem.help(format!("its keys are {}", known.join(", ")))
        }
    });
    // The table holds the static words, of which the nearest one is.
    construct
        .keys
        .iter()
        .map(|known| known.name)
        .find(|name| Some(*name) == near)
}

fn hold(
    file: &str,
    rule: &Rule,
    construct: &Construct,
    node: &Node,
    head: Mark,
    meant: &[&str],
    problems: &mut Vec<Diagnostic>,
) {
    let found = |names: &[&str]| -> Vec<&FoundKey> {
        node.members()
            .iter()
            .map(|(key, _)| key)
            .filter(|key| names.contains(&key.name.as_str()))
            .collect()
    };
    let listed = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match rule {
        Rule::ExactlyOne(what, names) => match found(names).as_slice() {
            [] if meant.iter().all(|name| !names.contains(name)) => {
                let message = format!("{} needs {what}: one of {}", construct.what, listed(names));
                problems.push(Diagnostic::error(file, head, message));
            }
            [first, second, ..] => problems.push(
                Diagnostic::error(
                    file,
                    second.mark,
                    format!("{} has {what} already: `{}`", construct.what, first.name),
                )
                .help(format!("make `{}` one of its own", second.name)),
            ),
            _ => {}
        },
        Rule::AtMostOne(names) => {
            if let [first, second, ..] = found(names).as_slice() {
                let message = format!("`{}` can't stand beside `{}`", second.name, first.name);
                problems.push(
                    Diagnostic::error(file, second.mark, message).help("leave one of them out"),
                );
            }
        }
        Rule::Excludes(these, those, help) => {
            if let Some(cause) = found(these).first() {
                for key in found(those) {
                    let message = format!("`{}` can't stand beside `{}`", key.name, cause.name);
                    problems.push(Diagnostic::error(file, key.mark, message).help(*help));
                }
            }
        }
        Rule::AtLeastOne(names) => {
            let first = construct
                .keys
                .iter()
                .find(|key| names.first() == Some(&key.name));
            if let (Some(key), []) = (first, found(names).as_slice())
                && meant.iter().all(|name| !names.contains(name))
            {
                problems.push(missing(file, construct, key, head));
            }
        }
        Rule::ItemsNeed { list, keys, unless } => {
            let of_list = construct.keys.iter().find(|key| key.name == *list);
            if let Some(Shape::List(_, Shape::Construct(item))) = of_list.map(|key| &key.shape)
                && node.get(unless).is_none()
            {
                for entry in node.get(list).map_or(&[][..], Node::items) {
                    lacks(file, entry, item, keys, problems);
                }
            }
        }
        Rule::NotEmpty => {
            if node.members().is_empty() {
                problems.push(Diagnostic::error(
                    file,
                    head,
                    format!("{} is empty", construct.what),
                ));
            }
        }
    }
}

/// Tells which of some keys an element of a list has not.
fn lacks(
    file: &str,
    node: &Node,
    construct: &Construct,
    names: &[&str],
    problems: &mut Vec<Diagnostic>,
) {
    let members = node.members();
    let Some(head) = members.first().map(|(key, _)| key.mark) else {
        return;
    };
    // A misspelt key has been told, with what was probably meant.
    let meant = |wanted: &str| {
        members.iter().any(|(key, _)| {
            construct.keys.iter().all(|known| known.name != key.name)
                && nearest(&key.name, construct.keys.iter().map(|known| known.name)) == Some(wanted)
        })
    };
    for key in construct
        .keys
        .iter()
        .filter(|key| names.contains(&key.name))
    {
        if node.get(key.name).is_none() && !meant(key.name) {
            problems.push(missing(file, construct, key, head));
        }
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(60)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}
