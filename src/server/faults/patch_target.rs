//! What an operation of a PATCH is about, as faulty servers look at it before they do something else.

use serde_json::{Map, Value, json};

use crate::scim::error::{ScimError, ScimType};
use crate::scim::filter::{Filter, Literal, Operator};
use crate::scim::patch;
use crate::scim::path::{AttributePath, PatchPath};
use crate::scim::resource::ResourceSchema;
use crate::scim::schema::{Attribute, Mutability, is_unassigned};
use crate::scim::urn;

/// One operation, with the resource that it is to change.
pub(super) struct Target<'a> {
    /// The schema of the resource.
    pub(super) schema: &'a ResourceSchema,
    /// The resource before the request.
    pub(super) whole: &'a Value,
    /// The operation.
    pub(super) operation: &'a Value,
    /// `path`, if it is one.
    pub(super) path: Option<PatchPath>,
}

/// A member that is a text.
pub(super) fn text<'v>(operation: &'v Value, name: &str) -> &'v str {
    operation
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// A name as an object has it, or as it is.
pub(super) fn spelled<'n>(members: &'n Map<String, Value>, name: &'n str) -> &'n str {
    let mut names = members.keys();
    names
        .find(|known| known.eq_ignore_ascii_case(name))
        .map_or(name, String::as_str)
}

/// Whether an operation is this one, in any case.
pub(super) fn is_op(operation: &Value, op: &str) -> bool {
    text(operation, "op").eq_ignore_ascii_case(op)
}

impl<'a> Target<'a> {
    pub(super) fn of(schema: &'a ResourceSchema, whole: &'a Value, operation: &'a Value) -> Self {
        let text = text(operation, "path");
        let whole_schema = schema.is_base(text) || schema.extension(text).is_some();
        Self {
            schema,
            whole,
            operation,
            path: PatchPath::parse(text).ok().filter(|_| !whole_schema),
        }
    }

    pub(super) fn is(&self, op: &str) -> bool {
        is_op(self.operation, op)
    }

    /// The path as it was sent.
    pub(super) fn text(&self) -> &'a str {
        text(self.operation, "path")
    }

    pub(super) fn value(&self) -> Option<&'a Value> {
        self.operation.get("value")
    }

    /// What a right server makes of this operation alone.
    pub(super) fn alone(&self) -> Result<Value, ScimError> {
        let request = json!({ "schemas": [urn::PATCH_OP], "Operations": [self.operation] });
        patch::apply(self.schema, self.whole, &request)
    }

    /// The error of a right server for this operation alone.
    pub(super) fn error(&self) -> Option<ScimType> {
        self.alone().err().and_then(|error| error.scim_type)
    }

    /// Whether a right server would find nothing to change.
    pub(super) fn changes_nothing(&self) -> bool {
        self.alone().is_ok_and(|made| made == *self.whole)
    }

    /// The attribute that the path begins with, without its sub-attribute.
    pub(super) fn top(&self) -> Option<&'a Attribute> {
        let path = self.path.as_ref()?;
        self.schema
            .find(&path.attribute)
            .map(|found| found.attribute)
    }

    /// The attribute that is changed: the sub-attribute, if the path has one.
    pub(super) fn attribute(&self) -> Option<&'a Attribute> {
        let top = self.top()?;
        match self.path.as_ref().and_then(|path| path.sub.as_ref()) {
            Some(sub) => top.sub_attribute(sub),
            None => Some(top),
        }
    }

    pub(super) fn is_read_only(&self) -> bool {
        let read_only = |attribute: Option<&Attribute>| {
            attribute.is_some_and(|attribute| attribute.mutability == Mutability::ReadOnly)
        };
        read_only(self.top()) || read_only(self.attribute())
    }

    /// What stands at the path without its filter.
    pub(super) fn current(&self) -> Option<&'a Value> {
        let path = self.path.as_ref()?;
        let member = |of: &'a Value, name: &str| {
            let members = of.as_object()?;
            members.get(spelled(members, name))
        };
        let of = match &path.attribute.schema {
            Some(urn) if !self.schema.is_base(urn) => member(self.whole, urn)?,
            _ => self.whole,
        };
        let top = member(of, &path.attribute.name)?;
        let found = match &path.sub {
            Some(sub) if path.filter.is_none() => member(top, sub)?,
            _ => top,
        };
        Some(found).filter(|found| !is_unassigned(found))
    }

    /// The values that the filter selects, of how many.
    pub(super) fn selected(&self) -> (Vec<&'a Value>, usize) {
        let filter = self.path.as_ref().and_then(|path| path.filter.as_ref());
        let items = self
            .current()
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let (Some(filter), Some(top)) = (filter, self.top()) else {
            return (Vec::new(), items.len());
        };
        let fits = |item: &&Value| filter.matches_value(Some(top), item);
        (items.iter().filter(fits).collect(), items.len())
    }

    /// The path with another filter: the values that have this `value`.
    pub(super) fn path_to(&self, item: &Value) -> Option<String> {
        let value = item.get("value").and_then(Value::as_str)?;
        let filter = Filter::Compare(
            AttributePath::of("value"),
            Operator::Eq,
            Literal::Text(value.to_owned()),
        );
        let path = self.path.clone()?;
        Some(
            PatchPath {
                filter: Some(filter),
                ..path
            }
            .to_string(),
        )
    }
}
