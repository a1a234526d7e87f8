//! Figures of supplementary tables: segments, products, key figures, operating statistics. No line of them
//! alone says what a claim says; row, headings, title and column do together. "Revenue in Cloud Services was
//! $12.3 billion" stands in the row "Cloud Services" under "Revenue"; "LinkedIn revenue increased 21%" in the
//! row "LinkedIn" of a table about revenue, in the column "Percentage change".

use super::period::fits;
use super::resolve::Resolver;
use super::{Attempt, How};
use crate::book::{Book, Place};
use std::collections::HashMap;
use tieout_model::{Claim, ClaimKind, Fact, StatementKind, Table, Unit};

/// Rows and columns looked at for one claim.
const MOST: usize = 96;

/// Rows and column headings of supplementary tables, by their words; each word is a number, so that no label
/// is spelled out for every claim.
#[derive(Default)]
pub(super) struct Supplement {
    numbers: HashMap<String, u32>,
    /// What each word is.
    words: Vec<Sort>,
    /// For each word, the rows it tells; no small words, no measures.
    rows: Vec<Vec<Place>>,
    /// The same of columns: table and column.
    columns: Vec<Vec<Place>>,
    /// For each table its words; none for a statement.
    tables: Vec<Spelled>,
}

/// What a word is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Small,
    Measure,
    Telling,
}

impl Sort {
    fn of(word: &str) -> Sort {
        match () {
            () if is_measure(word) => Sort::Measure,
            () if SMALL.contains(&word) => Sort::Small,
            () => Sort::Telling,
        }
    }
}

/// The words of a table, by number.
#[derive(Default)]
struct Spelled {
    title: Vec<u32>,
    lines: Vec<Vec<u32>>,
    columns: Vec<Vec<u32>>,
}

/// A word of a claim: its number, where a table has it.
struct Asked {
    number: Option<u32>,
    sort: Sort,
}

/// A figure with all that names it.
struct Named<'a> {
    fact: &'a Fact,
    /// How many words of the claim its row (or column) names.
    words: usize,
    /// The words around it that speak of a change.
    change: bool,
    constant_currency: bool,
}

impl Supplement {
    pub(super) fn new(book: &Book<'_>) -> Supplement {
        let mut all = Supplement::default();
        for (t, table) in (0u32..).zip(book.tables) {
            if table.kind != StatementKind::Other {
                all.tables.push(Spelled::default());
                continue;
            }
            let spelled = Spelled {
                title: all.read(&table.title),
                lines: table.lines.iter().map(|line| all.read(&line.label)).collect(),
                columns: table.columns.iter().map(|column| all.read(&column.heading)).collect(),
            };
            for ((l, line), own) in (0u32..).zip(&table.lines).zip(&spelled.lines) {
                if !book.row((t, l)).is_empty() && line.label.len() <= 200 {
                    list(&mut all.rows, &all.words, own, (t, l));
                }
            }
            for ((c, column), own) in (0u32..).zip(&table.columns).zip(&spelled.columns) {
                if column.heading.len() <= 200 {
                    list(&mut all.columns, &all.words, own, (t, c));
                }
            }
            all.tables.push(spelled);
        }
        all
    }

    /// The numbers of a text's words.
    fn read(&mut self, text: &str) -> Vec<u32> {
        let number = |word: String| match self.numbers.get(&word) {
            Some(&number) => number,
            None => {
                let number = self.words.len() as u32;
                self.words.push(Sort::of(&word));
                self.numbers.insert(word, number);
                number
            }
        };
        words(text).into_iter().map(number).collect()
    }

