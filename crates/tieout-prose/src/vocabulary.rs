//! The words of results: which of them move a figure, which introduce one, which end a phrase.
//!
//! A word can play several parts ("increase" is a noun and a verb); the grammar picks. All words are given in
//! lower case. The slots are those of STANDARDS 7.2.

use tieout_source::{folded_word_hash, word_hash};

/// A set of parts that a word can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Roles(u32);

impl Roles {
    pub(crate) const NONE: Roles = Roles(0);
    /// Says that something rose.
    pub(crate) const UP: Roles = Roles(1);
    /// Says that something fell.
    pub(crate) const DOWN: Roles = Roles(1 << 1);
    /// A change as a thing: "increase", "decline".
    pub(crate) const CHANGE_NOUN: Roles = Roles(1 << 2);
    /// A comparative: "higher", "lower".
    pub(crate) const COMPARATIVE: Roles = Roles(1 << 3);
    /// Says what a subject is: "was", "totaled".
    pub(crate) const LEVEL: Roles = Roles(1 << 4);
    /// Says what somebody shows: "reported", "had".
    pub(crate) const REPORT: Roles = Roles(1 << 5);
    /// Any other verb: it ends a phrase to its left.
    pub(crate) const VERB: Roles = Roles(1 << 6);
    /// Begins a clause: "as", "while", "which".
    pub(crate) const CLAUSE: Roles = Roles(1 << 7);
    /// A preposition that a subject can hold: "of", "before", "per".
    pub(crate) const INNER: Roles = Roles(1 << 8);
    /// A preposition that no subject holds: "during", "with".
    pub(crate) const OUTER: Roles = Roles(1 << 9);
    /// "the", "its".
    pub(crate) const DETERMINER: Roles = Roles(1 << 10);
    /// "it", "this".
    pub(crate) const PRONOUN: Roles = Roles(1 << 11);
    /// Describes without naming: "significant", "record".
    pub(crate) const FILLER: Roles = Roles(1 << 12);
    /// "approximately".
    pub(crate) const ABOUT: Roles = Roles(1 << 13);
    /// Gives parts or reasons of what came before: "reflecting", "driven".
    pub(crate) const REASON: Roles = Roles(1 << 14);
    /// Looks ahead: "expects", "guidance".
    pub(crate) const FORECAST: Roles = Roles(1 << 15);
    /// A measure that statements carry: "sales", "income".
    pub(crate) const METRIC: Roles = Roles(1 << 16);
    /// A measure of a moment: "cash", "debt".
    pub(crate) const BALANCE: Roles = Roles(1 << 17);
    /// Something that is counted: "stores", "employees".
    pub(crate) const COUNTED: Roles = Roles(1 << 18);
    /// A quotient by nature: "margin", "ratio".
    pub(crate) const QUOTIENT: Roles = Roles(1 << 19);
    /// Not as reported: "adjusted", "excluding".
    pub(crate) const BASIS: Roles = Roles(1 << 20);
    /// Names a debt or a security by its coupon: "6.75% debentures".
    pub(crate) const INSTRUMENT: Roles = Roles(1 << 21);
    /// Opens the other side of a comparison: "versus", "compared".
    pub(crate) const AGAINST: Roles = Roles(1 << 22);

    /// A number in words: "eleven", "doubled".
    pub(crate) const SPELLED: Roles = Roles(1 << 23);
    /// Can begin a phrase of time: "first", "last", "march".
    pub(crate) const TIME: Roles = Roles(1 << 24);

    /// Has no other part, but the grammar knows it by its letters.
    pub(crate) const HEED: Roles = Roles(1 << 25);
    /// Ends in "ly".
    pub(crate) const ADVERB: Roles = Roles(1 << 26);
    /// May say that a figure is not as reported, with the words after it.
    pub(crate) const QUALIFIES: Roles = Roles(1 << 27);

    /// Either set.
    #[inline]
    pub(crate) const fn or(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }

    /// True where they share a part.
    #[inline]
    pub(crate) const fn any(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }
}

/// Any word that ends a subject to its left.
pub(crate) const STOPS: Roles = Roles::LEVEL
    .or(Roles::REPORT)
    .or(Roles::VERB)
    .or(Roles::CLAUSE)
    .or(Roles::OUTER)
    .or(Roles::PRONOUN)
    .or(Roles::ABOUT)
    .or(Roles::REASON)
    .or(Roles::AGAINST);

/// The parts a word in lower case can play; none for most words.
#[inline]
pub(crate) fn roles(word: &[u8]) -> Roles {
    find(word_hash(word), |known| known == word)
}

/// The parts a word can play, whatever its case.
#[inline]
pub(crate) fn roles_folded(word: &[u8]) -> Roles {
    find(folded_word_hash(word), |known| known.eq_ignore_ascii_case(word))
}

