//! Whom to call: the conference call and the investor contact of a release.

use crate::flat::Flat;
use crate::page::{Page, Segment, fold, is_rule, lower};
use crate::release::Release;
use crate::{Writer, date, patterns};
use std::ops::Range;
use tieout_model::Part;

/// How many mentions of a call are looked at for its time.
const CALLS: usize = 100;

/// The sentence that sets the call's time, and of its paragraph the numbers to dial and the web address.
pub(crate) fn conference_call(release: &Release<'_, '_>, out: &mut Writer<'_>) {
    let flat = &release.flat;
    let calls = flat.all(&["conference call", "teleconference", "webcast"], 0..flat.lower.len());
    let timed = calls.iter().take(CALLS).find_map(|&(at, _)| {
        // The time may stand in the sentence after the one that names the call, or before the word.
        let end = flat.paragraph(at).end.min(at + 600);
        let time = time(flat, at..end).or_else(|| time(flat, flat.sentence(at).start..at))?;
        Some((flat.sentence(time.start), time))
    });
    let Some((sentence, time)) = timed else {
        return;
    };
    let put = |out: &mut Writer<'_>, name: &'static str, range: Range<usize>| {
        out.push(Part::Release, name, flat.words(range.clone()), flat.span(release.page, range));
    };
    put(out, "conference_call", sentence.clone());
    let year = release.date.map(|d| d.year());
    if let Some(day) = flat.text.get(sentence.clone()).and_then(|t| date::first(t, year)) {
        let range = sentence.start + day.start..sentence.start + day.end;
        out.push(Part::Release, "conference_call_date", day.date.to_string(), flat.span(release.page, range));
    } else if let Some(at) = flat.find("today", sentence.start).filter(|at| *at < sentence.end)
        && let Some(day) = release.date
    {
        out.push(Part::Release, "conference_call_date", day.to_string(), flat.span(release.page, at..at + 5));
    }
    put(out, "conference_call_time", time);
    // Numbers behind "contact" are for other questions.
    let paragraph = flat.paragraph(sentence.start);
    let next = flat.paragraph((paragraph.end + 1).min(flat.text.len()));
    let own = details(flat, paragraph, out, release);
    let dials = flat.lower.get(next.clone()).is_some_and(|t| memchr::memmem::find(t, b"dial").is_some());
    if !own && dials {
        details(flat, next, out, release);
    }
}

/// Telephone numbers and the first web address of a paragraph; true where there was a number.
fn details(flat: &Flat, paragraph: Range<usize>, out: &mut Writer<'_>, release: &Release<'_, '_>) -> bool {
    let end =
        flat.find_any(&["please contact", "contact:", "contact "], paragraph.clone()).map_or(paragraph.end, |f| f.0);
    let text = flat.lower.get(..end).unwrap_or_default();
    let mut from = paragraph.start;
    let mut found = false;
    while let Some(range) = patterns::phone(text, from) {
        from = range.end;
        found = true;
        let sentence = flat.sentence(range.start);
        let replayed = flat.find_any(&["replay", "rebroadcast", "recording", "recorded"], sentence).is_some();
        let note = if replayed { "replay" } else { "" };
        out.push_noted(
            Part::Release,
            "conference_call_phone",
            flat.words(range.clone()),
            note.into(),
            flat.span(release.page, range),
        );
    }
    if let Some(range) = patterns::web(text, paragraph.start) {
        out.push(Part::Release, "conference_call_web", flat.words(range.clone()), flat.span(release.page, range));
    }
    found
}

/// "5:00 p.m. Eastern Time", "11 a.m. EST".
fn time(flat: &Flat, range: Range<usize>) -> Option<Range<usize>> {
    let text = flat.lower.get(..range.end)?;
    let mut from = range.start;
    loop {
        let at = from + text.get(from..)?.iter().position(u8::is_ascii_digit)?;
        let clock = text.get(at..)?.iter().take(5).take_while(|b| b.is_ascii_digit() || **b == b':').count();
        from = at + clock;
        let rest = text.get(from..)?;
        let gap = usize::from(rest.first() == Some(&b' '));
        let halves: [&[u8]; 6] = [b"a.m.", b"p.m.", b"a.m", b"p.m", b"am", b"pm"];
        let half = halves.into_iter().find(|h| rest.get(gap..).is_some_and(|r| r.starts_with(h)));
        let Some(half) = half else { continue };
        let mut end = from + gap + half.len();
        if text.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        // The zone: up to four words that belong to one.
        for _ in 0..4 {
            let rest = text.get(end..)?;
            let lead = rest.iter().take_while(|b| matches!(b, b' ' | b',' | b'(')).count();
            let word = rest.get(lead..)?.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let zone = [
                b"eastern".as_slice(),
                b"central",
                b"mountain",
                b"pacific",
                b"standard",
                b"daylight",
                b"savings",
                b"time",
                b"et",
                b"est",
                b"edt",
                b"ct",
                b"cst",
                b"cdt",
                b"mt",
                b"mst",
                b"mdt",
                b"pt",
                b"pst",
                b"pdt",
                b"new",
                b"york",
            ];
            if !zone.contains(&rest.get(lead..lead + word)?) {
                break;
            }
            end += lead + word;
        }
        return Some(at..end);
    }
}

