//! Pages of our own with totals planted at the edges of what rounding allows: as far off as it allows, and one
//! unit further, too much and too little. They are made of the figures of real sums, and read like any filing.
//!
//! A page of a sum is one table of three columns. The planted one is the first; in the others the same lines add up
//! to the digit, which is how the reader knows the sum. A page of a figure printed twice has two statements.

use super::judged::{self, Judged, Kind};
use crate::random::{Random, hash};
use std::fmt::Write;
use tieout::{Amount, Source};

/// What was planted, as it was read.
pub(crate) struct Planted {
    pub(crate) all: Vec<Judged>,
    /// Pages made.
    pub(crate) pages: usize,
}

type Parts = Vec<(Amount, bool)>;

/// What is done to a real sum before its total is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variant {
    AsPrinted,
    /// Every sign turned.
    Negated,
    /// A line more, with a dash in the planted column.
    Nil,
    /// The last two lines have a decimal more than the others.
    TwoFiner,
    /// All lines have a decimal more than their total.
    AllFiner,
}

const VARIANTS: [Variant; 5] =
    [Variant::AsPrinted, Variant::Negated, Variant::Nil, Variant::TwoFiner, Variant::AllFiner];

/// Plants `count` of the sums, each at both edges, and as many figures printed twice. An error where the reader
/// sees less than nine in ten of the pages as they were meant: the comparison would mean little.
pub(crate) fn plant(real: &[Judged], count: usize, seed: u64) -> Result<Planted, String> {
    let mut sums: Vec<&Judged> = real.iter().filter(|j| plantable(j)).collect();
    sums.sort_by_key(|j| hash(&format!("{seed} planted {}", j.place)));
    let (mut all, mut pages) = (Vec::new(), 0);
    for (sum, variant) in sums.into_iter().take(count).zip(VARIANTS.into_iter().cycle()) {
        let mut random = Random::new(seed ^ hash(&sum.place));
        let Some((parts, twins)) = columns(sum, variant, &mut random) else { continue };
        for total in edges(sum.total.exponent, &parts).into_iter().flatten() {
            pages += 1;
            all.extend(read_sum(&parts, total, &twins, format!("planted ({variant:?}) from {}", sum.place)));
        }
    }
    let mut random = Random::new(seed);
    for index in 0..count {
        let printed = 10_000 + random.below(1600) as i128 * 50;
        for off in [-1, 0, 1, 2] {
            pages += 1;
            all.extend(read_twice(printed, index % 2 == 0, off));
        }
    }
    if all.len() * 10 < pages * 9 {
        return Err(format!("of {pages} planted pages only {} are read as planted", all.len()));
    }
    Ok(Planted { all, pages })
}

/// A sum that a page of three columns has room for, and that is more than one line repeated.
fn plantable(sum: &Judged) -> bool {
    let figures = || sum.parts.iter().map(|p| p.0).chain([sum.total]);
    let shown = figures().filter(|f| !f.is_zero());
    sum.kind == Kind::Sum
        && sum.ties
        && (2..=8).contains(&sum.parts.len())
        && sum.parts.iter().filter(|(part, _)| !part.is_zero()).count() >= 2
        && !sum.total.is_zero()
        && figures().all(|f| f.mantissa.abs() < 10_000_000_000 && (-2..=6).contains(&f.exponent))
        && shown.clone().map(|f| f.exponent).max() <= shown.map(|f| f.exponent).min().map(|e| e + 3)
}

/// The power of ten in which a page prints these figures: a multiple of three, and no figure is coarser.
fn scale(figures: impl Iterator<Item = Amount>) -> i8 {
    let coarsest = figures.filter(|f| !f.is_zero()).map(|f| f.exponent).max().unwrap_or(0).max(0);
    (coarsest + 2) / 3 * 3
}

