//! Valid values made up for an attribute.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, TimeDelta};
use serde_json::{Map, Value, json};

use super::resource::Found;
use super::schema::{Attribute, Kind, Mutability};

/// Self-signed certificates that belong to nobody: servers may read what they are given as one.
const CERTIFICATES: [&str; 2] = [
    "MIIBQDCB86ADAgECAhRcWYWVMDZSYfAuJf+0vdsYX6SvjjAFBgMrZXAwFTETMBEGA1UEAwwKc2NpbWl0YXIgMTAgFw0yNjExMjQx\
     OTI2MjVaGA8yMTI2MTAzMTE5MjYyNVowFTETMBEGA1UEAwwKc2NpbWl0YXIgMTAqMAUGAytlcAMhAAjAH7p8Devhb0Fe8VxLdg4t\
     Md0L79lcRYQPgX8/Bfwko1MwUTAdBgNVHQ4EFgQUzzRzBcuoM6UxeRdmiHfKgc6CumcwHwYDVR0jBBgwFoAUzzRzBcuoM6UxeRdm\
     iHfKgc6CumcwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQCjcMkVLEyb3bY03sptx2OH5LTZj9sFXuvZ3RTiAVlhecIHya7RlC6T\
     tGQLaEr1OP7E6Dj2EwrtW0odnw8CHR8O",
    "MIIBQDCB86ADAgECAhRJNiGtHqslzAcGIwUZVOe+LClzdjAFBgMrZXAwFTETMBEGA1UEAwwKc2NpbWl0YXIgMjAgFw0yNjExMjQx\
     OTI2MjVaGA8yMTI2MTAzMTE5MjYyNVowFTETMBEGA1UEAwwKc2NpbWl0YXIgMjAqMAUGAytlcAMhAI8Zy9U7YMFJA2QwrKGXgo0v\
     vNqaJwtuf/j0/rRLi1fOo1MwUTAdBgNVHQ4EFgQU043DqsZ2xa+VizKnz0f5aIyIzrAwHwYDVR0jBBgwFoAU043DqsZ2xa+VizKn\
     z0f5aIyIzrAwDwYDVR0TAQH/BAUwAwEB/zAFBgMrZXADQQCu3xvYpdsaRoJzITo370rFJy7crL31/SwCSe0i/Troi+NsfoR4obyN\
     R4zXvZ3804/qjwtFnSXd1gv+HeCd4igM",
];

const LANGUAGES: &[&str] = &["en-US", "de-DE", "fr-FR", "ja-JP", "pt-BR", "nl-NL"];
const TIME_ZONES: &[&str] = &[
    "America/Los_Angeles",
    "Europe/Berlin",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Africa/Nairobi",
    "America/Sao_Paulo",
];
const COUNTRIES: &[&str] = &["US", "DE", "FR", "JP", "BR", "NL"];
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A valid value for an attribute, the same for the same input; another `n` gives another value, as far as the type has
/// one. Texts of free form carry `tag`.
///
/// `None` where nothing valid can be made up: what only the server writes, references to other resources, and choices
/// that have no `n`-th value.
pub fn value_for(attribute: &Attribute, tag: &str, seed: u64, n: u32) -> Option<Value> {
    whole(attribute, "", &Maker { tag, seed, n })
}

/// The same for an attribute found in its schema: a sub-attribute's value then suits the attribute that it is of.
pub fn value_of(found: &Found<'_>, tag: &str, seed: u64, n: u32) -> Option<Value> {
    let maker = Maker { tag, seed, n };
    match found.parent {
        None => whole(found.attribute, "", &maker),
        Some(parent)
            if parent.mutability == Mutability::ReadOnly || refers_to_resources(parent) =>
        {
            None
        }
        Some(parent) => whole(found.attribute, &parent.name, &maker),
    }
}

struct Maker<'a> {
    tag: &'a str,
    seed: u64,
    n: u32,
}

impl Maker<'_> {
    fn pick<'p>(&self, from: &[&'p str]) -> &'p str {
        let length = u64::try_from(from.len()).unwrap_or(1).max(1);
        let place = (self.seed % length + u64::from(self.n)) % length;
        usize::try_from(place)
            .ok()
            .and_then(|place| from.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// Six letters from the seed, so that values of different places differ.
    fn code(&self) -> String {
        let letter = |place: u32| {
            let five_bits = usize::try_from((self.seed >> (5 * place)) & 31).unwrap_or(0);
            LETTERS.get(five_bits).map(|letter| char::from(*letter))
        };
        (0..6).filter_map(letter).collect()
    }

    /// A small number from the seed, another for another `n`.
    fn number(&self, below: u64) -> u64 {
        (self.seed % below + u64::from(self.n)) % below
    }
}

