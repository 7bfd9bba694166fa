//! What the paging of a list came to.

use super::{Findings, counted};
use crate::preview::walk::{COUNT, End, Walked};

/// The words and ids of a list.
pub(super) struct List {
    one: &'static str,
    endpoint: &'static str,
    read: &'static str,
    lost: &'static str,
    end: &'static str,
    counts: &'static str,
    repeated: &'static str,
    changed: &'static str,
    long: &'static str,
}

pub(super) const USERS: List = List {
    one: "user",
    endpoint: "/Users",
    read: "users-read",
    lost: "users-lost-by-paging",
    end: "users-end",
    counts: "users-counts",
    repeated: "users-repeated",
    changed: "users-changed-meanwhile",
    long: "users-long-pages",
};

pub(super) const GROUPS: List = List {
    one: "group",
    endpoint: "/Groups",
    read: "groups-read",
    lost: "groups-lost-by-paging",
    end: "groups-end",
    counts: "groups-counts",
    repeated: "groups-repeated",
    changed: "groups-changed-meanwhile",
    long: "groups-long-pages",
};

impl Findings {
    pub(super) fn walk(&mut self, walked: &Walked, list: &List, most: u64) {
        let List { one, endpoint, .. } = list;
        let before = self.0.len();
        if !walked.no_integers.is_empty() || walked.no_total {
            let mut wrong: Vec<String> = walked
                .no_integers
                .iter()
                .map(|name| format!("{name} is no integer"))
                .collect();
            wrong.extend(
                walked
                    .no_total
                    .then(|| "totalResults is missing".to_owned()),
            );
            self.problem(
                list.counts,
                format!(
                    "in lists of {endpoint} {}: Okta's import ends without a word",
                    wrong.join(", ")
                ),
                "answer totalResults, startIndex and itemsPerPage as JSON integers, not as text",
            );
        }
        match &walked.end {
            End::Whole => {}
            End::Repeats { from } => self.problem(
                list.end,
                format!("from startIndex={from} on, pages of {endpoint} hold only {one}s that came before; the preview stopped there, while Okta goes on to totalResults"),
                "let startIndex choose where a page begins, and keep one order over all pages",
            ),
            End::Empty { from } => self.problem(
                list.end,
                format!("from startIndex={from} on, pages of {endpoint} are empty, although totalResults says {}", said(walked)),
                "let totalResults be the number of resources that can be read page by page",
            ),
            End::TooMany => self.problem(
                list.end,
                format!("there are {most} {one}s or more: the preview stopped there, and what it says is not about all"),
                "if there are really so many, raise --max-records; if not, the list has no end",
            ),
            End::Broken { at, why } => self.problem(
                list.end,
                format!("the import breaks off at startIndex={at}: {why}"),
                "every page has to come, within 60 s; Okta's import fails as a whole otherwise",
            ),
        }
        let lost = walked.lost();
        if lost > 0 {
            let why = if walked.short > 0 {
                format!(
                    "a page has {} at most where {COUNT} are asked for, and Okta goes {COUNT} further each time",
                    walked.page_cap
                )
            } else if walked.elsewhere > 0 || walked.repeated > 0 {
                "pages don't begin where they were asked to".to_owned()
            } else {
                format!("totalResults says {}", said(walked))
            };
            let named = if walked.in_gaps < lost || walked.unlooked {
                " (not all of them could be named)"
            } else {
                ""
            };
            self.problem(
                list.lost,
                format!("the import reads {} of {} and loses {}{named}: {why}", walked.distinct, counted(walked.distinct + lost, one), lost),
                "answer count=100 with 100 resources wherever as many are left, from startIndex on, in one order",
            );
        } else if walked.short > 0 {
            self.remark(
                list.lost,
                format!(
                    "{} of {endpoint} had fewer resources than were asked for; nothing was lost",
                    counted(walked.short, "page")
                ),
                "answer count=100 with 100 resources wherever as many are left",
            );
        }
        if walked.repeated > 0 {
            self.problem(
                list.repeated,
                format!("{} of {endpoint} came more than once: ids repeat, or the order changes from page to page", counted(walked.repeated, one)),
                "keep one order over all pages and calls (by id, for example), and give each resource an id of its own",
            );
        }
        if walked.long > 0 {
            self.remark(
                list.long,
                format!(
                    "{} of {endpoint} had more than the {COUNT} resources that were asked for",
                    counted(walked.long, "page")
                ),
                "give as many as count asks for",
            );
        }
        if let Some((least, greatest)) = walked.total.filter(|(least, greatest)| least != greatest)
        {
            self.remark(
                list.changed,
                format!("totalResults changed on the way from {least} to {greatest} or back: somebody writes meanwhile, or it is no count"),
                "preview again while nobody writes; a difference that stays is a defect",
            );
        }
        if self.0.len() == before {
            self.ok(
                list.read,
                format!(
                    "{} in {}: all that are there",
                    counted(walked.distinct, one),
                    counted(walked.requests, "page")
                ),
            );
        }
    }
}

fn said(walked: &Walked) -> String {
    walked.total.map_or_else(
        || "nothing".to_owned(),
        |(_, greatest)| greatest.to_string(),
    )
}
