//! The signature block: company, date, and who signed in which office.

use crate::page::{Page, Segment, fold, is_rule, lower};
use crate::{Writer, date, patterns};
use tieout_model::Part;

/// How many lines after the word SIGNATURE are read.
const LINES: usize = 120;

/// A signer as far as found.
struct Signer {
    name: Option<Segment>,
    /// Segments of the office, from top to bottom.
    title: Vec<(usize, usize)>,
    x0: usize,
    x1: usize,
    last: usize,
}

/// Reads the last signature block of a page.
pub(crate) fn read(page: &Page<'_>, out: &mut Writer<'_>) {
    let heading = |i: &usize| {
        let line = page.line(*i).trim_ascii();
        line.len() < 40 && matches!(line.first(), Some(b'S' | b's')) && {
            let word: String = fold(line).to_ascii_uppercase().split_whitespace().collect();
            matches!(word.trim_end_matches([':', '.']), "SIGNATURE" | "SIGNATURES")
        }
    };
    let Some(start) = (0..page.lines.len()).rev().find(heading) else {
        return;
    };
    let end = (start + 1..page.lines.len().min(start + LINES))
        .find(|&i| ends(page, i))
        .unwrap_or(page.lines.len().min(start + LINES));
    let first = after_preamble(page, start + 1, end);
    let (mut company, mut dated, mut signers) = (None, None, Vec::<Signer>::new());
    // What a label on the same line has already taken.
    let mut taken = 0;
    for index in (first..end).filter(|&i| !page.is_gap(i)) {
        for segment in pieces(page, index).into_iter().take(8) {
            let text = page.get(segment.start, segment.end);
            if is_rule(text) || segment.start < taken {
                continue;
            }
            let words = lower(text);
            if let Some(found) = date::first(text, None).filter(|_| text.len() < 40) {
                dated.get_or_insert((found.date, segment.start + found.start, segment.start + found.end));
            } else if let Some(name) = signed(page, &segment) {
                taken = name.end;
                sign(page, &mut signers, name, &segment);
            } else if let Some(rest) = after(page, &segment, &words, &["name:"]) {
                taken = rest.end;
                name_signer(page, &mut signers, rest);
            } else if let Some(rest) = after(page, &segment, &words, &["title:", "its:"]) {
                taken = rest.end;
                if let Some(signer) = signers.last_mut() {
                    signer.title.push((rest.start, rest.end));
                    signer.last = index;
                }
            } else if matches!(
                words.as_str(),
                "(registrant)" | "registrant" | "by:" | "by" | "date:" | "dated:" | "date" | "(signature)"
            ) || words.starts_with("(registrant")
            {
            } else if let Some(signer) =
                signers.iter_mut().rev().find(|s| reaches(page, s, index) && overlaps(s, &segment))
            {
                below(page, signer, &segment, index);
            } else if signers.is_empty()
                && company.is_none()
                && !["dated", "date:", "pursuant", "the registrant"].iter().any(|w| words.starts_with(w))
            {
                company = Some(segment);
            }
        }
    }
    if let Some(segment) = company {
        out.push(
            Part::Signature,
            "company",
            page.words(segment.start, segment.end),
            page.span(segment.start, segment.end),
        );
    }
    if let Some((day, start, end)) = dated {
        out.push(Part::Signature, "date", day.to_string(), page.span(start, end));
    }
    for signer in &signers {
        write(page, signer, out);
    }
}

/// The block is over where an index, an item or another document begins.
fn ends(page: &Page<'_>, index: usize) -> bool {
    let line = page.line(index).trim_ascii();
    line.len() < 50 && {
        let words = lower(line);
        ["exhibit index", "index to exhibits", "exhibit", "for immediate release", "index"]
            .iter()
            .any(|e| words.starts_with(e))
    }
}

/// Behind the sentence "Pursuant to the requirements ... duly authorized."
fn after_preamble(page: &Page<'_>, start: usize, end: usize) -> usize {
    (start..end.min(start + 20))
        .find(|&i| {
            let words = lower(page.line(i));
            words.ends_with("authorized.")
                || words.ends_with("authorized")
                || words.ends_with("indicated.")
                || words.ends_with("indicated")
        })
        .map_or(start, |i| i + 1)
}