    /// What the figures that a claim's words name make of it; those named best.
    pub(super) fn attempts<'a>(&self, resolver: &Resolver<'a>, claim: &Claim) -> Vec<Attempt<'a>> {
        let asked = |word: &String| Asked { number: self.numbers.get(word).copied(), sort: Sort::of(word) };
        let asked: Vec<Asked> = words(&claim.subject).iter().map(asked).collect();
        if asked.iter().all(|w| w.sort != Sort::Telling) {
            return Vec::new();
        }
        let mut named: Vec<Named<'a>> = Vec::new();
        for place in places(&self.rows, &asked) {
            self.by_row(resolver.book, &asked, place, &mut named);
        }
        for place in places(&self.columns, &asked) {
            self.by_column(resolver.book, &asked, place, &mut named);
        }
        let best = named.iter().map(|n| n.words).max().unwrap_or(0);
        named.iter().filter(|n| n.words == best).filter_map(|n| attempt(resolver, claim, n)).collect()
    }

    /// The row names what the claim speaks of; headings, title and column name the rest.
    fn by_row<'a>(&self, book: &Book<'a>, asked: &[Asked], place: Place, into: &mut Vec<Named<'a>>) {
        let Some((table, line)) = book.tables.get(place.0 as usize).zip(book.line(place)) else { return };
        let Some(spelled) = self.tables.get(place.0 as usize) else { return };
        let Some(own) = spelled.lines.get(place.1 as usize) else { return };
        if !self.names(own, asked) {
            return;
        }
        let mut around = spelled.title.clone();
        let mut headed = String::new();
        for &h in &line.section {
            let Some((heading, words)) = table.lines.get(h as usize).zip(spelled.lines.get(h as usize)) else {
                continue;
            };
            around.extend(words);
            headed.push_str(&heading.label);
            headed.push('\n');
        }
        for fact in book.row(place) {
            let above = spelled.columns.get(fact.col as usize).map(Vec::as_slice).unwrap_or_default();
            if self.covers(asked, own, [&around, above]) {
                let said = format!("{}\n{}\n{headed}", heading(table, fact.col), line.label);
                into.push(of(fact, own.len(), &said));
            }
        }
    }

    /// A table turned on its side: the column names it, the row says what it is.
    fn by_column<'a>(&self, book: &Book<'a>, asked: &[Asked], (t, col): Place, into: &mut Vec<Named<'a>>) {
        let Some((table, spelled)) = book.tables.get(t as usize).zip(self.tables.get(t as usize)) else { return };
        let Some(own) = spelled.columns.get(col as usize) else { return };
        if !self.names(own, asked) {
            return;
        }
        for ((l, line), words) in (0u32..).zip(&table.lines).zip(&spelled.lines).take(MOST) {
            let Some(fact) = book.cell((t, l), col) else { continue };
            if self.covers(asked, own, [words, &spelled.title]) {
                into.push(of(fact, own.len(), &line.label));
            }
        }
    }

    fn sort(&self, word: u32) -> Sort {
        self.words.get(word as usize).copied().unwrap_or(Sort::Small)
    }

    /// Every word of a name is asked for, and one of them tells it from others.
    fn names(&self, own: &[u32], asked: &[Asked]) -> bool {
        own.iter().all(|&w| is_asked(asked, w)) && own.iter().any(|&w| self.sort(w) == Sort::Telling)
    }

    /// What a name leaves of the words asked for stands around it. A measure that is said nowhere is taken as
    /// understood, unless the words around speak of another.
    fn covers(&self, asked: &[Asked], own: &[u32], context: [&[u32]; 2]) -> bool {
        let said = |w: &Asked| w.number.is_some_and(|n| own.contains(&n) || context.iter().any(|c| c.contains(&n)));
        let mut understood = false;
        for word in asked.iter().filter(|w| !said(w)) {
            match word.sort {
                Sort::Small => {}
                Sort::Measure => understood = true,
                Sort::Telling => return false,
            }
        }
        let other = |&w: &u32| self.sort(w) == Sort::Measure && !is_asked(asked, w);
        !understood || !context.into_iter().flatten().any(other)
    }
}

fn is_asked(asked: &[Asked], word: u32) -> bool {
    asked.iter().any(|w| w.number == Some(word))
}

