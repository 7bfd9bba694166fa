//! Which connections have answered before. A server may close one that it kept open at the moment at which the next
//! request comes (RFC 9112 §9.5): that is no fault of it, unlike one that closes a connection without ever answering.

use std::collections::BTreeSet;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpInfo;

/// Connections that have answered, by their own address. One whose port is given out again is taken for reused when it
/// is not: then a request that changes nothing is sent once more, which does no harm.
#[derive(Debug, Default)]
pub(super) struct Answered(Mutex<BTreeSet<SocketAddr>>);

impl Answered {
    /// An answer came.
    pub(super) fn note(&self, response: &reqwest::Response) {
        if let Some(info) = response.extensions().get::<HttpInfo>() {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.insert(info.local_addr());
        }
    }

    /// Whether what failed was sent on a connection that had answered before.
    pub(super) fn had(&self, failure: &reqwest::Error) -> bool {
        let Some(place) = place(failure) else {
            return false;
        };
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(&place)
    }
}

fn place(failure: &reqwest::Error) -> Option<SocketAddr> {
    let mut next: Option<&(dyn Error + 'static)> = Some(failure);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<legacy::Error>() {
            #[expect(
                clippy::default_trait_access,
                reason = "the type's name would want a crate for itself"
            )]
            let mut extras = Default::default();
            found.connect_info()?.get_extras(&mut extras);
            return Some(extras.get::<HttpInfo>()?.local_addr());
        }
        next = error.source();
    }
    None
}
