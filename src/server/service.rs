//! One server without its sockets: requests in, answers out, all writes under one lock.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use tokio::time::Instant;
use uuid::Builder;

use super::answer::Answer;
use super::auth;
use super::call::Call;
use super::config::Config;
use super::cursor::Cursors;
use super::dialect::Dialect;
use super::fault::{Choice, Defect, Switches, UnknownSwitch};
use super::faults;
use super::kind::{self, Kind, USER};
use super::list::{Query, projection};
use super::present::View;
use super::route::{self, Asked, Operation, Place};
use super::seed::seed;
use super::store::{Store, Stored};
use super::token::{self, Tokens};
use super::variation;
use super::write::{Terms, has_tag, if_match, not_found};
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

/// What changes while it runs.
#[derive(Debug)]
pub(super) struct State {
    /// The resources.
    pub(super) store: Store,
    /// What readers see, if that lags behind, and what they will see when.
    replica: Option<(Store, VecDeque<(Instant, Store)>)>,
    /// Cursors given out.
    pub(super) cursors: Cursors,
    tokens: Tokens,
    rng: ChaCha8Rng,
    /// How many requests there were.
    pub(super) requests: u64,
}

impl State {
    fn new(config: &Config, switches: &Switches) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(config.seed);
        let store = seed(&mut rng, switches, (config.clock)(), config.more_users);
        let replica =
            (!config.modes.visible_after.is_zero()).then(|| (store.clone(), VecDeque::new()));
        let (cursors, tokens) = (Cursors::default(), Tokens::default());
        Self {
            store,
            replica,
            cursors,
            tokens,
            rng,
            requests: 0,
        }
    }

    /// What readers see.
    pub(super) fn readable(&self) -> &Store {
        self.replica.as_ref().map_or(&self.store, |(seen, _)| seen)
    }

    /// Changes the store.
    pub(super) fn write(&mut self, service: &Service, change: impl FnOnce(&mut Store)) {
        change(&mut self.store);
        let due = Instant::now() + service.config.modes.visible_after;
        if let Some((_, queue)) = &mut self.replica {
            queue.push_back((due, self.store.clone()));
        }
    }

    /// Puts an earlier store back.
    pub(super) fn restore(&mut self, service: &Service, before: Store) {
        self.write(service, |store| *store = before);
    }

    fn catch_up(&mut self) {
        let now = Instant::now();
        if let Some((seen, queue)) = &mut self.replica {
            while queue.front().is_some_and(|(due, _)| *due <= now) {
                if let Some((_, store)) = queue.pop_front() {
                    *seen = store;
                }
            }
        }
    }

    /// A new identifier, never given before.
    pub(super) fn fresh_id(&mut self, switches: &Switches) -> String {
        fresh_id(&mut self.rng, switches)
    }

    /// A new random name in unreserved characters (RFC 3986 §2.3).
    pub(super) fn fresh_token(&mut self) -> String {
        fresh_token(&mut self.rng)
    }
}