/// Lists a place under the words of its own that tell it.
fn list(index: &mut Vec<Vec<Place>>, sorts: &[Sort], own: &[u32], place: Place) {
    index.resize_with(sorts.len().max(index.len()), Vec::new);
    for &word in own {
        if sorts.get(word as usize) == Some(&Sort::Telling)
            && let Some(places) = index.get_mut(word as usize)
        {
            places.push(place);
        }
    }
}

/// The places of the telling words, those of the rarest first.
fn places(index: &[Vec<Place>], asked: &[Asked]) -> Vec<Place> {
    let telling = asked.iter().filter(|w| w.sort == Sort::Telling).filter_map(|w| w.number);
    let mut lists: Vec<&Vec<Place>> = telling.filter_map(|w| index.get(w as usize)).collect();
    lists.sort_by_key(|list| list.len());
    let mut places: Vec<Place> = lists.into_iter().flatten().take(MOST).copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn of<'a>(fact: &'a Fact, words: usize, said: &str) -> Named<'a> {
    let said = said.to_ascii_lowercase();
    let any = |list: &[&str]| list.iter().any(|w| said.contains(w));
    Named {
        fact,
        words,
        change: any(&["chang", "chg", "growth", "increase", "decrease", "y/y", " vs", "variance", "%"]),
        constant_currency: any(&["constant currency", "constant-currency"]),
    }
}

fn heading(table: &Table, col: u32) -> &str {
    table.columns.get(col as usize).map_or("", |c| c.heading.as_str())
}

/// The calculation that a figure of this sort allows for the claim.
fn attempt<'a>(resolver: &Resolver<'a>, claim: &Claim, named: &Named<'a>) -> Option<Attempt<'a>> {
    let fact = named.fact;
    let currency = |text: &str| text.to_ascii_lowercase().contains("constant currency");
    if named.constant_currency != (currency(&claim.basis) || currency(&claim.quote)) {
        return None;
    }
    let period = match (claim.period, fact.period) {
        (Some(want), Some(have)) => fits(want, have).is_some(),
        _ => true,
    };
    let percent = fact.unit == Unit::Pure;
    let level = |how| {
        Some(Attempt {
            how,
            centre: fact.amount.ratio()?,
            image: fact.amount.interval()?,
            facts: vec![fact],
            certain: false,
            unsigned: true,
            note: if how == How::Printed { "printed" } else { "" },
            shown: String::new(),
        })
    };
    match claim.kind {
        ClaimKind::ChangePercent if percent => level(How::Printed).filter(|_| named.change),
        ClaimKind::ChangePercent | ClaimKind::ChangeAmount if period && !percent && !fact.aside => {
            let base = base(resolver, claim, fact).filter(|b| !b.amount.is_zero())?;
            let how = if claim.kind == ClaimKind::ChangePercent { How::Change } else { How::Difference };
            Attempt::of_two(how, fact, base, false)
        }
        ClaimKind::Amount | ClaimKind::PerShare | ClaimKind::Count if period && !percent && !fact.aside => {
            level(How::Level)
        }
        ClaimKind::Ratio | ClaimKind::ShareOf if period && percent && !named.change => level(How::Level),
        _ => None,
    }
}

/// The earlier figure of the same row, in the column that is headed alike but for its year.
fn base<'a>(resolver: &Resolver<'a>, claim: &Claim, fact: &Fact) -> Option<&'a Fact> {
    let wanted = claim.base.or_else(|| fact.period?.years_before(1))?;
    let table = resolver.book.table(fact)?;
    let head = |f: &Fact| -> Vec<String> {
        words(heading(table, f.col)).into_iter().filter(|w| w.bytes().any(|b| !b.is_ascii_digit())).collect()
    };
    let own = head(fact);
    let row = resolver.book.row((fact.table, fact.line)).iter();
    let mut earlier =
        row.filter(|f| !f.aside && f.unit == fact.unit && f.period.is_some_and(|p| fits(wanted, p).is_some()));
    let alike: Vec<&'a Fact> = earlier.clone().filter(|f| head(f) == own).collect();
    match (alike.as_slice(), earlier.next(), earlier.next()) {
        ([base], ..) => Some(base),
        // Headings that tell more than the year (month and day) are alike in what they are of.
        ([], Some(base), None) => Some(base),
        _ => None,
    }
}

