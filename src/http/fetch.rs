//! One request and its whole answer, within limits.

use reqwest::Request;
use reqwest::header::HeaderMap;
use tokio::time::Instant;

use super::body::Body;
use super::connector::Connector;
use super::limits::Limits;
use super::timer::Timers;
use super::transport::{classify, error, is_closing, seconds};
use crate::record::{TransportError, TransportErrorKind};

/// What a request led to.
#[derive(Debug)]
pub(super) struct Fetched {
    /// When it was sent.
    pub(super) started: Instant,
    /// When the headers of the answer had come.
    pub(super) first_byte: Option<Instant>,
    /// When it was over.
    pub(super) ended: Instant,
    /// The answer, or why there is no whole one.
    pub(super) answer: Result<Answer, TransportError>,
    /// Whether HTTP/2 was spoken.
    pub(super) http2: bool,
    /// Whether the target closed a connection that it had kept open, and nothing of an answer came.
    pub(super) stale: bool,
}

/// A whole answer, raw.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) version: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// Sends a request and reads the answer.
pub(super) async fn fetch(connector: &Connector, request: Request, limits: &Limits) -> Fetched {
    let started = Instant::now();
    let deadline = started + limits.total;
    let url = request.url().clone();
    let mut fetched = Fetched {
        started,
        first_byte: None,
        ended: started,
        answer: Err(late(limits)),
        http2: false,
        stale: false,
    };
    if let Some(sent) = connector
        .timers
        .by(deadline, connector.client.execute(request))
        .await
    {
        fetched.answer = match sent {
            Ok(response) => {
                fetched.first_byte = Some(Instant::now());
                connector.answered.note(&response);
                fetched.http2 = response.version() == reqwest::Version::HTTP_2;
                read(response, &connector.timers, deadline, limits).await
            }
            Err(failure) => {
                fetched.stale = is_closing(&failure) && connector.answered.had(&failure);
                Err(if fetched.stale {
                    stale()
                } else {
                    classify(&failure, &url, connector.proxy.as_ref(), limits)
                })
            }
        };
    }
    fetched.ended = Instant::now();
    fetched
}

fn late(limits: &Limits) -> TransportError {
    error(
        TransportErrorKind::Timeout,
        format!("no answer within {}", seconds(limits.total)),
    )
}

fn stale() -> TransportError {
    error(
        TransportErrorKind::Protocol,
        "the target closed a connection that it had kept open, just as the request came; whether it did what it was \
         asked is not known",
    )
}

async fn read(
    mut response: reqwest::Response,
    timers: &Timers,
    deadline: Instant,
    limits: &Limits,
) -> Result<Answer, TransportError> {
    let status = response.status().as_u16();
    let with_status = |mut failure: TransportError| {
        failure.message = format!("{} (status {status})", failure.message);
        failure
    };
    within(response.headers(), limits).map_err(with_status)?;
    let mut body = Body::new(response.headers(), *limits).map_err(with_status)?;
    let Some(read) = timers.by(deadline, body.read(&mut response)).await else {
        let message = format!(
            "the answer was not complete within {}, after {} bytes",
            seconds(limits.total),
            body.came()
        );
        return Err(with_status(error(TransportErrorKind::Timeout, message)));
    };
    read.map_err(with_status)?;
    Ok(Answer {
        status,
        version: format!("{:?}", response.version()),
        headers: std::mem::take(response.headers_mut()),
        body: body.finish().map_err(with_status)?,
    })
}

fn within(headers: &HeaderMap, limits: &Limits) -> Result<(), TransportError> {
    let size: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if headers.len() > limits.headers || size > limits.header_bytes {
        let message = format!(
            "the headers of the answer are too large: {} fields, {size} bytes",
            headers.len()
        );
        return Err(error(TransportErrorKind::TooLarge, message));
    }
    Ok(())
}
