use crate::book::Book;
use crate::performed::{Performed, figure_tie};
use std::collections::BTreeMap;
use tieout_model::{Amount, Check, ColumnRole, Fact, Period, Severity, Tagged, TaggedValue, Tagging, Verdict};

pub(crate) const CHECK: Check = Check {
    code: "TAG",
    name: "tags say what the page shows",
    severity: Severity::Error,
    tick: 'T',
    manual: "\
## What it checks
In an Inline XBRL document every tagged number of a table against the page: the same digits, the same scale, a sign \
that means the same in all columns of its line, and the period of the column it stands in.

## Why it matters
People read the page, programs read the tags. A wrong scale, sign or context changes the figure for every program \
and for no reader, so nobody notices.

## Example
\"1,234\" in a table in millions, tagged with scale 3: a program reads 1,234,000 where the page says 1,234,000,000.

## When it stays silent
Scale: unless most figures of the table of the same unit are tagged as the page reads them. Sign: where a line has \
one figure only; parentheses may mean an expense, so only columns of one line and one concept are compared with each \
other. Period: unless most figures of the column are tagged with its dates, and for balances at the beginning of a \
period. Concepts, and figures in notes that stand in no table, are not its business.
",
};

/// A number of a table with what its filer tagged it as.
struct Pair<'a> {
    fact: &'a Fact,
    tagged: &'a Tagged,
    name: &'a [u8],
    amount: Amount,
    period: Option<Period>,
    dimensions: usize,
}

pub(crate) fn run(book: &Book<'_>, tagging: &Tagging, out: &mut Vec<Performed>) {
    let pairs = pairs(book, tagging);
    let scales = usual_scales(&pairs);
    let signs = usual_signs(&pairs);
    let periods = usual_periods(&pairs);
    for pair in &pairs {
        let because = wrong_digits(book, pair)
            .or_else(|| wrong_scale(book, pair, &scales))
            .or_else(|| wrong_sign(book, pair, &signs))
            .or_else(|| wrong_period(book, pair, &periods));
        let verdict = if because.is_some() { Verdict::Off } else { Verdict::Ties };
        let name = String::from_utf8_lossy(pair.name);
        let because = because.unwrap_or_else(|| format!("tagged {name}, as printed"));
        let mut done = figure_tie(book, CHECK.code, verdict, pair.fact, None, &[], because);
        done.tie.computed = Some(pair.amount);
        // The page may be right and the tag wrong: no printed figure is blamed.
        done.tie.blames.clear();
        out.push(done);
    }
}

/// Numbers of period columns with their tags, by table, line and column. Nested tags on one number are
/// several pairs.
fn pairs<'a>(book: &Book<'a>, tagging: &'a Tagging) -> Vec<Pair<'a>> {
    let pair = |tagged: &'a Tagged| {
        let fact = book.fact(tagged.fact?)?;
        let TaggedValue::Number(amount) = tagged.value else { return None };
        let context = tagging.contexts.get(tagged.context? as usize)?;
        let role = book.table(fact)?.columns.get(fact.col as usize)?.role;
        (!fact.aside && matches!(role, ColumnRole::Period | ColumnRole::Component)).then(|| Pair {
            fact,
            tagged,
            name: book.source.slice(tagged.name),
            amount,
            period: context.period,
            dimensions: context.dimensions.len(),
        })
    };
    let mut pairs: Vec<Pair<'a>> = tagging.facts.iter().filter_map(pair).collect();
    pairs.sort_by_key(|p| (p.fact.reference(), p.tagged.span.start));
    pairs
}

/// The digits of an amount without trailing zeros, and the power of ten they stand at.
fn digits(amount: Amount) -> (u128, i32) {
    let (mut n, mut power) = (amount.mantissa.unsigned_abs(), i32::from(amount.exponent));
    while n != 0 && n % 10 == 0 {
        n /= 10;
        power += 1;
    }
    (n, power)
}

/// How many powers of ten the tag is above the page; `None` where they are not the same digits.
fn apart(pair: &Pair<'_>) -> Option<i32> {
    let (page, tag) = (digits(pair.fact.amount), digits(pair.amount));
    (page.0 == tag.0 && page.0 != 0).then_some(tag.1 - page.1)
}

