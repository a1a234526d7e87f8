//! The tags of a whole statement: what the label tables say of each line is evidence, and a model trained on
//! the filers' own tags (`cargo xtask train`) weighs it with the words, the neighbours and the totals below.

mod features;
pub mod model;

pub use features::{Features, features};

use crate::concept::Found;
use model::{MANY, Model, NEW, OLD};
use std::sync::LazyLock;
use tieout_model::{StatementKind, Unit};

/// A line with figures, as the tagger sees it.
#[derive(Debug, Clone, Copy)]
pub struct Line<'l> {
    /// Its words, wraps joined.
    pub label: &'l str,
    /// The nearest line above it that has words and no figures; empty where there is none.
    pub heading: &'l str,
    /// The unit of its numbers.
    pub unit: Unit,
    /// Of its first figure: -1 in parentheses or with a minus, 0 for a dash, else 1.
    pub sign: i8,
    /// What the label tables say ([`crate::concept`]).
    pub table: Option<Found>,
}

/// A statement's lines with figures, from top to bottom.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'s> {
    /// What it is.
    pub kind: StatementKind,
    /// The year it is for, where known.
    pub year: Option<i16>,
    /// Its document's tables know of owners of a part (minority or noncontrolling interests).
    pub minority: bool,
    /// The tags that the label tables give the lines of all statements of its document, each once.
    pub document: &'s [&'static str],
    /// Its lines.
    pub lines: &'s [Line<'s>],
}

/// Which taxonomies a statement's tags are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// Before filers tagged, or no one knows when: the tables decide, since the model has not seen its like.
    Text,
    /// The first years of tagging, 2009 to 2014.
    Old,
    /// Since 2015.
    New,
}

impl Statement<'_> {
    /// By its year.
    pub fn era(&self) -> Era {
        match self.year {
            None => Era::Text,
            Some(year) if year < 2009 => Era::Text,
            Some(year) if year < 2015 => Era::Old,
            Some(_) => Era::New,
        }
    }

    /// The group of statements whose classes its lines may have.
    pub fn group(&self) -> Option<usize> {
        match self.kind {
            StatementKind::BalanceSheet => Some(0),
            StatementKind::Income | StatementKind::Comprehensive => Some(1),
            StatementKind::CashFlow => Some(2),
            StatementKind::Equity | StatementKind::Other => None,
        }
    }
}

/// In 100: below this the model does not know. What it then hits of the tags of companies it has not seen,
/// `cargo xtask train` prints.
pub const SURE: u8 = 50;
/// The same where the label tables say so too: the doubt is then between elements next to each other.
pub const SURE_WITH_TABLE: u8 = 40;
/// The same where the model speaks of years it has not seen.
pub const SURE_OF_OTHER_YEARS: u8 = 60;

static FILE: &[u8] = include_bytes!("../../model/tagger.bin");

/// Its parts, taken once.
static MODEL: LazyLock<Option<Model<'static>>> = LazyLock::new(|| Model::new(FILE));

/// The tags of a statement's lines.
pub fn tag(statement: &Statement<'_>) -> Vec<Option<Found>> {
    match &*MODEL {
        Some(model) => with(model, statement),
        None => statement.lines.iter().map(|l| l.table).collect(),
    }
}

/// What the model says of a line: classes, best first, with how many in 65,536.
type Candidates = [(usize, u32); 6];

