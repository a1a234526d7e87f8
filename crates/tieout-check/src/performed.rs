//! A check performed: the tie everybody sees, with what only this crate needs to know of it.

use crate::blame::slip_of;
use crate::book::Book;
use crate::reckon::{self, Reckoned};
use crate::words::has;
use tieout_model::{Column, ColumnRole, Fact, FactRef, Span, StatementKind, Tie, Unit, Verdict};

/// A tie together with what it proves and how it was calculated.
#[derive(Debug, Clone)]
pub(crate) struct Performed {
    pub(crate) tie: Tie,
    /// Figures that this tie, where it passes, would catch if they were changed by more than rounding.
    pub(crate) proves: Vec<FactRef>,
    /// The signed sum behind it, where it is one: blame solves it for each of its figures.
    pub(crate) equation: Option<Equation>,
    /// An open tie that a reader should hear of.
    pub(crate) told: bool,
    /// What may explain a gap; empty where nothing is known.
    pub(crate) help: String,
}

/// `total = Σ ± part`, by reference.
#[derive(Debug, Clone)]
pub(crate) struct Equation {
    pub(crate) total: FactRef,
    pub(crate) parts: Vec<(FactRef, bool)>,
}

/// A signed sum tried on the figures of one column, before anybody says what a failure means.
#[derive(Debug, Clone)]
pub(crate) struct Trial<'a> {
    pub(crate) total: &'a Fact,
    pub(crate) parts: Vec<(&'a Fact, bool)>,
    /// Parts that print nothing in this column.
    pub(crate) missing: usize,
    pub(crate) reckoned: Reckoned,
}

impl<'a> Trial<'a> {
    /// Reckons a total against the parts that are printed; `None` where there is no part or no room.
    pub(crate) fn new(total: &'a Fact, parts: Vec<(&'a Fact, bool)>, missing: usize) -> Option<Self> {
        let amounts = parts.iter().map(|&(fact, minus)| (fact.amount, minus));
        let reckoned = reckon::sum(total.amount, amounts)?;
        Some(Trial { total, parts, missing, reckoned })
    }

    /// It holds, and not by chance: at least two parts are not zero, and the total is long enough, or the
    /// sum exact over enough parts, that some other combination of lines would hardly have done.
    pub(crate) fn convincing(&self) -> bool {
        let parts = self.parts.iter().filter(|(fact, _)| !fact.amount.is_zero()).count();
        let digits = self.total.amount.mantissa.unsigned_abs();
        self.reckoned.ties && parts >= 2 && (digits >= 1000 || (digits >= 10 && parts >= 3 && self.reckoned.exact()))
    }

    /// Two parts or more are not zero, nor is the total: equal figures differ by nothing wherever they stand.
    pub(crate) fn telling(&self) -> bool {
        !self.total.amount.is_zero() && self.parts.iter().filter(|(fact, _)| !fact.amount.is_zero()).count() >= 2
    }

    /// How many digits it says that the figures agree.
    pub(crate) fn size(&self) -> u32 {
        tieout_model::telling_digits(
            self.parts.iter().map(|(f, _)| f.amount.mantissa).chain([self.total.amount.mantissa]),
        )
    }

    /// The tie of this trial, with what is in doubt for the case that it does not hold; without a doubt that is
    /// off. It proves its figures where it is exact: what holds within rounding only may hide a wrong last digit.
    pub(crate) fn perform(self, book: &Book<'_>, code: &'static str, doubt: Option<&'static str>) -> Performed {
        let verdict = match (self.reckoned.ties, doubt) {
            (true, _) => Verdict::Ties,
            (false, None) => Verdict::Off,
            (false, Some(_)) => Verdict::Open,
        };
        let mut because = self.because();
        if let (Verdict::Open, Some(doubt)) = (verdict, doubt) {
            because = format!("{because}: {doubt}");
        }
        let parts: Vec<FactRef> = self.parts.iter().map(|(fact, _)| fact.reference()).collect();
        let total = self.total.reference();
        Performed {
            proves: if verdict == Verdict::Ties && self.reckoned.exact() { self.sensitive() } else { Vec::new() },
            equation: Some(Equation {
                total,
                parts: self.parts.iter().map(|&(fact, minus)| (fact.reference(), minus)).collect(),
            }),
            tie: Tie {
                code,
                verdict,
                doc: book.doc(self.total),
                fact: Some(total),
                subject: book.subject(self.total),
                printed: self.total.amount,
                computed: Some(self.reckoned.computed),
                gap: Some(self.reckoned.gap),
                tolerance: Some(self.reckoned.tolerance),
                span: self.total.span,
                parts,
                because,
                blames: if verdict == Verdict::Off { vec![total] } else { Vec::new() },
            },
            told: false,
            help: String::new(),
        }
    }

    fn because(&self) -> String {
        let what = crate::say::count(self.parts.len(), "line");
        if self.reckoned.exact() {
            format!("sum of {what}, exact")
        } else if self.reckoned.ties {
            format!("sum of {what}, within rounding")
        } else {
            format!("sum of {what}")
        }
    }

    /// The figures that a change beyond rounding would show in: those printed no finer than the rounding of
    /// the whole, so that it cannot swallow one of their units.
    pub(crate) fn sensitive(&self) -> Vec<FactRef> {
        let finest = self.parts.iter().map(|(f, _)| f.amount.exponent).chain([self.total.amount.exponent]).max();
        let coarse = finest.unwrap_or(self.total.amount.exponent);
        let all = self.parts.iter().map(|&(fact, _)| fact).chain([self.total]);
        all.filter(|fact| fact.amount.exponent >= coarse || fact.amount.is_zero()).map(Fact::reference).collect()
    }
}

