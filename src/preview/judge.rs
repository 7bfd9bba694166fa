//! What the import came to, judged: pure.

mod paging;

use super::decide::Decision;
use super::matching::Class;
use super::notable::{Kind, Notables};
use super::outcome::{Finding, Preview, Status};
use super::person::Field;
use super::rules::Rules;
use super::safeguard::{Safeguard, share};
use super::snapshot::LONGEST_ID;
use super::tally::Tally;
use super::walk::Walked;
use crate::okta::client::SOCKET_TIMEOUT_US;
use paging::{GROUPS, USERS};

/// What is judged.
pub(super) struct Facts<'a> {
    pub(super) users: Option<&'a Walked>,
    pub(super) groups: &'a Groups,
    pub(super) tally: &'a Tally,
    pub(super) notables: &'a Notables,
    pub(super) rules: &'a Rules,
    /// The target of the snapshot, where it is another.
    pub(super) other_target: Option<&'a str>,
    pub(super) most: u64,
}

/// What came of the groups.
#[derive(Debug)]
pub(super) enum Groups {
    /// They are not imported.
    NotAsked,
    /// The target gives none.
    None {
        /// The status, if an answer came.
        status: Option<u16>,
        /// Why.
        why: String,
    },
    /// They were read.
    Read {
        /// How.
        walked: Walked,
        /// Those without an id or a `displayName`.
        unnamed: u64,
    },
}

impl Groups {
    pub(super) const fn walked(&self) -> Option<&Walked> {
        match self {
            Self::Read { walked, .. } => Some(walked),
            Self::NotAsked | Self::None { .. } => None,
        }
    }

    pub(super) const fn walked_mut(&mut self) -> Option<&mut Walked> {
        match self {
            Self::Read { walked, .. } => Some(walked),
            Self::NotAsked | Self::None { .. } => None,
        }
    }
}

