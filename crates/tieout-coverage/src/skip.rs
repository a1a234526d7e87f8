//! The skip list: numbers that say nothing of results, known by what stands beside them. A quantity, which is
//! money, a percent, shares or a count with its noun, is never on it.

use crate::shown::{BREAK, CELL, RAISED};
use crate::words::{self, CALL, CLOCK, DURATION, MEASURE, MONTH, REFERENCE, ROOM, STATE, STREET};
use tieout_model::Place;

/// A run of digits in a text.
#[derive(Clone, Copy)]
pub(crate) struct Run<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The run of digits at `start`, group commas and points included.
pub(crate) fn run(text: &[u8], start: usize) -> Run<'_> {
    let digit = |i: usize| text.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = start;
    while digit(end) || matches!(text.get(end), Some(b',' | b'.')) && digit(end + 1) {
        end += 1;
    }
    Run { text, start, end }
}

impl<'t> Run<'t> {
    /// ".02": the point belongs to it.
    pub(crate) fn is_part(&self) -> bool {
        self.previous() == b'.' && self.start.checked_sub(2).is_none_or(|i| b" $(\t\n".contains(&self.at(i)))
    }

    fn digits(&self) -> &'t [u8] {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    fn at(&self, index: usize) -> u8 {
        self.text.get(index).copied().unwrap_or(b' ')
    }

    fn previous(&self) -> u8 {
        self.start.checked_sub(1).map_or(b'\n', |i| self.at(i))
    }

    fn next(&self) -> u8 {
        self.at(self.end)
    }

    /// Digits alone, `least..=most` of them.
    fn plain(&self, least: usize, most: usize) -> bool {
        (least..=most).contains(&self.digits().len()) && self.digits().iter().all(u8::is_ascii_digit)
    }

    fn year(&self) -> bool {
        self.plain(4, 4) && (self.digits().starts_with(b"19") || self.digits().starts_with(b"20"))
    }

    /// Money, a percent, a number with its noun.
    pub(crate) fn is_quantity(&self) -> bool {
        let mut at = self.start;
        while at > 0
            && self.start - at < 12
            && matches!(self.at(at - 1), b' ' | b'(' | b'.' | CELL | b'\n' | b'\r' | b'-')
        {
            at -= 1;
        }
        let head = self.text.get(..at).unwrap_or_default();
        let after = self.text.get(self.end..).unwrap_or_default();
        let apart = after.get(after.iter().take(4).take_while(|b| matches!(b, b' ' | b'-' | b')' | b'\n')).count()..);
        let (next, _) = words::after(self.text, self.end);
        let per = (next.eq_ignore_ascii_case(b"per") || next.eq_ignore_ascii_case(b"basis")) && {
            let (_, end) = words::after(self.text, self.end);
            let (second, _) = words::after(self.text, end);
            words::roles(second) & MEASURE != 0
        };
        matches!(head.last(), Some(b'$'))
            || head.ends_with(b"\xC2\xA3")
            || head.ends_with(b"\xE2\x82\xAC")
            || apart.is_some_and(|rest| rest.first() == Some(&b'%'))
            || !self.year() && words::roles(next) & MEASURE != 0
            || per
    }

    /// The number of a page, where its line says so even within a table.
    pub(crate) fn page(&self) -> Option<(Place, usize)> {
        if self.is_raised() || self.is_behind() {
            return Some((Place::Mark, self.end));
        }
        // `<F1>`, the mark of a note in tagged tables of the text era.
        if self.text.get(..self.start).is_some_and(|t| t.ends_with(b"<F") || t.ends_with(b"<f")) && self.next() == b'>'
        {
            return Some((Place::Mark, self.end));
        }
        let digits = self.plain(1, 3);
        let from = self.line_start();
        let line = self.text.get(from..self.line_end()).unwrap_or_default().trim_ascii();
        let own = self.text.get(from..self.start).unwrap_or_default().trim_ascii();
        let rest = line.get(line.len().min(own.len())..).unwrap_or_default();
        let words = own.iter().filter(|b| b.is_ascii_digit()).count() == 0;
        let ends = self.text.get(self.end..self.line_end()).is_some_and(|t| t.trim_ascii().is_empty());
        if digits && words && ends && self.before_page() && !self.is_quantity() {
            return Some((Place::Page, self.end));
        }
        if !digits || line.len() > 24 || rest.is_empty() {
            return None;
        }
        let letters: Vec<u8> = line.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
        let dashes = line.starts_with(b"-") && line.ends_with(b"-");
        let tagged = own.starts_with(b"<PAGE>") || own.starts_with(b"<page>");
        let named = matches!(letters.as_slice(), b"page" | b"pageof" | b"f" | b"fpage" | b"of" | b"pof");
        let alone = letters.is_empty() && line.len() <= 5 && (self.near_page() || self.lonely());
        (dashes || tagged || named && own.len() < 12 || alone).then_some((Place::Page, self.end))
    }

    /// Set above the line, alone or behind other marks.
    fn is_raised(&self) -> bool {
        let head = self.text.get(self.start.saturating_sub(12)..self.start).unwrap_or_default();
        let marks = head.iter().rev().take_while(|b| b.is_ascii_digit() || b"(),* ".contains(b)).count();
        self.plain(1, 2) && head.len().checked_sub(marks + 1).and_then(|i| head.get(i)) == Some(&RAISED)
    }

    /// "40,000(3)", "Return on equity (2)": in parentheses right behind a figure, or a blank behind a word.
    fn is_behind(&self) -> bool {
        if !self.plain(1, 2) || self.previous() != b'(' || self.next() != b')' {
            return false;
        }
        let head = self.text.get(..self.start - 1).unwrap_or_default();
        let word = head.strip_suffix(b" ").unwrap_or(head);
        let glued = |b: &u8| b.is_ascii_digit() || *b == b')';
        head.last().is_some_and(glued) || word.last().is_some_and(|b| b.is_ascii_alphabetic() || b"\".,%".contains(b))
    }

    /// `<PAGE>` is the next thing after the line, or the last before it.
    fn near_page(&self) -> bool {
        let after = self.text.get(self.line_end()..).unwrap_or_default();
        let after = after.get(..after.len().min(400)).unwrap_or_default().trim_ascii_start();
        let before = self.text.get(self.line_start().saturating_sub(400)..self.line_start()).unwrap_or_default();
        let before = before.trim_ascii_end();
        after.starts_with(b"<PAGE>") || after.is_empty() || before.ends_with(b"<PAGE>") || after.starts_with(b"</")
    }

    /// `<PAGE>` is the next thing after the line.
    fn before_page(&self) -> bool {
        let after = self.text.get(self.line_end()..).unwrap_or_default();
        after.get(..after.len().min(200)).unwrap_or_default().trim_ascii_start().starts_with(b"<PAGE>")
    }

    /// White lines stand around it.
    fn lonely(&self) -> bool {
        let line_of_white = |mut lines: std::slice::Split<'_, u8, fn(&u8) -> bool>| {
            lines.next().is_none_or(|l| l.trim_ascii().is_empty())
        };
        let is_end: fn(&u8) -> bool = |b| *b == b'\n';
        let after = self.text.get(self.line_end() + 1..).unwrap_or_default();
        let after = after.get(..after.len().min(100)).unwrap_or_default();
        let before = self.text.get(self.line_start().saturating_sub(2)..self.line_start()).unwrap_or_default();
        line_of_white(after.split(is_end)) && before.iter().all(u8::is_ascii_whitespace)
    }

    fn line_start(&self) -> usize {
        let head = self.text.get(self.start.saturating_sub(200)..self.start).unwrap_or_default();
        self.start - head.iter().rev().position(|b| matches!(*b, b'\n' | BREAK)).unwrap_or(head.len())
    }

    fn line_end(&self) -> usize {
        let tail = self.text.get(self.end..).unwrap_or_default();
        let tail = tail.get(..tail.len().min(200)).unwrap_or_default();
        self.end + tail.iter().position(|b| matches!(*b, b'\n' | BREAK)).unwrap_or(tail.len())
    }

    /// Its place on the skip list, and where what it begins ends. `last` is the place on the list that the run
    /// before it had, and where that ended: "Items 7 and 8", "Section 13 or 15(d)".
    pub(crate) fn skipped(&self, last: Option<(Place, usize)>) -> Option<(Place, usize)> {
        if let Some(found) = self.page().or_else(|| self.glued()) {
            return Some(found);
        }
        if let Some(found) = self.legal().or_else(|| self.security()) {
            return Some(found);
        }
        if self.is_quantity() {
            return None;
        }
        let date = self.date();
        date.or_else(|| self.phone())
            .or_else(|| self.grouped())
            .or_else(|| self.by_words())
            .or_else(|| self.mark())
            .or_else(|| self.chained(last))
    }

    /// Part of a word: "10-K", "S-3", "401(k)", "1st", "www.x1.com".
    fn glued(&self) -> Option<(Place, usize)> {
        let (previous, next) = (self.previous(), self.next());
        if previous.is_ascii_alphabetic()
            && !self.text.get(..self.start).is_some_and(|t| t.ends_with(b"US") || t.ends_with(b"C"))
        {
            let quarter = matches!(previous, b'Q' | b'q' | b'Y' | b'y' | b'H');
            return Some((if quarter { Place::Date } else { Place::Name }, self.end));
        }
        if next.is_ascii_alphabetic() {
            let tail = self.text.get(self.end..).unwrap_or_default();
            let length = tail.iter().take(30).take_while(|b| b.is_ascii_alphanumeric()).count();
            let word = tail.get(..length).unwrap_or_default();
            let is = |all: &[&[u8]]| all.iter().any(|w| word.eq_ignore_ascii_case(w));
            if is(&[b"st", b"nd", b"rd", b"th"]) {
                return Some((Place::Ordinal, self.end + length));
            }
            if is(&[b"am", b"pm", b"a", b"p"]) && self.at(self.end + length) != b'-' {
                return Some((Place::Time, self.end + length));
            }
            if is(&[b"q", b"h", b"fy"]) {
                return Some((Place::Date, self.end + length));
            }
            if is(&[b"m", b"mm", b"b", b"bn", b"k", b"x", b"bps"]) {
                return None;
            }
            return Some((Place::Name, self.end + length));
        }
        let letter = |i: usize| self.at(i).is_ascii_alphabetic();
        // "10-K", "8-K/A": a capital or two behind the hyphen.
        if next == b'-' && self.at(self.end + 1).is_ascii_uppercase() {
            let tail = self.text.get(self.end + 1..).unwrap_or_default();
            let length = tail.iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
            if length <= 4 {
                return Some((Place::Name, self.end + 1 + length));
            }
        }
        if next == b'\'' && self.at(self.end + 1) == b's' && !self.year() && self.digits() != b"000" {
            return Some((Place::Name, self.end + 2));
        }
        // "Instruction A.2".
        let head = self.text.get(self.start.saturating_sub(3)..self.start).unwrap_or_default();
        if let [edge, letter, b'.'] = head
            && letter.is_ascii_uppercase()
            && !edge.is_ascii_alphanumeric()
        {
            return Some((Place::Reference, self.end));
        }
        if next == b'(' && letter(self.end + 1) && self.at(self.end + 2) == b')' && self.previous() != b'$' {
            let reference = self.by_words().map_or(Place::Reference, |(place, _)| place);
            return Some((if self.digits() == b"401" { Place::Name } else { reference }, self.end + 3));
        }
        // "S-3", "EX-99", "F-12", "14a-12".
        if previous == b'-' && self.start >= 2 {
            let head = self.text.get(self.start.saturating_sub(8)..self.start - 1).unwrap_or_default();
            let length = head.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
            let word = head.get(head.len() - length..).unwrap_or_default();
            let letters = word.iter().filter(|b| b.is_ascii_alphabetic()).count();
            let mixed = letters > 0 && letters < length || word.last().is_some_and(u8::is_ascii_uppercase);
            if mixed && length <= 5 && words::roles(head.get(head.len() - length..).unwrap_or_default()) & MONTH == 0 {
                return Some((Place::Name, self.end));
            }
        }
        self.web()
    }

    /// Within an address of the web.
    fn web(&self) -> Option<(Place, usize)> {
        let low = self.start.saturating_sub(80);
        let high = (self.end + 80).min(self.text.len());
        let inside = |b: &&u8| !b.is_ascii_whitespace() && !matches!(**b, b'<' | b'>' | RAISED);
        let head = self.text.get(low..self.start).unwrap_or_default();
        let from = self.start - head.iter().rev().take_while(inside).count();
        let tail = self.text.get(self.end..high).unwrap_or_default();
        let to = self.end + tail.iter().take_while(inside).count();
        let word = self.text.get(from..to).unwrap_or_default();
        let has = |part: &[u8]| memchr::memmem::find(word, part).is_some();
        (has(b"://") || has(b"www.") || has(b"@") || has(b".com/") || has(b".htm")).then_some((Place::Address, to))
    }

    /// A day, a month, a year.
    fn date(&self) -> Option<(Place, usize)> {
        let (left, _) = words::before(self.text, self.start);
        let (right, right_end) = words::after(self.text, self.end);
        let day = self.plain(1, 2);
        // "31 December 2002".
        let ahead = self.next() == b' ' || self.next() == b'-';
        if day
            && ahead
            && words::roles(right) & MONTH != 0
            && (right.len() > 3 || self.next() == b'-')
            && !right.eq_ignore_ascii_case(b"may")
        {
            return Some((Place::Date, self.year_after(right_end).unwrap_or(right_end)));
        }
        if words::roles(left) & MONTH != 0 && left.first().is_some_and(u8::is_ascii_uppercase) {
            if self.year() {
                return Some((Place::Date, self.end));
            }
            // "March 31,2003" is one run.
            let (first, rest) = split(self.digits(), b',');
            if first.len() <= 2 && (rest.is_empty() || rest.len() == 4) {
                let end = if rest.is_empty() { self.year_after(self.end).unwrap_or(self.end) } else { self.end };
                return Some((Place::Date, end));
            }
        }
        // "12/31/02", "12-31-2002", "2002-12-31".
        for mark in [b'/', b'-', b'.'] {
            let groups = self.groups(&[mark]);
            match groups.lengths() {
                [1 | 2, 1 | 2, 2 | 4] if mark != b'.' => return Some((Place::Date, groups.end)),
                [4, 2, 2] | [4, 2] if mark == b'-' && self.year() => return Some((Place::Date, groups.end)),
                [4, 2] if mark == b'/' && self.year() => return Some((Place::Date, groups.end)),
                [1 | 2, 1 | 2] if mark == b'/' => return Some((Place::Date, groups.end)),
                _ => {}
            }
        }
        let short = self.previous() == b'\'' || self.previous() == 0x92;
        let old = self.plain(4, 4) && (self.digits().starts_with(b"18") || self.digits().starts_with(b"17"));
        if old && matches!(left.to_ascii_lowercase().as_slice(), b"since" | b"in" | b"founded" | b"established" | b"of")
        {
            return Some((Place::Date, self.end));
        }
        if self.year() || short && self.plain(2, 2) {
            return Some((Place::Date, self.end));
        }
        None
    }

    /// The end of a year that follows a day and its comma.
    fn year_after(&self, at: usize) -> Option<usize> {
        let tail = self.text.get(at..(at + 20).min(self.text.len()))?;
        let lead = tail.iter().take_while(|b| b.is_ascii_whitespace() || **b == b',').count();
        let year = run(self.text, at + lead);
        (lead > 0 && year.year()).then_some(year.end)
    }

    /// A telephone number.
    fn phone(&self) -> Option<(Place, usize)> {
        let groups = self.groups(b"-. )/(\n\r\t");
        let lengths = groups.lengths();
        let hyphened = self.next() == b'-' || self.next() == b'.';
        let found = match lengths {
            [3, 3, 4, ..] | [1, 3, 3, 4, ..] => {
                let own = self.text.get(self.start..groups.end).unwrap_or_default();
                self.previous() == b'(' || own.iter().any(|b| b"-.)/".contains(b))
            }
            [3, 4] => hyphened,
            _ => self.previous() == b'+' && groups.digits >= 8,
        };
        if found {
            return Some((Place::Phone, groups.end));
        }
        // "1-800-ACME".
        let vanity = matches!(lengths, [3] | [1, 3])
            && self.at(groups.end) == b'-'
            && self.at(groups.end + 1).is_ascii_uppercase();
        let free = self
            .text
            .get(..groups.end)
            .is_some_and(|t| [&b"800"[..], b"888", b"877", b"866", b"855"].iter().any(|c| t.ends_with(c)));
        (vanity && free).then_some((Place::Phone, groups.end))
    }

    /// "0-12345", "333-123456", "31-1234567", "02110-1234".
    fn grouped(&self) -> Option<(Place, usize)> {
        let groups = self.groups(b"-");
        match groups.lengths() {
            [2, 7] | [1..=3, 4..=6] | [1..=3, 4..=6, 2] | [10, 2, 6] => Some((Place::Identifier, groups.end)),
            [5, 4] => Some((Place::Address, groups.end)),
            [_, _, _, ..] if self.next() == b'-' => Some((Place::Identifier, groups.end)),
            _ => None,
        }
    }

    /// Known by the word on its left or its right.
    fn by_words(&self) -> Option<(Place, usize)> {
        let (left, left_start) = words::before(self.text, self.start);
        let (right, right_end) = words::after(self.text, self.end);
        let (left_roles, right_roles) = (words::roles(left), words::roles(right));
        // "10:00 a.m.", "5 p.m.".
        if self.next() == b':' && self.at(self.end + 1).is_ascii_digit() && self.plain(1, 2) {
            return Some((Place::Time, run(self.text, self.end + 1).end));
        }
        if right_roles & CLOCK != 0 && (right.len() > 1 || self.at(right_end) == b'.') && self.plain(1, 2) {
            return Some((Place::Time, self.end));
        }
        if right_roles & DURATION != 0 || self.plain(1, 3) && self.joined_duration() {
            return Some((Place::Duration, self.end));
        }
        if self.text.get(..self.start).is_some_and(|t| t.trim_ascii_end().ends_with(b"D.C.")) && self.plain(5, 5) {
            return Some((Place::Address, self.end));
        }
        let code = self.text.get(self.end..).is_some_and(|t| {
            t.starts_with(b" U.S.C") || t.starts_with(b" USC") || t.starts_with(b" CFR") || t.starts_with(b" C.F.R")
        });
        if code {
            return Some((Place::Reference, self.end));
        }
        if left_roles & ROOM != 0 {
            return Some((Place::Address, self.end));
        }
        if left_roles & CALL != 0 && self.plain(3, 12) || left == b"x" {
            return Some((Place::Phone, self.end));
        }
        let postal = left_roles & STATE != 0 || left.len() == 2 && left.iter().all(u8::is_ascii_uppercase);
        if self.plain(5, 5) && postal {
            return Some((Place::Address, self.end));
        }
        if self.plain(1, 6) && self.is_street() {
            return Some((Place::Address, self.end));
        }
        let between = self.text.get(left_start + left.len()..self.start).unwrap_or_default();
        if left_roles & REFERENCE != 0 && !between.contains(&b',') {
            return Some((Place::Reference, self.end));
        }
        if matches!(left.to_ascii_lowercase().as_slice(), b"age" | b"aged" | b"ages") {
            return Some((Place::Duration, self.end));
        }
        if matches!(self.digits(), b"000" | b"000,000" | b"00") {
            return Some((Place::Scale, self.end));
        }
        None
    }

    /// "13 and 39 weeks".
    fn joined_duration(&self) -> bool {
        let tail = self.text.get(self.end..(self.end + 16).min(self.text.len())).unwrap_or_default();
        let Some(gap) = tail.iter().position(u8::is_ascii_digit) else { return false };
        let joint = tail.get(..gap).unwrap_or_default().trim_ascii();
        if !matches!(joint, b"and" | b"or" | b"to" | b"-" | b"- -" | b"," | b"--") {
            return false;
        }
        let other = run(self.text, self.end + gap);
        let (right, _) = words::after(self.text, other.end);
        other.plain(1, 3) && words::roles(right) & DURATION != 0
    }

    /// "100 North Main Street": a capital follows, and within a few words what a street is called.
    fn is_street(&self) -> bool {
        let mut end = self.end;
        for n in 0..5 {
            let (word, next) = words::after(self.text, end);
            let gap = self.text.get(end..next - word.len()).unwrap_or_default();
            let capital = word.first().is_some_and(u8::is_ascii_uppercase);
            if !capital || gap.contains(&CELL) || n == 0 && gap != b" " {
                return false;
            }
            if n > 0 && words::roles(word) & STREET != 0 || n == 0 && word == b"Broadway" {
                return true;
            }
            end = next;
        }
        false
    }

    /// "4.13 Authorization": the number of a clause before its capital.
    fn legal(&self) -> Option<(Place, usize)> {
        let own = self.text.get(self.line_start()..self.start).unwrap_or_default();
        let opens = own.iter().all(|b| b.is_ascii_whitespace() || *b == CELL);
        let digits = self.digits();
        let shape =
            digits.contains(&b'.') && digits.len() <= 6 && !digits.contains(&b',') && digits.first() != Some(&b'0');
        let tail = self.text.get(self.end..(self.end + 30).min(self.text.len())).unwrap_or_default();
        let lead = tail.iter().take_while(|b| b.is_ascii_whitespace() || matches!(**b, CELL | b'.')).count();
        let capital = tail.get(lead).is_some_and(|b| b.is_ascii_uppercase() || *b == b'"');
        (opens && shape && lead > 0 && capital).then_some((Place::Reference, self.end))
    }

    /// "7.40% Senior Notes", "par value $.01", "$.01 par value".
    fn security(&self) -> Option<(Place, usize)> {
        let high = (self.end + 120).min(self.text.len());
        let after = self.text.get(self.end..high).unwrap_or_default();
        let low = self.start.saturating_sub(24);
        let before = self.text.get(low..self.start).unwrap_or_default().to_ascii_lowercase();
        let mut words = before.split(|b| !b.is_ascii_alphabetic()).rev().filter(|w| !w.is_empty());
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (next, end) = words::after(self.text, self.end);
        let (then, _) = words::after(self.text, end);
        let is = |a: &[u8], b: &[u8]| a.eq_ignore_ascii_case(b);
        let par = first == b"value" && second == b"par"
            || first == b"of" && second == b"value" && before.windows(4).any(|w| w == b"par ");
        if par || is(next, b"par") && (is(then, b"value") || then.is_empty()) {
            return Some((Place::Security, self.end));
        }
        // Behind a coupon, capitals up to what the security is called.
        let percent = after.iter().position(|b| *b == b'%').filter(|i| *i <= 6)?;
        let gap = after.get(..percent).unwrap_or_default();
        if !gap.iter().all(|b| b.is_ascii_digit() || b" /-\n\r".contains(b)) {
            return None;
        }
        let mut end = self.end + percent + 1;
        for _ in 0..8 {
            let (word, next) = words::after(self.text, end);
            if !word.first().is_some_and(u8::is_ascii_uppercase) {
                return None;
            }
            let word = word.to_ascii_lowercase();
            if matches!(
                word.as_slice(),
                b"notes" | b"note" | b"debentures" | b"debenture" | b"bonds" | b"preferred" | b"securities"
            ) {
                return Some((Place::Security, self.end + percent + 1));
            }
            end = next;
        }
        None
    }

    /// "1." or "(2)" before the words of a list's entry, "(1)" behind a note's word.
    fn mark(&self) -> Option<(Place, usize)> {
        let own = self.text.get(self.line_start()..self.start).unwrap_or_default();
        let opens = own.iter().all(|b| !b.is_ascii_alphanumeric() && *b != b'$');
        // "first, 2) second".
        if short_list(self) {
            return Some((Place::Mark, self.end));
        }
        let closed = matches!(self.next(), b'.' | b')' | b':') && !self.at(self.end + 1).is_ascii_digit()
            || self.next() == b']' && self.previous() == b'[';
        let legal = self.digits().contains(&b'.') && self.digits().len() <= 5 && !self.digits().contains(&b',');
        let short = self.plain(1, 2);
        if opens && (short && closed || legal && matches!(self.next(), b' ' | CELL | b'.' | b'*')) {
            return Some((Place::Mark, self.end));
        }
        let round = self.previous() == b'(' && self.next() == b')' || self.previous() == b'[' && self.next() == b']';
        (short && round).then_some((Place::Mark, self.end))
    }

    /// "7 and 8" behind "Items".
    fn chained(&self, last: Option<(Place, usize)>) -> Option<(Place, usize)> {
        let (place, end) = last?;
        let fits = matches!(place, Place::Reference | Place::Duration | Place::Page)
            || place == Place::Date && self.plain(1, 2);
        let between = self.text.get(end..self.start)?;
        if !fits || between.len() > 24 {
            return None;
        }
        let mut words = between.split(|b| !b.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
        let joins =
            |w: &[u8]| w.len() == 1 || matches!(w, b"and" | b"or" | b"to" | b"through" | b"of" | b"ii" | b"iii");
        let marks =
            between.iter().all(|b| b.is_ascii_alphanumeric() || b.is_ascii_whitespace() || b",-()&/.'".contains(b));
        (marks && words.all(joins)).then_some((place, self.end))
    }

    /// The groups of digits from here on, one or two of `marks` between them.
    fn groups(&self, marks: &[u8]) -> Groups {
        let mut groups = Groups { lengths: [0; 5], count: 0, digits: 0, end: self.start };
        let mut at = self.start;
        while groups.count < 5 {
            let tail = self.text.get(at..).unwrap_or_default();
            let length = tail.iter().take(20).take_while(|b| b.is_ascii_digit()).count();
            if length == 0 {
                break;
            }
            if let Some(slot) = groups.lengths.get_mut(groups.count) {
                *slot = length;
            }
            groups.count += 1;
            groups.digits += length;
            groups.end = at + length;
            let gap = tail.iter().skip(length).take(16).take_while(|b| marks.contains(b)).count();
            let signs = tail.iter().skip(length).take(gap).filter(|b| !b.is_ascii_whitespace()).count();
            if gap == 0 || gap > 14 || signs > 2 {
                break;
            }
            at = groups.end + gap;
        }
        groups
    }
}

