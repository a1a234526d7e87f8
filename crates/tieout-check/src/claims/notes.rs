//! Notes that a table's figures are keyed to: "3,400(A)" in a column of adjustments, and below it "(A) Interest on
//! $40,000,000 at 8.5%". What such a note says is of the figures that bear its mark, whatever their lines are called:
//! one of them, two of them together, or what its own numbers make (price times shares, rate times principal, an
//! amount over its years, all its amounts added and taken away).

use super::judge::agrees;
use super::wording::around;
use super::{Attempt, How};
use crate::book::Book;
use crate::say;
use crate::words::has_any;
use std::collections::{BTreeMap, BTreeSet};
use tieout_model::{Amount, Claim, ClaimKind, Fact, Interval, Period, Ratio, Unit, Verdict};
use tieout_source::{Span, spelled};

/// Tables looked back at from a note.
const MOST_TABLES: usize = 8;
/// Tables whose marks one note may explain: a balance sheet and the income statements of a year and of a part.
const MOST_KEYED: usize = 3;
/// Figures that one note is compared with.
const MOST_FIGURES: usize = 12;
/// Figures with marks kept of one table.
const MOST_MARKED: usize = 200;
/// Numbers of a note that are taken together; each more doubles the sums to try.
const MOST_TERMS: usize = 6;
/// Bytes after a figure in which its marks stand.
const REACH: u32 = 240;
/// How much less likely than this in one a calculation must be to hit a figure by accident.
const ODDS: i128 = 10;

/// The figures of a table that bear marks, each with a mark of its own.
type Marked<'a> = Vec<(String, &'a Fact)>;

/// A number of the note, or a product of two, and the claims it is made of.
struct Term {
    claims: Vec<usize>,
    centre: Ratio,
    image: Interval,
    shown: String,
}

/// Settles open claims of notes by the figures that bear the note's mark; returns which.
pub(super) fn settle(book: &Book<'_>, claims: &mut [Claim]) -> BTreeSet<usize> {
    let mut settled = BTreeSet::new();
    let mut marked = BTreeMap::new();
    let mut at = 0;
    while let Some(first) = claims.get(at) {
        let same = |c: &&Claim| c.note == first.note && c.doc == first.doc;
        let end = at + claims.get(at..).unwrap_or_default().iter().take_while(same).count().max(1);
        if !first.note.is_empty() {
            let keyed = keyed(book, first, &mut marked);
            if !keyed.is_empty() {
                note(book, claims, at..end, &keyed, &mut settled);
            }
        }
        at = end;
    }
    settled
}

/// The figures that bear a note's mark, in the tables before it, nearest first. Further tables than the nearest
/// share its notes only where all are pro forma.
fn keyed<'a>(book: &Book<'a>, claim: &Claim, marked: &mut BTreeMap<usize, Marked<'a>>) -> Vec<&'a Fact> {
    let mut found: Vec<&'a Fact> = Vec::new();
    let mut tables = 0;
    let before = book.tables.partition_point(|t| (t.doc, t.span.start) < (claim.doc, claim.span.start));
    let near = book.tables.iter().enumerate().take(before).rev().take(MOST_TABLES);
    for (t, table) in near.filter(|(_, table)| table.doc == claim.doc) {
        let marked = marked.entry(t).or_insert_with(|| {
            let own = (0u32..).take(table.lines.len()).flat_map(|l| book.row((t as u32, l)));
            own.filter(|f| !f.amount.is_zero()).flat_map(|f| marks(book, f)).take(MOST_MARKED).collect()
        });
        let own = marked.iter().filter(|(mark, _)| mark.eq_ignore_ascii_case(&claim.note)).map(|&(_, fact)| fact);
        let had = found.len();
        if tables == 0 || !table.scenario.is_empty() {
            found.extend(own);
        }
        tables += usize::from(found.len() > had);
        if tables == MOST_KEYED || tables > 0 && table.scenario.is_empty() {
            break;
        }
    }
    found.truncate(MOST_FIGURES);
    found
}

