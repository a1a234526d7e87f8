use crate::resources::{Resources, slice};
use crate::{number, words};
use std::collections::HashMap;
use tieout_html::{Tag, Token, attribute, attributes, decode, tokens};
use tieout_model::{Amount, Decimals, Span, Tagged, TaggedValue, Tagging};
use tieout_source::Source;

/// How facts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tags around what an HTML page prints.
    Inline,
    /// An XBRL instance: an element a fact.
    Instance,
}

/// Reads the facts of one document into `into`. A document without tags adds nothing. Facts come in the
/// order in which they begin.
pub fn read(source: &Source<'_>, doc: u32, body: Span, form: Form, into: &mut Tagging) {
    if form == Form::Inline && memchr::memmem::find(source.slice(body), b"<ix:").is_none() {
        return;
    }
    let mut reader = Reader { bytes: source.bytes, form, doc, ..Reader::new(source.bytes) };
    for token in tokens(source.bytes, body) {
        reader.take(token);
    }
    reader.finish(into);
}

/// A fact whose end tag is still to come.
struct Frame {
    tag: Tag,
    attributes: Span,
    name: Span,
    content: u32,
    /// Where its characters begin in the shared text; `None` where they are not wanted.
    text: Option<usize>,
    /// Its place among the facts.
    index: usize,
}

/// A fact as read, its references not yet looked up.
struct Draft {
    fact: Tagged,
    context: Span,
    unit: Span,
    /// The id of what it goes on with; empty where nothing follows.
    next: Span,
}

