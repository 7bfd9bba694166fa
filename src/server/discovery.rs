//! What the server says of itself (RFC 7644 §4; RFC 7643 §5–§7; SCIM 1.1 core schema §9, §10).

use serde_json::{Value, json};

use super::answer::Answer;
use super::bulk::MAX_OPERATIONS;
use super::call::{Call, MAX_BODY};
use super::dialect::Dialect;
use super::fault::{Choice, Defect};
use super::kind::{self, Kind};
use super::list::{MAX_PAGE, PAGE};
use super::route::{Asked, Place};
use super::service::Service;
use super::variation;
use crate::scim::discovery::{
    AuthenticationScheme, Bulk, FilterSupport, Pagination, ServiceProviderConfig,
};
use crate::scim::error::ScimError;
use crate::scim::resource::Extension;
use crate::scim::urn;

impl Service {
    /// Answers a GET of a discovery endpoint.
    ///
    /// # Errors
    /// 403 for a filter (RFC 7644 §4), 404 for what is not there.
    pub(super) fn discover(&self, call: &Call, asked: &Asked) -> Result<Answer, ScimError> {
        if call.parameter("filter").is_some() && !matches!(asked.place, Place::Config) {
            return Err(ScimError::status(
                403,
                "The discovery endpoints take no filter.",
            ));
        }
        let absent = || ScimError::status(404, "There is no such endpoint.");
        let hidden = self.switches.chooses(Choice::ResourceTypesAndSchemasAbsent);
        match (&asked.place, asked.dialect) {
            (Place::Config, dialect) => Ok(Answer::json(200, self.config_of(dialect))),
            (Place::ResourceTypes(_) | Place::Schemas(_), _) if hidden => Err(absent()),
            (Place::ResourceTypes(None), dialect) => {
                let types = self
                    .offered(dialect)
                    .map(|kind| self.resource_type(dialect, kind));
                Ok(Answer::json(
                    200,
                    self.list_of(&[dialect.list_urn()], types.collect()),
                ))
            }
            (Place::ResourceTypes(Some(id)), dialect) => {
                let found = self
                    .offered(dialect)
                    .find(|kind| kind.resource_type.name == *id);
                let found =
                    found.filter(|_| !self.switches.has(Defect::ResourceTypeByNameNotFound));
                found
                    .map(|kind| Answer::json(200, self.resource_type(dialect, kind)))
                    .ok_or_else(absent)
            }
            (Place::Schemas(None), Dialect::V1) => {
                let schemas = self
                    .offered(Dialect::V1)
                    .filter_map(kind::v1_schema)
                    .collect();
                // The second is in no text of SCIM 1.1; Okta's SPEC test wants it all the same.
                Ok(Answer::json(
                    200,
                    self.list_of(
                        &[urn::v1::CORE, "urn:scim:schemas:core:1.0:ListResponse"],
                        schemas,
                    ),
                ))
            }
            (Place::Schemas(Some(id)), Dialect::V1) => {
                let mut schemas = self.offered(Dialect::V1).filter_map(kind::v1_schema);
                let found =
                    schemas.find(|schema| schema.get("id").and_then(Value::as_str) == Some(id));
                found
                    .map(|schema| Answer::json(200, schema))
                    .ok_or_else(absent)
            }
            (Place::Schemas(None), Dialect::V2) => Ok(Answer::json(
                200,
                self.list_of(&[urn::LIST_RESPONSE], self.schemas()),
            )),
            (Place::Schemas(Some(id)), Dialect::V2) => {
                let is_it = |schema: &Value| {
                    schema
                        .get("id")
                        .and_then(Value::as_str)
                        .is_some_and(|known| known.eq_ignore_ascii_case(id))
                };
                let found = self.schemas().into_iter().find(is_it);
                let found = found.filter(|_| !self.switches.has(Defect::SchemaByUrnNotFound));
                let found = found.map(|schema| {
                    let other = self.switches.has(Defect::SchemaByUrnOfOther);
                    let first = other.then(|| self.schemas().into_iter().next()).flatten();
                    first.unwrap_or(schema)
                });
                found
                    .map(|schema| Answer::json(200, schema))
                    .ok_or_else(absent)
            }
            _ => Err(absent()),
        }
    }

    fn offered(&self, dialect: Dialect) -> impl Iterator<Item = &Kind> {
        let hides = self
            .switches
            .chooses(Choice::EntitlementsNotInResourceTypes);
        let hidden = move |kind: &Kind| hides && kind.resource_type.name == "Entitlement";
        self.kinds
            .iter()
            .filter(move |kind| kind.is_in(dialect) && !hidden(kind))
    }

    fn list_of(&self, schemas: &[&str], items: Vec<Value>) -> Value {
        let total = items.len();
        let whole = self.switches.chooses(Choice::ListWithoutIndexWhenWhole);
        let mut list = json!({ "schemas": schemas, "totalResults": total });
        if let Some(members) = list.as_object_mut() {
            if !whole {
                members.insert("startIndex".to_owned(), 1.into());
                members.insert("itemsPerPage".to_owned(), total.into());
            }
            members.insert("Resources".to_owned(), items.into());
        }
        list
    }

