//! What the server says of itself, and that it is true.

use serde_json::Value;

use crate::client::{LIST, Scim, USER, encode};

#[tokio::test]
async fn each_resource_type_has_an_endpoint_and_published_schemas() {
    let scim = Scim::clean().await;
    let types = scim.get("/ResourceTypes").await.is(200);
    let schemas = scim.get("/Schemas").await.is(200);
    assert_eq!(types["schemas"][0], LIST);
    assert_eq!(
        schemas["totalResults"],
        schemas["Resources"].as_array().unwrap().len()
    );
    let published: Vec<&Value> = schemas["Resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|schema| &schema["id"])
        .collect();
    let mut names = Vec::new();
    for of_type in types["Resources"].as_array().unwrap() {
        names.push(of_type["name"].as_str().unwrap());
        assert!(published.contains(&&of_type["schema"]));
        for extension in of_type["schemaExtensions"].as_array().into_iter().flatten() {
            assert!(published.contains(&&extension["schema"]));
        }
        let list = scim
            .get(of_type["endpoint"].as_str().unwrap())
            .await
            .is(200);
        assert_eq!(
            list["Resources"][0]["meta"]["resourceType"],
            of_type["name"]
        );
        let one = scim
            .get(&format!(
                "/ResourceTypes/{}",
                of_type["name"].as_str().unwrap()
            ))
            .await
            .is(200);
        assert_eq!(&one, of_type);
    }
    assert_eq!(names, ["User", "Group", "Asset", "Role", "Entitlement"]);
    for schema in schemas["Resources"].as_array().unwrap() {
        let urn = schema["id"].as_str().unwrap();
        assert_eq!(&scim.get(&format!("/Schemas/{urn}")).await.is(200), schema);
        assert!(schema["meta"]["location"].as_str().unwrap().ends_with(urn));
    }
    scim.get("/Schemas/urn:no:such").await.is_error(404, None);
}

#[tokio::test]
async fn discovery_is_read_only_and_takes_no_filter() {
    let scim = Scim::clean().await;
    for path in ["/ServiceProviderConfig", "/ResourceTypes", "/Schemas"] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let got = scim.ask(method, path, &[], Some("test".to_owned())).await;
            got.is_error(405, None);
            assert_eq!(got.header("allow"), "GET, HEAD");
        }
    }
    scim.get("/Schemas?filter=id%20pr")
        .await
        .is_error(403, None);
    scim.get("/ResourceTypes?count=1&startIndex=2")
        .await
        .is(200);
}

#[tokio::test]
async fn unknown_endpoints_and_methods_are_told_as_errors() {
    let scim = Scim::clean().await;
    for path in [
        "/Nothing",
        "/Users/1/2",
        "/ServiceProviderConfigs",
        "origin:/",
        "origin:/scim/v3/Users",
        "/users",
    ] {
        scim.get(path).await.is_error(404, None);
    }
    let got = scim.ask("PUT", "/Users", &[], Some("{}".to_owned())).await;
    got.is_error(405, None);
    assert_eq!(got.header("allow"), "GET, HEAD, POST");
    let got = scim
        .ask("POST", "/Users/1", &[], Some("{}".to_owned()))
        .await;
    got.is_error(405, None);
}

#[tokio::test]
async fn answers_have_the_media_type_that_is_asked_for() {
    let scim = Scim::clean().await;
    for (accept, wanted) in [
        ("application/scim+json", "application/scim+json"),
        ("application/json", "application/json"),
        ("*/*", "application/scim+json"),
        (
            "application/scim+json; charset=utf-8",
            "application/scim+json",
        ),
    ] {
        let got = scim
            .ask(
                "GET",
                &format!("/Schemas/{}", encode(USER)),
                &[("accept", accept)],
                None,
            )
            .await;
        got.is(200);
        assert_eq!(got.header("content-type"), wanted);
    }
    assert_eq!(
        scim.ask("GET", "/Users", &[("accept", "text/html")], None)
            .await
            .status,
        406
    );
}
