//! Words of labels, as far as the checks need them beyond concepts.

use tieout_source::Lexicon;

/// Months, in order.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that do not tell one kind of income from another.
static COMMON: Lexicon<(), 256> = Lexicon::new(&[
    ("a", ()),
    ("allocable", ()),
    ("amount", ()),
    ("an", ()),
    ("and", ()),
    ("applicable", ()),
    ("assuming", ()),
    ("attributable", ()),
    ("available", ()),
    ("average", ()),
    ("basic", ()),
    ("both", ()),
    ("by", ()),
    ("charge", ()),
    ("common", ()),
    ("company", ()),
    ("corporation", ()),
    ("credit", ()),
    ("diluted", ()),
    ("dilution", ()),
    ("earning", ()),
    ("earnings", ()),
    ("eps", ()),
    ("equivalent", ()),
    ("equivalents", ()),
    ("for", ()),
    ("from", ()),
    ("full", ()),
    ("fully", ()),
    ("gain", ()),
    ("holder", ()),
    ("in", ()),
    ("inc", ()),
    ("income", ()),
    ("item", ()),
    ("limited", ()),
    ("loss", ()),
    ("net", ()),
    ("note", ()),
    ("of", ()),
    ("on", ()),
    ("or", ()),
    ("ordinary", ()),
    ("our", ()),
    ("owner", ()),
    ("partner", ()),
    ("partnership", ()),
    ("per", ()),
    ("primary", ()),
    ("principle", ()),
    ("profit", ()),
    ("see", ()),
    ("share", ()),
    ("shareholder", ()),
    ("stock", ()),
    ("stockholder", ()),
    ("the", ()),
    ("to", ()),
    ("undiluted", ()),
    ("unit", ()),
    ("unitholder", ()),
    ("was", ()),
    ("weighted", ()),
    ("were", ()),
]);

/// What a label says beyond "income (loss) per share": `before extraordinary`, `continuing operation`, or
/// nothing for net income. A per-share line and the income it is of give the same.
pub(crate) fn component(label: &str) -> String {
    let lower = label.to_ascii_lowercase();
    // What follows tells how it was taxed, not which income it is.
    static TAXED: AnyOf = AnyOf::new(&["net of", "less applicable", "less income tax", "(net"]);
    let head = TAXED.first(&lower).filter(|&at| at > 0).and_then(|at| lower.get(..at)).unwrap_or(&lower);
    let mut words: Vec<&str> = Vec::new();
    for word in head.split(|c: char| !c.is_ascii_alphabetic()) {
        let one = if word.len() > 3 && !word.ends_with("ss") { word.strip_suffix('s').unwrap_or(word) } else { word };
        if one.len() > 1
            && COMMON.get(one.as_bytes()).is_none()
            && COMMON.get(word.as_bytes()).is_none()
            && !words.contains(&one)
        {
            words.push(one);
            // No caption of income is longer; a hostile one is not read on.
            if words.len() == 12 {
                break;
            }
        }
    }
    words.sort_unstable();
    words.join(" ")
}

/// Basic, diluted, or one figure for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flavour {
    /// Basic, or primary before 1998.
    Basic,
    /// Diluted, or fully diluted before 1998.
    Diluted,
    /// One figure, or not said.
    Either,
}

/// Which shares a label, or failing that its headings, speak of.
pub(crate) fn flavour<'a>(labels: impl Iterator<Item = &'a str>) -> Flavour {
    static SHARES: AnyOf = AnyOf::new(&["basic", "primary", "dilut"]);
    for label in labels.filter(|label| SHARES.within(label)) {
        let basic = has(label, "basic") || has(label, "primary") || has(label, "undiluted");
        let diluted = (has(label, "dilut") && !has(label, "undilut")) || has(label, "assuming dilution");
        match (basic, diluted) {
            (true, false) => return Flavour::Basic,
            (false, true) => return Flavour::Diluted,
            (true, true) => return Flavour::Either,
            (false, false) => {}
        }
    }
    Flavour::Either
}

