//! Generated data: realistic, collision-free, carrying the run's tag, and the same again for the same seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

const GIVEN: [&str; 12] = [
    "Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Ken", "Radia", "Tony",
    "Hedy", "Niklaus",
];
const FAMILY: [&str; 12] = [
    "Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen", "Thompson", "Perlman",
    "Hoare", "Lamarr", "Wirth",
];
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// What every generated name starts with, before the run's tag.
pub const PREFIX: &str = "scimitar";

/// The tag of a run: eight letters and digits, from its seed. All that the run creates carries it.
pub fn tag(seed: u64) -> String {
    letters(&mut ChaCha8Rng::seed_from_u64(seed), 8)
}

/// Whether a name carries the tag of a run, in any case of letters. A tag that somebody else chose may be so short that it
/// stands in other names too: then what every generated name starts with has to be there as well.
pub fn carries(name: &str, tag: &str) -> bool {
    let name = name.to_lowercase();
    !tag.is_empty()
        && name.contains(&tag.to_lowercase())
        && (name.contains(PREFIX) || tag.len() >= 8)
}

/// Generates values for one check.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
    tag: String,
    check: String,
}

impl Generator {
    /// A generator for a check of a run.
    pub fn new(seed: u64, tag: &str, check: &str) -> Self {
        Self {
            seed,
            tag: tag.to_owned(),
            check: check.to_owned(),
        }
    }

    /// The value for `${unique.KIND}` or `${unique.KIND.SUFFIX}`: always the same for the same check and name.
    /// `None` for an unknown kind.
    pub fn value(&self, name: &str) -> Option<String> {
        let kind = name.split('.').next().unwrap_or_default();
        // The suffix alone distinguishes values, so that `unique.email.b` and `unique.givenName.b` are one person's.
        let person = name.split_once('.').map_or("", |(_, suffix)| suffix);
        let mut rng =
            ChaCha8Rng::seed_from_u64(self.seed ^ stable_hash(&format!("{}#{person}", self.check)));
        let code = letters(&mut rng, 6);
        let (given, family) = (pick(&mut rng, &GIVEN), pick(&mut rng, &FAMILY));
        let tag = &self.tag;
        Some(match kind {
            "email" | "userName" => format!("{PREFIX}-{tag}-{code}@example.com"),
            "givenName" => format!("{given}{code}"),
            "familyName" => format!("{family}{tag}"),
            "name" => format!("{PREFIX} {tag} {code}"),
            "id" => format!("00u{tag}{code}{}", letters(&mut rng, 3)),
            "digits" => (0..12)
                .map(|_| char::from(b'0' + low(&mut rng, 10)))
                .collect(),
            "password" => format!(
                "{}-{}-Aa9!",
                letters(&mut rng, 6).to_uppercase(),
                letters(&mut rng, 8)
            ),
            _ => return None,
        })
    }
}

/// Whether a word is a generated given name: one of the list with a person's code behind it.
pub fn is_given_name(word: &str) -> bool {
    let code = GIVEN.iter().find_map(|given| word.strip_prefix(given));
    code.is_some_and(|code| code.len() == 6 && code.bytes().all(|byte| LETTERS.contains(&byte)))
}

/// Where a run that names no seed gets one from: any number will do, and the record keeps it.
pub fn seed_from(bytes: [u8; 16]) -> u64 {
    // Below 2^53, so that every JSON reader keeps it exactly.
    (u128::from_le_bytes(bytes) & 0x001f_ffff_ffff_ffff)
        .try_into()
        .unwrap_or(0)
}

/// FNV-1a: a hash with a stable definition, for seeds and shards.
pub fn stable_hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn low(rng: &mut ChaCha8Rng, below: u8) -> u8 {
    // The remainder is below `below`, a u8.
    u8::try_from(rng.next_u32() % u32::from(below)).unwrap_or(0)
}

fn letters(rng: &mut ChaCha8Rng, count: usize) -> String {
    (0..count)
        .filter_map(|_| LETTERS.get(usize::from(low(rng, 32))))
        .map(|byte| char::from(*byte))
        .collect()
}

fn pick<'a>(rng: &mut ChaCha8Rng, from: &[&'a str; 12]) -> &'a str {
    from.get(usize::from(low(rng, 12)))
        .copied()
        .unwrap_or("Ada")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_value_and_a_suffix_another_one() {
        let generator = Generator::new(7, &tag(7), "okta/create");
        assert_eq!(generator.value("email"), generator.value("email"));
        assert_ne!(generator.value("email"), generator.value("email.b"));
        assert_ne!(
            generator.value("email"),
            Generator::new(7, &tag(7), "okta/other").value("email")
        );
        assert_ne!(
            generator.value("email"),
            Generator::new(8, &tag(8), "okta/create").value("email")
        );
    }

    #[test]
    fn names_carry_the_tag_of_the_run() {
        assert!(carries("Scimitar-7-x@example.com", "7"));
        assert!(!carries("ada7@example.com", "7"));
        assert!(!carries("scimitar@example.com", ""));
        let tag = tag(42);
        assert!(carries(
            &format!("ADA-{}@example.com", tag.to_uppercase()),
            &tag
        ));
        let generator = Generator::new(42, &tag, "a/b");
        for kind in ["email", "userName", "familyName", "name", "id"] {
            assert!(generator.value(kind).unwrap().contains(&tag), "{kind}");
        }
        assert_eq!(
            generator.value("id").unwrap().len(),
            20,
            "as long as Okta's ids"
        );
    }

    #[test]
    fn every_listed_kind_is_known_and_no_other() {
        let generator = Generator::new(1, &tag(1), "a/b");
        assert!(
            crate::suite::template::UNIQUE_KINDS
                .iter()
                .all(|kind| generator.value(kind).is_some())
        );
        assert_eq!(generator.value("emial"), None);
    }
}
