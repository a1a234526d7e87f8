use crate::Span;

/// Where lines begin, made only when something is shown to a person.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

/// A place as people say it. Both count from 1; the column counts bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// Line number, from 1.
    pub line: usize,
    /// Byte in the line, from 1.
    pub column: usize,
}

impl LineIndex {
    /// Finds every line of `bytes`. One pass; keep it if you ask more than once.
    pub fn new(bytes: &[u8]) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|i| i as u32 + 1)).collect();
        LineIndex { starts, len: bytes.len() as u32 }
    }

    /// The line and column of a byte offset.
    pub fn locate(&self, offset: u32) -> Location {
        let line = self.starts.partition_point(|&s| s <= offset).max(1);
        Location { line, column: (offset - self.starts[line - 1]) as usize + 1 }
    }

    /// The bytes of a line (from 1) without its line end's `\n`; empty past the last.
    pub fn line(&self, line: usize) -> Span {
        let Some(&start) = line.checked_sub(1).and_then(|i| self.starts.get(i)) else { return Span::default() };
        let end = self.starts.get(line).map_or(self.len, |&next| next - 1);
        Span { start, end: end.max(start) }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locates_both_ends_of_a_line() {
        let index = LineIndex::new(b"ab\ncd\n");
        assert_eq!(index.locate(0), Location { line: 1, column: 1 });
        assert_eq!(index.locate(4), Location { line: 2, column: 2 });
        assert_eq!(index.line(2), Span::new(3, 5));
        assert_eq!(index.count(), 3);
    }
}
