//! Snippets of markup and the blocks they become. Numbers stand in angle marks, their right edge where columns
//! align; blanks are squeezed where only the order matters.

use super::*;
use crate::CellKind;

fn read(html: &str) -> Vec<Block<'_>> {
    let source = Source::new("t", html.as_bytes());
    html_blocks(&source, source.span())
}

/// Every block on lines of its own: grids as laid out, prose with its kind.
fn show(html: &str) -> String {
    let mut out = String::new();
    for block in read(html) {
        match block {
            Block::Prose(p) => out += &format!("{:?}: {}\n", p.kind, p.text),
            Block::Grid(grid) => {
                for row in &grid.rows {
                    let mut line = String::from("|");
                    for cell in grid.cells(row) {
                        line += " ";
                        line += &match cell.kind {
                            CellKind::Number(n) => format!("{}@{}", n.amount, cell.x1),
                            CellKind::Text => format!("'{}'", cell.text),
                            CellKind::Rule => format!("{}{}-{}", &cell.text[..1], cell.x0, cell.x1),
                        };
                    }
                    out += &(line + "\n");
                }
            }
        }
    }
    out
}

#[test]
fn a_number_cut_over_cells_is_one() {
    let got = show(
        "<table><tr><td>Sales</td><td>$</td><td>1,200</td><td></td><td>$</td><td>1,100</td><td></td></tr>\
         <tr><td>Costs</td><td></td><td>(58</td><td>)</td><td></td><td>(60</td><td>)</td></tr>\
         <tr><td>Margin</td><td></td><td>9.5</td><td>%</td><td></td><td>&#8212;</td><td>%</td></tr></table>",
    );
    assert_eq!(got, "| 'Sales' 1200@19 1100@31\n| 'Costs' -58@19 -60@31\n| 'Margin' 9.5@19 0@31\n");
}

#[test]
fn spans_of_numbers_are_those_of_the_source() {
    let html =
        "<table><tr><td>A</td><td>(58<b></b></td><td>)</td></tr><tr><td>B</td><td>$1<b>,2</b>00</td></tr></table>";
    let blocks = read(html);
    let Some(Block::Grid(grid)) = blocks.first() else { panic!("{blocks:?}") };
    let spans: Vec<&str> = grid
        .cells
        .iter()
        .filter(|c| matches!(c.kind, CellKind::Number(_)))
        .map(|c| &html[c.span.start as usize..c.span.end as usize])
        .collect();
    assert_eq!(spans, ["(58<b></b></td><td>)", "1<b>,2</b>00"]);
}

#[test]
fn columns_do_not_shift_with_colspans_and_hidden_cells() {
    let got = show(
        "<table><tr><td></td><td colspan=3>2020</td><td colspan=3>2019</td></tr>\
         <tr><td>Cash</td><td>$</td><td>5,000</td><td>&nbsp;</td><td>$</td><td>4,000</td><td></td></tr>\
         <tr><td>Debt</td><td colspan=2>300</td><td style='display:none'>9</td><td></td><td colspan=3>&mdash;</td></tr></table>",
    );
    assert_eq!(got, "| 2020@17 2019@29\n| 'Cash' 5000@17 4000@29\n| 'Debt' 300@17 0@29\n");
}

#[test]
fn a_title_above_is_the_tables_own() {
    let got = show(
        "<p>Acme Corp.</p><p>Balance Sheets</p><p>(in thousands)</p>\
         <table><tr><td>Cash</td><td>10</td></tr><tr><td>Total</td><td style='border-bottom:3px double #000'>10</td></tr></table>\
         <p>These figures are those of the company as it drew them up.</p>",
    );
    assert_eq!(
        got,
        "| 'Acme Corp.'\n| 'Balance Sheets'\n| '(in thousands)'\n| -0-12\n| 'Cash' 10@17\n| 'Total' 10@17\n| =7-17\n\
         Body: These figures are those of the company as it drew them up.\n"
    );
}

