//! The rows behind the names: countries, languages, matters, facts, places, authorities, sources.

use std::collections::BTreeMap;

use super::Context;
use super::codes;
use super::declare::Declarations;
use super::names::{Meaning, normal, said, shown};
use super::near::nearest;
use super::passages;
use super::twice;
use crate::finding::{Code, Finding};
use crate::law::{
    Authority, AuthorityId, Contact, Country, CountryId, Fact, FactId, FactKind, Language, LanguageId, Matter, Place,
    PlaceId, PlaceOffice, Source, Titled, Unit, id_of,
};
use crate::source::Span;
use crate::syntax::ast::{self, ContactLine, Name, SourceLine, Text};

/// Fills the tables of everything that is declared, but for groups and instruments.
pub(crate) fn fill(cx: &mut Context, all: &Declarations<'_, '_>) {
    for row in &all.countries {
        let country = country(cx, row);
        cx.law.countries.push(country);
    }
    for row in &all.languages {
        let language = language(cx, row);
        cx.law.languages.push(language);
    }
    cx.law.matters = all.matters.iter().map(|row| matter(row)).collect();
    cx.law.acts = all.acts.iter().map(|row| titled(row)).collect();
    cx.law.items = all.items.iter().map(|row| titled(row)).collect();
    cx.law.events = all.events.iter().map(|row| titled(row)).collect();
    for row in &all.facts {
        let fact = fact(cx, row);
        cx.names.set_choices(FactId(id_of(cx.law.facts.len())), &fact.kind);
        cx.law.facts.push(fact);
    }
    for row in &all.places {
        place(cx, row);
    }
    places_called_alike(cx, &all.places);
    authorities(cx, &all.authorities);
    for row in &all.sources {
        let source = source(cx, row);
        cx.law.sources.push(source);
    }
}

fn name_of(name: Name<'_>) -> String {
    normal(name.text).into_owned()
}

fn country(cx: &mut Context, row: &ast::Coded<'_>) -> Country {
    let code = name_of(row.code);
    if !codes::is_country(&code) {
        let message = format!("`{}` is not the code of a country", shown(&code));
        let finding = Finding::new(Code::BadCode, row.code.span, message);
        let help = codes::country_help(&code);
        cx.report(
            finding.help(help.unwrap_or_else(|| "take the code of two capitals from ISO 3166-1: `DK`".to_owned())),
        );
    }
    let id = CountryId(id_of(cx.law.countries.len()));
    if let Some(earlier) = cx.law.countries.last().filter(|earlier| earlier.code == code) {
        cx.findings.push(same_code(row, &code, earlier.span));
    }
    let name = name_of(row.name);
    cx.names.set_country_code(&code, id, &name);
    Country { name, code, span: row.name.span }
}

fn language(cx: &mut Context, row: &ast::Coded<'_>) -> Language {
    let code = name_of(row.code);
    if !codes::is_language(&code) {
        let message = format!("`{}` is not the code of a language", shown(&code));
        let finding = Finding::new(Code::BadCode, row.code.span, message);
        let help = codes::language_help(&code);
        cx.report(finding.help(help.unwrap_or_else(|| "take the code from BCP 47: `da`, `sv`, `sv-FI`".to_owned())));
    }
    let id = LanguageId(id_of(cx.law.languages.len()));
    if let Some(earlier) = cx.law.languages.last().filter(|earlier| earlier.code == code) {
        cx.findings.push(same_code(row, &code, earlier.span));
    }
    let name = name_of(row.name);
    cx.names.set_language_code(&code, id, &name);
    Language { name, code, span: row.name.span }
}

fn same_code(row: &ast::Coded<'_>, code: &str, earlier: Span) -> Finding {
    Finding::new(Code::DuplicateName, row.code.span, format!("the code `{}` has two names", shown(code)))
        .other(earlier, "it is the code of this one")
}

fn matter(row: &ast::Matter<'_>) -> Matter {
    Matter {
        name: name_of(row.name),
        title: said(&row.title),
        between_countries: row.between_countries,
        under_one_instrument: row.under_one_instrument,
        span: row.name.span,
    }
}

fn titled(row: &ast::Titled<'_>) -> Titled {
    Titled { name: name_of(row.name), title: said(&row.title), span: row.name.span }
}

/// The words for kinds of facts, and what they stand for.
fn fact_kind_of(word: &str) -> Option<FactKind> {
    Some(match word {
        "place" => FactKind::Place,
        "language" => FactKind::Language,
        "country" => FactKind::Country,
        "date" => FactKind::Date,
        "number" => FactKind::Number(None),
        unit => FactKind::Number(Some(Unit::parse(unit)?)),
    })
}

