use super::*;
use crate::token;

fn read(text: &str) -> Option<(usize, Vec<When>)> {
    let low = text.to_ascii_lowercase();
    let mut tokens = Vec::new();
    token::tokens(&low, 0..low.len(), &mut tokens);
    parse(&low, &tokens, 0)
}

fn day(year: i16, month: i8, day: i8) -> Option<Day> {
    Some(Day { month, day, year: Some(year) })
}

#[test]
fn lengths_with_their_end() {
    let (_, found) = read("the three months ended June 30, 2005, were").unwrap_or_default();
    assert_eq!(found, [When { length: Length::Months(3, false), end: day(2005, 6, 30), ..When::default() }]);
    let (_, found) = read("its first quarter ending March 31, 2003, down").unwrap_or_default();
    assert_eq!(found, [When { length: Length::Quarter(1), end: day(2003, 3, 31), ..When::default() }]);
    let (_, found) = read("thirteen weeks ended April 29, 1995").unwrap_or_default();
    assert_eq!(found.first().map(|w| w.length), Some(Length::Weeks(13)));
}

#[test]
fn one_end_for_two_lengths_and_one_length_for_two_ends() {
    let lengths = |text| read(text).map(|(_, f)| f.iter().map(|w| (w.length, w.end)).collect::<Vec<_>>());
    assert_eq!(
        lengths("the three months and nine months ended June 30, 2005"),
        Some(vec![(Length::Months(3, false), day(2005, 6, 30)), (Length::Months(9, false), day(2005, 6, 30))])
    );
    assert_eq!(
        lengths("three and six months ended March 31, 2004"),
        Some(vec![(Length::Months(3, false), day(2004, 3, 31)), (Length::Months(6, false), day(2004, 3, 31))])
    );
    assert_eq!(
        lengths("years ended September 30, 1997, 1998 and 1999"),
        Some(vec![
            (Length::Year, day(1997, 9, 30)),
            (Length::Year, day(1998, 9, 30)),
            (Length::Year, day(1999, 9, 30))
        ])
    );
}

#[test]
fn named_by_distance() {
    let shift = |text| read(text).and_then(|(_, f)| f.first().map(|w| (w.length, w.shift)));
    assert_eq!(shift("a year earlier"), Some((Length::Any, Shift::YearAgo)));
    assert_eq!(shift("the same prior year period"), Some((Length::Any, Shift::YearAgo)));
    assert_eq!(shift("the same period a year ago"), Some((Length::Any, Shift::YearAgo)));
    assert_eq!(shift("last year's first quarter"), Some((Length::Quarter(1), Shift::YearAgo)));
    assert_eq!(shift("the prior quarter"), Some((Length::Quarter(0), Shift::Before)));
    assert_eq!(shift("the quarter"), Some((Length::Quarter(0), Shift::Current)));
    assert_eq!(shift("sequentially"), Some((Length::Quarter(0), Shift::Before)));
    assert_eq!(shift("two years"), None);
    assert_eq!(shift("a quarter"), None);
}

#[test]
fn quarters_and_years_by_name() {
    let name = |text| read(text).and_then(|(_, f)| f.first().map(|w| (w.length, w.year)));
    assert_eq!(name("the first quarter of 2003 had"), Some((Length::Quarter(1), Some(2003))));
    assert_eq!(name("first-quarter 2010"), Some((Length::Quarter(1), Some(2010))));
    assert_eq!(name("third quarter of fiscal year 2020"), Some((Length::Quarter(3), Some(2020))));
    assert_eq!(name("the 2002 quarter"), Some((Length::Quarter(0), Some(2002))));
    assert_eq!(name("Q1 2003"), Some((Length::Quarter(1), Some(2003))));
    assert_eq!(name("4Q21"), Some((Length::Quarter(4), Some(2021))));
    assert_eq!(name("fiscal 2004"), Some((Length::Year, Some(2004))));
    assert_eq!(name("1995"), Some((Length::Year, Some(1995))));
    assert_eq!(name("first nine months of 2003"), Some((Length::Months(9, true), Some(2003))));
}
