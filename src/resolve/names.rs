//! Names and what they stand for.
//!
//! One table for all kinds: a name is declared once, whatever it is, so that no reader has to ask which `Norway` is meant.
//! Names are compared in composed Unicode form (NFC). Beside them stand the offices, which are names of their country,
//! and the words that are used without being declared.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::lost::Lost;
use super::near::{Near, nearest};
use crate::finding::{Code, Finding};
use crate::law::{
    ActId, AuthorityId, CountryId, EventId, FactId, FactKind, InstrumentId, ItemId, LanguageId, Law, MatterId, PlaceId,
    SourceId, WordId,
};
use crate::source::Span;
use crate::syntax::ast::{Name, Qualified, Text};

/// What was looked for; `Err(None)` where it is missing for a reason that is already reported.
pub(crate) type Found<T> = Result<T, Option<Box<Finding>>>;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Country(CountryId),
    Language(LanguageId),
    Group(usize),
    Matter(MatterId),
    Act(ActId),
    Item(ItemId),
    Event(EventId),
    Fact(FactId),
    Place(PlaceId),
    Source(SourceId),
    Instrument(InstrumentId),
    /// Declared, and the declaration is broken.
    Broken,
}

impl Meaning {
    fn kind(self) -> &'static str {
        match self {
            Meaning::Country(_) => "a country",
            Meaning::Language(_) => "a language",
            Meaning::Group(_) => "a group of countries",
            Meaning::Matter(_) => "a matter",
            Meaning::Act(_) => "an act",
            Meaning::Item(_) => "an item",
            Meaning::Event(_) => "an event",
            Meaning::Fact(_) => "a fact",
            Meaning::Place(_) => "a place",
            Meaning::Source(_) => "a source",
            Meaning::Instrument(_) => "an instrument",
            Meaning::Broken => "a name whose declaration is not in order",
        }
    }
}

/// What is needed where a name stands: in words, and how such a thing is declared.
struct Need {
    kind: &'static str,
    example: &'static str,
}

#[derive(Clone, Debug)]
struct Entry {
    meaning: Meaning,
    /// None where the table was made from a law: then nothing points to it.
    span: Option<Span>,
}

/// All names of a body of law.
#[derive(Debug)]
pub(crate) struct Names {
    entries: FxHashMap<String, Entry>,
    offices: BTreeMap<CountryId, BTreeMap<String, AuthorityId>>,
    /// By code, with the name.
    countries_by_code: BTreeMap<String, (CountryId, String)>,
    languages_by_code: BTreeMap<String, (LanguageId, String)>,
    words: BTreeMap<String, WordId>,
    /// Of each fact the places of its choices, where it has some.
    choices: FxHashMap<FactId, FxHashMap<String, u32>>,
    /// The variable of an assertion, and the country for which it stands.
    pub(crate) variable: Option<(String, CountryId)>,
    comparisons_left: Cell<usize>,
    pub(crate) lost: Lost,
}

impl Default for Names {
    fn default() -> Self {
        Names {
            entries: FxHashMap::default(),
            offices: BTreeMap::new(),
            countries_by_code: BTreeMap::new(),
            languages_by_code: BTreeMap::new(),
            words: BTreeMap::new(),
            choices: FxHashMap::default(),
            variable: None,
            // A file of nothing but unknown names must not take time that grows with its square.
            comparisons_left: Cell::new(2_000_000),
            lost: Lost::default(),
        }
    }
}

impl Names {
    /// The names of a law that is resolved. Groups are no part of it any more.
    pub(crate) fn of(law: &Law) -> Names {
        let mut names = Names::default();
        let mut add = |name: &String, meaning| {
            names.entries.insert(name.clone(), Entry { meaning, span: None });
        };
        law.countries().for_each(|(id, row)| add(&row.name, Meaning::Country(id)));
        law.languages().for_each(|(id, row)| add(&row.name, Meaning::Language(id)));
        law.matters().for_each(|(id, row)| add(&row.name, Meaning::Matter(id)));
        law.acts().for_each(|(id, row)| add(&row.name, Meaning::Act(id)));
        law.items().for_each(|(id, row)| add(&row.name, Meaning::Item(id)));
        law.events().for_each(|(id, row)| add(&row.name, Meaning::Event(id)));
        law.facts().for_each(|(id, row)| add(&row.name, Meaning::Fact(id)));
        law.places().for_each(|(id, row)| add(&row.name, Meaning::Place(id)));
        law.sources().for_each(|(id, row)| add(&row.name, Meaning::Source(id)));
        law.instruments().for_each(|(id, row)| add(&row.name, Meaning::Instrument(id)));
        law.countries().for_each(|(id, row)| names.set_country_code(&row.code, id, &row.name));
        law.languages().for_each(|(id, row)| names.set_language_code(&row.code, id, &row.name));
        law.authorities().for_each(|(id, row)| names.set_office(row.country, row.office.clone(), id));
        law.words().for_each(|(id, row)| names.set_word(row.text.clone(), id));
        law.facts().for_each(|(id, row)| names.set_choices(id, &row.kind));
        names
    }

