//! Number forms of prose (STANDARDS 7.1), read exactly.

use crate::token::{Kind, Token};
use crate::vocabulary::Roles;
use tieout_model::Amount;

/// A number as prose prints it, or a word that stands for one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// The full value: scale words applied, percents as fractions. Its sign is that of a printed minus only.
    pub(crate) amount: Amount,
    pub(crate) form: Form,
    /// It stands in parentheses, which make it negative or only set it apart.
    pub(crate) enclosed: bool,
    /// "per diluted share": diluted.
    pub(crate) diluted: bool,
    /// A scale word was printed with it.
    pub(crate) scaled: bool,
    /// Where the digits with their `$`, parentheses and scale word end (words such as "per share" follow).
    pub(crate) core_end: usize,
}

/// What a number's own words say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Money([u8; 3]),
    PerShare([u8; 3]),
    Percent,
    /// Percentage points or basis points.
    Points,
    /// "5.8 to 1".
    Ratio,
    /// "5.0 times".
    Times,
    /// "doubled".
    Multiple,
    Plain,
}

/// The number that begins at token `i`, and the token after it.
pub(crate) fn parse(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Number)> {
    let first = tokens.get(i)?;
    match first.kind {
        Kind::Word if first.roles.any(Roles::SPELLED) => {
            multiple(low, first).map(|n| (i + 1, n)).or_else(|| spelled(low, tokens, i))
        }
        Kind::Word if mark_at(tokens, i + 1, '$') => money(low, tokens, i),
        Kind::Word => None,
        Kind::Mark('(') => enclosed(low, tokens, i),
        Kind::Mark('$' | '\u{20AC}' | '\u{A3}' | '\u{A5}') => money(low, tokens, i),
        Kind::Mark('-' | '+') => {
            // A minus stands against its number and apart from the word before it.
            let next = tokens.get(i + 1)?;
            let apart = i.checked_sub(1).and_then(|p| tokens.get(p)).is_none_or(|p| p.end < first.start);
            let against = next.start == first.end && !matches!(next.kind, Kind::Word | Kind::Mark('-'));
            let (end, mut number) = (apart && against).then(|| parse(low, tokens, i + 1)).flatten()?;
            let certain = matches!(number.form, Form::Money(_) | Form::Percent | Form::PerShare(_));
            if certain && first.kind == Kind::Mark('-') {
                number.amount = -number.amount;
            }
            certain.then_some((end, number))
        }
        Kind::Digits => plain(low, tokens, i),
        Kind::Mark(_) => None,
    }
}

fn text<'t>(low: &'t str, token: &Token) -> &'t str {
    low.get(token.start..token.end).unwrap_or_default()
}

fn word_at<'t>(low: &'t str, tokens: &[Token], i: usize) -> &'t str {
    tokens.get(i).filter(|t| t.kind == Kind::Word).map_or("", |t| text(low, t))
}

fn mark_at(tokens: &[Token], i: usize, mark: char) -> bool {
    tokens.get(i).is_some_and(|t| t.kind == Kind::Mark(mark))
}

/// The digits of a token as an exact amount; `None` beyond 30 digits.
fn digits(low: &str, token: &Token) -> Option<Amount> {
    let (mut mantissa, mut exponent, mut point, mut count) = (0i128, 0i8, false, 0);
    for byte in text(low, token).bytes() {
        match byte {
            b'0'..=b'9' => {
                count += 1;
                if count > 30 {
                    return None;
                }
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
                exponent -= i8::from(point);
            }
            b'.' => point = true,
            _ => {}
        }
    }
    Some(Amount::new(mantissa, exponent))
}

/// The power of ten of a scale word at token `i`. Single letters count only against their digits.
fn scale(low: &str, tokens: &[Token], i: usize) -> Option<i8> {
    let token = tokens.get(i)?;
    let against = i.checked_sub(1).and_then(|p| tokens.get(p)).is_some_and(|p| p.end == token.start);
    match word_at(low, tokens, i) {
        "hundred" => Some(2),
        "thousand" | "thousands" => Some(3),
        "million" | "millions" | "mm" => Some(6),
        "billion" | "billions" | "bn" => Some(9),
        "trillion" => Some(12),
        "k" if against => Some(3),
        "m" if against => Some(6),
        "b" if against => Some(9),
        _ => None,
    }
}

