//! Passwords that are shown, refused, or searched for.

use serde_json::{Map, Value};

use super::bodies::each;
use crate::scim::error::{ScimError, ScimType};
use crate::server::answer::Answer;
use crate::server::call::Call;
use crate::server::fault::{Defect, Switches};
use crate::server::kind::USER;
use crate::server::route::{Asked, Operation};
use crate::server::store::Stored;

impl Switches {
    /// Whether a create or replace with this password is taken.
    ///
    /// # Errors
    /// 500 for a weak one.
    pub(super) fn takes_password(&self, body: &Value) -> Result<(), ScimError> {
        let Some(password) = body.get("password").and_then(Value::as_str) else {
            return Ok(());
        };
        let crashes = self.has(Defect::PasswordPolicyCrashes) && password.chars().count() < 8
            || self.has(Defect::UnsupportedPasswordCrashes);
        if crashes {
            return Err(ScimError::status(500, "This went wrong."));
        }
        Ok(())
    }

    /// Whether a password may be set anew.
    ///
    /// # Errors
    /// `mutability`.
    pub(super) fn takes_new_password(&self, sets: bool) -> Result<(), ScimError> {
        if sets && self.has(Defect::ChangePasswordRefused) {
            return Err(ScimError::new(
                ScimType::Mutability,
                "A password is set once.",
            ));
        }
        Ok(())
    }

    /// The password as a representation has it.
    pub(super) fn dress_password(&self, stored: &Stored, all: &mut Map<String, Value>) {
        if let (USER, true, Some(password)) = (
            stored.kind,
            self.has(Defect::PasswordHashReturned),
            &stored.password,
        ) {
            let sum = password
                .bytes()
                .fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte));
            all.insert("password".to_owned(), format!("{{SSHA}}{sum:08x}").into());
        }
    }
}

/// Whether a search is about passwords, and breaks.
pub(super) fn crashes(switches: &Switches, call: &Call, asked: &Asked) -> bool {
    let searched = || asked.operation == Operation::Search && filter_of(call).contains("password");
    let filter = call.parameter("filter").unwrap_or_default();
    switches.has(Defect::PasswordFilterCrashes) && (filter.contains("password") || searched())
}

fn filter_of(call: &Call) -> String {
    let body = call.json().unwrap_or_default();
    body.get("filter")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Shows passwords that are asked for.
pub(super) fn alter(switches: &Switches, call: &Call, asked: &Asked, answer: &mut Answer) {
    let asks = |list: &str| {
        list.split(',')
            .any(|name| name.trim().eq_ignore_ascii_case("password"))
    };
    let named = switches.has(Defect::PasswordReturnedWhenAsked)
        && call.parameter("attributes").is_some_and(asks);
    let searched =
        switches.has(Defect::PasswordInSearch) && asked.operation == Operation::Search && {
            let body = call.json().unwrap_or_default();
            body.get("attributes")
                .is_some_and(|names| names.to_string().contains("password"))
        };
    if answer.is_success() && (named || searched) {
        each(answer, |resource| {
            if let Some(members) = resource.as_object_mut() {
                members.insert("password".to_owned(), "********".into());
            }
        });
    }
}
