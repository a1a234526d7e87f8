//! The page of the fixture, looked at without a browser; `cargo xtask page` looks at one with.

use super::write;
use crate::fixture;
use serde_json::Value;

fn page() -> String {
    let fixture = fixture::release();
    let mut out = Vec::new();
    write(&fixture.view(), &mut out);
    String::from_utf8(out).unwrap()
}

fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn nothing_is_left_to_fill_in_and_nothing_is_fetched() {
    let page = page();
    assert!(!page.contains("{{"), "a placeholder is left");
    for outside in ["src=", "http://", "https://", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn numbers_stand_in_the_text_with_their_marks() {
    let page = page();
    assert!(page.contains("class=o data-t=X>(.47)</data>"), "the misprint");
    assert!(page.contains("Total assets"), "the words around");
    // The text is the text: without its elements nothing is added and nothing lost.
    let (_, rest) = page.split_once("<div class=\"txt\"").unwrap();
    let line = rest.lines().find(|l| l.contains("Loss per share")).unwrap();
    let mut words = String::new();
    let mut inside = false;
    for c in line.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => words.push(c),
            _ => {}
        }
    }
    assert_eq!(words, "Loss per share                          (.02)       (.47)");
}

#[test]
fn data_points_at_places() {
    let page = page();
    let data = data(&page);
    let list = |name: &str| data[name].as_array().unwrap().clone();
    let (places, facts, ties) = (list("places"), list("facts"), list("ties"));
    for fact in &facts {
        let place = fact[0].as_u64().unwrap() as usize;
        assert!(page.contains(&format!("<data id=n{place} ")), "{fact}");
        assert!(places[place][0].as_u64().unwrap() > 10);
    }
    let off = ties.iter().find(|t| t[1] == 1).unwrap();
    assert_eq!((off[0].as_str(), off[5].as_str()), (Some("EPS"), Some("(0.48)")));
    assert_eq!(data["head"]["verdict"], "off");
    assert_eq!(data["findings"][0][0], "EPS");
}
