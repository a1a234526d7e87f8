use super::{Sink, document};
use crate::view::View;
use tieout::Part;

pub(super) const COLUMNS: [&str; 8] = ["adsh", "doc", "part", "field", "value", "note", "span_start", "span_end"];

pub(super) const SHOWN: [&str; 4] = ["part", "field", "value", "note"];

/// From the first to go to the last.
pub(super) const SPARE: [&str; 1] = ["note"];

/// One row per field: the header, then what the documents say of themselves, then EX-27 schedules line by line.
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
    for schedule in &submission.schedules {
        let mut note = format!("article {}, column {}", schedule.article, schedule.column + 1);
        if let Some(power) = schedule.multiplier {
            note += &format!(", multiplier 1{}", "0".repeat(power.max(0).unsigned_abs().into()));
        }
        for value in &schedule.values {
            sink(&[
                submission.accession.as_str().into(),
                document(schedule.doc),
                "schedule".into(),
                value.tag.as_str().into(),
                value.text.as_str().into(),
                note.as_str().into(),
                value.span.start.into(),
                value.span.end.into(),
            ]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{fixture, rows};
    use tieout::{Schedule, ScheduleValue, Span};

    #[test]
    fn schedules_are_listed_as_printed() {
        let mut fixture = fixture::release();
        let value = ScheduleValue { tag: "CASH".into(), text: "1,200".into(), amount: None, span: Span::new(3, 8) };
        let schedule = Schedule { doc: 2, article: "5".into(), multiplier: Some(3), column: 0, values: vec![value] };
        fixture.report.submission.schedules.push(schedule);
        let mut seen = Vec::new();
        (rows::COVER.rows)(&fixture.view(), &mut |row| {
            seen.push(row.iter().map(|c| c.text().into_owned()).collect::<Vec<_>>().join("|"));
        });
        assert_eq!(seen, ["|2|schedule|CASH|1,200|article 5, column 1, multiplier 1000|3|8"]);
    }
}