/// An optional currency prefix and sign: the currency and the token after it.
fn currency(low: &str, tokens: &[Token], i: usize) -> Option<([u8; 3], usize)> {
    let token = tokens.get(i)?;
    Some(match token.kind {
        Kind::Mark('$') => (*b"USD", i + 1),
        Kind::Mark('\u{20AC}') => (*b"EUR", i + 1),
        Kind::Mark('\u{A3}') => (*b"GBP", i + 1),
        Kind::Mark('\u{A5}') => (*b"JPY", i + 1),
        // "US$5", but not "a $5 fee".
        Kind::Word if mark_at(tokens, i + 1, '$') && tokens.get(i + 1).is_some_and(|t| t.start == token.end) => {
            let code = match text(low, token) {
                "us" | "u.s" => *b"USD",
                "c" | "cdn" | "can" | "cad" => *b"CAD",
                "a" | "aud" => *b"AUD",
                "hk" => *b"HKD",
                _ => return None,
            };
            (code, i + 2)
        }
        _ => return None,
    })
}

fn money(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Number)> {
    let (code, mut at) = currency(low, tokens, i)?;
    let minus = mark_at(tokens, at, '(');
    at += usize::from(minus);
    let token = tokens.get(at).filter(|t| t.kind == Kind::Digits)?;
    let mut amount = digits(low, token)?;
    at += 1;
    // "$22 3/8": a share price in eighths.
    if tokens.get(at).is_some_and(|t| t.kind == Kind::Digits) && mark_at(tokens, at + 1, '/') {
        return None;
    }
    let early = scale(low, tokens, at);
    at += usize::from(early.is_some());
    if minus && mark_at(tokens, at, ')') {
        at += 1;
        amount = -amount;
    }
    let late = early.is_none().then(|| scale(low, tokens, at)).flatten();
    at += usize::from(late.is_some());
    let scaled = early.or(late);
    amount = amount.scaled(scaled.unwrap_or(0));
    let mut number = Number {
        amount,
        form: Form::Money(code),
        enclosed: false,
        diluted: false,
        scaled: scaled.is_some(),
        core_end: end_of(tokens, at),
    };
    if number.scaled {
        // "$100 million dollar" says it twice.
        at += usize::from(word_at(low, tokens, at) == "dollar");
    } else if low.get(token.start..token.end).is_some_and(|t| t.len() > 5 && t.ends_with(",000")) {
        number.amount = thousands(number.amount);
    } else if let Some(shared) = shared_scale(low, tokens, at) {
        number.amount = number.amount.scaled(shared);
        number.scaled = true;
    }
    let at = per_share(low, tokens, at, code, &mut number);
    Some((at, number))
}

/// The scale a range's second bound gives to its first: "$360-$400 million".
fn shared_scale(low: &str, tokens: &[Token], i: usize) -> Option<i8> {
    let joined = mark_at(tokens, i, '-') || matches!(word_at(low, tokens, i), "to" | "and" | "or");
    let (_, at) = joined.then(|| currency(low, tokens, i + 1)).flatten()?;
    let first = digits(low, tokens.get(i.checked_sub(1)?)?)?;
    let small = first.mantissa < 1000 || first.exponent < 0;
    tokens.get(at).filter(|t| small && t.kind == Kind::Digits && (!matches!(word_at(low, tokens, i), "and" | "or")))?;
    scale(low, tokens, at + 1)
}

/// Prose that writes "$524,000" has rounded to thousands; so do releases whose tables print the thousands alone.
fn thousands(amount: Amount) -> Amount {
    if amount.exponent == 0 && amount.mantissa % 1000 == 0 { Amount::new(amount.mantissa / 1000, 3) } else { amount }
}

fn end_of(tokens: &[Token], after: usize) -> usize {
    after.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, |t| t.end)
}

/// Takes "per diluted share", "a share", "/share" after a number of money.
fn per_share(low: &str, tokens: &[Token], i: usize, code: [u8; 3], number: &mut Number) -> usize {
    let opens = matches!(word_at(low, tokens, i), "per" | "a" | "each") || mark_at(tokens, i, '/');
    let start = if opens { i + 1 } else { i };
    let mut diluted = false;
    for at in start..start + 6 {
        match word_at(low, tokens, at) {
            "share" | "unit" | "ads" | "shares" | "eps" if (opens || word_at(low, tokens, at) == "eps") => {
                number.form = Form::PerShare(code);
                number.diluted = diluted;
                return at + 1;
            }
            "diluted" => diluted = true,
            "basic" | "common" | "fully" | "primary" | "ordinary" | "limited" | "partner" | "partnership"
            | "outstanding" => {}
            "and" if at > start => {}
            _ => return i,
        }
    }
    i
}

