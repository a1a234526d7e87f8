use super::{Sink, document};
use crate::view::View;
use tieout::Part;

pub(super) const COLUMNS: [&str; 8] =
    ["adsh", "doc", "part", "field", "value", "note", "span_start", "span_end"];

pub(super) const SHOWN: [&str; 4] = ["part", "field", "value", "note"];

/// One row per field: the header, then what the documents say of themselves.
pub(super) fn rows(view: &View<'_>, sink: &mut Sink<'_>) {
    let submission = &view.report.submission;
    for field in submission.header.iter().chain(&submission.cover) {
        let (part, path) = match &field.part {
            Part::Header(path) => ("header", path.as_str()),
            Part::Cover => ("cover", ""),
            Part::Item => ("item", ""),
            Part::Exhibit => ("exhibit", ""),
            Part::Signature => ("signature", ""),
            Part::Release => ("release", ""),
        };
        // A header repeats its keys for every filer and address: the section tells them apart.
        let note = if field.note.is_empty() { path } else { &field.note };
        sink(&[
            submission.accession.as_str().into(),
            document(field.doc),
            part.into(),
            field.name.as_ref().into(),
            field.value.as_str().into(),
            note.into(),
            field.span.start.into(),
            field.span.end.into(),
        ]);
    }
}