/// The lines of the planted column, and those of the two others with the totals they make.
fn columns(sum: &Judged, variant: Variant, random: &mut Random) -> Option<(Parts, [(Parts, Amount); 2])> {
    let mut parts = sum.parts.clone();
    // A sum begins with what is added.
    parts.sort_by_key(|&(_, minus)| minus);
    let finer = |part: &mut Amount, digit: i128| {
        *part = Amount::new(part.mantissa * 10 + part.mantissa.signum() * digit, part.exponent - 1);
    };
    // Those that print something: a dash has no decimals of its own.
    let printed: Vec<usize> = (0..parts.len()).filter(|&at| !parts[at].0.is_zero()).collect();
    let (&last, finer_parts) = match variant {
        Variant::TwoFiner => (printed.last()?, &printed[printed.len() - 2..]),
        Variant::AllFiner => (printed.last()?, &printed[..]),
        Variant::AsPrinted | Variant::Negated | Variant::Nil => (printed.last()?, &printed[..0]),
    };
    match variant {
        Variant::Negated => parts.iter_mut().for_each(|(part, _)| *part = -*part),
        Variant::Nil => parts.push((Amount::default(), false)),
        _ => finer_parts.iter().for_each(|&at| finer(&mut parts[at].0, 3)),
    }
    // A dash has the decimals that most figures of its column have, of as many the fewest.
    let exponents = || printed.iter().map(|&at| parts[at].0.exponent).chain([sum.total.exponent]);
    let nil = exponents().max_by_key(|&one| (exponents().filter(|&e| e == one).count(), one))?;
    parts.iter_mut().filter(|(part, _)| part.is_zero()).for_each(|(part, _)| part.exponent = nil);
    // The last digit is what lets the intervals touch, where one does.
    if !finer_parts.is_empty() {
        let (part, minus) = parts[last];
        let with = |digit: i128| {
            let mantissa = part.mantissa - part.mantissa % 10 + digit * part.mantissa.signum();
            (Amount::new(mantissa, part.exponent), minus)
        };
        let touching = (0..10).find(|&digit| {
            parts[last] = with(digit);
            edges(sum.total.exponent, &parts).is_some_and(|[most, ..]| touches(most, &parts))
        });
        parts[last] = with(touching.unwrap_or(3));
    }
    let mut twin = |stretch: i128| {
        let mut twin = parts.clone();
        for (part, _) in &mut twin {
            part.mantissa = match part.mantissa {
                0 => 20 + random.below(70) as i128,
                m => m * stretch / 2 + m.signum() * random.below(9) as i128,
            };
        }
        let total = exact(&twin);
        Some((twin, total?)).filter(|(_, total)| !total.is_zero())
    };
    let twins = [twin(2)?, twin(3)?];
    Some((parts, twins))
}

/// The sum of the parts, to the digit.
fn exact(parts: &Parts) -> Option<Amount> {
    let finest = parts.iter().map(|(part, _)| part.exponent).min()?;
    Some(Amount::new(parts.iter().map(|p| value(p, finest)).sum(), finest))
}

/// A signed part as a count of `10^finest`.
fn value(&(part, minus): &(Amount, bool), finest: i8) -> i128 {
    let value = part.mantissa * unit(part.exponent, finest);
    if minus { -value } else { value }
}

fn unit(exponent: i8, finest: i8) -> i128 {
    10i128.pow(u32::from(exponent.abs_diff(finest)))
}

/// Twice the sum of the parts, and the sum of all units, as counts of the finest unit, which is given too: a total
/// is as far off as rounding allows where twice its distance from the sum is the sum of the units.
fn bounds(exponent: i8, parts: &Parts) -> Option<(i128, i128, i8)> {
    let finest = parts.iter().map(|(part, _)| part.exponent).chain([exponent]).min()?;
    let sum: i128 = parts.iter().map(|p| value(p, finest)).sum();
    let units: i128 = parts.iter().map(|(part, _)| unit(part.exponent, finest)).sum();
    Some((2 * sum, units + unit(exponent, finest), finest))
}

