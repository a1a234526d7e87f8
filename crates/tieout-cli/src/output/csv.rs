//! RFC 4180, UTF-8, `\n`, one header row for all inputs.

use super::Frame;
use crate::rows::{Cell, List, Sink};
use crate::view::View;
use std::io::Write;

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
    rows(&mut |row| {
        for (i, cell) in row.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            field(cell, out);
        }
        out.push(b'\n');
    });
}

/// A field, in quotes where it holds a comma, a quote or a line end; its own quotes are doubled.
fn field(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Text(text) if text.bytes().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n')) => {
            out.push(b'"');
            out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        }
        Cell::Text(text) => out.extend_from_slice(text.as_bytes()),
        // Writing to memory does not fail.
        Cell::Int(n) => drop(write!(out, "{n}")),
        Cell::Missing => {}
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
