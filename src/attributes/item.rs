//! The attributes to look at: Okta's template, and what the target's own schemas have besides.

use serde_json::Value;

use super::mapping;
use super::sample::{Person, Sample, Turn};
use super::template::{BESIDES, core, entries};
use crate::record::{AttributeDemand, AttributeOrigin};
use crate::scim::path::{AttributePath, PatchPath};
use crate::scim::resource::{Found, ResourceSchema};
use crate::scim::sample;
use crate::scim::schema::{Attribute, Mutability};
use crate::suite::Dialect;

/// The most attributes of the target's own that are looked at.
const MOST_CUSTOM: usize = 100;
/// The longest path; longer ones are no names that somebody maps.
const LONGEST: usize = 200;

/// An attribute to look at.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and any of them goes with any other"
)]
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its path as the table shows it.
    pub(super) text: String,
    /// The same, read.
    pub(super) path: PatchPath,
    /// Where it is from.
    pub(super) origin: AttributeOrigin,
    /// Who needs it.
    pub(super) demanded: Option<AttributeDemand>,
    /// Whether Okta sends it in any case.
    pub(super) always: bool,
    /// Whether it is mapped.
    pub(super) mapped: bool,
    /// Whether the target requires it.
    pub(super) required: bool,
    /// Its definition: of one value, where a filter selects one.
    pub(super) definition: Option<Attribute>,
    /// Whether the target's own schemas define it.
    pub(super) published: bool,
    /// What is sent.
    pub(super) sample: Sample,
}

/// What is looked at.
#[derive(Debug, Clone)]
pub(super) struct Items {
    /// The attributes.
    pub(super) all: Vec<Item>,
    /// How many of the target's own are left out, since there are too many.
    pub(super) left_out: usize,
}

impl Item {
    /// The value to send for a person.
    pub(super) fn value(&self, person: &Person, tag: &str, turn: Turn) -> Option<Value> {
        if self.sample != Sample::Defined {
            return person.value(self.sample, turn);
        }
        let found = Found {
            path: self.path.attribute.clone(),
            attribute: self.definition.as_ref()?,
            parent: None,
            extension: None,
        };
        sample::value_of(&found, tag, person.seed, turn.number())
    }

    /// Whether it is the status, which Okta changes by requests of its own.
    pub(super) fn is_status(&self) -> bool {
        self.sample == Sample::Active
    }
}

/// The attributes to look at. `published` tells whether the schema is the target's own.
pub(super) fn items(
    schema: &ResourceSchema,
    dialect: Dialect,
    published: bool,
    mapped: Option<&[PatchPath]>,
) -> Items {
    let mut all = Vec::new();
    for (text, origin, entry) in entries(dialect) {
        let Ok(path) = PatchPath::parse(&text) else {
            continue;
        };
        let demanded = entry.demanded.then_some(AttributeDemand::Okta);
        let definition = definition(schema, dialect, &path);
        all.push(item(
            text,
            path,
            origin,
            demanded,
            entry.always,
            definition,
            entry.sample,
            mapped,
        ));
    }
    let mut left_out = 0;
    if published {
        let own = schema.walk();
        let own = own.iter().filter(|found| is_own(found, &all));
        let mut more = Vec::new();
        for found in own {
            let text = found.path.to_string();
            if more.len() >= MOST_CUSTOM || text.len() > LONGEST {
                left_out += 1;
                continue;
            }
            let Ok(path) = PatchPath::parse(&text) else {
                continue;
            };
            let definition = Some(found.attribute.clone());
            let custom = AttributeOrigin::Custom;
            more.push(item(
                text,
                path,
                custom,
                None,
                false,
                definition,
                Sample::Defined,
                mapped,
            ));
        }
        all.extend(more);
    } else {
        // The target describes nothing: what is mapped beyond the template is tried as a text.
        for path in mapped.unwrap_or_default() {
            if !is_known(&all, path) && !mapping::is_besides(path) && all.len() < MOST_CUSTOM {
                let definition = definition(schema, dialect, path);
                let sample = match &definition {
                    Some(_) => Sample::Defined,
                    None => Sample::Unknown,
                };
                let custom = AttributeOrigin::Custom;
                all.push(item(
                    path.to_string(),
                    path.clone(),
                    custom,
                    None,
                    false,
                    definition,
                    sample,
                    mapped,
                ));
            }
        }
    }
    for item in &mut all {
        item.published = published && schema.find(&whole(&item.path)).is_some();
    }
    Items { all, left_out }
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is a fact of one attribute, named where it is called"
)]
fn item(
    text: String,
    path: PatchPath,
    origin: AttributeOrigin,
    demanded: Option<AttributeDemand>,
    always: bool,
    definition: Option<Attribute>,
    sample: Sample,
    mapped: Option<&[PatchPath]>,
) -> Item {
    let named = mapped.is_some_and(|mapped| mapping::covers(mapped, &path));
    let by_mapping = (named && !always).then_some(AttributeDemand::Mapping);
    Item {
        demanded: demanded.or(by_mapping),
        mapped: always || mapped.is_none() || named,
        required: origin == AttributeOrigin::Custom
            && definition.as_ref().is_some_and(|one| one.required),
        text,
        path,
        origin,
        always,
        definition,
        published: false,
        sample,
    }
}

/// Whether the target's schema has an attribute beyond the template that a client can set.
fn is_own(found: &Found<'_>, template: &[Item]) -> bool {
    let name = &found.path.name;
    let is_besides =
        found.extension.is_none() && BESIDES.iter().any(|known| known.eq_ignore_ascii_case(name));
    let in_template = template
        .iter()
        .any(|item| same_attribute(&item.path.attribute, &found.path));
    found.parent.is_none()
        && found.attribute.mutability != Mutability::ReadOnly
        && !is_besides
        && !in_template
        && sample::value_of(found, "t", 0, 0).is_some()
}

fn is_known(items: &[Item], path: &PatchPath) -> bool {
    let mapped = std::slice::from_ref(path);
    items.iter().any(|item| mapping::covers(mapped, &item.path))
}

fn same_attribute(a: &AttributePath, b: &AttributePath) -> bool {
    let urn = |path: &AttributePath| path.schema.as_deref().map(str::to_ascii_lowercase);
    urn(a) == urn(b) && a.name.eq_ignore_ascii_case(&b.name)
}

/// The definition: the target's, or else the standard's. Where a filter selects a value, that of one value.
fn definition(schema: &ResourceSchema, dialect: Dialect, path: &PatchPath) -> Option<Attribute> {
    let standard = match dialect {
        Dialect::V1 => ResourceSchema::v1_user(),
        Dialect::V2 => ResourceSchema::user(),
    };
    let whole = whole(path);
    let found = schema.find(&whole).or_else(|| standard.find(&whole))?;
    let mut definition = found.attribute.clone();
    if path.filter.is_some() && path.sub.is_none() {
        definition.multi_valued = false;
    }
    Some(definition)
}

/// The attribute that a path leads to, whichever of its values is chosen.
fn whole(path: &PatchPath) -> AttributePath {
    AttributePath {
        sub: path.sub.clone().or_else(|| path.attribute.sub.clone()),
        ..path.attribute.clone()
    }
}

/// The URNs of an empty user, to which those of extensions are added.
pub(super) fn schemas(dialect: Dialect) -> Value {
    Value::Array(vec![core(dialect).into()])
}
