//! From a claim's subject and period to the figures of the tables.

use super::families::Families;
use super::labels::{Labels, Listed};
use super::period::{Fit, fits};
use super::supplement::Supplement;
use super::wording::{around, differently, qualified, within_sentence};
use super::{Attempt, How};
use crate::book::{Book, Place};
use crate::words::{AnyOf, Flavour, component, flavour};
use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use tieout_model::{
    Claim, ClaimKind, Fact, FactRef, Interval, Line, LineRole, Period, Ratio, StatementKind, Table, Unit, Verdict,
};
use tieout_taxonomy::{Match, normalise};

/// Parts of a year.
static PART: AnyOf = AnyOf::new(&["quarter", "months", "weeks", "half"]);
/// Words of a figure a share.
static A_SHARE: AnyOf = AnyOf::new(&["per share", "per diluted", "eps"]);
/// Lines kept for one subject, best first.
const MOST_LINES: usize = 64;
/// How far apart two numbers of a sentence stand, in bytes.
const SENTENCE: u32 = 400;

/// A figure that a claim may speak of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) grade: Match,
    /// Subject, period, basis and unit are the claim's beyond doubt.
    pub(crate) certain: bool,
    /// The sign may differ with the wording.
    pub(crate) unsigned: bool,
}

/// The figures of a subject and period, best first, and what is missing where there are none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures<'a> {
    pub(crate) found: Vec<Figure<'a>>,
    pub(crate) missing: String,
    /// Figures of periods of another length that end on the day.
    pub(crate) contrary: Vec<Figure<'a>>,
}

impl Figures<'_> {
    /// What is missing where a change needs two figures and no pair was found.
    pub(crate) fn without_base(self, claim: &Claim) -> String {
        if self.found.is_empty() { self.missing } else { format!("no earlier figure of {} is there", claim.subject) }
    }
}

type Lines = Rc<Vec<(Match, Place)>>;

/// Labels of all lines with figures, indexed by their words.
pub(crate) struct Resolver<'a> {
    pub(crate) book: &'a Book<'a>,
    labels: Labels,
    /// Distinct concepts of the tables, in full, and by family once that was asked.
    concepts: Vec<&'a str>,
    by_family: RefCell<BTreeMap<u32, Rc<Vec<&'a str>>>>,
    families: Families<'a>,
    /// Per-share lines by the income they are of.
    per_share: BTreeMap<String, Vec<Place>>,
    /// Basic or diluted, as per-share lines or their headings say.
    flavours: HashMap<Place, Flavour>,
    /// Totals that are also known by their heading, sorted.
    headed: Vec<Place>,
    known: RefCell<HashMap<String, Lines>>,
    /// Made when first asked: most claims are of the statements.
    supplement: OnceCell<Supplement>,
    /// Figures that amounts of the text tie to: the place they are rounded to.
    quoted: BTreeMap<FactRef, i8>,
    /// Every amount of the text in file order: where it stands, and the figures it ties to.
    amounts: Vec<(u32, Vec<FactRef>)>,
}

impl<'a> Resolver<'a> {
    /// Indexes the labels of a report.
    pub(crate) fn new(book: &'a Book<'a>) -> Self {
        let mut listed = Listed::default();
        let (mut words_of, mut own) = (String::new(), String::new());
        let mut per_share: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        let mut flavours = HashMap::new();
        let mut headed = Vec::new();
        for (t, table) in book.tables.iter().enumerate() {
            for (l, line) in table.lines.iter().enumerate() {
                let place = (t as u32, l as u32);
                if line.label.len() > 300 || book.row(place).is_empty() {
                    continue;
                }
                normalise(&line.label, &mut own);
                if !line.label.is_empty() {
                    listed.add(&own, place);
                }
                if let Some(heading) = heading(table, line) {
                    normalise(heading, &mut words_of);
                    if own.strip_prefix("total ").unwrap_or(&own) != words_of || line.label.is_empty() {
                        listed.add(&words_of, place);
                        headed.push(place);
                    }
                }
                if matches!(line.unit, Unit::PerShare(_)) {
                    per_share.entry(component(&line.label)).or_default().push(place);
                    flavours.insert(place, flavour(names(table, line)));
                }
            }
        }
        let mut concepts: Vec<&str> = Vec::new();
        for &(name, table, line) in book.all_tagged() {
            if concepts.last().is_none_or(|last| last.rsplit(':').next() != Some(name)) {
                concepts.extend(book.line((table, line)).map(|l| &*l.tag));
            }
        }
        Resolver {
            book,
            labels: Labels::new(listed),
            concepts,
            by_family: RefCell::default(),
            families: Families::default(),
            per_share,
            flavours,
            headed,
            known: RefCell::default(),
            supplement: OnceCell::new(),
            quoted: BTreeMap::new(),
            amounts: Vec::new(),
        }
    }

