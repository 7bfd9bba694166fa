//! Filters that are read or evaluated wrongly.

use serde_json::Value;

use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};
use crate::server::fault::{Defect, Switches};

pub(super) fn refused(detail: &str) -> ScimError {
    ScimError::new(ScimType::InvalidFilter, detail)
}

/// A filter that nothing matches.
pub(super) fn never() -> Filter {
    Filter::Compare(
        AttributePath::of("id"),
        Operator::Eq,
        Literal::Text("\u{0}".to_owned()),
    )
}

impl Switches {
    /// The filter as a faulty server understands it.
    ///
    /// # Errors
    /// `invalidFilter` for what it does not take.
    pub(in crate::server) fn distorted(
        &self,
        filter: Filter,
        text: &str,
        schema: &ResourceSchema,
    ) -> Result<Filter, ScimError> {
        if self.has(Defect::FilterOperatorsCaseSensitive) {
            let words = text.split('"').step_by(2).flat_map(str::split_whitespace);
            let odd = |word: &str| {
                let known = [
                    "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr", "and", "or", "not",
                ];
                let lower = word.to_ascii_lowercase();
                known.contains(&lower.as_str()) && lower != word
            };
            if words.clone().any(odd) {
                return Err(refused("An operator is unknown."));
            }
        }
        self.distort(self.misunderstood(filter, schema)?, schema)
    }

    fn distort(&self, filter: Filter, schema: &ResourceSchema) -> Result<Filter, ScimError> {
        let has = |defect| self.has(defect);
        match filter {
            Filter::And(all) if has(Defect::FilterAndAsOr) => {
                Ok(Filter::Or(self.distort_all(all, schema)?))
            }
            Filter::And(all) => Ok(Filter::And(self.distort_all(all, schema)?)),
            Filter::Or(all) if has(Defect::FilterOrAsAnd) => {
                Ok(Filter::And(self.distort_all(all, schema)?))
            }
            Filter::Or(all) if has(Defect::FilterOrBindsTighter) => {
                Ok(or_first(self.distort_all(all, schema)?))
            }
            Filter::Or(all) => Ok(Filter::Or(self.distort_all(all, schema)?)),
            Filter::Not(inner) if has(Defect::FilterNotIgnored) => self.distort(*inner, schema),
            Filter::Not(inner) => Ok(Filter::Not(Box::new(self.distort(*inner, schema)?))),
            Filter::Values(..) if has(Defect::FilterValuePathRefused) => {
                Err(refused("Brackets are not supported."))
            }
            Filter::Values(path, inner) if has(Defect::FilterValuesApart) => {
                Ok(apart(&path, *inner))
            }
            Filter::Values(path, inner) => Ok(Filter::Values(path, inner)),
            Filter::Present(_) if has(Defect::FilterPrAlwaysTrue) => {
                Ok(Filter::Present(AttributePath::of("id")))
            }
            Filter::Present(path) => {
                self.check_path(&path, schema)?;
                Ok(Filter::Present(path))
            }
            Filter::Compare(path, operator, literal) => {
                self.compare(path, operator, literal, schema)
            }
        }
    }

    fn distort_all(
        &self,
        all: Vec<Filter>,
        schema: &ResourceSchema,
    ) -> Result<Vec<Filter>, ScimError> {
        all.into_iter()
            .map(|filter| self.distort(filter, schema))
            .collect()
    }

    fn check_path(&self, path: &AttributePath, schema: &ResourceSchema) -> Result<(), ScimError> {
        if self.has(Defect::FilterAttributeNamesCaseSensitive) {
            let spelled = schema.find(path).map(|found| found.path);
            if spelled.is_some_and(|spelled| spelled.name != path.name) {
                return Err(refused("The attribute is unknown."));
            }
        }
        let urn = path.schema.as_deref().unwrap_or_default();
        let refuses = self.has(Defect::FilterExtensionRefused) && urn.contains(":extension:")
            || self.has(Defect::FilterSchemaPrefixRefused) && urn.contains(":core:");
        if refuses {
            Err(refused("A URN is not supported here."))
        } else {
            Ok(())
        }
    }

    fn compare(
        &self,
        path: AttributePath,
        operator: Operator,
        literal: Literal,
        schema: &ResourceSchema,
    ) -> Result<Filter, ScimError> {
        self.check_path(&path, schema)?;
        let named = |name: &str| path.name.eq_ignore_ascii_case(name) && path.schema.is_none();
        let finds_nothing = self.has(Defect::FilterMetaFindsNothing) && named("meta")
            || self.has(Defect::FilterExternalIdFindsNothing) && named("externalId")
            || self.has(Defect::FilterIdFindsNothing) && named("id")
            || self.has(Defect::FilterBooleanFindsNothing)
                && matches!(literal, Literal::Boolean(_));
        if finds_nothing {
            return Ok(never());
        }
        let wrong = [
            (Defect::FilterNeAsEq, Operator::Ne, Operator::Eq),
            (Defect::FilterCoAsEq, Operator::Co, Operator::Eq),
            (Defect::FilterSwAsCo, Operator::Sw, Operator::Co),
            (Defect::FilterEwAsCo, Operator::Ew, Operator::Co),
            (Defect::FilterGtAsGe, Operator::Gt, Operator::Ge),
            (Defect::FilterLeAsLt, Operator::Le, Operator::Lt),
        ];
        let taken = wrong
            .into_iter()
            .find(|(defect, right, _)| self.has(*defect) && operator == *right);
        Ok(Filter::Compare(
            path,
            taken.map_or(operator, |(_, _, wrong)| wrong),
            literal,
        ))
    }

