//! Whether a filter makes sense for a resource type.

use super::{Filter, Literal, Operator};
use crate::scim::error::{ScimError, ScimType};
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};

impl Filter {
    /// Whether the filter makes sense for a resource type: every attribute is known, what is compared can be, and
    /// booleans and binary values are not ordered.
    ///
    /// RFC 7644 §3.4.2.2 demands the refusal only of ordered booleans and binary values. The rest is a choice that it
    /// leaves; a server that queries across resource types must not make it, as an attribute that one of them lacks
    /// counts as one without value.
    ///
    /// # Errors
    /// `invalidFilter`.
    pub fn check(&self, schema: &ResourceSchema) -> Result<(), ScimError> {
        check(self, &|path| {
            let unknown = || refused(format!("there is no attribute `{path}`"));
            schema
                .find(path)
                .map(|found| found.attribute)
                .ok_or_else(unknown)
        })
    }

    /// The same for the filter in an attribute's brackets.
    pub(in crate::scim) fn check_values(&self, attribute: &Attribute) -> Result<(), ScimError> {
        check(self, &|path| {
            if path.schema.is_none() && path.sub.is_none() {
                if let Some(sub) = attribute.sub_attribute(&path.name) {
                    return Ok(sub);
                }
                if attribute.sub_attributes.is_empty() && path.name.eq_ignore_ascii_case("value") {
                    return Ok(attribute);
                }
            }
            Err(refused(format!(
                "`{}` has no sub-attribute `{path}`",
                attribute.name
            )))
        })
    }
}

type Find<'f, 'a> = &'f dyn Fn(&AttributePath) -> Result<&'a Attribute, ScimError>;

fn refused(detail: String) -> ScimError {
    ScimError::new(ScimType::InvalidFilter, detail)
}

fn check(filter: &Filter, find: Find<'_, '_>) -> Result<(), ScimError> {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => {
            parts.iter().try_for_each(|part| check(part, find))
        }
        Filter::Not(inner) => check(inner, find),
        Filter::Present(path) => find(path).map(drop),
        Filter::Values(path, inner) => inner.check_values(find(path)?),
        Filter::Compare(path, operator, literal) => {
            comparison(path, find(path)?, *operator, literal)
        }
    }
}

fn comparison(
    path: &AttributePath,
    attribute: &Attribute,
    operator: Operator,
    literal: &Literal,
) -> Result<(), ScimError> {
    let compared = match (attribute.is_complex(), attribute.sub_attribute("value")) {
        (false, _) => attribute,
        (true, Some(value)) => value,
        (true, None) => {
            return Err(refused(format!(
                "`{path}` is complex: compare one of its sub-attributes"
            )));
        }
    };
    if operator.is_ordering() && matches!(compared.kind, Kind::Boolean | Kind::Binary) {
        return Err(refused(format!(
            "`{path}` is {} and has no order: `{operator}` is not possible",
            compared.kind.word()
        )));
    }
    let fits = match (literal, compared.kind) {
        (Literal::Null, _) => matches!(operator, Operator::Eq | Operator::Ne),
        (Literal::Boolean(_), kind) => {
            kind == Kind::Boolean && matches!(operator, Operator::Eq | Operator::Ne)
        }
        (Literal::Number(_), kind) => {
            matches!(kind, Kind::Integer | Kind::Decimal) && !operator.is_part()
        }
        (Literal::Text(_), kind) => !matches!(
            kind,
            Kind::Boolean | Kind::Integer | Kind::Decimal | Kind::Complex
        ),
    };
    if fits {
        Ok(())
    } else {
        Err(refused(format!(
            "`{path}` is {}: `{operator} {literal}` is not possible",
            compared.kind.word()
        )))
    }
}
