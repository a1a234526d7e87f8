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
    let plain =
        ["basic", "diluted", "primary", "fully diluted", "assuming", "basic and diluted", "common", "as adjusted"];
    // "Shares used in the calculation (in millions)   261.156": decimals of a count.
    let counts = count_words(own) && !per_share_words(own)
        || said_scale(drafts, i).is_some()
            && (count_words(own) || count_words(near) && plain.iter().any(|w| own.starts_with(w)));
    let thousandths = !none && real().all(|f| f.number.amount.exponent == -3);
    if counts && thousandths && !money_sign && kind != StatementKind::BalanceSheet {
        return Unit::Shares;
    }
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
                || own.starts_with("units outstanding")
                || own.split([',', ';']).next().is_some_and(|t| {
                    t.contains("shares outstanding")
                        && !["stock", "par ", "$", "equity", "per "].iter().any(|w| t.contains(w))
                }));
        return if shares { Unit::Shares } else { Unit::Money(currency) };
    }
    if whole && !money_sign {
        if count_words(own) && !own.contains("dividend") && !own.starts_with("cash") {
            return Unit::Shares;
        }
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

/// The power of ten that a line's own words or the headings over it give its figures: "Shares outstanding (000)",
/// "Weighted average shares, in millions:".
pub(crate) fn said_scale(drafts: &[Draft], i: usize) -> Option<i8> {
    let line = drafts.get(i)?;
    let headings = line.section.iter().rev().take(2).filter_map(|&s| drafts.get(s as usize));
    [line].into_iter().chain(headings).find_map(|d| own_scale(&d.lower))
}

/// What stands in parentheses, or after the last comma with "in".
pub(crate) fn own_scale(lower: &str) -> Option<i8> {
    // Most labels have neither.
    let may = lower.bytes().any(|b| matches!(b, b'(' | b','));
    if !may || !Phrases::of(lower).any(&["000", "thousand", "illion"]) {
        return None;
    }
    let groups = lower.split('(').skip(1).filter_map(|t| t.split_once(')')).map(|(group, _)| group);
    let told = |t: &str| {
        let t = t.trim().trim_end_matches(':');
        let unit = t.trim_start_matches("in ").trim_start_matches("$ ").trim_start_matches("dollars in ");
        let unit = unit.split([',', ' ']).next().unwrap_or_default();
        match unit {
            "000" | "000's" | "000s" | "thousands" => Some(3),
            "millions" => Some(6),
            "billions" => Some(9),
            _ => None,
        }
    };
    let tail = lower.rsplit_once(", in ").map(|(_, tail)| tail);
    groups.chain(tail).find_map(told)
}

/// What stands between two counts of shares and leads from one to the other is a count itself: "Effect of dilutive
/// securities".
pub(crate) fn between_counts(drafts: &[Draft], units: &mut [Unit]) {
    let counted = |units: &[Unit], i: Option<usize>| i.and_then(|i| units.get(i)) == Some(&Unit::Shares);
    for i in 1..units.len() {
        let Some(line) = drafts.get(i) else { break };
        // Few lines stand below a count.
        if !counted(units, i.checked_sub(1)) || !matches!(units[i], Unit::Money(_)) {
            continue;
        }
        let leads =
            ["effect", "dilut", "options", "awards", "assumed", "conver"].iter().any(|w| line.lower.contains(w));
        let plain =
            line.figures.iter().all(|f| f.number.amount.exponent >= -1 && !f.number.currency && !f.number.percent);
        let next = drafts.iter().skip(i + 1).position(|d| !d.figures.is_empty()).map(|n| i + 1 + n);
        if leads
            && plain
            && !line.figures.is_empty()
            && (counted(units, next) || next.is_some_and(|n| drafts[n].lower.contains("dilut")))
        {
            units[i] = Unit::Shares;
        }
    }
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
