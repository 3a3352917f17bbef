// ---------------------------------------------------------------------------------------------------- cases

/// A day of the calendar, from year 0 to year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    days: i32,
}

impl Date {
    /// The day; none where the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        if year > 9999 || day == 0 || day > length {
            return None;
        }
        // Years are counted from March, so that the odd day stands at the end.
        let (year, month, day) = (year as i32, month as i32, day as i32);
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let century = year.div_euclid(100);
        let days = 365 * year + year.div_euclid(4) - century + century.div_euclid(4) + (153 * month + 2) / 5 + day - 1;
        Some(Date { days: days - 719_468 })
    }

    /// The day so many days after 1970-01-01; none beyond the years that can be written.
    pub const fn from_days(days: i32) -> Option<Date> {
        if days < -719_528 || days > 2_932_896 { None } else { Some(Date { days }) }
    }

    /// Days since 1970-01-01, before it negative.
    pub const fn days(self) -> i32 {
        self.days
    }

    /// Year, month and day.
    pub const fn parts(self) -> (u16, u8, u8) {
        let days = self.days + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        ((year + era * 400) as u16, month as u8, day as u8)
    }
}

impl ::core::fmt::Display for Date {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{:04}-{:02}-{:02}", year, month, day)
    }
}

/// What a request is made under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Under {
    /// It was not said: a question left open.
    #[default]
    NotGiven,
    /// No instrument.
    Nothing,
    /// This one.
    Instrument(Instrument),
}

/// A value that may be asked and not known; that is not the same as not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrUnknown<T> {
    /// It is asked and not known.
    Unknown,
    /// It is this.
    Is(T),
}

/// A value that may be one that the law does not declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrOther<T> {
    /// One that the law does not declare.
    Other,
    /// It is this.
    Is(T),
}

/// A place in the country whose authority is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceFact<'a> {
    /// It is asked and not known.
    Unknown,
    /// It does not lie in that country.
    Outside,
    /// A place that the law declares.
    Declared(Place),
    /// Any place, by its name; one that the law declares is recognised.
    Named(&'a str),
}

/// The circumstances in which a question is put.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The requesting country; in a matter within one country, that country.
    pub requesting: Country,
    /// The requested country; in a matter within one country, that country.
    pub requested: Country,
    /// The day for which the law is asked.
    pub on: Date,
    /// What the request is made under, in matters that have it.
    pub under: Under,
    /// The facts that are given.
    pub facts: Facts<'a>,
}

impl<'a> Case<'a> {
    /// A case between two countries, with nothing else given.
    pub fn between(requesting: Country, requested: Country, on: Date) -> Case<'a> {
        Case { requesting, requested, on, under: Under::NotGiven, facts: Facts::default() }
    }

    /// A case within one country, with nothing else given.
    pub fn within(country: Country, on: Date) -> Case<'a> {
        Case::between(country, country, on)
    }

    /// The case with these facts.
    pub fn with(self, facts: Facts<'a>) -> Case<'a> {
        Case { facts, ..self }
    }

    /// The case of a request made under this.
    pub fn under(self, under: Under) -> Case<'a> {
        Case { under, ..self }
    }

    fn cells(&self) -> Cells<'a> {
        let mut cells = self.facts.cells();
        cells[UNDER] = match self.under {
            Under::NotGiven => Cell::Open,
            Under::Nothing => Cell::Is(OTHER),
            Under::Instrument(instrument) => Cell::Is(instrument.index() as i64),
        };
        cells
    }
}

// -------------------------------------------------------------------------------------------------- answers

/// What kind of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Rules decide it.
    Answered,
    /// A text governs that is not held.
    Undetermined,
    /// No rule speaks.
    NoRule,
    /// Rules disagree and nothing written settles it.
    Conflict,
    /// The countries do not fit the matter, or the facts cannot occur together.
    OutOfScope,
    /// Facts that were not given would change it.
    Depends,
}

/// The force of a rule, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// `is`, `shall`
    Shall,
    /// `shall as a rule`
    AsARule,
    /// `should`
    Should,
    /// `may`, `could`
    May,
    /// Whom to ask, not whom to send to.
    Contact,
    /// `need not`
    NeedNot,
    /// `shall not`
    ShallNot,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// What happens to a deadline that ends on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moved {
    /// It ends at the same hour of the next weekday.
    SameHourOfNextWeekday,
    /// It ends on the next weekday.
    NextWeekday,
}