/// `($14) million`, `(16.0%)`, `(.38)`: parentheses around nothing but the number.
fn enclosed(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Number)> {
    let inner = tokens.get(i + 1)?;
    if inner.kind == Kind::Word {
        return None;
    }
    let (code, at) = currency(low, tokens, i + 1).map_or((None, i + 1), |(code, at)| (Some(code), at));
    let token = tokens.get(at).filter(|t| t.kind == Kind::Digits)?;
    let mut amount = digits(low, token)?;
    let percent = mark_at(tokens, at + 1, '%');
    let close = at + 1 + usize::from(percent);
    // A bare integer in parentheses counts a list or a note.
    if !mark_at(tokens, close, ')') || !(percent || code.is_some()) {
        return None;
    }
    let mut after = close + 1;
    let factor = if percent { Some(-2) } else { scale(low, tokens, after) };
    after += usize::from(!percent && factor.is_some());
    amount = amount.scaled(factor.unwrap_or(0));
    let form = code.map_or(Form::Percent, Form::Money);
    let mut number = Number {
        amount,
        form,
        enclosed: true,
        diluted: false,
        scaled: !percent && factor.is_some(),
        core_end: end_of(tokens, after),
    };
    let after = code.map_or(after, |code| per_share(low, tokens, after, code, &mut number));
    Some((after, number))
}

/// A plain amount with the word of scale that may follow it at `at` ("million"), and the token after that.
fn scaled(low: &str, tokens: &[Token], at: usize, amount: Amount) -> (usize, Number) {
    let power = scale(low, tokens, at);
    let at = at + usize::from(power.is_some());
    let number = Number {
        amount: amount.scaled(power.unwrap_or(0)),
        form: Form::Plain,
        enclosed: false,
        diluted: false,
        scaled: power.is_some(),
        core_end: end_of(tokens, at),
    };
    (at, number)
}

/// Digits without a currency before them: percent, points, cents, ratio, times, or plain.
fn plain(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Number)> {
    let token = tokens.get(i)?;
    let amount = digits(low, token)?;
    let at = i + 1;
    // "6 3/4%" and "66-2/3%" are coupons and legal thirds; no decimal stands for a third.
    if tokens.get(at).is_some_and(|t| t.kind == Kind::Digits) || mark_at(tokens, at, '/') {
        return None;
    }
    let (at, mut number) = scaled(low, tokens, at, amount);
    let at = unit(low, tokens, at, &mut number);
    Some((at, number))
}

/// Takes the word or mark after a bare figure that says what it is.
fn unit(low: &str, tokens: &[Token], mut at: usize, number: &mut Number) -> usize {
    // A hyphen joins figure and unit where they modify a noun: "a 5-percent increase".
    let unit = if mark_at(tokens, at, '-') && matches!(word_at(low, tokens, at + 1), "percent" | "cent") {
        at + 1
    } else {
        at
    };
    match word_at(low, tokens, unit) {
        "percent" | "pct" => (number.form, at) = (Form::Percent, unit + 1),
        "per" if word_at(low, tokens, unit + 1) == "cent" => (number.form, at) = (Form::Percent, unit + 2),
        "percentage" if matches!(word_at(low, tokens, unit + 1), "point" | "points") => {
            (number.form, at) = (Form::Points, unit + 2);
        }
        "basis" if matches!(word_at(low, tokens, unit + 1), "point" | "points") => {
            number.amount = number.amount.scaled(-2);
            (number.form, at) = (Form::Points, unit + 2);
        }
        "bps" => {
            number.amount = number.amount.scaled(-2);
            (number.form, at) = (Form::Points, unit + 1);
        }
        "cents" | "cent" => {
            number.amount = number.amount.scaled(-2);
            number.form = Form::Money(*b"USD");
            number.core_end = end_of(tokens, unit + 1);
            return per_share(low, tokens, unit + 1, *b"USD", number);
        }
        "dollars" => {
            number.form = Form::Money(*b"USD");
            at = unit + 1;
        }
        "times" | "x" => (number.form, at) = (Form::Times, unit + 1),
        "to" | "to-1" if is_one(low, tokens, unit + 1) => (number.form, at) = (Form::Ratio, unit + 2),
        _ if mark_at(tokens, unit, '%') => (number.form, at) = (Form::Percent, unit + 1),
        _ if mark_at(tokens, unit, ':') && is_one(low, tokens, unit + 1) => (number.form, at) = (Form::Ratio, unit + 2),
        _ => return at,
    }
    if matches!(number.form, Form::Percent | Form::Points) {
        number.amount = number.amount.scaled(-2);
    }
    if mark_at(tokens, unit, '%') && matches!(word_at(low, tokens, at), "points" | "point") {
        (number.form, at) = (Form::Points, at + 1);
    }
    number.core_end = end_of(tokens, at);
    at
}