/// The page's number is what the tag wraps, and the transformation makes another of it.
fn wrong_digits(book: &Book<'_>, pair: &Pair<'_>) -> Option<String> {
    let same = digits(pair.fact.amount).0 == digits(pair.amount).0;
    let whole = pair.tagged.span.contains(pair.fact.span) || pair.fact.span.contains(pair.tagged.span);
    let plain =
        !book.source.slice(pair.tagged.span).contains(&b'<') && !book.source.slice(pair.fact.span).contains(&b'<');
    (!same && whole && plain)
        .then(|| format!("the page shows {}, its tag says {}", book.figure(pair.fact), pair.amount))
}

/// Units that share a scale in a table: money, and the others.
fn class(pair: &Pair<'_>) -> (u32, u8) {
    let unit = match pair.tagged.uom.as_str() {
        "shares" => 1,
        "pure" => 2,
        uom if uom.contains('/') => 3,
        _ => 0,
    };
    (pair.fact.table, unit)
}

/// For each table and kind of unit: figures tagged at the page's scale, and all.
fn usual_scales(pairs: &[Pair<'_>]) -> BTreeMap<(u32, u8), (usize, usize)> {
    let mut scales = BTreeMap::<_, (usize, usize)>::new();
    for pair in pairs {
        if let Some(apart) = apart(pair) {
            let count = scales.entry(class(pair)).or_default();
            count.0 += usize::from(apart == 0);
            count.1 += 1;
        }
    }
    scales
}

fn wrong_scale(book: &Book<'_>, pair: &Pair<'_>, scales: &BTreeMap<(u32, u8), (usize, usize)>) -> Option<String> {
    let apart = apart(pair).filter(|apart| *apart != 0)?;
    let &(agree, all) = scales.get(&class(pair))?;
    // Nearly all others agree: one line of another scale is more likely a heading we do not know.
    (agree >= 4 && agree * 10 >= all * 9)
        .then(|| format!("the page says {}, its tag 10^{apart} times that: {}", book.figure(pair.fact), pair.amount))
}

/// For each line and concept: how many figures mean what their printed sign says, and how many the reverse.
fn usual_signs<'a>(pairs: &[Pair<'a>]) -> BTreeMap<(u32, u32, &'a [u8]), (usize, usize)> {
    let mut signs = BTreeMap::<_, (usize, usize)>::new();
    for pair in pairs.iter().filter(|p| !p.amount.is_zero() && !p.fact.amount.is_zero()) {
        let count = signs.entry((pair.fact.table, pair.fact.line, pair.name)).or_default();
        if pair.amount.is_negative() == pair.fact.amount.is_negative() { count.0 += 1 } else { count.1 += 1 }
    }
    signs
}

fn wrong_sign(book: &Book<'_>, pair: &Pair<'_>, signs: &BTreeMap<(u32, u32, &[u8]), (usize, usize)>) -> Option<String> {
    if pair.amount.is_zero() || pair.fact.amount.is_zero() {
        return None;
    }
    let &(same, reverse) = signs.get(&(pair.fact.table, pair.fact.line, pair.name))?;
    let (like, unlike) =
        if pair.amount.is_negative() == pair.fact.amount.is_negative() { (same, reverse) } else { (reverse, same) };
    (like == 1 && unlike > 1).then(|| {
        let meant = if pair.amount.is_negative() { "below zero" } else { "above zero" };
        format!(
            "the page prints {}, its tag says {meant}; the other columns of the line are tagged the other way",
            book.figure(pair.fact)
        )
    })
}

