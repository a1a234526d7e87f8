/// Where in its statement a line stands, as the label tables name it in their `section` column. One bit
/// each, in this order; the build script reads the same list.
pub(crate) const PLACES: [&str; 26] = [
    "asset",
    "liability",
    "equity",
    "current",
    "noncurrent",
    "property",
    "inventory",
    "receivable",
    "deposit",
    "investment",
    "revenue",
    "cost",
    "expense",
    "other",
    "tax",
    "net",
    "interest-income",
    "interest-expense",
    "noninterest-income",
    "noninterest-expense",
    "operating",
    "changes",
    "investing",
    "financing",
    "end",
    "supplemental",
];

/// The bit of a place by its name; 0 for a name that is none.
pub(crate) const fn place(name: &str) -> u32 {
    let mut i = 0;
    while i < PLACES.len() {
        if same(PLACES[i].as_bytes(), name.as_bytes()) {
            return 1 << i;
        }
        i += 1;
    }
    0
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
