use std::borrow::Cow;
use std::fmt;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_transcode::Transcoder;

use super::StepResult;

/// The steps of a check, in order. They are most of a record (some kilobytes an exchange, tens of thousands of exchanges
/// a run), and few of them are ever looked at: [`pack`](Self::pack) keeps them deflated, [`read`](Self::read) gives
/// them back.
#[derive(Clone, Default)]
pub struct Steps(Form);

#[derive(Clone)]
enum Form {
    Open(Vec<StepResult>),
    Packed(Packed),
}

#[derive(Clone)]
struct Packed {
    pieces: Vec<Piece>,
    /// How many exchanges the steps have.
    exchanges: usize,
}

/// Some of the steps as JSON, a line each, deflated.
#[derive(Clone)]
struct Piece {
    deflated: Box<[u8]>,
    /// How long the lines are, in bytes.
    size: usize,
}

/// From which length on steps begin a new piece, in bytes of JSON: who goes through them has one piece at a time.
const PIECE: usize = 64 * 1024;

impl Default for Form {
    fn default() -> Self {
        Self::Open(Vec::new())
    }
}

impl Steps {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            Form::Open(steps) => steps.is_empty(),
            // What is empty is not packed.
            Form::Packed(_) => false,
        }
    }

    /// The steps. Packed ones are unpacked each time: who needs them twice keeps them.
    pub fn read(&self) -> Cow<'_, [StepResult]> {
        match &self.0 {
            Form::Open(steps) => Cow::Borrowed(steps),
            Form::Packed(packed) => Cow::Owned(packed.steps().collect()),
        }
    }

    /// The steps one after another, for what needs no two of them.
    pub fn each(&self) -> Box<dyn Iterator<Item = Cow<'_, StepResult>> + '_> {
        match &self.0 {
            Form::Open(steps) => Box::new(steps.iter().map(Cow::Borrowed)),
            Form::Packed(packed) => Box::new(packed.steps().map(Cow::Owned)),
        }
    }

    /// How many exchanges they have, those that services had with the target among them.
    pub fn exchange_count(&self) -> usize {
        match &self.0 {
            Form::Open(steps) => exchanges(steps),
            Form::Packed(packed) => packed.exchanges,
        }
    }

    /// The steps to change; they are not packed any more.
    pub fn to_mut(&mut self) -> &mut Vec<StepResult> {
        if let Form::Packed(packed) = &self.0 {
            self.0 = Form::Open(packed.steps().collect());
        }
        match &mut self.0 {
            Form::Open(steps) => steps,
            Form::Packed(_) => unreachable!("they were opened above"),
        }
    }

    /// Keeps them in about an eighth of the memory.
    pub fn pack(&mut self) {
        if let Form::Open(steps) = &self.0
            && !steps.is_empty()
        {
            self.0 = Form::Packed(Packed::of(steps));
        }
    }
}

impl Packed {
    #[expect(
        clippy::expect_used,
        reason = "steps have no map with keys other than texts, and a Vec takes all that is written"
    )]
    fn of(steps: &[StepResult]) -> Self {
        let mut pieces = Vec::new();
        let mut lines = Vec::new();
        for step in steps {
            serde_json::to_writer(&mut lines, step).expect("a step is JSON");
            lines.push(b'\n');
            if lines.len() >= PIECE {
                pieces.push(Piece::of(&lines));
                lines.clear();
            }
        }
        if !lines.is_empty() {
            pieces.push(Piece::of(&lines));
        }
        Self {
            pieces,
            exchanges: exchanges(steps),
        }
    }

    #[expect(clippy::expect_used, reason = "it is what `of` made, unchanged")]
    fn steps(&self) -> impl Iterator<Item = StepResult> {
        let of_line = |line: &str| serde_json::from_str(line).expect("it was written by `of`");
        let of_piece = move |piece: &Piece| piece.lines().lines().map(of_line).collect::<Vec<_>>();
        self.pieces.iter().flat_map(of_piece)
    }
}

impl Piece {
    #[expect(clippy::expect_used, reason = "a Vec takes all that is written")]
    fn of(lines: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        let deflated = encoder.write_all(lines).and_then(|()| encoder.finish());
        Self {
            deflated: deflated.expect("a Vec takes all").into_boxed_slice(),
            size: lines.len(),
        }
    }

    #[expect(clippy::expect_used, reason = "it is what `of` made, unchanged")]
    fn lines(&self) -> String {
        let mut lines = String::with_capacity(self.size);
        DeflateDecoder::new(&*self.deflated)
            .read_to_string(&mut lines)
            .expect("it was deflated by `of`");
        lines
    }
}

fn exchanges(steps: &[StepResult]) -> usize {
    steps.iter().map(|step| step.all_exchanges().count()).sum()
}

impl From<Vec<StepResult>> for Steps {
    fn from(steps: Vec<StepResult>) -> Self {
        Self(Form::Open(steps))
    }
}

impl fmt::Debug for Steps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.read().fmt(f)
    }
}

impl PartialEq for Steps {
    fn eq(&self, other: &Self) -> bool {
        self.read() == other.read()
    }
}

impl Serialize for Steps {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Open(steps) => steps.serialize(serializer),
            // From text to text: the steps themselves are never there.
            Form::Packed(packed) => {
                let mut list = serializer.serialize_seq(None)?;
                for piece in &packed.pieces {
                    for line in piece.lines().lines() {
                        let mut reader = serde_json::Deserializer::from_str(line);
                        list.serialize_element(&Transcoder::new(&mut reader))?;
                    }
                }
                list.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Steps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

impl JsonSchema for Steps {
    fn schema_name() -> Cow<'static, str> {
        Vec::<StepResult>::schema_name()
    }

    fn inline_schema() -> bool {
        Vec::<StepResult>::inline_schema()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<StepResult>::json_schema(generator)
    }
}