/// The name in a line of signature: behind `/s/`, or behind `By:`; empty where only a rule follows.
fn signed(page: &Page<'_>, segment: &Segment) -> Option<Segment> {
    let text = page.get(segment.start, segment.end);
    let words = text.to_ascii_lowercase();
    let mark = [b"/s/".as_slice(), b"\\s\\", b"/s"]
        .iter()
        .find_map(|m| memchr::memmem::find(&words, m).map(|at| at + m.len()));
    let named = || text.starts_with(b"By ") && text.iter().filter(|b| b.is_ascii_uppercase()).count() >= 3;
    let by = (words.starts_with(b"by:") || named()).then_some(3);
    let from = mark.or(by)?;
    // A wide gap may stand between the mark and the name: then the name is the line's next segment. Between
    // "By:" and the mark it leaves the line to the segment that has the mark.
    let line = page.lines.get(segment.line)?;
    if mark.is_none() && memchr::memmem::find(page.get(segment.end, line.end), b"/").is_some() {
        return None;
    }
    let label = pieces(page, segment.line)
        .into_iter()
        .find(|s| s.start >= segment.end && memchr::memchr(b':', page.get(s.start, s.end)).is_some());
    let rest = page.get(segment.start + from, label.map_or(line.end, |l| l.start)).trim_ascii_end();
    let lead = rest.iter().take_while(|b| b.is_ascii_whitespace() || matches!(b, b'_' | b':')).count();
    let start = segment.start + from + lead;
    let length = rest.get(lead..)?.windows(3).position(|w| w == b"   ").unwrap_or(rest.len() - lead);
    let name = page.get(start, start + length);
    let end = start + name.iter().rposition(|b| !matches!(b, b'_' | b' ' | b'-')).map_or(0, |n| n + 1);
    Some(Segment { start, end: end.max(start), ..*segment })
}

/// Opens a signer; a line `By:` directly over or beside `/s/ name` is the same one.
fn sign(page: &Page<'_>, signers: &mut Vec<Signer>, name: Segment, segment: &Segment) {
    // "By: A. Crane" printed under "/s/ A. Crane".
    let words = page.words(name.start, name.end);
    let again = |s: &&mut Signer| {
        s.title.is_empty()
            && segment.line <= s.last + 2
            && s.name.is_some_and(|n| same_name(&page.words(n.start, n.end), &words))
    };
    if let Some(known) = signers.iter_mut().rev().take(4).filter(|s| overlaps(s, segment)).find(again) {
        known.last = segment.line;
        return;
    }
    if let Some(last) = signers.last_mut()
        && (last.name.is_none() && segment.line <= last.last + 2 || last.name.is_some_and(|n| n.start == name.start))
    {
        last.name = (name.start < name.end).then_some(name).or(last.name);
        last.last = segment.line;
        return;
    }
    let name_at = (name.start < name.end).then_some(name);
    let x1 = segment.x1.max(segment.x0 + 40);
    signers.push(Signer { name: name_at, title: Vec::new(), x0: segment.x0, x1, last: segment.line });
}

/// What stands behind a label, in its own segment or in the next.
fn after(page: &Page<'_>, segment: &Segment, words: &str, labels: &[&str]) -> Option<Segment> {
    let label = labels.iter().find(|l| words.starts_with(**l))?;
    if words.len() > label.len() {
        return Some(Segment { start: segment.start + label.len(), ..*segment });
    }
    let next = pieces(page, segment.line).into_iter().find(|s| s.start >= segment.end);
    let next = next.filter(|s| !page.get(s.start, s.end).ends_with(b":"));
    Some(next.unwrap_or(Segment { start: segment.end, ..*segment }))
}

/// A line's segments, cut also before a label: lines of a table's cell run together in HTML.
fn pieces(page: &Page<'_>, line: usize) -> Vec<Segment> {
    let mut cut = Vec::new();
    for segment in page.segments(line).into_iter().take(8) {
        let words = page.get(segment.start, segment.end).to_ascii_lowercase();
        let labels: [&[u8]; 4] = [b" name:", b" title:", b" its:", b" by:"];
        let mut starts: Vec<usize> =
            labels.iter().flat_map(|l| memchr::memmem::find_iter(&words, l)).map(|at| at + 1).collect();
        starts.sort_unstable();
        let mut from = 0;
        for to in starts.into_iter().chain([words.len()]) {
            let end = from + words.get(from..to).unwrap_or_default().trim_ascii_end().len();
            cut.push(Segment {
                start: segment.start + from,
                end: segment.start + end,
                x0: segment.x0 + from,
                x1: segment.x0 + end,
                line,
            });
            from = to;
        }
    }
    cut
}

fn name_signer(page: &Page<'_>, signers: &mut Vec<Signer>, rest: Segment) {
    let text = page.get(rest.start, rest.end);
    let start = rest.start + text.len() - text.trim_ascii_start().len();
    let name = Segment { start, ..rest };
    match signers.last_mut() {
        Some(signer) => {
            signer.name = (name.start < name.end).then_some(name).or(signer.name);
            signer.last = rest.line;
        }
        None => sign(page, signers, name, &rest),
    }
}

/// A line still belongs to a signer: close below, and once an office was read not behind a blank line.
fn reaches(page: &Page<'_>, signer: &Signer, index: usize) -> bool {
    let blank = (signer.last + 1..index).any(|i| page.line(i).is_empty());
    index <= signer.last + 3 && (signer.title.is_empty() || !blank)
}

