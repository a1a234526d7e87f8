//! The words beside a number, and what they make of it.

use tieout_source::Lexicon;

/// A month.
pub(crate) const MONTH: u16 = 1;
/// What is numbered: an item, a section, a rule.
pub(crate) const REFERENCE: u16 = 2;
/// A length of time.
pub(crate) const DURATION: u16 = 4;
/// What a street is called.
pub(crate) const STREET: u16 = 8;
/// What makes a number a quantity, which is never skipped.
pub(crate) const MEASURE: u16 = 16;
/// What stands before the code of a call.
pub(crate) const CALL: u16 = 32;
/// What stands before the number of a floor or a box.
pub(crate) const ROOM: u16 = 64;
/// The last word of a state's name.
pub(crate) const STATE: u16 = 128;
/// What makes a number a time of day.
pub(crate) const CLOCK: u16 = 256;

static WORDS: Lexicon<u16, 1024> = Lexicon::new(&[
    ("january", MONTH),
    ("february", MONTH),
    ("march", MONTH),
    ("april", MONTH),
    ("may", MONTH),
    ("june", MONTH),
    ("july", MONTH),
    ("august", MONTH),
    ("september", MONTH),
    ("october", MONTH),
    ("november", MONTH),
    ("december", MONTH),
    ("jan", MONTH),
    ("feb", MONTH),
    ("mar", MONTH),
    ("apr", MONTH),
    ("jun", MONTH),
    ("jul", MONTH),
    ("aug", MONTH),
    ("sep", MONTH),
    ("sept", MONTH),
    ("oct", MONTH),
    ("nov", MONTH),
    ("dec", MONTH),
    ("item", REFERENCE),
    ("items", REFERENCE),
    ("exhibit", REFERENCE),
    ("exhibits", REFERENCE),
    ("ex", REFERENCE),
    ("section", REFERENCE),
    ("sections", REFERENCE),
    ("sec", REFERENCE),
    ("form", REFERENCE),
    ("forms", REFERENCE),
    ("rule", REFERENCE),
    ("rules", REFERENCE),
    ("note", REFERENCE),
    ("notes", REFERENCE),
    ("page", REFERENCE),
    ("pages", REFERENCE),
    ("article", REFERENCE),
    ("articles", REFERENCE),
    ("part", REFERENCE),
    ("parts", REFERENCE),
    ("paragraph", REFERENCE),
    ("paragraphs", REFERENCE),
    ("clause", REFERENCE),
    ("clauses", REFERENCE),
    ("schedule", REFERENCE),
    ("schedules", REFERENCE),
    ("no", REFERENCE),
    ("nos", REFERENCE),
    ("number", REFERENCE),
    ("numbers", REFERENCE),
    ("chapter", REFERENCE),
    ("chapters", REFERENCE),
    ("annex", REFERENCE),
    ("appendix", REFERENCE),
    ("amendment", REFERENCE),
    ("regulation", REFERENCE),
    ("title", REFERENCE),
    ("statement", REFERENCE),
    ("statements", REFERENCE),
    ("opinion", REFERENCE),
    ("interpretation", REFERENCE),
    ("bulletin", REFERENCE),
    ("topic", REFERENCE),
    ("subtopic", REFERENCE),
    ("issue", REFERENCE),
    ("sfas", REFERENCE),
    ("fas", REFERENCE),
    ("fasb", REFERENCE),
    ("fin", REFERENCE),
    ("eitf", REFERENCE),
    ("sab", REFERENCE),
    ("sop", REFERENCE),
    ("apb", REFERENCE),
    ("asc", REFERENCE),
    ("asu", REFERENCE),
    ("ifrs", REFERENCE),
    ("ias", REFERENCE),
    ("phase", REFERENCE),
    ("step", REFERENCE),
    ("version", REFERENCE),
    ("volume", REFERENCE),
    ("vol", REFERENCE),
    ("table", REFERENCE),
    ("figure", REFERENCE),
    ("footnote", REFERENCE),
    ("footnotes", REFERENCE),
    ("level", REFERENCE),
    ("tier", REFERENCE),
    ("subsection", REFERENCE),
    ("subsections", REFERENCE),
    ("class", REFERENCE),
    ("classes", REFERENCE),
    ("series", REFERENCE),
    ("index", REFERENCE),
    ("docket", REFERENCE),
    ("case", REFERENCE),
    ("lot", REFERENCE),
    ("group", REFERENCE),
    ("unit", REFERENCE),
    ("units", 0),
    ("tranche", REFERENCE),
    ("route", REFERENCE),
    ("highway", REFERENCE | STREET),
    ("interstate", REFERENCE),
    ("day", DURATION),
    ("days", DURATION),
    ("week", DURATION),
    ("weeks", DURATION),
    ("month", DURATION),
    ("months", DURATION),
    ("year", DURATION),
    ("years", DURATION),
    ("yr", DURATION),
    ("quarters", DURATION),
    ("hour", DURATION),
    ("hours", DURATION),
    ("minute", DURATION),
    ("minutes", DURATION),
    ("business", DURATION),
    ("calendar", DURATION),
    ("consecutive", DURATION),
    ("street", STREET),
    ("st", STREET),
    ("avenue", STREET),
    ("ave", STREET),
    ("road", STREET),
    ("rd", STREET),
    ("drive", STREET),
    ("dr", STREET),
    ("boulevard", STREET),
    ("blvd", STREET),
    ("lane", STREET),
    ("ln", STREET),
    ("way", STREET),
    ("parkway", STREET),
    ("pkwy", STREET),
    ("pike", STREET),
    ("place", STREET),
    ("plaza", STREET),
    ("square", STREET),
    ("court", STREET),
    ("ct", STREET),
    ("circle", STREET),
    ("center", STREET),
    ("centre", STREET),
    ("terrace", STREET),
    ("trail", STREET),
    ("row", STREET),
    ("expressway", STREET),
    ("freeway", STREET),
    ("turnpike", STREET),
    ("broadway", STREET),
    ("suite", ROOM),
    ("ste", ROOM),
    ("floor", ROOM),
    ("box", ROOM),
    ("room", ROOM),
    ("building", ROOM),
    ("bldg", ROOM),
    ("apt", ROOM),
    ("zip", ROOM),
    ("percent", MEASURE),
    ("pct", MEASURE),
    ("percentage", MEASURE),
    ("points", MEASURE),
    ("bps", MEASURE),
    ("cents", MEASURE),
    ("cent", MEASURE),
    ("dollars", MEASURE),
    ("hundred", MEASURE),
    ("thousand", MEASURE),
    ("million", MEASURE),
    ("millions", MEASURE),
    ("mm", MEASURE),
    ("billion", MEASURE),
    ("billions", MEASURE),
    ("bn", MEASURE),
    ("trillion", MEASURE),
    ("shares", MEASURE),
    ("share", MEASURE),
    ("employees", MEASURE),
    ("stores", MEASURE),
    ("customers", MEASURE),
    ("code", CALL),
    ("passcode", CALL),
    ("pin", CALL),
    ("id", CALL),
    ("confirmation", CALL),
    ("reservation", CALL),
    ("ext", CALL),
    ("extension", CALL),
    ("access", CALL),
    ("dial", CALL),
    ("alabama", STATE),
    ("alaska", STATE),
    ("arizona", STATE),
    ("arkansas", STATE),
    ("california", STATE),
    ("calif", STATE),
    ("colorado", STATE),
    ("connecticut", STATE),
    ("conn", STATE),
    ("delaware", STATE),
    ("columbia", STATE),
    ("florida", STATE),
    ("georgia", STATE),
    ("hawaii", STATE),
    ("idaho", STATE),
    ("illinois", STATE),
    ("indiana", STATE),
    ("iowa", STATE),
    ("kansas", STATE),
    ("kentucky", STATE),
    ("louisiana", STATE),
    ("maine", STATE),
    ("maryland", STATE),
    ("massachusetts", STATE),
    ("mass", STATE),
    ("michigan", STATE),
    ("minnesota", STATE),
    ("mississippi", STATE),
    ("missouri", STATE),
    ("montana", STATE),
    ("nebraska", STATE),
    ("nevada", STATE),
    ("hampshire", STATE),
    ("jersey", STATE),
    ("mexico", STATE),
    ("york", STATE),
    ("carolina", STATE),
    ("dakota", STATE),
    ("ohio", STATE),
    ("oklahoma", STATE),
    ("oregon", STATE),
    ("pennsylvania", STATE),
    ("island", STATE),
    ("tennessee", STATE),
    ("texas", STATE),
    ("utah", STATE),
    ("vermont", STATE),
    ("virginia", STATE),
    ("washington", STATE),
    ("wisconsin", STATE),
    ("wyoming", STATE),
    ("a", CLOCK),
    ("am", CLOCK),
    ("p", CLOCK),
    ("pm", CLOCK),
    ("noon", CLOCK),
    ("o'clock", CLOCK),
]);

