//! The verdict on a claim, from what was tried for it.

use super::tell::{because, calculation, hint};
use super::wording;
use super::{Attempt, Attempts, How, Resolver};
use crate::blame::slip;
use crate::checks;
use crate::words::has;
use tieout_model::{Amount, Bound, Claim, ClaimKind, Fact, Interval, Period, Ratio, Span, Verdict};

/// Figures that are named as carrying one claim.
const MOST_SUPPORT: usize = 4;

/// Writes verdict, calculation, support and reason into the claim; returns the attempt they rest on.
pub(super) fn judge<'t, 'a>(
    resolver: &Resolver<'a>,
    claim: &mut Claim,
    attempts: &'t Attempts<'a>,
) -> Option<&'t Attempt<'a>> {
    if let Some(first) = attempts.tried.iter().find(|a| agrees(claim, a)) {
        ties(resolver, claim, attempts, first);
        return Some(first);
    }
    claim.verdict = Verdict::Open;
    let Some(nearest) = nearest(claim, &attempts.tried) else {
        claim.because = attempts.missing.clone();
        return None;
    };
    let reason = doubt(resolver, claim, &attempts.tried, nearest);
    claim.computed = calculation(resolver, nearest);
    claim.support = nearest.facts.iter().map(|f| f.reference()).collect();
    let told = because(resolver, claim, nearest);
    match reason {
        None => {
            claim.verdict = Verdict::Off;
            let hint = hint(resolver, claim, nearest);
            claim.because = if hint.is_empty() { told } else { format!("{told}; {hint}") };
        }
        Some(reason) => claim.because = format!("{told}; {reason}"),
    }
    Some(nearest)
}

fn ties<'a>(resolver: &Resolver<'a>, claim: &mut Claim, attempts: &Attempts<'a>, first: &Attempt<'a>) {
    claim.verdict = Verdict::Ties;
    claim.computed = calculation(resolver, first);
    claim.because = because(resolver, claim, first);
    claim.support = first.facts.iter().map(|f| f.reference()).collect();
    if first.how != How::Level {
        return;
    }
    for other in attempts.tried.iter().filter(|a| a.how == How::Level && a.certain == first.certain) {
        for fact in &other.facts {
            let at = fact.reference();
            if claim.support.len() < MOST_SUPPORT && !claim.support.contains(&at) && agrees(claim, other) {
                claim.support.push(at);
            }
        }
    }
}

/// True where what an attempt may give meets what the claim may mean (the manuals state the meanings).
pub(super) fn agrees(claim: &Claim, attempt: &Attempt<'_>) -> bool {
    let Some((value, printed)) = claim.amount.ratio().zip(claim.amount.interval()) else {
        return false;
    };
    let flip = attempt.unsigned && (attempt.centre.signum() < 0) != claim.amount.is_negative();
    let image = if flip { attempt.image.neg() } else { attempt.image };
    if claim.kind == ClaimKind::Multiple {
        return multiple(claim.bound, value, image).unwrap_or(false);
    }
    match claim.bound {
        Bound::Exact if matches!(attempt.how, How::Level | How::Printed) => {
            let centre = if flip { attempt.centre.neg() } else { attempt.centre };
            is_figure(value, printed, centre, image)
                || (attempt.certain && rounded(claim).is_some_and(|i| i.contains(centre)))
        }
        Bound::Exact => printed.meets(image),
        Bound::Approximate => widened(claim.amount).unwrap_or(printed).meets(image),
        Bound::AtLeast | Bound::AtMost => bounded(claim, attempt, value, image).unwrap_or(false),
    }
}

/// A number of the text is a figure of a table: whichever is written with fewer digits is what the other rounds to.
/// Both stand for ranges that share an end where they differ by one unit, and that is another figure: $1.17 is not
/// 1.16. A dash is nothing, not less than half a million.
fn is_figure(value: Ratio, printed: Interval, centre: Ratio, image: Interval) -> bool {
    let wide = |i: Interval| i.high.sub(i.low);
    match (wide(printed), wide(image)) {
        (Some(text), Some(table)) if text < table => {
            image.contains(value) && (centre != Ratio::ZERO || value == Ratio::ZERO)
        }
        _ => printed.contains(centre),
    }
}

