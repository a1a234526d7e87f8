//! Figures of supplementary tables: segments, products, key figures, operating statistics. No line of them
//! alone says what a claim says; row, headings, title and column do together. "Revenue in Cloud Services was
//! $12.3 billion" stands in the row "Cloud Services" under "Revenue"; "LinkedIn revenue increased 21%" in the
//! row "LinkedIn" of a table about revenue, in the column "Percentage change".

use super::numbers::{Index, Numbers, each_word};
use super::period::fits;
use super::resolve::Resolver;
use super::{Attempt, How};
use crate::book::{Book, Place};
use crate::words::{AnyOf, has};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use tieout_model::{Claim, ClaimKind, Fact, FactRef, LineRole, StatementKind, Table, Unit};
use tieout_source::Lexicon;

/// Rows and columns looked at for one claim.
const MOST: usize = 96;
/// Lines below a row among which the total that closes it stands.
const CLOSING: u32 = 40;

/// Rows and column headings of supplementary tables, by their words; each word is a number, so that no label
/// is spelled out for every claim.
pub(super) struct Supplement {
    spelled: Spelled,
    /// The rows that each word tells; no small words, no measures.
    rows: Index<Place>,
    /// The same of columns: table and column.
    columns: Index<Place>,
    /// The figures that a subject names.
    named: RefCell<HashMap<String, Rc<Vec<Named>>>>,
}

/// The texts of supplementary tables as numbers.
#[derive(Default)]
struct Spelled {
    numbers: Numbers,
    /// What each word is.
    words: Vec<Word>,
    /// The words of the text that is being read.
    own: Vec<u32>,
    /// The words of every title, line and column, one text after the other, each word of a text once.
    all: Vec<u32>,
    /// Where each text ends.
    ends: Vec<u32>,
    /// For each table, which text is its title; its lines and then its columns follow. None for a statement.
    titles: Vec<Option<u32>>,
}

/// What is known of a word.
struct Word {
    sort: Sort,
    /// A year, a day.
    digits: bool,
}

/// What a word is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Tells nothing of which row is meant.
    Small,
    /// What is measured, as opposed to where: a word that many rows share.
    Measure,
    /// How much it changed: a measure that goes with any other.
    Change,
    Telling,
}

impl Sort {
    pub(super) fn of(word: &str) -> Sort {
        SORTS.get(word.as_bytes()).unwrap_or(Sort::Telling)
    }
}

/// A word of a claim: its number, where a table has it.
struct Asked {
    number: Option<u32>,
    sort: Sort,
}

/// A figure that is named.
struct Named {
    fact: FactRef,
    /// How many words of the claim its row (or column) names.
    words: usize,
    /// The column names it, and the row says what it is.
    sideways: bool,
}

impl Supplement {
    pub(super) fn new(book: &Book<'_>) -> Supplement {
        let mut spelled = Spelled::default();
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for (t, table) in (0u32..).zip(book.tables) {
            if table.kind != StatementKind::Other {
                spelled.titles.push(None);
                continue;
            }
            spelled.titles.push(Some(spelled.ends.len() as u32));
            spelled.read(&table.title);
            for (l, line) in (0u32..).zip(&table.lines) {
                spelled.read(&line.label);
                if !book.row((t, l)).is_empty() && line.label.len() <= 200 {
                    rows.extend(spelled.telling().map(|word| (word, (t, l))));
                }
            }
            for (c, column) in (0u32..).zip(&table.columns) {
                spelled.read(&column.heading);
                if column.heading.len() <= 200 {
                    columns.extend(spelled.telling().map(|word| (word, (t, c))));
                }
            }
        }
        Supplement { spelled, rows: Index::new(rows), columns: Index::new(columns), named: RefCell::default() }
    }

