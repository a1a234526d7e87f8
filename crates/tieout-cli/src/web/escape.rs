//! Words of a filing made harmless in HTML.

/// As the text of an element. What does not print becomes visible, as on a terminal; tabs and line ends stay.
pub(super) fn text(text: &str, out: &mut String) {
    for c in text.chars() {
        character(c, out);
    }
}

/// One character of it.
pub(super) fn character(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\t' | '\n' => out.push(c),
        '\r' | '\x0c' | '\x0b' => out.push(' '),
        // The two directions of writing could show digits in an order in which they do not stand.
        c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => out.push('\u{FFFD}'),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_is_markup() {
        let mut out = String::new();
        super::text("<b onclick=\"x\">&\u{1b}\u{202E}\r", &mut out);
        assert_eq!(out, "&lt;b onclick=&quot;x&quot;&gt;&amp;\u{FFFD}\u{FFFD} ");
    }
}