#[inline]
fn find(hash: u64, is_it: impl Fn(&[u8]) -> bool) -> Roles {
    let mut at = place(hash) % SLOTS;
    loop {
        match MARKS[at] {
            0 => return Roles::NONE,
            own if own == mark(hash) && is_it(TABLE[at].word) => return TABLE[at].roles,
            _ => at = (at + 1) % SLOTS,
        }
    }
}

#[derive(Clone, Copy)]
struct Slot {
    word: &'static [u8],
    roles: Roles,
}

/// Every word, by its hash; a slot that is taken passes a word on to the next. Built by the compiler.
static TABLE: [Slot; SLOTS] = table();

/// A byte of each word's hash, 0 where there is none: most words are not known, and that is seen here, in few
/// cache lines.
static MARKS: [u8; SLOTS] = {
    let mut marks = [0; SLOTS];
    let mut at = 0;
    while at < SLOTS {
        if !TABLE[at].word.is_empty() {
            marks[at] = mark(word_hash(TABLE[at].word));
        }
        at += 1;
    }
    marks
};

const fn mark(hash: u64) -> u8 {
    (hash >> 40) as u8 | 1
}

/// More than twice the number of words, so that most lookups end where they begin.
const SLOTS: usize = 4096;

const fn place(hash: u64) -> usize {
    (hash >> 52) as usize
}