/// What an amount ending in zeros stands for where they are taken as rounding, with four digits left at least:
/// "$8,342,900" of 8,342,930.
fn rounded(claim: &Claim) -> Option<Interval> {
    let mut amount = claim.amount;
    while amount.mantissa % 10 == 0 && amount.mantissa.saturating_abs() >= 10_000 {
        amount = Amount::new(amount.mantissa / 10, amount.exponent.checked_add(1)?);
    }
    if claim.kind == ClaimKind::Amount { amount.interval() } else { None }
}

/// "Approximately": one unit of the last printed digit, or a fiftieth of the value, whichever is more; of a number of
/// four digits and more before its zeros ("approximately $1,431,000") one unit of the last of them.
fn widened(amount: Amount) -> Option<Interval> {
    let mut told = amount;
    while told.mantissa % 10 == 0 && told.mantissa != 0 {
        told = Amount::new(told.mantissa / 10, told.exponent.checked_add(1)?);
    }
    if told.mantissa.saturating_abs() >= 1000 {
        let (value, reach) = (told.ratio()?, Amount::new(1, told.exponent).ratio()?);
        return Some(Interval { low: value.sub(reach)?, high: value.add(reach)? });
    }
    loosely(amount)
}

/// Within one unit of the last printed digit or a fiftieth of the value.
fn loosely(amount: Amount) -> Option<Interval> {
    let value = amount.ratio()?;
    let reach = Amount::new(1, amount.exponent).ratio()?.max(value.abs().div(Ratio::new(50, 1)?)?);
    Some(Interval { low: value.sub(reach)?, high: value.add(reach)? })
}

/// "More than", "less than": the size is on the right side of the number, and not so far from it that
/// another number would have been named, unless there is no doubt what is spoken of.
fn bounded(claim: &Claim, attempt: &Attempt<'_>, value: Ratio, image: Interval) -> Option<bool> {
    if image.low.signum() * value.signum() < 0 && image.high.signum() * value.signum() < 0 {
        return Some(false);
    }
    let (size, image) = (value.abs(), image.abs());
    let quarter = size.div(Ratio::new(4, 1)?)?;
    Some(match claim.bound {
        Bound::AtLeast => image.high >= size && (attempt.certain || image.low <= size.add(quarter)?),
        _ => image.low <= size && (attempt.certain || image.high >= size.sub(quarter)?),
    })
}

/// "Doubled" is from 1.9 to 2.5 times; "nearly" from 1.75 to 2.1; "more than" at least 2; "less than" at most.
fn multiple(bound: Bound, value: Ratio, image: Interval) -> Option<bool> {
    let times = |n, d| value.mul(Ratio::new(n, d)?);
    Some(match bound {
        Bound::Exact => image.meets(Interval { low: times(19, 20)?, high: times(5, 4)? }),
        Bound::Approximate => image.meets(Interval { low: times(7, 8)?, high: times(21, 20)? }),
        Bound::AtLeast => image.high >= value,
        Bound::AtMost => image.low <= value,
    })
}

/// The attempt whose result is closest to the claim: a certain one if there is any.
fn nearest<'t, 'a>(claim: &Claim, tried: &'t [Attempt<'a>]) -> Option<&'t Attempt<'a>> {
    let value = claim.amount.ratio()?;
    let far = |a: &Attempt<'_>| {
        let centre =
            if a.unsigned && (a.centre.signum() < 0) != (value.signum() < 0) { a.centre.neg() } else { a.centre };
        centre.sub(value).map(Ratio::abs)
    };
    tried.iter().min_by(|a, b| {
        let (x, y) = (far(a), far(b));
        (!a.certain).cmp(&!b.certain).then_with(|| (x.is_none(), x).cmp(&(y.is_none(), y)))
    })
}