/// Words that tell nothing of which row is meant.
const SMALL: &[&str] = &[
    "and", "the", "of", "in", "our", "for", "from", "per", "to", "on", "at", "by", "a", "an", "its", "their", "total",
    "company", "segment", "division", "business", "overall", "reported",
];

/// A word that tells which row is meant.
pub(super) fn is_telling(word: &str) -> bool {
    !is_measure(word) && !SMALL.contains(&word)
}

/// What is measured, as opposed to where: a word that many rows share.
fn is_measure(word: &str) -> bool {
    const MEASURES: [&str; 24] = [
        "revenue",
        "income",
        "profit",
        "margin",
        "expense",
        "cost",
        "loss",
        "earning",
        "ebitda",
        "ebit",
        "asset",
        "loan",
        "deposit",
        "operating",
        "net",
        "gross",
        "growth",
        "change",
        "percentage",
        "percent",
        "increase",
        "decrease",
        "rate",
        "volume",
    ];
    MEASURES.contains(&word)
}

/// Lower case words in the singular; `(1)` is a note's mark, `365` is a name. Sales are revenue.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_alphanumeric()) {
        let note = rest.get(..at).is_some_and(|before| before.ends_with('('));
        let tail = rest.get(at..).unwrap_or_default();
        let end = tail.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}').unwrap_or(tail.len());
        let (word, after) = tail.split_at(end);
        rest = after;
        if note && after.starts_with(')') && word.len() <= 2 {
            continue;
        }
        let mut word = word.to_lowercase();
        for tail in ["'s", "\u{2019}s"] {
            if word.ends_with(tail) {
                word.truncate(word.len() - tail.len());
            }
        }
        if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") {
            word.pop();
        }
        words.push(match word.as_str() {
            "sale" => "revenue".to_owned(),
            "cwt" => "hundredweight".to_owned(),
            _ => word,
        });
    }
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use crate::testing::{claim, settled};
    use tieout_model::{Amount, ClaimKind, Verdict};

    const SEGMENTS: &str = "\
table UN 6 2020-01-01..2020-03-31 2019-01-01..2019-03-31
Revenue
  Cloud Services | 12,281 | 9,649
  Office 365 | 4,100 | 3,900
Operating income
  Cloud Services | 4,560 | 3,208
";
    const QUARTER: &str = "2020-01-01..2020-03-31";

    #[test]
    fn rows_and_headings_name_a_figure_together() {
        let amount = claim(ClaimKind::Amount, "Revenue in Cloud Services", Amount::new(123, 8), QUARTER);
        let (verdict, because) = settled(SEGMENTS, amount);
        assert_eq!(verdict, Verdict::Ties, "{because}");
        let income = claim(ClaimKind::Amount, "operating income of Cloud Services", Amount::new(46, 8), QUARTER);
        assert_eq!(settled(SEGMENTS, income).0, Verdict::Ties);
        let change = claim(ClaimKind::ChangePercent, "Cloud Services sales", Amount::new(27, -2), QUARTER);
        assert_eq!(settled(SEGMENTS, change).0, Verdict::Ties);
    }

    #[test]
    fn another_measure_or_another_name_is_another_figure() {
        for (subject, mantissa) in [("Revenue in Cloud Services", 46), ("Cloud Storage revenue", 123), ("revenue", 123)]
        {
            let (verdict, because) =
                settled(SEGMENTS, claim(ClaimKind::Amount, subject, Amount::new(mantissa, 8), QUARTER));
            assert_eq!(verdict, Verdict::Open, "{subject}: {because}");
        }
    }

    #[test]
    fn names_keep_their_numbers() {
        assert_eq!(super::words("Office 365 Commercial sales (1)"), ["365", "commercial", "office", "revenue"]);
    }
}
