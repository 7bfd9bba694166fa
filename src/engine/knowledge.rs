//! What is known of the target: what it says of itself, and RFC 7643 where it says nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use serde_json::Value;

use crate::scim::discovery::ServiceProviderConfig;
use crate::scim::json_schema;
use crate::scim::resource::{ResourceSchema, ResourceType};
use crate::scim::schema::{Schema, core};
use crate::suite::{Capability, Dialect, Published};

/// What one base URL says of itself.
#[derive(Debug, Default, Clone)]
pub struct Discovery {
    /// `/ServiceProviderConfig`, if it was there.
    pub config: Option<ServiceProviderConfig>,
    /// `/ResourceTypes`, if they were there.
    pub resource_types: Option<Vec<ResourceType>>,
    /// `/Schemas`, if they were there.
    pub schemas: Option<Vec<Schema>>,
    /// The endpoints that are not there at all, as far as that was seen.
    pub absent: Vec<Published>,
}

impl Discovery {
    /// Reads the bodies of what was there. What can't be read counts as not there.
    pub fn read(
        config: Option<&Value>,
        resource_types: Option<&Value>,
        schemas: Option<&Value>,
    ) -> Self {
        fn all<T>(body: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
            let all: Vec<T> = items(body?).iter().filter_map(read).collect();
            (!all.is_empty()).then_some(all)
        }
        Self {
            config: config.and_then(|body| ServiceProviderConfig::from_json(body).ok()),
            resource_types: all(resource_types, |item| ResourceType::from_json(item).ok()),
            schemas: all(schemas, |item| Schema::from_json(item).ok()),
            absent: Vec::new(),
        }
    }
}

/// The members of a list response, or of a bare list, which some servers answer with.
fn items(body: &Value) -> &[Value] {
    let items = body.get("Resources").unwrap_or(body).as_array();
    items.map_or(&[], Vec::as_slice)
}

/// What is known of the target, for each dialect that is tested.
#[derive(Debug, Default)]
pub struct Knowledge {
    dialects: BTreeMap<&'static str, Discovery>,
    schemas: Mutex<BTreeMap<(&'static str, String), Arc<ResourceSchema>>>,
    validators: Mutex<BTreeMap<(&'static str, String), Compiled>>,
}

/// A compiled schema; `None` when a target's own schema can't be compiled.
type Compiled = Arc<Option<Validator>>;

/// One way in which a value is no valid resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as a JSON Pointer into the resource; empty for the whole.
    pub place: String,
    /// What is there.
    pub received: String,
    /// What is wrong.
    pub message: String,
}

static FALLBACK: LazyLock<[ResourceType; 2]> =
    LazyLock::new(|| [ResourceType::user(), ResourceType::group()]);

impl Knowledge {
    /// Knowledge from what was discovered.
    pub fn new(discovered: impl IntoIterator<Item = (Dialect, Discovery)>) -> Self {
        let dialects = discovered
            .into_iter()
            .map(|(dialect, discovery)| (dialect.word(), discovery))
            .collect();
        Self {
            dialects,
            ..Self::default()
        }
    }

    /// What was discovered.
    pub fn discovery(&self, dialect: Dialect) -> Option<&Discovery> {
        self.dialects.get(dialect.word())
    }

    /// Whether the target advertises a capability; `None` when it says nothing.
    pub fn supports(&self, dialect: Dialect, capability: Capability) -> Option<bool> {
        let config = self.discovery(dialect).and_then(|d| d.config.as_ref());
        let said = |read: fn(&ServiceProviderConfig) -> Option<bool>| config.and_then(read);
        match capability {
            Capability::Patch => said(|config| config.patch),
            Capability::Bulk => said(|config| Some(config.bulk.as_ref()?.supported)),
            Capability::Filter => said(|config| Some(config.filter.as_ref()?.supported)),
            Capability::Sort => said(|config| config.sort),
            Capability::Etag => said(|config| config.etag),
            Capability::ChangePassword => said(|config| config.change_password),
            // RFC 9865 is younger than most servers: who does not speak of it does not have it.
            Capability::Cursor => {
                let cursor = said(|config| Some(config.pagination.as_ref()?.cursor));
                Some(cursor.unwrap_or(false))
            }
        }
    }

    /// Whether the target has a discovery endpoint. What is there and broken is there.
    pub fn publishes(&self, dialect: Dialect, published: Published) -> bool {
        self.discovery(dialect)
            .is_none_or(|discovery| !discovery.absent.contains(&published))
    }

    /// Whether the target offers a resource type, by name or schema URN, or an extension, by its URN; `None` when it
    /// says nothing of its types.
    pub fn offers(&self, dialect: Dialect, name: &str) -> Option<bool> {
        let types = self.discovery(dialect)?.resource_types.as_ref()?;
        let extends = |offered: &ResourceType| {
            let mut extensions = offered.extensions.iter();
            extensions.any(|extension| extension.schema.eq_ignore_ascii_case(name))
        };
        Some(
            types
                .iter()
                .any(|offered| is_named(offered, name) || extends(offered)),
        )
    }

    /// Whether the target says that each resource of a type, by its name, has to have an extension (RFC 7643 §6).
    pub fn requires_extension(&self, dialect: Dialect, name: &str) -> bool {
        let mut types = self.resource_types(dialect).iter();
        let requires = |offered: &ResourceType| offered.extensions.iter().any(|one| one.required);
        types.any(|offered| is_named(offered, name) && requires(offered))
    }