struct Reader<'a> {
    bytes: &'a [u8],
    form: Form,
    doc: u32,
    resources: Resources<'a>,
    open: Vec<Frame>,
    /// Characters of all open facts that want them: one text, each frame from its own beginning.
    text: String,
    wanted: usize,
    excluded: usize,
    hidden: usize,
    drafts: Vec<Option<Draft>>,
    /// Content and successor of each continuation.
    continuations: HashMap<&'a [u8], (Span, Span)>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Reader {
            bytes,
            form: Form::Inline,
            doc: 0,
            resources: Resources::default(),
            open: Vec::new(),
            text: String::new(),
            wanted: 0,
            excluded: 0,
            hidden: 0,
            drafts: Vec::new(),
            continuations: HashMap::new(),
        }
    }

    fn take(&mut self, token: Token) {
        match token {
            Token::Start { tag, name, attributes, self_closing, span } => {
                let open = self.start(tag, name, attributes, span);
                if open && self_closing {
                    self.end(tag, name, Span { start: span.end, end: span.end });
                }
            }
            Token::End { tag, name, span } => self.end(tag, name, Span { start: span.start, end: span.start }),
            Token::Text { span, .. } => self.characters(span),
            _ => {}
        }
    }

    fn characters(&mut self, span: Span) {
        if self.wanted > 0 && self.excluded == 0 {
            decode(self.bytes, span, &mut self.text);
        }
        if self.resources.is_open() {
            self.resources.text(self.bytes, span);
        }
    }

    /// True where an end tag will close what this begins.
    fn start(&mut self, tag: Tag, name: Span, attributes: Span, span: Span) -> bool {
        match tag {
            Tag::IxNonFraction | Tag::IxNonNumeric | Tag::IxContinuation => {
                self.begin(tag, name, attributes, span);
                true
            }
            Tag::IxHidden => {
                self.hidden += 1;
                true
            }
            Tag::IxExclude => {
                self.excluded += 1;
                true
            }
            _ if tag >= Tag::LinkSchemaRef => {
                let local = local(slice(self.bytes, name));
                if self.resources.start(self.bytes, local, attributes) {
                    return true;
                }
                let fact = self.form == Form::Instance && attribute(self.bytes, attributes, "contextRef").is_some();
                if fact {
                    self.begin(tag, name, attributes, span);
                }
                fact
            }
            _ => {
                self.blank(tag);
                false
            }
        }
    }

    fn begin(&mut self, tag: Tag, name: Span, attributes: Span, span: Span) {
        // Marked up text is not copied: its bytes are its value.
        let markup = tag == Tag::IxContinuation
            || tag == Tag::IxNonNumeric
                && attribute(self.bytes, attributes, "escape").is_some_and(|v| truth(slice(self.bytes, v)));
        self.wanted += usize::from(!markup);
        let frame = Frame {
            tag,
            attributes,
            name,
            content: span.end,
            text: (!markup).then_some(self.text.len()),
            index: self.drafts.len(),
        };
        self.open.push(frame);
        self.drafts.push(None);
    }

    fn end(&mut self, tag: Tag, name: Span, at: Span) {
        match tag {
            Tag::IxHidden => self.hidden = self.hidden.saturating_sub(1),
            Tag::IxExclude => self.excluded = self.excluded.saturating_sub(1),
            Tag::IxNonFraction | Tag::IxNonNumeric | Tag::IxContinuation => self.close(tag, None, at.start),
            _ if tag >= Tag::LinkSchemaRef => {
                let full = slice(self.bytes, name);
                self.resources.end(local(full));
                if self.form == Form::Instance {
                    self.close(tag, Some(full), at.start);
                }
            }
            _ => self.blank(tag),
        }
    }

    /// Words in different blocks are apart.
    fn blank(&mut self, tag: Tag) {
        let block = matches!(tag, Tag::P | Tag::Div | Tag::Br | Tag::Td | Tag::Tr | Tag::Table | Tag::Li);
        if block && self.wanted > 0 && self.excluded == 0 {
            self.text.push(' ');
        }
    }

    /// Closes the innermost open fact of this kind; those inside it that were never closed end with it.
    fn close(&mut self, tag: Tag, name: Option<&[u8]>, end: u32) {
        let bytes = self.bytes;
        let is_it = |frame: &Frame| frame.tag == tag && name.is_none_or(|n| n == slice(bytes, frame.name));
        // Facts nest a few deep. A search no deeper than that keeps hostile nesting linear.
        let Some(depth) = self.open.iter().rev().take(64).position(is_it) else { return };
        for _ in 0..=depth {
            if let Some(frame) = self.open.pop() {
                self.fact(&frame, end);
            }
        }
        if self.wanted == 0 {
            self.text.clear();
        }
    }

    fn fact(&mut self, frame: &Frame, end: u32) {
        self.wanted -= usize::from(frame.text.is_some());
        let content = Span { start: frame.content, end: end.max(frame.content) };
        let a = Attributes::of(self.bytes, frame.attributes);
        let bytes = self.bytes;
        if frame.tag == Tag::IxContinuation {
            self.continuations.entry(slice(bytes, a.id)).or_insert((content, a.continued));
            return;
        }
        let printed = frame.text.and_then(|from| self.text.get(from..));
        let scale =
            std::str::from_utf8(slice(bytes, a.scale)).ok().and_then(|s| s.trim().parse::<i8>().ok()).unwrap_or(0);
        let negated = slice(bytes, a.sign) == b"-";
        let numeric = frame.tag == Tag::IxNonFraction || frame.tag == Tag::Other && !a.unit.is_empty();
        let format = after_colon(bytes, a.format);
        let format_name = std::str::from_utf8(slice(bytes, format)).unwrap_or_default();
        let value = match printed {
            _ if truth(slice(bytes, a.nil)) => TaggedValue::Nil,
            None => TaggedValue::Markup,
            Some(text) if numeric => {
                let signed = match (frame.tag, text.trim().strip_prefix('-')) {
                    // An instance writes its minus; Inline XBRL keeps it outside or in `sign`.
                    (Tag::Other, Some(rest)) => number::number(rest, "").map(|n| -n),
                    _ => number::number(text.trim(), format_name).map(|n| if negated { -n } else { n }),
                };
                signed.map_or(TaggedValue::Unreadable, |n| TaggedValue::Number(Amount::scaled(n, scale)))
            }
            Some(text) => {
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                words::words(&folded, format_name).map_or(TaggedValue::Unreadable, TaggedValue::Words)
            }
        };
        let fact = Tagged {
            doc: self.doc,
            name: if frame.tag == Tag::Other { frame.name } else { a.name },
            context: None,
            uom: String::new(),
            value,
            decimals: decimals(slice(bytes, a.decimals)),
            scale,
            negated,
            format,
            hidden: self.hidden > 0,
            id: a.id,
            span: content,
            more: Vec::new(),
            fact: None,
        };
        if let Some(place) = self.drafts.get_mut(frame.index) {
            *place = Some(Draft { fact, context: a.context, unit: a.unit, next: a.continued });
        }
    }

    fn finish(mut self, into: &mut Tagging) {
        // What was never closed ends with the document.
        let end = self.bytes.len() as u32;
        while let Some(frame) = self.open.pop() {
            let end = end.min(frame.content);
            self.fact(&frame, end);
        }
        let base = into.contexts.len() as u32;
        let bytes = self.bytes;
        for mut draft in std::mem::take(&mut self.drafts).into_iter().flatten() {
            draft.fact.context = self.resources.context(slice(bytes, draft.context)).map(|index| index + base);
            if let Some(unit) = self.resources.unit(slice(bytes, draft.unit)) {
                draft.fact.uom = unit.to_string();
            }
            // A continuation continues one fact: taken out, so that a ring of them ends.
            while let Some((span, next)) = self.continuations.remove(slice(bytes, draft.next)) {
                draft.fact.more.push(span);
                if let TaggedValue::Words(text) = &mut draft.fact.value {
                    text.push(' ');
                    text.push_str(&plain(bytes, span));
                }
                draft.next = next;
            }
            into.facts.push(draft.fact);
        }
        into.contexts.append(&mut self.resources.contexts);
    }
}