fn fact(cx: &mut Context, row: &ast::Fact<'_>) -> Fact {
    let kind = match &row.kind {
        ast::FactKind::YesNo => FactKind::YesNo,
        ast::FactKind::OneOf(choices) => FactKind::OneOf(self::choices(cx, choices)),
        ast::FactKind::Named(word) => fact_kind_of(word.text).unwrap_or_else(|| {
            cx.names.set(row.name, Meaning::Broken);
            let words = ["place", "language", "country", "date", "number", "hours", "days", "weeks", "months", "years"];
            let finding = Finding::new(
                Code::BadFact,
                word.span,
                format!("`{}` is not a kind that a fact can have", shown(word.text)),
            );
            cx.report(match nearest(word.text, words) {
                Some(near) => near.ask(finding, near.name, word.span),
                None => finding.help(format!("a fact is `yes or no`, `one of a, b`, or one of: {}", words.join(", "))),
            });
            FactKind::YesNo
        }),
    };
    let may_be_unknown = row.or_unknown || kind == FactKind::Place;
    Fact { name: name_of(row.name), title: row.title.as_ref().map(said), kind, may_be_unknown, span: row.name.span }
}

fn choices(cx: &mut Context, names: &[Name<'_>]) -> Vec<String> {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut choices = Vec::new();
    for name in names {
        let choice = name_of(*name);
        if matches!(choice.as_str(), "unknown" | "known" | "none") {
            let message = format!("`{choice}` cannot be one of the values of a fact");
            let finding = Finding::new(Code::BadFact, name.span, message);
            cx.report(finding.help("where nobody may know it, write `or unknown` after the list"));
        } else if let Some(earlier) = first.get(&choice) {
            let message = format!("`{}` stands twice in the list", shown(&choice));
            cx.report(Finding::new(Code::DuplicateName, name.span, message).other(*earlier, "here first"));
        } else {
            first.insert(choice.clone(), name.span);
            choices.push(choice);
        }
    }
    choices
}

fn place(cx: &mut Context, row: &ast::Place<'_>) {
    let country = cx.names.country(row.country);
    let Some(country) = cx.take(country) else { return };
    cx.names.set(row.name, Meaning::Place(PlaceId(id_of(cx.law.places.len()))));
    cx.law.places.push(Place {
        name: name_of(row.name),
        title: row.title.as_ref().map(said),
        country,
        span: row.name.span,
    });
}

/// Whoever gives a place by what it is called could mean two.
fn places_called_alike(cx: &mut Context, rows: &[&ast::Place<'_>]) {
    let mut first: BTreeMap<(CountryId, String), Span> = BTreeMap::new();
    for row in rows {
        let (Some(title), Ok(country)) = (&row.title, cx.names.country(row.country)) else { continue };
        let called = normal(&title.value).into_owned();
        if let Some(earlier) = first.insert((country, called), title.span) {
            let message = format!("two places in {} are called \"{}\"", cx.law[country].name, shown(&title.value));
            let finding = Finding::new(Code::DuplicateName, title.span, message).other(earlier, "called so first");
            cx.report(finding.help("declare the place once, or call the two by names that differ"));
        }
    }
}

/// Authorities in the order of countries and offices; several items can add up to one authority: one for the office
/// itself and one for each place.
fn authorities(cx: &mut Context, items: &[&ast::Authority<'_>]) {
    let mut offices: BTreeMap<(CountryId, String), Authority> = BTreeMap::new();
    let mut declared: BTreeMap<(CountryId, String, Option<PlaceId>), Span> = BTreeMap::new();
    for item in items {
        let country = cx.names.country(item.name.country);
        let country = cx.take(country);
        let contact = contact(cx, &item.contact);
        let title = item.title.as_ref().map(said);
        let place = item.place.map(|place| office_place(cx, country, place));
        let Some(country) = country else { continue };
        let span = item.name.country.span.to(item.name.office.span);
        let office = name_of(item.name.office);
        let authority = offices.entry((country, office.clone())).or_insert_with(|| Authority {
            country,
            office: office.clone(),
            title: None,
            contact: Contact::default(),
            in_places: Vec::new(),
            span,
        });
        if place == Some(None) {
            continue;
        }
        let place = place.flatten();
        if let Some(earlier) = declared.insert((country, office.clone(), place), span) {
            let message = format!("`{}.{}` is declared twice", shown(item.name.country.text), shown(&office));
            cx.findings.push(Finding::new(Code::DuplicateName, span, message).other(earlier, "declared here first"));
        } else if let Some(place) = place {
            authority.in_places.push((place, PlaceOffice { title, contact, span }));
        } else {
            authority.title = title;
            authority.contact = contact;
            authority.span = span;
        }
    }
    for (id, ((country, office), mut authority)) in offices.into_iter().enumerate() {
        authority.in_places.sort_by_key(|(place, _)| *place);
        cx.names.set_office(country, office, AuthorityId(id_of(id)));
        cx.law.authorities.push(authority);
    }
}

/// The place of an office, which lies in the country of the office.
fn office_place(cx: &mut Context, country: Option<CountryId>, name: Name<'_>) -> Option<PlaceId> {
    let place = cx.names.place(name);
    let place = cx.take(place)?;
    let lies = cx.law[place].country;
    if country.is_some_and(|country| country != lies) {
        let message = format!("`{}` lies in {}", shown(name.text), cx.law[lies].name);
        let finding = Finding::new(Code::WrongCountry, name.span, message).other(cx.law[place].span, "declared here");
        cx.report(finding.help("an office has places in its own country alone"));
    }
    Some(place)
}

fn contact(cx: &mut Context, lines: &[ContactLine<'_>]) -> Contact {
    let mut contact = Contact::default();
    for line in lines {
        match line {
            ContactLine::Called { text, language } => {
                let language = cx.names.language(*language);
                if let Some(language) = cx.take(language) {
                    contact.called.push((said(text), language));
                }
            }
            ContactLine::Address(text) => contact.address.push(said(text)),
            ContactLine::Email(text) => {
                check_email(cx, text);
                contact.email.push(said(text));
            }
            ContactLine::Telephone(text) => contact.telephone.push(said(text)),
            ContactLine::Website(text) => contact.website.push(said(text)),
            ContactLine::Note(text) => contact.note.push(said(text)),
        }
    }
    let particulars = lines.iter().map(|line| match line {
        ContactLine::Called { text, language } => (("called", language.text.to_owned()), language.span.to(text.span)),
        ContactLine::Address(text) => (("address", said(text)), text.span),
        ContactLine::Email(text) => (("email", said(text)), text.span),
        ContactLine::Telephone(text) => (("telephone", said(text)), text.span),
        ContactLine::Website(text) => (("website", said(text)), text.span),
        ContactLine::Note(text) => (("note", said(text)), text.span),
    });
    twice::statements(cx, "this", particulars.collect::<Vec<_>>());
    contact
}

fn check_email(cx: &mut Context, text: &Text<'_>) {
    if is_email(&text.value) {
        return;
    }
    let finding = Finding::new(Code::BadEmail, text.span, "this is not an e-mail address");
    cx.report(
        finding
            .why("a request sent to it would not arrive")
            .help("an address is `name@domain.is`, without spaces; look it up anew, a scan may have spoilt it"),
    );
}

/// The plain form that authorities use: no quoted names, no comments, no bare hosts.
fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let dotted = |text: &str| !text.split('.').any(str::is_empty);
    let local_part = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let label = |label: &str| {
        label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-') && !label.ends_with('-')
    };
    let top = domain.rsplit('.').next().unwrap_or("");
    address.len() <= 254
        && local.len() <= 64
        && dotted(local)
        && local.chars().all(local_part)
        && domain.contains('.')
        && dotted(domain)
        && domain.split('.').all(label)
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
}

fn source(cx: &mut Context, row: &ast::Source<'_>) -> Source {
    let notes = row.lines.iter().filter_map(|line| match line {
        SourceLine::Note(text) => Some(text),
        _ => None,
    });
    twice::texts(cx, "this note", &notes.collect::<Vec<_>>());
    let mut source = Source { name: name_of(row.name), span: Some(row.name.span), ..Source::default() };
    for line in &row.lines {
        match line {
            SourceLine::Title(text) => once(cx, &mut source.title, said(text), text.span, "title"),
            SourceLine::Publisher(text) => once(cx, &mut source.publisher, said(text), text.span, "publisher"),
            SourceLine::Reference(text) => once(cx, &mut source.reference, said(text), text.span, "reference"),
            SourceLine::Website(text) => once(cx, &mut source.website, said(text), text.span, "website"),
            SourceLine::File(text) => {
                if let Some(name) = passages::file(cx, text) {
                    once(cx, &mut source.file, name, text.span, "file");
                }
            }
            SourceLine::Note(text) => source.notes.push(said(text)),
            SourceLine::Dated(date) => {
                if let Some(day) = cx.day(date) {
                    once(cx, &mut source.dated, day, date.0.span, "dated");
                }
            }
            SourceLine::ReviewBy(date) => {
                if let Some(day) = cx.day(date) {
                    once(cx, &mut source.review_by, day, date.0.span, "review by");
                }
            }
            SourceLine::Language(name) => {
                let language = cx.names.language(*name);
                if let Some(language) = cx.take(language) {
                    once(cx, &mut source.language, language, name.span, "language");
                }
            }
        }
    }
    source
}

/// Keeps the first of what may be said once, and reports the others.
pub(crate) fn once<T>(cx: &mut Context, slot: &mut Option<T>, value: T, span: Span, what: &str) {
    if slot.is_some() {
        let finding = Finding::new(Code::MissingStatement, span, format!("`{what}` is said twice"));
        cx.report(finding.help("keep one of the two"));
    } else {
        *slot = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_spoilt_by_a_scan_are_refused() {
        for right in ["saksoknari@saksoknari.is", "aland.aklagare@om.fi", "a+b@xn--bcher-kva.example", "post@bücher.de"]
        {
            assert!(is_email(right), "{right}");
        }
        for wrong in [
            "saksoknani@saksoknari 1s",
            "etela-suomi syvttaja@oikeus fi",
            "no.at.sign.is",
            "two@@om.fi",
            "a@b@om.fi",
            "a..b@om.fi",
            ".a@om.fi",
            "a@om",
            "a@om..fi",
            "a@om.fi.",
            "a@-om.fi",
            "a@om.f1",
            "@om.fi",
            "a@",
            "",
            "å@om.fi",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
