//! The tables of attributes: what becomes of each that Okta sends.

use super::super::sanitize::Shown;
use crate::record::{
    Attribute, AttributeDemand, AttributeOrigin, AttributeOutcome, AttributeTable, AttributeWrite,
    Run,
};

/// One table.
pub(super) struct TableView<'a> {
    pub(super) scim: Shown<'a>,
    pub(super) tally: String,
    pub(super) failures: Vec<Shown<'a>>,
    pub(super) delete: Vec<Shown<'a>>,
    pub(super) keep: Vec<Shown<'a>>,
    pub(super) problems: Vec<Shown<'a>>,
    pub(super) rows: Vec<RowView<'a>>,
}

/// One attribute.
pub(super) struct RowView<'a> {
    pub(super) path: Shown<'a>,
    pub(super) note: &'static str,
    pub(super) create: CellView<'a>,
    pub(super) update: Option<CellView<'a>>,
    /// What the lookup shows, where that differs.
    pub(super) listed: Option<Shown<'a>>,
}

/// What became of a value.
pub(super) struct CellView<'a> {
    pub(super) class: &'static str,
    pub(super) word: &'static str,
    /// What was sent and came back, where that differs.
    pub(super) values: Option<(Shown<'a>, Shown<'a>)>,
    pub(super) reason: Option<Shown<'a>>,
}

/// The tables of a run.
pub(super) fn tables(run: &Run) -> Vec<TableView<'_>> {
    run.attributes.iter().map(table).collect()
}

fn table(table: &AttributeTable) -> TableView<'_> {
    TableView {
        scim: Shown(&table.scim),
        tally: table.tally(),
        failures: table.failures().map(path).collect(),
        delete: table.to_delete().map(path).collect(),
        keep: table.to_keep().map(path).collect(),
        problems: table.problems.iter().map(|text| Shown(text)).collect(),
        rows: table.attributes.iter().map(row).collect(),
    }
}

fn path(attribute: &Attribute) -> Shown<'_> {
    Shown(&attribute.path)
}

fn row(attribute: &Attribute) -> RowView<'_> {
    let note = match (attribute.demanded, attribute.always, attribute.origin) {
        (Some(AttributeDemand::Okta), _, _) => "demanded by Okta",
        (Some(AttributeDemand::Mapping), _, _) => "demanded by the mapping",
        (None, true, _) => "sent in any case",
        (None, false, _) if !attribute.mapped => "not mapped",
        (None, false, AttributeOrigin::Custom) => "the target's own",
        (None, false, AttributeOrigin::Enterprise) => "enterprise extension",
        (None, false, _) => "",
    };
    let failed = attribute.is_failure();
    RowView {
        path: match attribute.origin {
            AttributeOrigin::Enterprise => {
                Shown(attribute.path.rsplit(':').next().unwrap_or_default())
            }
            AttributeOrigin::Core | AttributeOrigin::Custom => path(attribute),
        },
        note,
        create: cell(
            &attribute.create,
            attribute.create.outcome.created(),
            failed,
        ),
        update: attribute
            .update
            .as_ref()
            .map(|write| cell(write, write.outcome.updated(), false)),
        listed: attribute.listed.as_deref().map(|text| match text {
            "" => Shown("nothing"),
            text => Shown(text),
        }),
    }
}

fn cell<'a>(write: &'a AttributeWrite, word: &'static str, failed: bool) -> CellView<'a> {
    let differs = matches!(
        write.outcome,
        AttributeOutcome::Normalised | AttributeOutcome::Altered
    );
    let shown = |text: &'a Option<String>| Shown(text.as_deref().unwrap_or("nothing"));
    CellView {
        class: match write.outcome {
            _ if failed => "fail",
            AttributeOutcome::Stored => "pass",
            AttributeOutcome::Unseen => "skip",
            AttributeOutcome::Normalised
            | AttributeOutcome::Altered
            | AttributeOutcome::Ignored => "warn",
            AttributeOutcome::Lost | AttributeOutcome::Refused => "fail",
            AttributeOutcome::Unjudged => "inconclusive",
        },
        word,
        values: differs.then(|| (shown(&write.sent), shown(&write.received))),
        reason: write.reason.as_deref().map(Shown),
    }
}