/// The second part of "5.8 to 1".
fn is_one(low: &str, tokens: &[Token], i: usize) -> bool {
    let one = tokens.get(i).is_some_and(|t| matches!(text(low, t), "1" | "1.0" | "1.00" | "one"));
    one && !mark_at(tokens, i + 1, '%')
        && scale(low, tokens, i + 1).is_none()
        && word_at(low, tokens, i + 1) != "percent"
}

/// A verb that is a multiple.
fn multiple(low: &str, token: &Token) -> Option<Number> {
    let amount = match text(low, token) {
        "doubled" | "doubles" | "doubling" => Amount::new(2, 0),
        "tripled" | "triples" | "tripling" => Amount::new(3, 0),
        "quadrupled" | "quadruples" => Amount::new(4, 0),
        "halved" => Amount::new(5, -1),
        _ => return None,
    };
    Some(Number { amount, form: Form::Multiple, enclosed: false, diluted: false, scaled: false, core_end: token.end })
}

/// A spelled number: only before a unit or a scale, where it surely is one.
fn spelled(low: &str, tokens: &[Token], i: usize) -> Option<(usize, Number)> {
    let value = small(text(low, tokens.get(i)?))?;
    let (mut amount, mut at) = (Amount::new(value, 0), i + 1);
    if word_at(low, tokens, at) == "and"
        && word_at(low, tokens, at + 1) == "a"
        && word_at(low, tokens, at + 2) == "half"
    {
        amount = Amount::new(value * 10 + 5, -1);
        at += 3;
    }
    let (at, mut number) = scaled(low, tokens, at, amount);
    let after = unit(low, tokens, at, &mut number);
    (after > i + 1).then_some((after, number))
}

/// One to twenty, the tens, and the weeks of a fiscal year, in words.
pub(crate) fn small(word: &str) -> Option<i128> {
    match word {
        "twenty-six" => Some(26),
        "thirty-nine" => Some(39),
        "fifty-two" => Some(52),
        "fifty-three" => Some(53),
        _ => tieout_source::spelled(word.as_bytes()).map(i128::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token;

    fn read(text: &str) -> Option<(String, Form)> {
        let low = text.to_ascii_lowercase();
        let mut tokens = Vec::new();
        token::tokens(&low, 0..low.len(), &mut tokens);
        parse(&low, &tokens, 0).map(|(_, n)| (n.amount.to_string(), n.form))
    }

    #[test]
    fn money_keeps_its_printed_place() {
        let usd = Form::Money(*b"USD");
        assert_eq!(read("$7.5 million"), Some(("7500000".into(), usd)));
        assert_eq!(read("$ 524,000"), Some(("524000".into(), usd)));
        assert_eq!(read("$.11"), Some(("0.11".into(), usd)));
        assert_eq!(read("11 cents"), Some(("0.11".into(), usd)));
        assert_eq!(read("$(22) million"), Some(("-22000000".into(), usd)));
        assert_eq!(read("($14) million"), Some(("14000000".into(), usd)));
        assert_eq!(read("$360-$400 million"), Some(("360000000".into(), usd)));
        assert_eq!(read("$2.6B"), Some(("2600000000".into(), usd)));
        assert_eq!(read("C$3 billion"), Some(("3000000000".into(), Form::Money(*b"CAD"))));
        assert_eq!(read("$7.5 million").map(|n| n.0.len()), Some(7));
    }

    #[test]
    fn shares_percents_points_and_ratios() {
        assert_eq!(read("$.38 per fully diluted share"), Some(("0.38".into(), Form::PerShare(*b"USD"))));
        assert_eq!(read("9 cents a share"), Some(("0.09".into(), Form::PerShare(*b"USD"))));
        assert_eq!(read("16.0%"), Some(("0.160".into(), Form::Percent)));
        assert_eq!(read("-3.5%"), Some(("-0.035".into(), Form::Percent)));
        assert_eq!(read("six and a half percent"), Some(("0.065".into(), Form::Percent)));
        assert_eq!(read("150 basis points"), Some(("0.0150".into(), Form::Points)));
        assert_eq!(read("1.5 percentage points"), Some(("0.015".into(), Form::Points)));
        assert_eq!(read("5.8 to 1"), Some(("5.8".into(), Form::Ratio)));
        assert_eq!(read("5.8:1"), Some(("5.8".into(), Form::Ratio)));
        assert_eq!(read("doubled"), Some(("2".into(), Form::Multiple)));
    }

    #[test]
    fn what_is_no_decimal_is_not_read() {
        assert_eq!(read("6 3/4% notes"), None);
        assert_eq!(read("seven other offices"), None);
        assert_eq!(read(&"9".repeat(40)), None);
    }
}
