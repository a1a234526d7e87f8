//! What a line's numbers count, and by which power of ten they are scaled.

use crate::lines::{Draft, Figure};
use crate::phrases::Phrases;
use crate::words::{COUNTED, PER, SHARES};
use tieout_model::{Amount, StatementKind, Unit};

/// The scale a table's header gives to each kind of figure.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scale {
    pub(crate) money: i8,
    pub(crate) shares: i8,
}

/// The unit of a line, from its own words, the headings above it and how its figures are printed. Percents of change
/// stand beside figures of every unit, in columns that `percents` names or with their sign: they say nothing.
pub(crate) fn unit(
    drafts: &[Draft],
    i: usize,
    kind: StatementKind,
    currency: [u8; 3],
    percents: impl Fn(u16) -> bool,
) -> Unit {
    let line = &drafts[i];
    let own = line.lower.as_str();
    let heading = |n: usize| line.section.iter().rev().nth(n).and_then(|&s| drafts.get(s as usize));
    let (near, far) = (heading(0), heading(1));
    let words = near.into_iter().chain(far).fold(line.words, |all, d| all | d.words);
    let (near, far) = (near.map_or("", |d| d.lower.as_str()), far.map_or("", |d| d.lower.as_str()));
    let printed = || line.figures.iter().filter(|f| !f.number.nil);
    if printed().next().is_some() && printed().all(|f| f.number.percent) {
        return Unit::Pure;
    }
    let real = || printed().filter(|f| !f.number.percent && !percents(f.column));
    let none = real().next().is_none();
    // Without a word of shares anywhere near, and without cents alone, it is money.
    let cents = kind == StatementKind::Income && real().all(|f| f.number.amount.exponent <= -2);
    if !words.any(SHARES | COUNTED | PER) && !cents {
        return Unit::Money(currency);
    }
    let per_share_words = |t: &str| {
        t.contains("per share")
            || t.contains("per common")
            || t.contains("per unit")
            || t.contains("per limited")
            || t.contains("a share")
            || t.contains("per-share")
            || t.contains("per weighted")
            || t.contains("per depositary")
            || t.contains("per $1,000")
            || t.contains("per interest")
            || (t.contains("per") && t.contains("share") && t.contains("earnings"))
            || (t.contains("eps") && t.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| w == "eps"))
    };
    let count_words = |t: &str| {
        (t.contains("shares") || t.contains("units") || t.contains("number of") || t.contains("share equivalents"))
            && (t.contains("outstanding")
                || t.contains("weighted")
                || t.contains("average")
                || t.contains("number of")
                || t.contains("used in")
                || t.contains("used to"))
            || t.contains("average common and common equivalent")
            || t.contains("average shares")
            || t.contains("shares used")
            || t.starts_with("denominator") && t.contains("per share")
    };
    let small = |f: &&Figure| {
        let Amount { mantissa, exponent } = f.number.amount;
        (-4..=-2).contains(&exponent) && mantissa.abs() < 10i128.pow(3 + u32::from(exponent.unsigned_abs()))
    };
    let small_decimals = !none && real().all(|f| small(&f));
    // Percents of change stand without a sign too; the line's own words outweigh them.
    let mostly_small = || real().filter(small).count() * 2 > real().count();
    let whole = real().all(|f| f.number.amount.exponent >= -1);
    let money_sign = real().any(|f| f.number.currency);
    let own_words = per_share_words(own) && !count_words(own);
    if small_decimals && (per_share_words(own) || per_share_words(near) || per_share_words(far))
        || own_words && mostly_small()
    {
        return Unit::PerShare(currency);
    }
    if none
        && (own_words || per_share_words(near) && !count_words(near))
        && kind != StatementKind::BalanceSheet
        && kind != StatementKind::CashFlow
    {
        return Unit::PerShare(currency);
    }
    // Inside an earnings-per-share block cents stand without the words on their own line.
    if small_decimals && kind == StatementKind::Income {
        return Unit::PerShare(currency);
    }
    if kind == StatementKind::BalanceSheet {
        let shares = !money_sign
            && whole
            && (own.starts_with("shares ")
                || own.starts_with("number of ")
                || own.starts_with("common shares outstanding")
                || own.starts_with("units outstanding"));
        return if shares { Unit::Shares } else { Unit::Money(currency) };
    }
    if whole && !money_sign {
        if count_words(own) && !own.contains("dividend") && !own.starts_with("cash") {
            return Unit::Shares;
        }
        let plain =
            ["basic", "diluted", "primary", "fully diluted", "assuming", "basic and diluted", "common", "as adjusted"];
        if (count_words(near) || count_words(far) && per_share_words(near))
            && (own.is_empty()
                || plain.iter().any(|w| own.starts_with(w))
                || count_words(own)
                || own.contains("shares"))
        {
            return Unit::Shares;
        }
    }
    Unit::Money(currency)
}

/// ISO code of the currency a heading names; US dollars where it names none.
pub(crate) fn currency(text: &str) -> [u8; 3] {
    let lower = text.to_ascii_lowercase();
    let text = Phrases::of(&lower);
    let has = |w: &str| text.has(w);
    if has("canadian dollar") || has("cdn$") || has("c$") {
        *b"CAD"
    } else if has("pounds sterling") || has("£") {
        *b"GBP"
    } else if has("japanese yen") || has("millions of yen") || has("thousands of yen") {
        *b"JPY"
    } else if has("(euro") || has("in euro") || has("euros)") || has("€") {
        *b"EUR"
    } else if has("deutsche mark") || has("(dm") {
        *b"DEM"
    } else {
        *b"USD"
    }
}
