//! The words that tell what a line is about, as bits: every line of every table is asked a dozen questions,
//! and a bit answers each at once.

use std::ops::BitOr;
use tieout_source::Lexicon;

/// A set of the words known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Words(u64);

impl Words {
    /// The known words of a label in lower case.
    pub(crate) fn of(lower: &str) -> Words {
        let words = lower.as_bytes().split(|b| !b.is_ascii_alphanumeric()).filter(|word| word.len() > 2);
        Words(words.filter_map(|word| KNOWN.get(word)).fold(0, |set, bits| set | bits))
    }

    /// At least one of them.
    pub(crate) fn any(self, of: Words) -> bool {
        self.0 & of.0 != 0
    }

    /// Every one of them.
    pub(crate) fn all(self, of: Words) -> bool {
        self.0 & of.0 == of.0
    }
}

impl BitOr for Words {
    type Output = Words;
    fn bitor(self, other: Words) -> Words {
        Words(self.0 | other.0)
    }
}

macro_rules! words {
    ($($name:ident = $bit:literal: $($form:literal)|+;)*) => {
        $(pub(crate) const $name: Words = Words(1 << $bit);)*

        static KNOWN: Lexicon<u64, 512> = Lexicon::new(&[$($(($form, $name.0)),+),*]);
    };
}

words! {
    TOTAL = 0: "total" | "totals";
    LIABILITIES = 1: "liabilities" | "liability";
    OWNERS = 2: "equity" | "capital" | "deficit" | "deficiency" | "worth" | "investment" | "surplus";
    PAYABLE = 3: "payable" | "payables" | "deposits";
    RETAINED = 4: "retained" | "accumulated";
    COMMON = 5: "common";
    STOCK = 6: "stock";
    HOLDERS = 7: "stockholders" | "shareholders" | "shareowners" | "stockholder" | "shareholder" | "partners" | "owners" | "members";
    SALES = 8: "sales" | "revenue" | "revenues" | "premiums" | "fees" | "commissions" | "premium";
    INTEREST = 9: "interest";
    INCOME = 10: "income" | "incomes";
    RENTAL = 11: "rental" | "dividend" | "dividends" | "rent";
    COSTS = 12: "cost" | "costs" | "expense" | "expenses" | "depreciation" | "amortization" | "administrative" | "salaries" | "selling" | "research" | "charge" | "charges";
    PROVISION = 13: "provision" | "benefits" | "provisions";
    NET = 14: "net";
    LOSS = 15: "loss" | "losses";
    EARNINGS = 16: "earnings" | "profit";
    BEFORE = 17: "before";
    TAX = 18: "tax" | "taxes" | "federal";
    UNUSUAL = 19: "minority" | "extraordinary" | "cumulative";
    CONTINUING = 20: "continuing";
    OPERATING = 21: "operating";
    OPERATIONS = 22: "operations";
    ACTIVITIES = 23: "activities";
    CASH = 24: "cash";
    INVESTING = 25: "investing";
    FINANCING = 26: "financing";
    CHANGE = 27: "increase" | "decrease" | "change" | "increases" | "decreases";
    ADJUST = 28: "adjustments" | "adjust" | "adjustment";
    COMPREHENSIVE = 29: "comprehensive";
    BALANCE = 30: "balance" | "balances";
    GAIN = 31: "gain" | "gains" | "benefit" | "credit";
    DEDUCT = 32: "less" | "deduct" | "deductions" | "deducts";
    SHARES = 33: "share" | "shares" | "unit" | "units";
    COUNTED = 34: "outstanding" | "weighted" | "average" | "number" | "used" | "equivalent" | "equivalents";
    PER = 35: "per" | "eps";
    MARGIN = 36: "margin" | "contribution";
    CAPITALIZATION = 37: "capitalization";
    TREASURY = 38: "treasury" | "allowance";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_label() {
        let words = Words::of("total liabilities & stockholders' equity");
        assert!(words.all(TOTAL | LIABILITIES | HOLDERS | OWNERS));
        assert!(!words.any(CASH | INCOME));
        assert!(Words::of("income(loss) before taxes").all(INCOME | LOSS | BEFORE | TAX));
    }
}
