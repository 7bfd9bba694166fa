//! What is in the server from the start: a handful of people of one company, their groups, roles, entitlements and things.

use chrono::{DateTime, Duration, Utc};
use rand::Rng;
use serde_json::{Map, Value, json};

use super::fault::{Choice, Switches};
use super::kind::{ASSET, ENTITLEMENT, GROUP, ROLE, USER};
use super::state::fresh_id;
use super::store::{Store, Stored};
use crate::scim::urn;

const PEOPLE: [(&str, &str, &str, &str); 12] = [
    ("Amara", "Okafor", "Head of Engineering", "Engineering"),
    ("Jonas", "Lindqvist", "Software Engineer", "Engineering"),
    ("Mei", "Tanaka", "Software Engineer", "Engineering"),
    ("Zoë", "Brontë-Fischer", "Accountant", "Finance"),
    ("Rafael", "Souza", "Recruiter", "People"),
    ("Priya", "Raghavan", "Product Designer", "Product"),
    (
        "Lukas",
        "Müller",
        "Site Reliability Engineer",
        "Engineering",
    ),
    ("Sofía", "Navarro", "Controller", "Finance"),
    ("Tomasz", "Wójcik", "Support Engineer", "Support"),
    ("Hannah", "O'Connor", "Product Manager", "Product"),
    ("Yusuf", "Demir", "Data Analyst", "Finance"),
    ("Ingrid", "Haugen", "Office Manager", "People"),
];

/// How many people there are without more being asked for.
const FEW: usize = 6;

fn ascii(text: &str) -> String {
    let plain = |c: char| match c {
        'ë' => Some('e'),
        'ü' => Some('u'),
        'í' => Some('i'),
        'ó' => Some('o'),
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    text.chars().filter_map(plain).collect()
}

/// The first resources, the same for the same seed.
pub(super) fn seed(
    rng: &mut impl Rng,
    switches: &Switches,
    now: DateTime<Utc>,
    more_users: usize,
) -> Store {
    let mut store = Store::default();
    let mut add = |kind: usize, age: i64, attributes: Value, rng: &mut dyn rand::RngCore| {
        let Value::Object(attributes) = attributes else {
            return String::new();
        };
        let id = fresh_id(rng, switches);
        let created = now - Duration::days(age);
        let password = (kind == USER).then(|| "correct horse battery staple".to_owned());
        let stored = Stored {
            id: id.clone(),
            kind,
            attributes,
            password,
            created,
            modified: created,
            version: 1,
        };
        store.put(stored);
        id
    };
    let first = rng.random_range(0..PEOPLE.len());
    let mut ids: Vec<(String, &str)> = Vec::new();
    for at in 0..FEW + more_users {
        let Some((given, family, title, department)) = PEOPLE.get((first + at) % PEOPLE.len())
        else {
            continue;
        };
        let round = at / PEOPLE.len();
        let number = if round == 0 {
            String::new()
        } else {
            (round + 1).to_string()
        };
        let mail = format!("{}.{}{number}@example.com", ascii(given), ascii(family));
        let manager = ids.first().map(|(id, _)| id.clone());
        let inactive = at == FEW - 1;
        let user = user(
            at,
            (given, family, title, department),
            &mail,
            manager,
            inactive,
            switches,
        );
        ids.push((
            add(USER, 400 - i64::try_from(at).unwrap_or_default(), user, rng),
            department,
        ));
    }
    let mut members_of = |name: &str, members: Vec<&str>, rng: &mut dyn rand::RngCore| {
        let members: Vec<Value> = members
            .iter()
            .map(|id| json!({ "value": id, "type": "User" }))
            .collect();
        let mut group = Map::new();
        group.insert("displayName".to_owned(), name.into());
        if !members.is_empty() {
            group.insert("members".to_owned(), members.into());
        }
        add(GROUP, 300, Value::Object(group), rng)
    };
    let few = || ids.iter().take(FEW);
    members_of("Everyone", few().map(|(id, _)| id.as_str()).collect(), rng);
    members_of(
        "Leadership",
        few().take(2).map(|(id, _)| id.as_str()).collect(),
        rng,
    );
    members_of("Contractors", Vec::new(), rng);
    for (name, description) in [
        ("Administrator", "May change everything."),
        ("Editor", "May change content."),
        ("Viewer", "May read content."),
    ] {
        add(
            ROLE,
            300,
            json!({ "displayName": name, "description": description }),
            rng,
        );
    }
    for (name, description) in [
        ("License: Basic", "Reading and commenting."),
        (
            "License: Professional",
            "Reading, commenting and publishing.",
        ),
        ("Export", "Exporting of reports."),
    ] {
        add(
            ENTITLEMENT,
            300,
            json!({ "displayName": name, "description": description, "type": "Entitlement" }),
            rng,
        );
    }
    for (number, name) in [(1, "Projector"), (2, "Label printer")] {
        let asset = json!({
            "displayName": name,
            "inventoryNumber": format!("inv-{number:04}"),
            "condition": "used",
            "purchased": "2025-03-01T09:00:00Z",
            "labels": ["office"],
        });
        add(ASSET, 200, asset, rng);
    }
    store
}

fn user(
    at: usize,
    (given, family, title, department): (&str, &str, &str, &str),
    mail: &str,
    manager: Option<String>,
    inactive: bool,
    switches: &Switches,
) -> Value {
    let mut enterprise = json!({
        "employeeNumber": format!("{}", 1001 + at),
        "organization": "Example Corporation",
        "department": department,
    });
    if let (Some(manager), Some(members)) = (manager, enterprise.as_object_mut()) {
        members.insert("manager".to_owned(), json!({ "value": manager }));
    }
    let mut user = json!({
        "externalId": format!("hr-{:05}", 1001 + at),
        "userName": mail,
        "name": { "formatted": format!("{given} {family}"), "familyName": family, "givenName": given },
        "displayName": format!("{given} {family}"),
        "title": title,
        "userType": "Employee",
        "preferredLanguage": "en-US",
        "locale": "en-US",
        "timezone": "Europe/Berlin",
        "active": !inactive,
        "emails": [
            { "value": mail, "type": "work", "primary": true },
            { "value": mail.replace("example.com", "example.org"), "type": "home" },
        ],
        "phoneNumbers": [{ "value": format!("tel:+1-201-555-01{:02}", at % 100), "type": "work" }],
    });
    if let Some(members) = user.as_object_mut() {
        if at.is_multiple_of(2) {
            let address = json!({
                "type": "work",
                "streetAddress": format!("{} Long Road", 10 + at),
                "locality": "Springfield",
                "postalCode": "12345",
                "country": "US",
            });
            members.insert("addresses".to_owned(), json!([address]));
        }
        if !switches.chooses(Choice::NoEnterprise) {
            members.insert(urn::ENTERPRISE_USER.to_owned(), enterprise);
        }
    }
    user
}