/// The tags by a given model.
pub fn with(model: &Model<'static>, statement: &Statement<'_>) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = statement.lines.iter().map(|l| l.table).collect();
    let text = statement.era() == Era::Text;
    let open = |f: &Option<Found>| !text || f.is_none();
    let Some(group) = statement.group().filter(|_| found.iter().any(open)) else { return found };
    let features = features(statement);
    let mut whole = vec![0; model.classes(group)];
    model.score(features.whole(), &mut whole);
    let mut scores = whole.clone();
    let mut candidates: Vec<(usize, Candidates)> = Vec::new();
    for (i, _) in found.iter().enumerate().filter(|(_, f)| open(f)) {
        scores.copy_from_slice(&whole);
        model.score(features.of(i), &mut scores);
        candidates.push((i, model::best(&scores)));
    }
    // The surest first: a tag that stands once in a statement is then taken for the others.
    candidates.sort_by_key(|(_, best)| std::cmp::Reverse(best.first().map(|b| b.1)));
    let in_force = match statement.era() {
        Era::Text => OLD,
        Era::Old => OLD | NEW,
        Era::New => NEW,
    };
    let mut taken = vec![false; model.classes(group)];
    if text {
        for tag in found.iter().flatten().map(|f| f.tag) {
            if let Some(slot) = model.class(group, tag).and_then(|class| taken.get_mut(class)) {
                *slot = true;
            }
        }
    }
    let sure = if text { SURE_OF_OTHER_YEARS } else { SURE };
    for (line, best) in candidates {
        let may = |class: usize| {
            let flags = model.flags(group, class);
            class == 0 || flags & in_force != 0 && (flags & MANY != 0 || !taken.get(class).copied().unwrap_or(false))
        };
        let Some(&(class, probability)) = best.iter().find(|b| may(b.0)) else { continue };
        if let Some(slot) = taken.get_mut(class) {
            *slot = true;
        }
        let Some(slot) = found.get_mut(line) else { continue };
        let percent = model.percent(probability);
        let tag = model.name(group, class);
        let sure = if slot.is_some_and(|f| f.tag == tag) { SURE_WITH_TABLE } else { sure };
        *slot = (class != 0 && percent >= sure).then(|| slot.unwrap_or_default().learned(tag, percent));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Query, concept};

    /// Lines as `label`, `sign`; a label that ends with a colon is a heading.
    fn tags(kind: StatementKind, year: i16, lines: &[(&str, i8)]) -> Vec<String> {
        let mut heading = "";
        let mut asked = Vec::new();
        let mut previous = None;
        for &(label, sign) in lines {
            if label.ends_with(':') {
                heading = label;
                continue;
            }
            let (unit, section) = (Unit::USD, [heading]);
            let query = Query { kind, label, section: &section, unit, year: Some(year), total: false, previous };
            let table = concept(&query);
            previous = table.map(|f| f.tag).or(previous);
            asked.push(Line { label, heading, unit, sign, table });
        }
        let document: Vec<&str> = asked.iter().filter_map(|l| l.table).map(|f| f.tag).collect();
        let found = tag(&Statement { kind, year: Some(year), minority: false, document: &document, lines: &asked });
        let name = |f: &Option<Found>| f.map_or("", |f| f.tag).trim_start_matches("us-gaap:").to_string();
        found.iter().map(name).collect()
    }

    #[test]
    fn the_committed_model_is_one_and_whole() {
        let model = Model::new(FILE).expect("the file has the layout of this version");
        for group in 0..3 {
            let names: Vec<&str> = (0..model.classes(group)).map(|c| model.name(group, c)).collect();
            assert!(names.len() > 200, "group {group} has {} classes", names.len());
            assert_eq!(names.first(), Some(&""));
            assert!(names.iter().skip(1).all(|n| n.starts_with("us-gaap:")));
            assert!(names.is_sorted_by(|a, b| a < b));
        }
        assert_eq!(model.name(2, model.classes(2)), "");
        assert!(model.percent(65_535) > 90 && model.percent(0) < 40);
    }

    const INCOME: [(&str, i8); 8] = [
        ("Net sales", 1),
        ("Cost of sales", 1),
        ("Gross profit", 1),
        ("Selling, general and administrative expenses", 1),
        ("Operating income", 1),
        ("Income before income taxes", 1),
        ("Provision for income taxes", 1),
        ("Net income", 1),
    ];

    #[test]
    fn a_statement_of_today_has_tags_of_today() {
        let tags = tags(StatementKind::Income, 2024, &INCOME);
        assert_eq!(tags[0], "RevenueFromContractWithCustomerExcludingAssessedTax");
        assert_eq!(tags[2..5], ["GrossProfit", "SellingGeneralAndAdministrativeExpense", "OperatingIncomeLoss"]);
        assert_eq!(tags[6..], ["IncomeTaxExpenseBenefit", "NetIncomeLoss"]);
    }

    #[test]
    fn before_filers_tagged_the_tables_decide() {
        let tags = tags(StatementKind::Income, 1996, &INCOME);
        assert_eq!(tags[0], "SalesRevenueNet");
        let table = |label| {
            concept(&Query {
                kind: StatementKind::Income,
                label,
                section: &[],
                unit: Unit::USD,
                year: Some(1996),
                total: false,
                previous: None,
            })
        };
        assert_eq!(Some(tags[7].as_str()), table("Net income").map(|f| f.tag.trim_start_matches("us-gaap:")));
    }

    #[test]
    fn the_unknown_is_unknown() {
        let tags = tags(StatementKind::CashFlow, 2024, &[("Operating activities:", 0), ("Phlogiston", 1)]);
        assert_eq!(tags, [""]);
    }

    #[test]
    fn what_stands_once_is_given_once() {
        let lines = [("Current assets:", 0), ("Goodwill", 1), ("Goodwill", 1)];
        let tags = tags(StatementKind::BalanceSheet, 2024, &lines);
        assert_eq!(tags.iter().filter(|t| *t == "Goodwill").count(), 1, "{tags:?}");
    }

    #[test]
    fn hostile_statements_are_read() {
        let long = "((x ".repeat(10_000);
        let lines: Vec<(&str, i8)> = vec![(&long, 1); 50];
        assert_eq!(tags(StatementKind::BalanceSheet, 2024, &lines).len(), 50);
        assert!(tags(StatementKind::Equity, 2024, &[]).is_empty());
    }
}