/// Why a contradiction is not held against the document; none where it is.
fn doubt(resolver: &Resolver<'_>, claim: &Claim, tried: &[Attempt<'_>], nearest: &Attempt<'_>) -> Option<String> {
    if !claim.basis.is_empty() {
        return Some(format!("the claim is on another basis ({})", claim.basis));
    }
    if !nearest.certain {
        return Some("it is not certain that the claim speaks of this figure".to_owned());
    }
    let loose = || loosely(claim.amount).is_some_and(|i| i.meets(nearest.image) || i.meets(nearest.image.neg()));
    if claim.bound == Bound::Approximate && loose() {
        return Some("the text says approximately".to_owned());
    }
    if claim.kind == ClaimKind::Count {
        return Some("a count may be of something else".to_owned());
    }
    if let Some(reason) = wording::aside(resolver.book, claim, nearest.facts.first().copied()) {
        return Some(reason.to_owned());
    }
    if nearest.how == How::Level
        && nearest.facts.iter().any(|f| unscaled(resolver, f))
        && thousandfold(claim.amount, nearest)
    {
        return Some("it would tie if the table is in thousands or millions, which it does not say".to_owned());
    }
    let changes = !matches!(claim.kind, ClaimKind::Amount | ClaimKind::PerShare | ClaimKind::Ratio);
    if changes && !nearest.facts.first().is_some_and(|f| resolver.confirmed(claim, f)) && nearest.how != How::Points {
        return Some("the text does not quote this figure beside it: it may speak of a part".to_owned());
    }
    if !is_near(resolver, claim, nearest) {
        return Some("too far apart to be a misprint: the claim may speak of a part".to_owned());
    }
    if nearest.how == How::Level {
        if let Some(other) = resolver.other_carrier(claim) {
            return carried_elsewhere(resolver, claim, other, nearest);
        }
    } else if let Some(period) = of_another_year(resolver, claim) {
        return Some(format!("it ties for {period}, which the text may mean"));
    } else if tried
        .iter()
        .any(|a| !a.certain && is_near(resolver, claim, a) && a.centre != nearest.centre && a.how != nearest.how)
    {
        return Some("other figures come as close".to_owned());
    }
    None
}

/// The year before or after for which a ratio ties: which year a text names is less certain than its number.
fn of_another_year(resolver: &Resolver<'_>, claim: &Claim) -> Option<Period> {
    let period = claim.period.filter(|_| claim.kind == ClaimKind::Ratio)?;
    [1, -1].into_iter().filter_map(|years| period.years_before(years)).find(|&other| {
        let moved = Claim { period: Some(other), ..claim.clone() };
        let attempts = checks::attempts(resolver, &moved).map(|(_, attempts)| attempts.tried).unwrap_or_default();
        attempts.iter().any(|attempt| agrees(&moved, attempt))
    })
}

/// The number stands under another label or in another column. Of another period it is a mistake only where
/// the claim's own words name the period it contradicts.
fn carried_elsewhere(resolver: &Resolver<'_>, claim: &Claim, other: &Fact, nearest: &Attempt<'_>) -> Option<String> {
    let same_line = nearest.facts.iter().any(|f| (f.table, f.line) == (other.table, other.line));
    let year = claim.period.map(|p| p.end().year().to_string()).unwrap_or_default();
    // Years that do not end with December go by one name or the other.
    let calendar = claim.period.is_some_and(|p| p.end().month() == 12 && p.end().day() == 31);
    if same_line && calendar && has(&claim.quote, &year) {
        return None;
    }
    Some(format!("{} carries the number", resolver.book.subject(other)))
}

/// Close enough that the claim means this figure and one of them is a slip: within two of the last digit
/// quoted, two points for a percent, a twentieth for a ratio, a third for a multiple; a slip of the hand away in
/// a figure of four digits or more (shorter ones are alike by chance); of
/// the wrong direction; or "million" for "thousand". A long figure that differs otherwise is another figure.
fn is_near(resolver: &Resolver<'_>, claim: &Claim, attempt: &Attempt<'_>) -> bool {
    near(resolver, claim, attempt).unwrap_or(false)
}

