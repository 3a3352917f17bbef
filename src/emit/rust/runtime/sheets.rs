// --------------------------------------------------------------------------------------------------- sheets

/// Of a cell: it leads to a calendar, and not to a node or an end.
const CALENDAR: u32 = 1 << 30;
/// The class of what is not given and turns something.
const OPEN_CLASS: u32 = 255;
/// The codes of what is known of a fact, before those of its values.
const NOT_GIVEN: u32 = 0;
const NOT_KNOWN: u32 = 1;
const ELSEWHERE: u32 = 2;
const NOT_DECLARED: u32 = 3;
const FIRST_VALUE: u32 = 4;
/// The bytes of a calendar, and where in it the ways stand.
const CALENDAR_LENGTH: usize = 64;
const WAYS_AT: usize = 32;

/// What the sheet of the question and the requested country says: an end, or the node at which it leaves the case.
#[inline(always)]
fn looked_up(question: &'static QuestionRow, case: &Case<'_>) -> u32 {
    let length = 2 + 2 * question.sheet_facts as usize;
    let from = (question.sheet as usize + length * case.requested.index()) * 4;
    let Some(row) = SHEETS.0.get(from..from + 4 * length) else { return NOWHERE };
    let mut words = row.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
    let (Some(cells), Some(of_country)) = (words.next(), words.next()) else { return NOWHERE };
    let mut cell = class_of(of_country + case.requesting.index() as u32);
    let mut is_open = false;
    let mut axis = question.axes.0;
    while let (Some(map), Some(classes)) = (words.next(), words.next()) {
        let class = class_of(map + AXES[axis as usize].code(case));
        axis += 1;
        is_open |= class == OPEN_CLASS;
        cell = cell * classes + class;
    }
    if is_open {
        return question.root;
    }
    let mut at = sheet(cells + cell);
    while at >> 30 == 1 {
        at = by_day(at & !CALENDAR, case.on.days());
    }
    at
}

/// Where a calendar goes on from the day.
#[inline]
fn by_day(calendar: u32, day: i32) -> u32 {
    let from = calendar as usize * CALENDAR_LENGTH;
    let Some(bytes) = CALENDARS.0.get(from..from + CALENDAR_LENGTH) else { return NOWHERE };
    let Ok(calendar) = <&[u8; CALENDAR_LENGTH] as ::core::convert::TryFrom<&[u8]>>::try_from(bytes) else {
        return NOWHERE;
    };
    // How many of the seven first days are past: halved three times, and no branch depends on it.
    let is_past = |place: usize| usize::from(of_bytes(calendar, 4 * place) as i32 <= day);
    let mut way = 4 * is_past(3);
    way += 2 * is_past(way + 1);
    way += is_past(way);
    of_bytes(calendar, WAYS_AT + 4 * (way & 7))
}

#[inline]
fn of_bytes(bytes: &[u8; CALENDAR_LENGTH], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[inline]
fn sheet(at: u32) -> u32 {
    number(&SHEETS.0, at)
}

#[inline]
fn class_of(at: u32) -> u32 {
    MAPS.get(at as usize).map_or(OPEN_CLASS, |class| u32::from(*class))
}

impl AxisRow {
    /// What is known of the fact, as maps count it.
    #[inline]
    fn code(&self, case: &Case<'_>) -> u32 {
        match case.cell(self.fact as usize) {
            Cell::Open => NOT_GIVEN,
            Cell::Unknown => NOT_KNOWN,
            Cell::Outside => ELSEWHERE,
            Cell::Named(_) => NOT_DECLARED,
            Cell::Is(number) if self.bounds.is_empty() => (number + i64::from(FIRST_VALUE)) as u32,
            Cell::Is(number) => FIRST_VALUE + self.bounds.partition_point(|bound| *bound <= number) as u32,
        }
    }
}
