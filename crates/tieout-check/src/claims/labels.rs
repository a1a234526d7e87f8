//! The labels of all lines, indexed by their words, so that a subject is compared with few of them and no word
//! is spelled out twice.

use super::families::{Families, Means, meet};
use crate::book::Place;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use tieout_taxonomy::{Match, normalise};

/// Labels compared with one subject that share a word with it.
const MOST_LABELS: usize = 200;
/// Words that say nothing of which line is meant.
const SMALL: &[&str] =
    &["and", "for", "from", "other", "per", "the", "total", "net", "of", "our", "in", "to", "on", "at"];
/// Nouns that prose and captions interchange: charges where the line has expenses.
const NOUNS: &[&str] = &["charge", "charges", "cost", "costs", "expense", "expenses"];

/// The number of a noun that no label has.
const NOUN: u32 = u32::MAX;

/// A distinct label: the lines that bear it, its words by number, and what it means once that was asked.
struct Label {
    text: String,
    places: Vec<Place>,
    words: Vec<u32>,
    means: OnceCell<Means>,
}

/// All labels.
pub(super) struct Labels {
    labels: Vec<Label>,
    numbers: HashMap<String, u32>,
    /// For each word, the labels that have it; none for small words.
    with: Vec<Vec<u32>>,
    nouns: Vec<u32>,
}

impl Labels {
    /// Indexes labels in the taxonomy's comparable form.
    pub(super) fn new(by_label: HashMap<String, Vec<Place>>) -> Self {
        let mut by_label: Vec<(String, Vec<Place>)> = by_label.into_iter().collect();
        by_label.sort_unstable();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut with: Vec<Vec<u32>> = Vec::new();
        let mut labels = Vec::with_capacity(by_label.len());
        for (index, (text, places)) in (0u32..).zip(by_label) {
            let mut words = Vec::new();
            for word in text.split(' ') {
                let number = match numbers.get(word) {
                    Some(&number) => number,
                    None => {
                        numbers.insert(word.to_owned(), with.len() as u32);
                        with.push(Vec::new());
                        with.len() as u32 - 1
                    }
                };
                words.push(number);
                if telling(word)
                    && let Some(labels) = with.get_mut(number as usize)
                    && labels.last() != Some(&index)
                {
                    labels.push(index);
                }
            }
            labels.push(Label { text, places, words, means: OnceCell::new() });
        }
        let nouns = NOUNS.iter().filter_map(|noun| numbers.get(*noun).copied()).collect();
        Labels { labels, numbers, with, nouns }
    }

    /// Hands out the lines whose label is about a subject, with how well it names them, and says what the
    /// subject means.
    pub(super) fn about(&self, families: &Families<'_>, subject: &str, mut take: impl FnMut(&[Place], Match)) -> Means {
        // Written apart here and as one word there.
        let apart = subject.contains("non ");
        let joined = match apart {
            true => subject.replace("non recurring", "nonrecurring").replace("non operating", "nonoperating").into(),
            false => Cow::Borrowed(subject),
        };
        let mut text = String::new();
        normalise(&joined, &mut text);
        let unheard = |word: &str| NOUNS.contains(&word).then_some(NOUN);
        let number = |word: &str| self.numbers.get(word).copied().or_else(|| unheard(word));
        let words: Vec<Option<u32>> = text.split(' ').map(number).collect();
        let bare = [" balance", " position", " figure", " level", " result", " amount"];
        let exact = bare.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(&text);
        let means = families.means(&joined);
        let meaning = means.iter().any(Option::is_some);
        for label in self.alike(&words) {
            if label.text == exact {
                take(&label.places, Match::Exact);
            } else if meaning && meet(&means, label.means.get_or_init(|| families.means(&label.text))) {
                take(&label.places, Match::Synonym);
            } else if within(&words, &label.words) || self.but_for_nouns(&words, &label.words) {
                // A subject that says more than the label is of a part: no line of the whole carries it.
                take(&label.places, Match::Contains);
            }
        }
        if apart { families.means(subject) } else { means }
    }

    /// Lines with a telling word of a subject.
    pub(super) fn sharing(&self, subject: &str) -> impl Iterator<Item = Place> {
        let mut text = String::new();
        normalise(subject, &mut text);
        let words: Vec<u32> = text.split(' ').filter_map(|word| self.numbers.get(word).copied()).collect();
        let labels = words.into_iter().filter_map(|word| self.with.get(word as usize)).flatten();
        labels.filter_map(|&index| self.labels.get(index as usize)).flat_map(|label| label.places.iter().copied())
    }

    /// Labels worth comparing with a subject: those that share one of its words, the rarest words first.
    fn alike(&self, words: &[Option<u32>]) -> impl Iterator<Item = &Label> {
        let mut lists: Vec<&Vec<u32>> =
            words.iter().flatten().filter_map(|&word| self.with.get(word as usize)).collect();
        lists.sort_by_key(|list| list.len());
        let mut alike: Vec<u32> = lists.into_iter().flatten().copied().take(MOST_LABELS).collect();
        alike.sort_unstable();
        alike.dedup();
        alike.into_iter().filter_map(|index| self.labels.get(index as usize))
    }

    /// The same words, one for one, but for a noun that is interchanged.
    fn but_for_nouns(&self, words: &[Option<u32>], label: &[u32]) -> bool {
        let noun = |word: u32| word == NOUN || self.nouns.contains(&word);
        words.len() == label.len()
            && words.len() > 1
            && words.iter().zip(label).all(|(a, &b)| a.is_some_and(|a| a == b || noun(a) && noun(b)))
    }
}

/// All words of a subject are words of a label.
fn within(words: &[Option<u32>], label: &[u32]) -> bool {
    words.iter().all(|word| word.is_some_and(|word| label.contains(&word)))
}

/// A word worth looking a label up by.
fn telling(word: &str) -> bool {
    word.len() > 2 && word.bytes().any(|b| b.is_ascii_alphabetic()) && !SMALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(labels: &[&str], subject: &str) -> Vec<(u32, Match)> {
        let mut by_label = HashMap::new();
        for (i, label) in (0..).zip(labels) {
            let mut words = String::new();
            normalise(label, &mut words);
            by_label.insert(words, vec![(0, i)]);
        }
        let mut found = Vec::new();
        Labels::new(by_label)
            .about(&Families::default(), subject, |places, grade| found.extend(places.iter().map(|p| (p.1, grade))));
        found.sort_unstable();
        found
    }

    #[test]
    fn subjects_find_their_labels() {
        let labels =
            ["Net sales", "Nonrecurring expenses", "Total operating costs and expenses", "Restructuring charge"];
        assert_eq!(found(&labels, "net sales"), [(0, Match::Exact)]);
        assert_eq!(found(&labels, "nonrecurring expenses"), [(1, Match::Exact)]);
        assert_eq!(found(&labels, "non recurring charges"), [(1, Match::Contains)]);
        assert!(found(&labels, "sales of modems").iter().all(|f| f.1 < Match::Exact));
        assert!(found(&labels, "backlog").is_empty());
    }
}
