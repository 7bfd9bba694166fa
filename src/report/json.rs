//! The record itself: `run.json`.

use std::io;

use serde::Serialize as _;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::sanitize;
use crate::record::Run;

/// Writes a record as indented JSON with a line break at its end, as safe to print as it is to parse.
///
/// # Errors
/// What the writer says.
pub fn write_pretty(run: &Run, out: impl io::Write) -> io::Result<()> {
    write(run, PrettyFormatter::new(), out)
}

/// Writes a record as JSON on one line, with a line break at its end, as safe to print as it is to parse.
///
/// # Errors
/// What the writer says.
pub fn write_compact(run: &Run, out: impl io::Write) -> io::Result<()> {
    write(run, CompactFormatter, out)
}

fn write(run: &Run, layout: impl Formatter, mut out: impl io::Write) -> io::Result<()> {
    run.serialize(&mut Serializer::with_formatter(&mut out, Safe(layout)))?;
    out.write_all(b"\n")
}

/// A layout whose strings hold nothing that a terminal or a CI system acts on.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W>(&mut self, out: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        out.write_all(sanitize::json(fragment).as_bytes())
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W>(&mut self, out: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W>(&mut self, out: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}
