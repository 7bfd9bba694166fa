//! Requests that faulty servers refuse, or that make them crash.

use serde_json::Value;

use super::{is_op, members_of, operations, text};
use crate::scim::path::PatchPath;
use crate::scim::urn;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::{GROUP, USER};
use crate::server::route::{Asked, Operation, Place};
use crate::server::service::Service;
use crate::server::state::State;
use crate::server::store::{Store, Stored};

/// A request, as these defects look at it.
struct Look<'a> {
    call: &'a Call,
    asked: &'a Asked,
    store: &'a Store,
    current: Option<&'a Stored>,
    body: Value,
}

impl<'a> Look<'a> {
    fn at(call: &'a Call, asked: &'a Asked, store: &'a Store) -> Self {
        let current = match &asked.place {
            Place::Resource(_, id) => store.get(id).map(AsRef::as_ref),
            _ => None,
        };
        let body = call.body.as_ref().map(|body| serde_json::from_slice(body));
        Self {
            call,
            asked,
            store,
            current,
            body: body.and_then(Result::ok).unwrap_or_default(),
        }
    }

    fn asks(&self, operation: Operation, kind: usize) -> bool {
        self.asked.operation == operation && self.asked.kind() == Some(kind)
    }

    /// Whether it is a PATCH of a resource of this type in which an operation is as said.
    fn patches(&self, kind: usize, here: impl Fn(&Value) -> bool) -> bool {
        self.asks(Operation::Modify, kind) && operations(&self.body).any(here)
    }

    fn is_member(&self, member: &Value) -> bool {
        let id = text(member, "value");
        self.current
            .is_some_and(|group| group.member_ids().any(|known| known == id))
    }

    fn names_unknown_member(&self) -> bool {
        let whole = self.body.get("members").and_then(Value::as_array);
        let whole = whole.into_iter().flatten();
        let mut named = whole.chain(operations(&self.body).flat_map(members_of));
        let writes = [Operation::Create, Operation::Replace, Operation::Modify];
        writes
            .into_iter()
            .any(|operation| self.asks(operation, GROUP))
            && named.any(|member| self.store.get(text(member, "value")).is_none())
    }

    fn has_extension(&self) -> bool {
        self.current
            .is_some_and(|user| user.attributes.contains_key(urn::ENTERPRISE_USER))
    }

    fn reactivates(&self, operation: &Value) -> bool {
        let inactive = self
            .current
            .is_some_and(|user| user.attributes.get("active") == Some(&Value::Bool(false)));
        let value = operation.get("value");
        let active = match text(operation, "path") {
            "" => value.and_then(|value| value.get("active")),
            "active" => value,
            _ => None,
        };
        inactive && active.is_some_and(|active| active.to_string().to_lowercase().contains("true"))
    }
}

/// Whether an operation names the enterprise extension, in its path or in its value.
fn touches_extension(operation: &Value) -> bool {
    let of_extension = |name: &str| name.starts_with(urn::ENTERPRISE_USER);
    let keys = operation.get("value").and_then(Value::as_object);
    of_extension(text(operation, "path"))
        || keys.is_some_and(|keys| keys.keys().any(|key| of_extension(key)))
}

fn replaces_kept_member(look: &Look<'_>) -> bool {
    look.patches(GROUP, |operation| {
        is_op(operation, "replace")
            && members_of(operation).any(|member| look.is_member(member))
            && members_of(operation).any(|member| !look.is_member(member))
    })
}

fn adds_existing_member(look: &Look<'_>, by_path: bool) -> bool {
    look.patches(GROUP, |operation| {
        is_op(operation, "add")
            && text(operation, "path").is_empty() != by_path
            && members_of(operation).any(|member| look.is_member(member))
    })
}

fn removes_absent_member(look: &Look<'_>) -> bool {
    look.patches(GROUP, |operation| {
        let path = text(operation, "path");
        let id = path.split('"').nth(1).unwrap_or_default();
        is_op(operation, "remove")
            && path.starts_with("members[")
            && !look.is_member(&serde_json::json!({ "value": id }))
    })
}

fn has_one_member(look: &Look<'_>) -> bool {
    let members = look.body.get("members").and_then(Value::as_array);
    (look.asks(Operation::Create, GROUP) || look.asks(Operation::Replace, GROUP))
        && members.is_some_and(|members| members.len() == 1)
}

fn names_whole_extension(look: &Look<'_>) -> bool {
    look.has_extension()
        && look.patches(USER, |operation| {
            let inside = operation.get("value");
            text(operation, "path") == urn::ENTERPRISE_USER
                || inside.is_some_and(|value| value.get(urn::ENTERPRISE_USER).is_some())
        })
}

fn has_email_without_value(look: &Look<'_>) -> bool {
    let emails = look
        .current
        .and_then(|user| user.attributes.get("emails")?.as_array());
    look.asks(Operation::Read, USER)
        && emails.is_some_and(|emails| emails.iter().any(|email| email.get("value").is_none()))
}

