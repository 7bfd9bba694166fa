use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Filter, Literal, Operator};
use crate::scim::examples;
use crate::scim::path::AttributePath;
use crate::scim::resource::ResourceSchema;

fn matches(filter: &str, resource: &Value) -> bool {
    Filter::parse(filter)
        .unwrap_or_else(|error| panic!("{filter}: {error}"))
        .matches(&ResourceSchema::user(), resource)
}

#[test]
fn the_examples_of_rfc_7644_select_what_they_say() {
    let user = examples::full_user();
    for (filter, expected) in [
        (r#"userName eq "bjensen""#, false),
        (r#"userName eq "BJENSEN@example.com""#, true),
        (r#"name.familyName co "O'Malley""#, false),
        (r#"name.familyName co "ens""#, true),
        (r#"userName sw "J""#, false),
        (r#"userName sw "B""#, true),
        (
            r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J""#,
            false,
        ),
        (
            r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "B""#,
            true,
        ),
        ("title pr", true),
        (r#"meta.lastModified gt "2011-05-13T04:42:34Z""#, false),
        (r#"meta.lastModified ge "2011-05-13T04:42:34Z""#, true),
        (r#"meta.lastModified lt "2011-05-13T04:42:34Z""#, false),
        (r#"meta.lastModified le "2011-05-13T04:42:34Z""#, true),
        (r#"title pr and userType eq "Employee""#, true),
        (r#"title pr or userType eq "Intern""#, true),
        (
            r#"schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User""#,
            false,
        ),
        (
            r#"schemas eq "urn:ietf:params:scim:schemas:core:2.0:User""#,
            true,
        ),
        (
            r#"userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")"#,
            true,
        ),
        (
            r#"userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")"#,
            false,
        ),
        (
            r#"userType ne "Intern" and not (emails co "example.net" or emails.value co "example.org")"#,
            true,
        ),
        (
            r#"userType eq "Employee" and (emails.type eq "work")"#,
            true,
        ),
        (
            r#"userType eq "Employee" and emails[type eq "work" and value co "@example.com"]"#,
            true,
        ),
        (
            r#"emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]"#,
            true,
        ),
        (
            r#"emails[type eq "home" and value co "@example.com"]"#,
            false,
        ),
    ] {
        assert_eq!(matches(filter, &user), expected, "{filter}");
    }
}

#[test]
fn names_and_operators_ignore_case_and_and_binds_tighter_than_or() {
    let user = examples::full_user();
    for (filter, expected) in [
        (
            r#"USERNAME EQ "bjensen@example.com" AND ACTIVE EQ true"#,
            true,
        ),
        (r#"Name.FAMILYname Sw "jen""#, true),
        (r#"title pr or title pr and nickName eq "x""#, true),
        (r#"(title pr or title pr) and nickName eq "x""#, false),
        ("NOT (title pr)", false),
        ("not(title pr) or title pr", true),
        (r#"  userName   eq   "bjensen@example.com"  "#, true),
    ] {
        assert_eq!(matches(filter, &user), expected, "{filter}");
    }
}

#[test]
fn values_are_compared_by_their_type() {
    let user = json!({
        "userName": "Äpfel", "externalId": "Ab", "active": false, "nickName": null, "title": "", "emails": [],
        "meta": { "created": "2020-01-01T01:00:00+01:00" }, "x": 10, "roles": [{ "value": "a" }, { "value": "b" }],
    });
    for (filter, expected) in [
        (r#"userName eq "äPFEL""#, true),
        (r#"externalId eq "ab""#, false),
        (r#"externalId eq "Ab""#, true),
        ("active eq false", true),
        ("active ne true", true),
        (r#"active eq "false""#, false),
        ("active pr", true),
        ("nickName pr", false),
        ("title pr", false),
        ("emails pr", false),
        ("nickName eq null", true),
        ("userName eq null", false),
        ("userName ne null", true),
        ("emails eq null", true),
        (r#"nickName ne "x""#, true),
        (r#"nickName eq "x""#, false),
        (r#"nickName lt "x""#, false),
        (r#"meta.created eq "2020-01-01T00:00:00Z""#, true),
        (r#"meta.created gt "2019-12-31T23:59:59.999Z""#, true),
        (r#"meta.created gt "no date""#, false),
        ("x gt 9", true),
        ("x le 9.5", false),
        ("x eq 1e1", true),
        (r#"roles eq "b""#, true),
        (r#"roles ne "b""#, true),
        (r#"roles[value eq "a" and value eq "b"]"#, false),
        (r#"roles.value eq "a" and roles.value eq "b""#, true),
        (
            r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x""#,
            false,
        ),
        (
            "urn:ietf:params:scim:schemas:core:2.0:Group:userName pr",
            false,
        ),
    ] {
        assert_eq!(matches(filter, &user), expected, "{filter}");
    }
}

#[test]
fn attributes_of_an_extension_need_its_urn() {
    let user = examples::enterprise_user();
    let urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    assert!(matches(
        &format!(r#"{urn}:department eq "tour operations""#),
        &user
    ));
    assert!(matches(
        &format!("{}:manager.displayName pr", urn.to_uppercase()),
        &user
    ));
    assert!(matches(&format!("{urn} pr"), &user));
    assert!(!matches("department pr", &user));
}

#[test]
fn what_is_no_filter_is_refused_with_its_place() {
    for (filter, position) in [
        ("", 1),
        ("userName", 9),
        ("userName eq", 12),
        ("userName eq bjensen", 13),
        ("userName eq 'bjensen'", 13),
        (r#"userName eq "bjensen"#, 13),
        (r#"userName is "x""#, 10),
        (r#"(userName eq "x""#, 1),
        (r#"userName eq "x")"#, 16),
        (r#"userName eq "x" userName pr"#, 17),
        (r#"userName eq "x" and"#, 20),
        (r#"emails[type eq "work""#, 7),
        ("emails[emails[type pr]]", 14),
        ("1name pr", 1),
        ("name. pr", 6),
        ("ä pr", 1),
        ("userName eq True", 13),
        (r#"userName eq "a"and title pr"#, 16),
        (r#"emails[type eq "work"].value eq "x""#, 23),
    ] {
        let error = Filter::parse(filter).expect_err(filter);
        assert_eq!(error.position, position, "{filter}: {error}");
    }
}

#[test]
fn depth_and_length_are_bounded_but_long_chains_are_not_deep() {
    let deep = |n: usize| format!("{}title pr{}", "(".repeat(n), ")".repeat(n));
    assert!(Filter::parse(&deep(64)).is_ok());
    assert!(Filter::parse(&deep(65)).is_err());
    assert!(Filter::parse(&deep(20_000)).is_err());
    let chain = vec![r#"id eq "2819c223""#; 2000].join(" or ");
    assert!(Filter::parse(&chain).is_ok());
    assert!(Filter::parse(&vec![r#"id eq "2819c223""#; 4000].join(" or ")).is_err());
}

#[test]
fn a_check_refuses_what_makes_no_sense_for_the_type() {
    let check = |filter: &str| {
        Filter::parse(filter)
            .unwrap()
            .check(&ResourceSchema::user())
    };
    for filter in [
        r#"userName eq "x" and meta.created gt "2020-01-01T00:00:00Z""#,
        r#"emails co "x" and emails[type eq "work" and not (primary eq true)]"#,
        "active eq null",
        "name pr",
        r#"schemas eq "x""#,
        r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "1""#,
    ] {
        assert_eq!(check(filter), Ok(()), "{filter}");
    }
    for filter in [
        "active gt true",
        r#"x509Certificates.value lt "x""#,
        "unknown pr",
        "name.unknown pr",
        r#"name eq "x""#,
        r#"active eq "true""#,
        "userName eq 3",
        "userName gt null",
        r#"emails[unknown eq "x"]"#,
        r#"not (department eq "x")"#,
    ] {
        let error = check(filter).expect_err(filter);
        assert_eq!(
            (error.status, error.scim_type.unwrap().word()),
            (400, "invalidFilter"),
            "{filter}"
        );
    }
}

fn path() -> impl Strategy<Value = AttributePath> {
    let name = "[a-zA-Z][a-zA-Z0-9_-]{0,8}";
    let schema = prop::option::of(Just(
        "urn:ietf:params:scim:schemas:core:2.0:User".to_owned(),
    ));
    (schema, name, prop::option::of(name)).prop_map(|(schema, name, sub)| AttributePath {
        schema,
        name,
        sub,
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(|n| Literal::Number(n.into())),
        any::<String>().prop_map(Literal::Text),
    ]
}

fn filter(values: bool) -> BoxedStrategy<Filter> {
    let operator = prop::sample::select(Operator::ALL.to_vec());
    let leaf = prop_oneof![
        path().prop_map(Filter::Present),
        (path(), operator, literal())
            .prop_map(|(path, operator, literal)| Filter::Compare(path, operator, literal)),
    ];
    let leaf = if values {
        let inside = (path(), filter(false)).prop_map(|(path, inner)| {
            Filter::Values(AttributePath { sub: None, ..path }, Box::new(inner))
        });
        prop_oneof![leaf, inside].boxed()
    } else {
        leaf.boxed()
    };
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|inner| Filter::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let name = prop::sample::select(vec![
            "userName", "emails", "value", "type", "name", "meta", "created",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((name, inner), 0..4).prop_map(|all| all
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn a_printed_filter_reads_back_the_same(filter in filter(true)) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>(), odd in r#"([()\[\]" .:a-c]|and|or|not|eq|pr| ){0,40}"#) {
        let _ = Filter::parse(&text);
        if let Ok(filter) = Filter::parse(&odd) {
            prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter));
        }
    }

    #[test]
    fn a_filter_or_its_negation_matches_anything(filter in filter(true), value in json_value()) {
        let schema = ResourceSchema::user();
        let matched = filter.matches(&schema, &value);
        prop_assert_eq!(Filter::Not(Box::new(filter)).matches(&schema, &value), !matched);
    }
}
