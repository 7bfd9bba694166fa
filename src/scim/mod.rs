//! What RFC 7643, RFC 7644 and RFC 9865 say, and where it differs SCIM 1.1, as pure functions on JSON values.

pub mod compare;
mod conform;
pub mod datetime;
pub mod discovery;
pub mod error;
#[cfg(test)]
mod examples;
pub mod filter;
mod json;
pub mod json_schema;
pub mod part;
pub mod patch;
pub mod path;
pub mod projection;
pub mod resource;
pub mod sample;
pub mod schema;
pub mod sort;
pub mod text;
pub mod urn;
pub mod validate;
