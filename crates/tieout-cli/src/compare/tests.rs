use super::{Both, page, rows};
use crate::page::Page;
use crate::view::View;
use tieout::{Side, Source};

const EARLIER: &str = "\
                        BIRCH HOLLOW COMPANY
                        Statements of Income
                           (In thousands)
                               Nine months ended
                                 September 30,
                               2002        2001
                             --------    --------
Net sales                    $ 24,000    $ 21,000
Cost of sales                  15,000      13,500
                             --------    --------
Gross profit                    9,000       7,500
Selling expenses                5,500       4,700
                             --------    --------
Net income                   $  3,500    $  2,800
                             ========    ========
";

fn listed(later: &str) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    with(later, &mut |both| {
        rows::rows(both, &mut |row| lines.push(row.iter().map(|c| c.text().into_owned()).collect()));
    });
    lines
}

fn with(later: &str, look: &mut dyn FnMut(&Both<'_>)) {
    let (old, new) = (Source::new("old.txt", EARLIER.as_bytes()), Source::new("new.txt", later.as_bytes()));
    let (before, after) = (tieout::read(&old), tieout::read(&new));
    let comparison = tieout::compare(Side { source: &old, report: &before }, Side { source: &new, report: &after });
    look(&Both {
        earlier: View::new(old, &before, tieout::checks()),
        later: View::new(new, &after, tieout::checks()),
        comparison,
    });
}

fn shown(later: &str) -> String {
    let mut out = Vec::new();
    with(later, &mut |both| page::write(both, &Page { width: 80, ..Page::default() }, &mut out));
    anstream::adapter::strip_str(&String::from_utf8_lossy(&out)).to_string()
}

#[test]
fn a_changed_figure_is_listed_with_both_and_their_difference() {
    let lines = listed(&EARLIER.replace("13,500", "13,400").replace("7,500", "7,600").replace("2,800", "2,900"));
    let changed: Vec<_> = lines.iter().filter(|l| l[0] == "undisclosed").map(|l| l[2..].join("|")).collect();
    assert_eq!(changed.len(), 3, "{lines:?}");
    assert!(changed[0].contains("|13500000|13400000|-100000|"), "{changed:?}");
    assert!(lines.iter().all(|l| l.len() == rows::COLUMNS.len()));
}

#[test]
fn the_page_says_what_changed_and_that_nothing_did() {
    let page = shown(&EARLIER.replace("13,500", "13,400"));
    assert!(page.contains("Changed, and not disclosed"), "{page}");
    assert!(
        page.contains(
            "Income statement, 9 months to 2001-09-30\n    Cost of sales   13,500  13,400        -100  line 9 → 9"
        ),
        "{page}"
    );
    assert!(page.contains("off: 1 figure changed and not disclosed  10 figures in both, 9 agreed"), "{page}");
    assert!(shown(EARLIER).contains("agrees  10 figures in both, 10 agreed"));
}

#[test]
fn the_fourth_quarter_is_reckoned() {
    let year =
        EARLIER.replace("Nine months", "Year").replace("September 30", "December 31").replace("24,000", "33,000");
    let lines = listed(&year);
    let derived: Vec<_> = lines.iter().filter(|l| l[0] == "derived").collect();
    assert!(derived.iter().any(|l| l[2] == "Net sales" && l[4] == "2002-10-01" && l[8] == "9000000"), "{lines:?}");
}
