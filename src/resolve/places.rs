//! Places by their names: which text can be one. A place that is not declared is told apart by nothing but its name, so
//! what is certainly none must not become one: a slip in `unknown` or in a declared place would change the answer unseen.

use super::codes;
use super::names::{normal, shown};
use crate::finding::{Code, Finding};
use crate::law::{CountryId, Law, Place};
use crate::source::Span;

/// Words that say that nobody knows the place.
const NOT_KNOWN: [&str; 18] = [
    "unknown",
    "not known",
    "unspecified",
    "not specified",
    "not given",
    "undefined",
    "undetermined",
    "unclear",
    "tbd",
    "ukjent",
    "ukendt",
    "okänd",
    "okänt",
    "tuntematon",
    "óþekkt",
    "óþekktur",
    "unbekannt",
    "inconnu",
];

/// Words that say that there is no such place, or none here.
const NOT_THERE: [&str; 26] = [
    "none",
    "nowhere",
    "elsewhere",
    "somewhere else",
    "abroad",
    "outside",
    "foreign",
    "no place",
    "nothing",
    "nil",
    "null",
    "other",
    "another",
    "another place",
    "other place",
    "any other",
    "any other place",
    "somewhere",
    "anywhere",
    "any",
    "utlandet",
    "utomlands",
    "udlandet",
    "ulkomailla",
    "ingen",
    "ingensteds",
];

/// Words that leave open which of the two is meant.
const EITHER: [&str; 7] = ["n/a", "na", "n.a.", "not applicable", "place", "x", "xx"];

/// What a text says where a place is needed.
enum Says<'l> {
    Unknown,
    Elsewhere,
    Nothing,
    Country(&'l str),
    Code,
    Near(&'l Place),
}

/// As [`no_place`], of the place of an office.
pub(super) fn no_place_of_office(law: &Law, text: &str, country: Option<CountryId>, span: Span) -> Option<Finding> {
    let finding = no_place(law, text, country.as_slice(), span)?;
    let names_another =
        finding.help.as_ref().is_some_and(|help| help.starts_with("did you mean") && !finding.others.is_empty());
    Some(if names_another { finding } else { finding.help("name the place of the office, or leave out `of` and this") })
}

/// Why a text is not the name of a place that is not declared, in these countries or, where there are none, in any.
pub(super) fn no_place(law: &Law, text: &str, countries: &[CountryId], span: Span) -> Option<Finding> {
    let says = says(law, text, countries)?;
    let why = "a text that is not declared is taken for the name of a place, and the answer would be that of a place so called";
    let text = shown(text);
    let (message, help) = match says {
        Says::Unknown => (format!("`{text}` is not a place"), "did you mean `unknown`?".to_owned()),
        Says::Elsewhere => (
            format!("`{text}` is not a place"),
            "did you mean `none`, for a place that does not lie there? For one that is not declared, write its name"
                .to_owned(),
        ),
        Says::Nothing => (
            format!("`{text}` is not a place"),
            "write `unknown` where nobody knows the place, `none` where it does not lie there, or else its name"
                .to_owned(),
        ),
        Says::Country(name) => (
            format!("`{text}` is not a place: {name} is a country"),
            format!("write the name of the place in {name}, `unknown`, or `none` where it lies in another country"),
        ),
        Says::Code => (
            format!("`{text}` is not a place but the code of a country"),
            "write the name of the place, `unknown`, or `none` where it lies in another country".to_owned(),
        ),
        Says::Near(place) => {
            let country = &law[place.country].name;
            let name = place.title.as_deref().unwrap_or(&place.name);
            let finding = Finding::new(Code::BadFact, span, format!("no place `{text}` is declared in {country}"));
            let help = format!(
                "did you mean `{}`? If there is another place of that name, declare it: `place {} \"{text}\" in {country}`",
                place.name,
                as_name(&text)
            );
            return Some(finding.other(place.span, format!("{name} is declared here")).why(why).help(help));
        }
    };
    Some(Finding::new(Code::BadFact, span, message).why(why).help(help))
}

fn says<'l>(law: &'l Law, text: &str, countries: &[CountryId]) -> Option<Says<'l>> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let words = words.trim_matches(|c: char| !c.is_alphanumeric() && !"()".contains(c)).trim_matches(['(', ')']);
    let is = |list: &[&str]| list.contains(&words);
    if !words.chars().any(char::is_alphanumeric) {
        return Some(Says::Nothing);
    }
    if is(&NOT_KNOWN) {
        return Some(Says::Unknown);
    }
    if is(&NOT_THERE) {
        return Some(Says::Elsewhere);
    }
    if is(&EITHER) {
        return Some(Says::Nothing);
    }
    let country = law.countries.iter().find(|country| {
        country.name.to_lowercase() == words
            || country.code.eq_ignore_ascii_case(words)
            || country.name.replace('-', " ").to_lowercase() == words
    });
    if let Some(country) = country {
        return Some(Says::Country(&country.name));
    }
    if codes::is_country(text.trim()) {
        return Some(Says::Code);
    }
    let here = law.places.iter().filter(|place| countries.is_empty() || countries.contains(&place.country));
    let near = here.filter_map(|place| {
        let names = std::iter::once(place.name.as_str()).chain(place.title.as_deref());
        let distance = names.filter_map(|name| slip(words, &normal(name).to_lowercase())).min()?;
        Some((distance, place))
    });
    if let Some((_, place)) = near.min_by(|(one, a), (other, b)| (one, &a.name).cmp(&(other, &b.name))) {
        return Some(Says::Near(place));
    }
    if slip(words, "unknown").is_some() || strsim::osa_distance(words, "unknown") <= 2 {
        return Some(Says::Unknown);
    }
    if slip(words, "none").is_some() {
        return Some(Says::Elsewhere);
    }
    let near = law
        .countries
        .iter()
        .find(|country| country.name.chars().count() >= LONG && slip(words, &country.name.to_lowercase()) == Some(1));
    near.map(|country| Says::Country(&country.name))
}

/// From so many letters on, a name of a country is not found in another word by chance.
const LONG: usize = 5;

/// The number of letters in which a text differs from a name, where that is so few that it is a slip: none in words of
/// three letters, one in longer ones, two in those of eight and more. Different digits are meant.
fn slip(text: &str, name: &str) -> Option<usize> {
    let digits = |text: &str| text.chars().filter(|letter| letter.is_numeric()).collect::<String>();
    let allowed = match name.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    // who reads such a text knows without counting that it is another
    let alike = text.chars().count().abs_diff(name.chars().count()) <= allowed && digits(text) == digits(name);
    let distance = alike.then(|| strsim::osa_distance(text, name))?;
    (distance <= allowed).then_some(distance)
}

/// A text as a name of the language.
fn as_name(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::slip;

    #[test]
    fn a_slip_is_a_letter_or_two_of_many() {
        for (text, name) in
            [("nnoe", "none"), ("malmo", "malmö"), ("soutern finlnad", "southern finland"), ("oslo", "oslo")]
        {
            assert!(slip(text, name).is_some(), "{text}");
        }
        for (text, name) in
            [("rome", "none"), ("os", "oslo"), ("å", "ås"), ("district 2", "district 1"), ("bergen", "bremen")]
        {
            assert_eq!(slip(text, name), None, "{text}");
        }
    }
}