/// The marks that stand after a figure: "11,679(7)(8)".
fn marks<'a>(book: &Book<'a>, fact: &'a Fact) -> Vec<(String, &'a Fact)> {
    let next = book.position(fact.reference()).and_then(|at| book.facts.get(at + 1));
    let end = next.map_or(u32::MAX, |f| f.span.start).min(fact.span.end.saturating_add(REACH));
    let span = Span { start: fact.span.end, end: end.min(book.source.span().end) };
    let mut marks = Vec::new();
    // Cheap: most figures have nothing but space after them.
    if span.start >= span.end || memchr::memchr(b'(', book.source.slice(span)).is_none() {
        return marks;
    }
    let words = book.words(span);
    let mut rest = words.trim_start_matches([')', '%', ' ']);
    while let Some((own, after)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        if own.len() > 3 || !own.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        marks.push((own.to_owned(), fact));
        rest = after.trim_start_matches([',', ' ']);
    }
    marks
}

fn note(
    book: &Book<'_>,
    claims: &mut [Claim],
    range: std::ops::Range<usize>,
    keyed: &[&Fact],
    settled: &mut BTreeSet<usize>,
) {
    for at in range.clone() {
        let Some(claim) = claims.get_mut(at) else { continue };
        if claim.verdict != Verdict::Open || claim.kind != ClaimKind::Amount {
            continue;
        }
        let one = keyed.iter().filter_map(|&fact| level(claim, fact)).find(|a| agrees(claim, a));
        let found =
            one.or_else(|| pairs(book, keyed).find(|a| agrees(claim, a))).or_else(|| over_years(book, claim, keyed));
        if let Some(attempt) = found {
            tie(book, claim, &attempt);
            settled.insert(at);
        }
    }
    let products = products(claims, range.clone());
    let tries = products.len();
    for product in &products {
        let hit = keyed.iter().find(|fact| {
            parts_of_year(fact.period).into_iter().flatten().any(|part| hits(product, part, fact, tries * keyed.len()))
        });
        if let Some(fact) = hit {
            tie_all(book, claims, product, fact, settled);
        }
    }
    if let Some((whole, fact)) = composed(claims, range, &products, keyed) {
        tie_all(book, claims, &whole, fact, settled);
    }
}

/// The figure itself; with a single digit only to the dollar.
fn level<'a>(claim: &Claim, fact: &'a Fact) -> Option<Attempt<'a>> {
    let enough = claim.amount.mantissa.saturating_abs() >= 10 || claim.amount.same_value(fact.amount.abs());
    let shown = String::new();
    (enough && fact.unit == claim.unit).then_some(())?;
    attempt(How::Level, (fact.amount.abs().ratio()?, fact.amount.abs().interval()?), vec![fact], shown)
}

/// The only two figures of a column that bear the mark, added: a receivable given up and a debt taken on.
fn pairs<'a>(book: &Book<'a>, keyed: &[&'a Fact]) -> impl Iterator<Item = Attempt<'a>> {
    let mut columns: Vec<(u32, u32)> = keyed.iter().map(|f| (f.table, f.col)).collect();
    columns.dedup();
    columns.into_iter().filter_map(|column| {
        let own: Vec<&'a Fact> = keyed.iter().copied().filter(|f| (f.table, f.col) == column).collect();
        let [a, b] = *own.as_slice() else { return None };
        let centre = a.amount.abs().ratio()?.add(b.amount.abs().ratio()?)?;
        let image = a.amount.abs().interval()?.add(b.amount.abs().interval()?)?;
        let shown = format!("{} + {}", book.figure_like(a, a.amount.abs()), book.figure_like(b, b.amount.abs()));
        attempt(How::Defined, (centre, image), vec![a, b], shown)
    })
}

fn attempt<'a>(
    how: How,
    (centre, image): (Ratio, Interval),
    facts: Vec<&'a Fact>,
    shown: String,
) -> Option<Attempt<'a>> {
    Some(Attempt { how, centre, image, facts, certain: false, unsigned: true, note: "", shown })
}

