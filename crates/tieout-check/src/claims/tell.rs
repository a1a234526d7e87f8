//! Calculations and reasons in words.

use super::{Attempt, How, Resolver};
use crate::say;
use tieout_model::{Claim, ClaimKind, Fact, Ratio};

/// The calculation in one line: `(7,539 - 8,973) / 8,973 = -15.98%`.
pub(super) fn calculation(resolver: &Resolver<'_>, attempt: &Attempt<'_>) -> String {
    let shown = |i: usize| attempt.facts.get(i).map_or_else(String::new, |f| resolver.book.figure(f));
    let (a, b) = (shown(0), shown(1));
    match attempt.how {
        How::Level | How::Printed => a,
        How::Defined => attempt.shown.clone(),
        How::Difference => format!("{a} - {b} = {}", result(resolver, attempt)),
        How::Sum => format!("{a} + {b} = {}", result(resolver, attempt)),
        How::Points => format!("{a} / {b} - {} / {} = {}", shown(2), shown(3), percent(attempt.centre)),
        How::Change => format!("({a} - {b}) / {b} = {}", percent(attempt.centre)),
        How::Quotient => format!("{a} / {b} = {}", say::rounded(attempt.centre, -4)),
        How::Margin => format!("({a} - {b}) / {a} = {}", percent(attempt.centre)),
    }
}

fn percent(value: Ratio) -> String {
    value.round(-4).map_or_else(String::new, say::percent)
}

/// A sum or difference written like the figures it is made of.
fn result(resolver: &Resolver<'_>, attempt: &Attempt<'_>) -> String {
    let finest = attempt.facts.iter().min_by_key(|f| f.amount.exponent);
    let value = finest.and_then(|f| Some((f, attempt.centre.round(f.amount.exponent)?)));
    value.map_or_else(String::new, |(fact, amount)| resolver.book.figure_like(fact, amount))
}

/// Which figure carries or contradicts the claim.
pub(super) fn because(resolver: &Resolver<'_>, claim: &Claim, attempt: &Attempt<'_>) -> String {
    let place = |f: &&Fact| format!("{} {} (table {})", resolver.book.subject(f), resolver.book.figure(f), f.table + 1);
    let mut told = match attempt.how {
        How::Level | How::Printed => attempt.facts.first().map(place).unwrap_or_default(),
        How::Defined => attempt.shown.clone(),
        _ => {
            let calculation = calculation(resolver, attempt);
            let subject = attempt.facts.first().map(|f| resolver.book.subject(f)).unwrap_or_default();
            match claim.kind {
                ClaimKind::ShareOf | ClaimKind::Ratio => {
                    let names: Vec<&str> = attempt.facts.iter().map(|f| resolver.book.name(f)).collect();
                    format!("{}: {calculation}", names.join(" and "))
                }
                _ => format!("{subject}: {calculation}"),
            }
        }
    };
    if !attempt.note.is_empty() {
        told.push_str(&format!(" ({})", attempt.note));
    }
    told
}

/// The nearest thing that would tie.
pub(super) fn hint(resolver: &Resolver<'_>, claim: &Claim, attempt: &Attempt<'_>) -> String {
    let Some(right) = attempt.centre.round(claim.amount.exponent) else {
        return String::new();
    };
    let shown = match claim.kind {
        ClaimKind::ChangePercent | ClaimKind::ShareOf => say::percent(right),
        _ => say::figure(right, 0),
    };
    let size = |a: tieout_model::Amount| a.mantissa.saturating_abs();
    if right.is_negative() != claim.amount.is_negative() && size(right) == size(claim.amount) && !attempt.unsigned {
        return "the size ties, the direction does not".to_owned();
    }
    if cut(attempt.centre, claim.amount.exponent).map(|c| c.mantissa.saturating_abs()) == Some(size(claim.amount)) {
        return format!("it would tie rounded down; rounded it is {shown}");
    }
    let line = attempt.facts.first().filter(|_| attempt.how == How::Level);
    let wanted = claim.amount.interval();
    let others = line.map(|f| resolver.book.row((f.table, f.line))).unwrap_or_default();
    let other = others.iter().find(|f| !f.aside && f.amount.interval().zip(wanted).is_some_and(|(i, w)| i.meets(w)));
    match other {
        Some(other) => format!("it would tie with {}", resolver.book.subject(other)),
        None => format!("rounded it is {shown}"),
    }
}

/// The value without what stands right of a place.
fn cut(value: Ratio, exponent: i8) -> Option<tieout_model::Amount> {
    let half = tieout_model::Amount::new(5, exponent.checked_sub(1)?).ratio()?;
    let size = value.abs();
    let unit = tieout_model::Amount::new(1, exponent).ratio()?;
    let near = size.round(exponent)?;
    // Rounding went up where the value lies below what it gave.
    let up = near.ratio()? > size && near.ratio()?.sub(size)? <= half;
    if up { near.ratio()?.sub(unit)?.round(exponent) } else { Some(near) }
}