fn overlaps(signer: &Signer, segment: &Segment) -> bool {
    segment.x0 < signer.x1 + 4 && signer.x0 < segment.x1 + 4
}

/// A line under a signature: the name in print, an office, or both in one ("A. Crane, Chief").
fn below(page: &Page<'_>, signer: &mut Signer, segment: &Segment, index: usize) {
    let text = page.words(segment.start, segment.end);
    if !text.chars().any(char::is_alphabetic) {
        return;
    }
    signer.last = index;
    let Some(name) = signer.name else {
        signer.name = Some(*segment);
        return;
    };
    let known = page.words(name.start, name.end);
    if same_name(&known, &text) {
        return;
    }
    match text.split_once(',') {
        Some((first, rest)) if same_name(&known, first) && !rest.trim().is_empty() => {
            let comma = memchr::memchr(b',', page.get(segment.start, segment.end)).unwrap_or(0);
            signer.title.push((segment.start + comma + 1, segment.end));
        }
        _ if signer.title.len() < 5 && patterns::phone(text.as_bytes(), 0).is_none() => {
            signer.title.push((segment.start, segment.end))
        }
        _ => {}
    }
}

/// The same person: the last word. Signatures shorten and nickname the first.
fn same_name(a: &str, b: &str) -> bool {
    let key = |s: &str| {
        let s = s.trim().trim_end_matches([',', '.']).to_lowercase();
        Some(
            s.split([' ', '.'])
                .rfind(|w| !w.is_empty() && !matches!(*w, "jr" | "iii" | "ii"))?
                .trim_matches(',')
                .to_string(),
        )
    };
    key(a).is_some() && key(a) == key(b)
}

fn write(page: &Page<'_>, signer: &Signer, out: &mut Writer<'_>) {
    let Some(name) = signer.name else { return };
    let mut end = name.end;
    let text = page.get(name.start, name.end);
    let mut titles = signer.title.clone();
    // "/s/ A. Crane, Chief Financial Officer" on one line.
    if let Some(comma) = memchr::memchr(b',', text).filter(|c| text.len() - c > 6) {
        end = name.start + comma;
        titles.insert(0, (end + 1, name.end));
    }
    let signer = page.words(name.start, end);
    out.push(Part::Signature, "signer", signer.clone(), page.span(name.start, end));
    if let (Some(first), Some(last)) = (titles.first(), titles.last()) {
        let value = titles.iter().map(|&(s, e)| page.words(s, e)).collect::<Vec<_>>().join(" ");
        let lead = page.get(first.0, first.1);
        let start = first.0 + lead.len() - lead.trim_ascii_start().len();
        // Signers may stand side by side: the note says whose office it is.
        out.push_noted(Part::Signature, "title", value, signer, page.span(start, last.1));
    }
}

#[cfg(test)]
mod tests {
    use crate::show;
    use tieout_model::Part;

    fn signed(block: &str) -> Vec<String> {
        let text = format!(
            "FORM 8-K\n\n   SIGNATURE\n\n  Pursuant to the requirements, the registrant is duly authorized.\n\n{block}"
        );
        show("8-K", &text, |f| f.part == Part::Signature)
    }

    #[test]
    fn name_and_office_in_one_line_that_wraps() {
        let block = "Dated: May 2, 2003           ACME, INC.\n\n                By:    /s/ Ann A. Crane\n                    ------------------\n                        Ann A. Crane, Chief\n                        Financial Officer\n";
        assert_eq!(
            signed(block),
            [
                "date=2003-05-02",
                "company=ACME, INC.",
                "signer=Ann A. Crane",
                "title=Chief Financial Officer {Ann A. Crane}"
            ]
        );
    }

    #[test]
    fn labels_and_date_below() {
        let block = "              ACME, INC.\n              (Registrant)\n\n              By:   /s/   ANN CRANE\n                 ------------\n              Name:  Ann Crane\n              Title: Vice President and\n                     Controller\n\nDate: May 2, 2003\n";
        assert_eq!(
            signed(block),
            [
                "company=ACME, INC.",
                "signer=Ann Crane",
                "title=Vice President and Controller {Ann Crane}",
                "date=2003-05-02"
            ]
        );
    }

    #[test]
    fn two_signers() {
        let block = "  ACME, INC.\n\n  /s/ Ann Crane\n  President\n\n\n\n\n  /s/ Bob Dale, Treasurer\n";
        assert_eq!(
            signed(block),
            [
                "company=ACME, INC.",
                "signer=Ann Crane",
                "title=President {Ann Crane}",
                "signer=Bob Dale",
                "title=Treasurer {Bob Dale}"
            ]
        );
    }
}