/// The largest and the smallest total that rounding allows, and the next ones beyond.
fn edges(exponent: i8, parts: &Parts) -> Option<[Amount; 4]> {
    let (sum, units, finest) = bounds(exponent, parts)?;
    let step = 2 * unit(exponent, finest);
    let most = (sum + units).div_euclid(step);
    let least = -(units - sum).div_euclid(step);
    Some([most, most + 1, least, least - 1].map(|mantissa| Amount::new(mantissa, exponent)))
}

/// The total's interval and that of the sum have one point in common.
fn touches(total: Amount, parts: &Parts) -> bool {
    bounds(total.exponent, parts)
        .is_some_and(|(sum, units, finest)| (2 * total.mantissa * unit(total.exponent, finest) - sum).abs() == units)
}

const NUMBERS: [&str; 9] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth"];

/// Prints the page, reads it, and gives back what was planted where the reader saw it so.
fn read_sum(parts: &Parts, total: Amount, twins: &[(Parts, Amount); 2], place: String) -> Option<Judged> {
    let all = || twins.iter().flat_map(|(parts, total)| parts.iter().map(|p| p.0).chain([*total]));
    let scale = scale(all().chain(parts.iter().map(|p| p.0)).chain([total]));
    let mut page = heading("SCHEDULE OF AMOUNTS", scale, &["2003", "2002", "2001"]);
    for (index, &(part, minus)) in parts.iter().enumerate() {
        let label = format!("{} {}", if minus { "Less:" } else { "Item:" }, NUMBERS[index].to_lowercase());
        page += &line(&label, scale, &[part, twins[0].0[index].0, twins[1].0[index].0]);
    }
    page += &rule('-', 3);
    page += &line("   Total", scale, &[total, twins[0].1, twins[1].1]);
    page += &rule('=', 3);
    // The sign of a dash says nothing.
    let plain =
        |parts: &Parts| -> Parts { parts.iter().map(|&(part, minus)| (part, minus && !part.is_zero())).collect() };
    let found = judged::of(&tieout::read(&Source::new("planted", page.as_bytes())), "planted");
    let found = found.into_iter().find(|j| j.kind == Kind::Sum && j.total == total && plain(&j.parts) == plain(parts));
    found.map(|judged| Judged { place, ..judged })
}

/// Net income in thousands in one statement, and in another in thousands or in millions with a decimal, `off` units
/// of its own from what that should be.
fn read_twice(printed: i128, thousands: bool, off: i128) -> Option<Judged> {
    let years = ["2003", "2002"];
    let first = |v: i128| Amount::new(v, 3);
    let second = |v: i128| if thousands { Amount::new(v, 3) } else { Amount::new(v.div_euclid(100), 5) };
    let (before, other) = (printed / 2, second(printed));
    let planted = Amount::new(other.mantissa + off, other.exponent);
    let mut page = heading("CONSOLIDATED STATEMENTS OF INCOME", 3, &years);
    page += &line("Net sales", 3, &[first(printed * 9), first(before * 9)]);
    page += &line("Costs and expenses", 3, &[first(printed * 8), first(before * 8)]);
    page += &rule('-', 2);
    page += &line("Net income", 3, &[first(printed), first(before)]);
    page += &rule('=', 2);
    let scale = if thousands { 3 } else { 6 };
    page += &heading("CONSOLIDATED STATEMENTS OF CASH FLOWS", scale, &years);
    page += &line("Net income", scale, &[planted, second(before)]);
    page += &line("Depreciation", scale, &[second(4_300), second(3_900)]);
    page += &rule('-', 2);
    let cash = |net: Amount, other: Amount| Amount::new(net.mantissa + other.mantissa, net.exponent);
    let cash = [cash(planted, second(4_300)), cash(second(before), second(3_900))];
    page += &line("Net cash provided by operating activities", scale, &cash);
    page += &rule('=', 2);
    let found = judged::of(&tieout::read(&Source::new("planted", page.as_bytes())), "planted");
    let meant = (planted, first(printed));
    let seen = |j: &Judged| j.parts.first().is_some_and(|p| (j.total, p.0) == meant || (p.0, j.total) == meant);
    let found = found.into_iter().find(|j| j.kind == Kind::Twice && seen(j));
    found.map(|judged| Judged { place: format!("planted twice: {}", judged.told()), ..judged })
}