/// What is written off over years that the sentence names is a year's charge.
fn over_years<'a>(book: &Book<'_>, claim: &Claim, keyed: &[&'a Fact]) -> Option<Attempt<'a>> {
    let (before, after) = around(book, claim);
    if !has_any(&before, &["amortiz", "depreciat"]) && !has_any(&after, &["amortiz", "depreciat"]) {
        return None;
    }
    let years = years(&after)?;
    let of = Ratio::new(years, 1)?;
    let term = Term {
        claims: Vec::new(),
        centre: claim.amount.ratio()?.div(of)?,
        image: claim.amount.interval()?.div(Interval::point(of))?,
        shown: format!("{} / {years} years", say::figure(claim.amount, 0)),
    };
    let tries = keyed.len();
    let charged = keyed.iter().filter(|f| matches!(f.period, Some(Period::Duration(..))));
    let hit =
        |fact: &&&Fact| parts_of_year(fact.period).into_iter().flatten().any(|part| hits(&term, part, fact, tries));
    let fact = charged.copied().find(|fact| hit(&fact))?;
    // Held against the claim's own number elsewhere: the attempt is its value, of which the figure is a part.
    attempt(How::Defined, (claim.amount.ratio()?, claim.amount.interval()?), vec![fact], term.shown)
}

/// The number of years named first: "over 20 years", "a five-year life".
fn years(text: &str) -> Option<i128> {
    let words: Vec<&str> = text.split([' ', '-', '(', ')', ',']).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| w.starts_with("year"))?;
    let number = words.get(at.checked_sub(1)?)?;
    spelled(number.as_bytes()).map(i128::from).or_else(|| number.parse().ok()).filter(|n| (1..=50).contains(n))
}

/// A yearly amount counts as it is, and for a figure of a part of the year in its part.
fn parts_of_year(period: Option<Period>) -> [Option<Ratio>; 2] {
    let part = period.map_or(0, Period::quarters);
    [Ratio::new(1, 1), (1..4).contains(&part).then(|| Ratio::new(part.into(), 4)).flatten()]
}

/// Prices times shares and rates times amounts of one note.
fn products(claims: &[Claim], range: std::ops::Range<usize>) -> Vec<Term> {
    let mut products = Vec::new();
    let own = || range.clone().take(2 * MOST_TERMS).filter_map(|at| Some((at, claims.get(at)?)));
    let guidance = |c: &Claim| c.kind == ClaimKind::Guidance;
    for (a, first) in own().filter(|(_, c)| !guidance(c)) {
        for (b, second) in own().filter(|(_, c)| !guidance(c)) {
            let price = matches!(first.unit, Unit::PerShare(_)) && second.unit == Unit::Shares;
            let rate = first.unit == Unit::Pure
                && matches!(first.kind, ClaimKind::Other | ClaimKind::Ratio | ClaimKind::ShareOf)
                && matches!(second.unit, Unit::Money(_));
            if price || rate {
                products.extend(product(claims, a, b, rate));
            }
        }
    }
    products
}

fn product(claims: &[Claim], a: usize, b: usize, rate: bool) -> Option<Term> {
    let (first, second) = (claims.get(a)?, claims.get(b)?);
    let (x, y) = (first.amount.abs(), second.amount.abs());
    let shown = if rate { say::percent(x) } else { say::figure(x, 0) };
    Some(Term {
        claims: vec![a, b],
        centre: x.ratio()?.mul(y.ratio()?)?,
        image: x.interval()?.mul(y.interval()?)?,
        shown: format!("{shown} x {}", say::figure(y, 0)),
    })
}

