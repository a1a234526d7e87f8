use tieout_model::Amount;

/// A number as it stands in a table: its digits, and the marks printed with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The digits; negative for parentheses, brackets or a minus. The exponent is that of the last printed
    /// digit, before any table scale: 0 for `7,690`, -2 for `.11`. Percents are not yet divided by 100.
    pub amount: Amount,
    /// A dash, or another mark that means nothing to report.
    pub nil: bool,
    /// A percent sign stands with it.
    pub percent: bool,
    /// A currency sign stands before it.
    pub currency: bool,
    /// In parentheses or brackets, without a comma, point or currency sign, and below 100: as well a
    /// footnote mark as a negative number.
    pub like_note: bool,
    /// Four bare digits that are a year of 1900 to 2099.
    pub like_year: bool,
}

/// A number found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// The number.
    pub(crate) number: Number,
    /// First byte of the number proper (after `$`, parenthesis included).
    pub(crate) start: usize,
    /// One past its last byte (closing parenthesis and `%` included, footnote marks not).
    pub(crate) end: usize,
    /// One past the last digit or dash: what a column aligns on.
    pub(crate) edge: usize,
    /// Where reading goes on: after glued footnote marks.
    pub(crate) next: usize,
}

/// Cheap: false for a byte that begins no number.
pub(crate) fn may_begin(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'$' | b'(' | b'[' | b'-' | b'.' | b'U' | b'C' | 0xE2 | 0x96 | 0x97)
}

/// Reads a number that begins at byte `at` of `line`, which must be the beginning of a word. `None` where
/// the word is not one: `10-K`, `3/31/03`, `31,`, `1st`.
pub(crate) fn number_at(line: &[u8], at: usize) -> Option<Found> {
    let mut i = at;
    let mut currency = false;
    let mut open = None;
    let mut minus = false;
    let mut start = None;
    // Signs before the digits, in any of the orders filers use: $(1), ($1), -$1, $ -1, ( 1).
    loop {
        match *line.get(i)? {
            b'$' if !currency => {
                currency = true;
                i = skip_spaces(line, i + 1);
            }
            c @ (b'(' | b'[') if open.is_none() => {
                open = Some(if c == b'(' { b')' } else { b']' });
                start.get_or_insert(i);
                i = skip_spaces(line, i + 1);
            }
            b'-' if !minus && next_is_digit(line, i + 1) => {
                minus = true;
                start.get_or_insert(i);
                i += 1;
            }
            b'-' | 0xE2 | 0x96 | 0x97 => return nil_at(line, i, start.unwrap_or(i), currency, open),
            b'U' | b'C' if !currency && word_before_dollar(line, i) => {
                i += line[i..].iter().position(|&b| b == b'$')?
            }
            _ => break,
        }
    }
    let start = start.unwrap_or(i);
    let digits = Digits::read(line, i)?;
    let edge = digits.end;
    let mut end = edge;
    let mut percent = false;
    let mut closed = open.is_none();
    loop {
        let next = skip_spaces(line, end);
        match line.get(next) {
            Some(&c) if Some(c) == open && !closed => (closed, end) = (true, next + 1),
            Some(b'%') if !percent && next - end <= 1 => (percent, end) = (true, next + 1),
            _ => break,
        }
    }
    // One parenthesis of a pair is lost more often than set by mistake: "49,632)", "(1,234".
    let amount_like = digits.comma || digits.point;
    if open.is_none() && amount_like && matches!(line.get(end), Some(b')' | b']')) && !percent {
        (open, end) = (Some(b')'), end + 1);
        if line.get(end) == Some(&b'%') {
            (percent, end) = (true, end + 1);
        }
    }
    let negative = minus || (open.is_some() && (closed || amount_like));
    let mut next = skip_marks(line, end);
    // A full stop after an amount that stands alone ("$ 5,119,107.") is a habit, not a sentence's end.
    let alone = |at: usize| line.get(at).is_none_or(|_| line[at..].starts_with(b"  "));
    if line.get(next) == Some(&b'.') && (digits.comma || currency) && alone(next + 1) {
        next += 1;
    }
    if !at_word_end(line, next) {
        return None;
    }
    let bare = !digits.comma && !digits.point && !currency && !percent;
    let mantissa = if negative { -digits.mantissa } else { digits.mantissa };
    Some(Found {
        number: Number {
            amount: Amount::new(mantissa, digits.exponent),
            nil: false,
            percent,
            currency,
            like_note: bare && open.is_some() && digits.mantissa < 100,
            like_year: bare && open.is_none() && !minus && edge - i == 4 && (1900..2100).contains(&digits.mantissa),
        },
        start: if closed { start } else { i },
        end,
        edge,
        next,
    })
}

