//! Questions in the words of the law: what can be asked, and what a text is said not to answer.

use std::collections::BTreeSet;

use super::Context;
use super::names::{Found, Names, normal, shown, unknown_word};
use crate::finding::{Code, Finding};
use crate::law::{
    ActId, Answer, AnswerId, Bearer, CountryId, InstrumentId, Law, MatterId, Question, QuestionHead, QuestionId,
    QuestionPattern, Rule, Side, UnreadQuestions, UnreadText, Value, WordId, id_of,
};
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::words;

/// The question that is meant, in a matter. `authority to ACT` without a side means the only side for which some rule
/// answers it, and `criterion NAME` the only instrument that has it.
///
/// # Errors
/// A finding where a name is not known, no rule speaks of a word, or several questions could be meant.
#[expect(clippy::result_large_err, reason = "asked once a run, and a finding is what callers collect")]
pub fn question(law: &Law, matter: Option<MatterId>, question: &ast::Question<'_>) -> Result<QuestionHead, Finding> {
    let asked = Asked::of(law, &|answer| &law[answer]);
    let names = Names::of(law);
    let found = head(law, &names, &asked, matter, question).and_then(|head| {
        matter
            .map_or(Ok(()), |matter| of_matter(law, &names, &asked, Question { matter, head }, question.span))
            .map(|()| head)
    });
    found.map_err(|lost| lost.map_or_else(|| not_clear(question.span), |finding| *finding))
}

fn not_clear(span: Span) -> Finding {
    Finding::new(Code::UnknownName, span, "this question names something that is not declared in full")
}

/// What rules answer and texts are said to leave open.
pub(crate) struct Asked {
    heads: BTreeSet<Question>,
    criteria: BTreeSet<(WordId, InstrumentId)>,
    deadlines: BTreeSet<(WordId, Option<WordId>)>,
    maxima: BTreeSet<WordId>,
    conducts: BTreeSet<WordId>,
    bearers: BTreeSet<WordId>,
    /// What texts are said not to hold, or to be silent on, with the instruments that say it.
    left_open: Vec<(QuestionPattern, InstrumentId)>,
    offices: Vec<NamedOffice>,
}

/// A rule that names an authority.
struct NamedOffice {
    questions: Vec<Question>,
    country: CountryId,
    span: Span,
}

impl NamedOffice {
    fn of<'l>(law: &'l Law, rule: &Rule, answer: &dyn Fn(AnswerId) -> &'l Answer) -> Option<NamedOffice> {
        let mut values = rule.branches.iter().flat_map(|branch| &answer(branch.answer).values);
        let country = values.find_map(|value| match value {
            Value::Authority(id, _) => Some(law[*id].country),
            _ => None,
        })?;
        let questions = rule.questions.iter().map(|id| law[*id]).collect();
        Some(NamedOffice { questions, country, span: rule.span })
    }
}

