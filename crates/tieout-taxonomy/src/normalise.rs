use tieout_source::Lexicon;

/// Longest normalised label; what stands behind it in a label is par values and share counts.
const LONGEST: usize = 240;
/// How far a closing bracket is looked for, so that a label of opening brackets stays linear.
const BRACKET: usize = 400;

/// Writes the comparable form of a label into `into` (cleared first): the form the label tables are written
/// in. Lower case words in the singular, one space between them; no punctuation, numbers, dates, note
/// references, brackets or the small words that come and go ("of", "and", "in"). Words that mean the same
/// in a caption become one: shareholders and shareowners are `stockholder`, earnings and loss `income`,
/// decrease and change `increase`, used `provided`.
///
/// A bracket is dropped with its content, "(loss)", "(Note 5)", "(net of $515,000)", unless it tells basic
/// from diluted or replaces the noun: "(Loss) before income taxes".
pub fn normalise(label: &str, into: &mut String) {
    into.clear();
    let bytes = label.as_bytes();
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if into.len() > LONGEST {
            break;
        }
        match b {
            b'(' | b'[' => i = bracket(label, i, into.is_empty()),
            b'0'..=b'9' | b'$' => i = number_end(bytes, i),
            b'a'..=b'z' | b'A'..=b'Z' => {
                if matches!(b, b'n' | b'N' | b's' | b'S')
                    && let Some(end) = note_end(bytes, i)
                {
                    i = end;
                    continue;
                }
                if !into.is_empty() {
                    into.push(' ');
                }
                let word = into.len();
                i = copy_word(label, i, into);
                settle(into, word, bytes.get(i..).unwrap_or_default());
            }
            _ => i += 1,
        }
    }
}

/// Copies letters in lower case; apostrophes and the dots of `U.S.` vanish, `R&D` keeps its ampersand, and
/// "non-" and "pre-" grow into the word they stand before.
fn copy_word(label: &str, mut i: usize, into: &mut String) -> usize {
    let bytes = label.as_bytes();
    let word = into.len();
    while let Some(&b) = bytes.get(i) {
        let letter_follows = bytes.get(i + 1).is_some_and(u8::is_ascii_alphabetic);
        match b {
            b'a'..=b'z' | b'A'..=b'Z' if into.len() < word + LONGEST => {
                let most = word + LONGEST - into.len();
                let run = bytes.get(i..).unwrap_or_default().iter().take(most);
                let run = run.take_while(|b| b.is_ascii_alphabetic()).count();
                let at = into.len();
                into.push_str(label.get(i..i + run).unwrap_or_default());
                if let Some(letters) = into.get_mut(at..) {
                    letters.make_ascii_lowercase();
                }
                i += run - 1;
            }
            b'\'' | b'`' => {}
            b'&' if letter_follows => into.push('&'),
            b'.' if letter_follows && bytes.get(i + 2).is_none_or(|&c| c == b'.') => {}
            b'-' | b' ' if letter_follows && matches!(&into[word..], "non" | "pre") => {}
            // The typographic apostrophes U+2018 and U+2019.
            0xE2 if bytes.get(i + 1) == Some(&0x80) && matches!(bytes.get(i + 2), Some(0x98 | 0x99)) => i += 2,
            _ => break,
        }
        i += 1;
    }
    i
}

/// Past a number with what is glued to it: `$1,000`, `8.5%`, `1/2`, `30,000,000`, `3rd`, `10-K`.
fn number_end(bytes: &[u8], mut i: usize) -> usize {
    while bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'$' | b'.' | b',' | b'%' | b'/')) {
        i += 1;
    }
    i
}