/// What a word makes of the number beside it.
pub(crate) fn roles(word: &[u8]) -> u16 {
    WORDS.get_folded(word).unwrap_or(0)
}

/// No word or gap is followed further: a bound for hostile text.
const FAR: usize = 60;

/// The letters that stand before `end`, between them only white space and marks that may stand between a word
/// and its number; and where they begin.
pub(crate) fn before(text: &[u8], end: usize) -> (&[u8], usize) {
    let low = end.saturating_sub(FAR);
    let mut to = end;
    while to > low && text.get(to - 1).is_some_and(|b| b.is_ascii_whitespace() || b".(:#\"',[-".contains(b)) {
        to -= 1;
    }
    let mut from = to;
    while from > low && text.get(from - 1).is_some_and(u8::is_ascii_alphabetic) {
        from -= 1;
    }
    (text.get(from..to).unwrap_or_default(), from)
}

/// The letters that stand after `start`, between them only white space, a hyphen or a closing mark; and where
/// they end.
pub(crate) fn after(text: &[u8], start: usize) -> (&[u8], usize) {
    let high = (start + FAR).min(text.len());
    let mut from = start;
    while from < high && text.get(from).is_some_and(|b| b.is_ascii_whitespace() || b"-)\"',.".contains(b)) {
        from += 1;
    }
    let mut to = from;
    while to < high && text.get(to).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'\'') {
        to += 1;
    }
    (text.get(from..to).unwrap_or_default(), to)
}
