// Asks the module of the hostile law beside it. Written for the benchmark `lookup`, which compiles it with the module and
// has written down what the reference answers.

mod rules;

use std::hint::black_box;
use std::time::Instant;

use rules::fact::{District, Origin, Stage};
use rules::{Case, Country, Date, Facts, Question, Status};

fn main() {
    let text = std::fs::read_to_string("cases.txt").expect("the cases");
    let question = Question::all().next().expect("one question");
    let cases: Vec<(Case, String)> = text
        .lines()
        .map(|line| {
            let (numbers, status) = line.rsplit_once(' ').expect("a status");
            let n: Vec<i64> = numbers.split(' ').map(|number| number.parse().expect("a number")).collect();
            let facts = Facts {
                district: Some(District::ALL[n[3] as usize]),
                stage: Some(Stage::ALL[n[4] as usize]),
                origin: Some(Origin::ALL[n[5] as usize]),
                urgent: Some(n[6] == 1),
                minor: Some(n[7] == 1),
                amount: Some(n[8] as u64),
                ..Facts::default()
            };
            let on = Date::from_days(n[2] as i32).expect("a day");
            let (from, to) = (Country::ALL[n[0] as usize], Country::ALL[n[1] as usize]);
            (Case::between(from, to, on).with(facts), status.to_owned())
        })
        .collect();
    let mut answered = 0;
    for (case, status) in &cases {
        let answer = question.answer(case);
        assert_eq!(format!("{:?}", answer.status()), *status, "{case:?}");
        answered += u32::from(answer.status() != Status::NoRule);
    }
    let once = |_| {
        let clock = Instant::now();
        for (case, _) in &cases {
            black_box(question.answer(black_box(case)).status());
        }
        clock.elapsed().as_secs_f64() * 1e9 / cases.len() as f64
    };
    let nanoseconds = (0..60).map(once).fold(f64::INFINITY, f64::min);
    println!("  the same status      {:>8} cases, in {answered} some rule applies", cases.len());
    println!("  a lookup             {nanoseconds:>8.0} ns");
}
