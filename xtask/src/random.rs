//! Chance that repeats: the same seed gives the same numbers on every machine.

/// SplitMix64 (Steele, Lea, Flood 2014): eight lines, and good enough to pick places and digits.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`; 0 where the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() % limit as u64) as usize }
    }
}

/// FNV-1a: a name for some text that changes when it does.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        // The first output of SplitMix64 seeded with 0, and FNV-1a of "a", as published.
        assert_eq!(Random::new(0).next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(hash("a"), 0xAF63_DC4C_8601_EC8C);
    }
}