    fn resource_type(&self, dialect: Dialect, kind: &Kind) -> Value {
        let mut of_type = kind.resource_type.clone();
        if self.switches.chooses(Choice::ExtraAttributes) {
            of_type.extensions.push(Extension {
                schema: variation::UNKNOWN_EXTENSION.to_owned(),
                required: false,
            });
        }
        let mut json = of_type.to_json();
        let place = format!("ResourceTypes/{}", kind.resource_type.name);
        if let Some(members) = json.as_object_mut() {
            if dialect == Dialect::V1 {
                members.insert("schemas".to_owned(), json!([urn::v1::CORE]));
                members.insert("schema".to_owned(), urn::v1::CORE.into());
                members.shift_remove("schemaExtensions");
            } else {
                members.insert("meta".to_owned(), self.meta_of("ResourceType", &place));
            }
        }
        json
    }

    fn schemas(&self) -> Vec<Value> {
        let extra = self
            .switches
            .chooses(Choice::ExtraAttributes)
            .then(variation::unknown_extension);
        let published = kind::schemas(&self.kinds);
        let all = published.into_iter().chain(&extra).map(|schema| {
            let mut json = schema.to_json();
            if let Some(members) = json.as_object_mut() {
                members.insert(
                    "meta".to_owned(),
                    self.meta_of("Schema", &format!("Schemas/{}", schema.id)),
                );
            }
            json
        });
        let mut all: Vec<Value> = all.collect();
        self.switches.define(&mut all);
        all
    }

    fn meta_of(&self, resource_type: &str, path: &str) -> Value {
        json!({ "resourceType": resource_type, "location": format!("{}{}/{path}", self.origin, Dialect::V2.base()) })
    }

    fn config_of(&self, dialect: Dialect) -> Value {
        let chooses = |choice| self.switches.chooses(choice);
        let limit = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let page = limit(self.config.modes.page_cap.unwrap_or(MAX_PAGE).min(MAX_PAGE));
        let page = if chooses(Choice::PagesOfFive) {
            page.min(5)
        } else {
            page
        };
        let said = !chooses(Choice::PaginationLimitsUnsaid);
        let method = if chooses(Choice::CursorsByDefault) {
            "cursor"
        } else {
            "index"
        };
        let pagination = Pagination {
            cursor: true,
            index: true,
            default_pagination_method: said.then(|| method.to_owned()),
            default_page_size: said.then(|| page.min(limit(PAGE))),
            max_page_size: said.then_some(page),
            cursor_timeout: said.then(|| self.switches.cursor_timeout()),
        };
        let config = ServiceProviderConfig {
            documentation_uri: Some(format!("{}/docs", self.origin)),
            patch: Some(
                !chooses(Choice::NoPatch)
                    && !self.switches.has(Defect::PatchNotAnnouncedAnswers500),
            ),
            bulk: Some(Bulk {
                supported: !chooses(Choice::NoBulk),
                max_operations: Some(limit(MAX_OPERATIONS)),
                max_payload_size: Some(limit(MAX_BODY)),
            }),
            filter: Some(FilterSupport {
                supported: !chooses(Choice::NoFilter),
                max_results: Some(if self.switches.has(Defect::ConfigMaxResultsTooLow) {
                    1
                } else {
                    page
                }),
            }),
            change_password: Some(true),
            sort: Some(!chooses(Choice::NoSort)),
            etag: Some(!chooses(Choice::NoEtags)),
            pagination: (dialect == Dialect::V2 && !chooses(Choice::NoCursors))
                .then_some(pagination),
            authentication_schemes: self.schemes(),
        };
        let mut json = config.to_json();
        if let Some(members) = json.as_object_mut() {
            match dialect {
                Dialect::V2 => {
                    members.insert(
                        "meta".to_owned(),
                        self.meta_of("ServiceProviderConfig", "ServiceProviderConfig"),
                    );
                }
                Dialect::V1 => {
                    members.insert("schemas".to_owned(), json!([urn::v1::CORE]));
                    members.insert(
                        "xmlDataFormat".to_owned(),
                        json!({ "supported": chooses(Choice::XmlOffered) }),
                    );
                    let of_v1 = |members: &mut serde_json::Map<String, Value>| {
                        for (from, to) in [
                            ("documentationUri", "documentationUrl"),
                            ("specUri", "specUrl"),
                        ] {
                            if let Some(value) = members.shift_remove(from) {
                                members.insert(to.to_owned(), value);
                            }
                        }
                    };
                    of_v1(members);
                    let schemes = members
                        .get_mut("authenticationSchemes")
                        .and_then(Value::as_array_mut);
                    schemes
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_object_mut)
                        .for_each(of_v1);
                }
            }
        }
        json
    }

    fn schemes(&self) -> Vec<AuthenticationScheme> {
        let scheme = |kind: &str, name: &str, description: &str, rfc: &str| AuthenticationScheme {
            kind: kind.to_owned(),
            name: name.to_owned(),
            description: description.to_owned(),
            spec_uri: Some(format!("https://www.rfc-editor.org/info/{rfc}")),
            documentation_uri: None,
            primary: kind == "oauthbearertoken",
        };
        let mut all = vec![scheme(
            "oauthbearertoken",
            "OAuth Bearer Token",
            "A bearer token in Authorization.",
            "rfc6750",
        )];
        if !self.config.credentials.basic.is_empty() {
            all.push(scheme(
                "httpbasic",
                "HTTP Basic",
                "A name and a password in Authorization.",
                "rfc7617",
            ));
        }
        all
    }
}
