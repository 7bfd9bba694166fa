//! What one request may cost.

use std::time::Duration;

/// Bounds of time and memory for one request, whatever the other side does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take until there is a connection (name, TCP and TLS).
    pub connect: Duration,
    /// How long nothing may come in the middle of a body.
    pub read: Duration,
    /// How long the whole exchange may take, from sending to the end of the body.
    pub total: Duration,
    /// The largest body, in bytes after decompression.
    pub body: usize,
    /// How many times larger than it came a body may get by decompression. Not looked at below [`Limits::RATIO_FROM`].
    pub ratio: usize,
    /// The most header fields of an answer.
    pub headers: usize,
    /// The most bytes in the header fields of an answer.
    pub header_bytes: usize,
}

impl Limits {
    /// The size in bytes from which on the ratio of decompression counts.
    pub const RATIO_FROM: usize = 1024 * 1024;
    /// The size in bytes at which the text of a recorded body is cut.
    pub const RECORDED: usize = 64 * 1024;

    /// The default limits with this time for the whole exchange: the other times are never longer.
    pub fn within(total: Duration) -> Self {
        let default = Self::default();
        Self {
            connect: default.connect.min(total),
            read: default.read.min(total),
            total,
            ..default
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_mins(1),
            body: 8 * 1024 * 1024,
            ratio: 200,
            headers: 200,
            header_bytes: 64 * 1024,
        }
    }
}
