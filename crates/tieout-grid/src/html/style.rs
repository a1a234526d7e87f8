//! The few properties of a `style` attribute that say where words stand and whether they are seen.

use tieout_html::{Attribute, attributes};
use tieout_source::Span;

/// What the attributes of one element say of its look. Lengths are in hundredths of a point.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// `display:none`.
    pub(super) gone: bool,
    /// `visibility:hidden`.
    pub(super) invisible: bool,
    /// `display:inline` or `inline-block`: no line of its own.
    pub(super) inline: bool,
    /// Set above the line.
    pub(super) raised: bool,
    /// `position:absolute`.
    pub(super) absolute: bool,
    /// `left`, where given in pixels, points and the like.
    pub(super) left: Option<i32>,
    /// `top`.
    pub(super) top: Option<i32>,
    /// `width`.
    pub(super) width: Option<i32>,
    /// `height`.
    pub(super) height: Option<i32>,
    /// `font-size`.
    pub(super) size: Option<i32>,
    /// Left margin and padding together.
    pub(super) indent: i32,
    /// `text-indent`.
    pub(super) hang: Option<i32>,
    /// How its words are set.
    pub(super) align: Option<Align>,
    /// Line above.
    pub(super) over: Border,
    /// Line below.
    pub(super) under: Border,
    /// A page ends before or after it.
    pub(super) page: bool,
    /// `colspan`, 1 where not given.
    pub(super) columns: u32,
    /// `rowspan`.
    pub(super) rows: u32,
}

/// How words are set in their cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// A line at the edge of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub(super) enum Border {
    #[default]
    None,
    Single,
    Double,
}

/// How many looks are kept: a document uses a few dozen most of the time.
const KEPT: usize = 256;

/// Attributes longer than this are read each time they come.
const LONGEST: usize = 512;

/// Looks by the bytes of the attributes that say them: machines write the same ones thousands of times.
#[derive(Debug, Default)]
pub(super) struct Looks<'a> {
    kept: Vec<(&'a [u8], Look)>,
}

impl<'a> Looks<'a> {
    /// The look of an element.
    pub(super) fn of(&mut self, bytes: &'a [u8], span: Span) -> Look {
        let said = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
        if said.is_empty() || said.len() > LONGEST {
            return look(bytes, span);
        }
        if self.kept.is_empty() {
            self.kept = vec![Default::default(); KEPT];
        }
        match self.kept.get_mut(slot(said)) {
            Some((known, kept)) if *known == said => *kept,
            Some(place) => {
                *place = (said, look(bytes, span));
                place.1
            }
            None => look(bytes, span),
        }
    }
}

fn slot(said: &[u8]) -> usize {
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    let words = said.chunks(8).map(|chunk| match chunk.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => chunk.iter().fold(0, |sum, &b| sum << 8 | u64::from(b)),
    });
    words.fold(said.len() as u64, mix) as usize % KEPT
}

/// Reads the look of an element.
fn look(bytes: &[u8], span: Span) -> Look {
    let mut look = Look { columns: 1, rows: 1, ..Look::default() };
    if span.is_empty() {
        return look;
    }
    for Attribute { name, value } in attributes(bytes, span) {
        let slice = |s: Span| bytes.get(s.start as usize..s.end as usize).unwrap_or_default();
        let (name, value) = (slice(name), slice(value));
        match name.len() {
            5 if name.eq_ignore_ascii_case(b"style") => declarations(value, &mut look),
            5 if name.eq_ignore_ascii_case(b"align") => look.align = look.align.or(align(value)),
            7 if name.eq_ignore_ascii_case(b"colspan") => look.columns = whole(value).unwrap_or(1).max(1),
            7 if name.eq_ignore_ascii_case(b"rowspan") => look.rows = whole(value).unwrap_or(1),
            _ => {}
        }
    }
    look
}