    /// The resource types that the target says it has; User and Group when it says nothing.
    pub fn resource_types(&self, dialect: Dialect) -> &[ResourceType] {
        self.discovery(dialect)
            .and_then(|d| d.resource_types.as_deref())
            .unwrap_or(FALLBACK.as_slice())
    }

    /// The endpoint of a resource type below the base URL, such as `/Users`, if it is known.
    pub fn endpoint(&self, dialect: Dialect, name: &str) -> Option<String> {
        let found = self
            .resource_types(dialect)
            .iter()
            .find(|offered| is_named(offered, name))?;
        // RFC 7643 §6 shows it with and without the slash.
        Some(format!("/{}", found.endpoint.trim_start_matches('/')))
    }

    /// The schema of a resource type: the target's own where it publishes one, else RFC 7643's.
    pub fn schema(&self, dialect: Dialect, name: &str) -> Arc<ResourceSchema> {
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        schemas
            .entry((dialect.word(), name.to_owned()))
            .or_insert_with(|| Arc::new(self.build(dialect, name)))
            .clone()
    }

    fn build(&self, dialect: Dialect, name: &str) -> ResourceSchema {
        if dialect == Dialect::V1 {
            return if is_group(name) {
                ResourceSchema::v1_group()
            } else {
                ResourceSchema::v1_user()
            };
        }
        let published = self
            .discovery(dialect)
            .and_then(|discovery| discovery.schemas.as_deref())
            .unwrap_or_default();
        let by_urn = |wanted: &str| {
            published
                .iter()
                .find(|schema| schema.id.eq_ignore_ascii_case(wanted))
                .cloned()
                .or_else(|| {
                    [core::user(), core::group(), core::enterprise_user()]
                        .into_iter()
                        .find(|schema| schema.id.eq_ignore_ascii_case(wanted))
                        .cloned()
                })
        };
        let offered = self
            .resource_types(dialect)
            .iter()
            .find(|offered| is_named(offered, name));
        let extensions = offered
            .map(|offered| {
                let known =
                    |e: &crate::scim::resource::Extension| Some((by_urn(&e.schema)?, e.required));
                offered.extensions.iter().filter_map(known).collect()
            })
            .unwrap_or_default();
        let base = offered
            .and_then(|offered| by_urn(&offered.schema))
            .unwrap_or_else(|| {
                if is_group(name) {
                    core::group().clone()
                } else {
                    core::user().clone()
                }
            });
        ResourceSchema { base, extensions }
    }

    /// The resource type that a resource says it is of, by its `schemas`; `None` if it says none that the target has.
    pub fn type_of_value(&self, dialect: Dialect, resource: &Value) -> Option<String> {
        let urns = resource.get("schemas")?.as_array()?;
        let types = self.resource_types(dialect);
        let named = |urn: &Value| {
            let urn = urn.as_str()?;
            let is_it = |offered: &&ResourceType| offered.schema.eq_ignore_ascii_case(urn);
            types.iter().find(is_it)
        };
        urns.iter()
            .find_map(named)
            .map(|offered| offered.name.clone())
    }

    /// The schema that a resource says it has, by its `schemas`.
    pub fn schema_of_value(&self, dialect: Dialect, resource: &Value) -> Arc<ResourceSchema> {
        let urns = resource
            .get("schemas")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let named = |urn: &Value| {
            let urn = urn.as_str()?;
            self.resource_types(dialect)
                .iter()
                .find(|offered| offered.schema.eq_ignore_ascii_case(urn))
        };
        let name = urns.iter().find_map(named).map_or_else(
            || {
                if resource.get("members").is_some() {
                    "Group"
                } else {
                    "User"
                }
            },
            |offered| offered.name.as_str(),
        );
        self.schema(dialect, name)
    }

    /// In which ways a value is no valid representation of a resource type.
    pub fn problems_of_resource(&self, dialect: Dialect, name: &str, body: &Value) -> Vec<Problem> {
        let validator = {
            let mut validators = self
                .validators
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let build = || {
                let schema = json_schema::for_resource(&self.schema(dialect, name));
                Arc::new(
                    jsonschema::options()
                        .with_draft(jsonschema::Draft::Draft202012)
                        .build(&schema)
                        .ok(),
                )
            };
            validators
                .entry((dialect.word(), name.to_owned()))
                .or_insert_with(build)
                .clone()
        };
        let Some(validator) = validator.as_ref() else {
            return Vec::new();
        };
        validator
            .iter_errors(body)
            .map(|error| Problem {
                place: error.instance_path().to_string(),
                received: error.instance().to_string(),
                message: format!(
                    "{}{}",
                    place_words(&error.instance_path().to_string()),
                    error.masked()
                ),
            })
            .collect()
    }
}

fn place_words(place: &str) -> String {
    if place.is_empty() {
        String::new()
    } else {
        format!("at {place}: ")
    }
}

fn is_group(name: &str) -> bool {
    name.eq_ignore_ascii_case("group")
}

fn is_named(offered: &ResourceType, name: &str) -> bool {
    offered.name.eq_ignore_ascii_case(name)
        || offered.schema.eq_ignore_ascii_case(name)
        // `Users` where RFC 7643 says `User`: some servers name the type after its endpoint.
        || offered.name.eq_ignore_ascii_case(&format!("{name}s")) && !name.contains(':')
}
