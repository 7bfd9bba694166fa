//! Gzip (RFC 1952) with stored blocks: valid, and no smaller. One variation needs no more; one fault needs a lot of one
//! byte in little.

/// The head: deflate, no flags, no time, unknown system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Packs bytes.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = HEAD.to_vec();
    let mut chunks = bytes.chunks(0xffff).peekable();
    if chunks.peek().is_none() {
        packed.extend([1, 0, 0, 0xff, 0xff]);
    }
    while let Some(chunk) = chunks.next() {
        let length = u16::try_from(chunk.len()).unwrap_or(u16::MAX);
        packed.push(u8::from(chunks.peek().is_none()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(chunk);
    }
    trail(&mut packed, bytes);
    packed
}

/// Bits, the lowest first (RFC 1951 §3.1.1).
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.used.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let (true, Some(last)) = (bit, self.bytes.last_mut()) {
            *last |= 1 << (self.used % 8);
        }
        self.used = (self.used + 1) % 8;
    }

    /// A code, the highest bit first.
    fn code(&mut self, code: u32, length: u32) {
        for at in (0..length).rev() {
            self.push((code >> at) & 1 == 1);
        }
    }
}

/// A multiple of 258 blanks and one more, in a 150th of the space: one block of the fixed codes (RFC 1951 §3.2.6), a
/// blank and then matches of 258 at distance 1.
pub(super) fn blanks(matches: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(true);
    bits.push(true);
    bits.push(false);
    bits.code(0x30 + u32::from(b' '), 8);
    for _ in 0..matches {
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    let plain = vec![b' '; matches * 258 + 1];
    let mut packed = HEAD.to_vec();
    packed.extend(bits.bytes);
    trail(&mut packed, &plain);
    packed
}

fn trail(packed: &mut Vec<u8>, plain: &[u8]) {
    packed.extend(crc32(plain).to_le_bytes());
    packed.extend(
        u32::try_from(plain.len() % (1 << 32))
            .unwrap_or_default()
            .to_le_bytes(),
    );
}

fn crc32(bytes: &[u8]) -> u32 {
    let of = |low: u32| {
        (0..8).fold(low, |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    };
    let table: Vec<u32> = (0..256).map(of).collect();
    let step = |crc: u32, byte: &u8| {
        let at = usize::from(crc.to_le_bytes()[0] ^ byte);
        table.get(at).copied().unwrap_or_default() ^ (crc >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn check_value_of_crc32() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}
