//! Content codings (RFC 9110 §8.4.1), undone for the recording only: what passes keeps its own.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The bytes that a coded body stands for, up to a limit; and why that is not all.
pub(super) fn decoded(
    bytes: &[u8],
    coding: Option<&str>,
    limit: usize,
) -> (Vec<u8>, Option<String>) {
    let coding = coding.unwrap_or_default().trim().to_ascii_lowercase();
    match coding.as_str() {
        _ if bytes.is_empty() => (Vec::new(), None),
        "" | "identity" => {
            let whole = bytes.len() <= limit;
            let kept = bytes.get(..limit).unwrap_or(bytes).to_vec();
            (kept, (!whole).then(|| too_large(limit)))
        }
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(bytes), limit),
        // Some send the bare stream, against RFC 9110 §8.4.1.2.
        "deflate" if bytes.first().is_some_and(|byte| byte & 0x0f == 8) => {
            read(ZlibDecoder::new(bytes), limit)
        }
        "deflate" => read(DeflateDecoder::new(bytes), limit),
        other => {
            let other: String = other
                .chars()
                .filter(char::is_ascii_graphic)
                .take(40)
                .collect();
            let why = format!("it is encoded as `{other}`, which can't be read");
            (Vec::new(), Some(why))
        }
    }
}

fn read(decoder: impl Read, limit: usize) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    let more = limit as u64 + 1;
    let outcome: io::Result<usize> = decoder.take(more).read_to_end(&mut bytes);
    if bytes.len() > limit {
        bytes.truncate(limit);
        return (bytes, Some(too_large(limit)));
    }
    match outcome {
        Ok(_) => (bytes, None),
        Err(_) => (bytes, Some("its compression is broken".to_owned())),
    }
}

fn too_large(limit: usize) -> String {
    format!("it is larger than {limit} bytes")
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::decoded;

    #[test]
    fn bodies_are_decompressed_within_a_limit() {
        let text = b"scimitar ".repeat(100);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&text).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(&text).unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(&text).unwrap();
        let zlib = zlib.finish().unwrap();
        let bare = bare.finish().unwrap();
        for (bytes, coding) in [(&gzip, "gzip"), (&zlib, "deflate"), (&bare, "deflate")] {
            assert_eq!(decoded(bytes, Some(coding), 1000), (text.clone(), None));
        }
        assert_eq!(decoded(&text, None, 1000), (text.clone(), None));
        let (cut, why) = decoded(&gzip, Some("GZIP"), 100);
        assert_eq!((cut.len(), why.is_some()), (100, true));
        let (_, why) = decoded(&gzip[..gzip.len() / 2], Some("gzip"), 1000);
        assert_eq!(why.as_deref(), Some("its compression is broken"));
        assert!(decoded(b"x", Some("br\n"), 10).1.unwrap().contains("`br`"));
        assert_eq!(decoded(b"", Some("gzip"), 10), (Vec::new(), None));
    }
}