/// Why a failure of a trial says nothing against the document, where the same sum was tried in several columns;
/// `None` where it is a mistake. It is one only where the sum is known to be one: it holds convincingly in at
/// least as many comparable columns as it fails in, and what is printed is a slip of the hand away from what
/// would hold, or it is the one failure of a face statement or of a row of columns. Columns that cannot be
/// compared count where figures this long are hardly a slip apart by accident ([`surely`]).
///
/// `adds`: other sums of the table hold in its column.
pub(crate) fn doubt(book: &Book<'_>, trials: &[Trial<'_>], trial: &Trial<'_>, adds: bool) -> Option<&'static str> {
    let exact = trials.iter().filter(|t| t.reckoned.exact() && t.telling()).count();
    if round(trial) && exact <= trials.iter().filter(|t| !t.reckoned.ties).count() {
        return Some("all its figures are round, and it is within their rounding");
    }
    // A dash over lines that do not add to nothing is a column left open.
    if trial.total.amount.is_zero() {
        return Some("the total is nil");
    }
    // Where other sums of the column hold it adds: the part of a change that is due to rates is an amount.
    if prices(book, trial.total) && !adds {
        return Some("its column is of prices or rates, which do not add");
    }
    if trial.parts.len() == 1 && trial.missing == 0 {
        return (!repeats(book, trials, trial)).then_some("the total of one line");
    }
    // Beside columns in which all but one part are nil, the total repeats that one, and no sum can tell.
    if trials.iter().all(|t| t.total.col == trial.total.col || t.reckoned.exact() && !t.telling()) {
        return (!alone(book, trial)).then_some("no other column shows that it is a sum");
    }
    let fails = trials.iter().filter(|t| !t.reckoned.ties).count();
    let like = |t: &&Trial<'_>| alike(t.total, trial.total);
    let holds = match lone_period(book, trial.total) {
        true => trials.iter().filter(like).filter(|t| t.convincing()).count(),
        false => 0,
    };
    if holds == 0 || holds < fails {
        return (!surely(book, trials, trial, adds)).then_some("no comparable column shows that it is a sum");
    }
    // A gap of several times the total is a figure that does not belong into the column.
    let wild =
        trial.reckoned.gap.mantissa.saturating_abs() > trial.total.amount.mantissa.saturating_abs().saturating_mul(3);
    let face = book.plain(trial.total);
    let one = fails == 1 && (face || holds >= 2) && !(wild && trial.reckoned.gap.exponent == 0);
    (!one && !slipped(book, trial)).then_some("more than one column fails, and not by a slip of the hand")
}

