//! One server without its sockets: requests in, answers out, all writes under one lock.

use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use tokio::time::Instant;

use super::answer::Answer;
use super::auth;
use super::call::Call;
use super::config::Config;
use super::dialect::Dialect;
use super::fault::{Choice, Defect, Switches, UnknownSwitch};
use super::faults;
use super::kind::{self, Kind};

use super::route::{self, Asked, Operation, Place};
use super::state::{State, fresh_token};
use super::store::Store;
use super::token::{self};
use super::variation;
use super::xml;
use crate::scim::error::ScimError;
use crate::scim::projection::Projection;

/// A server without its sockets.
#[derive(Debug)]
pub(super) struct Service {
    /// What it was started with.
    pub(super) config: Config,
    /// What is switched on.
    pub(super) switches: Switches,
    /// Scheme, host and port.
    pub(super) origin: String,
    /// The resource types.
    pub(super) kinds: Vec<Kind>,
    state: Mutex<State>,
}

impl Service {
    /// A server at an origin.
    ///
    /// # Errors
    /// [`UnknownSwitch`].
    pub(super) fn new(mut config: Config, origin: String) -> Result<Self, UnknownSwitch> {
        let switches = Switches::new(&config.faults, &config.variations)?;
        config.modes = config.habits();
        let credentials = &config.credentials;
        let none = credentials.bearer.is_empty()
            && credentials.raw.is_empty()
            && credentials.basic.is_empty();
        if none && credentials.oauth.is_none() {
            let mut rng = ChaCha8Rng::seed_from_u64(config.seed ^ 0x7363_696d);
            config
                .credentials
                .bearer
                .push(format!("demo-{}", fresh_token(&mut rng)));
        }
        let mut kinds = kind::kinds(config.modes.demands);
        if switches.chooses(Choice::NoEntitlements) {
            kinds.truncate(kind::ROLE);
        }
        if switches.has(Defect::FilterNumbersAsTexts) {
            kind::number(&mut kinds);
        }
        if switches.chooses(Choice::NoEnterprise) {
            for kind in &mut kinds {
                kind.schema.extensions.clear();
                kind.resource_type.extensions.clear();
                if let Some(v1) = &mut kind.v1 {
                    v1.extensions.clear();
                }
            }
        }
        faults::declare(&switches, &mut kinds);
        kind::extend(&mut kinds, &switches);
        let state = Mutex::new(State::new(&config, &switches));
        Ok(Self {
            config,
            switches,
            origin,
            kinds,
            state,
        })
    }

