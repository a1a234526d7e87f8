//! Words by number: each is spelled out once, so that labels and subjects are compared without their letters.

use tieout_source::word_hash;

/// The words met so far, numbered as they came.
#[derive(Default)]
pub(super) struct Numbers {
    /// All words, one after the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<u32>,
    /// Words by their hash: 1 + the number, 0 where free; at least twice as many as words, and a power of two.
    slots: Vec<u32>,
}

/// Slots tried for a word. One that finds none has no number to share: no choice of words makes this slow.
const PROBES: usize = 64;

impl Numbers {
    /// The number of a word; the next one where it has none yet.
    pub(super) fn of(&mut self, word: &str) -> u32 {
        if self.ends.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let (slot, known) = self.find(word.as_bytes());
        if let Some(number) = known {
            return number;
        }
        self.text.extend_from_slice(word.as_bytes());
        self.ends.push(self.text.len() as u32);
        if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
            *slot = self.ends.len() as u32;
        }
        self.ends.len() as u32 - 1
    }

    /// The number of a word that was met.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        self.find(word.as_bytes()).1
    }

    /// The free slot that a word would take, or its number.
    fn find(&self, word: &[u8]) -> (Option<usize>, Option<u32>) {
        let Some(mask) = self.slots.len().checked_sub(1) else { return (None, None) };
        let first = (word_hash(word) >> 32) as usize;
        for at in (0..PROBES).map(|n| first.wrapping_add(n) & mask) {
            match self.slots.get(at).copied().unwrap_or(0).checked_sub(1) {
                None => return (Some(at), None),
                Some(number) if self.word(number) == word => return (None, Some(number)),
                Some(_) => {}
            }
        }
        (None, None)
    }

    fn word(&self, number: u32) -> &[u8] {
        let end = |n: u32| self.ends.get(n as usize).map_or(0, |&end| end as usize);
        let start = number.checked_sub(1).map_or(0, end);
        self.text.get(start..end(number)).unwrap_or_default()
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(256)];
        for number in 0..self.ends.len() as u32 {
            let slot = self.find(self.word(number)).0;
            if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
                *slot = number + 1;
            }
        }
    }
}

/// What is listed under each word.
pub(super) struct Index<T> {
    /// Sorted once all is listed.
    listed: Vec<(u32, T)>,
}

impl<T: Ord> Index<T> {
    /// The items under their words, each once.
    pub(super) fn new(mut listed: Vec<(u32, T)>) -> Self {
        listed.sort_unstable();
        listed.dedup();
        Index { listed }
    }

    /// What is listed under a word, in order.
    pub(super) fn under(&self, word: u32) -> &[(u32, T)] {
        let start = self.listed.partition_point(|&(w, _)| w < word);
        let rest = self.listed.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|&(w, _)| w == word)).unwrap_or_default()
    }
}

/// Hands out the words of a text in lower case and in the singular; `(1)` is a note's mark, `365` is a name. Sales are
/// revenue.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut lower = String::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while let Some(length) = letter(text, at).or_else(|| apostrophe(text, at).filter(|_| at > start)) {
            at += length;
        }
        let Some(printed) = text.get(start..at).filter(|printed| !printed.is_empty()) else {
            at += 1;
            continue;
        };
        let bytes = text.as_bytes();
        let bracketed = bytes.get(..start).is_some_and(|b| b.ends_with(b"(")) && bytes.get(at) == Some(&b')');
        if bracketed && printed.len() <= 2 {
            continue;
        }
        lower.clear();
        if printed.is_ascii() {
            lower.push_str(printed);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&printed.to_lowercase());
        }
        take(singular(&lower));
    }
}

/// The length of the letter or digit that stands at a place.
fn letter(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii_alphanumeric() => Some(1),
        byte if byte.is_ascii() => None,
        _ => text.get(at..)?.chars().next().filter(|c| c.is_alphanumeric()).map(char::len_utf8),
    }
}

/// The length of the apostrophe that stands at a place.
fn apostrophe(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at..)? {
        [b'\'', ..] => Some(1),
        // U+2019
        [0xE2, 0x80, 0x99, ..] => Some(3),
        _ => None,
    }
}

/// A word in lower case without its owner's and its plural's ending.
fn singular(lower: &str) -> &str {
    let owner = match lower.as_bytes() {
        [.., b'\'', b's'] => 2,
        [.., 0xE2, 0x80, 0x99, b's'] => 4,
        _ => 0,
    };
    let word = lower.get(..lower.len() - owner).unwrap_or(lower);
    match word.as_bytes() {
        b"sales" | b"sale" => "revenue",
        b"cwt" | b"cwts" => "hundredweight",
        [_, _, .., before, b's'] if *before != b's' => word.get(..word.len() - 1).unwrap_or(word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn names_keep_their_numbers() {
        assert_eq!(words("Office 365 Commercial sales (1)"), ["office", "365", "commercial", "revenue"]);
        assert_eq!(words("\u{c9}t\u{e9}'s boss"), ["\u{e9}t\u{e9}", "boss"]);
    }

    #[test]
    fn a_word_has_one_number() {
        let mut numbers = Numbers::default();
        assert_eq!([numbers.of("net"), numbers.of("sales"), numbers.of("net")], [0, 1, 0]);
        assert_eq!((numbers.get("sales"), numbers.get("loss")), (Some(1), None));
        let many: Vec<u32> = (0..1000).map(|n| numbers.of(&format!("w{n}"))).collect();
        assert!((0..1000).all(|n| numbers.get(&format!("w{n}")) == many.get(n).copied()));
    }

    /// Words that share their ends and length have one hash.
    #[test]
    fn words_that_collide_are_not_slow() {
        let mut numbers = Numbers::default();
        for n in 0..100_000 {
            numbers.of(&format!("abcdefgh{n:06}abcdefgh"));
        }
        assert_eq!(numbers.of("abcdefgh000001abcdefgh"), 1);
    }
}
