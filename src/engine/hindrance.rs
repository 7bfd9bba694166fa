//! What keeps an answer from being judged, whatever its check is about: the target limits the rate of requests, or it
//! no longer takes the credentials that it took before.

use super::discover;
use super::judge::Answer;
use super::request::SendAs;
use super::step::Running;
use super::verdict::Stop;
use super::wire::Outgoing;
use crate::record::{Cause, Exchange, Outcome, StepResult};

/// What keeps an answer from being judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// The target limits the rate of requests, and went on doing so as long as there was time.
    Throttled(u16),
    /// The credentials of the run are refused. They were taken before the run: a check may be about that, or they are
    /// no longer good.
    Refused,
    /// What ran beside the request stopped.
    Stopped(Stop),
}

impl Hindrance {
    /// What an answer to a request may have to do with anything but the check.
    pub(super) fn of(outgoing: &Outgoing, answer: Option<&Answer>) -> Option<Self> {
        let answer = answer?;
        let has = |name: &str| {
            let mut headers = answer.headers.iter();
            headers.any(|header| header.name.eq_ignore_ascii_case(name))
        };
        // A request that brings credentials of its own wants to know what becomes of them.
        let own = |(name, _): &(String, String)| name.eq_ignore_ascii_case("authorization");
        let configured =
            outgoing.send_as == SendAs::Configured && !outgoing.headers.iter().any(own);
        match answer.status {
            429 => Some(Self::Throttled(429)),
            503 if has("retry-after") => Some(Self::Throttled(503)),
            401 | 403 if configured => Some(Self::Refused),
            _ => None,
        }
    }
}

impl Hindrance {
    /// What an answer of a server besides the target may have to do with anything but the target: then it is no verdict
    /// on that.
    pub(super) fn of_service(service: &str, answer: Option<&Answer>) -> Option<Self> {
        let what = match answer?.status {
            401 => "does not take the credentials",
            403 => "does not allow that with these credentials, or in this state",
            429 => "limits the rate of requests",
            500..=599 => "failed itself",
            _ => return None,
        };
        let status = answer?.status;
        let why =
            format!("{service} answers {status}: it {what}, which is no verdict on the target");
        Some(Self::Stopped(Stop::Unjudged(why)))
    }
}

impl Running<'_> {
    /// Why a step can't be judged, if what hindered it is none of the check's business.
    pub(super) async fn hindered(
        &self,
        hindrance: Hindrance,
        step: &mut StepResult,
    ) -> Option<Stop> {
        let stop = match hindrance {
            Hindrance::Throttled(status) => Stop::Unjudged(format!(
                "{}: the target limits the rate of requests: it answers {status}, and asks for no wait that the \
                 check's budget holds",
                step.title
            )),
            Hindrance::Refused => {
                let (cause, exchanges) = self.lost_credentials().await?;
                step.exchanges.extend(exchanges);
                Stop::Blocked(cause)
            }
            Hindrance::Stopped(stop) => stop,
        };
        for result in &mut step.expectations {
            if result.outcome == Outcome::Fail {
                result.outcome = Outcome::Unjudged;
            }
        }
        Some(stop)
    }

    /// Asks once more what was answered before the run: whether the credentials that were good then are refused now.
    /// Gives the exchanges that show it.
    pub(super) async fn lost_credentials(&self) -> Option<(Cause, Vec<Exchange>)> {
        let reply = discover::probe(self.wire, self.planned.suite.scim, self.left()).await;
        let status = reply.answer.as_ref().map(|answer| answer.status)?;
        if !matches!(status, 401 | 403) {
            return None;
        }
        let title = format!(
            "the target no longer takes the credentials that it took when the run began: GET /Users is answered {status}"
        );
        let cause = Cause {
            id: format!("credentials lost {status}"),
            title,
            blocked: true,
        };
        Some((cause, reply.exchanges))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Header, Role};

    fn of(status: u16, header: Option<&str>, send_as: SendAs, own: bool) -> Option<Hindrance> {
        let headers = header.into_iter().map(|name| Header {
            name: name.to_owned(),
            value: "1".to_owned(),
        });
        let answer = Answer {
            status,
            asked: crate::engine::judge::Asked::default(),
            headers: headers.collect(),
            size: 0,
            json: Err(String::new()),
            body: Vec::new(),
            duration_us: 0,
        };
        let own = own.then(|| ("Authorization".to_owned(), "Bearer x".to_owned()));
        let outgoing = Outgoing {
            method: "GET".to_owned(),
            path: "/Users".to_owned(),
            headers: own.into_iter().collect(),
            body: None,
            send_as,
            role: Role::Step,
        };
        Hindrance::of(&outgoing, Some(&answer))
    }

    #[test]
    fn only_the_credentials_of_the_run_can_be_lost() {
        use SendAs::{Authorization, Configured, Nobody};
        for status in [401, 403] {
            assert_eq!(
                of(status, None, Configured, false),
                Some(Hindrance::Refused)
            );
            assert_eq!(of(status, None, Configured, true), None);
            assert_eq!(of(status, None, Nobody, false), None);
            assert_eq!(
                of(status, None, Authorization("Bearer x".into()), false),
                None
            );
        }
        assert_eq!(of(404, None, Configured, false), None);
    }

    #[test]
    fn a_503_limits_the_rate_only_when_it_says_until_when() {
        let throttled = |status| Some(Hindrance::Throttled(status));
        assert_eq!(of(429, None, SendAs::Configured, false), throttled(429));
        assert_eq!(of(429, None, SendAs::Nobody, false), throttled(429));
        assert_eq!(
            of(503, Some("Retry-After"), SendAs::Configured, false),
            throttled(503)
        );
        assert_eq!(of(503, None, SendAs::Configured, false), None);
    }
}
