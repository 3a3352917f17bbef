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
        write!(f, "{year:04}-{month:02}-{day:02}")
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
    /// A place that the law declares. Where the question speaks of no place in its country, the case is out of scope.
    Declared(Place),
    /// Any place, by its name; one that the law declares in a country of the case is recognised.
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

    #[inline]
    fn cell(&self, fact: usize) -> Cell<'a> {
        match self.under {
            _ if fact != UNDER => self.facts.cell(fact, [self.requesting, self.requested]),
            Under::NotGiven => Cell::Open,
            Under::Nothing => Cell::Is(OTHER),
            Under::Instrument(instrument) => Cell::Is(instrument.index() as i64),
        }
    }

    fn cells(&self) -> Cells<'a> {
        let mut cells = [Cell::Open; FACT_COUNT];
        for (fact, cell) in cells.iter_mut().enumerate() {
            *cell = self.cell(fact);
        }
        cells
    }
}
