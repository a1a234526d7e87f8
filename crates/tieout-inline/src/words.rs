//! Words as the transformation registries read them: dates, durations, yes and no.

use crate::number;

/// What `text` means under the transformation `format` (without prefix): a date as ISO 8601, a duration as
/// `P3Y`, `true` or `false`; the words themselves where the format needs a list of names this program does
/// not carry (states, exchanges) or there is none. `None` where the transformation does not allow the text.
pub(crate) fn words(text: &str, format: &str) -> Option<String> {
    match format {
        "fixed-true" | "booleantrue" => return Some("true".into()),
        "fixed-false" | "booleanfalse" => return Some("false".into()),
        "fixed-empty" | "nocontent" => return Some(String::new()),
        "boolballotbox" => return ballot_box(text).map(|yes| yes.to_string()),
        "yesnoballotbox" => return ballot_box(text).map(|yes| if yes { "Yes" } else { "No" }.into()),
        _ => {}
    }
    if let Some(parts) = format.strip_prefix("date") {
        return date(text, parts);
    }
    if let Some(unit) = format.strip_prefix("dur") {
        return duration(text, unit);
    }
    Some(text.to_string())
}

/// An empty box, or one with a cross or tick.
fn ballot_box(text: &str) -> Option<bool> {
    match text.trim() {
        "☐" | "\u{A8}" | "o" => Some(false),
        "☑" | "☒" | "\u{FE}" | "\u{FD}" | "x" | "X" => Some(true),
        _ => None,
    }
}

/// Which part of a date a word gives.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Day,
    Month,
    Year,
}

/// The order is in the format's name: `-monthname-day-year-en`, `monthdayyearen`, `-month-day`.
fn date(text: &str, name: &str) -> Option<String> {
    let mut order = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let (part, after) =
            [("day", Part::Day), ("monthname", Part::Month), ("month", Part::Month), ("year", Part::Year)]
                .iter()
                .find_map(|&(word, part)| rest.strip_prefix(word).map(|after| (Some(part), after)))
                .unwrap_or((None, rest.get(1..).unwrap_or_default()));
        match part {
            Some(part) if order.contains(&part) => return None,
            Some(part) => order.push(part),
            // What follows the parts is the language.
            None if !order.is_empty() && after.len() < 3 && !rest.starts_with('-') => break,
            None => {}
        }
        rest = after;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (mut day, mut month, mut year) = (None, None, None);
    for part in order {
        let word = words.next()?;
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<i16>().ok();
        match part {
            Part::Day => day = number,
            Part::Month => month = number.or_else(|| month_named(word)),
            Part::Year => year = number.map(|y| if y < 100 { y + 2000 } else { y }),
        }
    }
    Some(match (year, month, day) {
        (Some(y), Some(m), Some(d)) => {
            jiff::civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?.to_string()
        }
        (Some(y), Some(m @ 1..=12), None) => format!("{y:04}-{m:02}"),
        (None, Some(m @ 1..=12), Some(d @ 1..=31)) => format!("--{m:02}-{d:02}"),
        _ => return None,
    })
}

fn month_named(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    MONTHS.iter().position(|m| *m == start).map(|i| i as i16 + 1)
}

/// `duryear`, `durmonth`, `durweek`, `durday`, `durhour` of a number; `durwordsen` of words: "two years".
fn duration(text: &str, unit: &str) -> Option<String> {
    if unit == "wordsen" {
        return duration_in_words(text);
    }
    let amount = number::number(text, "")?;
    let whole = |amount: tieout_model::Amount| (amount.exponent == 0).then_some(amount.mantissa);
    match unit {
        "year" => {
            // A fraction of a year that is whole months: 2.5 is P2Y6M.
            let power = 10i128.checked_pow(u32::from(amount.exponent.unsigned_abs()))?;
            let months = amount.mantissa.checked_mul(12)?;
            let (years, left) = (amount.mantissa / power, months.rem_euclid(power));
            let months = (months / power) % 12;
            match (months, left) {
                (0, 0) => Some(format!("P{years}Y")),
                (_, 0) => Some(format!("P{years}Y{months}M")),
                _ => {
                    let days = left.checked_mul(30)?.checked_add(power / 2)? / power;
                    Some(format!("P{years}Y{months}M{days}D"))
                }
            }
        }
        "month" => whole(amount).map(|n| format!("P{n}M")),
        "week" => whole(amount).map(|n| format!("P{}D", n.saturating_mul(7))),
        "day" => whole(amount).map(|n| format!("P{n}D")),
        "hour" => whole(amount).map(|n| format!("PT{n}H")),
        _ => None,
    }
}

fn duration_in_words(text: &str) -> Option<String> {
    let (mut parts, mut count, mut spelled) = (String::from("P"), None, String::new());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let low = word.to_ascii_lowercase();
        let letter = match low.trim_end_matches('s') {
            "year" => 'Y',
            "month" => 'M',
            "week" => 'W',
            "day" => 'D',
            _ => {
                match low.parse::<i128>() {
                    Ok(n) => count = Some(n),
                    Err(_) => {
                        spelled.push_str(&low);
                        spelled.push(' ');
                    }
                }
                continue;
            }
        };
        let n = count.take().or_else(|| number::words(&spelled))?;
        spelled.clear();
        match letter {
            'W' => parts.push_str(&format!("{}D", n.checked_mul(7)?)),
            _ => parts.push_str(&format!("{n}{letter}")),
        }
    }
    (parts.len() > 1).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::words;

    fn read(text: &str, format: &str) -> Option<String> {
        words(text, format)
    }

    #[test]
    fn dates_in_the_order_the_format_names() {
        assert_eq!(read("March 31, 2020", "date-monthname-day-year-en").as_deref(), Some("2020-03-31"));
        assert_eq!(read("March 31, 2020", "datemonthdayyearen").as_deref(), Some("2020-03-31"));
        assert_eq!(read("31/3/2020", "date-day-month-year").as_deref(), Some("2020-03-31"));
        assert_eq!(read("2020-3-1", "dateyearmonthday").as_deref(), Some("2020-03-01"));
        assert_eq!(read("--12-31", "date-month-day").as_deref(), Some("--12-31"));
        assert_eq!(read("December 31", "date-monthname-day-en").as_deref(), Some("--12-31"));
        assert_eq!(read("June 2031", "date-monthname-year-en").as_deref(), Some("2031-06"));
        assert_eq!(read("February 30, 2020", "date-monthname-day-year-en"), None);
    }

    #[test]
    fn durations() {
        assert_eq!(read("3", "duryear").as_deref(), Some("P3Y"));
        assert_eq!(read("2.5", "duryear").as_deref(), Some("P2Y6M"));
        assert_eq!(read("30", "durday").as_deref(), Some("P30D"));
        assert_eq!(read("two years", "durwordsen").as_deref(), Some("P2Y"));
        assert_eq!(read("one year and six months", "durwordsen").as_deref(), Some("P1Y6M"));
        assert_eq!(read("soon", "durwordsen"), None);
    }

    #[test]
    fn yes_and_no() {
        assert_eq!(read("☒", "boolballotbox").as_deref(), Some("true"));
        assert_eq!(read("No", "booleanfalse").as_deref(), Some("false"));
        assert_eq!(read("Delaware", "stateprovnameen").as_deref(), Some("Delaware"));
    }
}