    /// Remembers an amount of the text, settled: amounts are heard in file order.
    pub(crate) fn heard(&mut self, claim: &Claim) {
        let ties = claim.verdict == Verdict::Ties;
        for &at in claim.support.iter().filter(|_| ties) {
            let place = self.quoted.entry(at).or_insert(claim.amount.exponent);
            *place = claim.amount.exponent.max(*place);
        }
        self.amounts.push((claim.span.start, if ties { claim.support.clone() } else { Vec::new() }));
    }

    /// The amount before or after a claim in its sentence is this very figure: it is what the claim speaks of.
    /// Another amount between the two is one that the claim may be of instead.
    pub(crate) fn confirmed(&self, claim: &Claim, fact: &Fact) -> bool {
        let after = self.amounts.partition_point(|&(place, _)| place < claim.span.start);
        let beside = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|i| self.amounts.get(i));
        let near = beside.filter(|&&(place, _)| {
            place.abs_diff(claim.span.start) <= SENTENCE && within_sentence(self.book, place, claim.span.start)
        });
        near.flat_map(|(_, figures)| figures).any(|&at| at == fact.reference())
    }

    /// The claim's sentence names a part of a year.
    pub(crate) fn names_a_part(&self, claim: &Claim) -> bool {
        let (before, after) = around(self.book, claim);
        PART.within(&before) || PART.within(&after)
    }

    /// A figure as the prose quotes it, or as prose would: in millions with one decimal.
    fn as_quoted(&self, fact: &Fact) -> Option<Ratio> {
        let exponent = self.quoted.get(&fact.reference()).copied().unwrap_or(5);
        let amount = fact.amount.ratio()?.round(exponent)?;
        if exponent > fact.amount.exponent && amount.mantissa.saturating_abs() >= 10 { amount.ratio() } else { None }
    }

    /// The same calculation on two figures as the prose quotes them, taken as exact.
    pub(crate) fn of_quoted(&self, how: How, first: &'a Fact, second: &'a Fact) -> Option<Attempt<'a>> {
        let (a, b) = (self.as_quoted(first)?, self.as_quoted(second)?);
        let point = Interval::point;
        let mut attempt = Attempt::of(how, (a, point(a)), (b, point(b)), vec![first, second])?;
        attempt.note = "from the figures as the text rounds them";
        Some(attempt)
    }

    /// Figures of a row that the table prints as percents in a column of their own.
    pub(crate) fn printed_percents(&self, figure: &Figure<'a>) -> impl Iterator<Item = Attempt<'a>> {
        let row = self.book.row((figure.fact.table, figure.fact.line)).iter();
        row.filter(|f| f.aside && f.unit == Unit::Pure).take(6).filter_map(|fact| {
            let (centre, image) = (fact.amount.ratio()?, fact.amount.interval()?);
            Some(Attempt {
                how: How::Printed,
                centre,
                image,
                facts: vec![fact],
                certain: false,
                unsigned: true,
                note: "printed",
                shown: String::new(),
            })
        })
    }

    /// What known definitions and the figures of supplementary tables make of a claim.
    pub(crate) fn further(&self, claim: &Claim) -> Vec<Attempt<'a>> {
        let mut tried = super::defined::attempts(self, claim);
        tried.extend(self.supplement.get_or_init(|| Supplement::new(self.book)).attempts(self, claim));
        tried
    }

    /// Lines whose label is about a subject, best first.
    pub(crate) fn lines(&self, asked: &str) -> Lines {
        if let Some(lines) = self.known.borrow().get(asked) {
            return lines.clone();
        }
        let mut graded: Vec<(Place, Reverse<Match>)> = Vec::new();
        let means = self.labels.about(&self.families, asked, |places, grade| {
            graded.extend(places.iter().take(MOST_LINES).map(|&place| (place, Reverse(grade))));
        });
        for family in means.into_iter().flatten() {
            let of_family = self
                .by_family
                .borrow_mut()
                .entry(family)
                .or_insert_with(|| {
                    let tags = self.concepts.iter().filter(|tag| self.families.has(family, tag));
                    Rc::new(tags.map(|tag| tag.rsplit(':').next().unwrap_or(tag)).collect())
                })
                .clone();
            for name in of_family.iter() {
                graded.extend(self.book.tagged(name).take(MOST_LINES).map(|place| (place, Reverse(Match::Synonym))));
            }
        }
        // The best grade of each line, then the best lines, those of statements first.
        graded.sort_unstable();
        graded.dedup_by_key(|&mut (place, _)| place);
        let other =
            |place: Place| self.book.tables.get(place.0 as usize).is_none_or(|t| t.kind == StatementKind::Other);
        graded.sort_by_key(|&(place, grade)| (grade, other(place), place));
        graded.truncate(MOST_LINES);
        let lines: Lines = Rc::new(graded.into_iter().map(|(place, grade)| (grade.0, place)).collect());
        self.known.borrow_mut().insert(asked.to_owned(), lines.clone());
        lines
    }

    /// The figures of a claim's subject for its period.
    pub(crate) fn figures(&self, claim: &Claim) -> Figures<'a> {
        self.figures_of(claim, &claim.subject, claim.period, Some(claim.unit))
    }

    /// The figures of some subject and period under a claim's basis; without a unit, of any amount.
    pub(crate) fn figures_of(
        &self,
        claim: &Claim,
        subject: &str,
        period: Option<Period>,
        unit: Option<Unit>,
    ) -> Figures<'a> {
        let mut lines = self.lines(subject);
        if lines.is_empty() {
            lines = self.lines(as_reported(subject));
        }
        let a_share = matches!(unit, Some(Unit::PerShare(_))) || (unit.is_none() && A_SHARE.within(subject));
        if a_share {
            let own = self.per_share.get(&component(subject)).map(Vec::as_slice).unwrap_or_default();
            let mut all: Vec<_> = own.iter().take(MOST_LINES).map(|&place| (Match::Synonym, place)).collect();
            all.extend(lines.iter().copied());
            // "Loss per share (before the extraordinary item)": another line of income may carry the number.
            let others = self.per_share.values().flatten().filter(|place| !own.contains(place));
            all.extend(others.take(MOST_LINES).map(|&place| (Match::Contains, place)));
            lines = Rc::new(all);
        }
        let mut graded: Vec<(Match, Fit, Figure<'a>)> = Vec::new();
        let mut contrary = Vec::new();
        let mut of_unit = false;
        // Asked only where a figure could be certain: most cannot.
        let plain = OnceCell::new();
        let plain_words = || {
            *plain.get_or_init(|| {
                claim.basis.is_empty() && !claim.subject.is_empty() && !qualified(&claim.quote) && !qualified(subject)
            })
        };
        // A number of three digits in the subject's own line is no chance, whatever its period.
        let long = claim.amount.mantissa.saturating_abs() >= 100
            && matches!(claim.kind, ClaimKind::Amount | ClaimKind::PerShare);
        let wanted = if a_share { flavour([subject, claim.quote.as_str()].into_iter()) } else { Flavour::Either };
        for &(grade, place) in lines.iter() {
            let row = self.book.row(place).iter().filter(|f| !f.aside && like(unit, f.unit));
            if row.clone().next().is_none() {
                continue;
            }
            let shares = if a_share { self.flavour(place) } else { Flavour::Either };
            // Basic for diluted is another figure; which one the text means where it does not say is open.
            let other = shares != Flavour::Either && shares != wanted;
            let latest = row.clone().filter_map(|f| f.period).map(Period::end).max();
            // "decreased to $7.3 million from $7.9 million": what is compared with is of the year before.
            let before = |have: Period| {
                let ends = row.clone().filter_map(|f| f.period).filter(|p| Some(p.end()) == latest);
                ends.filter_map(|p| p.years_before(1)).any(|want| fits(want, have).is_some())
            };
            for fact in row.clone() {
                of_unit = true;
                let fit = match (period, fact.period) {
                    (Some(want), Some(have)) => fits(want, have),
                    (None, have) => {
                        let near = have.map(Period::end) == latest
                            || long
                            || grade != Match::Contains && have.is_some_and(before);
                        near.then_some(Fit::Close)
                    }
                    (Some(_), None) => None,
                };
                let Some(fit) = fit else {
                    let ends = matches!((period, fact.period), (Some(Period::Duration(_, a)), Some(Period::Duration(_, b))) if a == b);
                    if ends && self.book.plain(fact) {
                        contrary.push(Figure {
                            fact,
                            grade,
                            certain: false,
                            unsigned: self.unsigned(claim, subject, fact),
                        });
                    }
                    continue;
                };
                let sure = grade != Match::Contains && fit == Fit::Same && self.book.plain(fact);
                let certain = sure
                    && !other
                    && self.headed.binary_search(&place).is_err()
                    && plain_words()
                    && !differently(self.book, place, subject);
                let unsigned = self.unsigned(claim, subject, fact);
                graded.push((grade, fit, Figure { fact, grade, certain, unsigned }));
            }
        }
        graded.sort_by_key(|&(grade, fit, f)| {
            (Reverse(grade), fit, !f.certain, self.book.doc(f.fact) != claim.doc, f.fact.reference())
        });
        let missing = match period {
            _ if !graded.is_empty() => String::new(),
            _ if !of_unit => format!("no table carries {subject}"),
            Some(period) => format!("{subject} stands in the tables, but not for {period}"),
            None => format!("which period {subject} is of is not said"),
        };
        Figures { found: graded.into_iter().map(|(.., f)| f).collect(), missing, contrary }
    }

    /// Basic or diluted, as a line or its headings say.
    fn flavour(&self, place: Place) -> Flavour {
        let say = || {
            let (table, line) = self.book.tables.get(place.0 as usize).zip(self.book.line(place))?;
            Some(flavour(names(table, line)))
        };
        self.flavours.get(&place).copied().or_else(say).unwrap_or(Flavour::Either)
    }

    /// Whether the figure's sign is a matter of wording. An income line is signed: a profit is no loss.
    fn unsigned(&self, claim: &Claim, subject: &str, fact: &Fact) -> bool {
        static EARNS: AnyOf = AnyOf::new(&["income", "earning", "profit", "net"]);
        static BESIDE: AnyOf = AnyOf::new(&["interest income", "other income", "other (income)", "dividend income"]);
        static EARNED: AnyOf = AnyOf::new(&["income", "earning", "profit"]);
        static SPENT: AnyOf = AnyOf::new(&["loss", "tax", "expense", "used"]);
        if fact.amount.is_negative() == claim.amount.is_negative() {
            return true;
        }
        let name = self.book.name(fact);
        // Interest and other income stand in parentheses among expenses.
        let earns = EARNS.within(name) && !BESIDE.within(name) && EARNED.within(subject);
        !earns || SPENT.within(subject)
    }

    /// The figure of the same line in another column.
    pub(crate) fn sibling(&self, fact: &Fact, period: Period) -> Option<(&'a Fact, bool)> {
        let row = self
            .book
            .row((fact.table, fact.line))
            .iter()
            .filter(|f| f.col != fact.col && !f.aside && f.unit == fact.unit);
        let mut fitting: Vec<(Fit, &'a Fact)> = row.filter_map(|f| Some((fits(period, f.period?)?, f))).collect();
        fitting.sort_by_key(|&(fit, f)| (fit, f.col));
        fitting.first().map(|&(fit, f)| (f, fit == Fit::Same))
    }

    /// Earlier figures a change may be counted from: of the claim's base where it names one, of the year
    /// before, and then of any other column of the same length. With each, whether it is the base for certain.
    pub(crate) fn bases(&self, claim: &Claim, figure: &Figure<'a>) -> Vec<(&'a Fact, bool)> {
        let fact = figure.fact;
        let mut bases: Vec<(&'a Fact, bool)> = Vec::new();
        if let Some(base) = claim.base {
            bases.extend(self.sibling(fact, base).map(|(f, same)| (f, same && figure.certain)));
            if bases.is_empty() {
                // The base may stand in another table: the year-end balance, the fourth quarter.
                let figures = self.figures_of(claim, &claim.subject, Some(base), Some(fact.unit));
                bases.extend(figures.found.iter().filter(|f| f.grade == figure.grade).take(2).map(|f| (f.fact, false)));
            }
            return bases;
        }
        let Some(period) = fact.period else {
            return bases;
        };
        let before = period.years_before(1);
        bases.extend(before.and_then(|p| self.sibling(fact, p)).map(|(f, same)| (f, same && figure.certain)));
        let row = self.book.row((fact.table, fact.line)).iter();
        let earlier = row.filter(|f| {
            !f.aside
                && f.unit == fact.unit
                && f.period.is_some_and(|p| p.end() < period.end() && p.quarters() == period.quarters())
        });
        let taken: Vec<u32> = bases.iter().map(|(f, _)| f.col).collect();
        bases.extend(earlier.filter(|f| !taken.contains(&f.col)).take(4).map(|f| (f, false)));
        bases
    }

    /// Figures of a concept for a period, of plain statements first.
    pub(crate) fn tagged(&self, claim: &Claim, tags: &[&str]) -> Vec<(&'a Fact, bool)> {
        let mut found = Vec::new();
        for place in tags.iter().flat_map(|tag| self.book.tagged(tag)).take(200) {
            for fact in self.book.row(place).iter().filter(|f| !f.aside) {
                if let (Some(want), Some(have)) = (claim.period, fact.period)
                    && let Some(fit) = fits(want, have)
                    && self.book.plain(fact)
                {
                    found.push((
                        fact,
                        fit == Fit::Same
                            && claim.basis.is_empty()
                            && !qualified(&claim.quote)
                            && !qualified(&claim.subject),
                    ));
                }
            }
        }
        found.sort_by_key(|&(fact, same)| (!same, self.book.doc(fact) != claim.doc, fact.reference()));
        found.truncate(4);
        found
    }

    /// A figure of another line that a word of the subject points to and that carries the claim's number in
    /// the same period: the claim may speak of it.
    pub(crate) fn other_carrier(&self, claim: &Claim) -> Option<&'a Fact> {
        let (period, wanted) = (claim.period?, claim.amount.interval()?);
        let mut seen = 0;
        for place in self.labels.sharing(&claim.subject) {
            for fact in self.book.row(place) {
                seen += 1;
                let carries = |f: &Fact| f.amount.interval().is_some_and(|i| i.meets(wanted) || i.neg().meets(wanted));
                if fact.unit == claim.unit && fact.period.is_some_and(|p| fits(period, p).is_some()) && carries(fact) {
                    return Some(fact);
                }
            }
            if seen > 4000 {
                return None;
            }
        }
        None
    }
}

