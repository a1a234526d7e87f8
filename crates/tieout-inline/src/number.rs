//! Numbers as the transformation registries TR1 to TR5 and `ixt-sec` read them.

use tieout_model::Amount;
use tieout_source::spelled;

/// The number that `text` prints under the transformation `format` (without prefix; empty for none): the
/// digits alone, scale and sign not applied. `None` where the transformation does not allow the text.
pub(crate) fn number(text: &str, format: &str) -> Option<Amount> {
    match format {
        "fixed-zero" | "zerodash" | "numdash" => Some(Amount::new(0, 0)),
        "nocontent" | "fixed-empty" | "numinf" | "numneginf" | "numnan" => None,
        "numwordsen" => words(text).map(|n| Amount::new(n, 0)),
        "num-unit-decimal" | "numunitdecimal" => unit_decimal(text),
        // Named by their decimal mark, or in TR1 by group mark and decimal mark.
        "num-comma-decimal"
        | "num-comma-decimal-apos"
        | "numcommadecimal"
        | "numcomma"
        | "numdotcomma"
        | "numspacecomma" => decimal(text, ','),
        _ => decimal(text, '.'),
    }
}

/// Digits with an optional decimal mark; whatever else filers group digits with is passed over.
fn decimal(text: &str, mark: char) -> Option<Amount> {
    let (mut mantissa, mut places, mut digits, mut after) = (0i128, 0i8, 0usize, false);
    for c in text.chars() {
        match c {
            '0'..='9' => {
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(u32::from(c) - 48))?;
                digits += 1;
                if after {
                    places = places.checked_add(1)?;
                }
            }
            _ if c == mark && !after => after = true,
            // A group mark, or a currency sign that stands inside the tag.
            ',' | '.' if !after => {}
            ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\u{200B}' | '\'' | '\u{2019}' | '`' => {}
            '$' | '€' | '£' | '¥' | '(' | ')' | '\n' | '\t' | '\r' => {}
            _ => return None,
        }
    }
    (digits > 0).then_some(Amount::new(mantissa, -places))
}

/// "12 dollars 50 cents": units, then hundredths.
fn unit_decimal(text: &str) -> Option<Amount> {
    let mut numbers = text.split(|c: char| !(c.is_ascii_digit() || ",. ".contains(c))).filter_map(|part| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<i128>().ok()
    });
    let (units, hundredths) = (numbers.next()?, numbers.next());
    match hundredths {
        None => Some(Amount::new(units, 0)),
        Some(cents @ 0..=99) => Some(Amount::new(units.checked_mul(100)?.checked_add(cents)?, -2)),
        Some(_) => None,
    }
}

/// "one hundred and twenty-one million", "no", "none".
pub(crate) fn words(text: &str) -> Option<i128> {
    let (mut total, mut group, mut any) = (0i128, 0i128, false);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        let word = word.to_ascii_lowercase();
        match word.as_str() {
            "and" | "a" => continue,
            "no" | "none" | "nil" | "zero" => {}
            "hundred" => group = group.max(1).checked_mul(100)?,
            "thousand" | "million" | "billion" | "trillion" => {
                let power = match word.as_str() {
                    "thousand" => 1_000,
                    "million" => 1_000_000,
                    "billion" => 1_000_000_000,
                    _ => 1_000_000_000_000,
                };
                total = total.checked_add(group.max(1).checked_mul(power)?)?;
                group = 0;
            }
            _ => group = group.checked_add(i128::from(spelled(word.as_bytes())?))?,
        }
        any = true;
    }
    any.then_some(total.checked_add(group)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, format: &str) -> Option<String> {
        number(text, format).map(|a| a.to_string())
    }

    #[test]
    fn decimal_marks_are_what_the_format_says() {
        assert_eq!(read("1,234.50", "num-dot-decimal").as_deref(), Some("1234.50"));
        assert_eq!(read("1.234,50", "num-comma-decimal").as_deref(), Some("1234.50"));
        assert_eq!(read("1 234,5", "numspacecomma").as_deref(), Some("1234.5"));
        assert_eq!(read("2,966,000,000", "").as_deref(), Some("2966000000"));
        assert_eq!(read(".00001", "numdotdecimal").as_deref(), Some("0.00001"));
    }

    #[test]
    fn nothing_is_zero_only_where_the_format_says_so() {
        assert_eq!(read("—", "fixed-zero").as_deref(), Some("0"));
        assert_eq!(read("—", "num-dot-decimal"), None);
        assert_eq!(read("", "num-dot-decimal"), None);
        assert_eq!(read("n/a", "numdotdecimal"), None);
    }

    #[test]
    fn words_are_numbers() {
        assert_eq!(read("One Hundred and twenty-one million", "numwordsen").as_deref(), Some("121000000"));
        assert_eq!(read("no", "numwordsen").as_deref(), Some("0"));
        assert_eq!(read("several", "numwordsen"), None);
        assert_eq!(read("12 dollars 5 cents", "num-unit-decimal").as_deref(), Some("12.05"));
    }
}
