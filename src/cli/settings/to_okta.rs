//! The settings of Okta's "To Okta" page, as the rules of an import.

use serde_json::Value;

use super::{Problem, Settings};
use crate::preview::Rules;
use crate::preview::rules::{AutoConfirm, Criteria, Schedule, UsernameFormat, WhenDeactivated};

/// What stands before the names of the settings.
const SECTION: &str = "okta.to_okta";

/// The rules; what is wrong with the settings goes to the list. Words of a fixed choice were checked before.
pub(super) fn rules(settings: &Settings, problems: &mut Vec<Problem>) -> Rules {
    let value = |name: &str| {
        let setting = settings.get(&format!("{SECTION}.{name}"));
        setting.map(|setting| &setting.value)
    };
    let flag = |name: &str, default: bool| value(name).and_then(Value::as_bool).unwrap_or(default);
    let text = |name: &str| value(name).and_then(Value::as_str);
    let items = |name: &str| -> Option<Vec<&str>> {
        let items = value(name)?.as_array()?;
        Some(items.iter().filter_map(Value::as_str).collect())
    };
    let has = |name: &str, word: &str| items(name).is_some_and(|items| items.contains(&word));
    let mut complain = |name: &str, message: String| {
        let setting = settings.get(&format!("{SECTION}.{name}"));
        problems.push(Problem {
            message,
            origin: setting.map(|setting| setting.origin.clone()),
        });
    };
    let default = Rules::default();
    let mut percent = |name: &str, default: u8| {
        let Some(number) = value(name).and_then(Value::as_u64) else {
            return default;
        };
        let percent = u8::try_from(number).ok().filter(|percent| *percent <= 100);
        percent.unwrap_or_else(|| {
            complain(
                name,
                format!("`{number}` is out of range: it goes from 0 to 100"),
            );
            default
        })
    };
    let safeguard_app = percent("safeguard_app", default.safeguard_app);
    let safeguard_org = percent("safeguard_org", default.safeguard_org);
    let exact = match items("exact_match").map(Criteria::parse) {
        None => default.exact.clone(),
        Some(read) => read.unwrap_or_else(|message| {
            complain("exact_match", message);
            default.exact.clone()
        }),
    };
    let username = match text("username_format").map(UsernameFormat::parse) {
        None => default.username.clone(),
        Some(read) => read.unwrap_or_else(|message| {
            complain("username_format", message);
            default.username.clone()
        }),
    };
    Rules {
        import_users: flag("import_users", default.import_users),
        import_groups: flag("import_groups", default.import_groups),
        schedule: match text("schedule") {
            Some("hourly") => Schedule::Hourly,
            Some("daily") => Schedule::Daily,
            Some("weekly") => Schedule::Weekly,
            _ => default.schedule,
        },
        username,
        exact,
        partial: flag("partial_match", default.partial),
        auto_confirm: AutoConfirm {
            exact: has("auto_confirm", "exact"),
            partial: has("auto_confirm", "partial"),
            new: has("auto_confirm", "new"),
        },
        activate_new: flag("activate_new", default.activate_new),
        profile_source: flag("profile_source", default.profile_source),
        when_deactivated: match text("when_deactivated") {
            Some("deactivate") => WhenDeactivated::Deactivate,
            Some("suspend") => WhenDeactivated::Suspend,
            _ => default.when_deactivated,
        },
        reactivate_suspended: has("when_reactivated", "suspended"),
        reactivate_deactivated: has("when_reactivated", "deactivated"),
        safeguard_app,
        safeguard_org,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Origin;
    use super::*;

    #[test]
    fn what_means_nothing_is_told_and_what_does_is_taken() {
        let mut settings = Settings::default();
        let mut set = |name: &str, value: Value| {
            let path = format!("{SECTION}.{name}");
            settings.offer(&path, value, Origin::CommandLine("x"));
        };
        set("exact_match", json!(["email", "name"]));
        set("username_format", json!("mail"));
        set("safeguard_app", json!(101));
        set("safeguard_org", json!(0));
        set("auto_confirm", json!(["new"]));
        set("when_deactivated", json!("suspend"));
        let mut problems = Vec::new();
        let rules = rules(&settings, &mut problems);
        let messages: Vec<&str> = problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert!(
            messages[0].starts_with("`101` is out of range"),
            "{messages:?}"
        );
        assert_eq!(rules.safeguard_org, 0);
        assert!(rules.auto_confirm.new && !rules.auto_confirm.exact);
        assert_eq!(rules.when_deactivated, WhenDeactivated::Suspend);
    }
}
