use crate::Span;

/// Where each number of a filing's documents went: nothing vanishes. Counted from the bytes, so that what no
/// stage has seen is counted too. A number is a run of digits with its group commas and points; what several
/// runs make together on the skip list (a date, a telephone number) counts once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many there are of each place, in the order of [`Place::ALL`].
    pub counts: [u32; Place::ALL.len()],
    /// Those with no place, in file order: what a reader must look at.
    pub unplaced: Vec<Span>,
}

/// The place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A fact of a table.
    Fact,
    /// A claim of the prose.
    Claim,
    /// A table's title or column headings, or a line's label.
    Heading,
    /// A field of the cover, the items, the exhibit index, the signature or a release's date and calls.
    Field,
    /// A day, a month or a year.
    Date,
    /// A time of day.
    Time,
    /// A length of time or an age: "39 weeks", "10-year".
    Duration,
    /// A telephone number or the code of a call.
    Phone,
    /// A street, a suite, a postal code; an address of the web.
    Address,
    /// The number of an item, exhibit, section, form, rule, note, standard.
    Reference,
    /// A file, registration or employer number.
    Identifier,
    /// A name with digits: "10-K", "401(k)", "S-3".
    Name,
    /// "1st", "23rd".
    Ordinal,
    /// The number of a page.
    Page,
    /// The mark of a list's entry, or a footnote's.
    Mark,
    /// The zeros of a scale: "(000 omitted)".
    Scale,
    /// Part of the name of a security: its coupon, its par value.
    Security,
    /// Of any kind, in print too small to be seen: words behind the picture of a slide.
    Unseen,
    /// A number of any kind in a part that claims nothing: cautions about what lies ahead, contacts, the call.
    Caution,
    /// A number of any kind in a sentence of what a contract says shall be.
    Terms,
    /// None of these.
    Unplaced,
}

impl Place {
    /// Every place, read ones first, then the skip list.
    pub const ALL: [Place; 21] = [
        Place::Fact,
        Place::Claim,
        Place::Heading,
        Place::Field,
        Place::Date,
        Place::Time,
        Place::Duration,
        Place::Phone,
        Place::Address,
        Place::Reference,
        Place::Identifier,
        Place::Name,
        Place::Ordinal,
        Place::Page,
        Place::Mark,
        Place::Scale,
        Place::Security,
        Place::Unseen,
        Place::Caution,
        Place::Terms,
        Place::Unplaced,
    ];

    /// Its name in outputs: `fact`, `date`...
    pub fn word(self) -> &'static str {
        match self {
            Place::Fact => "fact",
            Place::Claim => "claim",
            Place::Heading => "heading",
            Place::Field => "field",
            Place::Date => "date",
            Place::Time => "time",
            Place::Duration => "duration",
            Place::Phone => "phone",
            Place::Address => "address",
            Place::Reference => "reference",
            Place::Identifier => "identifier",
            Place::Name => "name",
            Place::Ordinal => "ordinal",
            Place::Page => "page",
            Place::Mark => "mark",
            Place::Scale => "scale",
            Place::Security => "security",
            Place::Unseen => "unseen",
            Place::Caution => "caution",
            Place::Terms => "terms",
            Place::Unplaced => "unplaced",
        }
    }
}

impl Coverage {
    /// Counts a number.
    pub fn put(&mut self, place: Place, span: Span) {
        if let Some(count) = self.counts.get_mut(place as usize) {
            *count += 1;
        }
        if place == Place::Unplaced {
            self.unplaced.push(span);
        }
    }

    /// How many there are of a place.
    pub fn of(&self, place: Place) -> u32 {
        self.counts.get(place as usize).copied().unwrap_or_default()
    }

    /// How many numbers there are.
    pub fn all(&self) -> u32 {
        self.counts.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_its_count() {
        let mut coverage = Coverage::default();
        for (n, place) in Place::ALL.into_iter().enumerate() {
            assert_eq!(place as usize, n);
            coverage.put(place, Span::new(n, n + 1));
        }
        assert_eq!((coverage.all() as usize, coverage.of(Place::Scale)), (Place::ALL.len(), 1));
        assert_eq!(coverage.unplaced, [Span::new(20, 21)]);
    }
}