    /// Whether a resource matches.
    pub(in crate::server) fn matches(
        &self,
        filter: &Filter,
        schema: &ResourceSchema,
        resource: &Value,
    ) -> bool {
        if self.has(Defect::FilterMatchesFirstValue) {
            let mut first = resource.clone();
            for value in first
                .as_object_mut()
                .into_iter()
                .flatten()
                .map(|(_, value)| value)
            {
                if let Some(items) = value.as_array_mut() {
                    items.truncate(1);
                }
            }
            return filter.matches(schema, &first);
        }
        for (defect, kinds) in [
            (
                Defect::FilterNumbersOrderedAsTexts,
                &[Kind::Integer, Kind::Decimal][..],
            ),
            (Defect::FilterDatesAsTexts, &[Kind::DateTime][..]),
        ] {
            if self.has(defect) {
                return matches_as_text(filter, kinds, schema, resource);
            }
        }
        if self.has(Defect::FilterCaseSensitive) {
            let mut exact = schema.clone();
            let extensions = exact.extensions.iter_mut().map(|(schema, _)| schema);
            for schema in extensions.chain([&mut exact.base]) {
                schema.attributes.iter_mut().for_each(heed_case);
            }
            return filter.matches(&exact, resource);
        }
        for (defect, name) in [
            (Defect::FilterExternalIdIgnoresCase, "externalId"),
            (Defect::FilterIdIgnoresCase, "id"),
        ] {
            if self.has(defect) {
                let mut lax = schema.clone();
                lax.base.attributes.push(Attribute {
                    name: name.to_owned(),
                    ..Attribute::default()
                });
                return filter.matches(&lax, resource);
            }
        }
        let casing = [
            (Defect::CaseExactNotHeeded, None),
            (Defect::CaseExactLeftOut, Some("nickName")),
        ];
        if let Some((_, name)) = casing.into_iter().find(|(defect, _)| self.has(*defect)) {
            let mut other = schema.clone();
            for attribute in &mut other.base.attributes {
                match name {
                    None => attribute.case_exact = false,
                    Some(name) => attribute.case_exact |= attribute.is_named(name),
                }
            }
            return filter.matches(&other, resource);
        }
        if self.has(Defect::V1FilterFirstValueOnly) {
            let mut short = resource.clone();
            let lists = short.as_object_mut().into_iter().flatten();
            lists
                .filter_map(|(_, value)| value.as_array_mut())
                .for_each(|values| values.truncate(1));
            return filter.matches(schema, &short);
        }
        filter.matches(&self.compared_by(schema), resource)
    }
}

/// Whether a resource matches if values of these types are texts.
fn matches_as_text(
    filter: &Filter,
    kinds: &[Kind],
    schema: &ResourceSchema,
    resource: &Value,
) -> bool {
    let mut texts = schema.clone();
    let mut resource = resource.clone();
    for attribute in texts
        .base
        .attributes
        .iter_mut()
        .filter(|a| kinds.contains(&a.kind))
    {
        attribute.kind = Kind::String;
        if let Some(value) = resource
            .get_mut(&attribute.name)
            .filter(|value| value.is_number())
        {
            *value = value.to_string().into();
        }
    }
    written(filter.clone()).matches(&texts, &resource)
}

/// A filter whose numbers are texts.
fn written(filter: Filter) -> Filter {
    match filter {
        Filter::And(all) => Filter::And(all.into_iter().map(written).collect()),
        Filter::Or(all) => Filter::Or(all.into_iter().map(written).collect()),
        Filter::Not(inner) => Filter::Not(Box::new(written(*inner))),
        Filter::Compare(path, operator, Literal::Number(number)) => {
            Filter::Compare(path, operator, Literal::Text(number.to_string()))
        }
        other => other,
    }
}

fn heed_case(attribute: &mut Attribute) {
    attribute.case_exact = true;
    attribute.sub_attributes.iter_mut().for_each(heed_case);
}

/// `a and b or c` as `a and (b or c)`.
fn or_first(all: Vec<Filter>) -> Filter {
    let mut left: Vec<Filter> = Vec::new();
    let mut any: Vec<Filter> = Vec::new();
    for part in all {
        match part {
            Filter::And(mut parts) if any.is_empty() => {
                any.extend(parts.pop());
                left.extend(parts);
            }
            other => any.push(other),
        }
    }
    left.push(if any.len() > 1 {
        Filter::Or(any)
    } else {
        any.pop().unwrap_or_else(never)
    });
    if left.len() > 1 {
        Filter::And(left)
    } else {
        left.pop().unwrap_or_else(never)
    }
}

/// `emails[type eq "work" and value co "@"]` as `emails.type eq "work" and emails.value co "@"`.
fn apart(path: &AttributePath, inner: Filter) -> Filter {
    match inner {
        Filter::And(all) => Filter::And(all.into_iter().map(|part| apart(path, part)).collect()),
        Filter::Or(all) => Filter::Or(all.into_iter().map(|part| apart(path, part)).collect()),
        Filter::Not(part) => Filter::Not(Box::new(apart(path, *part))),
        Filter::Present(sub) => Filter::Present(path.with_sub(sub.name)),
        Filter::Compare(sub, operator, literal) => {
            Filter::Compare(path.with_sub(sub.name), operator, literal)
        }
        Filter::Values(..) => inner,
    }
}
