//! Where names end, eight bytes at a time.

/// The standard's white space, to which it turns a carriage return.
#[inline]
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | 0x0C)
}

/// The first byte from `at` on that ends the name of a tag: white space, `/` or `>`. None if there is none.
#[inline]
pub(crate) fn tag_name_end(bytes: &[u8], at: usize) -> Option<usize> {
    find(bytes, at, |byte| is_space(byte) || matches!(byte, b'/' | b'>'))
}

/// The first byte from `at` on that ends the name of an attribute: white space, `/`, `>` or `=`.
#[inline]
pub(crate) fn attribute_name_end(bytes: &[u8], at: usize) -> Option<usize> {
    find(bytes, at, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='))
}

/// The first byte from `at` on that ends a value without quotes: white space or `>`.
#[inline]
pub(crate) fn bare_value_end(bytes: &[u8], at: usize) -> Option<usize> {
    find(bytes, at, |byte| is_space(byte) || byte == b'>')
}

/// The first byte from `at` on for which `is_end` holds, which must be below `0` or one of `<=>?`.
#[inline]
fn find(bytes: &[u8], mut at: usize, is_end: impl Fn(u8) -> bool) -> Option<usize> {
    loop {
        let rest = bytes.get(at..)?;
        let Some(eight) = rest.first_chunk::<8>() else {
            return Some(at + rest.iter().position(|&b| is_end(b))?);
        };
        match likely_end(u64::from_le_bytes(*eight)) {
            None => at += 8,
            Some(skip) => {
                at += skip;
                if is_end(*bytes.get(at)?) {
                    return Some(at);
                }
                at += 1;
            }
        }
    }
}

/// The first of eight bytes that is below `0` or one of `<=>?`: letters, digits and `:` are not, so that what it
/// finds in a name is nearly always its end.
#[inline]
fn likely_end(word: u64) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let high = EACH * 0x80;
    // A borrow can mark wrongly only above a byte that is marked rightly, and the lowest is asked for.
    let below_zero = word.wrapping_sub(EACH * b'0' as u64) & !word;
    let sign = (word & (EACH * 0xFC)) ^ (EACH * b'<' as u64);
    let is_sign = sign.wrapping_sub(EACH) & !sign;
    let marks = (below_zero | is_sign) & high;
    (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_look_at_each_byte_finds() {
        // Each byte value at each place of a name of letters, with bytes below and above it.
        for byte in 0..=255u8 {
            for place in 0..20 {
                let mut name = vec![b'x'; 20];
                name[place] = byte;
                name.extend_from_slice(b"\x80\xFF-\x01=>");
                for from in 0..place {
                    let plain = |ends: &[u8]| name[from..].iter().position(|b| ends.contains(b)).map(|i| from + i);
                    assert_eq!(tag_name_end(&name, from), plain(b" \n\t\r\x0C/>"), "{byte} at {place}");
                    assert_eq!(attribute_name_end(&name, from), plain(b" \n\t\r\x0C/>="), "{byte} at {place}");
                    assert_eq!(bare_value_end(&name, from), plain(b" \n\t\r\x0C>"), "{byte} at {place}");
                }
            }
        }
        assert_eq!(tag_name_end(b"td", 0), None);
        assert_eq!(tag_name_end(b"td", 9), None);
    }
}