    /// What the figures that a claim's words name make of it.
    pub(super) fn attempts<'a>(&self, resolver: &Resolver<'a>, claim: &Claim) -> Vec<Attempt<'a>> {
        let known = self.named.borrow().get(&claim.subject).cloned();
        let named = known.unwrap_or_else(|| {
            let named = Rc::new(self.named(resolver.book, &claim.subject));
            self.named.borrow_mut().insert(claim.subject.clone(), named.clone());
            named
        });
        named.iter().filter_map(|n| self.spelled.attempt(resolver, claim, n)).collect()
    }

    /// The figures that a subject names best.
    fn named(&self, book: &Book<'_>, subject: &str) -> Vec<Named> {
        let spelled = &self.spelled;
        let mut asked: Vec<Asked> = Vec::new();
        each_word(subject, |word| {
            asked.push(Asked { number: spelled.numbers.get(word), sort: Sort::of(word) });
        });
        let mut named: Vec<Named> = Vec::new();
        if asked.iter().all(|w| w.sort != Sort::Telling) {
            return named;
        }
        for place in places(&self.rows, &asked, |(t, l)| spelled.names(spelled.line(t, l), &asked)) {
            spelled.by_row(book, &asked, place, &mut named);
        }
        for place in places(&self.columns, &asked, |(t, c)| spelled.names(spelled.column(book, t, c), &asked)) {
            spelled.by_column(book, &asked, place, &mut named);
        }
        let best = named.iter().map(|n| n.words).max().unwrap_or(0);
        named.retain(|n| n.words == best);
        named
    }
}

impl Spelled {
    /// Spells a text out.
    fn read(&mut self, text: &str) {
        let Spelled { numbers, words, own, all, ends, .. } = self;
        each_word(text, |word| {
            let number = numbers.of(word);
            if number as usize == words.len() {
                words.push(Word { sort: Sort::of(word), digits: word.bytes().all(|b| b.is_ascii_digit()) });
            }
            own.push(number);
        });
        // Each word of the text once.
        own.sort_unstable();
        own.dedup();
        all.append(own);
        ends.push(all.len() as u32);
    }

    /// Those words of the text read last that tell which row is meant.
    fn telling(&self) -> impl Iterator<Item = u32> {
        let own = self.ends.len().checked_sub(1).map(|last| self.at(last)).unwrap_or_default();
        own.iter().copied().filter(|&word| self.sort(word) == Sort::Telling)
    }