/// For each column: figures tagged with its dates, and all.
fn usual_periods(pairs: &[Pair<'_>]) -> BTreeMap<(u32, u32), (usize, usize)> {
    let mut periods = BTreeMap::<_, (usize, usize)>::new();
    for pair in pairs {
        if let (Some(printed), Some(tagged)) = (pair.fact.period, pair.period) {
            let count = periods.entry((pair.fact.table, pair.fact.col)).or_default();
            count.0 += usize::from(agree(printed, tagged));
            count.1 += 1;
        }
    }
    periods
}

/// The same dates, or one of the ends of the printed period where the tag is of a day.
fn agree(printed: Period, tagged: Period) -> bool {
    match (printed, tagged) {
        (Period::Duration(start, end), Period::Instant(day)) => {
            day == end || day == start || start.yesterday().is_ok_and(|before| day == before)
        }
        _ => printed == tagged,
    }
}

fn wrong_period(book: &Book<'_>, pair: &Pair<'_>, periods: &BTreeMap<(u32, u32), (usize, usize)>) -> Option<String> {
    let (printed, tagged) = (pair.fact.period?, pair.period?);
    let table = book.table(pair.fact)?;
    // A component of equity runs through several dates; a dimension may be of an event's own date.
    let own = pair.dimensions == 0 && table.columns.get(pair.fact.col as usize)?.role == ColumnRole::Period;
    if agree(printed, tagged) || !own || matches!(printed, Period::Instant(_)) != matches!(tagged, Period::Instant(_)) {
        return None;
    }
    let &(right, all) = periods.get(&(pair.fact.table, pair.fact.col))?;
    (right >= 4 && right * 10 >= all * 9).then(|| format!("the column is of {printed}, its tag of {tagged}"))
}

#[cfg(test)]
mod tests {
    use crate::testing;
    use tieout_model::*;

    const TABLE: &str = "\
table IS 3 2003-01-01..2003-12-31 2002-01-01..2002-12-31 2001-01-01..2001-12-31
Sales | 900 | 800 | 700
Costs | 500 | 450 | 400
Gross margin | 400 | 350 | 300
Wages | 31 | 30 | 29
Rent | 21 | 20 | 19
Freight | 11 | 10 | 9
Travel | 7 | 6 | 5
Fees | 8 | 7 | 6
Interest | 9 | 8 | 7
Loss on disposal | (20) | (10) | (5)
Income | 380 | 340 | 295
";

    /// Tags every figure as printed, lets `change` spoil one of them, and tells what the check finds.
    fn off(change: impl Fn(&mut Vec<Tagged>, &mut Vec<Context>)) -> Vec<String> {
        let mut report = testing::report(TABLE);
        let mut contexts = Vec::new();
        let mut facts = Vec::new();
        for fact in &report.facts {
            contexts.push(Context { period: fact.period, dimensions: Vec::new() });
            let label = report.tables[0].lines[fact.line as usize].label_span;
            facts.push(Tagged {
                doc: 1,
                name: label,
                context: Some(contexts.len() as u32 - 1),
                uom: "USD".into(),
                value: TaggedValue::Number(fact.amount),
                decimals: None,
                scale: 3,
                negated: false,
                format: Span::default(),
                hidden: false,
                id: Span::default(),
                span: fact.span,
                more: Vec::new(),
                fact: Some(fact.reference()),
            });
        }
        change(&mut facts, &mut contexts);
        report.tagging = Tagging { contexts, facts };
        crate::check(&mut report, &tieout_source::Source::new("case", TABLE.as_bytes()));
        let of = |t: &Tie| format!("{}: {}", t.subject, t.because);
        report.ties.iter().filter(|t| t.code == "TAG" && t.verdict == Verdict::Off).map(of).collect()
    }

    #[test]
    fn silent_where_tags_say_what_is_printed() {
        assert!(off(|_, _| {}).is_empty());
        // An expense in parentheses is tagged above zero in every column.
        let turned = off(|facts, _| {
            for fact in &mut facts[27..30] {
                let TaggedValue::Number(n) = fact.value else { unreachable!() };
                fact.value = TaggedValue::Number(-n);
            }
        });
        assert!(turned.is_empty());
    }

    #[test]
    fn fires_on_scale_sign_period_and_digits() {
        let scale = off(|facts, _| facts[0].value = TaggedValue::Number(Amount::new(900, 6)));
        assert_eq!(scale, ["Sales, 2003-01-01..2003-12-31: the page says 900, its tag 10^3 times that: 900000000"]);
        let sign = off(|facts, _| facts[28].value = TaggedValue::Number(Amount::new(10, 3)));
        assert!(sign[0].contains("its tag says above zero"), "{sign:?}");
        let period = off(|_, contexts| contexts[1].period = testing::read_period("2001-01-01..2001-12-31"));
        assert_eq!(
            period,
            [
                "Sales, 2002-01-01..2002-12-31: the column is of 2002-01-01..2002-12-31, its tag of 2001-01-01..2001-12-31"
            ]
        );
        let digits = off(|facts, _| facts[0].value = TaggedValue::Number(Amount::new(0, 3)));
        assert_eq!(digits, ["Sales, 2003-01-01..2003-12-31: the page shows 900, its tag says 0"]);
    }
}
