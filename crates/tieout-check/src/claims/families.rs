//! Concepts that prose does not tell apart, as numbers: the taxonomy is asked once for each concept of a report.

use std::cell::RefCell;
use std::collections::BTreeMap;
use tieout_taxonomy::{concepts_of, same_family};

/// The families a subject or label may mean, on each of the three statements.
pub(super) type Means = [Option<u32>; 3];

/// The families met so far: the number of each concept, and one concept of each number.
#[derive(Default)]
pub(super) struct Families<'a> {
    known: RefCell<Known<'a>>,
}

#[derive(Default)]
struct Known<'a> {
    numbers: BTreeMap<&'a str, u32>,
    heads: Vec<&'a str>,
}

impl<'a> Families<'a> {
    /// The number of a concept's family.
    pub(super) fn of(&self, concept: &'a str) -> u32 {
        let mut known = self.known.borrow_mut();
        if let Some(&number) = known.numbers.get(concept) {
            return number;
        }
        let number = match known.heads.iter().position(|head| same_family(head, concept)) {
            Some(at) => at as u32,
            None => {
                known.heads.push(concept);
                known.heads.len() as u32 - 1
            }
        };
        known.numbers.insert(concept, number);
        number
    }

    /// True where a concept is of the family with this number.
    pub(super) fn has(&self, family: u32, concept: &str) -> bool {
        self.known.borrow().heads.get(family as usize).is_some_and(|head| same_family(head, concept))
    }

    /// What normalised words may mean.
    pub(super) fn means(&self, words: &str) -> Means {
        concepts_of(words).map(|concept| concept.map(|c| self.of(c)))
    }
}

/// On some statement both mean the same family.
pub(super) fn meet(a: &Means, b: &Means) -> bool {
    a.iter().zip(b).any(|(a, b)| a.is_some() && a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_those_of_the_taxonomy() {
        let families = Families::default();
        assert_eq!(families.of("us-gaap:Revenues"), families.of("us-gaap:SalesRevenueNet"));
        assert_ne!(families.of("us-gaap:Revenues"), families.of("us-gaap:CostOfRevenue"));
        assert!(meet(&families.means("revenue"), &families.means("net sale")));
        assert!(!meet(&families.means("revenue"), &families.means("gross profit")));
    }
}
