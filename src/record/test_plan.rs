use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A test plan that a person has to account for, case by case: Okta's for integrations of its catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct TestPlan {
    /// Its id, the first part of the ids of its cases: `OKTA-QA`.
    pub id: String,
    /// Where it is from, for people.
    pub title: String,
    /// The plan on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The suites of the run that are about it. Checks cite its cases as requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suites: Vec<String>,
    /// Its cases, in its order.
    pub cases: Vec<PlanCase>,
}

/// A case of a test plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanCase {
    /// Its id, as checks cite it: `OKTA-QA-C9290`.
    pub id: String,
    /// The part of the plan that it is in: `create users`.
    pub area: String,
    /// What it demands, in one sentence.
    pub statement: String,
    /// Why no check can show it, if none can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What a person has to look at besides what checks show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remains: Option<String>,
}
