//! Which number of a failed sum is the likely misprint, and what it should be.
//!
//! A failed sum says what each of its figures would have to be for it to hold. A figure is a suspect if that
//! value makes every failed sum it takes part in hold and breaks none that holds. Among suspects the one that
//! settles several failures is it; then one whose true digits a slip of the hand turns into the printed ones.

use crate::book::Book;
use crate::performed::{Equation, Performed};
use crate::reckon;
use tieout_model::{Amount, Fact, FactRef, Verdict};

/// How many figures of one sum are looked at; longer sums are blamed as a whole.
const MOST_PARTS: usize = 60;
/// How many sums one figure takes part in, at most.
const MOST_SUMS: usize = 24;

/// A figure that could be the misprint.
#[derive(Debug, Clone)]
struct Suspect {
    at: FactRef,
    should_be: Amount,
    settles: usize,
    slip: Option<&'static str>,
}

/// Settles `blames` and `help` of every failed sum.
pub(crate) fn blame(book: &Book<'_>, done: &mut [Performed]) {
    if !done.iter().any(|p| p.tie.verdict == Verdict::Off && p.equation.is_some()) {
        return;
    }
    let sums = by_figure(done);
    let mut judged = Vec::new();
    for (i, performed) in done.iter().enumerate() {
        if performed.tie.verdict == Verdict::Off
            && let Some(equation) = &performed.equation
            && equation.parts.len() <= MOST_PARTS
        {
            judged.push((i, suspects(book, done, &sums, equation, performed)));
        }
    }
    for (i, suspects) in judged {
        let Some(performed) = done.get_mut(i) else {
            continue;
        };
        let pointed = performed.equation.as_ref().and_then(|equation| pointed(book, equation));
        let (blames, help) = pointed.unwrap_or_else(|| conclude(book, performed, &suspects));
        performed.tie.blames = blames;
        if performed.help.is_empty() {
            performed.help = help;
        }
    }
}

/// Every figure with the sums it takes part in, sorted.
fn by_figure(done: &[Performed]) -> Vec<(FactRef, usize)> {
    let mut sums = Vec::new();
    for (i, performed) in done.iter().enumerate() {
        // Sums that are open prove nothing either way.
        if let Some(equation) = performed.equation.as_ref().filter(|_| performed.tie.verdict != Verdict::Open) {
            sums.push((equation.total, i));
            sums.extend(equation.parts.iter().map(|&(part, _)| (part, i)));
        }
    }
    sums.sort_unstable();
    sums.dedup();
    sums
}

fn suspects(
    book: &Book<'_>,
    done: &[Performed],
    sums: &[(FactRef, usize)],
    equation: &Equation,
    of: &Performed,
) -> Vec<Suspect> {
    let Some(gap) = of.tie.gap.filter(|gap| gap.exponent == 0) else {
        return Vec::new();
    };
    let place = of.tie.printed.exponent;
    let mut suspects = Vec::new();
    let figures = equation.parts.iter().map(|&(at, minus)| (at, !minus)).chain([(equation.total, false)]);
    for (at, adds) in figures {
        let Some(fact) = book.fact(at).filter(|f| f.amount.exponent == place) else {
            continue;
        };
        let change = if adds { Some(gap.mantissa) } else { gap.mantissa.checked_neg() };
        let Some(mantissa) = change.and_then(|c| fact.amount.mantissa.checked_add(c)) else {
            continue;
        };
        let should_be = Amount::new(mantissa, place);
        if let Some(settles) = settles(book, done, sums, at, should_be) {
            suspects.push(Suspect { at, should_be, settles, slip: slip_of(book, fact, mantissa) });
        }
    }
    suspects
}

/// Figures with three decimals where all others have none, "139.435" for "139,435", if that makes the sum hold.
fn pointed(book: &Book<'_>, equation: &Equation) -> Option<(Vec<FactRef>, String)> {
    let place = book.fact(equation.total)?.amount.exponent;
    let (mut wrong, mut parts) = (Vec::new(), Vec::new());
    for &(at, minus) in &equation.parts {
        let fact = book.fact(at)?;
        let pointed = !fact.amount.is_zero() && fact.amount.exponent.checked_add(3) == Some(place);
        parts.push((Amount::new(fact.amount.mantissa, if pointed { place } else { fact.amount.exponent }), minus));
        if pointed {
            wrong.push(fact);
        }
    }
    let holds = reckon::sum(book.fact(equation.total)?.amount, parts.into_iter())?.ties;
    if wrong.is_empty() || !holds {
        return None;
    }
    let one = |fact: &&Fact| {
        let should_be = Amount::new(fact.amount.mantissa, place);
        format!("{} {} for {}", book.name(fact), book.figure(fact), book.figure_like(fact, should_be))
    };
    let list: Vec<String> = wrong.iter().map(one).collect();
    Some((wrong.iter().map(|f| f.reference()).collect(), format!("a point for the comma: {}", list.join("; "))))
}

