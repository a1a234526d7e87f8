//! Whole pages of the fixture. `TIEOUT_UPDATE=1 cargo test -p tieout-cli` writes them anew; read the diff.

use super::{Page, write};
use crate::fixture;
use std::path::PathBuf;

/// The page as it goes to a terminal without colour.
fn plain(page: &Page) -> String {
    anstream::adapter::strip_str(&colored(page)).to_string()
}

fn colored(page: &Page) -> String {
    let fixture = fixture::release();
    let mut out = Vec::new();
    write(&fixture.view(), page, &mut out);
    String::from_utf8(out).unwrap()
}

#[allow(clippy::disallowed_methods, reason = "an update is asked for through the environment")]
fn snapshot(name: &str, shown: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name);
    if std::env::var_os("TIEOUT_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, shown).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == shown, "{name} changed; TIEOUT_UPDATE=1 writes it anew.\n--- kept\n{kept}\n--- now\n{shown}");
}

#[test]
fn at_eighty_columns() {
    snapshot("check-80.txt", &plain(&Page { width: 80, ..Page::default() }));
}

#[test]
fn at_a_hundred_and_twenty_columns_with_all_that_is_known() {
    snapshot("check-120-verbose.txt", &plain(&Page { width: 120, verbose: true, ..Page::default() }));
}

#[test]
fn quiet_is_findings_and_summary() {
    snapshot("check-quiet.txt", &plain(&Page { width: 80, quiet: true, ..Page::default() }));
}

#[test]
fn in_colour() {
    snapshot("check-colour.ansi", &colored(&Page { width: 80, ..Page::default() }));
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in [60, 80, 120] {
        for line in plain(&Page { width, ..Page::default() }).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}
