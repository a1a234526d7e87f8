//! The labels of all lines, indexed by their words, so that a subject is compared with few of them and no word
//! is spelled out twice.

use super::families::{Families, Means, meet};
use super::numbers::{Index, Numbers};
use crate::book::Place;
use std::borrow::Cow;
use std::cell::OnceCell;
use tieout_source::{Lexicon, Span};
use tieout_taxonomy::{Match, normalise};

/// Labels compared with one subject that share a word with it.
const MOST_LABELS: usize = 200;
/// Words that say nothing of which line is meant.
static SMALL: Lexicon<(), 32> = Lexicon::new(&[
    ("and", ()),
    ("for", ()),
    ("from", ()),
    ("other", ()),
    ("per", ()),
    ("the", ()),
    ("total", ()),
    ("net", ()),
    ("our", ()),
]);
/// Nouns that prose and captions interchange: charges where the line has expenses.
const NOUNS: &[&str] = &["charge", "charges", "cost", "costs", "expense", "expenses"];

/// The number of a noun that no label has.
const NOUN: u32 = u32::MAX;

/// The labels of lines as they come, in the taxonomy's comparable form.
#[derive(Default)]
pub(super) struct Listed {
    text: String,
    listed: Vec<(Span, Place)>,
}

impl Listed {
    /// Lists a line under a label.
    pub(super) fn add(&mut self, label: &str, place: Place) {
        let start = self.text.len();
        self.text.push_str(label);
        self.listed.push((Span::new(start, self.text.len()), place));
    }
}

/// A distinct label: the lines that bear it, its words, and what it means once that was asked.
struct Label {
    /// Of [`Labels::text`].
    text: Span,
    /// Of [`Labels::places`].
    places: Span,
    /// Of [`Labels::words`].
    words: Span,
    means: OnceCell<Means>,
}

/// All labels.
pub(super) struct Labels {
    text: String,
    labels: Vec<Label>,
    places: Vec<Place>,
    words: Vec<u32>,
    numbers: Numbers,
    /// The labels that have a word; none for small words.
    with: Index<u32>,
    nouns: Vec<u32>,
}

impl Labels {
    /// Indexes labels.
    pub(super) fn new(listed: Listed) -> Self {
        let Listed { text, mut listed } = listed;
        let label = |span: Span| text.get(span.start as usize..span.end as usize).unwrap_or_default();
        listed.sort_unstable_by(|a, b| (label(a.0), a.1).cmp(&(label(b.0), b.1)));
        let mut numbers = Numbers::default();
        let (mut words, mut with, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let mut from = 0;
        for (index, same) in (0u32..).zip(listed.chunk_by(|a, b| label(a.0) == label(b.0))) {
            let Some(&(text, _)) = same.first() else { continue };
            let start = words.len();
            for word in label(text).split(' ') {
                let number = numbers.of(word);
                words.push(number);
                if telling(word) {
                    with.push((number, index));
                }
            }
            let places = Span::new(from, from + same.len());
            from += same.len();
            labels.push(Label { text, places, words: Span::new(start, words.len()), means: OnceCell::new() });
        }
        let places = listed.iter().map(|&(_, place)| place).collect();
        let nouns = NOUNS.iter().filter_map(|noun| numbers.get(noun)).collect();
        Labels { text, labels, places, words, numbers, with: Index::new(with), nouns }
    }

    fn text(&self, label: &Label) -> &str {
        self.text.get(label.text.start as usize..label.text.end as usize).unwrap_or_default()
    }

    fn words(&self, label: &Label) -> &[u32] {
        self.words.get(label.words.start as usize..label.words.end as usize).unwrap_or_default()
    }

    fn places(&self, label: &Label) -> &[Place] {
        self.places.get(label.places.start as usize..label.places.end as usize).unwrap_or_default()
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
        let number = |word: &str| self.numbers.get(word).or_else(|| unheard(word));
        let words: Vec<Option<u32>> = text.split(' ').map(number).collect();
        let bare = [" balance", " position", " figure", " level", " result", " amount"];
        let exact = bare.iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(&text);
        let means = families.means(&text);
        let meaning = means.iter().any(Option::is_some);
        for label in self.alike(&words) {
            let (places, own) = (self.places(label), self.words(label));
            if self.text(label) == exact {
                take(places, Match::Exact);
            } else if meaning && meet(&means, label.means.get_or_init(|| families.means(self.text(label)))) {
                take(places, Match::Synonym);
            } else if within(&words, own) || self.but_for_nouns(&words, own) {
                // A subject that says more than the label is of a part: no line of the whole carries it.
                take(places, Match::Contains);
            }
        }
        if !apart {
            return means;
        }
        normalise(subject, &mut text);
        families.means(&text)
    }

    /// Lines with a telling word of a subject.
    pub(super) fn sharing(&self, subject: &str) -> impl Iterator<Item = Place> {
        let mut text = String::new();
        normalise(subject, &mut text);
        let words: Vec<u32> = text.split(' ').filter_map(|word| self.numbers.get(word)).collect();
        let labels = words.into_iter().flat_map(|word| self.with.under(word));
        let labels = labels.filter_map(|&(_, index)| self.labels.get(index as usize));
        labels.flat_map(|label| self.places(label).iter().copied())
    }

    /// Labels worth comparing with a subject: those that share one of its words, the rarest words first.
    fn alike(&self, words: &[Option<u32>]) -> impl Iterator<Item = &Label> {
        let mut lists: Vec<&[(u32, u32)]> = words.iter().flatten().map(|&word| self.with.under(word)).collect();
        lists.sort_by_key(|list| list.len());
        let mut alike: Vec<u32> = lists.into_iter().flatten().take(MOST_LABELS).map(|&(_, label)| label).collect();
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
    word.len() > 2 && word.bytes().any(|b| b.is_ascii_alphabetic()) && SMALL.get(word.as_bytes()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(labels: &[&str], subject: &str) -> Vec<(u32, Match)> {
        let mut listed = Listed::default();
        for (i, label) in (0..).zip(labels) {
            let mut words = String::new();
            normalise(label, &mut words);
            listed.add(&words, (0, i));
        }
        let mut found = Vec::new();
        Labels::new(listed)
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
