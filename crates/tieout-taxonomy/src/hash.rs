/// FNV-1a: short, without a seed, and the same when the table is built and when it is asked.
pub(crate) const fn hash(key: &[u8]) -> u32 {
    let mut h: u32 = 0x811C_9DC5;
    let mut i = 0;
    while i < key.len() {
        h = (h ^ key[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    h ^ (h >> 15)
}