/// Digits with commas, a point, and a vulgar fraction.
struct Digits {
    mantissa: i128,
    exponent: i8,
    end: usize,
    comma: bool,
    point: bool,
}

impl Digits {
    fn read(line: &[u8], at: usize) -> Option<Digits> {
        let mut d = Digits { mantissa: 0, exponent: 0, end: at, comma: false, point: false };
        let mut count = 0u32;
        let mut group = 0;
        loop {
            match line.get(d.end) {
                Some(c @ b'0'..=b'9') => {
                    // 36 digits are beyond any amount; longer runs are not numbers.
                    count += 1;
                    if count > 36 {
                        return None;
                    }
                    d.mantissa = d.mantissa * 10 + i128::from(c - b'0');
                    group += 1;
                    if d.point {
                        d.exponent -= 1;
                    }
                }
                Some(b',') if !d.point && count > 0 && next_is_digit(line, d.end + 1) => {
                    if (d.comma && group != 3) || group > 3 {
                        return None;
                    }
                    (d.comma, group) = (true, 0);
                }
                Some(b'.') if !d.point && (count > 0 || next_is_digit(line, d.end + 1)) => {
                    if d.comma && group != 3 {
                        return None;
                    }
                    // A full stop after the number is a sentence's or a leader's, not a decimal point.
                    if !next_is_digit(line, d.end + 1) {
                        break;
                    }
                    d.point = true;
                }
                _ => break,
            }
            d.end += 1;
        }
        if count == 0 || (d.comma && !d.point && group != 3) {
            return None;
        }
        d.fraction(line);
        Some(d)
    }

    /// `18 5/8`, `18-5/8`: stock prices until 2001. Sixty-fourths are exact in six decimals.
    fn fraction(&mut self, line: &[u8]) {
        if self.point || self.comma {
            return;
        }
        let Some(rest) = line.get(self.end..) else { return };
        let skip = match rest.first() {
            Some(b' ' | b'-') => 1,
            _ => return,
        };
        let digit_run =
            |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
        let above = digit_run(skip);
        if above == 0 || above > 2 || rest.get(skip + above) != Some(&b'/') {
            return;
        }
        let below = digit_run(skip + above + 1);
        if below == 0 || below > 2 {
            return;
        }
        let number =
            |from: usize, n: usize| rest[from..from + n].iter().fold(0i128, |v, b| v * 10 + i128::from(b - b'0'));
        let (above_value, below_value) = (number(skip, above), number(skip + above + 1, below));
        if !matches!(below_value, 2 | 4 | 8 | 16 | 32 | 64) || above_value >= below_value {
            return;
        }
        self.mantissa = self.mantissa * 1_000_000 + above_value * 1_000_000 / below_value;
        self.exponent = -6;
        while self.mantissa % 10 == 0 && self.exponent < 0 {
            self.mantissa /= 10;
            self.exponent += 1;
        }
        self.end += skip + above + 1 + below;
        self.point = true;
    }
}

/// A nil mark: one to five dashes, an en or em dash, `-0-`.
fn nil_at(line: &[u8], at: usize, start: usize, currency: bool, open: Option<u8>) -> Option<Found> {
    let mut end = at;
    if line[at..].starts_with(b"-0-") {
        end = at + 3;
    } else if line[at..].starts_with(b"- 0 -") {
        end = at + 5;
    } else {
        loop {
            match line.get(end) {
                Some(b'-' | 0x96 | 0x97) => end += 1,
                Some(0xE2) if matches!(line.get(end + 1..end + 3), Some([0x80, 0x92..=0x95])) => end += 3,
                _ => break,
            }
        }
    }
    if end == at || end - at > 6 {
        return None;
    }
    let edge = end;
    let mut percent = false;
    if line.get(end) == Some(&b'%') {
        (percent, end) = (true, end + 1);
    }
    if let Some(close) = open {
        let next = skip_spaces(line, end);
        if line.get(next) == Some(&close) {
            end = next + 1;
        }
    }
    let next = skip_marks(line, end);
    if !at_word_end(line, next) {
        return None;
    }
    let number = Number { amount: Amount::new(0, 0), nil: true, percent, currency, like_note: false, like_year: false };
    Some(Found { number, start, end, edge, next })
}

