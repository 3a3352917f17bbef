//! Small random laws, as text: one statement to a line, so that a law that shows something can be made smaller line by
//! line.

use std::fmt::Write as _;

use crate::dice::Dice;

pub(super) const COUNTRIES: [&str; 3] = ["Denmark", "Norway", "Sweden"];
pub(super) const DAYS: [&str; 3] = ["2001-01-01", "2002-01-01", "2003-01-01"];
pub(super) const TEXTS: [&str; 3] = ["one", "two", "three"];

/// The law of that seed.
pub(crate) fn random_law(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let under = if dice.happens(2) { ", under one instrument" } else { "" };
    let mut law = Writer { matter: format!("matter transfer \"transfer\" between countries{under}"), ..Writer::new() };
    law.facts(&mut dice);
    let mut text = format!(
        "country Denmark (DK), Norway (NO), Sweden (SE)\n\
         language Danish (da), Swedish (sv), English (en)\n{}\n\
         act decide \"decides\"\n\
         authority Norway.court \"Court\"\n\
         authority Norway.ministry \"Ministry\"\n",
        law.matter
    );
    text.push_str(&law.vocabulary);
    for _ in 0..dice.throw(3) {
        let condition = law.condition(&mut dice);
        let _ = writeln!(text, "never {condition} because \"it cannot be\"");
    }
    law.under = !under.is_empty();
    for name in TEXTS {
        law.instrument(&mut dice, name);
        for number in 1..=2 {
            law.provision(&mut dice, name, number);
        }
    }
    if dice.happens(4) {
        let (over, below) = (dice.one(&["treaty", "statute"]), dice.one(&["arrangement", "circular"]));
        let same = if over == "statute" && dice.happens(3) { " of the same country" } else { "" };
        let _ = writeln!(law.text, "precedence \"rank\" {{ {over} over {below}{same} }}");
    }
    let _ = writeln!(law.text, "complete channel from {}", dice.one(&DAYS));
    if dice.happens(5) {
        let _ = writeln!(law.text, "complete means between Denmark and Norway when {}", law.condition(&mut dice));
    }
    let (vocabulary, alone) = alone(seed, law.under);
    text + &vocabulary + &law.text + &alone
}

/// A fact that stands in one place only, of each kind of place that can carry a condition: what looks for facts in some places
/// and not in others is found out by it. The dice are their own, so that the rest of the law stays what it was.
fn alone(seed: u64, under: bool) -> (String, String) {
    let mut dice = Dice::new(seed ^ 0x5bd1_e995);
    if !dice.happens(4) {
        return (String::new(), String::new());
    }
    let (fact, conditions) = LONE_FACTS[dice.throw(LONE_FACTS.len())];
    let (text, condition) = (dice.one(&TEXTS), dice.one(conditions));
    let on = dice.one(&["channel", "means", "requested authority inform", "channel, means"]);
    let head = format!("provision \"Article 7\" of {text}");
    let item = match dice.throw(8) {
        0 => format!("{head} unless {condition} {{\n  text unavailable on {on} \"torn\"\n}}"),
        1 if under => {
            let made = dice.one(&["one", "two", "three", "no instrument"]);
            format!("{head} under {made} when {condition} {{\n  text unavailable on {on} \"torn\"\n}}")
        }
        2 => format!("{head} when {condition} {{\n  means should be fax\n}}"),
        3 => format!("complete means between Denmark and Norway when {condition}"),
        4 => format!("{head} {{\n  requested authority may inform from Denmark to Norway only when {condition}\n}}"),
        5 => format!("{head} when {condition} {{\n  text unavailable \"torn\"\n}}"),
        _ => format!("{head} when {condition} {{\n  text unavailable on {on} \"torn\"\n}}"),
    };
    (format!("{fact}\n"), item + "\n")
}

/// Facts for one place, and conditions of them.
const LONE_FACTS: [(&str, &[&str]); 3] = [
    ("fact rare : yes or no", &["rare", "not rare"]),
    ("fact rare : yes or no or unknown", &["rare", "rare is unknown", "not rare"]),
    ("fact rare : one of red, blue", &["rare is red", "not rare is blue"]),
];

/// Each fact that there can be, and conditions of it alone.
const FACTS: [(&str, &[&str]); 6] = [
    ("fact urgent : yes or no", &["urgent", "not urgent"]),
    ("fact secret : yes or no or unknown", &["secret", "secret is no", "not secret", "secret is unknown"]),
    (
        "fact stage : one of early, middle, late",
        &["stage is early", "stage is late", "not stage is early", "stage is one of early, middle"],
    ),
    ("fact district : place", &["district is unknown", "district is known", "district is none", "district is oslo"]),
    ("fact victims : number", &["victims more than 1", "victims at most 3", "victims is 2"]),
    ("fact received : date", &["received before 2001-06-01", "received on or after 2000-06-01"]),
];

