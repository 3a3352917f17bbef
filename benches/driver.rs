// Asks the module beside it, and the rules in a hash map, the same queries. Written for the benchmark `lookup`, which
// compiles it with the module.

mod rules;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use rules::fact::District;
use rules::{Authority, Case, Country, Date, Facts, Question, Status, Value};

/// A rule: days, half-open, and who is competent.
type Rule = (i32, i32, u32);
/// Act, from, to, district; the last number of a kind stands for any.
type Key = (u16, u16, u16, u16);

const ANY: u16 = u16::MAX;

/// A hash of few instructions, as compilers use for small keys.
#[derive(Clone, Copy, Default)]
struct Mixer(u64);

impl std::hash::Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 + number).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
}

#[derive(Clone, Copy, Default)]
struct Mixers;

impl std::hash::BuildHasher for Mixers {
    type Hasher = Mixer;

    fn build_hasher(&self) -> Mixer {
        Mixer(0)
    }
}

struct ByHand {
    rules: HashMap<Key, Vec<Rule>, Mixers>,
}

impl ByHand {
    /// The offices of all rules that apply, as a sum and a number; each key that can have one is probed.
    fn competent(&self, act: u16, from: u16, to: u16, district: u16, on: i32) -> (u32, u32) {
        let (mut sum, mut count) = (0, 0);
        for key in [(act, from, to, district), (act, from, to, ANY), (act, ANY, to, district), (act, ANY, to, ANY)] {
            let Some(rules) = self.rules.get(&key) else { continue };
            // Rules of one key are in the order of their first days and rarely overlap.
            let begun = rules.partition_point(|rule| rule.0 <= on);
            for rule in rules[..begun].iter().rev().take(2).filter(|rule| on < rule.1) {
                sum += rule.2;
                count += 1;
            }
        }
        (sum, count)
    }
}

struct Query<'a> {
    question: Question,
    act: u16,
    case: Case<'a>,
}

