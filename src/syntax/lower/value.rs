//! What rules answer, and how strongly: the same words in rules, tests and assertions.

use super::super::ast::{
    AuthorityValue, Condition, Duration, Limit, Moved, Name, PlaceTerm, Start, Strength, Text, Value,
};
use super::{Lower, Pair, Rule};

/// The parts of a value, gathered while the parts of a branch go by.
#[derive(Default)]
pub(super) struct ValueParts<'s> {
    pub(super) strength: Option<Strength>,
    value: Option<Value<'s>>,
    duration: Option<Duration<'s>>,
    start: Option<Start<'s>>,
    moved: Option<Moved>,
    longer_when: Option<Box<Condition<'s>>>,
    conduct: Option<Name<'s>>,
    ground: bool,
    citation: Option<Text<'s>>,
    limit: Option<Limit<'s>>,
}

/// What a strength is called in the tree; none for a rule that is no strength.
pub(super) fn strength(rule: Rule) -> Option<Strength> {
    Some(match rule {
        Rule::k_is | Rule::k_are | Rule::k_shall | Rule::k_shall_be => Strength::Shall,
        Rule::k_shall_as_a_rule | Rule::k_shall_as_a_rule_be => Strength::AsARule,
        Rule::k_should | Rule::k_should_be => Strength::Should,
        Rule::k_may | Rule::k_may_be => Strength::May,
        Rule::k_contact => Strength::Contact,
        Rule::k_need_not => Strength::NeedNot,
        Rule::k_shall_not | Rule::k_shall_not_be | Rule::k_is_not => Strength::ShallNot,
        _ => return None,
    })
}

impl<'s> ValueParts<'s> {
    /// Takes a part of a branch if it belongs to the value, and hands it back if it does not.
    pub(super) fn take<'t>(&mut self, lower: &mut Lower<'s>, pair: Pair<'t, 's>) -> Option<Pair<'t, 's>> {
        if let Some(strength) = strength(pair.as_rule()) {
            self.strength = Some(strength);
            return None;
        }
        match pair.as_rule() {
            Rule::authority_value => {
                let authority = lower.authority_value(pair);
                if let Some(Value::Authorities(list)) = &mut self.value {
                    list.push(authority);
                } else {
                    self.value = Some(Value::Authorities(vec![authority]));
                }
            }
            Rule::reference => {
                let reference = lower.reference(pair);
                if let Some(Value::References(list)) = &mut self.value {
                    list.push(reference);
                } else {
                    self.value = Some(Value::References(vec![reference]));
                }
            }
            Rule::names => self.value = Some(Value::Words(lower.words(pair))),
            Rule::k_any => self.value = Some(Value::Any(lower.span(pair.as_str()))),
            Rule::criteria_mode => self.value = Some(Value::Mode(lower.name(&pair))),
            Rule::k_refuse => self.value = Some(Value::Refuse),
            Rule::duration => self.duration = Some(lower.duration(pair)),
            Rule::starting => self.start = Some(lower.starting(pair)),
            Rule::moved => self.moved = Some(moved(&pair)),
            Rule::condition => self.longer_when = Some(Box::new(lower.condition(pair))),
            Rule::k_on_ground => self.ground = true,
            Rule::name => self.conduct = Some(lower.word(&pair)),
            Rule::text => self.citation = Some(lower.quoted(&pair)),
            Rule::limit => self.limit = Some(lower.limit(pair)),
            Rule::comma | Rule::k_or | Rule::k_and | Rule::k_longer | Rule::k_when => {}
            _ => return Some(pair),
        }
        None
    }

    /// The value, if there is one. A duration is that of a deadline or of a maximum.
    pub(super) fn finish(self, maximum: bool) -> Option<Value<'s>> {
        match (self.duration, self.conduct) {
            (Some(duration), _) if maximum => Some(Value::Maximum { duration, longer_when: self.longer_when }),
            (Some(duration), _) => Some(Value::Deadline { duration, from: self.start, moved: self.moved }),
            (None, Some(name)) if self.ground => Some(Value::Ground { name, citation: self.citation }),
            (None, Some(name)) => Some(Value::Conduct { name, limit: self.limit }),
            (None, None) => self.value,
        }
    }

    /// What is done, in a rule of conduct that is no refusal.
    pub(super) fn conduct(&self) -> Option<Name<'s>> {
        self.conduct.filter(|_| !self.ground)
    }
}

fn moved(pair: &Pair<'_, '_>) -> Moved {
    let same_hour = pair.into_inner().any(|part| part.as_rule() == Rule::moved_same_hour);
    if same_hour { Moved::SameHourOfNextWeekday } else { Moved::NextWeekday }
}

impl<'s> Lower<'s> {
    fn authority_value(&mut self, pair: Pair<'_, 's>) -> AuthorityValue<'s> {
        let span = self.span(pair.as_str());
        let mut parts = pair.into_inner();
        let authority = self.qualified(&parts.next().expect("it names an office"));
        let places = parts.filter(|part| part.as_rule() == Rule::place_term).map(|place| {
            let place = place.into_inner().next().expect("a place is named");
            match place.as_rule() {
                Rule::text => PlaceTerm::Text(self.quoted(&place)),
                _ => PlaceTerm::Name(self.name(&place)),
            }
        });
        AuthorityValue { authority, places: places.collect(), span }
    }

    fn starting(&mut self, pair: Pair<'_, 's>) -> Start<'s> {
        let from = pair.into_inner().nth(1).expect("it names a start");
        match from.as_rule() {
            Rule::text => Start::NotHeld(self.quoted(&from)),
            _ => Start::Event(self.name(&from)),
        }
    }

    fn limit(&mut self, pair: Pair<'_, 's>) -> Limit<'s> {
        let mut parts = pair.into_inner();
        let first = parts.next().expect("a limit says something");
        if first.as_rule() == Rule::limit_words {
            return Limit::Words(self.name(&first));
        }
        let next = parts.next().expect("something follows `within` and `before`");
        if first.as_rule() == Rule::k_before {
            return Limit::Before(self.name(&next));
        }
        Limit::Within { duration: self.duration(next), from: parts.next().map(|from| self.starting(from)) }
    }
}