/// Judges.
pub(super) fn judge(facts: &Facts<'_>, preview: &Preview) -> Vec<Finding> {
    let mut findings = Findings(Vec::new());
    if let Some(walked) = facts.users {
        findings.walk(walked, &USERS, facts.most);
        findings.records(facts);
    }
    match facts.groups {
        Groups::NotAsked => {}
        Groups::None { status: Some(404 | 501), .. } => findings.remark(
            "groups-read",
            "the target has no /Groups, and Okta's import of groups fails",
            "if it has no groups, leave group import out of the integration (okta.to_okta.import_groups = false)",
        ),
        Groups::None { why, .. } => findings.problem(
            "groups-read",
            format!("groups can't be read: {why}"),
            "let GET /Groups?startIndex=1&count=100 be answered with a list, or set okta.to_okta.import_groups = false",
        ),
        Groups::Read { walked, unnamed } => {
            findings.walk(walked, &GROUPS, facts.most);
            if *unnamed > 0 {
                findings.remark(
                    "groups-named",
                    format!("{} without id or displayName", counted(*unnamed, "group")),
                    "give each group both: Okta imports it by its id, and shows its displayName",
                );
            }
        }
    }
    findings.matching(facts, preview);
    findings.snapshots(facts, preview);
    findings.schedule(facts, preview);
    findings.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, id: &'static str, status: Status, text: String, remedy: Option<&str>) {
        self.0.push(Finding {
            id,
            status,
            text,
            remedy: remedy.map(str::to_owned),
        });
    }

    fn ok(&mut self, id: &'static str, text: impl Into<String>) {
        self.add(id, Status::Ok, text.into(), None);
    }

    fn problem(&mut self, id: &'static str, text: impl Into<String>, remedy: &str) {
        self.add(id, Status::Problem, text.into(), Some(remedy));
    }

    fn remark(&mut self, id: &'static str, text: impl Into<String>, remedy: &str) {
        self.add(id, Status::Remark, text.into(), Some(remedy));
    }

    fn records(&mut self, facts: &Facts<'_>) {
        let tally = facts.tally;
        if let Some((count, first)) = tally.long_ids {
            self.remark(
                "users-ids",
                format!("{} with an id of more than {LONGEST_ID} bytes, the first at {first}", counted(count, "user")),
                "give each user a short id, such as a UUID: it stands in the URL of each request about the user",
            );
        }
        let incomplete = tally.decided(Decision::Incomplete);
        if incomplete > 0 {
            self.problem(
                "users-complete",
                format!("{} can't be imported: no id, or nothing to make an Okta username of", counted(incomplete, "user")),
                "give every user an id and a userName, or choose another username format (okta.to_okta.username_format)",
            );
        }
        let repeated = facts.notables.count(Kind::RepeatedUserName);
        if repeated > 0 {
            self.remark(
                "user-names-unique",
                format!("{} with a userName that another has, ignoring case", counted(repeated, "user")),
                "userName is unique (RFC 7643 §4.1.1): Okta takes the second for the first, or can't place it",
            );
        }
        for field in Field::ALL {
            let lacking = tally.lacking(field);
            // What makes an import impossible is said above.
            if lacking == 0 || matches!(field, Field::Id | Field::UserName) {
                continue;
            }
            let remedy = match field {
                Field::Email | Field::PrimaryEmail => {
                    "mark one address as primary, in an array: Okta takes that one, and makes no user without"
                }
                Field::Active => {
                    "say active: true or false; without it the preview counts a user as active"
                }
                _ => {
                    "Okta makes no user without first and last name: fill them in the app, or by a mapping"
                }
            };
            self.remark(
                "users-fields",
                format!("{} without {}", counted(lacking, "user"), field.words()),
                remedy,
            );
        }
        if tally.inactive > 0 {
            self.ok(
                "users-inactive",
                format!(
                    "{}: read, and not imported",
                    counted(tally.inactive, "inactive user")
                ),
            );
        }
    }

    fn matching(&mut self, facts: &Facts<'_>, preview: &Preview) {
        for lacking in &preview.unmatchable {
            self.remark(
                "matching-criteria",
                format!(
                    "{} without what {} is compared by: no exact match is possible",
                    counted(lacking.users, "user"),
                    lacking.criterion
                ),
                "fill it in the app, or choose other criteria (okta.to_okta.exact_match)",
            );
        }
        let of = |class: Class| {
            preview
                .classes
                .iter()
                .find(|of| of.class == class)
                .map_or(0, |of| of.users)
        };
        if of(Class::Ambiguous) > 0 {
            self.remark(
                "matching-ambiguous",
                format!(
                    "{} may be more than one Okta user, or one that is matched already",
                    counted(of(Class::Ambiguous), "user")
                ),
                "choose criteria that are unique, or settle them by hand in Okta",
            );
        }
        if of(Class::Partial) > 0 && facts.rules.auto_confirm.partial {
            self.remark(
                "matching-partial",
                format!(
                    "{} would be linked by the name alone, without a person",
                    counted(of(Class::Partial), "user")
                ),
                "namesakes get each other's accounts: confirm partial matches by hand",
            );
        }
    }

    fn snapshots(&mut self, facts: &Facts<'_>, preview: &Preview) {
        if let Some(other) = facts.other_target {
            self.remark(
                "snapshot-target",
                format!("the snapshot was taken of another target: {other}"),
                "compare snapshots of one target",
            );
        }
        let Some(safeguard) = &preview.safeguard else {
            if preview.changes.is_some() {
                self.remark(
                    "safeguard",
                    "the safeguard can't be judged: the import doesn't come to its end",
                    "mend that first",
                );
            }
            return;
        };
        let Safeguard {
            before,
            unassigned,
            gone,
            inactive,
            missed,
            ..
        } = safeguard;
        let who = format!(
            "{} of {} would be unassigned ({}): {gone} gone, {inactive} inactive, {missed} lost by paging",
            unassigned,
            counted(*before, "user"),
            share(*unassigned, *before)
        );
        if safeguard.trips_app || safeguard.trips_org {
            let mut which = Vec::new();
            which.extend(
                safeguard
                    .trips_app
                    .then(|| format!("the app's safeguard ({} %)", safeguard.app_percent)),
            );
            let org = safeguard.org_users.unwrap_or_default();
            which.extend(safeguard.trips_org.then(|| {
                format!(
                    "the org's safeguard ({} % of {})",
                    safeguard.org_percent,
                    counted(org, "Okta user")
                )
            }));
            let remedy = if *missed > 0 {
                "mend the paging first: it makes users look gone"
            } else {
                "if they are really to go, let them go in smaller steps, or resume the import in Okta by hand"
            };
            self.problem(
                "safeguard",
                format!("{who}. That stops the import by {}", which.join(" and ")),
                remedy,
            );
        } else {
            self.ok(
                "safeguard",
                format!("{who}; the safeguard lets {} % pass", safeguard.app_percent),
            );
        }
    }

    fn schedule(&mut self, facts: &Facts<'_>, preview: &Preview) {
        let Some(estimate) = &preview.estimate else {
            return;
        };
        if estimate.slowest_us > SOCKET_TIMEOUT_US {
            self.problem(
                "slowest-page",
                "a page took longer than the 60 s after which Okta closes the connection",
                "make lists faster: an index on what they are ordered by, no query for each resource",
            );
        }
        let schedule = facts.rules.schedule;
        let Some(interval) = schedule.interval_s() else {
            return;
        };
        if estimate.import_us / 1_000_000 > interval / 4 {
            self.remark(
                "schedule",
                format!(
                    "an import takes more than a quarter of the time between two ({})",
                    schedule.word()
                ),
                "import less often, or make lists faster",
            );
        }
    }
}

fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
