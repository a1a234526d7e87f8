use crate::because::Because;
use crate::table::{CONCEPTS, Row, tables};
use crate::{PeriodType, UnitKind, context, normalise, per_share};
use tieout_model::{StatementKind, Unit};

/// A line of a statement, as far as its concept depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// The statement it stands in.
    pub kind: StatementKind,
    /// Its words, wraps joined.
    pub label: &'q str,
    /// The headings above it, outermost first.
    pub section: &'q [&'q str],
    /// The unit of its numbers.
    pub unit: Unit,
    /// The year its statement is for, where known.
    pub year: Option<i16>,
    /// True where it sums other lines.
    pub total: bool,
    /// The tag of the nearest tagged line above it in the same statement.
    pub previous: Option<&'static str>,
}

/// A concept and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// `us-gaap:Name` or `tieout:Name`.
    pub tag: &'static str,
    /// What led to it.
    pub because: Because,
}

thread_local! {
    /// One buffer for all labels of a thread: a lookup allocates nothing.
    static WORDS: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
}

/// The concept of a line, or none where the tables do not know it for certain.
pub fn concept(query: &Query<'_>) -> Option<Found> {
    WORDS.with_borrow_mut(|words| {
        normalise(query.label, words);
        match query.unit {
            Unit::PerShare(_) => per_share::per_share(words, query),
            Unit::Shares => per_share::shares(words, query),
            Unit::Money(_) => money(words, query),
            Unit::Pure => None,
        }
    })
}

fn money(words: &str, query: &Query<'_>) -> Option<Found> {
    if words.contains("per share") || words.contains("per common share") {
        return None;
    }
    let at = context::places(query.kind, query.section, query.previous);
    let ask = |label: &str| best(label, query, at);
    if words.is_empty() {
        // A sum without words: what it sums is known only where its section is its name.
        return None;
    }
    if let Some(row) = ask(words) {
        return Some(found(row, [""; 2]));
    }
    let (lead, bare) = without_lead(words, query.total);
    if !lead.is_empty()
        && let Some(row) = ask(bare)
    {
        return Some(found(row, [lead, ""]));
    }
    // Then what a comma, "less" or "net of" adds behind the name.
    let mut end = bare.len();
    while let Some((cut, tail)) = last_tail(bare, end) {
        end = cut;
        let Some(row) = ask(bare.get(..cut).unwrap_or_default()) else { continue };
        // "Net" behind a flow may make it another one (interest expense, net), save where it is net of tax.
        let instant = CONCEPTS.get(usize::from(row.concept)).is_some_and(|c| c.properties.period == PeriodType::Instant);
        let tax = bare.get(cut..).is_some_and(|t| t.contains(" tax"));
        if instant || (tail == TAILS_NET && tax) || matches!(tail, "a reference to a note") {
            return Some(found(row, [lead, tail]));
        }
        return None;
    }
    None
}

fn found(row: &Row, without: [&'static str; 2]) -> Found {
    let tag = CONCEPTS.get(usize::from(row.concept)).map_or("", |c| c.tag);
    Found { tag, because: Because { without, section: row.section, words: false } }
}

/// The row of a label that fits best: right unit and year, all its places met, the most particular first.
fn best(label: &str, query: &Query<'_>, at: u32) -> Option<&'static Row> {
    let fits = |row: &&Row| {
        let unit = CONCEPTS.get(usize::from(row.concept)).map(|c| c.properties.unit);
        let year = query.year.is_none_or(|y| (row.from..=row.to).contains(&y));
        unit == Some(UnitKind::Money) && year && row.section & !at == 0
    };
    tables(query.kind).iter().find_map(|table| {
        let rows = table.find(label).iter().filter(fits);
        rows.rev().max_by_key(|row| row.section.count_ones())
    })
}

/// A word in front that says what the line does, not what it is.
fn without_lead(words: &str, total: bool) -> (&'static str, &str) {
    for (lead, name) in [("less ", "\"less\""), ("add ", "\"add\""), ("plus ", "\"plus\""), ("deduct ", "\"deduct\"")] {
        if let Some(rest) = words.strip_prefix(lead) {
            return (name, rest);
        }
    }
    match words.strip_prefix("total ") {
        Some(rest) if total => ("\"total\"", rest),
        _ => ("", words),
    }
}

const TAILS_NET: &str = "what it is net of";

/// Words that begin a clause behind the name, with what they are called.
const TAILS: [(&str, &str); 19] = [
    (" less ", "what it is less"),
    (" net", TAILS_NET),
    (" par value", "its par value"),
    (" no par", "its par value"),
    (" without par", "its par value"),
    (" stated value", "its par value"),
    (" authorized", "its share counts"),
    (" issued", "its share counts"),
    (" share authorized", "its share counts"),
    (" share issued", "its share counts"),
    (" at cost", "its basis"),
    (" at lower", "its basis"),
    (" at market", "its basis"),
    (" at fair value", "its basis"),
    (" at amortized cost", "its basis"),
    (" at estimated", "its basis"),
    (" including ", "what it includes"),
    (" note", "a reference to a note"),
    (" see note", "a reference to a note"),
];

/// The last clause that begins before `end`: where, and what it is.
fn last_tail(words: &str, end: usize) -> Option<(usize, &'static str)> {
    let head = words.get(..end)?;
    TAILS.iter().filter_map(|(marker, name)| {
        let at = head.rfind(marker)?;
        // " net" and " note" are whole words.
        let whole = marker.ends_with(' ') || head.as_bytes().get(at + marker.len()).is_none_or(|&b| b == b' ');
        (at > 0 && whole).then_some((at, *name))
    }).max_by_key(|(at, _)| *at)
}