    /// The names that are declared, in their order, with where.
    pub(crate) fn declared(&self) -> Vec<(&String, Span)> {
        let declared = self.entries.iter().filter_map(|(name, entry)| Some((name, entry.span?)));
        let mut declared: Vec<_> = declared.collect();
        declared.sort_unstable();
        declared
    }

    /// Takes a name for a declaration; the earlier place if it is taken already.
    pub(crate) fn claim(&mut self, name: Name<'_>) -> Result<(), Option<Span>> {
        match self.entries.entry(normal(name.text).into_owned()) {
            std::collections::hash_map::Entry::Occupied(entry) => Err(entry.get().span),
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(Entry { meaning: Meaning::Broken, span: Some(name.span) });
                Ok(())
            }
        }
    }

    /// Says what a claimed name stands for.
    pub(crate) fn set(&mut self, name: Name<'_>, meaning: Meaning) {
        if let Some(entry) = self.entries.get_mut(&*normal(name.text)) {
            entry.meaning = meaning;
        }
    }

    pub(crate) fn set_office(&mut self, country: CountryId, office: String, id: AuthorityId) {
        self.offices.entry(country).or_default().insert(office, id);
    }

    /// Notes the choices of a fact.
    pub(crate) fn set_choices(&mut self, fact: FactId, kind: &FactKind) {
        if let FactKind::OneOf(choices) = kind {
            let places = self.choices.entry(fact).or_default();
            for (choice, place) in choices.iter().zip(0..) {
                // Of two that are alike the first counts.
                places.entry(choice.clone()).or_insert(place);
            }
        }
    }

    /// The place of a choice among those of its fact.
    pub(crate) fn choice(&self, fact: FactId, choice: &str) -> Option<u32> {
        self.choices.get(&fact)?.get(choice).copied()
    }

    pub(crate) fn set_word(&mut self, word: String, id: WordId) {
        self.words.insert(word, id);
    }

    pub(crate) fn set_country_code(&mut self, code: &str, id: CountryId, name: &str) {
        self.countries_by_code.entry(code.to_owned()).or_insert_with(|| (id, name.to_owned()));
    }

    pub(crate) fn set_language_code(&mut self, code: &str, id: LanguageId, name: &str) {
        self.languages_by_code.entry(code.to_owned()).or_insert_with(|| (id, name.to_owned()));
    }

    /// What the name stands for, and where it is declared.
    pub(crate) fn get(&self, name: &str) -> Option<(Meaning, Option<Span>)> {
        self.entries.get(&*normal(name)).map(|entry| (entry.meaning, entry.span))
    }

    pub(crate) fn country(&self, name: Name<'_>) -> Found<CountryId> {
        if let Some((variable, country)) = &self.variable
            && *variable == normal(name.text)
        {
            return Ok(*country);
        }
        let need = Need { kind: "a country", example: "country Norway (NO)" };
        self.find(name, &need, |meaning| if let Meaning::Country(id) = meaning { Some(id) } else { None })
            .map_err(|lost| explain_code(lost, name, &self.countries_by_code))
    }

    pub(crate) fn language(&self, name: Name<'_>) -> Found<LanguageId> {
        let need = Need { kind: "a language", example: "language Norwegian (no)" };
        self.find(name, &need, |meaning| if let Meaning::Language(id) = meaning { Some(id) } else { None })
            .map_err(|lost| explain_code(lost, name, &self.languages_by_code))
    }

    pub(crate) fn country_by_code(&self, code: &str) -> Option<CountryId> {
        self.countries_by_code.get(&code.to_uppercase()).map(|(id, _)| *id)
    }

    pub(crate) fn language_by_code(&self, code: &str) -> Option<LanguageId> {
        self.languages_by_code.get(code).map(|(id, _)| *id)
    }

    pub(crate) fn matter(&self, name: Name<'_>) -> Found<MatterId> {
        let need = Need { kind: "a matter", example: "matter transfer \"…\" between countries" };
        self.find(name, &need, |meaning| if let Meaning::Matter(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn act(&self, name: Name<'_>) -> Found<ActId> {
        let need = Need { kind: "an act", example: "act send \"issues the request\"" };
        self.find(name, &need, |meaning| if let Meaning::Act(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn item(&self, name: Name<'_>) -> Found<ItemId> {
        let need = Need { kind: "an item", example: "item documents \"the enclosed documents\"" };
        self.find(name, &need, |meaning| if let Meaning::Item(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn event(&self, name: Name<'_>) -> Found<EventId> {
        let need = Need { kind: "an event", example: "event judgment-delivered \"the judgment is delivered\"" };
        self.find(name, &need, |meaning| if let Meaning::Event(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn fact(&self, name: Name<'_>) -> Found<FactId> {
        let need = Need { kind: "a fact", example: "fact suspect-resides : yes or no" };
        self.find(name, &need, |meaning| if let Meaning::Fact(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn place(&self, name: Name<'_>) -> Found<PlaceId> {
        let need = Need { kind: "a place", example: "place aland \"Åland\" in Finland" };
        self.find(name, &need, |meaning| if let Meaning::Place(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn source(&self, name: Name<'_>) -> Found<SourceId> {
        let need = Need { kind: "a source", example: "source rigsadvokaten-2025 { title \"…\" }" };
        self.find(name, &need, |meaning| if let Meaning::Source(id) = meaning { Some(id) } else { None })
    }

    pub(crate) fn instrument(&self, name: Name<'_>) -> Found<InstrumentId> {
        let need = Need { kind: "an instrument", example: "instrument transfer-convention-1972 \"…\" { … }" };
        self.find(name, &need, |meaning| if let Meaning::Instrument(id) = meaning { Some(id) } else { None })
    }

    /// A country or a group of countries.
    pub(crate) fn countries(&self, name: Name<'_>) -> Found<Meaning> {
        if self.variable.as_ref().is_some_and(|(variable, _)| *variable == normal(name.text)) {
            return self.country(name).map(Meaning::Country);
        }
        let need = Need { kind: "a country or a group", example: "country Norway (NO)" };
        self.find(name, &need, |meaning| matches!(meaning, Meaning::Country(_) | Meaning::Group(_)).then_some(meaning))
            .map_err(|lost| explain_code(lost, name, &self.countries_by_code))
    }

    /// A fact of any kind, a place, or an instrument: what can stand first in a test.
    pub(crate) fn subject(&self, name: Name<'_>) -> Found<Meaning> {
        let need = Need { kind: "a fact", example: "fact suspect-resides : yes or no" };
        self.find(name, &need, |meaning| {
            matches!(meaning, Meaning::Fact(_) | Meaning::Instrument(_)).then_some(meaning)
        })
    }

    /// A fact or a place: what can stand after the `of` of an authority.
    pub(crate) fn place_or_fact(&self, name: Name<'_>) -> Found<Meaning> {
        let need = Need { kind: "a fact of kind place, or a place", example: "fact residence-district : place" };
        self.find(name, &need, |meaning| matches!(meaning, Meaning::Fact(_) | Meaning::Place(_)).then_some(meaning))
    }

    /// Anything that is declared.
    pub(crate) fn anything(&self, name: Name<'_>) -> Found<Meaning> {
        let need = Need { kind: "something that is declared", example: "fact suspect-resides : yes or no" };
        self.find(name, &need, Some)
    }

    pub(crate) fn authority(&self, name: Qualified<'_>) -> Found<AuthorityId> {
        let country = self.country(name.country)?;
        let office = normal(name.office.text);
        let of_country = self.offices.get(&country);
        if let Some(id) = of_country.and_then(|offices| offices.get(&*office)) {
            return Ok(*id);
        }
        if self.lost.may_declare(&office) {
            return Err(None);
        }
        let span = name.country.span.to(name.office.span);
        let finding = Finding::new(
            Code::UnknownName,
            span,
            format!("there is no authority `{}.{}`", shown(name.country.text), shown(&office)),
        );
        let known = of_country.into_iter().flatten().map(|(office, _)| office.as_str());
        let all = self.offices.values().map(BTreeMap::len).sum();
        Err(Some(Box::new(match self.near(&office, all, known) {
            Some(near) => {
                let meant = format!("{}.{}", name.country.text, near.name);
                near.ask(finding, &meant, name.office.span)
            }
            None => finding.help(format!(
                "declare it, as in `authority {}.{} \"…\"`",
                shown(name.country.text),
                shown(&office)
            )),
        })))
    }

    /// What to say of a plain name where an authority is needed.
    pub(crate) fn office_without_country(&self, name: Name<'_>) -> Finding {
        let office = normal(name.text);
        let finding = Finding::new(
            Code::OfficeWithoutCountry,
            name.span,
            format!("`{}` does not say of which country it is an authority", shown(name.text)),
        )
        .why("offices of one name exist in several countries");
        let country = self.offices.iter().find(|(_, known)| known.contains_key(&*office)).map(|(country, _)| *country);
        let country = country.and_then(|country| self.name_of(Meaning::Country(country)));
        finding.help(format!("write `{}.{}`", country.unwrap_or("Norway"), shown(name.text)))
    }

    /// A word that some rule uses.
    pub(crate) fn word(&self, name: Name<'_>) -> Found<WordId> {
        let word = normal(name.text);
        self.words.get(&*word).copied().ok_or_else(|| {
            if self.lost.may_speak_of(&word) {
                return None;
            }
            let near = self.near(&word, self.words.len(), self.words.keys().map(String::as_str));
            Some(Box::new(unknown_word(name, near)))
        })
    }

    /// The nearest of some names, as long as the work for all suggestions together stays small. `of` is the number of
    /// names that are gone through for it.
    pub(crate) fn near<'n>(&self, wanted: &str, of: usize, names: impl Iterator<Item = &'n str>) -> Option<Near<'n>> {
        let left = self.comparisons_left.get().checked_sub(of)?;
        self.comparisons_left.set(left);
        nearest(wanted, names)
    }

    fn find<T>(&self, name: Name<'_>, need: &Need, pick: impl Fn(Meaning) -> Option<T>) -> Found<T> {
        let text = normal(name.text);
        let Some(entry) = self.entries.get(&*text) else {
            if self.lost.may_declare(&text) {
                return Err(None);
            }
            let fitting = self.entries.iter().filter(|(_, entry)| pick(entry.meaning).is_some());
            let fitting = fitting.map(|(known, _)| known.as_str());
            let finding = Finding::new(Code::UnknownName, name.span, format!("`{}` is not declared", shown(name.text)));
            return Err(Some(Box::new(match self.near(&text, self.entries.len(), fitting) {
                Some(near) => near.ask(finding, near.name, name.span),
                None => finding.help(format!("{} is needed here, declared as in `{}`", need.kind, need.example)),
            })));
        };
        if entry.meaning == Meaning::Broken {
            return Err(None);
        }
        pick(entry.meaning).ok_or_else(|| {
            let message =
                format!("`{}` is {}, and {} is needed here", shown(name.text), entry.meaning.kind(), need.kind);
            let finding = Finding::new(Code::WrongKind, name.span, message);
            Some(Box::new(match entry.span {
                Some(span) => finding.other(span, "declared here"),
                None => finding,
            }))
        })
    }

    fn name_of(&self, meaning: Meaning) -> Option<&str> {
        self.entries.iter().find(|(_, entry)| entry.meaning == meaning).map(|(name, _)| name.as_str())
    }
}

/// A code where the files want the name: says so instead of guessing.
fn explain_code<T>(
    lost: Option<Box<Finding>>,
    name: Name<'_>,
    codes: &BTreeMap<String, (T, String)>,
) -> Option<Box<Finding>> {
    let mut finding = lost?;
    let spellings = [name.text, &name.text.to_uppercase(), &name.text.to_lowercase()].map(|code| codes.get(code));
    if let Some((_, known)) = spellings.into_iter().flatten().next()
        && finding.code == Code::UnknownName
    {
        finding.help = Some(format!("write the name: `{known}`"));
        finding.fix = None;
    }
    Some(finding)
}

/// What to say of a word that no rule uses.
pub(crate) fn unknown_word(name: Name<'_>, near: Option<Near<'_>>) -> Finding {
    let finding = Finding::new(Code::UnknownName, name.span, format!("no rule speaks of `{}`", shown(name.text)));
    match near {
        Some(near) => near.ask_only(finding),
        None => finding.help("a word that no rule uses can have no answer: write the word as the rules do"),
    }
}

/// A name in the composed form in which names are compared.
pub(crate) fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// A citation in the form in which citations are compared: composed, with single spaces.
pub(crate) fn citation(text: &Text<'_>) -> String {
    let bytes = text.value.as_bytes();
    let is_graphic = |byte: &u8| byte.is_ascii_graphic();
    // Most are as they are compared: words of ASCII with single spaces between them.
    if bytes.split(|byte| *byte == b' ').all(|word| !word.is_empty() && word.iter().all(is_graphic)) {
        return text.value.to_string();
    }
    normal(&text.value).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a quoted text.
pub(crate) fn said(text: &Text<'_>) -> String {
    text.value.clone().into_owned()
}

/// A name as a message shows it: not longer than a line.
pub(crate) fn shown(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(60) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(normal("A\u{30a}land"), "Åland");
    }
}
