//! Many phrases looked for in one short text.

/// A text with the pairs of bytes that occur in it: most phrases are ruled out by their first pair or two,
/// without looking at the text again.
pub(crate) struct Phrases<'t> {
    text: &'t str,
    pairs: [u64; 16],
}

impl<'t> Phrases<'t> {
    /// Looks at `text` once.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut pairs = [0; 16];
        for pair in text.as_bytes().windows(2) {
            let (slot, bit) = place(pair);
            pairs[slot] |= bit;
        }
        Phrases { text, pairs }
    }

    /// True where the text holds `phrase`.
    pub(crate) fn has(&self, phrase: &str) -> bool {
        let seen = |pair: &[u8]| {
            let (slot, bit) = place(pair);
            self.pairs[slot] & bit != 0
        };
        phrase.as_bytes().windows(2).all(seen) && self.text.contains(phrase)
    }

    /// True where the text holds one of `phrases`.
    pub(crate) fn any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.has(phrase))
    }
}

/// Where a pair of bytes is noted: one of 1024 bits.
fn place(pair: &[u8]) -> (usize, u64) {
    let &[a, b] = pair else { return (0, 0) };
    let hash = u32::from(a).wrapping_mul(0x9E5).wrapping_add(u32::from(b).wrapping_mul(0x2F)) % 1024;
    ((hash / 64) as usize, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_where_they_stand() {
        let text = Phrases::of("consolidated statements of cash flows");
        assert!(text.has("cash flow") && text.has("consolidated") && text.has("s") && text.has("flows"));
        assert!(!text.has("flow of cash") && !text.has("cash flows "));
        assert!(text.any(&["balance sheet", "of cash"]) && !text.any(&["balance sheet", "income"]));
    }
}
