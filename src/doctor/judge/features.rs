//! The features of Okta's Provisioning tab: for each that is switched on, whether the reads that it begins with are
//! answered as it needs. Whether its writes work is for a run to show.

use serde_json::Value;

use super::okta::list_flaws;
use super::{ok, problem, remark, unjudged};
use crate::doctor::diagnosis::{Finding, Section};
use crate::doctor::facts::{Facts, Reply};

const HERE: Section = Section::Features;

pub(super) fn judge(facts: &Facts) -> Vec<Finding> {
    if facts.users.success().is_none() {
        let text = "nothing can be told of it while /Users can't be read";
        return vec![unjudged("features", HERE, text)];
    }
    let on = &facts.features;
    let mut findings = Vec::new();
    let mut add = |wanted: bool, id, names: [&str; 2], judged: Judged| {
        if wanted {
            findings.push(finding(id, names[usize::from(on.wizard)], judged));
        }
    };
    let patched = |judged: Judged| judged.and_then(|text| patch(facts, text));
    let import = ["Import Users", "Import New Users and Profile Updates"];
    add(
        on.import_users,
        "feature.import-users",
        import,
        page(&facts.users),
    );
    let import = ["Import Groups", "Import Groups"];
    add(
        on.import_groups,
        "feature.import-groups",
        import,
        groups(&facts.groups, page),
    );
    let create = ["Create Users", "Push New Users"];
    add(
        on.create_users,
        "feature.create-users",
        create,
        lookup(&facts.lookup),
    );
    let update = ["Update User Attributes", "Push Profile Updates"];
    add(
        on.update_attributes,
        "feature.update-attributes",
        update,
        read(facts),
    );
    let deactivate = ["Deactivate Users", "Push Profile Updates: deactivation"];
    add(
        on.deactivate_users,
        "feature.deactivate-users",
        deactivate,
        patched(read(facts)),
    );
    let push = ["Push Groups", "Push Groups"];
    let judged = groups(&facts.group_lookup, lookup);
    add(on.push_groups, "feature.push-groups", push, patched(judged));
    findings
}

/// What a feature begins with: as it should be, or not.
type Judged = Result<String, Not>;

/// Why a feature does not begin as it should.
enum Not {
    /// It would fail.
    Broken(String, &'static str),
    /// It is not there.
    Absent(String, &'static str),
    /// Nobody knows.
    Untold(String),
}

fn finding(id: &'static str, name: &str, judged: Judged) -> Finding {
    match judged {
        Ok(text) => ok(id, HERE, format!("{name}: {text}")),
        Err(Not::Broken(text, remedy)) => problem(id, HERE, format!("{name}: {text}"), remedy),
        Err(Not::Absent(text, remedy)) => {
            remark(id, HERE, format!("{name}: {text}")).remedy(remedy)
        }
        Err(Not::Untold(text)) => unjudged(id, HERE, format!("{name}: {text}")),
    }
}

/// The body of an answer with 200.
fn body<'r>(what: &str, reply: &'r Reply) -> Result<&'r Value, Not> {
    if let Some(body) = reply.success() {
        return Ok(body);
    }
    let Some(answer) = reply.answer() else {
        let why = reply.missing().unwrap_or_default();
        return Err(Not::Untold(format!("{what}: {why}")));
    };
    let text = format!("{what} is answered {}", answer.words());
    Err(match answer.status {
        401 | 403 | 429 => Not::Untold(text),
        _ => Not::Broken(text, "answer 200 with JSON"),
    })
}

/// The first page, which Okta's probe asked for.
fn page(reply: &Reply) -> Judged {
    let list = body("the probe", reply)?;
    if list_flaws(list, &[]).is_empty() {
        return Ok("the list can be read".to_owned());
    }
    Err(Not::Broken(
        "the probe is answered with no list that Okta reads".to_owned(),
        "mend what is said above of Okta's probes",
    ))
}

/// Where there are no groups, nothing of them works, and that is no fault.
fn groups(reply: &Reply, judged: fn(&Reply) -> Judged) -> Judged {
    if matches!(reply.status(), Some(404 | 501)) {
        let text = "the target has no groups".to_owned();
        return Err(Not::Absent(
            text,
            "leave it off in Okta, and in the settings",
        ));
    }
    judged(reply)
}

/// A lookup of a name that nobody has.
fn lookup(reply: &Reply) -> Judged {
    let what = "the lookup of a name that nobody has";
    if reply.status() == Some(404) {
        return Err(Not::Broken(
            format!("{what} is answered 404"),
            "answer 200 with an empty list: Okta takes a 404 for nobody, its SPEC test does not",
        ));
    }
    if reply.status() == Some(400) {
        return Err(Not::Broken(
            format!("{what} is answered 400"),
            "take a filter by `eq`, which Okta sends before each new account and each new group",
        ));
    }
    let list = body(what, reply)?;
    let flaws = list_flaws(list, &["totalResults"]);
    let total = list.get("totalResults").and_then(Value::as_f64);
    match (flaws.as_slice(), total) {
        ([], Some(total)) if total > 0.0 => Err(Not::Broken(
            format!("{what} finds {total}: Okta would take a stranger over"),
            "apply the filter: `eq` finds who has that name, and nobody else",
        )),
        // Okta stops without a word at a count that is no number.
        ([flaw, ..], _) if list.get("Resources").is_some() || total.is_none() => Err(Not::Broken(
            format!("{what}: {flaw}"),
            "answer with a ListResponse (RFC 7644 §3.4.2)",
        )),
        _ => Ok("a lookup of a name that nobody has finds nobody".to_owned()),
    }
}

/// The read of one user, which each update begins with.
fn read(facts: &Facts) -> Judged {
    let listed = facts.users.success();
    let first = listed.and_then(|list| list.get("Resources")?.get(0));
    let Some(first) = first else {
        return Err(Not::Untold("there is no user to read".to_owned()));
    };
    let id = first.get("id").and_then(Value::as_str).unwrap_or_default();
    if id.is_empty() {
        return Err(Not::Broken(
            "the first user has no text as its `id`".to_owned(),
            "give each user an id, as a text",
        ));
    }
    let user = body("the read of the first user by id", &facts.by_id)?;
    if user.get("id") != first.get("id") {
        return Err(Not::Broken(
            "the first user has another id when read by its id".to_owned(),
            "give the resource of the id in the path",
        ));
    }
    Ok("a user can be read by id".to_owned())
}

/// PATCH, by which integrations of the catalogue change status and members.
fn patch(facts: &Facts, text: String) -> Judged {
    if facts.features.wizard {
        return Ok(text);
    }
    let config = facts.discovery.config.success();
    let supported = config.and_then(|config| config.get("patch")?.get("supported")?.as_bool());
    if supported == Some(false) {
        return Err(Not::Absent(
            format!("{text}, but the target says that it has no PATCH"),
            "an integration of the catalogue sends PATCH; with okta.app = \"wizard\" all is PUT",
        ));
    }
    Ok(text)
}