    /// The words of the n-th text.
    fn at(&self, n: usize) -> &[u32] {
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(n).copied().unwrap_or(start);
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The words of a table's text: of its title, of line n after n others, of a column after all lines.
    fn text(&self, table: u32, after: usize) -> &[u32] {
        let title = self.titles.get(table as usize).copied().flatten();
        title.map(|title| self.at(title as usize + after)).unwrap_or_default()
    }

    fn title(&self, table: u32) -> &[u32] {
        self.text(table, 0)
    }

    fn line(&self, table: u32, line: u32) -> &[u32] {
        self.text(table, 1 + line as usize)
    }

    fn column(&self, book: &Book<'_>, table: u32, column: u32) -> &[u32] {
        let lines = book.tables.get(table as usize).map_or(0, |t| t.lines.len());
        self.text(table, 1 + lines + column as usize)
    }

    /// The row names what the claim speaks of; headings, title and column name the rest.
    fn by_row(&self, book: &Book<'_>, asked: &[Asked], place: Place, into: &mut Vec<Named>) {
        let own = self.line(place.0, place.1);
        let headings = book.line(place).map(|line| line.section.as_slice()).unwrap_or_default();
        let mut around = self.title(place.0).to_vec();
        headings.iter().for_each(|&h| around.extend(self.line(place.0, h)));
        closing(book, place).into_iter().for_each(|total| around.extend(self.line(place.0, total)));
        for fact in book.row(place) {
            if self.covers(asked, own, [&around, self.column(book, place.0, fact.col)]) {
                into.push(Named { fact: fact.reference(), words: own.len(), sideways: false });
            }
        }
    }

    /// A table turned on its side: the column names it, the row says what it is.
    fn by_column(&self, book: &Book<'_>, asked: &[Asked], (t, col): Place, into: &mut Vec<Named>) {
        let own = self.column(book, t, col);
        let lines = book.tables.get(t as usize).map_or(0, |table| table.lines.len());
        for l in (0u32..).take(lines.min(MOST)) {
            let Some(fact) = book.cell((t, l), col) else { continue };
            if self.covers(asked, own, [self.line(t, l), self.title(t)]) {
                into.push(Named { fact: fact.reference(), words: own.len(), sideways: true });
            }
        }
    }

    fn sort(&self, word: u32) -> Sort {
        self.words.get(word as usize).map_or(Sort::Small, |w| w.sort)
    }

    /// Every word of a name is asked for, and one of them tells it from others.
    fn names(&self, own: &[u32], asked: &[Asked]) -> bool {
        own.len() <= asked.len()
            && own.iter().all(|&w| is_asked(asked, w))
            && own.iter().any(|&w| self.sort(w) == Sort::Telling)
    }

    /// What a name leaves of the words asked for stands around it. A measure that is said nowhere is taken as
    /// understood, unless the words around speak of another.
    fn covers(&self, asked: &[Asked], own: &[u32], context: [&[u32]; 2]) -> bool {
        let said = |w: &Asked| w.number.is_some_and(|n| own.contains(&n) || context.iter().any(|c| c.contains(&n)));
        let mut understood = false;
        for word in asked.iter().filter(|w| !said(w)) {
            match word.sort {
                Sort::Small => {}
                Sort::Measure | Sort::Change => understood = true,
                Sort::Telling => return false,
            }
        }
        let other = |&w: &u32| self.sort(w) == Sort::Measure && !is_asked(asked, w);
        !understood || !context.into_iter().flatten().any(other)
    }

    /// The calculation that a figure of this sort allows for the claim.
    fn attempt<'a>(&self, resolver: &Resolver<'a>, claim: &Claim, named: &Named) -> Option<Attempt<'a>> {
        const CURRENCY: &str = "constant currency";
        let fact = resolver.book.fact(named.fact)?;
        let says = |speaks: &dyn Fn(&str) -> bool| says(resolver.book, fact, named.sideways, speaks);
        let constant = says(&|text| has(text, CURRENCY) || has(text, "constant-currency"));
        if constant != (has(&claim.basis, CURRENCY) || has(&claim.quote, CURRENCY)) {
            return None;
        }
        let change = || says(&|text| CHANGES.within(text));
        let period = match (claim.period, fact.period) {
            (Some(want), Some(have)) => fits(want, have).is_some(),
            _ => true,
        };
        // "Other" names nothing; only a number of three digits says that it is the row meant.
        let label = resolver.book.line((fact.table, fact.line)).map_or("", |line| line.label.as_str());
        if claim.amount.mantissa.saturating_abs() < 100 && label.eq_ignore_ascii_case("other") {
            return None;
        }
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
            ClaimKind::ChangePercent if percent => level(How::Printed).filter(|_| change()),
            ClaimKind::ChangePercent | ClaimKind::ChangeAmount if period && !percent && !fact.aside => {
                let base = self.base(resolver, claim, fact).filter(|b| !b.amount.is_zero())?;
                let how = if claim.kind == ClaimKind::ChangePercent { How::Change } else { How::Difference };
                Attempt::of_two(how, fact, base, false)
            }
            ClaimKind::Amount | ClaimKind::PerShare | ClaimKind::Count if period && !percent && !fact.aside => {
                level(How::Level)
            }
            ClaimKind::Ratio | ClaimKind::ShareOf if period && percent && !change() => level(How::Level),
            _ => None,
        }
    }

    /// The earlier figure of the same row, in the column that is headed alike but for its year.
    fn base<'a>(&self, resolver: &Resolver<'a>, claim: &Claim, fact: &Fact) -> Option<&'a Fact> {
        let wanted = claim.base.or_else(|| fact.period?.years_before(1))?;
        let digits = |&&w: &&u32| self.words.get(w as usize).is_none_or(|word| word.digits);
        let head = |f: &Fact| self.column(resolver.book, f.table, f.col).iter().filter(move |w| !digits(w));
        let row = resolver.book.row((fact.table, fact.line)).iter();
        let mut earlier =
            row.filter(|f| !f.aside && f.unit == fact.unit && f.period.is_some_and(|p| fits(wanted, p).is_some()));
        let alike: Vec<&'a Fact> = earlier.clone().filter(|f| head(f).eq(head(fact))).collect();
        match (alike.as_slice(), earlier.next(), earlier.next()) {
            ([base], ..) => Some(base),
            // Headings that tell more than the year (month and day) are alike in what they are of.
            ([], Some(base), None) => Some(base),
            _ => None,
        }
    }
}

