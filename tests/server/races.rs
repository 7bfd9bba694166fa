//! Requests at the same moment.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Scim, user};

async fn statuses_of_equal_creates(scim: &Scim) -> Vec<u16> {
    let names = ["race@example.com", "RACE@example.com"];
    let creates =
        (0..8).map(|at| async move { scim.post("/Users", &user(names[at % 2])).await.status });
    let mut statuses = join_all(creates).await;
    statuses.sort_unstable();
    statuses
}

async fn members_after_equal_patches(scim: &Scim) -> usize {
    let mut ids = Vec::new();
    for at in 0..8 {
        ids.push(scim.user(&format!("member{at}@example.com")).await);
    }
    let place = format!("/Groups/{}", scim.group("Race", &[]).await);
    let patches = ids.iter().map(|id| {
        let place = &place;
        async move {
            let add = json!([{ "op": "add", "path": "members", "value": [{ "value": id }] }]);
            scim.patch(place, add).await.is(200)
        }
    });
    join_all(patches).await;
    scim.get(&place).await.is(200)["members"]
        .as_array()
        .map_or(0, Vec::len)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_equal_creates_wins() {
    let scim = Scim::clean().await;
    assert_eq!(
        statuses_of_equal_creates(&scim).await,
        [201, 409, 409, 409, 409, 409, 409, 409]
    );
    assert_eq!(
        scim.find("/Users", "userName eq \"race@example.com\"")
            .await
            .is(200)["totalResults"],
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn patches_of_one_group_lose_nothing() {
    assert_eq!(members_after_equal_patches(&Scim::clean().await).await, 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_lose_the_races() {
    let creates = statuses_of_equal_creates(&Scim::faulty("uniqueness-not-atomic").await).await;
    assert!(
        creates.iter().filter(|status| **status == 201).count() > 1,
        "{creates:?}"
    );
    assert!(members_after_equal_patches(&Scim::faulty("patch-loses-updates").await).await < 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_in_one_process_know_nothing_of_each_other() {
    let (one, other) = (Scim::clean().await, Scim::faulty("delete-ignored").await);
    let (a, b) = tokio::join!(one.user("same@example.com"), other.user("same@example.com"));
    one.delete(&format!("/Users/{a}")).await.is(204);
    other.delete(&format!("/Users/{b}")).await.is(204);
    let total = async |scim: &Scim| -> Value {
        scim.find("/Users", "userName eq \"same@example.com\"")
            .await
            .is(200)["totalResults"]
            .clone()
    };
    assert_eq!(
        (total(&one).await, total(&other).await),
        (json!(0), json!(1))
    );
    let address = one.server.address();
    one.server.stop().await.unwrap();
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "a stopped server does not listen"
    );
}
