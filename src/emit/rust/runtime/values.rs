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
