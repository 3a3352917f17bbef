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
            let is_called = |place: &&Place| place.name() == name || place.title() == Some(name);
            let mut declared = Place::ALL.iter().filter(|place| here.contains(&place.country())).filter(is_called);
            match (declared.next(), declared.next()) {
                (Some(place), None) => Cell::Is(place.index() as i64),
                _ => Cell::Named(name),
            }
        }
    }
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
