use crate::{Claim, Fact, FactRef, Finding, Line, Submission, Table, Tagging, Tie};

/// All that was read and checked in one file. Plain data: every output is a view of it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Envelope, documents, cover page.
    pub submission: Submission,
    /// Every table with numbers, in file order; a table's report number is its index + 1.
    pub tables: Vec<Table>,
    /// Every number of those tables, ordered by table, line and column.
    pub facts: Vec<Fact>,
    /// What Inline XBRL tags say beside the print.
    pub tagging: Tagging,
    /// Every quantitative claim of the prose, in file order.
    pub claims: Vec<Claim>,
    /// Every check performed.
    pub ties: Vec<Tie>,
    /// What a reader should know, worst first, then by place.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The fact a reference points at.
    pub fn fact(&self, reference: FactRef) -> Option<&Fact> {
        self.facts.binary_search_by_key(&reference, Fact::reference).ok().map(|i| &self.facts[i])
    }

    /// The line a fact stands in.
    pub fn line(&self, fact: &Fact) -> &Line {
        &self.tables[fact.table as usize].lines[fact.line as usize]
    }

    /// The facts of one table.
    pub fn facts_of(&self, table: u32) -> &[Fact] {
        let start = self.facts.partition_point(|f| f.table < table);
        let end = self.facts.partition_point(|f| f.table <= table);
        &self.facts[start..end]
    }
}
