//! How a report is written, one file per format. Each writes one input's part; what stands before, between
//! and after the parts is its [`Frame`].

pub(crate) mod csv;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod table;

/// What stands around the parts of several inputs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame {
    /// Before everything.
    pub(crate) head: String,
    /// Between two parts that are not empty.
    pub(crate) between: &'static str,
    /// After everything.
    pub(crate) tail: &'static str,
}