/// What criteria are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CriteriaMode {
    /// They indicate.
    Indicative,
    /// One of them is enough.
    Alternative,
    /// All of them are needed.
    Cumulative,
}

/// By when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Immediately.
    Immediately,
    /// Promptly.
    Promptly,
    /// Without undue delay.
    WithoutUndueDelay,
    /// Without delay.
    WithoutDelay,
    /// As soon as possible.
    AsSoonAsPossible,
    /// At once.
    AtOnce,
    /// Within so much time, from an event where one is named.
    Within(u32, Unit, Option<&'static str>),
    /// Before an event.
    Before(&'static str),
}

/// In which place an authority is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceOf<'a> {
    /// A place that the law declares.
    Declared(Place),
    /// Any other place, by its name.
    Named(&'a str),
    /// The place that this fact names, which was not given.
    Fact(&'static str),
}

/// One alternative of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// An authority, and in which place.
    Authority(Authority, Option<PlaceOf<'a>>),
    /// A language.
    Language(Language),
    /// A channel or a means.
    Word(&'static str),
    /// All languages, channels or means.
    Any,
    /// A deadline.
    Deadline {
        /// How many.
        number: u32,
        /// Of what.
        unit: Unit,
        /// From which event; none where the text names none.
        from: Option<&'static str>,
        /// What happens when it ends on a day off; none where the text does not say.
        moved: Option<Moved>,
    },
    /// A maximum.
    Maximum {
        /// How many.
        number: u32,
        /// Of what.
        unit: Unit,
        /// The text lets it be exceeded in this case.
        or_longer: bool,
    },
    /// What criteria are worth.
    Criteria(CriteriaMode),
    /// A provision that decides, or the whole of an instrument.
    Provision(Instrument, Option<&'static str>),
    /// A ground for refusal, with its citation inside the provision.
    Ground(&'static str, Option<&'static str>),
    /// The criterion is met, or not.
    Met(bool),
}

/// Where something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The instrument.
    pub instrument: Instrument,
    /// The provision; none: the instrument as a whole.
    pub provision: Option<&'static str>,
}

/// What the law answers in one case.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    case: &'a Case<'a>,
    profile: Option<&'static Profile>,
    verdict: Verdict,
    depends_on: [bool; FACT_COUNT],
    complete: bool,
}

impl<'a> Answer<'a> {
    /// What kind of answer it is.
    pub fn status(&self) -> Status {
        self.verdict.status
    }

    /// Answered, and a text that is not held may add something.
    pub fn is_incomplete(&self) -> bool {
        self.verdict.status == Status::Answered && !self.verdict.unread.is_empty()
    }

    /// The lines that decide, strongest and binding first; what stands when the answer is undetermined or in conflict.
    pub fn lines(&self) -> Lines<'_> {
        Lines { answer: self, those: self.verdict.standing, next: 0 }
    }

    /// Texts that are not held and leave the answer open.
    pub fn unread(&self) -> Lines<'_> {
        Lines { answer: self, those: self.verdict.unread, next: 0 }
    }

    /// Lines that disagree and are not settled.
    pub fn disputed(&self) -> Lines<'_> {
        Lines { answer: self, those: self.verdict.disputed, next: 0 }
    }

    /// The facts that were not given and on which the answer turns, by name; `under` for the instrument of the request.
    pub fn depends_on(&self) -> impl Iterator<Item = &'static str> + '_ {
        FACTS.iter().zip(self.depends_on).filter(|(_, depends)| *depends).map(|(fact, _)| TEXTS[fact.name as usize])
    }

    /// All circumstances that are left open were looked at. Otherwise there were too many, and the answer is called
    /// [`Status::Depends`].
    pub fn is_exhaustive(&self) -> bool {
        self.complete
    }
}

impl ::core::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("Answer").field("status", &self.verdict.status).finish_non_exhaustive()
    }
}

/// Lines of an answer.
#[derive(Clone)]
pub struct Lines<'a> {
    answer: &'a Answer<'a>,
    those: LineBits,
    next: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let entries = self.answer.profile?.entries.of(&ENTRIES);
        while let Some(entry) = entries.get(self.next) {
            let place = self.next;
            self.next += 1;
            if self.those.has(place) {
                return Some(Line { answer: self.answer, entry, row: &LINES[entry.line as usize], place });
            }
        }
        None
    }
}

