//! RFC 4180, UTF-8, `\n`, one header row for all inputs.

use super::Frame;
use crate::rows::{Cell, List, Sink};
use crate::view::View;
use csv::{Terminator, WriterBuilder};

pub(crate) fn frame(list: &List) -> Frame {
    Frame { head: list.columns.join(",") + "\n", ..Frame::default() }
}

/// The rows of one input.
pub(crate) fn write(list: &List, view: &View<'_>, out: &mut Vec<u8>) {
    records(&mut |sink| (list.rows)(view, sink), out);
}

/// A header row and all rows.
pub(crate) fn write_rows(columns: &[&str], rows: &mut dyn FnMut(&mut Sink<'_>), out: &mut Vec<u8>) {
    out.extend_from_slice(columns.join(",").as_bytes());
    out.push(b'\n');
    records(rows, out);
}

fn records(rows: &mut dyn FnMut(&mut Sink<'_>), out: &mut Vec<u8>) {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows(&mut |row| {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(Cell::text).map(Bytes));
    });
    let _ = writer.flush();
}

/// The csv crate takes bytes; a `Cow<str>` has them but does not say so.
struct Bytes<'a>(std::borrow::Cow<'a, str>);

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};

    #[test]
    fn quotes_what_needs_it() {
        let fixture = fixture::release();
        let mut out = Vec::new();
        super::write(&rows::FACTS, &fixture.view(), &mut out);
        let text = String::from_utf8(out).unwrap();
        let first = text.lines().next().unwrap();
        assert!(first.contains(r#","label ""Cash""; column heading ""Dec 31, 2002""","#), "{first}");
        assert!(first.contains(r#","1,200","#), "{first}");
    }
}