/// All amounts of the note, with each price times the shares beside it, added and taken away: the signs that make a
/// keyed figure, where that is no accident.
fn composed<'a>(
    claims: &[Claim],
    range: std::ops::Range<usize>,
    products: &[Term],
    keyed: &[&'a Fact],
) -> Option<(Term, &'a Fact)> {
    let mut terms: Vec<Term> = Vec::new();
    for (at, claim) in range.filter_map(|at| Some((at, claims.get(at)?))) {
        if terms.len() > MOST_TERMS {
            return None;
        }
        let own = || products.iter().find(|p| p.claims == [at, at + 1] || p.claims == [at + 1, at]);
        match claim.unit {
            Unit::PerShare(_) | Unit::Shares => {
                if let Some(p) =
                    own().filter(|p| terms.last().is_none_or(|t| !t.claims.contains(p.claims.first().unwrap_or(&0))))
                {
                    terms.push(Term { claims: p.claims.clone(), shown: p.shown.clone(), ..*p });
                }
            }
            Unit::Money(_) if claim.kind == ClaimKind::Amount => terms.push(Term {
                claims: vec![at],
                centre: claim.amount.abs().ratio()?,
                image: claim.amount.abs().interval()?,
                shown: say::figure(claim.amount.abs(), 0),
            }),
            _ => {}
        }
    }
    if !(2..=MOST_TERMS).contains(&terms.len()) {
        return None;
    }
    let ways = 1usize << (terms.len() - 1);
    // Round amounts agree more often: 230,000 - 240,000 + 250,000 are tens of thousands.
    let own = terms.iter().flat_map(|t| &t.claims).filter_map(|&at| claims.get(at));
    let unit = own.filter(|c| c.kind == ClaimKind::Amount).map(|c| last_digit(c.amount)).min().unwrap_or(0);
    let unit = Amount::new(1, unit).ratio()?;
    let of_one = |fact: &&&Fact| terms.iter().any(|t| t.centre == fact.amount.abs().ratio().unwrap_or(Ratio::ZERO));
    (0..ways).filter_map(|minus| sum(&terms, minus)).find_map(|whole| {
        let one = Ratio::new(1, 1)?;
        let odds = unit.mul(Ratio::new((ways * keyed.len()) as i128 * ODDS, 1)?)?;
        let fact = keyed.iter().filter(|fact| !of_one(fact)).find(|fact| {
            hits(&whole, one, fact, ways * keyed.len()) && fact.amount.abs().ratio().is_some_and(|v| odds <= v)
        })?;
        Some((whole, *fact))
    })
}

/// The place of the last digit before a number's zeros.
fn last_digit(amount: Amount) -> i8 {
    let mut told = amount;
    while told.mantissa % 10 == 0 && told.mantissa != 0 {
        told = Amount::new(told.mantissa / 10, told.exponent.saturating_add(1));
    }
    told.exponent
}

/// The first term, and the others with the signs that the bits of `minus` say.
fn sum(terms: &[Term], minus: usize) -> Option<Term> {
    let mut whole =
        Term { claims: Vec::new(), centre: Ratio::ZERO, image: Interval::point(Ratio::ZERO), shown: String::new() };
    for (n, term) in terms.iter().enumerate() {
        let taken = n > 0 && minus >> (n - 1) & 1 == 1;
        whole.centre = if taken { whole.centre.sub(term.centre)? } else { whole.centre.add(term.centre)? };
        whole.image = if taken { whole.image.sub(term.image)? } else { whole.image.add(term.image)? };
        whole.shown.push_str(if n == 0 {
            ""
        } else if taken {
            " - "
        } else {
            " + "
        });
        whole.shown.push_str(&term.shown);
        whole.claims.extend(&term.claims);
    }
    Some(whole)
}

/// The calculation makes the figure, and so many tries would not make it by accident.
fn hits(term: &Term, part: Ratio, fact: &Fact, tries: usize) -> bool {
    let hit = || {
        let (image, figure) = (term.image.mul(Interval::point(part))?.abs(), fact.amount.abs().interval()?);
        let width = image.high.sub(image.low)?.add(figure.high.sub(figure.low)?)?;
        let chance = width.mul(Ratio::new(tries as i128 * ODDS, 1)?)?;
        let money = matches!(fact.unit, Unit::Money(_));
        Some(money && image.meets(figure) && chance <= fact.amount.abs().ratio()?)
    };
    hit().unwrap_or(false)
}

fn tie_all(book: &Book<'_>, claims: &mut [Claim], term: &Term, fact: &Fact, settled: &mut BTreeSet<usize>) {
    for &at in &term.claims {
        let Some(claim) = claims.get_mut(at).filter(|c| c.verdict == Verdict::Open) else { continue };
        let made = attempt(How::Defined, (term.centre, term.image), vec![fact], term.shown.clone());
        if let Some(attempt) = made {
            tie(book, claim, &attempt);
            settled.insert(at);
        }
    }
}