impl Asked {
    /// Of a law whose rules are resolved; their answers may stand elsewhere as yet.
    pub(crate) fn of<'l>(law: &'l Law, answer: &dyn Fn(AnswerId) -> &'l Answer) -> Asked {
        let heads = law.rules.iter().flat_map(|rule| &rule.questions).map(|id| law[*id]);
        let mut asked = Asked {
            heads: heads.collect(),
            criteria: BTreeSet::new(),
            deadlines: BTreeSet::new(),
            maxima: BTreeSet::new(),
            conducts: BTreeSet::new(),
            bearers: BTreeSet::new(),
            left_open: Vec::new(),
            offices: law.rules.iter().filter_map(|rule| NamedOffice::of(law, rule, answer)).collect(),
        };
        let heads: Vec<_> = asked.heads.iter().map(|question| question.head).collect();
        for head in heads {
            asked.add(head);
        }
        for (id, instrument) in law.instruments() {
            for pattern in &instrument.silent_on {
                asked.add_pattern(id, *pattern);
            }
            asked.add_unread(id, &instrument.unread);
        }
        for provision in &law.provisions {
            asked.add_unread(provision.instrument, &provision.unread);
        }
        asked
    }

    fn add_unread(&mut self, instrument: InstrumentId, texts: &[UnreadText]) {
        for text in texts {
            if let UnreadQuestions::These(patterns) = &text.on {
                for pattern in patterns {
                    self.add_pattern(instrument, *pattern);
                }
            }
        }
    }

    fn add_pattern(&mut self, instrument: InstrumentId, pattern: QuestionPattern) {
        self.left_open.push((pattern, instrument));
        match pattern {
            QuestionPattern::Exactly(head) => self.add(head),
            QuestionPattern::Authority(_) => {}
            QuestionPattern::Criterion(name) => {
                self.criteria.insert((name, instrument));
            }
            QuestionPattern::Deadline(name) => {
                self.deadlines.insert((name, None));
            }
        }
    }

    fn add(&mut self, head: QuestionHead) {
        match head {
            QuestionHead::Criterion(name, instrument) => {
                self.criteria.insert((name, instrument));
            }
            QuestionHead::Deadline(name, party) => {
                self.deadlines.insert((name, party));
            }
            QuestionHead::Maximum(name) => {
                self.maxima.insert(name);
            }
            QuestionHead::Conduct(bearer, conduct) => {
                if let Bearer::Named(name) = bearer {
                    self.bearers.insert(name);
                }
                self.conducts.insert(conduct);
            }
            _ => {}
        }
    }

    /// Some rule answers the question.
    pub(crate) fn is_answered(&self, question: Question) -> bool {
        self.heads.contains(&question)
    }

    /// In its matter a rule answers the question, or a text is said to leave it open.
    fn is_of_matter(&self, law: &Law, question: Question) -> bool {
        self.is_answered(question)
            || self.left_open.iter().any(|(pattern, instrument)| {
                pattern.matches(question.head) && law[*instrument].governs.contains(&question.matter)
            })
    }

    /// The questions of the same kind that rules of the matter answer.
    fn neighbours(&self, question: Question) -> Vec<QuestionHead> {
        let kind = std::mem::discriminant(&question.head);
        let of_kind =
            |other: &&Question| other.matter == question.matter && std::mem::discriminant(&other.head) == kind;
        self.heads.iter().filter(of_kind).map(|other| other.head).collect()
    }

    /// A criterion of the instrument.
    pub(crate) fn criterion_of(&self, law: &Law, names: &Names, name: Name<'_>, of: InstrumentId) -> Found<WordId> {
        let own = self.criteria.iter().filter(|(_, instrument)| *instrument == of);
        word_among(law, names, name, own.map(|(word, _)| *word))
    }

    /// A conduct of which some rule speaks.
    pub(crate) fn conduct(&self, law: &Law, names: &Names, name: Name<'_>) -> Found<WordId> {
        word_among(law, names, name, self.conducts.iter().copied())
    }

    fn sides_of(&self, act: ActId, matter: Option<MatterId>) -> BTreeSet<Side> {
        let of_act = |question: &Question| match question.head {
            QuestionHead::Authority(known, side) if known == act => {
                matter.is_none_or(|matter| matter == question.matter).then_some(side)
            }
            _ => None,
        };
        self.heads.iter().filter_map(of_act).collect()
    }
}

