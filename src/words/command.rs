//! A case as a command line that asks it again.

use super::{fact_value, question, under};
use crate::case::Case;
use crate::law::{FactValue, Law, QuestionHead, Side};

/// What stands for a place that no rule names, until somebody has to be asked about it.
pub(crate) const ELSEWHERE: &str = "elsewhere";

/// Names that a place can have, for one that no law has.
const SOME_PLACES: [&str; 4] = ["Newtown", "Oldbridge", "Farfield", "Highmarsh"];

/// A name of a place that is none of those that the law declares, nor a slip in one.
fn some_place(law: &Law) -> &'static str {
    let is_near = |one: &str, other: &str| strsim::osa_distance(&one.to_lowercase(), &other.to_lowercase()) <= 2;
    let is_free = |name: &&&str| {
        let names = law.places.iter().flat_map(|place| [Some(place.name.as_str()), place.title.as_deref()]);
        !names.flatten().any(|known| is_near(known, name))
    };
    SOME_PLACES.iter().find(is_free).unwrap_or(&SOME_PLACES[0])
}

/// A complete command line of `ask` for a question in a case, ready to be pasted into a shell.
pub fn ask_command(law: &Law, head: QuestionHead, case: &Case) -> String {
    let matter = &law[case.matter];
    let mut words = vec!["forseti".to_owned(), "ask".to_owned(), asked(law, head, case)];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), value.to_owned()]);
    option("--matter", &matter.name);
    if matter.between_countries {
        option("--from", &law[case.requesting].name);
        option("--to", &law[case.requested].name);
    } else {
        option("--in", &law[case.requested].name);
    }
    option("--on", &case.on.to_string());
    if let Some(what) = case.under {
        option("--under", under(law, what));
    }
    for (fact, value) in &case.facts {
        let value = match value {
            FactValue::OtherPlace(name) if name.is_empty() || name == ELSEWHERE => some_place(law).to_owned(),
            FactValue::OtherPlace(name) if is_plain_place(law, name) => name.clone(),
            value => fact_value(law, *fact, value),
        };
        option("--fact", &format!("{}={value}", law[*fact].name));
    }
    for (event, day) in &case.events {
        option("--event", &format!("{}={day}", law[*event].name));
    }
    words.iter().map(|word| shell(word)).collect::<Vec<_>>().join(" ")
}

/// The question, with the country of its authority where the act alone leaves open whose authority is meant.
fn asked(law: &Law, head: QuestionHead, case: &Case) -> String {
    let text = question(law, head);
    let QuestionHead::Authority(act, side) = head else {
        return text;
    };
    let other = match side {
        Side::Requesting => Side::Requested,
        Side::Requested => Side::Requesting,
    };
    let both_sides = law
        .questions
        .iter()
        .any(|question| question.matter == case.matter && question.head == QuestionHead::Authority(act, other));
    match side {
        _ if !both_sides => text,
        Side::Requesting => format!("{text} from {}", law[case.requesting].name),
        Side::Requested => format!("{text} in {}", law[case.requested].name),
    }
}

/// The name of a place that can stand without quotes: it cannot be taken for something else.
fn is_plain_place(law: &Law, name: &str) -> bool {
    !(name.is_empty()
        || name.trim() != name
        || name.starts_with('"')
        || ["unknown", "none"].contains(&name)
        || law.places.iter().any(|place| place.name == name))
}

/// One word of a command line, quoted for a shell where it has to be.
pub fn shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=.,:/+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.chars().any(|c| "\"$`\\!".contains(c)) {
        format!("'{}'", word.replace('\'', r"'\''"))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::shell;

    #[test]
    fn a_shell_reads_back_what_was_meant() {
        assert_eq!(shell("--fact"), "--fact");
        assert_eq!(shell("offence-district=Åland"), "offence-district=Åland");
        assert_eq!(shell("authority to receive"), "\"authority to receive\"");
        assert_eq!(shell("it's"), "\"it's\"");
        assert_eq!(shell("a\"b'c $HOME"), r#"'a"b'\''c $HOME'"#);
        assert_eq!(shell(""), "\"\"");
    }
}