fn tie(book: &Book<'_>, claim: &mut Claim, attempt: &Attempt<'_>) {
    let figures: Vec<String> = attempt
        .facts
        .iter()
        .map(|f| format!("{} {} (table {})", book.subject(f), book.figure(f), f.table + 1))
        .collect();
    let figures = figures.join(" and ");
    claim.verdict = Verdict::Ties;
    claim.support = attempt.facts.iter().map(|f| f.reference()).collect();
    claim.computed = match attempt.how {
        How::Level => attempt.facts.first().map(|f| book.figure(f)).unwrap_or_default(),
        _ => attempt.shown.clone(),
    };
    claim.because = match attempt.how {
        How::Level => format!("{figures}, which bears the mark of this note ({})", claim.note),
        _ => format!("{}: {figures}, keyed to this note ({})", attempt.shown, claim.note),
    };
}

#[cfg(test)]
mod tests {
    use super::years;
    use crate::testing::{checked, claim};
    use tieout_model::{Amount, Claim, ClaimKind, Unit, Verdict};

    /// Marks stand after the figures of a table that is pro forma; the figures are of a filing, the words ours.
    const ADJUSTED: &str = "\
table BS 3 2000-03-31
Cash | (25,877)(1)
Investments | (13,477)(1)
Due from brokers | (12,329)(6)
Borrowings | 8,843(6)
table IS 3 1999-04-01..2000-03-31
Interest income | 3,400(A)
Amortization | 371(K)
The amortization of $1.9 million over five years.
";

    /// A claim of the note `mark`, which stands after the tables.
    fn said(mark: &str, kind: ClaimKind, unit: Unit, amount: Amount) -> Claim {
        let mut said = claim(kind, "", amount, "2000-03-31");
        (said.note, said.unit) = (mark.to_owned(), unit);
        said.span = tieout_model::Span::new(ADJUSTED.len() - 1, ADJUSTED.len() - 1);
        said
    }

    fn verdicts(claims: Vec<Claim>) -> Vec<Verdict> {
        checked(ADJUSTED, claims).claims.iter().map(|c| c.verdict).collect()
    }

    #[test]
    fn a_note_is_of_the_figures_that_bear_its_mark() {
        let money =
            |mark, mantissa, exponent| said(mark, ClaimKind::Amount, Unit::USD, Amount::new(mantissa, exponent));
        assert_eq!(verdicts(vec![money("1", 13_477_000, 0)]), [Verdict::Ties]);
        assert_eq!(verdicts(vec![money("6", 21, 6)]), [Verdict::Ties], "12,329 and 8,843");
        assert_eq!(verdicts(vec![money("6", 13_477_000, 0)]), [Verdict::Open], "it bears another mark");
    }

    #[test]
    fn what_a_note_reckons_is_reckoned() {
        let money =
            |mark, mantissa, exponent| said(mark, ClaimKind::Amount, Unit::USD, Amount::new(mantissa, exponent));
        let rate = said("A", ClaimKind::Other, Unit::Pure, Amount::new(85, -3));
        assert_eq!(verdicts(vec![money("A", 40_000_000, 0), rate]), [Verdict::Ties; 2]);
        let price = said("1", ClaimKind::PerShare, Unit::USD_PER_SHARE, Amount::new(600, -2));
        let shares = said("1", ClaimKind::Count, Unit::Shares, Amount::new(4_659_691, 0));
        let paid = [money("1", 4_446_310, 0), money("1", 6_950_000, 0), money("1", 13_477_000, 0)];
        let [a, b, c] = paid.clone();
        assert_eq!(verdicts(vec![price.clone(), shares.clone(), a, b, c]), [Verdict::Ties; 5]);
        // Without one of the amounts nothing adds up.
        let [_, b, _] = paid;
        assert_eq!(verdicts(vec![price, shares, b]), [Verdict::Open; 3]);
    }

    #[test]
    fn an_amount_over_its_years_is_a_charge_of_a_year() {
        let at = ADJUSTED.find("$1.9").unwrap();
        let cost = |mantissa| {
            let mut cost = said("K", ClaimKind::Amount, Unit::USD, Amount::new(mantissa, 5));
            cost.span = tieout_model::Span::new(at, at + 12);
            verdicts(vec![cost])
        };
        assert_eq!(cost(19), [Verdict::Ties]);
        assert_eq!(cost(21), [Verdict::Open]);
    }

    #[test]
    fn years_are_read_in_words_and_digits() {
        assert_eq!(years(" recorded for the two of them over 20 years"), Some(20));
        assert_eq!(years(" over their fifteen-year lives"), Some(15));
        assert_eq!(years(" in the year 2000"), None);
    }
}