#[derive(Default)]
pub(super) struct Writer {
    matter: String,
    vocabulary: String,
    text: String,
    under: bool,
    /// Conditions of one fact each.
    atoms: Vec<&'static str>,
    has_place: bool,
}

impl Writer {
    fn new() -> Writer {
        Writer::default()
    }

    /// Two or three facts.
    fn facts(&mut self, dice: &mut Dice) {
        for at in dice.sample(FACTS.len(), 2 + dice.clone().throw(2)) {
            self.vocabulary.push_str(FACTS[at].0);
            self.vocabulary.push('\n');
            self.atoms.extend(FACTS[at].1);
            if at == 3 {
                self.vocabulary.push_str("place oslo \"Oslo\" in Norway\n");
                self.has_place = true;
            }
        }
    }

    /// Of conditions on these facts alone.
    pub(super) fn of<'f>(facts: impl Iterator<Item = &'f str>) -> Writer {
        let known: Vec<&str> = facts.collect();
        let is_known = |declared: &str| known.iter().any(|fact| declared.starts_with(&format!("fact {fact} ")));
        let atoms = FACTS.iter().filter(|fact| is_known(fact.0)).flat_map(|fact| fact.1).copied();
        Writer { atoms: atoms.collect(), ..Writer::new() }
    }

    fn condition(&self, dice: &mut Dice) -> String {
        let atom = |dice: &mut Dice| self.atoms[dice.throw(self.atoms.len())];
        match dice.throw(6) {
            0 => format!("{} and {}", atom(dice), atom(dice)),
            1 => format!("{} or {}", atom(dice), atom(dice)),
            2 => format!("({} or {}) and {}", atom(dice), atom(dice), atom(dice)),
            3 => format!("{} unless {}", atom(dice), atom(dice)),
            _ => atom(dice).to_owned(),
        }
    }

    pub(super) fn when(&self, dice: &mut Dice, in_ten: usize) -> String {
        if dice.happens(in_ten) { format!(" when {}", self.condition(dice)) } else { String::new() }
    }

    fn instrument(&mut self, dice: &mut Dice, name: &str) {
        let kind = dice.one(&["treaty", "treaty", "arrangement", "arrangement", "statute", "regulation", "circular"]);
        let text = &mut self.text;
        let _ = writeln!(text, "instrument {name} \"{name}\" {{\n  kind {kind} governs transfer");
        if ["statute", "circular"].contains(&kind) {
            let _ = writeln!(text, "  country {}", dice.one(&COUNTRIES));
        } else {
            for country in COUNTRIES {
                let dates = match dice.throw(6) {
                    0 => continue,
                    1 => format!(" from {}", dice.one(&DAYS)),
                    2 => " until 2002-06-30".to_owned(),
                    _ => String::new(),
                };
                let reservation = if dice.happens(1) { " { reservation \"Article 1\" }" } else { "" };
                let _ = writeln!(text, "  party {country}{dates}{reservation}");
            }
            let _ = writeln!(text, "  party {} from {}", dice.one(&COUNTRIES), dice.one(&DAYS));
            if dice.happens(2) {
                let _ = writeln!(text, "  associated {} by \"it\" only \"Article 2\"", dice.one(&COUNTRIES));
            }
        }
        if dice.happens(3) {
            let _ = writeln!(text, "  in force from {}", dice.one(&DAYS));
        } else if dice.happens(2) {
            let _ = writeln!(text, "  in force from 2001-01-01 until 2002-06-30");
        }
        for _ in 0..dice.throw(3) {
            let other = dice.one(&TEXTS);
            if other == name {
                continue;
            }
            let clause = match dice.throw(10) {
                8 => "yields to national law of the requesting country".to_owned(),
                0 => "yields to national law of the requested country".to_owned(),
                1 => "yields to national law of either country".to_owned(),
                2 | 3 => "yields to mandatory rules of binding instruments".to_owned(),
                4 => format!("prevails over {other}"),
                5 => format!("prevails over {other} from 2002-01-01"),
                6 => "yields to treaty, statute".to_owned(),
                7 => "prevails over national law of Norway".to_owned(),
                _ => format!("yields to {other}"),
            };
            let _ = writeln!(text, "  {clause}");
        }
        if dice.happens(2) {
            let other = dice.one(&TEXTS);
            let dates = dice.one(&["", "", " until 2002-12-31", " from 2002-01-01", " from 2003-01-01"]);
            let part = dice.one(&["", " \"Article 1\""]);
            if other != name {
                let _ = writeln!(text, "  replaces {other}{part}{dates}");
            }
        }
        if self.under && dice.happens(3) {
            let other = dice.one(&TEXTS);
            if other != name {
                let _ = writeln!(text, "  supplements {other}");
            }
        }
        match dice.throw(8) {
            0 => {
                let _ = writeln!(text, "  text partial \"some of it\"");
                if dice.happens(5) {
                    let _ = writeln!(text, "  silent on means");
                }
            }
            1 => {
                let _ = writeln!(text, "  text unavailable on channel, requested authority refuse \"lost\"");
            }
            _ => {}
        }
        text.push_str("}\n");
    }

    fn provision(&mut self, dice: &mut Dice, name: &str, number: usize) {
        let _ = write!(self.text, "provision \"Article {number}\" of {name}");
        let other = dice.one(&TEXTS);
        match dice.throw(10) {
            0 => {
                let _ = write!(self.text, " notwithstanding {other}");
            }
            1 => {
                let _ = write!(self.text, " subject to {other} \"Article {}\"", 1 + dice.throw(2));
            }
            2 | 3 => self.text.push_str(" allows otherwise by arrangement, treaty"),
            4 => {
                let _ = write!(self.text, " from {}", dice.one(&DAYS));
            }
            5 => {
                let _ = write!(self.text, "{}", self.when(dice, 10));
            }
            6 => self.text.push_str(" subject to national law of the requesting country"),
            7 if self.under => {
                let _ = write!(self.text, " under {other}");
            }
            8 => self.text.push_str(" notwithstanding arrangement, circular"),
            _ => {}
        }
        self.text.push_str(" {\n");
        for _ in 0..=dice.throw(2) {
            self.rule(dice);
        }
        if dice.happens(1) {
            let _ = writeln!(self.text, "  text unavailable on means \"torn\"");
        }
        self.text.push_str("}\n");
    }

    fn rule(&mut self, dice: &mut Dice) {
        let scope = match dice.throw(8) {
            0 => format!(" from {}", dice.one(&COUNTRIES)),
            1 => " between Denmark and Sweden".to_owned(),
            2 => " to Norway".to_owned(),
            _ => String::new(),
        };
        let clause = match dice.throw(12) {
            0 => format!(" notwithstanding {}", dice.one(&TEXTS)),
            1 => format!(" subject to {}", dice.one(&TEXTS)),
            2 if dice.happens(2) => " subject to national law of the requesting country".to_owned(),
            2 => " subject to mandatory rules of binding instruments".to_owned(),
            _ => String::new(),
        };
        let channels = ["direct", "central", "diplomatic"];
        let line = match dice.throw(9) {
            0 | 1 => {
                let mut line =
                    format!("  channel{scope}{clause} is {}{}", dice.one(&channels[..2]), self.when(dice, 10));
                if dice.happens(5) {
                    let _ = write!(line, "\n    otherwise should be {}", dice.one(&channels[..2]));
                }
                line
            }
            2 | 3 => {
                let verb = dice.one(&["is", "may be", "should be", "shall not be"]);
                format!("  channel{scope}{clause} {verb} {}{}", dice.one(&channels), self.when(dice, 3))
            }
            4 => {
                let verb = dice.one(&["are", "should be", "shall not be"]);
                let value = if verb == "shall not be" { "post" } else { dice.one(&["post", "any", "post, fax"]) };
                format!("  means{scope}{clause} {verb} {value}{}", self.when(dice, 3))
            }
            5 => {
                let only = if dice.happens(4) { " only" } else { "" };
                let verb = dice.one(&["shall", "may", "should", "shall not"]);
                let condition = self.condition(dice);
                format!("  requested authority {verb} inform from Denmark to Norway{clause}{only} when {condition}")
            }
            6 => {
                let mut line = format!(
                    "  requested authority {} refuse from Denmark to Norway{clause}\n    on ground age{}",
                    dice.one(&["may", "shall"]),
                    self.when(dice, 10)
                );
                if dice.happens(5) {
                    let _ = write!(line, "\n    on ground health{}", self.when(dice, 8));
                }
                if dice.happens(4) {
                    line.push_str("\n    on no other ground");
                }
                line
            }
            7 => {
                let ground = dice.one(&["", " on ground age"]);
                let condition = self.condition(dice);
                format!(
                    "  requested authority shall not refuse{ground} from Denmark to Norway{clause} when {condition}"
                )
            }
            _ => {
                let of = if self.has_place { dice.one(&["", " of district"]) } else { "" };
                let verb = dice.one(&["is", "should be"]);
                let mut line = format!("  authority to decide in Norway{clause} {verb} Norway.court{of}");
                let when = self.when(dice, if of.is_empty() { 10 } else { 4 });
                let _ = write!(line, "{when}\n    otherwise is Norway.ministry{}", self.when(dice, 4));
                line
            }
        };
        self.text.push_str(&line);
        self.text.push('\n');
    }
}