/// "2)" without an opening parenthesis.
fn short_list(run: &Run<'_>) -> bool {
    run.plain(1, 2)
        && run.next() == b')'
        && run.previous().is_ascii_whitespace()
        && run.at(run.end + 1).is_ascii_whitespace()
}

struct Groups {
    lengths: [usize; 5],
    count: usize,
    digits: usize,
    end: usize,
}

impl Groups {
    fn lengths(&self) -> &[usize] {
        self.lengths.get(..self.count).unwrap_or_default()
    }
}

/// What stands before and after the first `mark`.
fn split(bytes: &[u8], mark: u8) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|b| *b == mark).unwrap_or(bytes.len());
    (bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a text's numbers, read as prose: each with what it covers.
    fn places(text: &str) -> Vec<String> {
        let bytes = text.as_bytes();
        let (mut at, mut last, mut out) = (0, None, Vec::new());
        while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|i| at + i) {
            let run = run(bytes, start);
            let (place, end) = run.skipped(last).unwrap_or((Place::Unplaced, run.end));
            out.push(format!("{} {}", place.word(), &text[start..end]));
            last = Some((place, end));
            at = end.max(run.end);
        }
        out
    }

    #[test]
    fn quantities_are_never_skipped() {
        for text in [
            "sales of $1,234 in all",
            "up 5% from",
            "up 12 percent",
            "7.5 million units",
            "60 cents a share",
            "2,003 shares",
            "2000 shares of $ 1999 million",
            "Item: 25 basis points",
            "(4.2) % of sales",
            "Note 3 million",
        ] {
            let all = places(text);
            let kept = all.iter().filter(|p| p.starts_with("unplaced")).count();
            assert!(kept > 0 || text.starts_with("2000"), "{text}: {all:?}");
        }
    }

    #[test]
    fn dates_and_times() {
        assert_eq!(places("On March 31, 2003 and 2 June 2004,"), ["date 31, 2003", "date 2 June 2004"]);
        assert_eq!(
            places("by 12/31/02 or 2002-12-31, in 1999, '98."),
            ["date 12/31/02", "date 2002-12-31", "date 1999", "date 98"]
        );
        assert_eq!(
            places("at 10:00 a.m., 39 and 26 weeks, a 5-year term"),
            ["time 10:00", "duration 39", "duration 26", "duration 5"]
        );
    }

    #[test]
    fn telephones_and_addresses() {
        assert_eq!(
            places("Call (617) 555-0100 or 1-800-555-0123, code 4321."),
            ["phone 617) 555-0100", "phone 1-800-555-0123", "phone 4321"]
        );
        assert_eq!(
            places("12 North Main Street, Suite 400, Erie, PA 16505"),
            ["address 12", "address 400", "address 16505"]
        );
        assert_eq!(places("sold 12 in Main Street"), ["unplaced 12"]);
    }

    #[test]
    fn references_and_names() {
        assert_eq!(
            places("Items 7 and 8 of Form 10-K, Section 13 or 15(d), Rule 14a-12"),
            ["reference 7", "reference 8", "name 10-K", "reference 13", "reference 15(d)", "name 14a", "name 12"]
        );
        assert_eq!(
            places("File No. 0-12345, the 401(k) plan, S-3, the 3rd, 7.40% Senior Notes"),
            ["identifier 0-12345", "name 401(k)", "name 3", "ordinal 3rd", "security 7.40%"]
        );
    }

    #[test]
    fn marks_and_pages() {
        assert_eq!(
            places("\n  1. First\n  (2) Second\n\n        - 3 -\n\nsold 4 of them"),
            ["mark 1", "mark 2", "page 3", "unplaced 4"]
        );
    }
}
