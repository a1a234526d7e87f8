//! Inline XBRL as its tags say it: every fact with its concept, context, unit and value, and the bytes of
//! what it wraps (STANDARDS 5.3). The same reader takes XBRL instances, whose elements are the facts.
//!
//! One pass over the tokens. What is printed is another crate's matter: nothing here knows of tables.

mod adopt;
mod number;
mod read;
mod resources;
mod words;

pub use adopt::adopt;
pub use read::{Form, read};