/// Footnote marks glued to a number: `(1)`, `(a)`, `*`, `<F1>`.
fn skip_marks(line: &[u8], mut at: usize) -> usize {
    loop {
        match line.get(at) {
            Some(b'*' | b'#' | b'+') => at += 1,
            Some(b'(') => {
                let inner = line[at + 1..].iter().take(4).position(|&b| b == b')');
                match inner {
                    Some(n) if n > 0 && line[at + 1..at + 1 + n].iter().all(u8::is_ascii_alphanumeric) => at += n + 2,
                    _ => return at,
                }
            }
            Some(b'<') if matches!(line.get(at + 1), Some(b'F' | b'f')) => {
                match line[at..].iter().take(6).position(|&b| b == b'>') {
                    Some(n) => at += n + 1,
                    None => return at,
                }
            }
            _ => return at,
        }
    }
}

fn at_word_end(line: &[u8], at: usize) -> bool {
    match line.get(at) {
        None => true,
        Some(b' ' | b'\t' | b'|' | b'<' | b'\r') => true,
        // A leader that begins right after a number: `1995....`.
        Some(b'.') => line.get(at + 1) == Some(&b'.'),
        // Two amounts that touch: `$330,927$315,684`.
        Some(b'$') => true,
        Some(_) => false,
    }
}

fn skip_spaces(line: &[u8], mut at: usize) -> usize {
    while matches!(line.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    at
}

fn next_is_digit(line: &[u8], at: usize) -> bool {
    match line.get(at) {
        Some(b'0'..=b'9') => true,
        Some(b'.') => matches!(line.get(at + 1), Some(b'0'..=b'9')),
        Some(b'$') => next_is_digit(line, skip_spaces(line, at + 1)),
        _ => false,
    }
}

/// `US$`, `C$`, `CDN$`...
fn word_before_dollar(line: &[u8], at: usize) -> bool {
    matches!(line.get(at..), Some([b'U', b'S', b'$', ..] | [b'C', b'$', ..] | [b'C', b'D', b'N', b'$', ..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value as a plain decimal, then what is left of the line.
    fn read(line: &str) -> Option<(String, &str)> {
        let found = number_at(line.as_bytes(), 0)?;
        Some((found.number.amount.to_string(), &line[found.next..]))
    }

    #[test]
    fn forms_of_numbers() {
        for (line, value) in [
            ("7,690", "7690"),
            ("$ 7,690", "7690"),
            ("$(840)", "-840"),
            ("($840)", "-840"),
            ("$ (  293,000)", "-293000"),
            ("[2,590]", "-2590"),
            ("-76%", "-76"),
            ("(5.3)%", "-5.3"),
            ("(5.3%)", "-5.3"),
            (".11", "0.11"),
            ("$.37", "0.37"),
            ("1,234.5", "1234.5"),
            ("18 5/8", "18.625"),
            ("18-1/2", "18.5"),
            ("- 0 -", "0"),
            ("--", "0"),
            ("$  -", "0"),
            ("US$5", "5"),
            ("$ 5,119,107.", "5119107"),
        ] {
            let got = read(line);
            assert_eq!(got.as_ref().map(|g| g.0.as_str()), Some(value), "{line}");
        }
    }

    #[test]
    fn marks_glued_to_a_number_are_not_part_of_it() {
        assert_eq!(read("239,600(1)  7.01%"), Some(("239600".into(), "  7.01%")));
        assert_eq!(read("213,561<F1>"), Some(("213561".into(), "")));
        assert_eq!(read("5,000* "), Some(("5000".into(), " ")));
        assert_eq!(read("$330,927$315,684"), Some(("330927".into(), "$315,684")));
    }

    #[test]
    fn words_that_are_not_numbers() {
        for line in ["10-K", "3/31/03", "31,", "1st", "2003.", "16,67", "(Note 5)", "-Net", "1995-96", "$"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn one_parenthesis_of_a_pair_is_a_minus() {
        for line in ["(1,234", "1,234)", "(1,234)"] {
            assert_eq!(read(line).map(|r| r.0), Some("-1234".into()), "{line}");
        }
    }
}
