//! Stand-in until the taxonomy's comparison of subjects is there.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match { Exact, Synonym, Contains, No }

pub(crate) fn same_subject(subject: &str, label: &str) -> Match {
    let norm = |t: &str| -> Vec<String> {
        let mut w: Vec<String> = t.to_lowercase().replace("(loss)", "").replace("&", " and ").split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1 && !["the","of","total","our","and","per","balance"].contains(w)).map(|w| match w.trim_end_matches('s') { "revenue" => "sale".into(), "loss" | "earning" | "profit" => "income".into(), "lo" => "income".into(), "shareholder" => "stockholder".into(), o => o.to_string() }).collect();
        if w == ["net", "sale"] { w = vec!["sale".into()]; }
        w
    };
    let (a, b) = (norm(subject), norm(label));
    if a.is_empty() { return Match::No; }
    if a == b { return if subject.eq_ignore_ascii_case(label) { Match::Exact } else { Match::Synonym }; }
    if a.iter().all(|w| b.contains(w)) { Match::Contains } else { Match::No }
}