    /// Everything as at the start.
    pub(super) fn reset(&self) {
        *self.locked() = State::new(&self.config, &self.switches);
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A resource type. The constants of [`kind`] are always there, or it is the User.
    pub(super) fn kind(&self, kind: usize) -> &Kind {
        let fallback = || self.kinds.first();
        #[expect(clippy::expect_used, reason = "kinds() gives User and Group always")]
        self.kinds
            .get(kind)
            .or_else(fallback)
            .expect("there are resource types")
    }

    /// The URI of a resource.
    pub(super) fn location(&self, dialect: Dialect, kind: usize, id: &str) -> String {
        let resource_type = &self.kind(kind).resource_type;
        let (endpoint, name) = (&resource_type.endpoint, &resource_type.name);
        let has = |defect| self.switches.has(defect);
        let base = match dialect {
            Dialect::V2 if has(Defect::LocationWithoutPrefix) => "",
            Dialect::V2 if has(Defect::LocationWithoutVersion) => "/scim",
            other => other.base(),
        };
        let tail = match dialect {
            Dialect::V2 if has(Defect::LocationWithQuery) => format!("?type={name}"),
            Dialect::V2 if has(Defect::LocationWithBlank) => format!(" <{name}>"),
            _ => String::new(),
        };
        format!("{}{base}{endpoint}/{}{tail}", self.origin, encoded(id))
    }

    /// A representation as a request wants it.
    pub(super) fn project(
        &self,
        dialect: Dialect,
        kind: usize,
        whole: &Value,
        projection: &Projection,
    ) -> Value {
        let schema = self.kind(kind).schema(dialect);
        let mut shown = projection.apply(&self.switches.returned_as(schema), whole);
        if dialect == Dialect::V1
            && let (Some(meta), Some(members)) = (whole.get("meta"), shown.as_object_mut())
        {
            // SCIM 1.1 returns it whatever is asked for (API §3.2).
            members.insert("meta".to_owned(), meta.clone());
        }
        self.switches
            .after_projection(whole, projection, &mut shown);
        self.switches.show(schema, &mut shown);
        variation::representation(
            &self.switches,
            self.kind(kind).schema(dialect),
            dialect,
            &mut shown,
        );
        shown
    }

    /// Answers a request: waits as long as the modes and faults say, and takes the lock in between.
    pub(super) async fn answer(&self, mut call: Call) -> Answer {
        if !self.config.modes.latency.is_zero() {
            tokio::time::sleep(self.config.modes.latency).await;
        }
        faults::reroute(&self.switches, &mut call);
        self.switches.before_route(&mut call);
        let asked = route::route(&call, &self.kinds);
        let seen = match &asked {
            Some(asked) if self.switches.looks_before_it_locks(asked) => {
                let seen = self.locked().store.clone();
                tokio::time::sleep(Duration::from_millis(40)).await;
                Some(seen)
            }
            _ => None,
        };
        let Some(asked) = asked else {
            return self.outside(&call);
        };
        let mut answer = self.answer_at_once(&mut call, &asked, seen.as_ref());
        faults::alter(&self.switches, &call, &asked, &mut answer);
        variation::alter(&self.switches, &call, &asked, &mut answer);
        let slow = faults::delay(&self.switches, &asked);
        if !slow.is_zero() {
            tokio::time::sleep(slow).await;
        }
        self.finish(&call, asked.dialect, answer)
    }

    fn outside(&self, call: &Call) -> Answer {
        if call.path == token::PATH {
            let mut state = self.locked();
            let State { tokens, rng, .. } = &mut *state;
            let client = self.config.credentials.oauth.as_ref();
            let answer = tokens.answer(call, client, Instant::now(), || fresh_token(rng));
            return answer.with("content-type", "application/json");
        }
        let mut answer = Answer::error(
            Dialect::V2,
            &ScimError::status(404, "There is no such endpoint."),
        );
        faults::alter_all(&self.switches, call, &mut answer);
        self.finish(call, Dialect::V2, answer)
    }

    fn answer_at_once(&self, call: &mut Call, asked: &Asked, seen: Option<&Store>) -> Answer {
        let mut state = self.locked();
        state.catch_up();
        state.requests += 1;
        if self
            .config
            .modes
            .rate_limited_every
            .is_some_and(|every| every > 0 && state.requests.is_multiple_of(every))
        {
            let error = ScimError::status(429, "Too many requests.");
            return Answer::error(asked.dialect, &error)
                .with("retry-after", self.config.modes.retry_after.to_string());
        }
        let (silent, dated) = (
            Defect::RateLimitWithoutRetryAfter,
            Defect::RateLimitWithDate,
        );
        let limits = self.switches.has(silent) || self.switches.has(dated);
        if limits && !asked.is_discovery() && state.requests.is_multiple_of(5) {
            let answer =
                Answer::error(asked.dialect, &ScimError::status(429, "Too many requests."));
            let date = "Wed, 21 Oct 2099 07:28:00 GMT";
            return if self.switches.has(dated) {
                answer.with("retry-after", date)
            } else {
                answer
            };
        }
        if let Some(answer) = self.unauthorized(call, asked, &state) {
            let anonymous = !call.headers.contains_key("authorization");
            if anonymous && self.switches.has(Defect::AnonymousCreateStored) {
                self.store_refused(call, asked, &mut state);
            }
            return answer;
        }
        if let Some(answer) = faults::instead(&self.switches, call, asked) {
            return answer;
        }
        if let Some(status) = faults::refusal(&self.switches, &state.store, call, asked) {
            let error = ScimError::status(status, "This went wrong.");
            return Answer::error(asked.dialect, &error);
        }
        faults::before(&self.switches, call, asked);
        let before = self.switches.is_faulty().then(|| state.store.clone());
        let mut outcome = self
            .before_write(call, asked, &mut state)
            .and_then(|()| self.dispatch(call, asked, &mut state, seen));
        if outcome.is_err() {
            faults::after_refusal(self, &mut state, call, asked);
        }
        if let Some(before) = before {
            self.after_all(call, asked, &mut state, &before, &mut outcome);
        }
        outcome.unwrap_or_else(|error| Answer::error(asked.dialect, &error))
    }

    fn unauthorized(&self, call: &Call, asked: &Asked, state: &State) -> Option<Answer> {
        let credentials = &self.config.credentials;
        let has_header = call.headers.contains_key("authorization");
        // RFC 7643 §5: the schemes should be public. A wrong credential is refused all the same.
        let public = match asked.place {
            Place::Config => !self.switches.chooses(Choice::DiscoveryNeedsAuthentication),
            _ => {
                asked.is_discovery()
                    && self
                        .switches
                        .chooses(Choice::DiscoveryWithoutAuthentication)
            }
        };
        if public && !has_header && asked.operation != Operation::Other {
            return None;
        }
        let pages_on = call
            .parameter("cursor")
            .is_some_and(|name| !name.is_empty());
        if pages_on && self.switches.has(Defect::CursorWithoutCredentials) {
            return None;
        }
        if auth::is_authorized(
            call,
            credentials,
            &state.tokens,
            &self.switches,
            Instant::now(),
        ) {
            return None;
        }
        let error = ScimError::status(401, "The credentials are missing or wrong.");
        let mut answer = Answer::error(asked.dialect, &error);
        for challenge in auth::challenges(credentials, has_header) {
            answer
                .headers
                .push(("www-authenticate".to_owned(), challenge));
        }
        Some(answer)
    }

    fn finish(&self, call: &Call, dialect: Dialect, mut answer: Answer) -> Answer {
        if xml::is_wanted(&self.switches, dialect, call) {
            answer = xml::answer(answer);
        }
        let has_body = answer.body != super::answer::Body::Empty;
        if has_body
            && answer.header("content-type").is_none()
            && !self.switches.has(Defect::ContentTypeMissing)
        {
            let media_type = match dialect {
                Dialect::V2 if call.wants_plain_json() => "application/json",
                other => other.media_type(),
            };
            answer.set("content-type", media_type);
        }
        variation::media_type(&self.switches, &mut answer);
        answer
    }
}

/// Percent-encodes what does not belong in a path segment.
fn encoded(id: &str) -> String {
    let mut text = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}