fn fresh_token(rng: &mut dyn RngCore) -> String {
    let mut bytes = [0; 24];
    rng.fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A new identifier: opaque to clients, so any form will do.
pub(super) fn fresh_id(rng: &mut dyn RngCore, switches: &Switches) -> String {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    let uuid = Builder::from_random_bytes(bytes).into_uuid().to_string();
    if switches.chooses(Choice::NumericLookingIds) {
        return format!(
            "{:019}",
            u128::from_be_bytes(bytes) % 10_000_000_000_000_000_000
        );
    }
    if switches.chooses(Choice::SymbolIds) {
        return format!("u.{}~_-", uuid.replace('-', "_"));
    }
    if switches.chooses(Choice::UpperCaseIds) {
        uuid.to_uppercase()
    } else {
        uuid
    }
}

impl Service {
    /// A server at an origin.
    ///
    /// # Errors
    /// [`UnknownSwitch`].
    pub(super) fn new(mut config: Config, origin: String) -> Result<Self, UnknownSwitch> {
        let switches = Switches::new(&config.faults, &config.variations)?;
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
        if switches.chooses(Choice::NoEnterprise) {
            for kind in &mut kinds {
                kind.schema.extensions.clear();
                kind.resource_type.extensions.clear();
                if let Some(v1) = &mut kind.v1 {
                    v1.extensions.clear();
                }
            }
        }
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
        let endpoint = &self.kind(kind).resource_type.endpoint;
        format!(
            "{}{}{endpoint}/{}",
            self.origin,
            dialect.base(),
            encoded(id)
        )
    }

    /// A representation as a request wants it.
    pub(super) fn project(
        &self,
        dialect: Dialect,
        kind: usize,
        whole: &Value,
        projection: &Projection,
    ) -> Value {
        let mut shown = projection.apply(self.kind(kind).schema(dialect), whole);
        self.switches.after_projection(projection, &mut shown);
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
        let answer = Answer::error(
            Dialect::V2,
            &ScimError::status(404, "There is no such endpoint."),
        );
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
            .is_some_and(|every| every > 0 && state.requests % every == 0)
        {
            let error = ScimError::status(429, "Too many requests.");
            return Answer::error(asked.dialect, &error)
                .with("retry-after", self.config.modes.retry_after.to_string());
        }
        if let Some(answer) = self.unauthorized(call, asked, &state) {
            return answer;
        }
        if let Some(answer) = faults::instead(&self.switches, call, asked) {
            return answer;
        }
        faults::before(&self.switches, call);
        let outcome = self.dispatch(call, asked, &mut state, seen);
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

    fn dispatch(
        &self,
        call: &Call,
        asked: &Asked,
        state: &mut State,
        seen: Option<&Store>,
    ) -> Result<Answer, ScimError> {
        let dialect = asked.dialect;
        if asked.place == Place::Unknown {
            return Err(ScimError::status(404, "There is no such endpoint."));
        }
        if let Some(error) = self.unsupported(asked) {
            return Err(error);
        }
        if asked.operation == Operation::Other {
            let error = ScimError::status(405, format!("{} is not allowed here.", call.method));
            return Ok(Answer::error(dialect, &error).with("allow", route::allowed(&asked.place)));
        }
        if !call.accepts_json() {
            return Err(ScimError::status(
                406,
                "The answer is application/scim+json or application/json.",
            ));
        }
        let nothing = HashSet::new();
        let terms = Terms {
            dialect,
            if_match: if_match(call),
            promised: &nothing,
            seen,
        };
        match (&asked.place, asked.operation) {
            (Place::Config | Place::ResourceTypes(_) | Place::Schemas(_), _) => {
                self.discover(call, asked)
            }
            (Place::Root, _) => {
                let all: Vec<usize> = (0..self.kinds.len())
                    .filter(|kind| self.kind(*kind).is_in(dialect))
                    .collect();
                self.list(state, dialect, &all, Query::from_call(call)?)
            }
            (Place::Collection(kind), Operation::List) => {
                self.list(state, dialect, &[*kind], Query::from_call(call)?)
            }
            (Place::Search(kind), _) => {
                let kinds = kind.map_or_else(|| (0..self.kinds.len()).collect(), |kind| vec![kind]);
                let query = Query::from_search(&call.json()?)?;
                self.list(state, dialect, &kinds, self.switches.searched(query))
            }
            (Place::Collection(kind), _) => {
                let (body, projection) = (call.json()?, projection(call)?);
                let id = match self.create(state, terms, *kind, &body, None) {
                    Err(error) if error.status == 409 => {
                        return self.refused(state, dialect, *kind, &body, error);
                    }
                    outcome => outcome?,
                };
                let mut answer = self.shown(&state.store, dialect, *kind, &id, &projection, 201)?;
                let location = self.location(dialect, *kind, &id);
                answer.set("location", location);
                self.switches
                    .after_create(state, self, *kind, &id, &body, &mut answer);
                Ok(answer)
            }
            (Place::Bulk, _) => Ok(Answer::json(200, self.bulk(state, dialect, &call.json()?)?)),
            (Place::Resource(kind, id), operation) => {
                self.single(call, state, terms, operation, *kind, id)
            }
            (Place::Me, operation) => {
                // The credentials of the demo stand for the first user.
                let me = state.store.of(USER).next().map(|user| user.id.clone());
                let me = me.ok_or_else(|| {
                    ScimError::status(404, "There is no user for these credentials.")
                })?;
                let mut answer = self.single(call, state, terms, operation, USER, &me)?;
                if operation != Operation::Delete {
                    answer.set("location", self.location(dialect, USER, &me));
                }
                Ok(answer)
            }
            _ => Err(ScimError::status(404, "There is no such endpoint.")),
        }
    }

    /// What becomes of a create that conflicts: the error, but for two faults.
    fn refused(
        &self,
        state: &mut State,
        dialect: Dialect,
        kind: usize,
        body: &Value,
        error: ScimError,
    ) -> Result<Answer, ScimError> {
        let name = body
            .get("userName")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some(taken) = state.store.user_named(name, None, false).cloned() else {
            return Err(error);
        };
        if self.switches.has(Defect::DuplicateAnswers200) {
            return self.shown(
                &state.store,
                dialect,
                kind,
                &taken.id,
                &Projection::default(),
                200,
            );
        }
        if let (true, Some(display_name)) = (
            self.switches.has(Defect::DuplicateOverwrites),
            body.get("displayName"),
        ) {
            let mut overwritten = Stored::clone(&taken);
            overwritten
                .attributes
                .insert("displayName".to_owned(), display_name.clone());
            overwritten.version += 1;
            state.write(self, |store| store.put(overwritten));
        }
        Err(error)
    }

    fn unsupported(&self, asked: &Asked) -> Option<ScimError> {
        let chooses = |choice| self.switches.chooses(choice);
        let lacks = match (&asked.place, asked.operation) {
            (_, Operation::Delete) => self.config.modes.without_delete,
            (Place::Bulk, _) => chooses(Choice::NoBulk),
            (Place::Me, _) => chooses(Choice::NoMe),
            (Place::Search(_), _) => chooses(Choice::NoSearch),
            (_, Operation::Modify) => chooses(Choice::NoPatch),
            _ => false,
        };
        lacks.then(|| ScimError::status(501, "This is not supported."))
    }

    fn single(
        &self,
        call: &Call,
        state: &mut State,
        terms: Terms<'_>,
        operation: Operation,
        kind: usize,
        id: &str,
    ) -> Result<Answer, ScimError> {
        let (dialect, projection) = (terms.dialect, projection(call)?);
        let old = |state: &State| self.shown(&state.store, dialect, kind, id, &projection, 200);
        match operation {
            Operation::Read => self.read(call, state, dialect, kind, id, &projection),
            Operation::Replace => {
                let body = call.json()?;
                let before = self
                    .switches
                    .has(Defect::ReplaceAnswersWithOld)
                    .then(|| old(state));
                let creates =
                    self.switches.has(Defect::ReplaceCreates) && state.store.get(id).is_none();
                if creates {
                    self.create(state, terms, kind, &body, Some(id.to_owned()))?;
                    return self.shown(&state.store, dialect, kind, id, &projection, 201);
                }
                self.replace(state, terms, kind, id, &body)?;
                let id = self.switches.id_after_replace(&state.store, id);
                before.unwrap_or_else(|| {
                    self.shown(&state.store, dialect, kind, &id, &projection, 200)
                })
            }
            Operation::Modify => {
                let body = call.json()?;
                let before = old(state);
                self.modify(state, terms, kind, id, &body)?;
                let after = self.shown(&state.store, dialect, kind, id, &projection, 200);
                let stale = self.switches.has(Defect::PatchAnswersWithOld) || after.is_err();
                let answer = if stale { before? } else { after? };
                let plain = projection == Projection::default();
                if self.switches.chooses(Choice::PatchAnswers204) && plain {
                    return Ok(Answer {
                        headers: answer.headers,
                        ..Answer::empty(204)
                    });
                }
                Ok(answer)
            }
            _ => {
                self.delete(state, terms, kind, id)?;
                // SCIM 1.1 shows 200 without a body (API §3.4).
                Ok(Answer::empty(if dialect == Dialect::V1 {
                    200
                } else {
                    204
                }))
            }
        }
    }

    fn read(
        &self,
        call: &Call,
        state: &State,
        dialect: Dialect,
        kind: usize,
        id: &str,
        projection: &Projection,
    ) -> Result<Answer, ScimError> {
        self.switches.can_be_read(state.readable(), id)?;
        let id = self.switches.read_instead(state.readable(), kind, id);
        let answer = self.shown(state.readable(), dialect, kind, &id, projection, 200)?;
        let tag = call
            .header("if-none-match")
            .filter(|_| !self.switches.has(Defect::IfNoneMatchIgnored));
        let fits = tag
            .zip(answer.header("etag"))
            .is_some_and(|(list, version)| has_tag(list, version));
        if fits {
            return Ok(Answer {
                headers: answer.headers,
                ..Answer::empty(304)
            });
        }
        Ok(answer)
    }

    /// A resource as the body of an answer.
    pub(super) fn shown(
        &self,
        store: &Store,
        dialect: Dialect,
        kind: usize,
        id: &str,
        projection: &Projection,
        status: u16,
    ) -> Result<Answer, ScimError> {
        let stored: &Stored = store
            .get(id)
            .filter(|stored| stored.kind == kind)
            .ok_or_else(|| not_found(id))?;
        let view = View::new(self, store, dialect);
        let whole = view.representation(stored);
        let mut answer = Answer::json(status, self.project(dialect, kind, &whole, projection));
        if let Some(version) = view
            .version(stored)
            .filter(|_| !self.switches.has(Defect::EtagMissing))
        {
            answer.set("etag", version);
        }
        if !self.switches.chooses(Choice::NoContentLocation) {
            answer.set("content-location", view.location(stored));
        }
        Ok(answer)
    }

    fn finish(&self, call: &Call, dialect: Dialect, mut answer: Answer) -> Answer {
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
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