/// The attributes of a fact that are asked for, each read once.
#[derive(Default)]
struct Attributes {
    name: Span,
    context: Span,
    unit: Span,
    decimals: Span,
    scale: Span,
    sign: Span,
    format: Span,
    id: Span,
    nil: Span,
    continued: Span,
}

impl Attributes {
    fn of(bytes: &[u8], span: Span) -> Attributes {
        let mut all = Attributes::default();
        for a in attributes(bytes, span) {
            let name = slice(bytes, a.name);
            let place = match name.len() {
                2 if name.eq_ignore_ascii_case(b"id") => &mut all.id,
                4 if name.eq_ignore_ascii_case(b"name") => &mut all.name,
                4 if name.eq_ignore_ascii_case(b"sign") => &mut all.sign,
                5 if name.eq_ignore_ascii_case(b"scale") => &mut all.scale,
                6 if name.eq_ignore_ascii_case(b"format") => &mut all.format,
                7 if name.eq_ignore_ascii_case(b"unitref") => &mut all.unit,
                7 if name.eq_ignore_ascii_case(b"xsi:nil") => &mut all.nil,
                8 if name.eq_ignore_ascii_case(b"decimals") => &mut all.decimals,
                10 if name.eq_ignore_ascii_case(b"contextref") => &mut all.context,
                11 if name.eq_ignore_ascii_case(b"continuedat") => &mut all.continued,
                _ => continue,
            };
            *place = a.value;
        }
        all
    }
}