/// Past "Note 5", "Notes 1 and 5", "Note C", with a "see" before it; none where these are notes payable.
fn note_end(bytes: &[u8], at: usize) -> Option<usize> {
    let skip = |from: usize, word: &[u8]| {
        let end = from + word.len();
        bytes.get(from..end).filter(|w| w.eq_ignore_ascii_case(word)).map(|_| end)
    };
    let at = skip(at, b"see ").unwrap_or(at);
    let mut at = skip(at, b"note")?;
    at = skip(at, b"s").unwrap_or(at);
    at = skip(at, b" ")?;
    let letter = |at: usize| {
        bytes.get(at).is_some_and(u8::is_ascii_uppercase) && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    // A number of one or two digits: a year or a rate belongs to notes payable.
    let number = |at: usize| {
        let end = (at..).find(|&i| !bytes.get(i).is_some_and(u8::is_ascii_digit)).unwrap_or(at);
        (end > at && end - at <= 2 && !matches!(bytes.get(end), Some(b'%' | b'.' | b'/' | b'-'))).then_some(end)
    };
    let one = |at: usize| if letter(at) { Some(at + 1) } else { number(at) };
    let mut end = one(at)?;
    // "Notes A, C and D"
    while let Some(next) = [&b", and "[..], b" and ", b" & ", b", "].iter().find_map(|join| one(skip(end, join)?)) {
        end = next;
    }
    Some(end)
}

/// Past a bracket that says nothing, or just inside one that does.
fn bracket(label: &str, open: usize, first: bool) -> usize {
    let bytes = label.as_bytes();
    let rest = bytes.get(open + 1..).unwrap_or_default();
    let within = rest.get(..BRACKET).unwrap_or(rest);
    let Some(close) = within.iter().position(|b| matches!(b, b')' | b']')) else {
        // Never closed: a note that the page cut off, unless the label is nothing but the bracket.
        return if first || rest.len() > BRACKET { open + 1 } else { bytes.len() };
    };
    let inside = &within[..close];
    let has = |word: &str| inside.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()));
    if has("basic") || has("dilut") || has("primary") || has("per share") {
        return open + 1;
    }
    let after = rest.get(close + 1..).unwrap_or_default().trim_ascii_start();
    let noun = inside.eq_ignore_ascii_case(b"loss")
        || inside.eq_ignore_ascii_case(b"losses")
        || inside.eq_ignore_ascii_case(b"deficit");
    let replaces = ["before", "from", "per ", "on ", "after", "applic", "attrib", "avail"].iter();
    if first
        && noun
        && replaces.into_iter().any(|p| after.get(..p.len()).is_some_and(|a| a.eq_ignore_ascii_case(p.as_bytes())))
    {
        return open + 1;
    }
    open + close + 2
}

fn last_word(text: &str) -> usize {
    text.rfind(' ').map_or(0, |i| i + 1)
}

/// Gives the word that starts at `at` its one form, or takes it away. `rest` is the label behind it.
fn settle(into: &mut String, at: usize, rest: &[u8]) {
    let one = match into.get(at..) {
        Some("loss") => Some(loss(into.get(..at).unwrap_or_default(), rest, false)),
        Some("losses") => Some(loss(into.get(..at).unwrap_or_default(), rest, true)),
        word => ONE_WORD.get(word.unwrap_or_default().as_bytes()),
    };
    if let Some(one) = one {
        into.truncate(at);
        into.push_str(one);
    } else {
        singular(into, at);
        if let Some(one) = SYNONYMS.get(into.get(at..).unwrap_or_default().as_bytes()) {
            into.truncate(at);
            into.push_str(one);
        }
    }
    if into.len() == at {
        into.truncate(at.saturating_sub(1));
    } else {
        join(into, at);
    }
}

/// A loss on a sale is the gain on it; otherwise a single loss is the income, and losses are losses. Losses on
/// loans and credit are costs, however many.
fn loss(before: &str, rest: &[u8], many: bool) -> &'static str {
    if ["loan ", "credit ", "lease ", "impairment "].iter().any(|w| before.ends_with(w)) {
        "losses"
    } else if begins(rest, &["on ", "from sale", "from disp", "from the ", "(gain"]) {
        "gain"
    } else if many {
        "losses"
    } else if begins(rest, &["adjust", "reserve", "and loss", "contingenc", "carry"]) {
        "loss"
    } else {
        "income"
    }
}

/// The small words (to nothing), abbreviations, and words whose form the plural rule would spoil.
static ONE_WORD: Lexicon<&str, 128> = Lexicon::new(&[
    ("the", ""),
    ("a", ""),
    ("an", ""),
    ("and", ""),
    ("of", ""),
    ("or", ""),
    ("in", ""),
    ("by", ""),
    ("for", ""),
    ("on", ""),
    ("our", ""),
    ("its", ""),
    ("their", ""),
    ("s", ""),
    ("unaudited", ""),
    ("respectively", ""),
    ("companys", ""),
    ("registrants", ""),
    ("corporations", ""),
    ("tax", "tax"),
    ("taxes", "tax"),
    ("acct", "account"),
    ("accts", "account"),
    ("depr", "depreciation"),
    ("deprec", "depreciation"),
    ("amort", "amortization"),
    ("accum", "accumulated"),
    ("exp", "expense"),
    ("r&d", "research development"),
    ("sg&a", "selling general administrative"),
    ("g&a", "general administrative"),
    ("pp&e", "property plant equipment"),
    ("d&a", "depreciation amortization"),
    ("wtd", "weighted"),
    ("wgtd", "weighted"),
    ("weighed", "weighted"),
    ("avg", "average"),
    ("shs", "share"),
    ("eps", "income per share"),
]);

/// True where the text goes on, after white space, with one of `words`.
fn begins(rest: &[u8], words: &[&str]) -> bool {
    let rest = rest.trim_ascii_start();
    words.iter().any(|w| rest.get(..w.len()).is_some_and(|r| r.eq_ignore_ascii_case(w.as_bytes())))
}

