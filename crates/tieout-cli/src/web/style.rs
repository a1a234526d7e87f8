//! Styles of a filing's own, let through one declaration after the other. A filing says the same thousands of times: each
//! wording becomes a class, once.

use std::collections::HashMap;
use std::fmt::Write;

/// The styles of a document as classes `z0`, `z1`...
#[derive(Default)]
pub(super) struct Looks {
    /// The class of each wording; none where nothing of it is let through.
    of: HashMap<String, Option<usize>>,
    /// The rules of the classes.
    pub(super) rules: String,
}

impl Looks {
    /// The number of the class that a style attribute stands for.
    pub(super) fn class(&mut self, style: &str) -> Option<usize> {
        if let Some(class) = self.of.get(style) {
            return *class;
        }
        let safe = safe(style);
        let class = (!safe.is_empty()).then_some(self.of.len());
        if let Some(class) = class {
            let _ = writeln!(self.rules, ".z{class}{{{safe}}}");
            if is_tinted(&safe) {
                let _ = writeln!(self.rules, ":host([data-dark]) .z{class}{{background:var(--stripe)!important}}");
            }
        }
        self.of.insert(style.to_string(), class);
        class
    }
}

/// Whether a background is other than the paper's.
fn is_tinted(style: &str) -> bool {
    style.split(';').filter_map(|d| d.split_once(':')).any(|(name, value)| {
        let value = value.to_ascii_lowercase().replace(' ', "");
        let paper = ["#fff", "white", "transparent", "none", "inherit", "rgb(255,255,255)", "rgba(0,0,0,0)"];
        name.starts_with("background") && !paper.iter().any(|p| value.contains(p))
    })
}

/// Properties that only say how a box and its words look.
const PROPERTIES: [&str; 43] = [
    "background",
    "background-color",
    "bottom",
    "break-after",
    "break-before",
    "clear",
    "color",
    "direction",
    "display",
    "empty-cells",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "left",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "page-break-after",
    "page-break-before",
    "position",
    "right",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "top",
    "transform",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "word-spacing",
    "word-wrap",
];

/// And these with all that begin so: `border-top-width`, `margin-left`.
const FAMILIES: [&str; 3] = ["border", "margin", "padding"];

/// The declarations of a style attribute that are let through.
pub(super) fn safe(style: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if is_property(&name) && is_value(&name, value) {
            kept.push(format!("{name}:{value}"));
        }
    }
    kept.join(";")
}

fn is_property(name: &str) -> bool {
    PROPERTIES.contains(&name)
        || FAMILIES.iter().any(|f| name.strip_prefix(f).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

/// Words, numbers and colours. The only calls are those of colours and turns, so that nothing is loaded; nothing
/// is fixed to the window.
fn is_value(name: &str, value: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " #%.,()'\"+-!".contains(c);
    let calls = || value.match_indices('(').map(|(at, _)| &value[..at]);
    let known =
        |before: &str| ["rgb", "rgba", "hsl", "rotate"].iter().any(|f| before.to_ascii_lowercase().ends_with(f));
    let still = name != "position" || ["relative", "absolute", "static"].contains(&value);
    !value.is_empty() && value.chars().all(plain) && calls().all(known) && still && is_closed(value)
}

/// Quotes and parentheses end where they begin: in a rule an open one would take in the rules after it.
fn is_closed(value: &str) -> bool {
    let (mut quote, mut deep) = (None, 0_usize);
    for c in value.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => deep += 1,
            (None, ')') if deep == 0 => return false,
            (None, ')') => deep -= 1,
            _ => {}
        }
    }
    quote.is_none() && deep == 0
}

#[cfg(test)]
mod tests {
    use super::{Looks, safe};

    #[test]
    fn each_wording_is_one_class() {
        let mut looks = Looks::default();
        let classes = ["color:red", "behavior:x", "background:#cef", "color:red", "background-color: #FFFFFF"];
        assert_eq!(classes.map(|c| looks.class(c)), [Some(0), None, Some(2), Some(0), Some(3)]);
        assert_eq!(
            looks.rules,
            ".z0{color:red}\n.z2{background:#cef}\n:host([data-dark]) .z2{background:var(--stripe)!important}\n\
             .z3{background-color:#FFFFFF}\n"
        );
    }

    #[test]
    fn looks_stay() {
        let style = "Font:10pt Times, serif; border-bottom:1px solid #000;background-color:rgb(204, 238,255)";
        assert_eq!(
            safe(style),
            "font:10pt Times, serif;border-bottom:1px solid #000;background-color:rgb(204, 238,255)"
        );
    }

    #[test]
    fn what_could_load_or_escape_goes() {
        for style in [
            "background:url(http://x)",
            "background:URL (x)",
            "background:u\\72l(x)",
            "background:image-set(x)",
            "position:fixed",
            "behavior:x",
            "-sec-ix-hidden:x",
            "borderx:1",
            "color:red/**/",
            "width:expression(alert(1))",
            "color",
            // In a rule, what is open would go on.
            "font-family:'Times",
            "font-family:\"'\"'",
            "color:rgb(1,2",
            "color:1)",
            "color:red}p{color:red",
        ] {
            assert_eq!(safe(style), "", "{style}");
        }
    }
}