/// Figures "in thousands" that are printed with their zeros.
fn round(trial: &Trial<'_>) -> bool {
    let figures = || trial.parts.iter().map(|(fact, _)| fact.amount.mantissa).chain([trial.total.amount.mantissa]);
    let unit = [1_000_000, 100_000, 10_000, 1000, 100].into_iter().find(|unit| figures().all(|m| m % unit == 0));
    let gap = trial.reckoned.gap;
    let most = |unit: i128| unit.saturating_mul(trial.parts.len() as i128 + 1);
    unit.is_some_and(|unit| gap.exponent == 0 && gap.mantissa.saturating_abs().saturating_mul(2) <= most(unit))
}

const PRICES: &[&str] = &["price", "prices", "rate", "rates", "yield", "yields"];

/// The heading says that the column is of prices or rates: the weighted average exercise price of all options is
/// no sum of those of their kinds.
fn prices(book: &Book<'_>, fact: &Fact) -> bool {
    let column = book.table(fact).and_then(|t| t.columns.get(fact.col as usize));
    let words = |c: &Column| {
        c.heading
            .split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| PRICES.contains(&word.to_ascii_lowercase().as_str()))
    };
    column.is_some_and(|c| words(c) || has(&c.heading, "per share"))
}

/// A sum known from words alone, because it has one column only: of four digits some one in three hundred is a
/// changed digit away from another figure by accident, of more a tenth of that for each.
pub(crate) fn alone(book: &Book<'_>, trial: &Trial<'_>) -> bool {
    let digit =
        trial.reckoned.gap.mantissa.saturating_abs() >= 10 && slips(book, trial).any(|slip| slip == "one digit");
    let amounts = !matches!(trial.total.unit, Unit::PerShare(_));
    amounts && trial.size() >= 4 && digit
}

/// A total of one line that repeats it, digit by digit, in every other column. A figure called net may differ from
/// the one above it by what nobody prints; a total does not.
fn repeats(book: &Book<'_>, trials: &[Trial<'_>], trial: &Trial<'_>) -> bool {
    let total = book
        .line((trial.total.table, trial.total.line))
        .is_some_and(|line| line.label.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case("total")));
    let others = || trials.iter().filter(|t| t.total.col != trial.total.col);
    let known: u32 = others().map(Trial::size).sum();
    total
        && known >= 8
        && trial.size() >= 4
        && others().all(|t| t.reckoned.exact())
        && slipped_in_place(book, trial, false)
}

/// A failure among columns of whatever kind, by the odds. Sums that hold to the digit are known to be sums by as
/// many digits as agree. A gap that is a slip of the hand would be chance, where the column does not add: of D
/// digits some 18 D gaps in 2 x 10^D are d x 10^k, under one in a hundred from four digits on. Three do where the
/// column is known to add; under ten units a gap is a slip whatever it is, and counts for a digit less.
pub(crate) fn surely(book: &Book<'_>, trials: &[Trial<'_>], trial: &Trial<'_>, adds: bool) -> bool {
    let fails = trials.iter().filter(|t| !t.reckoned.ties).count();
    let holding = || trials.iter().filter(|t| t.reckoned.exact() && t.telling());
    let (holds, known) = (holding().count(), holding().map(|t| t.size()).sum::<u32>());
    let like = lone_period(book, trial.total) && holding().any(|t| alike(t.total, trial.total));
    let adds = adds || like;
    let says = u32::from(announced(book, trial.total));
    let tiny = u32::from(trial.reckoned.gap.mantissa.saturating_abs() < 10 && (known < 6 || !adds));
    let size = trial.size().saturating_sub(tiny);
    let odds = match adds {
        true => known >= 4 - 2 * says && (size >= 3 || size == 2 && known + 2 * says >= 8 && fails == 1),
        false => {
            known + says >= 5
                && known + size + says >= 9
                && (size >= 4 || size == 3 && fails == 1 && (holds >= 3 || known + says >= 9))
        }
    };
    // A per-share figure stands below those it is like, primary and diluted, and is no sum of them.
    let amounts = !matches!(trial.total.unit, Unit::PerShare(_));
    // Beside the column that fails may stand one of prices, which never adds.
    amounts && odds && holds + 1 >= fails && slipped_in_place(book, trial, adds)
}

