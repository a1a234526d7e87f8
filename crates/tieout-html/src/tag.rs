//! Element names as a small enum.

use tieout_source::lower;

macro_rules! tags {
    ($($tag:ident $name:literal,)*) => {
        /// The name of an element: HTML's own, Inline XBRL's and those of the XBRL it carries, with their usual
        /// prefixes. Any other is [`Tag::Other`]: read the name from the token.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is the name it says")]
        pub enum Tag { $($tag,)* Other }

        const ALL: &[Tag] = &[$(Tag::$tag),*];
        const NAMES: &[&str] = &[$($name),*];
    };
}

tags! {
    A "a", Abbr "abbr", Acronym "acronym", Address "address", Area "area", Article "article", Aside "aside",
    B "b", Base "base", Basefont "basefont", Big "big", Blockquote "blockquote", Body "body", Br "br",
    Button "button", Caption "caption", Center "center", Cite "cite", Code "code", Col "col",
    Colgroup "colgroup", Dd "dd", Del "del", Dfn "dfn", Dir "dir", Div "div", Dl "dl", Dt "dt", Em "em",
    Figcaption "figcaption", Figure "figure", Font "font", Footer "footer", Form "form", Frame "frame",
    Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head",
    Header "header", Hr "hr", Html "html", I "i", Iframe "iframe", Img "img", Input "input", Ins "ins",
    Kbd "kbd", Label "label", Li "li", Link "link", Listing "listing", Main "main", Map "map", Mark "mark",
    Math "math", Menu "menu", Meta "meta", Multicol "multicol", Nav "nav", Nobr "nobr", Noembed "noembed",
    Noframes "noframes", Noscript "noscript", Object "object", Ol "ol", Option "option", P "p",
    Param "param", Plaintext "plaintext", Pre "pre", Q "q", S "s", Samp "samp", Script "script",
    Section "section", Select "select", Small "small", Span "span", Strike "strike", Strong "strong",
    Style "style", Sub "sub", Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td",
    Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Title "title", Tr "tr", Tt "tt", U "u",
    Ul "ul", Var "var", Wbr "wbr", Xmp "xmp",
    // EDGAR's own, in text documents and around HTML ones.
    C "c", Description "description", Document "document", Filename "filename", Page "page",
    Sequence "sequence", Text "text", Type "type",
    IxContinuation "ix:continuation", IxDenominator "ix:denominator", IxExclude "ix:exclude",
    IxFootnote "ix:footnote", IxFraction "ix:fraction", IxHeader "ix:header", IxHidden "ix:hidden",
    IxNonFraction "ix:nonfraction", IxNonNumeric "ix:nonnumeric", IxNumerator "ix:numerator",
    IxReferences "ix:references", IxRelationship "ix:relationship", IxResources "ix:resources",
    IxTuple "ix:tuple",
    LinkSchemaRef "link:schemaref",
    XbrldiExplicitMember "xbrldi:explicitmember", XbrldiTypedMember "xbrldi:typedmember",
    XbrliContext "xbrli:context", XbrliDivide "xbrli:divide", XbrliEndDate "xbrli:enddate",
    XbrliEntity "xbrli:entity", XbrliForever "xbrli:forever", XbrliIdentifier "xbrli:identifier",
    XbrliInstant "xbrli:instant", XbrliMeasure "xbrli:measure", XbrliPeriod "xbrli:period",
    XbrliScenario "xbrli:scenario", XbrliSegment "xbrli:segment", XbrliStartDate "xbrli:startdate",
    XbrliUnit "xbrli:unit", XbrliUnitDenominator "xbrli:unitdenominator",
    XbrliUnitNumerator "xbrli:unitnumerator",
}

impl Tag {
    /// The name in lower case; empty for [`Tag::Other`].
    pub fn name(self) -> &'static str {
        NAMES.get(self as usize).copied().unwrap_or_default()
    }
}

/// Slots of the hash table: few names share one.
const SLOTS: usize = 1024;

/// Each name at its slot, or at the first free one after it.
static TABLE: [Tag; SLOTS] = {
    let mut table = [Tag::Other; SLOTS];
    let mut i = 0;
    while i < ALL.len() {
        let mut at = slot(WORDS[i], NAMES[i].len());
        while table[at] as usize != Tag::Other as usize {
            at = (at + 1) % SLOTS;
        }
        table[at] = ALL[i];
        i += 1;
    }
    table
};

/// The [`word`] of each name.
static WORDS: [u64; ALL.len()] = {
    let mut words = [0; ALL.len()];
    let mut i = 0;
    while i < ALL.len() {
        words[i] = word(NAMES[i].as_bytes());
        i += 1;
    }
    words
};

/// A name as a number, the same in upper and lower case: its eight bytes or fewer; of a longer one, the first
/// eight and the last eight mixed.
#[inline]
const fn word(name: &[u8]) -> u64 {
    match name.last_chunk::<8>() {
        None => {
            let mut bytes = [0; 8];
            let mut i = 0;
            while i < name.len() {
                bytes[i] = name[i];
                i += 1;
            }
            lower(u64::from_le_bytes(bytes))
        }
        Some(last) => {
            let first = match name.first_chunk::<8>() {
                Some(first) => u64::from_le_bytes(*first),
                None => 0,
            };
            let mixed = if name.len() == 8 { 0 } else { lower(u64::from_le_bytes(*last)).rotate_left(29) };
            lower(first) ^ mixed
        }
    }
}

const fn slot(word: u64, length: usize) -> usize {
    ((word ^ length as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % SLOTS
}

/// The element whose name stands from `start` to `end`.
#[inline]
pub(crate) fn tag(bytes: &[u8], start: usize, end: usize) -> Tag {
    let Some(name) = bytes.get(start..end) else { return Tag::Other };
    // Most names are short and well before the end of the file: eight bytes are read, those of the name kept.
    let eight = bytes.get(start..).and_then(|rest| rest.first_chunk::<8>());
    let word = match eight {
        Some(eight) if (1..8).contains(&name.len()) => {
            lower(u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * name.len())))
        }
        _ => word(name),
    };
    let mut at = slot(word, name.len());
    // An empty slot ends the search: the table is never full.
    while let Some(&tag) = TABLE.get(at)
        && tag != Tag::Other
    {
        let known = tag.name().as_bytes();
        let same_word = WORDS.get(tag as usize) == Some(&word) && known.len() == name.len();
        if same_word && (name.len() <= 8 || known.eq_ignore_ascii_case(name)) {
            return tag;
        }
        at = (at + 1) % SLOTS;
    }
    Tag::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        let read = |name: &[u8]| {
            // At the end of the file, and with more after it.
            let followed = [name, b">1,234</td>"].concat();
            assert_eq!(tag(name, 0, name.len()), tag(&followed, 0, name.len()));
            tag(name, 0, name.len())
        };
        for (&known, name) in ALL.iter().zip(NAMES) {
            assert_eq!(read(name.as_bytes()), known);
            assert_eq!(read(name.to_uppercase().as_bytes()), known);
            assert_eq!(known.name(), *name);
        }
        assert_eq!(read(b"ix:nonFraction"), Tag::IxNonFraction);
        for other in [&b"tdx"[..], b"t", b"td\0", b"", b"@", b"ix:nonfractioo", b"xx:nonfraction", &[b'x'; 99]] {
            assert_eq!(read(other), Tag::Other);
        }
    }
}