fn near(resolver: &Resolver<'_>, claim: &Claim, attempt: &Attempt<'_>) -> Option<bool> {
    let value = claim.amount.ratio()?;
    let opposite = (attempt.centre.signum() < 0) != (value.signum() < 0);
    let centre = if attempt.unsigned && opposite { attempt.centre.neg() } else { attempt.centre };
    let apart = centre.sub(value)?.abs();
    let share = |n: i128| centre.abs().div(Ratio::new(n, 1)?);
    let units = |n: i128| Amount::new(n, claim.amount.exponent).ratio();
    let digits = claim.amount.mantissa.unsigned_abs();
    let reach = match claim.kind {
        ClaimKind::ChangePercent | ClaimKind::ShareOf => Ratio::new(2, 100)?.min(share(2)?),
        ClaimKind::Ratio => share(20)?,
        ClaimKind::ChangeAmount if digits < 1000 && apart < units(1)? => return Some(false),
        ClaimKind::Multiple => share(3)?,
        _ if digits < 10 => units(1)?,
        _ if digits < 1000 => units(2)?.min(share(20)?).max(units(1)?),
        _ => Ratio::ZERO,
    };
    if apart <= reach {
        return Some(true);
    }
    // The direction is wrong and the size right.
    if opposite && digits >= 10 && claim.amount.interval()?.meets(attempt.image.neg()) {
        return Some(true);
    }
    if claim.amount.exponent > 0
        && matches!(claim.kind, ClaimKind::Amount | ClaimKind::ChangeAmount)
        && in_words(resolver, claim)
        && thousandfold(claim.amount, attempt)
    {
        return Some(true);
    }
    let truth = centre.round(claim.amount.exponent)?;
    let slip = slip(claim.amount.mantissa, truth.mantissa);
    Some(digits >= 1000 && matches!(slip, Some("one digit" | "two digits interchanged")))
}

/// A table that does not say its scale: its figures may be a thousand times what was read.
fn unscaled(resolver: &Resolver<'_>, fact: &Fact) -> bool {
    resolver.book.table(fact).is_none_or(|t| t.scale_because.is_empty())
}

/// The number is followed by "million" or the like. Bare digits may be in the thousands of the tables around.
fn in_words(resolver: &Resolver<'_>, claim: &Claim) -> bool {
    let end = claim.span.end.saturating_add(14).min(resolver.book.source.span().end);
    let number = resolver.book.words(Span { start: claim.span.start, end });
    has(&number, "illion") || has(&number, "thousand")
}

/// "Million" for "thousand", or the reverse.
fn thousandfold(amount: Amount, attempt: &Attempt<'_>) -> bool {
    let meets = |power: i8| {
        amount.scaled(power).interval().is_some_and(|i| i.meets(attempt.image) || i.neg().meets(attempt.image))
    };
    let any = amount.mantissa.saturating_abs() >= 10 && !attempt.image.contains(Ratio::ZERO);
    any && [3, -3, 6, -6].into_iter().any(meets)
}

#[cfg(test)]
mod tests {
    use super::{is_figure, widened};
    use tieout_model::Amount;

    #[test]
    fn many_digits_are_not_approximate_by_much() {
        let within = |mantissa, exponent, other: Amount| {
            widened(Amount::new(mantissa, exponent)).unwrap().contains(other.ratio().unwrap())
        };
        assert!(within(76, 5, Amount::new(7_539, 3)));
        assert!(within(1_431_000, 0, Amount::new(1_432, 3)));
        assert!(!within(1_431_000, 0, Amount::new(1_442, 3)));
    }

    #[test]
    fn one_unit_apart_is_another_figure() {
        let is = |text: Amount, table: Amount| {
            let (a, b) = (text.ratio().unwrap(), table.ratio().unwrap());
            is_figure(a, text.interval().unwrap(), b, table.interval().unwrap())
        };
        assert!(is(Amount::new(117, -2), Amount::new(117, -2)));
        assert!(!is(Amount::new(117, -2), Amount::new(116, -2)));
        assert!(is(Amount::new(75, 5), Amount::new(7_450, 3)), "7,450 may have been 7,450.3");
        assert!(is(Amount::new(8_342_900, 0), Amount::new(8_343, 3)));
        assert!(!is(Amount::new(40, 0), Amount::new(0, 6)), "a dash in a table in millions");
    }
}
