//! Small suites of these tests: a check for each verdict, and one that takes its time.

const USER: &str = r#"fixture: user
title: A user
resourceType: User
endpoint: /Users
body:
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"]
  userName: "${unique.userName}"
  name: { givenName: "${unique.givenName}", familyName: "${unique.familyName}" }
  emails: [{ primary: true, value: "${unique.email}", type: work }]
  active: true
"#;

const CATALOGUE: &str = r"catalogue: TEST
title: What these tests cite
requirements:
  - { id: TEST-1, level: must, clause: §1, statement: A server does what it says. }
";

const PROFILE: &str = "profile: quick\ntitle: What passes\nsuites: [good]\n";

const GOOD: &str = r#"suite: good
title: What the embedded server does
origin: these tests
checks:
  - id: user-is-read
    title: A user that was made can be read
    requirements: [TEST-1]
    why: Clients read what they write.
    fix: Store it.
    faults: [read-answers-500]
    given: [user]
    steps:
      - get: "/Users/${user.id}"
        expect: { status: 200 }
  - id: duplicate-refused
    title: A userName that is taken is refused
    requirements: [TEST-1]
    why: Two accounts for one person follow.
    fix: Answer 409.
    given: [user]
    steps:
      - post: /Users
        body: { fixture: user, userName: "${user.userName}" }
        expect: { status: 409 }
"#;

const UNJUDGED: &str = r"suite: unjudged
title: What can't be judged
origin: these tests
checks:
  - id: never-prepared
    title: What is prepared never comes about
    requirements: [TEST-1]
    why: Tests want it.
    fix: There is nothing to mend.
    arrange:
      - get: /Users/nobody-has-this-id
        expect: { status: 200 }
    steps:
      - get: /Users
        expect: { status: 200 }
";

const SLOW: &str = r#"suite: slow
title: What takes its time
origin: these tests
checks:
  - id: waits-for-what-never-comes
    title: A user that is there is waited for to be gone
    requirements: [TEST-1]
    why: Tests interrupt it.
    fix: There is nothing to mend.
    budget: 60s
    given: [user]
    steps:
      - get: "/Users/${user.id}"
        poll: { within: 50s, every: 100ms }
        expect: { status: 404 }
"#;

const DISTURBED: &str = r#"suite: disturbed
title: What others may disturb
origin: these tests
checks:
  - id: list-is-the-same-again
    title: The list is the same again
    requirements: [TEST-1]
    why: Tests want it.
    fix: Order it.
    given: [user]
    steps:
      - get: /Users
        capture: { ids: "$.Resources[*].id", total: $.totalResults }
        expect: { status: 200 }
      - get: /Users
        expect: { status: 200, "$.Resources[*].id": "${ids}" }
    undisturbed:
      - get: /Users
        expect: { $.totalResults: "${total}" }
"#;

/// The files, by their names in the folder of a test.
pub(crate) const FILES: [(&str, &str); 7] = [
    ("suites/fixtures.yaml", USER),
    ("suites/requirements.yaml", CATALOGUE),
    ("suites/profile.yaml", PROFILE),
    ("suites/good.yaml", GOOD),
    ("suites/unjudged.yaml", UNJUDGED),
    ("suites/slow.yaml", SLOW),
    ("suites/disturbed.yaml", DISTURBED),
];
