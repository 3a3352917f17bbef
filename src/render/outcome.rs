//! The answer to a question for people: what it is first, then why, then for which case.

use std::fmt::Write as _;

use super::office::Office;
use super::reply::{Reply, ReplyKind};
use super::{Ink, Look, counted_as, visible};
use crate::answer::{
    Deciding, Defeat, Depends, Dispute, DisputeKind, LineRef, MOST_PAIRS, Open, Outcome, Status, unread_note,
};
use crate::law::{Answer, ClauseId, Law, Line, QuestionHead, QuestionKind, Strength, Value};
use crate::words;

/// More circumstances than this nobody compares on a screen; what is left out is counted.
const MOST_BRANCHES: usize = 12;
/// More disagreements than this are counted; whoever settles these settles many of the others.
pub(super) const DISPUTES: usize = 100;

/// A question with its answer.
pub fn outcome(law: &Law, reply: &Reply, look: Look) -> String {
    let mut page = Page { law, look, out: String::new() };
    let title = match &reply.answer {
        ReplyKind::Outcome(head, _) => page.title(*head),
        ReplyKind::OutOfScope(_) => None,
    };
    let title = title.map(|title| page.faint(&format!(", {title}"))).unwrap_or_default();
    page.line(0, &format!("{}{title}", page.strong(&reply.question)));
    page.gap();
    match &reply.answer {
        ReplyKind::Outcome(head, outcome) => page.outcome(*head, outcome, 0),
        ReplyKind::OutOfScope(reasons) => {
            page.line(0, &page.doubtful("out of scope"));
            for reason in reasons {
                page.text(2, reason);
            }
            page.gap();
        }
    }
    page.text(0, &format!("asked of {}", reply.case.sentence()));
    page.out
}

struct Page<'l> {
    law: &'l Law,
    look: Look,
    out: String,
}