/// The words of a piece of markup, white space folded.
fn plain(bytes: &[u8], span: Span) -> String {
    let mut text = String::new();
    for token in tokens(bytes, span) {
        match token {
            Token::Text { span, .. } => decode(bytes, span, &mut text),
            Token::Start { tag: Tag::P | Tag::Div | Tag::Br | Tag::Td, .. } => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decimals(value: &[u8]) -> Option<Decimals> {
    match value {
        b"INF" => Some(Decimals::Exact),
        _ => std::str::from_utf8(value).ok()?.trim().parse().ok().map(Decimals::Places),
    }
}

fn truth(value: &[u8]) -> bool {
    value == b"true" || value == b"1"
}

/// The part of a name after its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.iter().rposition(|b| *b == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

fn after_colon(bytes: &[u8], span: Span) -> Span {
    let name = slice(bytes, span);
    Span { start: span.end - local(name).len() as u32, end: span.end }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESOURCES: &str = "<ix:header><ix:hidden><ix:nonNumeric name='dei:AmendmentFlag' contextRef='y'>false</ix:nonNumeric>\
        </ix:hidden><ix:resources>\
        <xbrli:context id='y'><xbrli:entity><xbrli:identifier scheme='s'>1</xbrli:identifier></xbrli:entity><xbrli:period>\
        <xbrli:startDate>2020-01-01</xbrli:startDate><xbrli:endDate>2020-12-31</xbrli:endDate></xbrli:period></xbrli:context>\
        <xbrli:context id='s'><xbrli:entity><xbrli:identifier scheme='s'>1</xbrli:identifier><xbrli:segment>\
        <xbrldi:explicitMember dimension='us-gaap:StatementClassOfStockAxis'>us-gaap:CommonClassAMember</xbrldi:explicitMember>\
        </xbrli:segment></xbrli:entity><xbrli:period><xbrli:instant>2020-12-31</xbrli:instant></xbrli:period></xbrli:context>\
        <xbrli:unit id='u'><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>\
        <xbrli:unit id='p'><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>\
        <xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>\
        </ix:resources></ix:header>";

    /// Each fact in a line: name, period, dimensions, unit, value, marks.
    fn facts(body: &str) -> Vec<String> {
        let html = format!("{RESOURCES}{body}");
        let source = Source::new("t", html.as_bytes());
        let mut tagging = Tagging::default();
        read(&source, 1, source.span(), Form::Inline, &mut tagging);
        let text = |span| String::from_utf8_lossy(source.slice(span)).into_owned();
        let line = |f: &Tagged| {
            let context = f.context.and_then(|c| tagging.contexts.get(c as usize));
            let period = context.and_then(|c| c.period).map_or("?".into(), |p| p.to_string());
            let dims = context.map_or(0, |c| c.dimensions.len());
            let value = match &f.value {
                TaggedValue::Number(n) => n.to_string(),
                other => format!("{other:?}"),
            };
            let hidden = if f.hidden { " hidden" } else { "" };
            format!("{} {period} {dims} {} {value} [{}]{hidden}", text(f.name), f.uom, text(f.span))
        };
        tagging.facts.iter().map(line).collect()
    }

    #[test]
    fn a_fact_has_scale_and_sign_applied() {
        let body = "(<ix:nonFraction name='us-gaap:NetIncomeLoss' contextRef='y' unitRef='u' decimals='-6' scale='6' \
                    sign='-' format='ixt:num-dot-decimal'>1,234.5</ix:nonFraction>)";
        let expected = "us-gaap:NetIncomeLoss 2020-01-01..2020-12-31 0 USD -1234500000 [1,234.5]";
        assert_eq!(facts(body).last().map(String::as_str), Some(expected));
    }

    #[test]
    fn hidden_facts_and_dimensions_are_told() {
        let body = "<ix:nonFraction name='a:B' contextRef='s' unitRef='p' scale='0'>.<b>50</b></ix:nonFraction>";
        let all = facts(body);
        assert_eq!(all[0], "dei:AmendmentFlag 2020-01-01..2020-12-31 0  Words(\"false\") [false] hidden");
        assert_eq!(all[1], "a:B 2020-12-31 1 USD/shares 0.50 [.<b>50</b>]");
    }

    #[test]
    fn nested_facts_share_their_print() {
        let body = "<ix:nonFraction name='a:Outer' contextRef='y' unitRef='u'><ix:nonFraction name='a:Inner' \
                    contextRef='y' unitRef='u'>7</ix:nonFraction></ix:nonFraction>";
        let names: Vec<_> = facts(body).iter().skip(1).map(|f| f.split(' ').next().unwrap().to_string()).collect();
        assert_eq!(names, ["a:Outer", "a:Inner"]);
        assert!(facts(body).iter().skip(1).all(|f| f.contains(" USD 7 ")));
    }

    #[test]
    fn words_go_on_in_continuations_without_what_is_excluded() {
        let body = "<ix:nonNumeric name='a:T' contextRef='y' continuedAt='c1'>one <ix:exclude>12</ix:exclude>two\
                    </ix:nonNumeric><ix:continuation id='c1' continuedAt='c2'><p>three</p></ix:continuation>\
                    <ix:continuation id='c2' continuedAt='c1'>four</ix:continuation>";
        assert!(facts(body)[1].contains("Words(\"one two three four\")"), "{:?}", facts(body));
    }

    #[test]
    fn nil_and_what_the_format_does_not_allow() {
        let body = "<ix:nonFraction name='a:N' contextRef='y' unitRef='u' xsi:nil='true'/>\
                    <ix:nonFraction name='a:U' contextRef='z' unitRef='u'>n/a</ix:nonFraction>\
                    <ix:nonNumeric name='a:M' contextRef='y' escape='true'><p>A note</p></ix:nonNumeric>";
        let all = facts(body);
        assert!(all[1].contains("Nil"), "{all:?}");
        assert!(all[2].contains("a:U ? 0 USD Unreadable"), "{all:?}");
        assert!(all[3].contains("Markup [<p>A note</p>]"), "{all:?}");
    }

    #[test]
    fn an_instance_is_read_by_its_elements() {
        let xml = "<xbrl><context id='c'><entity><identifier scheme='s'>1</identifier></entity><period>\
                   <instant>2010-12-31</instant></period></context><unit id='U'><measure>iso4217:USD</measure></unit>\
                   <us-gaap:Assets contextRef='c' unitRef='U' decimals='-3'>-5000</us-gaap:Assets></xbrl>";
        let source = Source::new("t", xml.as_bytes());
        let mut tagging = Tagging::default();
        read(&source, 2, source.span(), Form::Instance, &mut tagging);
        let [fact] = tagging.facts.as_slice() else { panic!("{:?}", tagging.facts) };
        assert_eq!(fact.value, TaggedValue::Number(Amount::new(-5000, 0)));
        assert_eq!((fact.uom.as_str(), fact.decimals), ("USD", Some(Decimals::Places(-3))));
    }
}