/// True where `text` holds `word` in any case; `word` is in lower case. Words here are short and labels too.
pub(crate) fn has(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(&first) = word.first() else { return true };
    let Some(last) = text.len().checked_sub(word.len()) else { return false };
    let starts = text.get(..=last).unwrap_or_default();
    let holds = |i: usize| text.get(i..i + word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), starts).any(holds)
}

/// Phrases of which a text may hold one, in any case; they are in lower case. One pass finds where three letters stand
/// that one of them may begin with, and only there they are compared.
pub(crate) struct AnyOf {
    phrases: &'static [&'static str],
    /// For each first letter the second ones, and for each second the third ones, by their low five bits.
    pairs: [[u32; 32]; 2],
}

impl AnyOf {
    pub(crate) const fn new(phrases: &'static [&'static str]) -> Self {
        let mut pairs = [[0; 32]; 2];
        let mut i = 0;
        while i < phrases.len() {
            let phrase = phrases[i].as_bytes();
            let mut k = 0;
            // A phrase that ends here goes with every letter.
            while k < 2 && k < phrase.len() {
                pairs[k][(phrase[k] & 31) as usize] |=
                    if k + 1 < phrase.len() { 1 << (phrase[k + 1] & 31) } else { u32::MAX };
                k += 1;
            }
            if phrase.len() == 1 {
                pairs[1] = [u32::MAX; 32];
            }
            i += 1;
        }
        AnyOf { phrases, pairs }
    }

    /// True where `text` holds one of them.
    pub(crate) fn within(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// Where the first of them stands.
    fn first(&self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let may = |k: usize, first: u8, second: u8| self.pairs[k][usize::from(first & 31)] >> (second & 31) & 1 == 1;
        let holds = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            self.phrases.iter().any(|p| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p.as_bytes())))
        };
        let begins = |&(at, three): &(usize, &[u8])| match *three {
            [a, b, c] => may(0, a, b) && may(1, b, c) && holds(at),
            [a, b] => may(0, a, b) && may(1, b, 0) && holds(at),
            _ => holds(at),
        };
        // The last two letters have none behind them.
        let last = (bytes.len().saturating_sub(2)..bytes.len()).map(|at| (at, bytes.get(at..).unwrap_or_default()));
        bytes.windows(3).enumerate().chain(last).find(begins).map(|(at, _)| at)
    }
}

/// True where `text` holds one of `words`.
pub(crate) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| has(text, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn income_and_its_share_say_the_same() {
        assert_eq!(component("Income (loss) before extraordinary gain"), "before extraordinary");
        assert_eq!(component("Earnings (loss) per share before extraordinary gain"), "before extraordinary");
        assert_eq!(component("Extraordinary gain, net of income taxes of $12"), "extraordinary");
        assert_eq!(component("Net income (loss)"), "");
        assert_eq!(component("Basic earnings per common share"), "");
        assert_eq!(component("diluted EPS"), "");
        assert_eq!(component("Net income applicable to common shareholders"), "");
        assert_eq!(component("Loss from continuing operations"), "continuing operation");
        assert_ne!(component("Income before income taxes"), "");
        assert_ne!(component("Operating income"), "");
    }

    #[test]
    fn phrases_are_found_in_any_case_and_at_the_end() {
        static SOME: AnyOf = AnyOf::new(&["net of", "%", " vs"]);
        assert!(SOME.within("5%") && SOME.within("Income, NET OF tax") && SOME.within("1995 vs. 1994"));
        assert!(!SOME.within("net o") && !SOME.within("vs") && !SOME.within(""));
    }

    #[test]
    fn flavours() {
        assert_eq!(flavour(["Basic"].into_iter()), Flavour::Basic);
        assert_eq!(flavour(["Net income", "Fully diluted"].into_iter()), Flavour::Diluted);
        assert_eq!(flavour(["Basic and diluted"].into_iter()), Flavour::Either);
    }
}
