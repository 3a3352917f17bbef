//! Questions of which nothing differs between two laws that could bear on an answer: they need no diagram.
//!
//! What bears on a question is reduced to numbers that stand for content, the same in both laws: its lines, by rule and
//! provision, with their scopes, conditions, answers, assumptions and clauses; the texts that are not held; the instruments
//! of these and all that they name or that name them; the facts, places and authorities that occur in them; and what holds
//! of every case. More is looked at than need be, never less: where something else differs, the question is compared in
//! full.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use crate::answer::lines;
use crate::emit::Spelt;
use crate::law::{
    Answer, ClauseId, Condition, FactId, FactKind, InstrumentId, Law, Line, LineOrigin, MatterId, PlaceTerm, Question,
    RelationsId, Target, Under, Value,
};

/// A number for each content, whichever law has it.
#[derive(Default)]
pub(super) struct Numbers {
    texts: HashMap<Vec<u8>, u32>,
    lists: HashMap<Vec<u32>, u32>,
}

impl Numbers {
    fn text(&mut self, text: Vec<u8>) -> u32 {
        number(&mut self.texts, text)
    }

    fn list(&mut self, list: Vec<u32>) -> u32 {
        number(&mut self.lists, list)
    }

    /// Of a list whose order means nothing.
    fn bag(&mut self, mut list: Vec<u32>) -> u32 {
        list.sort_unstable();
        self.list(list)
    }
}

fn number<K: Hash + Eq>(known: &mut HashMap<K, u32>, key: K) -> u32 {
    let next = crate::law::id_of(known.len());
    *known.entry(key).or_insert(next)
}

/// What one law says of its questions.
pub(super) struct Content<'l> {
    law: &'l Law,
    /// By matter: what holds of every case.
    always: Vec<u32>,
    /// By instrument: it, and all that it names or that name it, directly or through others.
    circles: Vec<u32>,
    relations: Vec<u32>,
    conditions: Vec<u32>,
    answers: Vec<u32>,
    assumptions: Vec<u32>,
    notes: Vec<u32>,
}

