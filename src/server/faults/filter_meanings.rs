//! Filters that are read rightly and evaluated wrongly.

use std::borrow::Cow;

use serde_json::Value;

use super::filters::{never, refused};
use crate::scim::error::ScimError;
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Kind};
use crate::scim::urn;
use crate::server::fault::{Defect, Switches};
use crate::server::store::Stored;

impl Switches {
    /// The filter as a faulty server evaluates it.
    ///
    /// # Errors
    /// `invalidFilter` for what it does not take.
    pub(super) fn misunderstood(
        &self,
        filter: Filter,
        schema: &ResourceSchema,
    ) -> Result<Filter, ScimError> {
        let all = |parts: Vec<Filter>| {
            parts
                .into_iter()
                .map(|part| self.misunderstood(part, schema))
                .collect::<Result<Vec<_>, _>>()
        };
        match filter {
            Filter::And(parts) => {
                let loosest = self.has(Defect::FilterNotBindsLoosest);
                let mut parts = all(parts)?.into_iter();
                match parts.next() {
                    Some(Filter::Not(inner)) if loosest => Ok(Filter::Not(Box::new(Filter::And(
                        std::iter::once(*inner).chain(parts).collect(),
                    )))),
                    first => Ok(Filter::And(first.into_iter().chain(parts).collect())),
                }
            }
            Filter::Or(parts) => Ok(Filter::Or(all(parts)?)),
            Filter::Not(_) if self.has(Defect::FilterNotRefused) => {
                Err(refused("not is not supported."))
            }
            Filter::Not(inner) if self.has(Defect::FilterNotLosesUnassigned) => {
                let mut there: Vec<Filter> =
                    paths(&inner).into_iter().map(Filter::Present).collect();
                there.push(Filter::Not(Box::new(self.misunderstood(*inner, schema)?)));
                Ok(Filter::And(there))
            }
            Filter::Not(inner) => Ok(Filter::Not(Box::new(self.misunderstood(*inner, schema)?))),
            Filter::Values(path, inner) => {
                self.names(&path, schema)?;
                let plain = matches!(*inner, Filter::Compare(..) | Filter::Present(_))
                    || matches!(&*inner, Filter::And(parts) if parts.iter().all(|part| matches!(part, Filter::Compare(..) | Filter::Present(_))));
                if self.has(Defect::FilterGroupedValuePathRefused) && !plain {
                    return Err(refused("Brackets take comparisons and `and`."));
                }
                Ok(Filter::Values(path, inner))
            }
            Filter::Present(path) => {
                self.names(&path, schema)?;
                let complex = schema
                    .find(&path)
                    .is_some_and(|found| found.attribute.is_complex());
                if self.has(Defect::FilterPrOnComplexFindsNothing) && complex {
                    return Ok(never());
                }
                Ok(Filter::Present(path))
            }
            Filter::Compare(path, operator, literal) => {
                self.comparison(path, operator, literal, schema)
            }
        }
    }

    fn comparison(
        &self,
        path: AttributePath,
        operator: Operator,
        literal: Literal,
        schema: &ResourceSchema,
    ) -> Result<Filter, ScimError> {
        self.names(&path, schema)?;
        let attribute = schema.find(&path).map(|found| found.attribute);
        let complex = attribute.is_some_and(Attribute::is_complex);
        let boolean = attribute.is_some_and(|attribute| attribute.kind == Kind::Boolean);
        if self.has(Defect::FilterBooleanTextFindsAll)
            && boolean
            && matches!(literal, Literal::Text(_))
        {
            return Ok(Filter::Present(AttributePath::of("id")));
        }
        let nothing = self.has(Defect::FilterMultiValuedAloneFindsNothing) && complex
            || self.has(Defect::FilterSchemasFindsNothing)
                && path.name.eq_ignore_ascii_case("schemas")
            || self.has(Defect::FilterExtensionFindsNothing)
                && path
                    .schema
                    .as_deref()
                    .is_some_and(|urn| !schema.is_base(urn));
        if nothing {
            return Ok(never());
        }
        let wrong = [
            (Defect::FilterEqAsCo, Operator::Eq, Operator::Co),
            (Defect::FilterGeAsGt, Operator::Ge, Operator::Gt),
            (Defect::FilterLtAsLe, Operator::Lt, Operator::Le),
        ];
        let taken = wrong
            .into_iter()
            .find(|(defect, right, _)| self.has(*defect) && operator == *right)
            .map_or(operator, |(_, _, wrong)| wrong);
        let literal = match literal {
            Literal::Number(number) if self.has(Defect::FilterNumbersAsTexts) => {
                Literal::Text(number.to_string())
            }
            Literal::Text(text) if self.has(Defect::FilterLikeWildcards) && taken.is_part() => {
                // As `LIKE` reads what nobody has escaped: near enough for a pattern of one sign.
                Literal::Text(text.replace(['%', '_'], ""))
            }
            literal => literal,
        };
        Ok(Filter::Compare(path, taken, literal))
    }

