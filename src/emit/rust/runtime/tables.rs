// --------------------------------------------------------------------------------------------------- tables

/// No row of a table.
const NONE: u32 = u32::MAX;
/// Where a condition ends: it holds, or it does not.
const YES: u32 = u32::MAX;
const NO: u32 = u32::MAX - 1;
/// A value that the law does not declare; for the instrument of the request, none.
const OTHER: i64 = -1;
/// The instrument of the request is the first fact.
const UNDER: usize = 0;

/// Rows of a table that stand together.
#[derive(Clone, Copy)]
struct List(u32, u32);

impl List {
    #[inline]
    fn of<T>(self, table: &'static [T]) -> &'static [T] {
        &table[self.0 as usize..][..self.1 as usize]
    }
}

/// A fact: its name, one value for each class of values that any condition tells apart, and the facts that are tied
/// together by what cannot be, itself among them.
struct FactRow {
    name: u32,
    classes: &'static [Cell<'static>],
    tied: &'static [u32],
}

/// A test of one fact: passed by these values, both bounds included.
struct Test {
    fact: u32,
    unknown: bool,
    outside: bool,
    ranges: &'static [(i64, i64)],
}

/// One step of a condition: what is tested, and where to go on.
struct Step(u32, u32, u32);

/// What a line says.
#[derive(Clone, Copy)]
struct LineRow {
    instrument: Instrument,
    provision: u32,
    note: u32,
    strength: Option<Strength>,
    limit: Option<Limit>,
    values: List,
    /// The same for lines of the same values and limit.
    says: u32,
    /// One of its values is in a place that a fact names.
    placed: bool,
}

/// A line in some countries and days: under which condition, and what it rests on there.
struct Entry {
    line: u32,
    condition: u32,
    assumptions: List,
}

/// One entry of a profile beats another; `clause` counts the edges that rest on assumptions.
struct Edge {
    winner: u32,
    loser: u32,
    clause: u32,
    assumptions: List,
}

/// All that can apply to a question in some countries and days. Entries are in the order in which they are shown.
struct Profile {
    entries: List,
    edges: List,
    /// Pairs that disagree, neither beating the other.
    clashes: List,
    /// Which entries hold against which texts that are not held.
    against: List,
    /// Conditions of which none can hold.
    nevers: List,
    /// The facts that its lines ask for.
    asked: List,
}

/// From this day on, until the next row of its list.
struct Period(i32, u32);

/// A fact, or the instrument of the request, as a diagram asks for it: the class of each value by its number; what has no
/// number of its own is in one of three others. Of numbers and days the bounds between the classes.
struct AxisRow {
    fact: u32,
    /// How many classes there are.
    count: u32,
    /// The facts that exclude each other with it, directly or by others, and itself: those of which some line asks. None
    /// if no line asks for it.
    tied: &'static [u32],
    unknown: u32,
    outside: u32,
    other: u32,
    values: &'static [u16],
    bounds: &'static [i64],
}

struct QuestionRow {
    /// Its rows of bits, where its lines are judged by them.
    roll: u32,
    /// Where the diagram begins; none: the lines are judged.
    root: u32,
    /// Where the list of the outcomes of the diagram begins.
    outcomes: u32,
    axes: List,
    matter: Matter,
    words: u32,
    of_requesting: Option<bool>,
    /// Whose places can be named: the requesting country's, the requested country's, or those of both.
    places_of_requesting: Option<bool>,
    collected: bool,
    between: bool,
    /// For each country the row and the column in the grid.
    rows: List,
    columns: List,
    width: u32,
    /// For each row and column the number of a list of periods.
    grid: List,
}

/// Bytes that begin where a line of the cache does.
#[repr(align(64))]
struct Block<const LENGTH: usize>([u8; LENGTH]);

/// A number of what is said at the ends of the diagrams.
#[inline]
fn word(at: u32) -> u32 {
    number(&DATA.0, at)
}

/// A number of the diagrams themselves.
fn node(at: u32) -> u32 {
    number(&NODES.0, at)
}

#[inline]
fn number(bytes: &'static [u8], at: u32) -> u32 {
    let at = at as usize * 4;
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

fn text(number: u32) -> Option<&'static str> {
    (number != NONE).then(|| text_of(number))
}

fn text_of(number: u32) -> &'static str {
    let (from, until) = (word(TEXT_AT + number), word(TEXT_AT + number + 1));
    TEXT.get(from as usize..until as usize).unwrap_or("")
}
