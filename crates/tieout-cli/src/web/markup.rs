//! An HTML document as filed, made safe: elements, attributes and styles are let through by name, everything else
//! stays out, so that nothing runs, nothing is loaded and nothing leaves its box.

use super::blocks::Blocks;
use super::places::Places;
use super::style::Looks;
use super::{NUMBER, escape, words};
use crate::view::View;
use tieout::Span;
use tieout::html::{Tag, Token, attributes, characters, tokens, value_characters};

/// What a browser would do by itself outside a shadow root.
const STYLE: &str = include_str!("markup.css");

/// The document with its styles, a number's element around each number.
pub(super) fn write(view: &View<'_>, body: Span, places: &Places, page: &mut String) {
    let (looks, document) = document(view, body, places);
    page.extend(["<style>", NUMBER, STYLE, &looks, "</style>", &document]);
}

/// The rules of its looks, and the document.
fn document(view: &View<'_>, body: Span, places: &Places) -> (String, String) {
    let bytes = view.source.bytes;
    let mut looks = Looks::default();
    let mut blocks = Blocks::new(bytes, body);
    let mut put = |start: u32, end: u32, page: &mut String| {
        characters(bytes, Span { start, end }).for_each(|(c, _)| escape::character(c, page));
    };
    // Inside of what is not shown: the element that began it, and how deep in others of its name.
    let mut hidden: Option<(Tag, usize)> = None;
    for token in tokens(bytes, body) {
        match (token, &mut hidden) {
            (Token::Start { tag, self_closing, .. }, Some((outer, depth))) if tag == *outer && !self_closing => {
                *depth += 1;
            }
            (Token::End { tag, .. }, Some((outer, depth))) if tag == *outer => {
                *depth -= 1;
                if *depth == 0 {
                    hidden = None;
                }
            }
            (_, Some(_)) => {}
            (Token::Start { tag, self_closing, .. }, _) if is_hidden(tag) => {
                // What is no markup inside has an end tag whatever its start says.
                let open = !self_closing || matches!(tag, Tag::Script | Tag::Style | Tag::Title);
                hidden = open.then_some((tag, 1));
            }
            (Token::Start { tag: Tag::Img, attributes, span, .. }, _) => {
                blocks.text(false, span.start, 0);
                picture(bytes, attributes, &mut blocks.page);
            }
            (Token::Start { tag, attributes, span, .. }, _) if is_shown(tag) => {
                blocks.start(tag, span.start);
                start(bytes, tag, attributes, &mut looks, &mut blocks.page);
            }
            (Token::End { tag, .. }, _) if is_shown(tag) && blocks.end(tag) => {
                blocks.page.extend(["</", tag.name(), ">"]);
            }
            (Token::Text { span, .. }, _) => {
                let blank = view.source.slice(span).trim_ascii().is_empty();
                blocks.text(blank, span.start, span.len());
                words::pieces(bytes, span, places, &mut blocks.page, &mut put);
            }
            _ => {}
        }
    }
    (looks.rules, blocks.finish())
}

/// Elements whose content is not for readers.
fn is_hidden(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Script | Style | Title | Textarea | Iframe | Noembed | Noframes | Object | Svg | Math | Map | Select | IxHeader
    )
}

/// Elements that are let through. Of all others the content is shown without them.
pub(super) fn is_shown(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        A | Abbr
            | Acronym
            | Address
            | Article
            | Aside
            | B
            | Big
            | Blockquote
            | Br
            | Caption
            | Center
            | Cite
            | Code
            | Col
            | Colgroup
            | Dd
            | Del
            | Dfn
            | Dir
            | Div
            | Dl
            | Dt
            | Em
            | Figcaption
            | Figure
            | Font
            | Footer
            | H1
            | H2
            | H3
            | H4
            | H5
            | H6
            | Header
            | Hr
            | I
            | Ins
            | Kbd
            | Li
            | Main
            | Mark
            | Menu
            | Nobr
            | Ol
            | P
            | Pre
            | Q
            | S
            | Samp
            | Section
            | Small
            | Span
            | Strike
            | Strong
            | Sub
            | Sup
            | Table
            | Tbody
            | Td
            | Tfoot
            | Th
            | Thead
            | Tr
            | Tt
            | U
            | Ul
            | Var
            | Wbr
    )
}

/// Attributes that are let through as they are: layout, none of them names another file or holds a program.
const PLAIN: [&str; 26] = [
    "align",
    "alt",
    "bgcolor",
    "border",
    "bordercolor",
    "cellpadding",
    "cellspacing",
    "clear",
    "color",
    "colspan",
    "dir",
    "face",
    "frame",
    "height",
    "lang",
    "noshade",
    "nowrap",
    "rowspan",
    "rules",
    "size",
    "span",
    "start",
    "title",
    "type",
    "valign",
    "width",
];