/// Says of a question that no rule of its matter answers which one of its matter is nearest. Where the matter answers no
/// question of the kind at all there is none with which it could be confused: then a text that is not held may answer it.
pub(crate) fn of_matter(law: &Law, names: &Names, asked: &Asked, question: Question, span: Span) -> Found<()> {
    if asked.is_of_matter(law, question) {
        return Ok(());
    }
    if names.lost.may_answer(&words::question(law, question.head)) {
        return Err(None);
    }
    let neighbours = asked.neighbours(question);
    let Some(near) = nearest_question(law, question.head, &neighbours) else { return Ok(()) };
    let matter = &law[question.matter].name;
    let message = format!("no rule of `{matter}` answers `{}`", with_side(law, question.head));
    let mut finding = Finding::new(Code::UnknownName, span, message);
    let elsewhere = asked.heads.iter().filter(|other| other.head == question.head).map(|other| other.matter);
    let elsewhere: Vec<String> = elsewhere.map(|matter| format!("`{}`", law[matter].name)).collect();
    if !elsewhere.is_empty() {
        finding = finding.why(format!("it is a question of {}", words::both(elsewhere)));
    }
    let rest = neighbours.len() - 1;
    let rest = if rest == 0 { String::new() } else { format!(" (`{matter}` answers {rest} more of this kind)") };
    let open = "If a text leaves it open, say so there: `text partial on …` or `silent on …`";
    Err(Some(Box::new(finding.help(format!("did you mean `{}`?{rest} {open}", with_side(law, near))))))
}

/// The one of these that is worded most alike.
fn nearest_question(law: &Law, head: QuestionHead, among: &[QuestionHead]) -> Option<QuestionHead> {
    let wanted = with_side(law, head);
    let alike = |other: &QuestionHead| strsim::jaro_winkler(&wanted, &with_side(law, *other));
    // of equally near ones the first
    among.iter().rev().copied().max_by(|a, b| alike(a).total_cmp(&alike(b)))
}

/// A question in words, with the side whose authority it is about.
fn with_side(law: &Law, head: QuestionHead) -> String {
    let text = words::question(law, head);
    match head {
        QuestionHead::Authority(_, Side::Requesting) => format!("{text} from …"),
        _ => text,
    }
}

/// The question that is meant.
pub(crate) fn head(
    law: &Law,
    names: &Names,
    asked: &Asked,
    matter: Option<MatterId>,
    question: &ast::Question<'_>,
) -> Found<QuestionHead> {
    Ok(match &question.head {
        ast::QuestionHead::Authority { act, side } => {
            let id = names.act(*act)?;
            QuestionHead::Authority(id, authority_side(law, names, asked, matter, (*act, id), *side)?)
        }
        ast::QuestionHead::Languages(item) => QuestionHead::Languages(names.item(*item)?),
        ast::QuestionHead::PreferredLanguage(item) => QuestionHead::PreferredLanguage(names.item(*item)?),
        ast::QuestionHead::Channel => QuestionHead::Channel,
        ast::QuestionHead::Means => QuestionHead::Means,
        ast::QuestionHead::PreferredMeans => QuestionHead::PreferredMeans,
        ast::QuestionHead::Deadline { name, party } => deadline(law, names, asked, *name, *party)?,
        ast::QuestionHead::Maximum(name) => {
            QuestionHead::Maximum(word_among(law, names, *name, asked.maxima.iter().copied())?)
        }
        ast::QuestionHead::Criterion { name, instrument } => criterion(law, names, asked, *name, *instrument)?,
        ast::QuestionHead::CriteriaMode(act) => QuestionHead::CriteriaMode(names.act(*act)?),
        ast::QuestionHead::Basis(act) => QuestionHead::Basis(names.act(*act)?),
        ast::QuestionHead::Refuse(bearer) => QuestionHead::Refuse(one_side(*bearer, question.span)?),
        ast::QuestionHead::Conduct { bearer, conduct } => {
            let bearer = match bearer {
                ast::Bearer::Named(name) => {
                    Bearer::Named(word_among(law, names, *name, asked.bearers.iter().copied())?)
                }
                sides => Bearer::Authority(one_side(*sides, question.span)?),
            };
            QuestionHead::Conduct(bearer, word_among(law, names, *conduct, asked.conducts.iter().copied())?)
        }
    })
}

