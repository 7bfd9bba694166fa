//! An extension with an immutable attribute, for the servers that have one and heed it or not; endpoints named oddly.

use crate::scim::resource::Extension;
use crate::scim::schema::{Attribute, Mutability, Schema};
use crate::server::fault::{Choice, Defect, Switches};
use crate::server::kind::{ENTITLEMENT, Kind, USER};

/// The extension.
pub(super) const URN: &str = "urn:example:params:scim:schemas:extension:identification:1.0:User";
/// Its only attribute.
pub(super) const NUMBER: &str = "badgeNumber";

/// Changes what resource types there are.
pub(in crate::server) fn declare(switches: &Switches, kinds: &mut [Kind]) {
    let immutable = [
        Defect::ImmutableReplaced,
        Defect::ImmutableSilentlyKept,
        Defect::ImmutableSameRefused,
        Defect::ImmutableFirstDropped,
    ];
    let has_badge = immutable.into_iter().any(|defect| switches.has(defect))
        || switches.chooses(Choice::ImmutableBadge);
    if let (true, Some(user)) = (has_badge, kinds.get_mut(USER)) {
        user.resource_type.extensions.push(Extension {
            schema: URN.to_owned(),
            required: false,
        });
        let number = Attribute {
            name: NUMBER.to_owned(),
            description: "The number of the badge, given once.".to_owned(),
            mutability: Mutability::Immutable,
            ..Attribute::default()
        };
        let schema = Schema {
            id: URN.to_owned(),
            name: "Identification".to_owned(),
            description: "How a person is identified.".to_owned(),
            attributes: vec![number],
        };
        user.schema.extensions.push((schema, false));
    }
    if let (true, Some(entitlement)) = (
        switches.has(Defect::EntitlementEndpointSingular),
        kinds.get_mut(ENTITLEMENT),
    ) {
        "/Entitlement".clone_into(&mut entitlement.resource_type.endpoint);
    }
}
