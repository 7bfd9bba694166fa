//! A body, read within limits: its size after decompression, the ratio of decompression, and the time without a byte.
//!
//! Decompression is done here and not by the HTTP library, for two reasons: the library can't be bounded by ratio, and it
//! takes `Content-Encoding` and `Content-Length` out of the headers, so that the record would not show what came.

use std::io::{self, Write};

use flate2::write::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::time::timeout;

use super::limits::Limits;
use super::transport::{classify, error, seconds};
use crate::record::{TransportError, TransportErrorKind};

/// How many compressed bytes are decompressed at a time: they can become no more than about 4 MiB.
const PIECE: usize = 4096;

/// A body as it comes in. It outlives the reading, so that one can say how far it came when time is up.
#[derive(Debug)]
pub(super) struct Body {
    decoder: Decoder,
    /// The bytes that came, compressed.
    came: usize,
    limits: Limits,
}

#[derive(Debug)]
enum Decoder {
    Identity(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
    Deflate(Box<ZlibDecoder<Bounded>>),
    /// What some servers call `deflate`: without the frame that RFC 9110 §8.4.1.2 asks for.
    Bare(Box<DeflateDecoder<Bounded>>),
}

impl Body {
    /// A body in the encoding that its headers say (RFC 9110 §8.4).
    pub(super) fn new(headers: &HeaderMap, limits: Limits) -> Result<Self, TransportError> {
        let encodings: Vec<String> = headers
            .get_all(CONTENT_ENCODING)
            .iter()
            .flat_map(|value| {
                String::from_utf8_lossy(value.as_bytes())
                    .split(',')
                    .map(|coding| coding.trim().to_ascii_lowercase())
                    .collect::<Vec<_>>()
            })
            .filter(|coding| !coding.is_empty() && coding != "identity")
            .collect();
        let bounded = Bounded::new(limits.body);
        let decoder = match encodings.as_slice() {
            [] => Decoder::Identity(bounded),
            [coding] if coding == "gzip" || coding == "x-gzip" => {
                Decoder::Gzip(Box::new(MultiGzDecoder::new(bounded)))
            }
            [coding] if coding == "deflate" => {
                Decoder::Deflate(Box::new(ZlibDecoder::new(bounded)))
            }
            codings => {
                let codings: String = codings.join(", ").chars().take(60).collect();
                let message = format!(
                    "the body is encoded as `{codings}`, which was not asked for and can't be read"
                );
                return Err(error(TransportErrorKind::Protocol, message));
            }
        };
        Ok(Self {
            decoder,
            came: 0,
            limits,
        })
    }

    /// How many bytes came so far, compressed.
    pub(super) const fn came(&self) -> usize {
        self.came
    }

    /// Reads the rest of an answer.
    pub(super) async fn read(&mut self, response: &mut Response) -> Result<(), TransportError> {
        let is_identity = matches!(self.decoder, Decoder::Identity(_));
        if is_identity
            && response
                .content_length()
                .is_some_and(|length| length > self.limits.body as u64)
        {
            return Err(self.too_large());
        }
        loop {
            let Ok(chunk) = timeout(self.limits.read, response.chunk()).await else {
                let message = format!(
                    "nothing came for {} in the middle of the answer, after {} bytes",
                    seconds(self.limits.read),
                    self.came
                );
                return Err(error(TransportErrorKind::Timeout, message));
            };
            match chunk {
                Ok(Some(chunk)) => self.take(&chunk)?,
                Ok(None) => return Ok(()),
                Err(failure) => {
                    let mut failure = classify(&failure, response.url(), None, &self.limits);
                    failure.message = format!("{}, after {} bytes", failure.message, self.came);
                    return Err(failure);
                }
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) -> Result<(), TransportError> {
        // The frame begins with a byte whose lower half says deflate (RFC 1950 §2.2).
        let framed = chunk.first().is_none_or(|byte| byte & 0x0f == 8);
        if self.came == 0 && !framed && matches!(self.decoder, Decoder::Deflate(_)) {
            let bounded = Bounded::new(self.limits.body);
            self.decoder = Decoder::Bare(Box::new(DeflateDecoder::new(bounded)));
        }
        for piece in chunk.chunks(PIECE) {
            self.came += piece.len();
            let written = match &mut self.decoder {
                Decoder::Identity(bounded) => bounded.write_all(piece),
                Decoder::Gzip(gzip) => gzip.write_all(piece),
                Decoder::Deflate(deflate) => deflate.write_all(piece),
                Decoder::Bare(deflate) => deflate.write_all(piece),
            };
            let so_far = self.so_far();
            if so_far.exceeded {
                return Err(self.too_large());
            }
            let size = so_far.bytes.len();
            if size > Limits::RATIO_FROM && size / self.limits.ratio.max(1) > self.came {
                let message = format!(
                    "the body grows more than {} times by decompression ({} bytes became {size})",
                    self.limits.ratio, self.came
                );
                return Err(error(TransportErrorKind::TooLarge, message));
            }
            written.map_err(|failure| self.undecodable(&failure))?;
        }
        Ok(())
    }

    fn so_far(&self) -> &Bounded {
        match &self.decoder {
            Decoder::Identity(bounded) => bounded,
            Decoder::Gzip(gzip) => gzip.get_ref(),
            Decoder::Deflate(deflate) => deflate.get_ref(),
            Decoder::Bare(deflate) => deflate.get_ref(),
        }
    }

    fn too_large(&self) -> TransportError {
        let message = format!("the body is larger than {} bytes", self.limits.body);
        error(TransportErrorKind::TooLarge, message)
    }

    fn undecodable(&self, failure: &io::Error) -> TransportError {
        undecodable(self.coding(), failure)
    }

    const fn coding(&self) -> &'static str {
        match self.decoder {
            Decoder::Identity(_) => "identity",
            Decoder::Gzip(_) => "gzip",
            Decoder::Deflate(_) | Decoder::Bare(_) => "deflate",
        }
    }

    /// The whole body, decompressed.
    pub(super) fn finish(self) -> Result<Vec<u8>, TransportError> {
        let coding = self.coding();
        let finished = match self.decoder {
            Decoder::Identity(bounded) => return Ok(bounded.bytes),
            // The answer to HEAD, 204 and 304 have headers for a body that is not there.
            _ if self.came == 0 => return Ok(Vec::new()),
            Decoder::Gzip(gzip) => gzip.finish(),
            Decoder::Deflate(deflate) => deflate.finish(),
            Decoder::Bare(deflate) => deflate.finish(),
        };
        match finished {
            Ok(bounded) => Ok(bounded.bytes),
            Err(_) if self.limits.body == 0 => Ok(Vec::new()),
            Err(failure) => Err(undecodable(coding, &failure)),
        }
    }
}

fn undecodable(coding: &str, failure: &io::Error) -> TransportError {
    let message = format!("the body says that it is {coding}, and is not: {failure}");
    error(TransportErrorKind::Protocol, message)
}

/// Bytes up to a limit.
#[derive(Debug)]
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    exceeded: bool,
}

impl Bounded {
    const fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
            exceeded: false,
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            self.exceeded = true;
            return Err(io::Error::other("too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