/// How many failed sums hold with `value` in place of a figure; `None` if one of its sums then fails.
fn settles(
    book: &Book<'_>,
    done: &[Performed],
    sums: &[(FactRef, usize)],
    at: FactRef,
    value: Amount,
) -> Option<usize> {
    let start = sums.partition_point(|&(other, _)| other < at);
    let mut settled = 0;
    for &(_, i) in sums.get(start..)?.iter().take_while(|&&(other, _)| other == at).take(MOST_SUMS) {
        let performed = done.get(i)?;
        let equation = performed.equation.as_ref()?;
        let amount = |r: FactRef| {
            if r == at { Some(value) } else { book.fact(r).map(|f: &Fact| f.amount) }
        };
        let parts: Option<Vec<_>> = equation.parts.iter().map(|&(r, minus)| Some((amount(r)?, minus))).collect();
        let reckoned = reckon::sum(amount(equation.total)?, parts?.into_iter())?;
        if !reckoned.ties {
            return None;
        }
        if performed.tie.verdict == Verdict::Off {
            settled += 1;
        }
    }
    Some(settled)
}

fn conclude(book: &Book<'_>, performed: &Performed, suspects: &[Suspect]) -> (Vec<FactRef>, String) {
    let own: Vec<FactRef> = performed.tie.fact.into_iter().collect();
    let most = suspects.iter().map(|s| s.settles).max().unwrap_or(0);
    let best: Vec<&Suspect> = suspects.iter().filter(|s| s.settles == most).collect();
    let slips: Vec<&Suspect> = best.iter().copied().filter(|s| s.slip.is_some()).collect();
    // Of many that could be it: the one that nobody prints so, the one that breaks the round figures beside it, the
    // one whose true value stands elsewhere.
    for sign in [zero, unround, witnessed] {
        if slips.len() <= MOST_PARTS
            && let [one] = slips.iter().filter(|s| sign(book, performed, s)).collect::<Vec<_>>().as_slice()
        {
            return (vec![one.at], name(book, one));
        }
    }
    let named = match (best.as_slice(), slips.as_slice()) {
        ([one], _) if most > 1 || one.slip.is_some() => Some(*one),
        (_, [one]) => Some(*one),
        _ => None,
    };
    if let Some(one) = named {
        return (vec![one.at], name(book, one));
    }
    let from = if slips.is_empty() { &best } else { &slips };
    if from.is_empty() || from.iter().any(|s| own.contains(&s.at)) || from.len() > 3 {
        return (own, several(book, from));
    }
    (from.iter().map(|s| s.at).collect(), several(book, from))
}

fn name(book: &Book<'_>, suspect: &Suspect) -> String {
    let Some(fact) = book.fact(suspect.at) else {
        return String::new();
    };
    let more =
        if suspect.settles > 1 { format!(" and would settle {} checks", suspect.settles) } else { String::new() };
    format!(
        "{} is likely misprinted: {} where {} would make it hold{}{more}",
        book.subject(fact),
        book.figure(fact),
        book.figure_like(fact, suspect.should_be),
        suspect.slip.map(|slip| format!(" ({slip})")).unwrap_or_default(),
    )
}

fn several(book: &Book<'_>, suspects: &[&Suspect]) -> String {
    if suspects.is_empty() || suspects.len() > 8 {
        return String::new();
    }
    let one = |s: &&Suspect| {
        let fact = book.fact(s.at)?;
        Some(format!("{} {} for {}", book.name(fact), book.figure_like(fact, s.should_be), book.figure(fact)))
    };
    let list: Vec<String> = suspects.iter().filter_map(one).collect();
    format!("any of these would make it hold: {}", list.join("; "))
}

/// Printed with a zero before its first digit.
fn zero(book: &Book<'_>, _: &Performed, suspect: &Suspect) -> bool {
    book.fact(suspect.at).is_some_and(|fact| zero_led(book, fact))
}

/// The only one of the sum that does not end in two zeros, which its true value does.
fn unround(book: &Book<'_>, performed: &Performed, suspect: &Suspect) -> bool {
    let round = |mantissa: i128| mantissa % 100 == 0;
    let Some(equation) = &performed.equation else { return false };
    let all = equation.parts.iter().map(|&(at, _)| at).chain([equation.total]);
    let others = all.filter(|&at| at != suspect.at).filter_map(|at| book.fact(at)).filter(|f| !f.amount.is_zero());
    round(suspect.should_be.mantissa)
        && others.clone().count() >= 3
        && others.clone().all(|f| round(f.amount.mantissa))
        && book.fact(suspect.at).is_some_and(|f| !round(f.amount.mantissa))
}

/// Figures around a suspect among which its true value is looked for.
const MOST_WITNESSES: usize = 4000;

