use crate::Side;
use tieout_model::{DocumentFormat, Span};

/// Words about figures that differ from those first reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disclosure {
    /// What kind of change they speak of.
    pub kind: Kind,
    /// The words that say so.
    pub span: Span,
}

/// Kinds of disclosed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// "restated".
    Restated,
    /// "reclassified", "to conform to the current presentation".
    Reclassified,
    /// "stock split", "stock dividend".
    Split,
    /// "discontinued operations".
    Discontinued,
    /// "adjusted retrospectively", "retroactively".
    Retrospective,
}

impl Kind {
    /// As a sentence goes on after "the later filing speaks of ".
    pub fn words(self) -> &'static str {
        match self {
            Kind::Restated => "restated figures",
            Kind::Reclassified => "reclassified figures",
            Kind::Split => "a stock split or dividend",
            Kind::Discontinued => "discontinued operations",
            Kind::Retrospective => "figures adjusted retrospectively",
        }
    }
}

/// Stems, in lower case without the first letter, which may be a capital.
const STEMS: [(&[u8], u8, Kind); 9] = [
    (b"estated", b'r', Kind::Restated),
    (b"estatement", b'r', Kind::Restated),
    (b"eclassif", b'r', Kind::Reclassified),
    (b"onform to the current", b'c', Kind::Reclassified),
    (b"tock split", b's', Kind::Split),
    (b"tock dividend", b's', Kind::Split),
    (b"iscontinued operation", b'd', Kind::Discontinued),
    (b"etroactive", b'r', Kind::Retrospective),
    (b"etrospective", b'r', Kind::Retrospective),
];

/// All such words of the documents a person reads, in file order.
pub(crate) fn disclosures(side: Side<'_>) -> Vec<Disclosure> {
    let mut found = Vec::new();
    for document in &side.report.submission.documents {
        if !matches!(document.format, DocumentFormat::Text | DocumentFormat::Html) {
            continue;
        }
        let bytes = side.source.slice(document.body);
        for (stem, first, kind) in STEMS {
            for at in memchr::memmem::find_iter(bytes, stem) {
                let start = at.saturating_sub(1);
                let begins = bytes.get(start).is_some_and(|b| b.eq_ignore_ascii_case(&first));
                // Articles "amended and restated" are no figures.
                if !begins || (kind == Kind::Restated && after_amended(bytes.get(..start).unwrap_or_default())) {
                    continue;
                }
                let base = document.body.start as usize;
                found.push(Disclosure { kind, span: Span::new(base + start, base + at + stem.len()) });
            }
        }
    }
    found.sort_by_key(|d| (d.span, d.kind));
    found
}

fn after_amended(before: &[u8]) -> bool {
    let words = before.trim_ascii_end();
    words.ends_with(b"and") && words[..words.len() - 3].trim_ascii_end().to_ascii_lowercase().ends_with(b"amended")
}