const fn table() -> [Slot; SLOTS] {
    let mut table = [Slot { word: &[], roles: Roles::NONE }; SLOTS];
    let mut list = 0;
    while list < WORDS.len() {
        let (roles, mut rest) = (WORDS[list].0, WORDS[list].1.as_bytes());
        while !rest.is_empty() {
            let mut end = 0;
            while end < rest.len() && rest[end] != b' ' {
                end += 1;
            }
            let word = rest.split_at(end).0;
            let mut at = place(word_hash(word)) % SLOTS;
            while !table[at].word.is_empty() && !same(table[at].word, word) {
                at = (at + 1) % SLOTS;
            }
            table[at] = Slot { word, roles: table[at].roles.or(roles) };
            rest = rest.split_at(if end < rest.len() { end + 1 } else { end }).1;
        }
        list += 1;
    }
    table
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The words, by part. A word that stands in several lists plays them all.
const WORDS: &[(Roles, &str)] = &[
    (
        Roles::UP.or(Roles::VERB),
        "increased rose risen grew grown climbed jumped surged improved advanced expanded accelerated \
         soared strengthened gained rising growing increasing widened grow grows improve improves \
         improving rises climbs climbing jumps raised surges",
    ),
    (
        Roles::DOWN.or(Roles::VERB),
        "decreased fell fallen declined dropped reduced shrank narrowed slipped slid tumbled dipped \
         contracted decreasing declining reducing falling falls lowered dropping weakened",
    ),
    (Roles::UP.or(Roles::CHANGE_NOUN), "increase increases gain improvement growth rise jump uptick"),
    (Roles::DOWN.or(Roles::CHANGE_NOUN), "decrease decreases decline declines drop drops reduction fall dip"),
    (Roles::CHANGE_NOUN, "change"),
    (Roles::UP, "up"),
    (Roles::DOWN, "down"),
    (Roles::UP.or(Roles::COMPARATIVE), "higher greater larger stronger better above"),
    (Roles::DOWN.or(Roles::COMPARATIVE), "lower less fewer smaller weaker below"),
    (
        Roles::LEVEL,
        "was were is are be been being totaled totalled totaling totalling totals reached reaching \
         equaled equalled equal averaged averaging amounted amounting stood came come coming went \
         remained remains exceeded exceeds exceeding approximated represented represents representing \
         accounted generating constituted comprised ran hit yielded",
    ),
    (
        Roles::REPORT,
        "reported reports report recorded records posted posts had has have having announced announces \
         earned generated generates incurred produced achieved achieves realized experienced maintained lost \
         delivered delivers sustained showed recognized ended carried",
    ),
    (Roles::AGAINST, "compared compares compare comparing versus vs against"),
    (
        Roles::REASON,
        "included includes including include reflect reflects reflected reflecting driven due \
         attributable attributed resulting resulted led offset offsetting primarily partly partially \
         because caused consisting consisted aided helped impacted",
    ),
    (
        Roles::VERB,
        "said stated says added noted continued continues commented concluded paid pay spent invested \
         repurchased purchased acquired issued sold borrowed repaid received returned secured secures \
         authorized declared declares withdrew made make makes took take agreed signed completed \
         completes closed opened do does did provides provide drove benefited contributed affected resume \
         complete bringing brought leave removing retire convert employs operates marked saw see sees \
         differs differ differed differing vary varies varied varying began begin remain allow allowed using leaving moved set sets returning charged awarded wins won \
         kept held required can could may might must would became become expanding plus",
    ),
    (
        Roles::FORECAST.or(Roles::VERB),
        "expects expect expected expecting anticipates anticipate anticipated anticipating forecasts \
         forecast forecasted projected guidance outlook will should estimates estimate targeted intends \
         believes believe reaffirms reaffirmed reiterates reiterated",
    ),
    (
        Roles::CLAUSE,
        "as while which who when where although though since if whether but whereas so until unless that \
         despite whose however",
    ),
    (Roles::INNER, "of for in from per before to on available applicable"),
    (
        Roles::OUTER,
        "with at after through under into than during within by over without between among across via \
         upon toward towards following throughout not or along prior together",
    ),
    (Roles::DETERMINER, "a an the its our their his each any both these those all another"),
    (Roles::PRONOUN, "it they we he she i this there us them"),
    (
        Roles::FILLER,
        "significant substantial slight modest strong sharp overall record further dramatic similar solid \
         sequential additional only just respective respectively significantly slightly sharply \
         substantially modestly also again even alone year-over-year quarter-over-quarter impressive \
         robust healthy dramatically more aggregate now currently actually then first-ever all-time \
         unaudited level levels steady much well still today marginally considerably historical meanwhile additionally \
         annualized",
    ),
    (Roles::ABOUT, "approximately roughly nearly almost around about some"),
    (
        Roles::METRIC,
        "sales revenue revenues income earnings profit profits loss losses expense expenses cost costs \
         eps ebitda ebit premiums charge charges provision dividend dividends collections orders bookings \
         volume volumes price prices shipments fees rents expenditures depreciation amortization interest \
         taxes tax benefit flow flows results tonnage traffic subscribers spending ffo ebitdar noi \
         billings royalties commissions salaries compensation",
    ),
    (
        Roles::METRIC.or(Roles::BALANCE),
        "cash equity debt assets liabilities receivables receivable inventory inventories deposits loans \
         backlog capital investments borrowings payables payable securities book balance balances \
         goodwill allowance reserves liquidity indebtedness deficit",
    ),
    (
        Roles::QUOTIENT,
        "margin margins ratio ratios rate rates yield yields return roe roa turnover turns percentage dso \
         utilization occupancy share",
    ),
    (
        Roles::COUNTED,
        "shares stores employees customers units offices branches restaurants terminals patients \
         providers locations members homes rooms aircraft wells hotels vehicles acres properties \
         facilities countries states plants hospitals clinics representatives stations households \
         policies lines warrants options barrels tons people days users associates",
    ),
    (
        Roles::BASIS,
        "adjusted excluding excludes exclusive non-gaap core organic normalized ex-items proforma \
         pro-forma constant-currency same-store annualised",
    ),
    (
        Roles::INSTRUMENT,
        "convertible senior subordinated notes debentures bonds preferred mortgage cumulative debenture \
         note",
    ),
    (
        Roles::SPELLED,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
         seventeen eighteen nineteen twenty twenty-six thirty thirty-nine forty fifty fifty-two \
         fifty-three sixty seventy eighty ninety doubled doubles doubling tripled triples tripling \
         quadrupled quadruples halved",
    ),
    (
        Roles::HEED,
        "respectively relative comparable and percent percentage portion than more less provided used generated \
         by in for from with as sold goods products merchandise attributable reported prior basis exclude excluded",
    ),
    (Roles::QUALIFIES, "pro constant same comparable prior before without"),
    (
        Roles::TIME,
        "same comparable corresponding similar like equivalent prior previous preceding last linked \
         immediately sequential prior-year year-ago year-earlier prior-period year-before year one \
         year-over-year year-on-year yoy sequentially quarter-over-quarter linked-quarter current present \
         latest trailing most recent recently just entire full completed fiscal calendar quarter \
         quarter's quarters period periods period's year's years full-year year-to-date first second \
         third fourth q1 q2 q3 q4 january jan february feb march mar april apr may june jun july jul \
         august aug september sept sep october oct november nov december dec one two three four five six \
         seven eight nine ten eleven twelve thirteen fourteen sixteen twenty-six thirty-nine fifty-two \
         fifty-three",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_move_end_a_subject_only_as_verbs() {
        assert!(roles(b"increased").any(STOPS) && roles(b"increased").any(Roles::UP));
        assert!(!roles(b"increase").any(STOPS) && roles(b"increase").any(Roles::CHANGE_NOUN));
        assert_eq!(roles(b"xylophone"), Roles::NONE);
    }
}
