//! An extension of User that only this server has: an attribute of each type and characteristic that RFC 7643's own
//! schemas lack.

use super::fault::{Choice, Defect, Switches};
use crate::scim::schema::{Attribute, Kind, Mutability, Returned, Schema};

/// The URN of the extension.
pub(super) const URN: &str = "urn:example:scimitar:schemas:extension:desk:1.0:User";

/// The extension, if it is switched on.
pub(super) fn own(switches: &Switches) -> Option<Schema> {
    let faulty = [
        Defect::ImmutableChanged,
        Defect::ImmutableDropped,
        Defect::RequestAttributeAlwaysReturned,
        Defect::RequestAttributeNeverReturned,
    ];
    let wanted = switches.chooses(Choice::ExtensionOfItsOwn)
        || faulty.into_iter().any(|defect| switches.has(defect));
    wanted.then(|| schema(switches))
}

/// As the server takes it. What the faults publish is another thing.
fn schema(switches: &Switches) -> Schema {
    let number = if switches.has(Defect::ImmutableChanged) {
        Mutability::ReadWrite
    } else if switches.has(Defect::ImmutableDropped) {
        Mutability::ReadOnly
    } else {
        Mutability::Immutable
    };
    let notes = if switches.has(Defect::RequestAttributeAlwaysReturned) {
        Returned::Default
    } else if switches.has(Defect::RequestAttributeNeverReturned) {
        Returned::Never
    } else {
        Returned::Request
    };
    let attribute = |name: &str, kind: Kind, description: &str| Attribute {
        name: name.to_owned(),
        kind,
        description: description.to_owned(),
        ..Attribute::default()
    };
    Schema {
        id: URN.to_owned(),
        name: "Desk".to_owned(),
        description: "Where a person sits.".to_owned(),
        attributes: vec![
            Attribute {
                mutability: number,
                case_exact: true,
                ..attribute("number", Kind::String, "The desk's number, for ever.")
            },
            Attribute {
                returned: notes,
                ..attribute("notes", Kind::String, "What is to be known of it.")
            },
            Attribute {
                mutability: Mutability::WriteOnly,
                returned: Returned::Never,
                ..attribute("pin", Kind::String, "What opens its drawer.")
            },
            attribute("floor", Kind::Integer, "The floor that it stands on."),
            attribute("height", Kind::Decimal, "Its height in centimetres."),
            attribute(
                "adjustable",
                Kind::Boolean,
                "Whether its height can be changed.",
            ),
            attribute("since", Kind::DateTime, "When the person moved there."),
            attribute("key", Kind::Binary, "What its lock knows."),
            Attribute {
                reference_types: vec!["external".to_owned()],
                ..attribute("plan", Kind::Reference, "A plan of the floor.")
            },
            Attribute {
                multi_valued: true,
                ..attribute("labels", Kind::String, "What is written on it.")
            },
        ],
    }
}