/// A block headed "Contact:", or a sentence that says whom to contact.
pub(crate) fn investor_contact(release: &Release<'_, '_>, out: &mut Writer<'_>) {
    if !block(release.page, release.paragraphs.first().map_or(0, |p| p.start), out) {
        sentence(release, out);
    }
}

/// "please contact Investor Relations, Acme, 1 Main Street, Erie, PA 16505, telephone ..., email ...".
fn sentence(release: &Release<'_, '_>, out: &mut Writer<'_>) {
    let flat = &release.flat;
    for (at, word) in flat.all(&["contact ", "contact: ", "contacting "], 0..flat.lower.len()) {
        let from = at + word.len();
        let end = flat.paragraph(from).end.min(from + 500);
        let Some(text) = flat.lower.get(..end) else {
            continue;
        };
        let (phone, email) = (patterns::phone(text, from), patterns::email(text, from));
        let Some(first) = phone.iter().chain(&email).map(|r| r.start).min() else {
            continue;
        };
        // The name goes up to the street, or to the word or number that says how to reach it.
        let cue = flat
            .find_any(&[" at ", " by ", " telephone", " tel", " phone", " email", " e-mail", " fax"], from..first)
            .map_or(first, |f| f.0);
        let zip = flat.text.get(from..cue).and_then(patterns::zip).map(|z| from + z.start..from + z.end);
        let street = zip.as_ref().and_then(|z| street(flat, from..z.start));
        let name_end = street.unwrap_or(cue);
        let name = from..flat
            .text
            .get(from..name_end)
            .map_or(from, |t| from + t.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |n| n + 1));
        if name.is_empty() || name.len() > 120 || !flat.text.get(from).is_some_and(u8::is_ascii_uppercase) {
            continue;
        }
        let whose = flat.words(name.clone());
        let mut put = |field: &'static str, range: Range<usize>| {
            let note = if range == name { String::new() } else { whose.clone() };
            out.push_noted(Part::Release, field, flat.words(range.clone()), note, flat.span(release.page, range));
        };
        put("investor_contact", name.clone());
        if let (Some(street), Some(zip)) = (street, zip) {
            put("investor_contact_address", street..zip.end);
        }
        if let Some(phone) = phone {
            put("investor_contact_phone", phone);
        }
        if let Some(email) = email {
            put("investor_contact_email", email);
        }
        return;
    }
}

/// Where the street begins before a postal code: behind a comma, with a number or "P.O.".
fn street(flat: &Flat, range: Range<usize>) -> Option<usize> {
    let text = flat.text.get(range.clone())?;
    (0..text.len()).find_map(|i| {
        let begins = i == 0 || text.get(i - 1) == Some(&b' ') && text.get(i.checked_sub(2)?) == Some(&b',');
        let street = text[i].is_ascii_digit() || text.get(i..i + 3).is_some_and(|t| t.eq_ignore_ascii_case(b"p.o"));
        (begins && street).then_some(range.start + i)
    })
}

/// How many lines a block of contacts takes at most.
const BLOCK: usize = 10;

/// The first block that a line "Contact:" heads and that has a telephone number or an e-mail address.
/// Columns side by side are one contact each.
fn block(page: &Page<'_>, from: usize, out: &mut Writer<'_>) -> bool {
    let words: [&[u8]; 4] = [b"ontact", b"ONTACT", b"nformation", b"NFORMATION"];
    let starts = page.mentions(&words).into_iter().filter(|&i| i >= from && heads(page, i));
    for start in starts.take(20) {
        let mut columns: Vec<Vec<Segment>> = Vec::new();
        let mut gaps = 0;
        for index in start..page.lines.len().min(start + BLOCK) {
            if page.is_gap(index) {
                gaps += 1;
                if gaps > 2 {
                    break;
                }
                continue;
            }
            let segments: Vec<Segment> = page.segments(index).into_iter().take(4).collect();
            if segments.iter().any(|s| s.end - s.start > 72) {
                break;
            }
            for segment in segments {
                let column = columns.iter().position(|c| c.last().is_some_and(|l| l.overlap(&segment) > 0));
                if let Some(column) = column.and_then(|c| columns.get_mut(c)) {
                    column.push(segment);
                } else if columns.len() < 6 {
                    columns.push(vec![segment]);
                }
            }
        }
        let written = columns.iter().filter(|column| contact(page, column, out)).count();
        if written > 0 {
            return true;
        }
    }
    false
}

