//! The same questions answered by hand for this one workload: what the least work is that anybody could do.
//!
//! The reader knows the few forms that the workload has, keeps no places and explains nothing; the sweeps know that a rule
//! is a requesting country, a cell, a district and an interval.

use std::collections::HashMap;

/// A rule as the reader keeps it; 0 is any.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    from: u32,
    to: u32,
    measure: u32,
    district: u32,
    first: i32,
    until: i32,
    office: u32,
}

/// What was read.
#[derive(Default)]
pub(crate) struct Read<'t> {
    countries: HashMap<&'t str, u32>,
    pub(crate) rows: Vec<Row>,
    pub(crate) claims: Vec<Row>,
}

/// Reads the workload.
pub(crate) fn read(text: &str) -> Read<'_> {
    let mut read = Read::default();
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("country ") {
            let next = u32::try_from(read.countries.len() + 1).unwrap_or(0);
            read.countries.insert(rest.split(' ').next().unwrap_or(""), next);
        } else if let Some(rest) = line.strip_prefix("authority to ") {
            let row = row(&read.countries, rest);
            read.rows.push(row);
        } else if let Some(rest) = line.strip_prefix("complete authority to ") {
            let row = row(&read.countries, rest);
            read.claims.push(row);
        }
    }
    read
}

fn row(countries: &HashMap<&str, u32>, text: &str) -> Row {
    let mut row = Row { from: 0, to: 0, measure: 0, district: 0, first: 0, until: 0, office: 0 };
    let mut words = text.split(' ');
    row.measure = number(words.next().unwrap_or(""));
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or("");
        match word {
            "to" | "in" => row.to = countries[value],
            "from" if value.as_bytes()[0].is_ascii_digit() => row.first = day(value),
            "from" => row.from = countries[value],
            "until" => row.until = day(value) + 1,
            "is" => row.office = number(value.split('.').nth(1).unwrap_or("")),
            "when" => {
                words.next();
                row.district = number(words.next().unwrap_or(""));
            }
            _ => {}
        }
    }
    row
}

/// Of `m7` the 7.
fn number(word: &str) -> u32 {
    word.bytes().skip(1).fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}

/// Days since the first of March of the year 0.
fn day(text: &str) -> i32 {
    let bytes = text.as_bytes();
    let part = |from: usize, to: usize| bytes[from..to].iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    let (year, month) = (part(0, 4), part(5, 7));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + part(8, 10) - 1
}

/// The pairs that disagree and meet: the rules of a cell by their first day, each beside those that are running.
pub(crate) fn conflicts(rows: &[Row]) -> usize {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_unstable_by_key(|row| (row.to, row.measure, row.first));
    let alike = |a: u32, b: u32| a == 0 || b == 0 || a == b;
    let mut found = 0;
    for cell in order.chunk_by(|a, b| (a.to, a.measure) == (b.to, b.measure)) {
        let mut running: Vec<&Row> = Vec::new();
        for row in cell {
            running.retain(|other| other.until > row.first);
            let disagreeing = running.iter().filter(|other| {
                other.office != row.office && alike(other.from, row.from) && alike(other.district, row.district)
            });
            found += disagreeing.count();
            running.push(row);
        }
    }
    found
}

/// The claims of completeness in whose region some day has no rule.
pub(crate) fn gaps(rows: &[Row], claims: &[Row]) -> usize {
    let mut order: Vec<&Row> = rows.iter().collect();
    let key = |row: &Row| (row.to, row.measure, row.from, row.district);
    order.sort_unstable_by_key(|row| (key(row), row.first));
    let has_hole = |claim: &&Row| {
        let mut covered = claim.first;
        let start = order.partition_point(|row| key(row) < key(claim));
        for row in order[start..].iter().take_while(|row| key(row) == key(claim)) {
            if row.first > covered {
                break;
            }
            covered = covered.max(row.until);
        }
        covered < claim.until
    };
    claims.iter().filter(has_hole).count()
}