/// Takes a plural ending off: securities, businesses, expenses. Not a grammar: enough that both forms meet.
fn singular(into: &mut String, at: usize) {
    let len = into.len();
    match into.as_bytes().get(at..).unwrap_or_default() {
        [] | [_] | [_, _] | [_, _, _] | [.., b's' | b'u' | b'i', b's'] => {}
        [_, _, .., b'i', b'e', b's'] => {
            into.truncate(len - 3);
            into.push('y');
        }
        [.., b's', b's', b'e', b's'] => into.truncate(len - 2),
        [.., b's'] => into.truncate(len - 1),
        _ => {}
    }
}

/// Words, in the singular, that mean the same in a caption.
static SYNONYMS: Lexicon<&str, 32> = Lexicon::new(&[
    ("shareholder", "stockholder"),
    ("shareowner", "stockholder"),
    ("stockowner", "stockholder"),
    ("earning", "income"),
    ("profit", "income"),
    ("decrease", "increase"),
    ("change", "increase"),
    ("used", "provided"),
    ("utilized", "provided"),
    ("installment", "maturity"),
    ("instalment", "maturity"),
    ("uncollectible", "doubtful"),
    ("labour", "labor"),
    ("longterm", "long term"),
    ("shortterm", "short term"),
]);

/// What two neighbours make together: a repeated word is one ("cash and cash equivalents", "provided by
/// (used in)"), gains and losses are gains, retained earnings and gross profit keep their noun, equity in losses
/// is equity in income.
fn join(into: &mut String, at: usize) {
    let Some(end) = at.checked_sub(1) else { return };
    let word = into.as_bytes().get(at..).unwrap_or_default();
    let before = into.as_bytes().get(..end).unwrap_or_default();
    if !before.ends_with(word) && !matches!(word, b"income" | b"loss" | b"losses") {
        return;
    }
    let previous = last_word(&into[..end]);
    let (last, word) = (&into[previous..end], &into[at..]);
    let instead = match (last, word) {
        _ if last == word => "",
        ("gain", "income" | "loss" | "losses") => "",
        ("retained" | "undistributed" | "reinvested", "income") => "earnings",
        ("gross", "income") => "profit",
        ("equity", "losses") => "income",
        _ => return,
    };
    into.truncate(at);
    into.push_str(instead);
    if instead.is_empty() {
        into.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[track_caller]
    fn check(label: &str, expected: &str) {
        let mut words = String::new();
        normalise(label, &mut words);
        assert_eq!(words, expected);
        let again = words.clone();
        normalise(&again, &mut words);
        assert_eq!(words, again, "a normalised label stays as it is");
    }

    #[test]
    fn case_punctuation_and_small_words_do_not_matter() {
        check("Total Liabilities & Stockholders' equity", "total liability stockholder equity");
        check("TOTAL LIABILITIES AND SHAREOWNERS\u{2019} EQUITY", "total liability stockholder equity");
        check("Selling, general and administrative", "selling general administrative");
        check("Cash and cash equivalents", "cash equivalent");
    }

    #[test]
    fn numbers_dates_and_notes_fall_away() {
        check("Inventories (Note 3)", "inventory");
        check("Inventories - Notes 1 and 3", "inventory");
        check("Accounts receivable, less allowance of $515,000 in 1991", "account receivable less allowance");
        check("8 1/2% notes due 2003", "note due");
    }

    #[test]
    fn a_loss_is_a_negative_income() {
        check("Net income(loss)", "net income");
        check("Net (loss) earnings", "net income");
        check("(Loss) before income taxes", "income before income tax");
        check("Loss on sale of equipment", "gain sale equipment");
        check("Losses and loss adjustment expenses", "losses loss adjustment expense");
        check("Allowance for loan losses", "allowance loan losses");
    }

    #[test]
    fn directions_of_cash_are_one() {
        check("Net cash provided by (used in) operating activities", "net cash provided operating activity");
        check("NET CASH USED FOR OPERATING ACTIVITIES", "net cash provided operating activity");
        check("(Increase) decrease in non-current assets", "increase noncurrent asset");
    }

    #[test]
    fn brackets_that_tell_basic_from_diluted_stay() {
        check("Net income per share (basic)", "net income per share basic");
        check("Net income (in thousands", "net income");
    }

    #[test]
    fn hostile_labels_are_cut_short() {
        let mut words = String::new();
        for text in [
            "((((((((".repeat(10_000),
            "9".repeat(100_000),
            "x".repeat(100_000),
            "non-".repeat(50_000),
            "\u{e9}(".repeat(9000),
        ] {
            normalise(&text, &mut words);
            assert!(words.len() < 1000, "{}", words.len());
        }
    }
}
