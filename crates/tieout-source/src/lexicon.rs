/// A fixed set of words with what each stands for, built by the compiler: a look-up costs one hash of the
/// word's ends and allocates nothing. `SLOTS` is a power of two, twice the number of words or more.
///
/// ```
/// use tieout_source::Lexicon;
/// static UNITS: Lexicon<u8, 8> = Lexicon::new(&[("thousand", 3), ("million", 6)]);
/// assert_eq!(UNITS.get(b"million"), Some(6));
/// assert_eq!(UNITS.get_folded(b"Thousand"), Some(3));
/// assert_eq!(UNITS.get(b"trillion"), None);
/// ```
#[derive(Debug)]
pub struct Lexicon<T: Copy + 'static, const SLOTS: usize> {
    /// A byte of each word's hash, 0 where there is none: most look-ups end here, in few cache lines.
    marks: [u8; SLOTS],
    slots: [Option<(&'static str, T)>; SLOTS],
}

impl<T: Copy + 'static, const SLOTS: usize> Lexicon<T, SLOTS> {
    /// A lexicon of `words`. A table too full stops the build.
    pub const fn new(words: &[(&'static str, T)]) -> Self {
        assert!(SLOTS.is_power_of_two() && words.len() * 2 <= SLOTS);
        let mut lexicon = Lexicon { marks: [0; SLOTS], slots: [None; SLOTS] };
        let mut i = 0;
        while i < words.len() {
            let hash = hash(words[i].0.as_bytes());
            let mut at = (hash >> 32) as usize % SLOTS;
            while lexicon.marks[at] != 0 {
                at = (at + 1) % SLOTS;
            }
            lexicon.marks[at] = mark(hash);
            lexicon.slots[at] = Some(words[i]);
            i += 1;
        }
        lexicon
    }

    /// What `word` stands for.
    #[inline]
    pub fn get(&self, word: &[u8]) -> Option<T> {
        self.find(hash(word), |known| known == word)
    }

    /// What `word` stands for in ASCII lower case.
    #[inline]
    pub fn get_folded(&self, word: &[u8]) -> Option<T> {
        self.find(hash_folded(word), |known| known.eq_ignore_ascii_case(word))
    }

    #[inline]
    fn find(&self, hash: u64, is_it: impl Fn(&[u8]) -> bool) -> Option<T> {
        let mut at = (hash >> 32) as usize % SLOTS;
        loop {
            match self.marks[at] {
                0 => return None,
                own if own == mark(hash) => match self.slots[at] {
                    Some((known, value)) if is_it(known.as_bytes()) => return Some(value),
                    _ => {}
                },
                _ => {}
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// The first and the last bytes of a word, mixed: short words differ in one, long ones in the other.
#[inline]
pub const fn hash(word: &[u8]) -> u64 {
    let (first, last) = ends(word);
    mix(first, last, word.len())
}

/// [`hash`] of a word in ASCII lower case.
#[inline]
pub const fn hash_folded(word: &[u8]) -> u64 {
    let (first, last) = ends(word);
    mix(lower(first), lower(last), word.len())
}

/// The bytes that a word begins and ends with, as numbers; of one or two letters and three, all of them.
#[inline]
const fn ends(word: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64)
    } else if let ([first, ..], [.., last]) = (word, word) {
        (*first as u64, *last as u64 | (word[word.len() / 2] as u64) << 8)
    } else {
        (0, 0)
    }
}

#[inline]
const fn mix(first: u64, last: u64, length: usize) -> u64 {
    let mixed = (first ^ last.rotate_left(29)).wrapping_add(length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 29
}

/// Eight bytes at once, `A` to `Z` made lower case.
#[inline]
pub const fn lower(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let ascii = word & (EACH * 0x7F);
    let from_a = ascii + EACH * (0x80 - b'A' as u64);
    let beyond_z = ascii + EACH * (0x7F - b'Z' as u64);
    let upper = (from_a ^ beyond_z) & !word & (EACH * 0x80);
    word | upper >> 2
}

const fn mark(hash: u64) -> u8 {
    (hash >> 24) as u8 | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_share_ends_are_told_apart() {
        static SET: Lexicon<u8, 8> = Lexicon::new(&[("", 0), ("of", 1), ("or", 2), ("consolidated statements", 3)]);
        for (word, value) in [("", 0), ("of", 1), ("or", 2), ("consolidated statements", 3)] {
            assert_eq!(SET.get(word.as_bytes()), Some(value), "{word}");
        }
        // The same first and last eight bytes and the same length.
        assert_eq!(SET.get(b"consolidaxed statements"), None);
        assert_eq!(SET.get_folded(b"OR"), Some(2));
        assert_eq!(SET.get_folded(b"CONSOLIDATED Statements"), Some(3));
        assert_eq!(SET.get_folded(&[b'x'; 40]), None);
    }
}