impl<'l> Content<'l> {
    pub(super) fn new(law: &'l Law, numbers: &mut Numbers) -> Content<'l> {
        let spelt = Spelt::new(law);
        let circles = circles(law, spelt, numbers);
        let facts: Vec<u32> = law.facts().map(|(id, _)| numbers.text(spelt.fact(id))).collect();
        let places = numbers.text(spelt.places());
        let authorities: Vec<u32> = law.authorities().map(|(id, _)| numbers.text(spelt.authority(id))).collect();
        let fact = |fact: FactId| {
            let places = (law[fact].kind == FactKind::Place).then_some(places);
            std::iter::once(facts[fact.index()]).chain(places)
        };
        let condition = |numbers: &mut Numbers, condition: &Condition| {
            let mut own = vec![numbers.text(spelt.condition(condition))];
            condition.for_each_test(&mut |test| match test {
                Condition::Fact(id, _) => own.extend(fact(*id)),
                Condition::Applies(instrument) => own.push(circles[instrument.index()]),
                _ => {}
            });
            numbers.list(own)
        };
        let answer = |numbers: &mut Numbers, text: Vec<u8>, row: &Answer| {
            let mut own = vec![numbers.text(text)];
            for value in &row.values {
                if let Value::Authority(id, place) = value {
                    own.push(authorities[id.index()]);
                    match place {
                        Some(PlaceTerm::Fact(id)) => own.extend(fact(*id)),
                        Some(PlaceTerm::Place(_) | PlaceTerm::Named(_)) => own.push(places),
                        None => {}
                    }
                }
            }
            numbers.list(own)
        };
        let mut general =
            vec![numbers.text(spelt.countries()), numbers.text(spelt.nevers()), numbers.text(spelt.precedence())];
        let nevers: Vec<u32> = law.nevers.iter().map(|never| condition(numbers, &never.condition)).collect();
        general.push(numbers.bag(nevers));
        let matter = |(id, _): (MatterId, _)| {
            let own = [&general[..], &[numbers.text(spelt.matter(id))]].concat();
            numbers.list(own)
        };
        let always = law.matters().map(matter).collect();
        let conditions = law.conditions.iter().map(|row| condition(numbers, row)).collect();
        let answers = law.answers.iter().map(|row| answer(numbers, spelt.answer(row), row)).collect();
        let relations = (0..).zip(&law.relations).map(|(id, row)| {
            let under = row.under.iter().flatten().filter_map(|under| match under {
                Under::Instrument(id) => Some(circles[id.index()]),
                Under::Nothing => None,
            });
            let under: Vec<u32> = under.collect();
            let own = vec![numbers.text(spelt.relations(RelationsId(id))), numbers.bag(under)];
            numbers.list(own)
        });
        let relations = relations.collect();
        let sentences = |numbers: &mut Numbers, row: &[String]| {
            let each = row.iter().map(|text| numbers.text(text.as_bytes().to_vec())).collect();
            numbers.list(each)
        };
        let assumptions = law.assumptions.iter().map(|row| sentences(numbers, row)).collect();
        let notes = law.notes.iter().map(|note| numbers.text(note.as_bytes().to_vec())).collect();
        Content { law, always, circles, relations, conditions, answers, assumptions, notes }
    }

    /// A number that two questions have only if nothing differs between them that could bear on an answer.
    pub(super) fn of(&self, question: Question, numbers: &mut Numbers) -> u32 {
        let law = self.law;
        let mut lines: Vec<Line> = lines(law, question).into_iter().map(|line| line.line).collect();
        let instruments: BTreeSet<u32> = lines.iter().map(|line| self.circles[line.instrument.index()]).collect();
        // what stands in one provision does not disagree with itself, so that it matters which lines do
        lines.sort_by_key(|line| (line.instrument, line.provision, line.rule));
        let of_provisions = lines.chunk_by(|one, other| {
            one.instrument == other.instrument && one.provision.is_some() && one.provision == other.provision
        });
        let provisions = of_provisions.map(|lines| self.provision(lines, numbers)).collect();
        let own = vec![
            self.always[question.matter.index()],
            numbers.list(instruments.into_iter().collect()),
            numbers.bag(provisions),
        ];
        numbers.list(own)
    }

    /// The lines of one provision; they are of one instrument.
    fn provision(&self, lines: &[Line], numbers: &mut Numbers) -> u32 {
        let law = self.law;
        let of_rules = lines.chunk_by(|one, other| one.rule.is_some() && one.rule == other.rule);
        let rules = of_rules.map(|lines| {
            let clauses = lines[0].rule.map_or(&[][..], |rule| &law[rule].clauses);
            let clauses = self.clauses(clauses, numbers);
            let lines = lines.iter().map(|line| self.line(line, numbers)).collect();
            let own = vec![clauses, numbers.bag(lines)];
            numbers.list(own)
        });
        let rules = rules.collect();
        let mut own = vec![numbers.text(law[lines[0].instrument].name.as_bytes().to_vec()), numbers.bag(rules)];
        if let Some(provision) = lines[0].provision.map(|id| &law[id]) {
            own.push(numbers.text(provision.citation.as_bytes().to_vec()));
            own.push(self.clauses(&provision.clauses, numbers));
        }
        numbers.list(own)
    }

    fn clauses(&self, clauses: &[ClauseId], numbers: &mut Numbers) -> u32 {
        let text = if clauses.is_empty() { Vec::new() } else { Spelt::new(self.law).clauses(clauses) };
        numbers.text(text)
    }

    fn line(&self, line: &Line, numbers: &mut Numbers) -> u32 {
        let (origin, part) = match line.origin {
            LineOrigin::Branch(number) => (0, crate::law::id_of(number)),
            LineOrigin::Opposite => (1, 0),
            LineOrigin::Unread(None) => (2, 0),
            LineOrigin::Unread(Some(note)) => (3, self.notes[usize::from(note)]),
        };
        let answer = line.answer.map_or([0, 0], |answer| [1, self.answers[usize::from(answer)]]);
        let [from, until] = [line.scope.dates.from, line.scope.dates.until].map(|day| day.0.cast_unsigned());
        numbers.list(vec![
            origin,
            part,
            from,
            until,
            self.relations[usize::from(line.scope.relations)],
            self.conditions[usize::from(line.condition)],
            answer[0],
            answer[1],
            self.assumptions[usize::from(line.assumptions)],
        ])
    }
}

/// For each instrument the number of everything with which it is linked by what instruments say of each other.
fn circles(law: &Law, spelt: Spelt<'_>, numbers: &mut Numbers) -> Vec<u32> {
    let mut linked: Vec<usize> = (0..law.instruments.len()).collect();
    for (id, row) in law.instruments() {
        let texts = row.clauses.iter().filter_map(|clause| match &law[*clause].target {
            Target::Text { instrument, .. } => Some(*instrument),
            _ => None,
        });
        let named = row.replaces.iter().chain(&row.supplements).map(|row| row.instrument);
        let named: Vec<InstrumentId> = named.chain(texts).collect();
        for other in named {
            let (one, other) = (first(&mut linked, id.index()), first(&mut linked, other.index()));
            linked[one.max(other)] = one.min(other);
        }
    }
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); linked.len()];
    for (id, _) in law.instruments() {
        let own = numbers.text(spelt.instrument(id));
        members[first(&mut linked, id.index())].push(own);
    }
    let circles: Vec<u32> = members.into_iter().map(|members| numbers.bag(members)).collect();
    (0..linked.len()).map(|at| circles[first(&mut linked, at)]).collect()
}