type Case = (Defect, u16, fn(&Look<'_>) -> bool);

const TABLE: &[Case] = &[
    (Defect::GroupUnknownMemberAnswers500, 500, |look| {
        look.names_unknown_member()
    }),
    (
        Defect::PatchAddExistingMemberWithoutPathAnswers500,
        500,
        |look| adds_existing_member(look, false),
    ),
    (Defect::PatchAddExistingMemberRefused, 409, |look| {
        adds_existing_member(look, true)
    }),
    (
        Defect::PatchReplaceKeptMemberRefused,
        409,
        replaces_kept_member,
    ),
    (Defect::PatchReplaceMembersNotSupported, 501, |look| {
        look.patches(GROUP, |operation| {
            is_op(operation, "replace") && members_of(operation).next().is_some()
        })
    }),
    (Defect::PatchMemberWithoutDisplayAnswers500, 500, |look| {
        look.patches(GROUP, |operation| {
            is_op(operation, "add")
                && members_of(operation).any(|member| member.get("display").is_none())
        })
    }),
    (Defect::GroupOfOneMemberAnswers500, 500, has_one_member),
    (
        Defect::PatchRemoveAbsentMemberAnswers500,
        500,
        removes_absent_member,
    ),
    (
        Defect::UnknownGroupWithExcludedAttributesAnswers500,
        500,
        |look| {
            look.asks(Operation::Read, GROUP)
                && look.current.is_none()
                && look.call.parameter("excludedAttributes").is_some()
        },
    ),
    (Defect::PatchReactivationRefused, 400, |look| {
        look.patches(USER, |operation| look.reactivates(operation))
    }),
    (
        Defect::PatchWholeExtensionAnswers500,
        500,
        names_whole_extension,
    ),
    (Defect::PatchAbsentExtensionAnswers500, 500, |look| {
        !look.has_extension() && look.patches(USER, touches_extension)
    }),
    (Defect::PatchBaseUrnPathAnswers501, 501, |look| {
        look.patches(USER, |operation| {
            text(operation, "path").starts_with(urn::USER)
        })
    }),
    (Defect::PatchExtensionSubAttributeRefused, 400, |look| {
        look.patches(USER, |operation| {
            let inside = text(operation, "path").strip_prefix(urn::ENTERPRISE_USER);
            inside.is_some_and(|rest| rest.contains('.'))
        })
    }),
    (Defect::PatchWithoutOperationsAnswers500, 500, |look| {
        let operations = look.body.get("Operations").and_then(Value::as_array);
        look.asked.operation == Operation::Modify && operations.is_some_and(Vec::is_empty)
    }),
    (Defect::PatchBadPathAnswers500, 500, |look| {
        let bad = |operation: &Value| {
            let path = text(operation, "path");
            !path.is_empty() && PatchPath::parse(path).is_err()
        };
        look.patches(USER, bad) || look.patches(GROUP, bad)
    }),
    (Defect::PatchWithoutPathOneAttributeOnly, 400, |look| {
        look.patches(USER, |operation| {
            let value = operation.get("value").and_then(Value::as_object);
            text(operation, "path").is_empty() && value.is_some_and(|value| value.len() > 1)
        })
    }),
    (Defect::CreateWithoutFamilyNameAnswers500, 500, |look| {
        look.asks(Operation::Create, USER) && look.body.pointer("/name/familyName").is_none()
    }),
    (Defect::DeleteUserAnswers500, 500, |look| {
        look.asks(Operation::Delete, USER)
    }),
    (Defect::AcceptPlainJsonRefused, 406, |look| {
        look.call.header("accept") == Some("application/json")
    }),
    (Defect::EmptyFilterAnswers500, 500, |look| {
        look.call.parameter("filter") == Some("")
    }),
    (
        Defect::EmailWithoutValueBreaksReads,
        500,
        has_email_without_value,
    ),
];

/// The status with which a faulty server answers in place of doing what it was asked.
pub(in crate::server) fn refusal(
    switches: &Switches,
    store: &Store,
    call: &Call,
    asked: &Asked,
) -> Option<u16> {
    if asked.is_v1() || !TABLE.iter().any(|(defect, ..)| switches.has(*defect)) {
        return None;
    }
    let look = Look::at(call, asked, store);
    TABLE
        .iter()
        .find(|(defect, _, here)| switches.has(*defect) && here(&look))
        .map(|(_, status, _)| *status)
}

/// What a faulty server does although it refused a request.
pub(in crate::server) fn after_refusal(
    service: &Service,
    state: &mut State,
    call: &Call,
    asked: &Asked,
) {
    if asked.is_v1() || !service.switches.has(Defect::UnknownMemberWipesGroup) {
        return;
    }
    let look = Look::at(call, asked, &state.store);
    let replaces = look.patches(GROUP, |operation| {
        is_op(operation, "replace") && members_of(operation).next().is_some()
    });
    if let (true, Some(group)) = (replaces && look.names_unknown_member(), look.current) {
        let mut wiped = Stored::clone(group);
        wiped.attributes.shift_remove("members");
        state.write(service, |store| store.put(wiped));
    }
}
