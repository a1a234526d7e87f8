//! Styles of a filing's own, let through one declaration after the other.

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
    !value.is_empty() && value.chars().all(plain) && calls().all(known) && still
}

#[cfg(test)]
mod tests {
    use super::safe;

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
        ] {
            assert_eq!(safe(style), "", "{style}");
        }
    }
}