/// The first of those that are linked with one.
fn first(linked: &mut [usize], mut at: usize) -> usize {
    while linked[at] != at {
        linked[at] = linked[linked[at]];
        at = linked[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Content, Numbers};
    use crate::compile::{compile, is_error};
    use crate::law::Law;
    use crate::source::{SourceFile, Sources};
    use crate::words;

    const LAW: &str = r#"country Denmark (DK), Norway (NO)
language Danish (da), English (en)
matter transfer "transfer" between countries
item request "the request"
fact urgent : yes or no
fact stage : one of early, late
fact district : place
place oslo "Oslo" in Norway
authority Norway.court "Court"
act decide "decides"
instrument old "old" {
  kind treaty governs transfer parties Denmark, Norway
}
instrument new "new" {
  kind treaty governs transfer parties Denmark, Norway from 2001-01-01
  replaces old
}
provision "1" of old {
  channel is direct when urgent assuming "so it is"
  languages for request are Danish
}
provision "2" of new {
  means are post when stage is early
  authority to decide in Norway is Norway.court of district
}
"#;

    fn law(text: &str) -> Law {
        let mut sources = Sources::default();
        sources.add(SourceFile::new("law.rules", text));
        let (law, findings) = compile(&sources, None);
        assert!(!findings.iter().any(is_error), "{findings:#?}");
        law
    }

    /// The questions that are not known to be the same.
    fn in_doubt(new: &str) -> BTreeSet<String> {
        let laws = [law(LAW), law(new)];
        let mut numbers = Numbers::default();
        let content = [Content::new(&laws[0], &mut numbers), Content::new(&laws[1], &mut numbers)];
        let mut doubt = BTreeSet::new();
        for pair in super::super::question::pairs([&laws[0], &laws[1]]) {
            let [Some(old), Some(new)] = pair else { continue };
            if content[0].of(old, &mut numbers) != content[1].of(new, &mut numbers) {
                doubt.insert(words::question(&laws[0], old.head));
            }
        }
        doubt
    }

    #[test]
    fn an_edit_puts_those_questions_in_doubt_on_which_it_can_bear() {
        let all = ["authority to decide", "channel", "languages for request", "means"];
        let edited = |from: &str, to: &str| {
            assert!(LAW.contains(from), "{from}");
            in_doubt(&LAW.replace(from, to))
        };
        for (from, to, doubt) in [
            ("direct", "central", &["channel"][..]),
            ("when urgent", "when not urgent", &["channel"]),
            ("so it is", "so it seems", &["channel"]),
            ("are Danish", "are Danish, English", &["languages for request"]),
            ("provision \"1\"", "provision \"3\"", &["channel", "languages for request"]),
            ("of early, late", "of early, late, closed", &["means"]),
            ("\"Court\"", "\"High Court\"", &["authority to decide"]),
            ("in Norway\nauthority", "in Denmark\nauthority", &["authority to decide"]),
            ("2001-01-01", "2002-01-01", &all),
            ("Norway (NO)", "Norway (NO), Sweden (SE)", &all),
            ("act decide", "never urgent because \"no\"\nact decide", &all),
            ("act decide", "precedence \"rank\" { treaty over statute }\nact decide", &all),
            ("channel is direct", "channel between Denmark and Norway is direct", &["channel"]),
            ("are post", "from 2003-01-01 are post", &["means"]),
            (
                "provision \"2\" of new {",
                "provision \"2\" of new notwithstanding old {",
                &["authority to decide", "means"],
            ),
            ("replaces old", "replaces old\n  text unavailable", &all),
        ] {
            assert_eq!(edited(from, to), doubt.iter().map(|name| (*name).to_owned()).collect(), "{from}: {to}");
        }
    }

    #[test]
    fn what_cannot_bear_on_a_question_leaves_it_alone() {
        for (from, to) in [
            ("act decide", "# a remark\nact decide"),
            ("fact urgent : yes or no\n", "fact other : yes or no\nfact urgent : yes or no\n"),
            ("act decide", "act agree \"agrees\"\nact decide"),
            (
                "instrument old",
                "instrument third \"third\" { kind arrangement governs transfer parties Denmark }\ninstrument old",
            ),
            ("provision \"1\"", "complete means when urgent\nprovision \"1\""),
        ] {
            assert!(LAW.contains(from), "{from}");
            assert_eq!(in_doubt(&LAW.replacen(from, to, 1)), BTreeSet::new(), "{to}");
        }
        let (head, rules) = LAW.split_at(LAW.find("provision \"1\"").expect("it is there"));
        let (first, second) = rules.split_at(rules.find("provision \"2\"").expect("it is there"));
        let (vocabulary, instruments) = head.split_at(head.find("instrument old").expect("it is there"));
        assert_eq!(in_doubt(&format!("{second}{instruments}{first}{vocabulary}")), BTreeSet::new());
    }

    #[test]
    fn in_which_provision_rules_stand_matters() {
        let apart = LAW.replace("  languages for", "}\nprovision \"1\" of old {\n  languages for");
        assert_eq!(in_doubt(&apart), BTreeSet::new(), "each question has one rule there");
        let twice = LAW.replace("means are post", "means are post when urgent\n  means are post");
        let apart = twice.replace("urgent\n  means", "urgent\n}\nprovision \"2\" of new {\n  means");
        let laws = [law(&twice), law(&apart)];
        let mut numbers = Numbers::default();
        let content = [Content::new(&laws[0], &mut numbers), Content::new(&laws[1], &mut numbers)];
        let different = super::super::question::pairs([&laws[0], &laws[1]]).into_iter().filter(|pair| {
            let [Some(old), Some(new)] = *pair else { return true };
            content[0].of(old, &mut numbers) != content[1].of(new, &mut numbers)
        });
        assert_eq!(different.count(), 1, "that of means");
    }
}