#[test]
fn stacked_figures_are_rows_and_wrapped_labels_are_not() {
    let got = show(
        "<table><tr><td>Net sales:<br>Americas<br>Europe</td><td><br>563,829<br>452,219</td></tr>\
         <tr><td>Other income<br>and expense</td><td>12</td></tr></table>",
    );
    assert_eq!(
        got,
        "| 'Net sales:'\n| 'Americas' 563829@36\n| 'Europe' 452219@36\n| 'Other income and expense' 12@36\n"
    );
}

#[test]
fn footnote_marks_are_no_digits() {
    let got = show(
        "<p>Sales<sup>(1)</sup> of $5 million on the 4<sup>th</sup> of July.</p>\
         <table><tr><td>A<sup>2</sup></td><td>31<span style='position:relative;top:-4pt'>(a)</span></td></tr>\
         <tr><td>B</td><td>32</td></tr></table>",
    );
    assert_eq!(got, "Body: Sales of $5 million on the 4th of July.\n| 'A' 31@13\n| 'B' 32@13\n");
}

#[test]
fn layout_tables_are_prose_and_bullets() {
    let got = show(
        "<table><tr><td>&#8226;</td><td>Sales rose to $5 million.</td></tr>\
         <tr><td>&#8226;</td><td>Costs <b>fell</b>.</td></tr></table>\
         <ul><li>One thing<li>Another thing</ul>",
    );
    assert_eq!(
        got,
        "Bullet: \u{2022} Sales rose to $5 million.\nBullet: \u{2022} Costs fell.\nBullet: One thing\nBullet: Another thing\n"
    );
}

#[test]
fn what_is_hidden_is_not_shown() {
    let got = show(
        "<ix:header><ix:hidden><ix:nonNumeric>no</ix:nonNumeric></ix:hidden></ix:header>\
         <div style='display:none'><div>no</div>no</div><p>yes <span style='visibility:hidden'>no</span>and yes.</p>\
         <script>no</script><p>It is <ix:nonFraction name='a:B'>7</ix:nonFraction> now.</p>",
    );
    assert_eq!(got, "Body: yes and yes.\nBody: It is 7 now.\n");
}

#[test]
fn hidden_cells_end_where_they_end() {
    let got = show(
        "<table><tr><td>A</td><td style='display:none'/><td>1,000</td></tr>\
         <tr><td>B</td><td style='display:none'>9<td>2,000</tr></table>",
    );
    assert_eq!(got, "| 'A' 1000@13\n| 'B' 2000@13\n");
}

#[test]
fn paragraphs_know_their_bytes() {
    let html = "<p>Net&nbsp;sales &#8211; <b>$7.5</b>\n million &amp; more</p>";
    let blocks = read(html);
    let Some(Block::Prose(p)) = blocks.first() else { panic!("{blocks:?}") };
    assert_eq!(p.text, "Net sales \u{2013} $7.5 million & more");
    let at = p.text.find("$7.5 million").unwrap();
    let span = p.span_of(at..at + "$7.5 million".len());
    assert_eq!(&html[span.start as usize..span.end as usize], "$7.5</b>\n million");
}

#[test]
fn preformatted_text_is_read_as_text() {
    let html = "<pre>\n  Balance Sheets\n                  2003    2002\nCash            $ 120   $ 110\nOther &amp; more      30      20\n</pre>";
    let got = show(html);
    assert_eq!(got, "| 'Balance Sheets'\n| 2003@22 2002@30\n| 'Cash' 120@21 110@29\n| 'Other & more' 30@20 20@28\n");
    let blocks = read(html);
    let Some(Block::Grid(grid)) = blocks.first() else { panic!("{blocks:?}") };
    let last = grid.cells.last().unwrap();
    assert_eq!(&html[last.span.start as usize..last.span.end as usize], "20");
}