/// A line of the law: one provision's answer to the question.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    answer: &'a Answer<'a>,
    entry: &'static Entry,
    row: &'static LineRow,
    place: usize,
}

impl<'a> Line<'a> {
    /// How strongly it speaks; none for a text that is not held.
    pub fn strength(self) -> Option<Strength> {
        self.row.strength
    }

    /// The alternatives, with the places of the case put in; a norm about conduct has none.
    pub fn values(self) -> impl Iterator<Item = Value<'a>> {
        let case = self.answer.case;
        let cells = case.cells();
        let values = self.row.values.of(&VALUES);
        let all = move || values.iter().map(move |value| put_in(*value, &cells));
        all()
            .enumerate()
            .filter(move |(at, value)| !all().take(*at).any(|earlier| earlier == *value))
            .map(|(_, value)| value)
    }

    /// By when, for conduct.
    pub fn limit(self) -> Option<Limit> {
        self.row.limit
    }

    /// Where it is written.
    pub fn citation(self) -> Citation {
        Citation { instrument: self.row.instrument, provision: text(self.row.provision) }
    }

    /// What is said of a text that is not held.
    pub fn note(self) -> Option<&'static str> {
        text(self.row.note)
    }

    /// All that it rests on, each once: of its rule, provision and instrument, and of the clauses by which it won.
    pub fn assumptions(self) -> impl Iterator<Item = &'static str> + 'a {
        let profile = self.answer.profile;
        let edges = profile.map_or(&[][..], |profile| profile.edges.of(&EDGES));
        let against = profile.map_or(&[][..], |profile| profile.against.of(&EDGES));
        let clauses = self.answer.verdict.clauses;
        let place = self.place;
        let own = self.entry.assumptions.of(&LISTS);
        let all = move || {
            let used = edges.iter().chain(against).filter(move |edge| {
                edge.winner as usize == place && edge.clause != NONE && clauses.has(edge.clause as usize)
            });
            own.iter().chain(used.flat_map(|edge| edge.assumptions.of(&LISTS))).copied()
        };
        all()
            .enumerate()
            .filter(move |(at, one)| !all().take(*at).any(|earlier| earlier == *one))
            .map(|(_, one)| TEXTS[one as usize])
    }
}

impl ::core::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl ::core::fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        let mut shown = f.debug_struct("Line");
        shown.field("citation", &self.citation()).field("strength", &self.strength()).finish_non_exhaustive()
    }
}

/// A question that the law answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    number: u16,
}

impl Question {
    /// Every question.
    pub fn all() -> impl Iterator<Item = Question> {
        (0..QUESTION_COUNT).map(|number| Question { number })
    }

    /// The question as the rule language writes it.
    pub fn words(self) -> &'static str {
        TEXTS[self.row().words as usize]
    }

    /// Whose authority is asked about, for the questions that are about one: the requesting country's if so.
    pub fn of_requesting(self) -> Option<bool> {
        self.row().of_requesting
    }

    /// What it is about.
    pub fn matter(self) -> Matter {
        self.row().matter
    }

    /// The answer of the law in a case.
    pub fn answer<'a>(self, case: &'a Case<'a>) -> Answer<'a> {
        judge(self.row(), case)
    }

    fn row(self) -> &'static QuestionRow {
        &QUESTIONS[self.number as usize]
    }
}

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
    fn of<T>(self, table: &'static [T]) -> &'static [T] {
        &table[self.0 as usize..][..self.1 as usize]
    }
}

/// A fact: its name, one value for each class of values that any condition tells apart, and the facts that exclude each
/// other with it.
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
    winner: u16,
    loser: u16,
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
}

/// From this day on, until the next row of its list.
struct Period(i32, u32);

struct QuestionRow {
    matter: Matter,
    words: u32,
    of_requesting: Option<bool>,
    collected: bool,
    between: bool,
    /// For each country the row and the column in the grid.
    rows: List,
    columns: List,
    width: u32,
    /// For each row and column the number of a list of periods.
    grid: List,
}

fn text(number: u32) -> Option<&'static str> {
    TEXTS.get(number as usize).copied()
}

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