impl Page<'_> {
    fn strong(&self, text: &str) -> String {
        self.look.ink(Ink::Strong, &visible(text))
    }

    fn faint(&self, text: &str) -> String {
        self.look.ink(Ink::Faint, &visible(text))
    }

    fn doubtful(&self, text: &str) -> String {
        self.look.ink(Ink::Doubtful, text)
    }

    fn guide(&self, text: &str) -> String {
        self.look.ink(Ink::Guide, text)
    }

    /// A line that is ready, with its colours.
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.out, "{:indent$}{text}", "");
    }

    /// A text that may need several lines.
    fn text(&mut self, indent: usize, text: &str) {
        let text = self.look.wrapped(&visible(text), indent);
        self.line(indent, &text);
    }

    /// A text that may need several lines, after its name.
    fn named(&mut self, indent: usize, name: &str, text: &str) {
        let text = self.look.wrapped(&visible(text), indent + name.chars().count() + 1);
        self.line(indent, &format!("{} {text}", self.guide(name)));
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }

    /// What the question is about, as the law explains it.
    fn title(&self, head: QuestionHead) -> Option<String> {
        let law = self.law;
        match head {
            QuestionHead::Authority(act, _) => Some(format!("who {}", law[act].title)),
            QuestionHead::Languages(item) | QuestionHead::PreferredLanguage(item) => Some(law[item].title.clone()),
            QuestionHead::Criterion(_, instrument) => law
                .rules
                .iter()
                .find(|rule| {
                    let question = |id: &crate::law::QuestionId| law[*id].head == head;
                    law[rule.provision].instrument == instrument && rule.questions.iter().any(question)
                })
                .and_then(|rule| rule.title.clone()),
            _ => None,
        }
    }

    fn outcome(&mut self, head: QuestionHead, outcome: &Outcome, indent: usize) {
        match outcome.status {
            Status::Answered => self.answers(head, &outcome.answers, indent),
            Status::Undetermined => {
                self.line(indent, &self.doubtful("undetermined"));
                self.text(indent + 2, "a text governs that is not held here, and it may say something else");
                self.gap();
            }
            Status::NoRule => {
                self.line(indent, &self.doubtful("no rule"));
                self.text(indent + 2, "no text that applies in this case says anything about it");
                self.gap();
            }
            Status::OutOfScope => {
                self.line(indent, &self.doubtful("out of scope"));
                self.text(indent + 2, "the law does not speak of such a case");
                self.gap();
            }
            Status::Conflict => {
                self.line(indent, &self.look.ink(Ink::Bad, "conflict"));
                self.text(indent + 2, "rules disagree, and nothing written says which of them prevails");
                self.text(indent + 2, "`forseti check` shows what would settle it");
                self.gap();
            }
            Status::Depends => {}
        }
        for dispute in outcome.disputes.iter().take(DISPUTES) {
            self.dispute(head, dispute, indent);
        }
        let left_out = outcome.disputes.len().saturating_sub(DISPUTES);
        if left_out > 0 {
            let more = counted_as(left_out, "more disagreement is", "more disagreements are");
            let at_least = if outcome.disputes.len() < MOST_PAIRS { "" } else { "at least " };
            self.line(indent, &self.faint(&format!("{at_least}{more} not shown")));
            self.gap();
        }
        self.unread(head, outcome, indent);
        if let Some(depends) = &outcome.depends {
            self.depends(head, depends, indent);
        }
    }

    /// The rules that decide, those with the same answer together.
    fn answers(&mut self, head: QuestionHead, answers: &[Deciding], indent: usize) {
        let mut rest: Vec<&Deciding> = answers.iter().collect();
        while let Some(first) = rest.first().copied() {
            let same;
            (same, rest) = rest.into_iter().partition(|other| other.answer == first.answer);
            self.answer(head, &first.answer, indent);
            if let Some(period) = first.period {
                self.out.pop();
                let said = words::period_end(self.law, period);
                self.text(indent + 2, &said);
                self.gap();
            }
            for deciding in same {
                self.reasons(head, deciding, indent);
            }
        }
    }

    fn answer(&mut self, head: QuestionHead, answer: &Answer, indent: usize) {
        let law = self.law;
        let shows_values = answer.values.iter().any(|value| matches!(value, Value::Authority(..) | Value::Language(_)));
        if shows_values {
            let one_of = match (head, answer.values.len()) {
                (_, ..=1) => "",
                (QuestionHead::Languages(_), _) => " any of these",
                _ => " one of these, none before the other",
            };
            let said = format!("{}{one_of}", strength_in_words(head, answer.strength));
            self.line(indent, &self.look.ink(Ink::Good, &said));
            for value in &answer.values {
                self.value(value, indent + 2);
            }
        } else {
            let said = self.look.ink(Ink::Good, &visible(&words::answer(law, head, answer)));
            self.line(indent, &said);
        }
        if let Some(meaning) = meaning(head, answer.strength) {
            self.line(indent + 2, &self.faint(meaning));
        }
        self.gap();
    }

    fn value(&mut self, value: &Value, indent: usize) {
        let law = self.law;
        match value {
            Value::Authority(id, place) => {
                let office = Office::of(law, *id, place.as_ref());
                self.line(indent, &self.strong(&office.heading(law, *id)));
                for (name, text) in office.lines() {
                    self.named(indent + 2, &format!("{name:<9}"), &text);
                }
                self.line(indent + 2, &self.faint(&words::value(law, value)));
            }
            Value::Language(id) => {
                let language = &law[*id];
                self.line(
                    indent,
                    &format!("{} {}", self.strong(&language.name), self.faint(&format!("({})", language.code))),
                );
            }
            other => self.line(indent, &self.strong(&words::value(law, other))),
        }
    }

    /// Why it is so: the citation, what it rests on, what it sets aside.
    fn reasons(&mut self, head: QuestionHead, deciding: &Deciding, indent: usize) {
        let line = &deciding.line.line;
        let instrument = &self.law[line.instrument];
        self.named(indent, "by", &words::citation(self.law, line));
        let kind = instrument.kind.word();
        let title = match &instrument.title {
            Some(title) => format!("{title} ({kind})"),
            None => format!("a {kind}"),
        };
        let title = self.look.wrapped(&visible(&title), indent + 3);
        self.line(indent + 3, &self.look.ink(Ink::Faint, &title));
        for assumption in &deciding.assumptions {
            self.named(indent, "assuming", assumption);
        }
        for defeat in &deciding.defeated {
            self.defeat(head, (line, defeat), indent);
        }
        self.gap();
    }

    fn defeat(&mut self, head: QuestionHead, (winner, defeat): (&Line, &Defeat), indent: usize) {
        let said = self.rule(head, &defeat.line);
        self.named(indent, "prevails over", &said);
        for clause in &defeat.by {
            let in_vain = words::claims_in_vain(self.law, &self.law[*clause], winner, &defeat.line.line);
            self.clause(*clause, in_vain, indent + 2);
        }
    }

    fn clause(&mut self, clause: ClauseId, more: &str, indent: usize) {
        let clause = &self.law[clause];
        let said = format!("{} {}{more}", words::clause_owner(self.law, clause), words::clause(self.law, clause));
        self.named(indent, "because", &said);
    }

    /// A rule in one line: where it stands and what it says.
    fn rule(&self, head: QuestionHead, line: &LineRef) -> String {
        let citation = words::citation(self.law, &line.line);
        match line.line.answer {
            Some(answer) => format!("{citation}: {}", words::answer(self.law, head, &self.law[answer])),
            None => format!("{citation}, whose text is not held"),
        }
    }

    fn dispute(&mut self, head: QuestionHead, dispute: &Dispute, indent: usize) {
        let between = match dispute.kind {
            DisputeKind::Unsettled => "between",
            DisputeKind::Inversion => "a text claims to prevail over one to which it must give way:",
            DisputeKind::Cycle => "each gives way to the next, in a circle:",
        };
        self.line(indent, &self.guide(between));
        for line in &dispute.lines {
            let said = self.rule(head, line);
            self.text(indent + 2, &said);
        }
        for clause in &dispute.clauses {
            self.clause(*clause, "", indent);
        }
        self.gap();
    }

    /// Texts that are not held, and what those that are held say.
    fn unread(&mut self, head: QuestionHead, outcome: &Outcome, indent: usize) {
        if outcome.unread.is_empty() {
            return;
        }
        if outcome.is_incomplete() {
            self.line(indent, &self.doubtful("incomplete"));
            self.text(indent + 2, "a text that also applies is not held here, and it may add to this");
            self.gap();
        }
        for line in &outcome.unread {
            self.named(indent, "not held", &words::citation(self.law, &line.line));
            let instrument = &self.law[line.line.instrument];
            let texts = [instrument.title.as_deref(), unread_note(self.law, &line.line)];
            for text in texts.into_iter().flatten() {
                self.text(indent + 9, text);
            }
        }
        self.gap();
        if outcome.status == Status::Undetermined && !outcome.answers.is_empty() {
            self.line(indent, &self.guide("what is held says:"));
            self.gap();
            self.answers(head, &outcome.answers, indent + 2);
        }
    }

    /// Answers that add up, where too many sums are possible: each answer once, with its own condition.
    fn collected(&mut self, head: QuestionHead, depends: &Depends, indent: usize) {
        let mut each: Vec<&Deciding> = Vec::new();
        for deciding in depends.branches.iter().flat_map(|branch| &branch.outcome.answers) {
            if !each.iter().any(|known| known.line == deciding.line && known.answer == deciding.answer) {
                each.push(deciding);
            }
        }
        each.sort_by_key(|deciding| (deciding.answer.strength, deciding.line.id));
        self.line(indent, &self.guide("each of these, where its condition holds:"));
        self.gap();
        for deciding in each {
            self.answer(head, &deciding.answer, indent + 2);
            self.out.pop();
            self.named(indent + 4, "when", &words::condition(self.law, &self.law[deciding.line.line.condition]));
            self.named(indent + 4, "by", &words::citation(self.law, &deciding.line.line));
            self.gap();
        }
        if let Some(branch) = depends.branches.iter().find(|branch| branch.outcome.is_incomplete()) {
            self.unread(head, &branch.outcome, indent);
        }
    }

    fn depends(&mut self, head: QuestionHead, depends: &Depends, indent: usize) {
        self.line(indent, &self.doubtful("it depends"));
        for open in &depends.on {
            let title = match open {
                Open::Under => Some("what the request is made under"),
                Open::Fact(fact) => self.law[*fact].title.as_deref(),
            };
            let title = title.map(|title| format!(": {title}")).unwrap_or_default();
            self.text(indent + 2, &format!("on {}{title}", words::open(self.law, *open)));
        }
        let under = depends.on.contains(&Open::Under).then_some("`--under INSTRUMENT`");
        let facts = depends.on.iter().any(|open| *open != Open::Under).then_some("`--fact NAME=VALUE`");
        self.text(indent + 2, &format!("say what you know with {}", words::both(under.into_iter().chain(facts))));
        if !depends.complete {
            self.text(indent + 2, "there are too many circumstances to look at all of them: not every fact named here need matter, and not every answer is shown");
        }
        self.gap();
        if head.kind() == QuestionKind::Collected && depends.branches.len() > MOST_BRANCHES {
            self.collected(head, depends, indent);
            return;
        }
        for branch in depends.branches.iter().take(MOST_BRANCHES) {
            for (number, region) in branch.regions.iter().enumerate() {
                let tests = region.iter().map(|(open, values)| words::open_test(self.law, *open, values));
                let tests = tests.collect::<Vec<_>>().join(", and ");
                let tests = if tests.is_empty() { "in every other case".to_owned() } else { tests };
                self.named(indent, if number == 0 { "when" } else { "  or" }, &tests);
            }
            self.outcome(head, &branch.outcome, indent + 4);
        }
        if let Some(more) = depends.branches.len().checked_sub(MOST_BRANCHES).filter(|more| *more > 0) {
            let more = counted_as(more, "answer more", "answers more");
            let text = format!("and {more}, in other circumstances: give some of the facts; --format json shows all");
            let text = self.look.wrapped(&text, indent);
            self.line(indent, &self.strong(&text));
            self.gap();
        }
    }
}

/// How strongly an answer of the kind "who, which" speaks, before its alternatives.
fn strength_in_words(head: QuestionHead, strength: Strength) -> &'static str {
    let plural = matches!(head, QuestionHead::Languages(_));
    match strength {
        Strength::Shall if plural => "accepted:",
        Strength::Shall => "is",
        Strength::AsARule => "is as a rule",
        Strength::Should => "should be",
        Strength::May => "may be",
        Strength::Contact => "contact",
        Strength::NeedNot => "need not be",
        Strength::ShallNot => "shall not be",
    }
}

/// What a strength means where the word alone may mislead.
fn meaning(head: QuestionHead, strength: Strength) -> Option<&'static str> {
    match strength {
        Strength::Contact => Some("whom to ask, not whom to send to"),
        Strength::AsARule => Some("a default, from which a good reason lets one depart"),
        Strength::Should if head.kind() == QuestionKind::One => Some("advised, not prescribed"),
        _ => None,
    }
}