fn heading(title: &str, scale: i8, years: &[&str]) -> String {
    let scale = match scale {
        0 => "In dollars",
        3 => "In thousands",
        _ => "In millions",
    };
    let years: String = years.iter().map(|year| format!("{year:>20}")).collect();
    let ended = if title.contains("STATEMENTS") { "Year ended December 31," } else { "December 31," };
    format!(
        "\n{:30}ALDER INSTRUMENTS, INC.\n{:30}{title}\n{:30}({scale})\n\n{:50}{ended}\n{:42}{years}\n",
        "", "", "", "", ""
    ) + &rule('-', years.len() / 20)
}

fn rule(mark: char, columns: usize) -> String {
    let dashes: String = std::iter::repeat_n(mark, 14).collect();
    format!("{:42}{}\n", "", format!("{dashes:>20}").repeat(columns))
}

/// A line of the table: the label, then the figures, closing parentheses past the column's edge.
fn line(label: &str, scale: i8, figures: &[Amount]) -> String {
    let mut out = format!("{label:<42}");
    for figure in figures {
        let text = shown(*figure, scale);
        let text = if text.ends_with(')') { text } else { text + " " };
        let _ = write!(out, "{text:>20}");
    }
    out.trim_end().to_string() + "\n"
}

/// A figure as tables print it: commas, parentheses below zero, a dash for nothing.
fn shown(figure: Amount, scale: i8) -> String {
    if figure.is_zero() {
        return "-".into();
    }
    let places = usize::from((scale - figure.exponent).unsigned_abs());
    let digits = format!("{:0>width$}", figure.mantissa.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if places > 0 {
        text = text + "." + fraction;
    }
    if figure.is_negative() { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(figures: &[(i128, i8)]) -> Parts {
        figures.iter().map(|&(m, e)| (Amount::new(m, e), false)).collect()
    }

    /// Three parts and a total in thousands may be two apart, and then touch; four may be two and a half.
    #[test]
    fn edges_are_the_last_that_rounding_allows() {
        let three = parts(&[(100, 3), (200, 3), (300, 3)]);
        let of = |parts: &Parts| edges(3, parts).unwrap().map(|total| total.mantissa);
        assert_eq!(of(&three), [602, 603, 598, 597]);
        assert!(touches(Amount::new(602, 3), &three) && touches(Amount::new(598, 3), &three));
        let four = parts(&[(100, 3), (200, 3), (300, 3), (-400, 3)]);
        assert_eq!(of(&four), [202, 203, 198, 197]);
        assert!(!touches(Amount::new(202, 3), &four));
    }

    #[test]
    fn a_page_is_read_as_planted() {
        let sum = parts(&[(7690, 3), (-3215, 3), (61982, 2), (0, 3)]);
        let twins = [
            (parts(&[(7612, 3), (-3714, 3), (6783, 3), (38, 3)]), Amount::new(10719, 3)),
            (parts(&[(7615, 3), (-3714, 3), (6781, 3), (31, 3)]), Amount::new(10713, 3)),
        ];
        for total in edges(3, &sum).unwrap() {
            let read = read_sum(&sum, total, &twins, String::new()).unwrap();
            assert_eq!((read.total, read.parts.len()), (total, 4));
        }
    }

    #[test]
    fn figures_are_printed_as_tables_print_them() {
        assert_eq!(shown(Amount::new(-1234567, 2), 3), "(123,456.7)");
        assert_eq!(shown(Amount::new(5, 2), 3), "0.5");
        assert_eq!(shown(Amount::new(0, 3), 3), "-");
    }
}