fn authority_side(
    law: &Law,
    names: &Names,
    asked: &Asked,
    matter: Option<MatterId>,
    (written, act): (Name<'_>, ActId),
    side: Option<ast::SideOf<'_>>,
) -> Found<Side> {
    if let Some(side) = side {
        names.country(side.country)?;
    }
    if matter.is_some_and(|matter| !law[matter].between_countries) {
        return Ok(Side::Requested);
    }
    if let Some(side) = side {
        return Ok(if side.requesting { Side::Requesting } else { Side::Requested });
    }
    let sides = asked.sides_of(act, matter);
    if sides.len() > 1 {
        return Err(Some(Box::new(both_sides(law, asked, matter, (written, act)))));
    }
    Ok(sides.first().copied().unwrap_or(Side::Requested))
}

/// What to say where the authorities of both countries do an act and the question does not say whose is meant. Where one
/// rule alone is of the one side, and its country has none on the other, the fault is in the rule.
fn both_sides(law: &Law, asked: &Asked, matter: Option<MatterId>, (written, act): (Name<'_>, ActId)) -> Finding {
    let act_name = shown(written.text);
    let of_side = |side: Side| -> Vec<(Span, CountryId)> {
        let answers = |named: &&NamedOffice| {
            let is_of_matter = |one: &Question| matter.is_none_or(|matter| matter == one.matter);
            named.questions.iter().any(|one| is_of_matter(one) && one.head == QuestionHead::Authority(act, side))
        };
        asked.offices.iter().filter(answers).map(|named| (named.span, named.country)).collect()
    };
    let sides = [(Side::Requesting, of_side(Side::Requesting)), (Side::Requested, of_side(Side::Requested))];
    let add = "add `from` and the requesting country, or `in` and the requested country";
    for (one, other) in [(0, 1), (1, 0)] {
        let (side, lone) = &sides[one];
        let ([(span, country)], others) = (lone.as_slice(), &sides[other].1) else { continue };
        if others.len() < 2 || others.iter().any(|(_, of)| of == country) {
            continue;
        }
        let country = &law[*country].name;
        let (is, are, from) = match side {
            Side::Requested => ("requested", "requesting", "from"),
            Side::Requesting => ("requesting", "requested", "in"),
        };
        let message = format!("this names an authority to {act_name} of the {is} country");
        // said once, however many questions it spoils
        let finding = Finding::new(Code::WrongCountry, *span, message)
            .why(format!("every other authority to {act_name} is one of the {are} country"));
        return finding.help(format!(
            "did you mean `{from} {country}`? If authorities of both countries do this, say in each question whose is meant: {add}"
        ));
    }
    let message = format!("both countries have an authority to {act_name}");
    let finding = Finding::new(Code::AmbiguousName, written.span, message).help(add);
    let first = |place: usize| sides[place].1.first().map(|(span, _)| *span);
    match (first(0), first(1)) {
        (Some(requesting), Some(requested)) => finding
            .other(requesting, "this one is of the requesting country")
            .other(requested, "this one is of the requested country"),
        _ => finding,
    }
}

fn one_side(bearer: ast::Bearer<'_>, span: Span) -> Found<Side> {
    match bearer {
        ast::Bearer::Requesting => Ok(Side::Requesting),
        ast::Bearer::Requested => Ok(Side::Requested),
        ast::Bearer::Named(name) => Err(Some(Box::new(no_refusal(name)))),
        ast::Bearer::Either => {
            let finding = Finding::new(Code::AmbiguousName, span, "a question is about the authority of one side");
            Err(Some(Box::new(finding.help("ask for the `requesting authority` or for the `requested authority`"))))
        }
    }
}

/// Requests are refused by the authority of a side.
pub(crate) fn no_refusal(name: Name<'_>) -> Finding {
    let message = format!("`the {}` refuses no request", shown(name.text));
    Finding::new(Code::WrongStatement, name.span, message).help("write `requested authority` or `requesting authority`")
}

/// A word, if it is among those of its role.
fn word_among(law: &Law, names: &Names, name: Name<'_>, role: impl Iterator<Item = WordId>) -> Found<WordId> {
    let wanted = normal(name.text);
    let role: Vec<WordId> = role.collect();
    if let Some(id) = role.iter().find(|id| law[**id].text == *wanted) {
        return Ok(*id);
    }
    if names.lost.may_speak_of(&wanted) {
        return Err(None);
    }
    let near = names.near(&wanted, role.len(), role.iter().map(|id| law[*id].text.as_str()));
    Err(Some(Box::new(unknown_word(name, near))))
}

fn deadline(law: &Law, names: &Names, asked: &Asked, name: Name<'_>, party: Option<Name<'_>>) -> Found<QuestionHead> {
    let word = word_among(law, names, name, asked.deadlines.iter().map(|(word, _)| *word))?;
    let parties: BTreeSet<_> = asked.deadlines.iter().filter(|(known, _)| *known == word).map(|(_, of)| *of).collect();
    let Some(party) = party else {
        // Nobody is named: for all, or for the only one for whom the law has it.
        let mut each = parties.iter().copied();
        return match (parties.contains(&None), each.next(), each.next()) {
            (true, ..) | (false, None, _) => Ok(QuestionHead::Deadline(word, None)),
            (false, Some(only), None) => Ok(QuestionHead::Deadline(word, only)),
            (false, ..) => {
                let list: Vec<_> = parties.iter().flatten().map(|id| format!("`for {}`", law[*id].text)).collect();
                let message = format!("`{}` is a deadline of several", shown(name.text));
                let finding = Finding::new(Code::AmbiguousName, name.span, message);
                Err(Some(Box::new(finding.help(format!("add {}", list.join(" or "))))))
            }
        };
    };
    // A text that leaves the deadline open may leave it open for anybody.
    let every = asked.deadlines.iter().filter_map(|(_, of)| *of);
    let of = if parties.contains(&None) { names.word(party) } else { word_among(law, names, party, every) }?;
    Ok(QuestionHead::Deadline(word, Some(of)))
}

fn criterion(
    law: &Law,
    names: &Names,
    asked: &Asked,
    name: Name<'_>,
    instrument: Option<Name<'_>>,
) -> Found<QuestionHead> {
    let of = instrument.map(|instrument| names.instrument(instrument)).transpose()?;
    let fitting = asked.criteria.iter().filter(|(_, known)| of.is_none_or(|of| of == *known));
    let word = word_among(law, names, name, fitting.map(|(word, _)| *word))?;
    let mut having = asked.criteria.iter().filter(|(known, _)| *known == word).map(|(_, instrument)| *instrument);
    match (of, having.next(), having.next()) {
        (Some(of), ..) => Ok(QuestionHead::Criterion(word, of)),
        (None, Some(only), None) => Ok(QuestionHead::Criterion(word, only)),
        (None, first, second) => {
            let list: Vec<_> =
                first.into_iter().chain(second).chain(having).map(|id| format!("`of {}`", law[id].name)).collect();
            let message = format!("several instruments have a criterion `{}`", shown(name.text));
            let finding = Finding::new(Code::AmbiguousName, name.span, message);
            Err(Some(Box::new(finding.help(format!("add {}", list.join(" or "))))))
        }
    }
}

/// The questions that a text is said not to answer, or not to hold.
pub(crate) fn patterns(
    cx: &mut Context,
    instrument: Option<InstrumentId>,
    question: &ast::Question<'_>,
) -> Vec<QuestionPattern> {
    let found = try_patterns(cx, instrument, question);
    cx.take(found).unwrap_or_default()
}

fn try_patterns(
    cx: &mut Context,
    speaking: Option<InstrumentId>,
    question: &ast::Question<'_>,
) -> Found<Vec<QuestionPattern>> {
    let names = &cx.names;
    let exactly = |head| vec![QuestionPattern::Exactly(head)];
    Ok(match &question.head {
        ast::QuestionHead::Authority { act, side: None } => vec![QuestionPattern::Authority(names.act(*act)?)],
        ast::QuestionHead::Authority { side: Some(side), .. } => {
            let finding = Finding::new(Code::WrongStatement, side.country.span, "this is said for every country alike");
            return Err(Some(Box::new(finding.help("leave the country out"))));
        }
        ast::QuestionHead::Languages(item) => exactly(QuestionHead::Languages(names.item(*item)?)),
        ast::QuestionHead::PreferredLanguage(item) => exactly(QuestionHead::PreferredLanguage(names.item(*item)?)),
        ast::QuestionHead::Channel => exactly(QuestionHead::Channel),
        ast::QuestionHead::Means => exactly(QuestionHead::Means),
        ast::QuestionHead::PreferredMeans => exactly(QuestionHead::PreferredMeans),
        ast::QuestionHead::Deadline { name, party: None } => vec![QuestionPattern::Deadline(names.word(*name)?)],
        ast::QuestionHead::Deadline { name, party: Some(party) } => {
            exactly(QuestionHead::Deadline(names.word(*name)?, Some(names.word(*party)?)))
        }
        ast::QuestionHead::Maximum(name) => exactly(QuestionHead::Maximum(names.word(*name)?)),
        ast::QuestionHead::Criterion { name, instrument } => {
            let word = names.word(*name)?;
            match (instrument, speaking) {
                (Some(of), _) => exactly(QuestionHead::Criterion(word, names.instrument(*of)?)),
                (None, Some(speaking)) => exactly(QuestionHead::Criterion(word, speaking)),
                (None, None) => vec![QuestionPattern::Criterion(word)],
            }
        }
        ast::QuestionHead::CriteriaMode(act) => exactly(QuestionHead::CriteriaMode(names.act(*act)?)),
        ast::QuestionHead::Basis(act) => exactly(QuestionHead::Basis(names.act(*act)?)),
        ast::QuestionHead::Refuse(ast::Bearer::Named(name)) => return Err(Some(Box::new(no_refusal(*name)))),
        ast::QuestionHead::Refuse(bearer) => {
            sides(*bearer).iter().map(|side| QuestionPattern::Exactly(QuestionHead::Refuse(*side))).collect()
        }
        ast::QuestionHead::Conduct { bearer, conduct } => {
            let word = names.word(*conduct)?;
            let of = |bearer: Bearer| QuestionPattern::Exactly(QuestionHead::Conduct(bearer, word));
            bearers(names, *bearer)?.into_iter().map(of).collect()
        }
    })
}

/// Everybody who is meant by what is written.
pub(crate) fn bearers(names: &Names, bearer: ast::Bearer<'_>) -> Found<Vec<Bearer>> {
    match bearer {
        ast::Bearer::Named(name) => Ok(vec![Bearer::Named(names.word(name)?)]),
        of_sides => Ok(sides(of_sides).iter().map(|side| Bearer::Authority(*side)).collect()),
    }
}

/// The sides whose authority is meant.
pub(crate) fn sides(bearer: ast::Bearer<'_>) -> &'static [Side] {
    match bearer {
        ast::Bearer::Requesting => &[Side::Requesting],
        ast::Bearer::Requested => &[Side::Requested],
        ast::Bearer::Either => &[Side::Requesting, Side::Requested],
        ast::Bearer::Named(_) => &[],
    }
}

/// Sorts the table of questions, which was filled in the order in which they came up.
pub(crate) fn put_in_order(law: &mut Law) {
    let mut sorted = law.questions.clone();
    sorted.sort_unstable();
    let place_of = |id: QuestionId, law: &Law| {
        let place = sorted.partition_point(|question| *question < law[id]);
        QuestionId(id_of(place))
    };
    let renamed: Vec<QuestionId> = law.questions().map(|(id, _)| place_of(id, law)).collect();
    for rule in &mut law.rules {
        for id in &mut rule.questions {
            *id = renamed[id.index()];
        }
        rule.questions.sort_unstable();
    }
    for line in &mut law.lines {
        line.question = renamed[line.question.index()];
    }
    law.questions = sorted;
}
