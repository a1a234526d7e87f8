//! Statements of cash flows print cash held, which is of a day, among what flowed over a period: at its
//! beginning, at its end, and below that often what it is made of.

use crate::lines::Draft;
use crate::words::CASH;
use tieout_model::{Fact, Period};

/// Gives the cash lines of a statement of cash flows the days they are of.
pub(crate) fn date_lines(drafts: &[Draft], facts: &mut [Fact]) {
    // Headings and lines below the cash at the end that say again what it is.
    let mut ended = false;
    let mut made_of = false;
    // "Cash and cash equivalents:" heads the lines, and the first of them is behind.
    let mut under_cash = false;
    let mut begun = false;
    let held: Vec<Option<Held>> = drafts
        .iter()
        .map(|draft| {
            if draft.figures.is_empty() {
                let of = |word: &str| draft.lower.contains(word);
                let flows = of("suppl") || of("flow") && !of("reconcil");
                made_of = ended && draft.words.any(CASH) && !flows;
                under_cash = draft.words.any(CASH) && !flows && !of("activit") && !of("adjust") && !of("operat");
                return None;
            }
            let held = held(draft).or_else(|| held_under(&draft.lower, begun).filter(|_| under_cash));
            begun |= held == Some(Held::Beginning);
            ended |= held == Some(Held::End);
            let part = made_of || ended && draft.lower.starts_with("less");
            held.or_else(|| (part && draft.words.any(CASH)).then_some(Held::End))
        })
        .collect();
    for fact in facts {
        let Some(Period::Duration(start, end)) = fact.period else { continue };
        let day = match held.get(fact.line as usize).copied().flatten() {
            Some(Held::Beginning) => start.yesterday().ok(),
            Some(Held::End) => Some(end),
            None => None,
        };
        fact.period = day.map(Period::Instant).or(fact.period);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Beginning,
    End,
}

/// "Cash and cash equivalents at beginning of period", "Cash, end of year".
fn held(draft: &Draft) -> Option<Held> {
    let lower = draft.lower.as_str();
    let change = ["net ", "increase", "decrease", "change", "effect"].iter().any(|w| lower.starts_with(w));
    if !draft.words.any(CASH) && !lower.starts_with("balance") || change {
        return None;
    }
    let says = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if says(&["beginning", "start of"]) {
        Some(Held::Beginning)
    } else if says(&["end of", "at end", ", end", "ending", "period end", "year end", "year-end"]) {
        Some(Held::End)
    } else {
        None
    }
}

/// Below a heading of cash: "Beginning of period", "End of period"; "At January 1", "At March 31".
fn held_under(lower: &str, begun: bool) -> Option<Held> {
    if lower.starts_with("begin") {
        return Some(Held::Beginning);
    }
    if lower.starts_with("end ") || lower.starts_with("end,") {
        return Some(Held::End);
    }
    let at = lower.strip_prefix("at ")?;
    crate::dates::month(at.split(' ').next()?)?;
    Some(if begun { Held::End } else { Held::Beginning })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    fn of(label: &str) -> Option<Held> {
        let lower = label.to_lowercase();
        held(&Draft { words: Words::of(&lower), lower, ..Draft::default() })
    }

    #[test]
    fn days_of_cash() {
        assert_eq!(of("Cash and cash equivalents, beginning of year"), Some(Held::Beginning));
        assert_eq!(of("CASH AT END OF PERIOD"), Some(Held::End));
        assert_eq!(of("Net increase in cash"), None);
        assert_eq!(held_under("at january 1", false), Some(Held::Beginning));
        assert_eq!(held_under("at march 31", true), Some(Held::End));
        assert_eq!(held_under("end of period", true), Some(Held::End));
        assert_eq!(of("Cash paid for interest"), None);
    }
}