/// Its true value is printed for the same period in another table, under a label that begins alike.
fn witnessed(book: &Book<'_>, _: &Performed, suspect: &Suspect) -> bool {
    let Some(fact) = book.fact(suspect.at).filter(|_| suspect.should_be.mantissa.saturating_abs() >= 100) else {
        return false;
    };
    let word = |f: &Fact| book.name(f).split([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    let near = book.position(suspect.at).unwrap_or(0).saturating_sub(MOST_WITNESSES / 2);
    let others = book.facts.iter().skip(near).take(MOST_WITNESSES);
    let alike = |other: &&Fact| {
        other.table != fact.table
            && other.period == fact.period
            && other.unit == fact.unit
            && other.amount.exponent == suspect.should_be.exponent
            && other.amount.mantissa.saturating_abs() == suspect.should_be.mantissa.saturating_abs()
    };
    others.filter(alike).any(|other| book.doc(other) == book.doc(fact) && word(other) == word(fact))
}

/// "06,126", "(077)": a digit took the place of another one.
fn zero_led(book: &Book<'_>, fact: &Fact) -> bool {
    let mut digits = book.source.slice(fact.span).iter().skip_while(|b| !b.is_ascii_digit() && **b != b'.');
    digits.next() == Some(&b'0') && digits.next().is_some_and(|b| b.is_ascii_digit() || *b == b',')
}

/// The slip of the hand that prints a fact for `truth`. A zero where the first digit was keeps its place.
pub(crate) fn slip_of(book: &Book<'_>, fact: &Fact, truth: i128) -> Option<&'static str> {
    match slip(fact.amount.mantissa, truth) {
        Some("a digit left out") if zero_led(book, fact) => Some("one digit"),
        other => other,
    }
}

/// The slip of the hand that prints `printed` for `truth`.
pub(crate) fn slip(printed: i128, truth: i128) -> Option<&'static str> {
    if printed == truth || printed == 0 {
        return None;
    }
    if truth.checked_neg() == Some(printed) {
        return Some("sign");
    }
    if (printed < 0) != (truth < 0) {
        return None;
    }
    let (a, b) = (printed.unsigned_abs().to_string(), truth.unsigned_abs().to_string());
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() == b.len() {
        let wrong: Vec<usize> = a.iter().zip(b).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
        return match wrong.as_slice() {
            [_] => Some("one digit"),
            &[i, j] if j == i + 1 && a.get(i) == b.get(j) && a.get(j) == b.get(i) => Some("two digits interchanged"),
            _ => None,
        };
    }
    let (short, long, what) = if a.len() < b.len() { (a, b, "a digit left out") } else { (b, a, "a digit too many") };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    (long.len() == short.len() + 1 && short.len() >= 2 && short.get(same..) == long.get(same + 1..)).then_some(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{SEED, checked};
    use tieout_model::Proof;

    #[test]
    fn slips() {
        assert_eq!(slip(17_585, 17_595), Some("one digit"));
        assert_eq!(slip(17_955, 17_595), Some("two digits interchanged"));
        assert_eq!(slip(-87, 87), Some("sign"));
        assert_eq!(slip(1_759, 17_595), Some("a digit left out"));
        assert_eq!(slip(17_595, 17_000), None);
        assert_eq!(slip(0, 7), None);
    }

    /// One wrong total breaks its own sum and the one it goes into: both blame it, and it is one finding.
    #[test]
    fn a_figure_that_settles_two_failures_is_it() {
        let report = checked(&SEED.replace("| 17,595", "| 17,995"), Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off && t.code == "FOOT").collect();
        assert_eq!(off.len(), 2);
        assert_eq!(off[0].blames, off[1].blames);
        assert_eq!(off[0].blames, [off[0].fact.unwrap()]);
        let found: Vec<_> = report.findings.iter().filter(|f| f.code == "FOOT").collect();
        assert_eq!(found.len(), 1);
        assert!(found[0].help.contains("17,995 where 17,595 would make it hold (one digit)"), "{}", found[0].help);
        let wrong = report.fact(off[0].blames[0]).unwrap();
        assert_eq!(wrong.proof, Proof::Off);
    }

    #[test]
    fn a_point_for_the_comma() {
        let report = checked(&SEED.replace("| 6,198", "| 6.198"), Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off && t.code == "FOOT").collect();
        let blamed = report.fact(off[0].blames[0]).unwrap();
        assert_eq!((off.len(), off[0].blames.len(), blamed.amount), (1, 1, Amount::new(6_198, 0)));
        let found = report.findings.iter().find(|f| f.code == "FOOT").unwrap();
        assert!(found.help.contains("a point for the comma: Inventories, net 6.198 for 6,198"), "{}", found.help);
    }

    /// A wrong part: its total goes into another sum that holds, so the total is not the misprint.
    #[test]
    fn interchanged_digits_of_a_part_are_found() {
        let report = checked(&SEED.replace("| 6,198", "| 6,918"), Vec::new());
        let off: Vec<_> = report.ties.iter().filter(|t| t.verdict == Verdict::Off && t.code == "FOOT").collect();
        assert_eq!(off.len(), 1);
        let blamed = report.fact(off[0].blames[0]).unwrap();
        assert_eq!((off[0].blames.len(), blamed.amount), (1, Amount::new(6_918, 3)));
        let total = report.fact(off[0].fact.unwrap()).unwrap();
        assert_eq!(total.proof, Proof::Proven);
    }
}