/// A figure of three digits behind another number and one blank is likely its end: "$ 1 519" is 1,519.
pub(crate) fn split(book: &Book<'_>, trial: &Trial<'_>) -> bool {
    let behind = |fact: &Fact| {
        let digits = book.source.slice(fact.span).iter().take_while(|b| b.is_ascii_digit()).count();
        let before = Span::new((fact.span.start as usize).saturating_sub(2), fact.span.start as usize);
        digits == 3 && matches!(book.source.slice(before), [digit, b' '] if digit.is_ascii_digit())
    };
    behind(trial.total) || trial.parts.iter().any(|(fact, _)| behind(fact))
}

/// A line without a name, or named a total.
fn announced(book: &Book<'_>, total: &Fact) -> bool {
    let label = book.line((total.table, total.line)).map_or("-", |line| line.label.as_str());
    let first = label.split([' ', ',']).next().unwrap_or_default();
    ["", "total", "totals", "net", "balance", "balances"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

/// The column is of a period, and no other column of the table is of the same: beside a column of amounts
/// stand averages, prices, yields and shares of the same period, which do not add.
fn lone_period(book: &Book<'_>, fact: &Fact) -> bool {
    let Some(table) = book.table(fact) else {
        return false;
    };
    let Some(column) = table.columns.get(fact.col as usize) else {
        return false;
    };
    // A component of equity adds down its column like any other.
    if column.role == ColumnRole::Component && table.kind == StatementKind::Equity {
        return true;
    }
    let (Some(period), ColumnRole::Period) = (column.period.or(fact.period), column.role) else {
        return false;
    };
    let key = (Some(period), column.member.as_str(), column.scenario.as_str());
    table.columns.iter().filter(|c| (c.period, c.member.as_str(), c.scenario.as_str()) == key).count() <= 1
}

/// Figures of columns that can be compared: the same unit, printed to the same place, of periods as long.
fn alike(a: &Fact, b: &Fact) -> bool {
    let quarters = |f: &Fact| f.period.map(|p| p.quarters());
    a.unit == b.unit && a.amount.exponent == b.amount.exponent && quarters(a) == quarters(b)
}

/// One of the figures is a slip of the hand away from what would make the sum exact.
pub(crate) fn slipped(book: &Book<'_>, trial: &Trial<'_>) -> bool {
    slips(book, trial).next().is_some()
}

/// The same, of slips that leave every other digit in its place; signs only where the column adds, since a price
/// has none beside the shares taken off.
pub(crate) fn slipped_in_place(book: &Book<'_>, trial: &Trial<'_>, signs: bool) -> bool {
    slips(book, trial).any(|slip| matches!(slip, "one digit" | "two digits interchanged") || signs && slip == "sign")
}

fn slips(book: &Book<'_>, trial: &Trial<'_>) -> impl Iterator<Item = &'static str> {
    let gap = trial.reckoned.gap;
    let place = trial.total.amount.exponent;
    let figures = trial.parts.iter().map(|&(fact, minus)| (fact, !minus)).chain([(trial.total, false)]);
    figures.filter(move |(fact, _)| gap.exponent == 0 && fact.amount.exponent == place).filter_map(
        move |(fact, adds)| {
            let change = if adds { gap.mantissa } else { gap.mantissa.saturating_neg() };
            slip_of(book, fact, fact.amount.mantissa.saturating_add(change))
        },
    )
}

/// A tie that could not be calculated or is no sum.
pub(crate) fn figure_tie(
    book: &Book<'_>,
    code: &'static str,
    verdict: Verdict,
    fact: &Fact,
    reckoned: Option<Reckoned>,
    parts: &[&Fact],
    because: String,
) -> Performed {
    Performed {
        tie: Tie {
            code,
            verdict,
            doc: book.doc(fact),
            fact: Some(fact.reference()),
            subject: book.subject(fact),
            printed: fact.amount,
            computed: reckoned.map(|r| r.computed),
            gap: reckoned.map(|r| r.gap),
            tolerance: reckoned.map(|r| r.tolerance),
            span: fact.span,
            parts: parts.iter().map(|f| f.reference()).collect(),
            because,
            blames: if verdict == Verdict::Off { vec![fact.reference()] } else { Vec::new() },
        },
        proves: Vec::new(),
        equation: None,
        told: false,
        help: String::new(),
    }
}
