//! Element names as a small enum.

/// The longest name that is known.
const LONGEST: usize = 24;

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
        let name = NAMES[i].as_bytes();
        assert!(name.len() <= LONGEST);
        let mut at = slot(name);
        while table[at] as usize != Tag::Other as usize {
            at = (at + 1) % SLOTS;
        }
        table[at] = ALL[i];
        i += 1;
    }
    table
};

/// The slot of a name, the same in upper and lower case: from its length and eight bytes, the first four and
/// the last four.
const fn slot(name: &[u8]) -> usize {
    let mut word = name.len() as u64;
    let mut i = 0;
    while i < name.len() {
        if i < 4 || i + 4 >= name.len() {
            word = (word ^ (name[i] | 0x20) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        }
        i += 1;
    }
    (word >> 32) as usize % SLOTS
}

/// The element a name is of.
#[inline]
pub(crate) fn tag(name: &[u8]) -> Tag {
    if name.len() > LONGEST {
        return Tag::Other;
    }
    let mut at = slot(name);
    // An empty slot ends the search: the table is never full.
    while let Some(&tag) = TABLE.get(at) {
        if tag == Tag::Other || tag.name().as_bytes().eq_ignore_ascii_case(name) {
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
        for (&known, name) in ALL.iter().zip(NAMES) {
            assert_eq!(tag(name.as_bytes()), known);
            assert_eq!(tag(name.to_uppercase().as_bytes()), known);
            assert_eq!(known.name(), *name);
        }
        assert_eq!(tag(b"ix:nonFraction"), Tag::IxNonFraction);
        assert_eq!(
            (tag(b"tdx"), tag(b""), tag(b"@"), tag(&[b'x'; 99])),
            (Tag::Other, Tag::Other, Tag::Other, Tag::Other)
        );
    }
}
