//! Operations of a PATCH that a faulty server refuses, crashes at, or passes over with success.

use serde_json::Value;

use super::patch_target::{Target, text};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::{Filter, Operator};
use crate::scim::path::PatchPath;
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};

fn refused(kind: ScimType) -> ScimError {
    ScimError::new(kind, "The operation is not taken.")
}

fn is_known(op: &str) -> bool {
    ["add", "remove", "replace"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(op))
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// Whether a value has a part that is primary.
fn has_primary(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_primary),
        Value::Object(members) => {
            members.get("primary") == Some(&Value::Bool(true)) || members.values().any(has_primary)
        }
        _ => false,
    }
}

/// Whether an operation makes a value primary.
fn sets_primary(target: &Target<'_>) -> bool {
    let is_true = |value: &Value| *value == Value::Bool(true);
    let path = target.path.as_ref();
    let by_path = path.is_some_and(|path| {
        path.sub
            .as_ref()
            .is_some_and(|sub| sub.eq_ignore_ascii_case("primary"))
    });
    target
        .value()
        .is_some_and(|value| by_path && is_true(value) || has_primary(value))
}

impl Switches {
    /// The error with which a faulty server answers an operation.
    pub(super) fn refuses(&self, target: &Target<'_>) -> Option<ScimError> {
        self.crashes_at(target)
            .then(|| ScimError::status(500, "This went wrong."))
            .or_else(|| self.insists(target).map(refused))
            .or_else(|| {
                let none = self.has(Defect::PatchRemoveOfNoMemberAnswers404)
                    && target.is("remove")
                    && target.text().starts_with("members[")
                    && target.changes_nothing();
                none.then(|| ScimError::status(404, "There is no such member."))
            })
    }

    fn crashes_at(&self, target: &Target<'_>) -> bool {
        let has = |defect| self.has(defect);
        let (adds, removes) = (target.is("add"), target.is("remove"));
        let op = text(target.operation, "op");
        let path = target.text();
        let error = || target.error();
        let malformed = || error() == Some(ScimType::InvalidPath) && target.path.is_none();
        let unknown = || error() == Some(ScimType::InvalidPath) && target.path.is_some();
        has(Defect::PatchUnknownOpAnswers500) && !op.is_empty() && !is_known(op)
            || has(Defect::PatchMalformedPathAnswers500) && malformed()
            || has(Defect::PatchUnknownPathAnswers500) && unknown()
            || has(Defect::PatchReadOnlyAnswers500)
                && error() == Some(ScimType::Mutability)
                && target.is_read_only()
            || has(Defect::PatchRemoveRequiredAnswers500)
                && removes
                && error() == Some(ScimType::Mutability)
                && !target.is_read_only()
            || has(Defect::PatchWrongTypeAnswers500)
                && error() == Some(ScimType::InvalidValue)
                && target.value().is_some()
            || has(Defect::PatchAddWithoutValueAnswers500) && adds && target.value().is_none()
            || has(Defect::PatchRemoveWithoutPathAnswers500) && removes && path.is_empty()
            || has(Defect::PatchAddAtFilterAnswers500) && adds && path.contains('[')
            || has(Defect::PatchRemoveOfUnsetAnswers500) && removes && target.changes_nothing()
    }

    /// What a faulty server demands beyond the standard.
    fn insists(&self, target: &Target<'_>) -> Option<ScimType> {
        let has = |defect| self.has(defect);
        let (adds, replaces) = (target.is("add"), target.is("replace"));
        let path = target.path.as_ref();
        let plain = path.is_some_and(|path| path.filter.is_none());
        let unset = || plain && target.attribute().is_some() && target.current().is_none();
        let many = || {
            target
                .attribute()
                .is_some_and(|attribute| attribute.multi_valued)
        };
        let spelled = |name: &str| target.top().is_none_or(|top| top.name == name);
        let simple = |filter: &Filter| matches!(filter, Filter::Compare(_, Operator::Eq, _));
        let filter = path.and_then(|path| path.filter.as_ref());
        let no_path = has(Defect::PatchCoreUrnPathRefused)
            && target.text().starts_with(&format!("{}:", urn::USER))
            || has(Defect::PatchPathCaseSensitive)
                && path.is_some_and(|path| !spelled(&path.attribute.name))
            || has(Defect::PatchSubAttributePathRefused)
                && plain
                && path.is_some_and(|path| path.sub.is_some());
        let no_value = has(Defect::PatchSecondPrimaryRefused) && sets_primary(target)
            || has(Defect::PatchAddOfPresentRefused) && adds && target.changes_nothing()
            || has(Defect::PatchReplaceBySameRefused) && replaces && target.changes_nothing();
        let no_target = has(Defect::PatchAddToUnsetRefused) && adds && unset() && !many()
            || has(Defect::PatchAddToUnsetListRefused) && adds && unset() && many()
            || has(Defect::PatchReplaceOfUnsetRefused) && replaces && unset();
        if no_path {
            return Some(ScimType::InvalidPath);
        }
        if has(Defect::PatchFilterKnowsOnlyEq) && filter.is_some_and(|filter| !simple(filter)) {
            return Some(ScimType::InvalidFilter);
        }
        if has(Defect::PatchSchemasRefused) && target.text().eq_ignore_ascii_case("schemas") {
            return Some(ScimType::Mutability);
        }
        if no_value {
            return Some(ScimType::InvalidValue);
        }
        no_target.then_some(ScimType::NoTarget)
    }