/// Whether it holds other resources: their ids can't be made up.
fn refers_to_resources(attribute: &Attribute) -> bool {
    let is_resource =
        |kind: &String| !kind.eq_ignore_ascii_case("external") && !kind.eq_ignore_ascii_case("uri");
    attribute
        .sub_attribute("$ref")
        .is_some_and(|reference| reference.reference_types.iter().any(is_resource))
        || attribute.kind == Kind::Reference && attribute.reference_types.iter().any(is_resource)
}

fn whole(attribute: &Attribute, parent: &str, maker: &Maker<'_>) -> Option<Value> {
    if attribute.mutability == Mutability::ReadOnly || refers_to_resources(attribute) {
        return None;
    }
    let one = if attribute.is_complex() {
        complex(attribute, maker)?
    } else {
        simple(attribute, parent, maker)?
    };
    Some(if attribute.multi_valued {
        Value::Array(vec![one])
    } else {
        one
    })
}

fn complex(attribute: &Attribute, maker: &Maker<'_>) -> Option<Value> {
    let mut members = Map::new();
    for sub in &attribute.sub_attributes {
        // A server may work these out itself, so they are sent only if they must be.
        let derived = ["display", "formatted", "primary", "$ref"]
            .iter()
            .any(|name| sub.is_named(name));
        if derived && !sub.required {
            continue;
        }
        match whole(sub, &attribute.name, maker) {
            Some(value) => {
                members.insert(sub.name.clone(), value);
            }
            None if sub.required && sub.mutability != Mutability::ReadOnly => return None,
            // Of two values that differ elsewhere, both may have the only canonical type there is.
            None if maker.n > 0 && sub.mutability != Mutability::ReadOnly => {
                if let Some(value) = whole(sub, &attribute.name, &Maker { n: 0, ..*maker }) {
                    members.insert(sub.name.clone(), value);
                }
            }
            None => {}
        }
    }
    if members.is_empty() {
        // A complex attribute that has only what is left out above, or nothing at all.
        let sub = attribute
            .sub_attributes
            .iter()
            .find(|sub| !sub.is_named("$ref") && whole(sub, "", maker).is_some())?;
        members.insert(sub.name.clone(), whole(sub, &attribute.name, maker)?);
    }
    Some(Value::Object(members))
}

fn simple(attribute: &Attribute, parent: &str, maker: &Maker<'_>) -> Option<Value> {
    if !attribute.canonical_values.is_empty() {
        let values: Vec<&str> = attribute
            .canonical_values
            .iter()
            .map(String::as_str)
            .collect();
        let enough = usize::try_from(maker.n).is_ok_and(|n| n < values.len());
        return enough.then(|| maker.pick(&values).into());
    }
    let Maker { tag, n, .. } = maker;
    let name = attribute.name.as_str();
    Some(match attribute.kind {
        Kind::Boolean => (n % 2 == 0).into(),
        Kind::Integer => maker.number(1000).into(),
        // Halves are exact in binary.
        #[expect(clippy::cast_precision_loss, reason = "the number is below 1000")]
        Kind::Decimal => json!(maker.number(1000) as f64 + 0.5),
        Kind::DateTime => {
            let days = i64::try_from(maker.number(3650)).unwrap_or(0);
            let start = DateTime::from_timestamp(1_262_304_000, 0)?;
            start
                .checked_add_signed(TimeDelta::days(days))?
                .to_rfc3339_opts(SecondsFormat::Secs, true)
                .into()
        }
        Kind::Binary
            if is_any(parent, &["x509Certificates"]) || is_any(name, &["x509Certificates"]) =>
        {
            (*CERTIFICATES.get(usize::try_from(*n).ok()?)?).into()
        }
        Kind::Binary => STANDARD
            .encode(format!("{tag} {name} {} {n}", maker.code()))
            .into(),
        Kind::Reference => {
            let ending = if is_any(parent, &["photos"]) {
                ".jpg"
            } else {
                ""
            };
            format!("https://example.com/{tag}/{}{n}{ending}", maker.code()).into()
        }
        Kind::String => text(name, parent, maker).into(),
        Kind::Complex => return None,
    })
}

fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn text(name: &str, parent: &str, maker: &Maker<'_>) -> String {
    let Maker { tag, n, .. } = maker;
    let code = maker.code();
    // A plain `value` is what its attribute says.
    let what = if is_any(name, &["value"]) && !parent.is_empty() {
        parent
    } else {
        name
    };
    let low = what.to_lowercase();
    if low.contains("email") || low == "username" {
        return format!("scimitar-{tag}-{code}{n}@example.com");
    }
    if low.contains("phone") || low == "fax" || low == "mobile" {
        // 555-0100 to 555-0199 belong to nobody.
        return format!("+1-201-555-01{:02}", maker.number(100));
    }
    match low.as_str() {
        "locale" | "preferredlanguage" => maker.pick(LANGUAGES).to_owned(),
        "timezone" => maker.pick(TIME_ZONES).to_owned(),
        "country" => maker.pick(COUNTRIES).to_owned(),
        "postalcode" => format!("{:05}", 10_000 + maker.number(80_000)),
        "password" => format!("{}-{tag}-{n}-Aa9!", code.to_uppercase()),
        _ if is_any(what, &["profileUrl"]) || low.ends_with("url") => {
            format!("https://example.com/{tag}/{code}{n}")
        }
        _ => format!("{tag}-{code}{n}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::compare;
    use crate::scim::conform::assigned;
    use crate::scim::resource::ResourceSchema;
    use crate::scim::schema::core;

    #[test]
    fn made_up_values_are_valid_distinct_and_the_same_again() {
        for schema in [
            ResourceSchema::user(),
            ResourceSchema::group(),
            ResourceSchema::v1_user(),
        ] {
            for found in schema.walk() {
                let path = found.path.to_string();
                let values: Vec<_> = (0..2)
                    .map(|n| value_of(&found, "t4g", 0x1234_5678_9abc, n))
                    .collect();
                assert_eq!(
                    values[0],
                    value_of(&found, "t4g", 0x1234_5678_9abc, 0),
                    "{path}"
                );
                for value in values.iter().flatten() {
                    assert_eq!(
                        assigned(found.attribute, &path, value).unwrap().as_ref(),
                        Some(value),
                        "{path}"
                    );
                }
                if let [Some(a), Some(b)] = values.as_slice() {
                    assert!(!compare::equal(found.attribute, a, b), "{path}: {a} {b}");
                }
            }
        }
    }

    #[test]
    fn what_a_client_cannot_set_has_no_value() {
        let schema = ResourceSchema::user();
        let unmade: Vec<String> = schema
            .walk()
            .iter()
            .filter(|found| value_of(found, "t", 1, 0).is_none())
            .map(|found| {
                found
                    .path
                    .to_string()
                    .rsplit(':')
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        assert_eq!(
            unmade,
            [
                "id",
                "meta",
                "meta.resourceType",
                "meta.created",
                "meta.lastModified",
                "meta.location",
                "meta.version",
                "groups",
                "groups.value",
                "groups.$ref",
                "groups.display",
                "groups.type",
                "manager",
                "manager.value",
                "manager.$ref",
                "manager.displayName",
            ]
        );
    }

    #[test]
    fn texts_carry_the_tag_and_have_the_shape_of_their_attribute() {
        let user = core::user();
        let text = |name: &str| value_for(user.attribute(name).unwrap(), "t4g", 99, 0).unwrap();
        assert!(text("userName").as_str().unwrap().ends_with("@example.com"));
        assert!(text("displayName").as_str().unwrap().contains("t4g"));
        assert!(text("emails")[0]["value"].as_str().unwrap().contains("t4g"));
        assert!(
            text("phoneNumbers")[0]["value"]
                .as_str()
                .unwrap()
                .starts_with("+1-201-555-01")
        );
        assert_eq!(text("locale"), "ja-JP");
        assert_eq!(text("addresses")[0]["country"].as_str().unwrap().len(), 2);
    }

    #[test]
    fn a_required_sub_attribute_is_there_even_if_a_server_could_work_it_out() {
        let attribute = core::user().attribute("name").unwrap().clone();
        let mut subs = attribute.sub_attributes.clone();
        subs[0].required = true;
        let value = value_for(
            &Attribute {
                sub_attributes: subs,
                ..attribute
            },
            "t",
            1,
            0,
        )
        .unwrap();
        assert!(value.get("formatted").is_some() && value.get("familyName").is_some());
    }
}