fn declarations(style: &[u8], look: &mut Look) {
    let mut rest = style;
    while !rest.is_empty() {
        let end = memchr::memchr(b';', rest).unwrap_or(rest.len());
        let (declaration, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        let Some(colon) = memchr::memchr(b':', declaration) else { continue };
        let (name, value) = declaration.split_at(colon);
        declare(name.trim_ascii(), value.get(1..).unwrap_or_default().trim_ascii(), look);
    }
}

fn declare(name: &[u8], value: &[u8], look: &mut Look) {
    let is = |word: &[u8]| name.eq_ignore_ascii_case(word);
    let says = |word: &[u8]| value.get(..word.len()).is_some_and(|v| v.eq_ignore_ascii_case(word));
    // Most declarations are of fonts and colours: their first letter parts them from these.
    match name.first().map(u8::to_ascii_lowercase) {
        Some(b'd') if is(b"display") => {
            look.gone = says(b"none");
            look.inline = says(b"inline") && !says(b"inline-table");
        }
        Some(b'v') if is(b"visibility") => look.invisible = says(b"hidden") || says(b"collapse"),
        Some(b'v') if is(b"vertical-align") => look.raised = says(b"super"),
        Some(b'p') if is(b"position") => look.absolute = says(b"absolute"),
        Some(b'p') if is(b"padding-left") => look.indent += length(value).unwrap_or(0),
        Some(b'p') if is(b"padding") => look.indent += fourth(value),
        Some(b'p') if is(b"page-break-before") || is(b"page-break-after") => look.page |= says(b"always"),
        Some(b'm') if is(b"margin-left") => look.indent += length(value).unwrap_or(0),
        Some(b'm') if is(b"margin") => look.indent += fourth(value),
        Some(b't') if is(b"text-indent") => look.hang = length(value),
        Some(b't') if is(b"text-align") => look.align = align(value),
        Some(b't') if is(b"top") => look.top = length(value),
        Some(b'l') if is(b"left") => look.left = length(value),
        Some(b'w') if is(b"width") => look.width = length(value),
        Some(b'h') if is(b"height") => look.height = length(value),
        Some(b'f') if is(b"font-size") => look.size = length(value),
        Some(b'b') if is(b"border-bottom") => look.under = border(value),
        Some(b'b') if is(b"border-top") => look.over = border(value),
        _ => {}
    }
}

/// `text-align` or `align`.
fn align(value: &[u8]) -> Option<Align> {
    match value.first()?.to_ascii_lowercase() {
        b'l' | b'j' => Some(Align::Left),
        b'c' => Some(Align::Center),
        b'r' => Some(Align::Right),
        _ => None,
    }
}

/// The left one of up to four lengths.
fn fourth(value: &[u8]) -> i32 {
    let mut parts = value.split(u8::is_ascii_whitespace).filter(|p| !p.is_empty());
    let (first, second, third, fourth) = (parts.next(), parts.next(), parts.next(), parts.next());
    fourth.or(if third.is_some() { second } else { second.or(first) }).and_then(length).unwrap_or(0)
}

/// A border that is seen: `1pt solid #000`, `solid windowtext 1.0pt`, `3px double`.
fn border(value: &[u8]) -> Border {
    let mut seen = Border::None;
    for word in value.split(u8::is_ascii_whitespace) {
        if word.eq_ignore_ascii_case(b"none") || word.eq_ignore_ascii_case(b"hidden") {
            return Border::None;
        }
        // White on white parts nothing.
        if word.eq_ignore_ascii_case(b"#ffffff") || word.eq_ignore_ascii_case(b"white") {
            return Border::None;
        }
        if word.first().is_some_and(u8::is_ascii_digit) && length(word) == Some(0) {
            return Border::None;
        }
        if word.eq_ignore_ascii_case(b"double") {
            seen = Border::Double;
        } else if word.eq_ignore_ascii_case(b"solid") {
            seen = Border::Single;
        }
    }
    seen
}

/// A length in hundredths of a point. An em counts as ten points, a percent as six: enough to compare
/// indents of one table.
pub(super) fn length(value: &[u8]) -> Option<i32> {
    let value = value.trim_ascii();
    let (minus, digits) = match value.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix(b"+").unwrap_or(value)),
    };
    let (mut number, mut places, mut at) = (0i64, None, 0);
    while let Some(&byte) = digits.get(at) {
        match (byte, places) {
            (b'0'..=b'9', None) => number = number * 10 + i64::from(byte - b'0'),
            (b'0'..=b'9', Some(n @ 0..2)) => (number, places) = (number * 10 + i64::from(byte - b'0'), Some(n + 1)),
            (b'0'..=b'9', _) => {}
            (b'.', None) => places = Some(0),
            _ => break,
        }
        at += 1;
        if at > 12 {
            return None;
        }
    }
    if at == 0 {
        return None;
    }
    let number = match places {
        None | Some(0) => number * 100,
        Some(1) => number * 10,
        Some(_) => number,
    };
    let unit = digits.get(at..).unwrap_or_default().trim_ascii_start();
    let is = |word: &[u8]| unit.get(..word.len()).is_some_and(|u| u.eq_ignore_ascii_case(word));
    let points = if is(b"px") {
        number * 3 / 4
    } else if is(b"em") {
        number * 10
    } else if is(b"in") {
        number * 72
    } else if is(b"cm") {
        number * 28
    } else if is(b"mm") {
        number * 28 / 10
    } else if is(b"%") {
        number * 6
    } else if is(b"pt") {
        number
    } else {
        number * 3 / 4
    };
    let points = points.clamp(-1_000_000, 1_000_000) as i32;
    Some(if minus { -points } else { points })
}

/// A whole number at the beginning of a value.
fn whole(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii_start();
    let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let digits = value.get(..digits.min(6))?;
    Some(digits.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_hundredths_of_a_point() {
        for (text, want) in [
            ("9pt", Some(900)),
            ("-6.75pt", Some(-675)),
            ("4px", Some(300)),
            ("1.00em", Some(1000)),
            (".5in", Some(3600)),
            ("0", Some(0)),
            ("631px", Some(47325)),
            ("auto", None),
        ] {
            assert_eq!(length(text.as_bytes()), want, "{text}");
        }
    }

    fn of(text: &str) -> Look {
        // As in a document, where `>` ends the tag.
        look(format!("{text}>").as_bytes(), Span::new(0, text.len()))
    }

    #[test]
    fn a_look_kept_is_the_look_read() {
        let page = b"<td colspan=2><td colspan=3><td colspan=2><td>";
        let mut looks = Looks::default();
        let mut columns = |start, end| looks.of(page, Span::new(start, end)).columns;
        assert_eq!([columns(3, 13), columns(17, 27), columns(31, 41), columns(45, 45)], [2, 3, 2, 1]);
    }

    #[test]
    fn looks() {
        assert!(of(" style=\"display:none;\"").gone);
        let cell = of(" colspan=\"3\" style='padding:2px 1pt 2px 13pt;text-indent:-9pt;border-bottom:3pt double #000'");
        assert_eq!((cell.columns, cell.indent, cell.hang, cell.under), (3, 1300, Some(-900), Border::Double));
        assert_eq!(of(" style='border-top:none;border-bottom:solid windowtext 1.0pt'").under, Border::Single);
        assert_eq!(of(" ALIGN=right").align, Some(Align::Right));
        let placed = of(" style=\"position:absolute;left:82px;top:276px;\"");
        assert_eq!((placed.absolute, placed.left, placed.top), (true, Some(6150), Some(20700)));
    }
}