fn heads(page: &Page<'_>, index: usize) -> bool {
    page.segments(index).iter().take(4).any(|segment| {
        let words = lower(page.get(segment.start, segment.end));
        let labels = [
            "contact:",
            "contacts:",
            "contact",
            "for further information",
            "for more information",
            "for additional information",
            "investor contact",
            "investor relations contact",
            "company contact",
            "press contact",
            "media contact",
            "financial contact",
            "for information",
        ];
        words.len() < 72 && labels.iter().any(|l| words.starts_with(l))
    })
}

/// Writes one column of a block: its first words that are not a label, its number, its address.
fn contact(page: &Page<'_>, column: &[Segment], out: &mut Writer<'_>) -> bool {
    let mut name = None;
    let (mut phone, mut email) = (None, None);
    for segment in column {
        let text = page.get(segment.start, segment.end);
        if is_rule(text) {
            continue;
        }
        let shift = |r: Range<usize>| segment.start + r.start..segment.start + r.end;
        let number = patterns::phone(text, 0).map(shift);
        let mail = patterns::email(text, 0).map(shift);
        let reaches = number.is_some() || mail.is_some();
        phone = phone.or(number);
        email = email.or(mail);
        let words = lower(text);
        let label = [
            "contact",
            "for further",
            "for more",
            "for additional",
            "for information",
            "investor contact",
            "investors",
            "media",
            "company contact",
            "for immediate",
            "investor relations:",
            "at the company",
            "from:",
        ]
        .iter()
        .any(|l| words.starts_with(l));
        if name.is_none() && !reaches {
            let colon = memchr::memchr(b':', text).map_or(0, |n| n + 1);
            let rest = if label { colon } else { 0 };
            let lead = page.get(segment.start + rest, segment.end);
            let start = segment.start + rest + lead.len() - lead.trim_ascii_start().len();
            if (!label || colon > 0)
                && start < segment.end
                && !text.ends_with(b":")
                && page.get(start, segment.end).iter().any(u8::is_ascii_lowercase) | (segment.end - start > 5)
            {
                name = Some(start..segment.end);
            }
        }
    }
    if phone.is_none() && email.is_none() {
        return false;
    }
    let Some(name) = name else { return false };
    if fold(page.get(name.start, name.end)).len() > 60 {
        return false;
    }
    let whose = page.words(name.start, name.end);
    out.push(Part::Release, "investor_contact", whose.clone(), page.span(name.start, name.end));
    // Contacts may stand side by side: the note says whose number it is.
    for (field, range) in [("investor_contact_phone", phone), ("investor_contact_email", email)] {
        if let Some(Range { start, end }) = range {
            out.push_noted(Part::Release, field, page.words(start, end), whose.clone(), page.span(start, end));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::show;

    fn fields(text: &str, prefix: &str) -> Vec<String> {
        show("EX-99.1", text, |f| f.name.starts_with(prefix))
    }

    #[test]
    fn the_call_and_its_numbers() {
        let text = "Erie, April 2, 2003 - Acme, Inc. makes widgets and today says that it has made more of them than in years.\n\nAcme has set a conference call for Tuesday, April 29th at\n5:00 p.m.  Eastern Time. Dial (800) 555-4836, or (973)\n555-5319 from abroad, or see (www.acme.com/Q1). For more please contact Acme, (814) 555-1072.\n";
        assert_eq!(
            fields(text, "conference"),
            [
                "conference_call=Acme has set a conference call for Tuesday, April 29th at 5:00 p.m. Eastern Time.",
                "conference_call_date=2003-04-29",
                "conference_call_time=5:00 p.m. Eastern Time",
                "conference_call_phone=(800) 555-4836",
                "conference_call_phone=(973) 555-5319",
                "conference_call_web=www.acme.com/Q1",
            ]
        );
    }

    #[test]
    fn a_contact_in_a_sentence() {
        let text = "For more, please contact Investor Relations, Acme Inc, 1 Main Street, Erie, PA 16505,\ntelephone (814) 555-1072, email ir@acme.com, or visit us.\n";
        assert_eq!(
            fields(text, "investor"),
            [
                "investor_contact=Investor Relations, Acme Inc",
                "investor_contact_address=1 Main Street, Erie, PA 16505 {Investor Relations, Acme Inc}",
                "investor_contact_phone=(814) 555-1072 {Investor Relations, Acme Inc}",
                "investor_contact_email=ir@acme.com {Investor Relations, Acme Inc}",
            ]
        );
    }

    #[test]
    fn contacts_side_by_side() {
        let text = "CONTACT:\n                                Ann A. Dale, CFA\nBob Crane, CFO                  Relations LLC\nAcme, Inc.                      (212) 555-4500\n(201) 555-5648                  ann@relations.com\n\n   ACME GROWS\n";
        assert_eq!(
            fields(text, "investor"),
            [
                "investor_contact=Ann A. Dale, CFA",
                "investor_contact=Bob Crane, CFO",
                "investor_contact_phone=(212) 555-4500 {Ann A. Dale, CFA}",
                "investor_contact_phone=(201) 555-5648 {Bob Crane, CFO}",
                "investor_contact_email=ann@relations.com {Ann A. Dale, CFA}",
            ]
        );
    }
}