/// What a line is called, and the headings above it, the nearest first.
fn names<'a>(table: &'a Table, line: &'a Line) -> impl Iterator<Item = &'a str> {
    let headings = line.section.iter().rev().filter_map(|&h| table.lines.get(h as usize));
    std::iter::once(line).chain(headings).map(|line| line.label.as_str())
}

/// A subject without the words that say only that it is the figure as reported: "GAAP net loss".
fn as_reported(subject: &str) -> &str {
    let mut rest = subject;
    while let Some((word, after)) = rest.split_once(' ') {
        if !["gaap", "reported", "consolidated", "overall"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            break;
        }
        rest = after;
    }
    rest
}

/// The heading a total closes: its own words may be cut, or missing.
fn heading<'a>(table: &'a Table, line: &Line) -> Option<&'a str> {
    let total = line.label.is_empty() && line.role == LineRole::Total
        || line.label.get(..6).is_some_and(|w| w.eq_ignore_ascii_case("total "));
    let heading = line.section.last().filter(|_| total).and_then(|&h| table.lines.get(h as usize))?;
    (!heading.label.is_empty() && heading.label.len() <= 300).then_some(heading.label.as_str())
}

/// The same kind of number; a bare count may be of shares.
fn like(claim: Option<Unit>, fact: Unit) -> bool {
    match claim {
        Some(unit) => unit == fact || (unit == Unit::Pure && fact == Unit::Shares),
        None => fact != Unit::Pure,
    }
}