    /// Whether a faulty server passes over an operation, with success.
    pub(super) fn passes_over_target(&self, target: &Target<'_>) -> bool {
        self.passes_over_wrong(target) || self.passes_over_right(target)
    }

    fn passes_over_wrong(&self, target: &Target<'_>) -> bool {
        let has = |defect| self.has(defect);
        let (adds, replaces, removes) =
            (target.is("add"), target.is("replace"), target.is("remove"));
        let error = || target.error();
        let read_only = || error() == Some(ScimType::Mutability) && target.is_read_only();
        let held = || error() == Some(ScimType::Mutability) && !target.is_read_only();
        let wrong_type = || error() == Some(ScimType::InvalidValue) && target.value().is_some();
        let no_path = || error() == Some(ScimType::InvalidPath);
        let is_core = |name: &str| target.text().eq_ignore_ascii_case(name);
        has(Defect::PatchJsonPatchTestAccepted) && target.is("test")
            || has(Defect::PatchMalformedPathIgnored)
                && target.path.is_none()
                && matches!(
                    error(),
                    Some(ScimType::InvalidPath | ScimType::InvalidFilter)
                )
            || has(Defect::PatchUnknownPathIgnored) && target.path.is_some() && no_path()
            || has(Defect::PatchReadOnlyIgnored) && read_only()
            || has(Defect::PatchChangesId) && is_core("id")
            || has(Defect::PatchGroupsWritable) && is_core("groups")
            || has(Defect::PatchRemoveRequiredIgnored) && removes && held()
            || (has(Defect::PatchImmutableIgnored) || has(Defect::PatchImmutableChanged))
                && replaces
                && held()
            || (has(Defect::PatchWrongTypeIgnored) || has(Defect::PatchWrongTypeStored))
                && wrong_type()
            || has(Defect::PatchAddWithoutValueIgnored) && adds && target.value().is_none()
            || has(Defect::PatchReplaceWithoutValueIgnored) && replaces && target.value().is_none()
    }

    fn passes_over_right(&self, target: &Target<'_>) -> bool {
        let has = |defect| self.has(defect);
        let single = |target: &Target<'_>| {
            let simple = target
                .attribute()
                .is_some_and(|attribute| !attribute.multi_valued && !attribute.is_complex());
            let plain = target
                .path
                .as_ref()
                .is_some_and(|path| path.filter.is_none());
            simple && plain && target.current().is_some()
        };
        let selects_all = |target: &Target<'_>| {
            let (selected, all) = target.selected();
            let whole = target.path.as_ref().is_some_and(|path| path.sub.is_none());
            whole && all > 0 && selected.len() == all
        };
        has(Defect::PatchAddKeepsOldValue) && target.is("add") && single(target)
            || has(Defect::PatchLastValueStays) && target.is("remove") && selects_all(target)
            || has(Defect::PatchNullIgnored)
                && target.is("replace")
                && target.value().is_some_and(is_nothing)
            || has(Defect::PatchManagerIgnored) && target.text().contains(":manager")
    }

    /// Whether a faulty server does nothing at all for a message that has no operations.
    pub(super) fn takes_no_operations(&self, body: &Value) -> bool {
        let operations = body.get("Operations").and_then(Value::as_array);
        let none = operations.is_none_or(|operations| !operations.iter().any(Value::is_object));
        self.has(Defect::PatchWithoutOperationsAccepted) && none
    }

    /// The error that a faulty server gives in place of the right one.
    pub(super) fn told(&self, error: ScimError) -> ScimError {
        let other = self.has(Defect::PatchMutabilityAsOtherError);
        if other && error.scim_type == Some(ScimType::Mutability) {
            return refused(ScimType::NoTarget);
        }
        error
    }
}

/// A path with the place of a value, as JSON Patch or JSONPath has it: the attribute, the place, and what follows.
pub(super) fn indexed(path: &str) -> Option<(&str, usize, &str)> {
    let (name, rest) = path.split_once('[')?;
    let (place, after) = rest.split_once(']')?;
    PatchPath::parse(name).ok()?;
    Some((name, place.parse().ok()?, after))
}