#[test]
fn words_set_by_coordinates_make_rows() {
    let piece = |left: u32, top: u32, words: &str| {
        format!("<div style='position:absolute;font-size:12px;left:{left}px;top:{top}px;'>{words} </div>")
    };
    let html = [
        piece(300, 40, "2025"),
        piece(400, 40, "2024"),
        piece(20, 60, "Net<div style='display:inline-block;width:6px'>&#160;</div>sales"),
        piece(280, 60, "$ "),
        piece(293, 60, "3,321.5"),
        piece(393, 60, "3,100.0"),
        piece(20, 75, "Other"),
        piece(308, 75, "21.5"),
        piece(408, 75, "10.0"),
    ]
    .concat();
    let got = show(&html);
    assert_eq!(got, "| 2025@60 2024@79\n| 'Net sales' 3321.5@62 3100.0@80\n| 'Other' 21.5@61 10.0@80\n");
}

#[test]
fn a_reference_in_words_set_by_coordinates() {
    let got = show(
        "<div style='position:absolute;left:48px;top:10px'>Owners&#8217; part of it</div>\
         <div style='position:absolute;left:600px;top:10px'>9,275.6</div>\
         <div style='position:absolute;left:48px;top:30px'>All equity</div>\
         <div style='position:absolute;left:600px;top:30px'>9,526.6</div>",
    );
    assert!(got.contains("'Owners\u{2019} part of it' 9275.6@"), "{got}");
}

#[test]
fn marks_over_the_columns_are_no_figures() {
    let got = show(
        "<table><tr><td></td><td>2020</td><td>2019</td></tr><tr><td></td><td>(unaudited)</td><td>(1)</td></tr>\
         <tr><td>Cash</td><td>18</td><td>17</td></tr><tr><td>Other, net</td><td>(1)</td><td>(2)</td></tr></table>",
    );
    assert!(got.contains("'(1)'"), "{got}");
    assert_eq!(got.matches("-1@").count(), 1, "{got}");
}

#[test]
fn columns_of_no_break_spaces_are_a_sheet() {
    let gap = "&nbsp;".repeat(8);
    let html = format!(
        "<p>Balance Sheets</p><p>{gap}{gap}2003{gap}2002</p><p>Cash &amp; notes{gap}120{gap}&nbsp;110<br>Other{gap}{gap}&nbsp;<b>30</b>{gap}&nbsp;&nbsp;20</p>\
         <p>Signed by the two of them.</p><p>{gap}____________</p>"
    );
    let got = show(&html);
    assert_eq!(
        got,
        "| 'Balance Sheets'\n| 2003@20 2002@32\n| 'Cash & notes' 120@23 110@35\n| 'Other' 30@24 20@36\n\
         Body: Signed by the two of them.\nHeading: ____________\n"
    );
    let blocks = read(&html);
    let Some(Block::Grid(grid)) = blocks.first() else { panic!("{blocks:?}") };
    let spans: Vec<&str> = grid.cells.iter().map(|c| &html[c.span.start as usize..c.span.end as usize]).collect();
    assert_eq!(spans, ["Balance Sheets", "2003", "2002", "Cash &amp; notes", "120", "110", "Other", "30", "20"]);
}

#[test]
fn a_paragraph_of_two_runs_is_read_once() {
    let row = "Cash&nbsp;&nbsp;&nbsp;&nbsp;120<br>".repeat(3);
    let got = show(&format!("<p>{row}{}<br>{row}</p>", "It is a long sentence. ".repeat(8)));
    assert_eq!(got.matches("'Cash'").count(), 6, "{got}");
}

#[test]
fn gaps_within_prose_are_no_columns() {
    let html = "<p>Telephone:&nbsp;&nbsp;&nbsp;&nbsp;555</p><p>Fax:&nbsp;&nbsp;&nbsp;&nbsp;556</p>\
        <p>$&nbsp;&nbsp;&nbsp;&nbsp;6% Bonds due 2053</p><p>&nbsp;&nbsp;&nbsp;&nbsp;2053</p>";
    assert_eq!(show(html).matches('|').count(), 0, "{}", show(html));
}
