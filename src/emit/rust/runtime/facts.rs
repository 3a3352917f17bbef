// ------------------------------------------------------------------------------------------------- judgment

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell<'a> {
    /// It was not given.
    Open,
    /// It is asked and not known.
    Unknown,
    /// Of a place: not in the country.
    Outside,
    /// A number, a day, or the place in a list of values.
    Is(i64),
    /// A place by its name.
    Named(&'a str),
}

type Cells<'a> = [Cell<'a>; FACT_COUNT];

fn cell<'a>(value: Option<i64>) -> Cell<'a> {
    value.map_or(Cell::Open, Cell::Is)
}

fn cell_or_unknown<'a, T>(value: Option<OrUnknown<T>>, number: impl FnOnce(T) -> i64) -> Cell<'a> {
    match value {
        None => Cell::Open,
        Some(OrUnknown::Unknown) => Cell::Unknown,
        Some(OrUnknown::Is(value)) => Cell::Is(number(value)),
    }
}

/// A name is one of a declared place only in these countries.
fn cell_of_place(value: Option<PlaceFact<'_>>, here: [Country; 2]) -> Cell<'_> {
    match value {
        None => Cell::Open,
        Some(PlaceFact::Unknown) => Cell::Unknown,
        Some(PlaceFact::Outside) => Cell::Outside,
        Some(PlaceFact::Declared(place)) => Cell::Is(place.index() as i64),
        Some(PlaceFact::Named(name)) => {
            let is_called = |place: &&Place| {
                same_text(place.name(), name) || place.title().is_some_and(|title| same_text(title, name))
            };
            let mut declared = Place::ALL.iter().filter(|place| here.contains(&place.country())).filter(is_called);
            match (declared.next(), declared.next()) {
                (Some(place), None) => Cell::Is(place.index() as i64),
                _ => Cell::Named(name),
            }
        }
    }
}

/// The same text, whether its letters were typed in one sign or in several.
fn same_text(a: &str, b: &str) -> bool {
    if a == b || (a.is_ascii() && b.is_ascii()) {
        return a == b;
    }
    let (mut a, mut b) = (parts(a).peekable(), parts(b).peekable());
    loop {
        let (one, other) = (next_letter(&mut a), next_letter(&mut b));
        if one != other {
            return false;
        }
        if one.is_none() {
            return true;
        }
    }
}

/// The signs of a text, with those in the place of others that stand for several.
fn parts(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|c| match COMPOSED.binary_search_by_key(&c, |row| row.0) {
        Ok(at) => None.into_iter().chain(COMPOSED[at].1.chars()),
        Err(_) => Some(c).into_iter().chain("".chars()),
    })
}

/// A sign with the marks on it, these in the order of their classes. More marks than fit stand by themselves.
fn next_letter(parts: &mut ::core::iter::Peekable<impl Iterator<Item = char>>) -> Option<([char; 8], usize)> {
    let mut letter = ([parts.next()?; 8], 1);
    while let Some(class) = parts.peek().map(|c| mark_class(*c)).filter(|class| *class > 0 && letter.1 < 8) {
        let mut at = letter.1;
        while at > 1 && mark_class(letter.0[at - 1]) > class {
            letter.0[at] = letter.0[at - 1];
            at -= 1;
        }
        letter.0[at] = parts.next()?;
        letter.1 += 1;
    }
    // what is left of the array must not differ
    let (first, length) = (letter.0[0], letter.1);
    letter.0[length..].fill(first);
    Some(letter)
}

fn mark_class(c: char) -> u8 {
    MARKS.binary_search_by_key(&c, |row| row.0).map_or(0, |at| MARKS[at].1)
}

fn or_other<T>(value: OrOther<T>, number: impl FnOnce(T) -> i64) -> i64 {
    match value {
        OrOther::Other => OTHER,
        OrOther::Is(value) => number(value),
    }
}

/// A set of small numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bits<const WORDS: usize>([u64; WORDS]);

type LineBits = Bits<LINE_WORDS>;
type ClauseBits = Bits<CLAUSE_WORDS>;

impl<const WORDS: usize> Bits<WORDS> {
    const EMPTY: Self = Bits([0; WORDS]);

    fn has(&self, at: usize) -> bool {
        (self.0[at / 64] >> (at % 64)) & 1 == 1
    }

    fn add(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
    }

    fn without(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine &= !theirs;
        }
        self
    }

    fn and(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine &= theirs;
        }
        self
    }
}
