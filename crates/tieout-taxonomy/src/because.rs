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
}

/// `label`, `label under current liability`, `label without "less", tail "net"`, `words of label and heading`.
impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.words { "words of label and heading" } else { "label" })?;
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
        Ok(())
    }
}
