//! `attributes` and `excludedAttributes` that are heeded in part.

use axum::http::Method;

use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::route::{Asked, Operation};

/// A name that no attribute has: a server that does not know a name shows what it always shows.
const UNKNOWN: &str = "-";

/// Takes names out of the query that a faulty server does not understand.
pub(super) fn before(switches: &Switches, call: &mut Call) {
    let has = |defect| switches.has(defect);
    let single = ["/Users/", "/Groups/"]
        .iter()
        .any(|part| call.path.contains(part));
    let reads = call.method == Method::GET;
    let ignored = match call.method {
        Method::GET if single => Defect::AttributesIgnoredOnSingle,
        Method::GET => Defect::AttributesIgnoredInLists,
        Method::POST => Defect::AttributesIgnoredOnCreate,
        Method::PUT => Defect::AttributesIgnoredOnReplace,
        _ => Defect::AttributesIgnoredOnPatch,
    };
    if has(ignored) {
        call.forget("attributes");
    }
    let of_groups = call.path.ends_with("/Groups");
    let excludes_members = call
        .parameter("excludedAttributes")
        .is_some_and(|names| names.eq_ignore_ascii_case("members"));
    if has(Defect::ExcludedAttributesIgnoredInLists) && reads && !single
        || has(Defect::ExcludedMembersReturned) && of_groups && excludes_members
    {
        call.forget("excludedAttributes");
    }
    for (name, value) in &mut call.query {
        if name.eq_ignore_ascii_case("attributes") {
            if has(Defect::AttributesFirstOnly) {
                *value = first(value);
            }
            *value = changed(value, |path| switches.unknown(path));
        } else if name.eq_ignore_ascii_case("excludedAttributes") {
            if has(Defect::ExcludedAttributesFirstOnly) {
                *value = first(value);
            }
            if has(Defect::ExcludedSubAttributeTakesAll) {
                let top = |path: &str| path.split('.').next().unwrap_or(path).to_owned();
                let tops = value.split(',').map(top).collect::<Vec<_>>();
                *value = tops.join(",");
            }
            *value = changed(value, |path| {
                has(Defect::ExcludedNamesCaseSensitive) && odd_case(path)
            });
        }
    }
}

/// Whether a request makes a faulty server crash.
pub(super) fn crashes(switches: &Switches, call: &Call, asked: &Asked) -> bool {
    let both =
        call.parameter("attributes").is_some() && call.parameter("excludedAttributes").is_some();
    let unknown = call
        .parameter("attributes")
        .is_some_and(|names| names.contains("noSuch"));
    let here = matches!(asked.operation, Operation::Read | Operation::List);
    here && (switches.has(Defect::AttributesWithExcludedAnswers500) && both
        || switches.has(Defect::AttributesUnknownAnswers500) && unknown)
}

impl Switches {
    fn unknown(&self, path: &str) -> bool {
        let has = |defect| self.has(defect);
        let name = path.rsplit(':').next().unwrap_or(path);
        has(Defect::AttributesNamesCaseSensitive) && odd_case(path)
            || has(Defect::AttributesUrnUnknown) && path.contains(":core:")
            || has(Defect::AttributesExtensionUnknown) && path.contains(":extension:")
            || has(Defect::AttributesBlankCounts) && path.starts_with(' ')
            || has(Defect::AttributesSubAttributeUnknown) && name.contains('.')
    }
}

fn first(names: &str) -> String {
    names.split(',').next().unwrap_or(names).to_owned()
}

fn changed(names: &str, unknown: impl Fn(&str) -> bool) -> String {
    let names = names
        .split(',')
        .map(|path| if unknown(path) { UNKNOWN } else { path });
    names.collect::<Vec<_>>().join(",")
}

/// Whether a path is written as no schema spells it: names begin with a small letter, and URNs with `urn`.
fn odd_case(path: &str) -> bool {
    path.trim().starts_with(|c: char| c.is_ascii_uppercase())
}
