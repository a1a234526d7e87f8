use crate::Span;

/// Something a reader should know, shown with its place in the source.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Code of the check that found it, or of the stage: `READ`.
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Document number (1-based); 0 for the file.
    pub doc: u32,
    /// One sentence with both numbers, the gap and its direction.
    pub message: String,
    /// Places and what to say there; the first is where the figure in question stands.
    pub labels: Vec<Label>,
    /// What may explain it, or what to look at; empty where nothing is known.
    pub help: String,
}

/// A place and what to say of it.
#[derive(Debug, Clone)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What to say there.
    pub text: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Could not be settled from the document, or worth knowing.
    Note,
    /// Probably a mistake of form.
    Warning,
    /// Two things in the document cannot both be right.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}