fn start(bytes: &[u8], tag: Tag, span: Span, looks: &mut Looks, page: &mut String) {
    page.push('<');
    *page += tag.name();
    let (mut named, mut styled) = (false, false);
    for attribute in attributes(bytes, span) {
        let name = word(bytes, attribute.name).to_ascii_lowercase();
        let value = || value_characters(bytes, attribute.value).map(|(c, _)| c).collect::<String>();
        match name.as_str() {
            "style" if !styled => {
                styled = true;
                if let Some(class) = looks.class(&value()) {
                    *page += &format!(" class=z{class}");
                }
            }
            // Places in the document, with a name that is none of the page's own.
            "id" | "name" if !named => {
                named = true;
                put(page, "id", &format!("f-{}", value()));
            }
            "href" => {
                if let Some(place) = value().trim().strip_prefix('#') {
                    put(page, "href", &format!("#f-{place}"));
                }
            }
            plain if PLAIN.contains(&plain) => put(page, plain, &value()),
            _ => {}
        }
    }
    page.push('>');
}

fn put(page: &mut String, name: &str, value: &str) {
    let bare = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"#%.-".contains(&b));
    let quote = if bare { "" } else { "\"" };
    page.extend([" ", name, "=", quote]);
    escape::text(value, page);
    *page += quote;
}

/// Pictures are other files: their place says so.
fn picture(bytes: &[u8], span: Span, page: &mut String) {
    let alt = attributes(bytes, span).find(|a| word(bytes, a.name).eq_ignore_ascii_case("alt"));
    let said: String = alt.map_or(String::new(), |a| value_characters(bytes, a.value).map(|(c, _)| c).collect());
    *page += "<small class=img>";
    escape::text(if said.trim().is_empty() { "picture" } else { said.trim() }, page);
    *page += "</small>";
}

fn word(bytes: &[u8], span: Span) -> &str {
    let bytes = bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::web::places::{Look, Place};
    use tieout::{Report, Source};

    pub(in crate::web) fn shown(html: &str, number: Option<&str>) -> String {
        let report = Report::default();
        let view = View::new(Source::new("x.htm", html.as_bytes()), &report, &[]);
        let place = |text: &str| {
            let start = html.find(text).unwrap();
            Place { span: Span::new(start, start + text.len()), look: Look::Proven, mark: "F".into() }
        };
        let places = Places { all: number.map(place).into_iter().collect() };
        document(&view, Span::new(0, html.len()), &places).1
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded() {
        for (html, safe) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("<p onclick=alert(1) style='x'>a", "<p>a"),
            ("<a href='javascript:alert(1)'>a</a><a href=http://x>b</a>", "<a>a</a><a>b</a>"),
            ("<img src=x onerror=alert(1) alt='<logo>'>", "<small class=img>&lt;logo&gt;</small>"),
            ("<svg><a href=#x>a</a></svg><td background=x>b", "<td>b"),
            ("<iframe src=x></iframe><object data=x>y</object><link href=x><meta content=x>", ""),
            ("</template></section></body><form action=x><input><button>go", "go"),
            ("<style>p{}</style><title>t</title>&lt;script>x", "&lt;script&gt;x"),
            ("<ix:header><x:y>1</x:y></ix:header><ix:nonFraction name=a>2</ix:nonFraction>", "2"),
        ] {
            assert_eq!(shown(html, None), safe, "{html}");
        }
    }

    #[test]
    fn places_in_the_document_have_names_of_their_own() {
        assert_eq!(shown("<a name=n1></a><a HREF='#n1'>x", None), "<a id=f-n1></a><a href=#f-n1>x");
        assert_eq!(shown("<td width='\"><b>'>", None), "<td width=\"&quot;&gt;&lt;b&gt;\">");
    }

    #[test]
    fn a_number_split_over_tags_is_one() {
        assert_eq!(
            shown("<td>$<b>(1,2</b>34)</td>", Some("(1,2</b>34)")),
            "<td>$<b><data id=n0 class=p data-m>(1,2</data></b><data data-n=0 class=p data-t=F>34)</data></td>"
        );
        assert_eq!(
            shown("<td>(1</td> <td>)</td>", Some("(1</td> <td>)")),
            "<td><data id=n0 class=p data-m>(1</data></td> <td><data data-n=0 class=p data-t=F>)</data></td>"
        );
        assert_eq!(shown("1&#160;234 x", Some("1&#160;234")), "<data id=n0 class=p data-t=F>1\u{a0}234</data> x");
    }
}