/// Words of a change.
static CHANGES: AnyOf = AnyOf::new(&["chang", "chg", "growth", "increase", "decrease", "y/y", " vs", "variance", "%"]);

/// What stands around a figure speaks of something: column, label and headings; of a row that only says what the
/// figure of a column is, its label.
fn says(book: &Book<'_>, fact: &Fact, sideways: bool, speaks: &dyn Fn(&str) -> bool) -> bool {
    let Some(table) = book.table(fact) else { return false };
    let label = |l: u32| table.lines.get(l as usize).is_some_and(|line| speaks(&line.label));
    let headings = table.lines.get(fact.line as usize).map(|line| line.section.as_slice()).unwrap_or_default();
    label(fact.line) || !sideways && (speaks(heading(table, fact.col)) || headings.iter().any(|&h| label(h)))
}

/// The next total below a row under the same headings: "Total segment earnings" says what the rows above it are of.
fn closing(book: &Book<'_>, (table, row): Place) -> Option<u32> {
    let own = book.line((table, row))?;
    for below in row.saturating_add(1)..row.saturating_add(CLOSING) {
        let line = book.line((table, below))?;
        if line.role == LineRole::Heading || line.section != own.section {
            return None;
        }
        if line.label.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("total ")) {
            return Some(below);
        }
    }
    None
}

fn is_asked(asked: &[Asked], word: u32) -> bool {
    asked.iter().any(|w| w.number == Some(word))
}

/// The places of the telling words, those of the rarest first, as far as their names are asked for.
fn places(index: &Index<Place>, asked: &[Asked], named: impl Fn(Place) -> bool) -> Vec<Place> {
    let mut telling: Vec<u32> = asked.iter().filter(|w| w.sort == Sort::Telling).filter_map(|w| w.number).collect();
    telling.sort_unstable();
    telling.dedup();
    let mut lists: Vec<&[(u32, Place)]> = telling.into_iter().map(|word| index.under(word)).collect();
    lists.sort_by_key(|list| list.len());
    let near = lists.into_iter().flatten().take(MOST).map(|&(_, place)| place);
    let mut places: Vec<Place> = near.filter(|&place| named(place)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn heading(table: &Table, col: u32) -> &str {
    table.columns.get(col as usize).map_or("", |c| c.heading.as_str())
}

static SORTS: Lexicon<Sort, 128> = {
    use Sort::{Change, Measure, Small};
    Lexicon::new(&[
        ("and", Small),
        ("the", Small),
        ("of", Small),
        ("in", Small),
        ("our", Small),
        ("for", Small),
        ("from", Small),
        ("per", Small),
        ("to", Small),
        ("on", Small),
        ("at", Small),
        ("by", Small),
        ("a", Small),
        ("an", Small),
        ("its", Small),
        ("their", Small),
        ("total", Small),
        ("company", Small),
        ("segment", Small),
        ("division", Small),
        ("business", Small),
        ("overall", Small),
        ("reported", Small),
        ("revenue", Measure),
        ("income", Measure),
        ("profit", Measure),
        ("margin", Measure),
        ("expense", Measure),
        ("cost", Measure),
        ("loss", Measure),
        ("earning", Measure),
        ("ebitda", Measure),
        ("ebit", Measure),
        ("asset", Measure),
        ("loan", Measure),
        ("deposit", Measure),
        ("operating", Measure),
        ("net", Measure),
        ("gross", Measure),
        ("growth", Change),
        ("change", Change),
        ("percentage", Change),
        ("percent", Change),
        ("increase", Change),
        ("decrease", Change),
        ("rate", Measure),
        ("volume", Measure),
    ])
};

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
}
