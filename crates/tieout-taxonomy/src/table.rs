use crate::hash::hash;
use crate::{Balance, PeriodType, Properties, UnitKind};
use tieout_model::StatementKind;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// One row of `labels/concepts.tsv`.
#[derive(Debug)]
pub(crate) struct Concept {
    pub(crate) tag: &'static str,
    pub(crate) properties: Properties,
    /// Where the line below stands, as far as this concept tells (places).
    pub(crate) after: u32,
}

/// One row of a label table.
#[derive(Debug)]
pub(crate) struct Row {
    /// As [`crate::normalise`] writes it.
    pub(crate) label: &'static str,
    /// Index into [`CONCEPTS`].
    pub(crate) concept: u16,
    /// Places the line must stand in.
    pub(crate) section: u32,
    /// First and last year of the row.
    pub(crate) from: i16,
    pub(crate) to: i16,
}

/// A label table and its hash index: `slots` holds 1 + the first row of a label, 0 where free.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) rows: &'static [Row],
    slots: &'static [u16],
}

impl Table {
    /// All rows of a normalised label.
    pub(crate) fn find(&self, label: &str) -> &'static [Row] {
        let mask = self.slots.len() - 1;
        let mut slot = hash(label.as_bytes()) as usize & mask;
        while let Some(first) = self.slots.get(slot).and_then(|&s| usize::from(s).checked_sub(1)) {
            let rows = self.rows.get(first..).unwrap_or_default();
            let count = rows.iter().take_while(|r| r.label == label).count();
            if count > 0 {
                return rows.get(..count).unwrap_or_default();
            }
            slot = (slot + 1) & mask;
        }
        &[]
    }
}

/// The tables that serve a statement, its own first: income and comprehensive income are often one
/// statement, and statements of equity repeat both.
pub(crate) fn tables(kind: StatementKind) -> &'static [&'static Table] {
    static BALANCE: [&Table; 1] = [&BS];
    static INCOME: [&Table; 2] = [&IS, &CI];
    static CASH: [&Table; 1] = [&CF];
    static EQUITY: [&Table; 2] = [&EQ, &CI];
    static COMPREHENSIVE: [&Table; 2] = [&CI, &IS];
    match kind {
        StatementKind::BalanceSheet => &BALANCE,
        StatementKind::Income => &INCOME,
        StatementKind::CashFlow => &CASH,
        StatementKind::Equity => &EQUITY,
        StatementKind::Comprehensive => &COMPREHENSIVE,
        StatementKind::Other => &[],
    }
}

/// The concept of a tag.
pub(crate) fn by_tag(tag: &str) -> Option<&'static Concept> {
    CONCEPTS.binary_search_by(|c| c.tag.cmp(tag)).ok().and_then(|i| CONCEPTS.get(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, &Table); 5] = [("bs", &BS), ("is", &IS), ("cf", &CF), ("eq", &EQ), ("ci", &CI)];

    #[test]
    fn rows_are_sorted_and_said_once() {
        for (name, table) in ALL {
            let key = |r: &Row| (r.label, r.section, r.from, r.to);
            for pair in table.rows.windows(2) {
                assert!(pair[0].label <= pair[1].label, "{name}: {} stands after {}", pair[1].label, pair[0].label);
            }
            let mut keys: Vec<_> = table.rows.iter().map(key).collect();
            keys.sort();
            for pair in keys.windows(2) {
                assert_ne!(pair[0], pair[1], "{name}: twice");
                let ((a, s, _, end), (b, t, start, _)) = (pair[0], pair[1]);
                assert!(a != b || s != t || end < start, "{name}: {a} has two concepts in {start}");
            }
        }
    }

    #[test]
    fn labels_are_written_as_they_are_looked_up() {
        let mut words = String::new();
        for (name, table) in ALL {
            for row in table.rows {
                crate::normalise(row.label, &mut words);
                assert_eq!(words, row.label, "{name}.tsv");
                assert!(
                    table.find(row.label).iter().any(|r| std::ptr::eq(r, row)),
                    "{name}: {} is not found",
                    row.label
                );
                let unit = CONCEPTS[usize::from(row.concept)].properties.unit;
                assert_eq!(unit, UnitKind::Money, "{name}: {} is read word by word", row.label);
            }
        }
    }

    #[test]
    fn an_unknown_label_has_no_rows() {
        assert!(BS.find("phlogiston").is_empty());
        assert!(BS.find("").is_empty());
    }
}