fn cell_of_place(value: Option<PlaceFact<'_>>) -> Cell<'_> {
    match value {
        None => Cell::Open,
        Some(PlaceFact::Unknown) => Cell::Unknown,
        Some(PlaceFact::Outside) => Cell::Outside,
        Some(PlaceFact::Declared(place)) => Cell::Is(place.index() as i64),
        Some(PlaceFact::Named(name)) => {
            let mut declared = Place::ALL.iter().filter(|place| place.name() == name || place.title() == Some(name));
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

/// What becomes of the lines that apply.
#[derive(Clone, Copy)]
struct Verdict {
    status: Status,
    standing: LineBits,
    unread: LineBits,
    disputed: LineBits,
    clauses: ClauseBits,
}

impl Verdict {
    const fn nothing(status: Status) -> Verdict {
        Verdict { status, standing: Bits::EMPTY, unread: Bits::EMPTY, disputed: Bits::EMPTY, clauses: Bits::EMPTY }
    }

    fn merge(&mut self, other: &Verdict) {
        self.standing.merge(&other.standing);
        self.unread.merge(&other.unread);
        self.disputed.merge(&other.disputed);
        self.clauses.merge(&other.clauses);
    }
}

fn judge<'a>(question: &'static QuestionRow, case: &'a Case<'a>) -> Answer<'a> {
    let mut answer = Answer {
        case,
        profile: None,
        verdict: Verdict::nothing(Status::OutOfScope),
        depends_on: [false; FACT_COUNT],
        complete: true,
    };
    if question.between == (case.requesting == case.requested) {
        return answer;
    }
    let profile = profile(question, case);
    answer.profile = Some(profile);
    let court = Court { profile, collected: question.collected, given: case.cells() };
    let mut cells = court.given;
    let mut budget = BUDGET;
    let mut first: Option<Verdict> = None;
    let mut differ = false;
    let ended = court.explore(&mut cells, &mut budget, &mut |_, verdict| {
        match &mut first {
            None => first = Some(*verdict),
            Some(first) if court.says_the_same(first, verdict) => first.merge(verdict),
            Some(_) => differ = true,
        }
        !differ
    });
    answer.complete = ended || differ;
    if differ || !ended {
        answer.verdict = Verdict::nothing(Status::Depends);
        answer.depends_on = court.depended_on();
    } else if let Some(verdict) = first {
        answer.verdict = verdict;
    }
    answer
}

/// What can apply between the countries on the day.
fn profile(question: &QuestionRow, case: &Case<'_>) -> &'static Profile {
    let row = question.rows.of(&GRID)[case.requesting.index()];
    let column = question.columns.of(&GRID)[case.requested.index()];
    let periods = question.grid.of(&GRID)[(row * question.width + column) as usize];
    let periods = TIMELINES[periods as usize].of(&PERIODS);
    let after = periods.partition_point(|period| period.0 <= case.on.days());
    &PROFILES[periods[after.saturating_sub(1)].1 as usize]
}

/// How many circumstances are looked at before the search gives up and says so.
const BUDGET: u32 = 1 << 20;

/// One question in one case.
struct Court<'a> {
    profile: &'static Profile,
    collected: bool,
    given: Cells<'a>,
}

impl<'a> Court<'a> {
    /// Visits every verdict that the circumstances left open can lead to, as long as `visit` wants more. False if the
    /// budget was spent or `visit` had enough.
    fn explore(
        &self,
        cells: &mut Cells<'a>,
        budget: &mut u32,
        visit: &mut dyn FnMut(&Cells<'a>, &Verdict) -> bool,
    ) -> bool {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        let mut applying = LineBits::EMPTY;
        for (place, entry) in self.profile.entries.of(&ENTRIES).iter().enumerate() {
            match holds(entry.condition, cells) {
                Ok(true) => applying.add(place),
                Ok(false) => {}
                Err(open) => {
                    for class in FACTS[open].classes {
                        cells[open] = *class;
                        if !self.explore(cells, budget, visit) {
                            cells[open] = Cell::Open;
                            return false;
                        }
                    }
                    cells[open] = Cell::Open;
                    return true;
                }
            }
        }
        !self.possible(cells) || visit(cells, &self.verdict(&applying))
    }

    /// Some case agrees with what is known and can occur.
    fn possible(&self, cells: &mut Cells<'a>) -> bool {
        let mut open = None;
        for never in self.profile.nevers.of(&LISTS) {
            match holds(*never, cells) {
                Ok(true) => return false,
                Ok(false) => {}
                Err(fact) => open = open.or(Some(fact)),
            }
        }
        let Some(open) = open else { return true };
        let found = FACTS[open].classes.iter().any(|class| {
            cells[open] = *class;
            self.possible(cells)
        });
        cells[open] = Cell::Open;
        found
    }

    /// The verdict is a function of the lines that apply.
    fn verdict(&self, applying: &LineBits) -> Verdict {
        let edges = self.profile.edges.of(&EDGES);
        let (mut held, mut unread) = (LineBits::EMPTY, LineBits::EMPTY);
        for place in self.places().filter(|place| applying.has(*place)) {
            if self.line(place).strength.is_some() { held.add(place) } else { unread.add(place) }
        }
        let (standing, beaten) = grounded(edges, &held);
        let mut verdict = Verdict { standing, ..Verdict::nothing(Status::Conflict) };
        for edge in edges {
            if edge.clause != NONE && standing.has(edge.winner as usize) && held.has(edge.loser as usize) {
                verdict.clauses.add(edge.clause as usize);
            }
        }
        verdict.disputed = held.without(&standing).without(&beaten);
        if verdict.disputed.is_empty() {
            for pair in self.profile.clashes.of(&PAIRS) {
                if standing.has(pair.0 as usize) && standing.has(pair.1 as usize) {
                    verdict.disputed.add(pair.0 as usize);
                    verdict.disputed.add(pair.1 as usize);
                }
            }
        }
        for place in self.places().filter(|place| unread.has(*place)) {
            if !self.settled_against(place, &standing) {
                verdict.unread.add(place);
            }
        }
        for edge in self.profile.against.of(&EDGES) {
            let (winner, text) = (edge.winner as usize, edge.loser as usize);
            if edge.clause != NONE && standing.has(winner) && unread.has(text) && !verdict.unread.has(text) {
                verdict.clauses.add(edge.clause as usize);
            }
        }
        if !verdict.disputed.is_empty() {
            verdict.unread = Bits::EMPTY;
            return verdict;
        }
        verdict.status = match (standing.is_empty(), verdict.unread.is_empty()) {
            (true, true) => Status::NoRule,
            (true, false) => Status::Undetermined,
            (false, false) if !self.collected => Status::Undetermined,
            (false, _) => Status::Answered,
        };
        verdict
    }

    /// Each standing line, or another of the same value and at least its strength, holds against the text that is not
    /// held.
    fn settled_against(&self, unread: usize, standing: &LineBits) -> bool {
        let against = self.profile.against.of(&EDGES);
        let mut standing_places = self.places().filter(|place| standing.has(*place));
        !standing.is_empty()
            && standing_places.all(|place| {
                let line = self.line(place);
                against.iter().any(|edge| {
                    let other = self.line(edge.winner as usize);
                    edge.loser as usize == unread
                        && standing.has(edge.winner as usize)
                        && other.says == line.says
                        && other.strength <= line.strength
                })
            })
    }

    fn places(&self) -> ::core::ops::Range<usize> {
        0..self.profile.entries.1 as usize
    }

    fn line(&self, place: usize) -> &'static LineRow {
        &LINES[self.profile.entries.of(&ENTRIES)[place].line as usize]
    }

    /// The same status, values, strengths and limits, and as complete; whatever the reasons.
    fn says_the_same(&self, a: &Verdict, b: &Verdict) -> bool {
        a.status == b.status
            && (a.status != Status::Answered
                || (a.unread.is_empty() == b.unread.is_empty()
                    && (a.standing == b.standing
                        || (self.says_all_of(&a.standing, &b.standing) && self.says_all_of(&b.standing, &a.standing)))))
    }

    fn says_all_of(&self, lines: &LineBits, others: &LineBits) -> bool {
        self.places().filter(|place| others.has(*place)).all(|other| {
            self.places().any(|place| lines.has(place) && self.same_answer(self.line(place), self.line(other)))
        })
    }

    fn same_answer(&self, a: &LineRow, b: &LineRow) -> bool {
        let within = |a: &LineRow, b: &LineRow| {
            let values = b.values.of(&VALUES);
            a.values.of(&VALUES).iter().all(|value| {
                let value = put_in(*value, &self.given);
                values.iter().any(|other| put_in(*other, &self.given) == value)
            })
        };
        a.strength == b.strength && (a.says == b.says || (a.placed && b.placed && within(a, b) && within(b, a)))
    }

    /// The facts left open on which the answer turns: two cases differ in that fact alone, or in it and facts that
    /// exclude each other with it, and in the answer.
    fn depended_on(&self) -> [bool; FACT_COUNT] {
        let mut depends = [false; FACT_COUNT];
        let mut cells = self.given;
        let (mut budget, mut budget_inside) = (BUDGET, BUDGET);
        self.explore(&mut cells, &mut budget, &mut |here, verdict| {
            for fact in 0..FACT_COUNT {
                if self.given[fact] == Cell::Open && here[fact] != Cell::Open && !depends[fact] {
                    depends[fact] = self.turns_on(fact, here, verdict, &mut budget_inside);
                }
            }
            true
        });
        depends
    }

    fn turns_on(&self, fact: usize, here: &Cells<'a>, verdict: &Verdict, budget: &mut u32) -> bool {
        let mut cells = *here;
        for tied in FACTS[fact].tied {
            cells[*tied as usize] = self.given[*tied as usize];
        }
        let others = FACTS[fact].classes.iter().filter(|class| **class != here[fact]);
        let mut differ = false;
        for class in others {
            cells[fact] = *class;
            self.explore(&mut cells, budget, &mut |_, other| {
                differ = !self.says_the_same(verdict, other);
                !differ
            });
            if differ {
                return true;
            }
        }
        false
    }
}

/// Which lines stand and which are beaten: a line stands if all that beat it are beaten, and is beaten if one that beats
/// it stands.
fn grounded(edges: &[Edge], held: &LineBits) -> (LineBits, LineBits) {
    let (mut standing, mut beaten) = (LineBits::EMPTY, LineBits::EMPTY);
    loop {
        let (mut hit, mut threatened) = (LineBits::EMPTY, LineBits::EMPTY);
        for edge in edges {
            let (winner, loser) = (edge.winner as usize, edge.loser as usize);
            if !held.has(winner) || !held.has(loser) {
                continue;
            }
            if standing.has(winner) {
                hit.add(loser);
            }
            if !beaten.has(winner) {
                threatened.add(loser);
            }
        }
        let pending = held.without(&standing).without(&beaten);
        let (out, stands) = (pending.and(&hit), pending.without(&threatened));
        if out.is_empty() && stands.is_empty() {
            return (standing, beaten);
        }
        beaten.merge(&out);
        standing.merge(&stands);
    }
}

/// Whether a condition holds, or the fact that it waits for.
fn holds(condition: u32, cells: &Cells<'_>) -> Result<bool, usize> {
    let mut at = condition;
    while at < NO {
        let Step(test, yes, no) = STEPS[at as usize];
        let test = &TESTS[test as usize];
        let passes = match cells[test.fact as usize] {
            Cell::Open => return Err(test.fact as usize),
            Cell::Unknown => test.unknown,
            Cell::Outside => test.outside,
            Cell::Is(number) => test.ranges.iter().any(|range| range.0 <= number && number <= range.1),
            Cell::Named(_) => test.ranges.iter().any(|range| range.0 <= OTHER && OTHER <= range.1),
        };
        at = if passes { yes } else { no };
    }
    Ok(at == YES)
}

/// The value, with the place that a fact names put in where it was given.
fn put_in<'a>(value: Value<'a>, cells: &Cells<'a>) -> Value<'a> {
    let Value::Authority(authority, Some(PlaceOf::Fact(name))) = value else { return value };
    let place = match FACTS.iter().position(|fact| TEXTS[fact.name as usize] == name).map(|fact| cells[fact]) {
        Some(Cell::Is(place)) => Place::ALL.get(place as usize).map(|place| PlaceOf::Declared(*place)),
        Some(Cell::Named(name)) => Some(PlaceOf::Named(name)),
        _ => None,
    };
    Value::Authority(authority, Some(place.unwrap_or(PlaceOf::Fact(name))))
}