    /// Whether a faulty server takes the name of an attribute.
    fn names(&self, path: &AttributePath, schema: &ResourceSchema) -> Result<(), ScimError> {
        if self.has(Defect::FilterSubAttributesRefused) && path.sub.is_some() {
            return Err(refused("A dot is not supported."));
        }
        if self.has(Defect::FilterUrnCaseSensitive)
            && let Some(named) = &path.schema
        {
            let extensions = schema.extensions.iter().map(|(extension, _)| &extension.id);
            if !extensions.chain([&schema.base.id]).any(|id| id == named) {
                return Err(refused("The schema is unknown."));
            }
        }
        Ok(())
    }

    /// What a faulty server finds in a resource when it looks whether it matches.
    pub(in crate::server) fn looked_at<'a>(
        &self,
        stored: &Stored,
        resource: &'a Value,
    ) -> Cow<'a, Value> {
        let mut seen = Cow::Borrowed(resource);
        let defaulted = !stored.attributes.contains_key("active");
        if self.has(Defect::FilterDefaultUnknown)
            && defaulted
            && let Some(members) = seen.to_mut().as_object_mut()
        {
            members.shift_remove("active");
        }
        if self.has(Defect::FilterNumbersAsTexts)
            && let Some(extension) = seen.to_mut().get_mut(urn::ENTERPRISE_USER)
            && let Some(seat) = extension.get_mut("seatNumber")
        {
            *seat = seat.to_string().into();
        }
        if self.has(Defect::FilterFirstValueOnly)
            && let Some(members) = seen.to_mut().as_object_mut()
        {
            for (name, value) in members {
                if let (true, Some(items)) = (name != "schemas", value.as_array_mut()) {
                    items.truncate(1);
                }
            }
        }
        seen
    }

    /// The schema by which a faulty server compares.
    pub(in crate::server) fn compared_by<'a>(
        &self,
        schema: &'a ResourceSchema,
    ) -> Cow<'a, ResourceSchema> {
        let mut by = Cow::Borrowed(schema);
        if self.has(Defect::FilterDatesAsText) {
            by.to_mut().base.attributes.push(times_as_texts());
        }
        by
    }

    /// Whether a faulty server answers what it should refuse.
    pub(in crate::server) fn lets_pass(&self, text: &str) -> bool {
        self.has(Defect::FilterOnBinaryOrdered) && text.contains("x509Certificates")
            || self.has(Defect::FilterBooleanTextFindsAll) && text.contains("active eq \"")
            || self.has(Defect::FilterOnBooleansOrdered)
    }
}

impl Switches {
    /// Whether a faulty server drops a filter that makes no sense, in place of refusing it.
    pub(in crate::server) fn drops(&self, text: &str) -> bool {
        self.has(Defect::FilterForeignNameInBracketsFindsAll) && text.contains('[')
            || self.has(Defect::FilterComplexAloneFindsAll) && text.contains("name eq ")
            || self.has(Defect::FilterUnknownAttributeFindsAll) && text.contains("noSuch")
    }
}

/// `meta` with the times in it as texts.
fn times_as_texts() -> Attribute {
    let text = |name: &str| Attribute {
        name: name.to_owned(),
        kind: Kind::String,
        case_exact: true,
        ..Attribute::default()
    };
    Attribute {
        name: "meta".to_owned(),
        kind: Kind::Complex,
        sub_attributes: [
            "resourceType",
            "created",
            "lastModified",
            "location",
            "version",
        ]
        .map(text)
        .into(),
        ..Attribute::default()
    }
}

/// The attributes that a filter compares.
fn paths(filter: &Filter) -> Vec<AttributePath> {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().flat_map(paths).collect(),
        Filter::Not(inner) => paths(inner),
        Filter::Present(_) => Vec::new(),
        Filter::Compare(path, ..) | Filter::Values(path, _) => vec![path.clone()],
    }
}

/// The filter as a server at its root evaluates it for a type that lacks an attribute.
pub(super) fn undefined_matches(filter: Filter, schema: &ResourceSchema) -> Filter {
    let all = |parts: Vec<Filter>| {
        parts
            .into_iter()
            .map(|part| undefined_matches(part, schema))
            .collect()
    };
    match filter {
        Filter::And(parts) => Filter::And(all(parts)),
        Filter::Or(parts) => Filter::Or(all(parts)),
        Filter::Not(inner) => Filter::Not(Box::new(undefined_matches(*inner, schema))),
        Filter::Present(path) | Filter::Compare(path, ..) | Filter::Values(path, _)
            if schema.find(&path).is_none() =>
        {
            Filter::Present(AttributePath::of("id"))
        }
        other => other,
    }
}
