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
    for label in labels {
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
    fn flavours() {
        assert_eq!(flavour(["Basic"].into_iter()), Flavour::Basic);
        assert_eq!(flavour(["Net income", "Fully diluted"].into_iter()), Flavour::Diluted);
        assert_eq!(flavour(["Basic and diluted"].into_iter()), Flavour::Either);
    }
}