fn main() {
    let text = std::fs::read_to_string("rows.txt").expect("the rules");
    let mut rules: HashMap<Key, Vec<Rule>, Mixers> = HashMap::default();
    let mut keys = Vec::new();
    for line in text.lines() {
        let n: Vec<i64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
        let place = |n: i64| u16::try_from(n).unwrap_or(ANY);
        let key = (place(n[0]), place(n[1]), place(n[2]), place(n[3]));
        rules.entry(key).or_default().push((n[4] as i32, n[5] as i32, n[6] as u32));
        keys.push((key, n[4] as i32, n[5] as i32));
    }
    rules.values_mut().for_each(|rules| rules.sort_unstable());
    let by_hand = ByHand { rules };
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut throw = move |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % sides
    };
    // What the module calls each act.
    let questions: HashMap<String, Question> =
        Question::all().map(|question| (question.words().to_owned(), question)).collect();
    let names = std::fs::read_to_string("acts.txt").expect("the acts");
    let names: Vec<&str> = names.lines().collect();
    let question = |act: u16| questions[&format!("authority to {}", names[act as usize])];
    let queries: Vec<Query> = (0..100_000)
        .map(|_| {
            let ((act, from, to, district), first, until) = keys[throw(keys.len())];
            let mut country = if from == ANY { throw(Country::ALL.len()) } else { from as usize };
            if country == to as usize {
                country = (country + 1) % Country::ALL.len();
            }
            let district = if district == ANY { throw(District::ALL.len()) } else { district as usize };
            let on = Date::from_days(first + throw((until - first) as usize) as i32).expect("a day");
            let facts = Facts { district: Some(District::ALL[district]), ..Facts::default() };
            let case = Case::between(Country::ALL[country], Country::ALL[to as usize], on).with(facts);
            Query { question: question(act), act, case }
        })
        .collect();
    let hand = |query: &Query| {
        let place = |country: Country| Country::ALL.iter().position(|one| *one == country).expect("one") as u16;
        let district = query.case.facts.district.expect("given") as u16;
        let (from, to) = (place(query.case.requesting), place(query.case.requested));
        by_hand.competent(query.act, from, to, district, query.case.on.days())
    };
    if let Some(lookups) = std::env::args().nth(1).and_then(|lookups| lookups.parse::<usize>().ok()) {
        let mut answered = 0;
        for query in queries.iter().cycle().take(lookups) {
            answered += u32::from(black_box(query.question).answer(black_box(&query.case)).status() == Status::Answered);
        }
        black_box(answered);
        return;
    }
    let mut agree = 0;
    for query in &queries {
        let answer = query.question.answer(&query.case);
        let (sum, count) = hand(query);
        if count == 1 {
            let value = answer.lines().next().and_then(|line| line.values().next());
            let office = match value {
                Some(Value::Authority(office, _)) => Authority::ALL.iter().position(|one| *one == office),
                _ => None,
            };
            assert_eq!(office, Some(sum as usize), "{:?} {:?}", query.case, query.question.words());
            agree += 1;
        }
    }
    println!("  the same answers     {agree:>8} of {} queries with one rule", queries.len());
    assert!(agree * 10 > queries.len() * 8);

    let hot = &queries[..16];
    let status = |query: &Query| query.question.answer(black_box(&query.case)).status() as u32;
    // What stands at the end, too: the first line, and who is competent by it.
    let office = |query: &Query| {
        let answer = query.question.answer(black_box(&query.case));
        let value = answer.lines().next().and_then(|line| line.values().next());
        match value {
            Some(Value::Authority(office, _)) => office as u32,
            _ => 0,
        }
    };
    let spots: Vec<(Key, i32)> = queries
        .iter()
        .map(|query| {
            let place = |country: Country| Country::ALL.iter().position(|one| *one == country).expect("one") as u16;
            let (from, to) = (place(query.case.requesting), place(query.case.requested));
            ((query.act, from, to, query.case.facts.district.expect("given") as u16), query.case.on.days())
        })
        .collect();
    let probe = |spot: &(Key, i32)| {
        let ((act, from, to, district), on) = black_box(*spot);
        by_hand.competent(act, from, to, district, on).0
    };
    // Where each index depends on the one before: 4,096 numbers of two bytes.
    let ring: Vec<u16> = (0..4096u32).map(|at| ((at * 1664 + 1013) % 4096) as u16).collect();
    let index = best(|| {
        let mut at = 0u16;
        for _ in 0..500_000 {
            at = ring[at as usize & 4095];
        }
        (u32::from(at), 500_000)
    });
    let asked = |queries: &[Query]| best(|| over(queries.iter(), status));
    let told = |queries: &[Query]| best(|| over(queries.iter(), office));
    let probed = |spots: &[(Key, i32)]| best(|| over(spots.iter(), probe));
    let (hot_module, spread_module) = (asked(hot), asked(&queries));
    let (hot_map, spread_map) = (probed(&spots[..16]), probed(&spots));
    println!("  a dependent index    {index:>8.1} ns");
    println!("  hash map, 4 probes   {hot_map:>8.1} ns hot, {spread_map:>6.1} ns spread");
    println!("  the module           {hot_module:>8.1} ns hot, {spread_module:>6.1} ns spread");
    println!("    and its office     {:>8.1} ns hot, {:>6.1} ns spread", told(hot), told(&queries));
    println!(
        "  which is             {:>8.1} indexes hot, {:.1} spread; {:.1} and {:.1} times ahead of the map",
        hot_module / index,
        spread_module / index,
        hot_map / hot_module,
        spread_map / spread_module
    );
}

/// All of them, again and again: a sum, so that nothing is left out, and how many there were.
fn over<'q, Q: 'q>(queries: impl Iterator<Item = &'q Q> + Clone, ask: impl Fn(&Q) -> u32) -> (u32, u32) {
    let (mut sum, mut count) = (0u32, 0);
    while count < 100_000 {
        for query in queries.clone() {
            sum = sum.wrapping_add(ask(query));
            count += 1;
        }
    }
    (sum, count)
}

/// Nanoseconds for one, in the fastest of many short runs: other processes can not be at work in all of them.
fn best(run: impl Fn() -> (u32, u32)) -> f64 {
    let once = |_| {
        let clock = Instant::now();
        let (sum, count) = run();
        black_box(sum);
        clock.elapsed().as_secs_f64() * 1e9 / f64::from(count)
    };
    (0..60).map(once).fold(f64::INFINITY, f64::min)
}
