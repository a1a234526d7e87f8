use crate::places::PLACES;
use std::fmt;

/// How a concept was found, for the `because` column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Because {
    /// What was taken off the label before a table knew it; empty words are left out.
    pub without: [&'static str; 2],
    /// Places (bits) that the table's row asks for.
    pub(crate) section: u32,
    /// Read word by word (per share figures and share counts) rather than looked up.
    pub words: bool,
    /// Learned from filers' own tags, against the tables or where they say nothing.
    pub model: bool,
    /// How many in 100 such lines of other companies are tagged so; 0 where no one has counted.
    pub percent: u8,
}

/// `label`, `label in current liability`, `label without "less"`, `words of label and heading`, `label, 97 in
/// 100 tag it so`, `learned from other filers, 81 in 100 tag it so`.
impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.model, self.words) {
            (true, _) => "learned from other filers",
            (_, true) => "words of label and heading",
            _ => "label",
        })?;
        let mut join = " without ";
        for part in self.without.iter().filter(|w| !w.is_empty()) {
            write!(f, "{join}{part}")?;
            join = " and ";
        }
        let mut join = " in ";
        for (i, name) in PLACES.iter().enumerate() {
            if self.section & (1 << i) != 0 {
                write!(f, "{join}{name}")?;
                join = " ";
            }
        }
        match self.percent {
            0 => Ok(()),
            percent => write!(f, ", {percent} in 100 tag it so"),
        }
    }
}
