//! Words of labels, as far as the checks need them beyond concepts.

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
const COMMON: &[&str] = &[
    "a",
    "allocable",
    "amount",
    "an",
    "and",
    "applicable",
    "assuming",
    "attributable",
    "available",
    "average",
    "basic",
    "both",
    "by",
    "charge",
    "common",
    "company",
    "corporation",
    "credit",
    "diluted",
    "dilution",
    "earning",
    "earnings",
    "eps",
    "equivalent",
    "equivalents",
    "for",
    "from",
    "full",
    "fully",
    "gain",
    "holder",
    "in",
    "inc",
    "income",
    "item",
    "limited",
    "loss",
    "net",
    "note",
    "of",
    "on",
    "or",
    "ordinary",
    "our",
    "owner",
    "partner",
    "partnership",
    "per",
    "primary",
    "principle",
    "profit",
    "see",
    "share",
    "shareholder",
    "stock",
    "stockholder",
    "the",
    "to",
    "undiluted",
    "unit",
    "unitholder",
    "was",
    "weighted",
    "were",
];

/// What a label says beyond "income (loss) per share": `before extraordinary`, `continuing operation`, or
/// nothing for net income. A per-share line and the income it is of give the same.
pub(crate) fn component(label: &str) -> String {
    let lower = label.to_ascii_lowercase();
    // What follows tells how it was taxed, not which income it is.
    let cut = ["net of", "less applicable", "less income tax", "(net"].iter().filter_map(|w| lower.find(w)).min();
    let head = cut.filter(|&at| at > 0).and_then(|at| lower.get(..at)).unwrap_or(&lower);
    let mut words: Vec<&str> = Vec::new();
    for word in head.split(|c: char| !c.is_ascii_alphabetic()) {
        let one = if word.len() > 3 && !word.ends_with("ss") { word.strip_suffix('s').unwrap_or(word) } else { word };
        if one.len() > 1
            && COMMON.binary_search(&one).is_err()
            && COMMON.binary_search(&word).is_err()
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

/// Phrases of which a text may hold one, in any case; they are in lower case. One pass finds where two letters stand
/// that one of them begins with, and only there they are compared.
pub(crate) struct AnyOf {
    phrases: &'static [&'static str],
    /// For each first letter the second ones, both by their low five bits.
    begins: [u32; 32],
}

impl AnyOf {
    pub(crate) const fn new(phrases: &'static [&'static str]) -> Self {
        let mut begins = [0; 32];
        let mut i = 0;
        while i < phrases.len() {
            let phrase = phrases[i].as_bytes();
            begins[(phrase[0] & 31) as usize] |= if phrase.len() > 1 { 1 << (phrase[1] & 31) } else { u32::MAX };
            i += 1;
        }
        AnyOf { phrases, begins }
    }

    /// True where `text` holds one of them.
    pub(crate) fn within(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let begins = |first: u8, second: u8| self.begins[usize::from(first & 31)] >> (second & 31) & 1 == 1;
        let holds = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            self.phrases.iter().any(|p| rest.get(..p.len()).is_some_and(|r| r.eq_ignore_ascii_case(p.as_bytes())))
        };
        let last = bytes.len().saturating_sub(1);
        bytes.windows(2).enumerate().any(|(at, pair)| begins(pair[0], pair[1]) && holds(at))
            || bytes.last().is_some_and(|&b| begins(b, 0)) && holds(last)
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
    fn words_are_sorted() {
        assert!(COMMON.is_sorted());
    }

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
