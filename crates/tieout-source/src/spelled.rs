use crate::Lexicon;

static NUMBERS: Lexicon<u8, 64> = Lexicon::new(&[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
]);

/// A number said in one word, in any case: one to nineteen, and the tens below a hundred.
///
/// ```
/// assert_eq!(tieout_source::spelled(b"Eleven"), Some(11));
/// assert_eq!(tieout_source::spelled(b"hundred"), None);
/// ```
pub fn spelled(word: &[u8]) -> Option<u8> {
    NUMBERS.get_folded(word)
}
