// ---------------------------------------------------------------------------------------------------- rolls

/// A question whose lines are found by rows of bits.
struct Roll {
    entries: List,
    spans: List,
    /// Its first stay.
    stays: u32,
    /// The first word of the rows, and how many words each has: one for each requested country, one for each requesting
    /// one, one for each class of each axis.
    rows: u32,
    width: u32,
    /// Conditions of which none can hold.
    nevers: List,
    /// The first word of who disagrees with whom, and how many answers there are.
    clashes: u32,
    answers: u32,
    /// What is known of its first entry beside what it says.
    voices: u32,
}

/// Stays of like length, by their first days: the first, how many, and how many days the longest has.
struct Span(u32, u32, i64);

/// First day, first day after, entry.
struct Stay(i32, i32, u32);

/// The answer, the provision, and the facts for which its condition asks.
struct Voice(u32, u32, List);

/// What is judged: all lines of some countries and days, or those that rows of bits have left.
#[derive(Clone, Copy)]
enum Bench {
    Profile(&'static Profile),
    Roll(&'static Roll, Chosen),
}

/// Entries of a roll, in order, each once.
#[derive(Clone, Copy)]
struct Chosen {
    count: usize,
    entries: [u32; MOST_CHOSEN],
}

impl Bench {
    fn count(&self) -> usize {
        match self {
            Bench::Profile(profile) => profile.entries.1 as usize,
            Bench::Roll(_, chosen) => chosen.count,
        }
    }

    fn entry(&self, place: usize) -> Option<&'static Entry> {
        match self {
            Bench::Profile(profile) => profile.entries.of(&ENTRIES).get(place),
            Bench::Roll(roll, chosen) => {
                let entry = chosen.entries[..chosen.count].get(place)?;
                roll.entries.of(&ENTRIES).get(*entry as usize)
            }
        }
    }

    /// Who beats whom. A roll has no such lines.
    fn edges(&self) -> &'static [Edge] {
        match self {
            Bench::Profile(profile) => profile.edges.of(&EDGES),
            Bench::Roll(..) => &[],
        }
    }

    fn against(&self) -> &'static [Edge] {
        match self {
            Bench::Profile(profile) => profile.against.of(&EDGES),
            Bench::Roll(..) => &[],
        }
    }

    fn nevers(&self) -> &'static [u32] {
        match self {
            Bench::Profile(profile) => profile.nevers.of(&LISTS),
            Bench::Roll(roll, _) => roll.nevers.of(&LISTS),
        }
    }

    /// The standing lines that disagree with one that stands.
    fn disputed(&self, standing: &LineBits) -> LineBits {
        let mut disputed = LineBits::EMPTY;
        match self {
            Bench::Profile(profile) => {
                for pair in profile.clashes.of(&PAIRS) {
                    if standing.has(pair.0 as usize) && standing.has(pair.1 as usize) {
                        disputed.add(pair.0 as usize);
                        disputed.add(pair.1 as usize);
                    }
                }
            }
            Bench::Roll(roll, chosen) => {
                for one in (0..chosen.count).filter(|one| standing.has(*one)) {
                    for other in (0..one).filter(|other| standing.has(*other)) {
                        if roll.clash(chosen.entries[one], chosen.entries[other]) {
                            disputed.add(one);
                            disputed.add(other);
                        }
                    }
                }
            }
        }
        disputed
    }

    /// The facts for which a line asks that applies between the countries on the day, whatever facts are given.
    fn asked(&self, case: &Case<'_>) -> [bool; FACT_COUNT] {
        let mut all = [false; FACT_COUNT];
        match self {
            Bench::Profile(profile) => profile.asked.of(&LISTS).iter().for_each(|fact| all[*fact as usize] = true),
            Bench::Roll(roll, _) => {
                let chosen = roll.choose(&[], case);
                for entry in &chosen.entries[..chosen.count] {
                    roll.voice(*entry).2.of(&LISTS).iter().for_each(|fact| all[*fact as usize] = true);
                }
            }
        }
        all
    }
}

impl Roll {
    fn voice(&self, entry: u32) -> &'static Voice {
        &VOICES[(self.voices + entry) as usize]
    }

    fn clash(&self, one: u32, other: u32) -> bool {
        let (Voice(a, a_provision, _), Voice(b, b_provision, _)) = (self.voice(one), self.voice(other));
        let same = *a_provision != NONE && a_provision == b_provision;
        let at = (u64::from(same) * u64::from(self.answers) + u64::from(*a)) * u64::from(self.answers) + u64::from(*b);
        bits(self.clashes + (at / 64) as u32) >> (at % 64) & 1 == 1
    }

    /// The entries of the case; with the facts that are given, and not those with which a condition can not hold.
    fn choose(&self, axes: &'static [AxisRow], case: &Case<'_>) -> Chosen {
        let countries = Country::ALL.len() as u32;
        let mut rows = [0; FACT_COUNT + 2];
        rows[0] = self.rows + self.width * case.requested.index() as u32;
        rows[1] = self.rows + self.width * (countries + case.requesting.index() as u32);
        let (mut count, mut first) = (2, self.rows + self.width * 2 * countries);
        for axis in axes {
            if let Some(class) = axis.class(case) {
                rows[count] = first + self.width * class;
                count += 1;
            }
            first += self.width * axis.count;
        }
        let mut chosen = Chosen { count: 0, entries: [0; MOST_CHOSEN] };
        for span in self.spans.of(&SPANS) {
            self.choose_of(span, &rows[..count], case.on.days(), &mut chosen);
        }
        chosen.entries[..chosen.count].sort_unstable();
        let mut once = 0;
        for place in 0..chosen.count {
            if once == 0 || chosen.entries[once - 1] != chosen.entries[place] {
                chosen.entries[once] = chosen.entries[place];
                once += 1;
            }
        }
        chosen.count = once;
        chosen
    }

    fn choose_of(&self, span: &Span, rows: &[u32], day: i32, chosen: &mut Chosen) {
        let stays = &STAYS[self.stays as usize..];
        let of_span = &stays[span.0 as usize..(span.0 + span.1) as usize];
        // Of those that have begun, the others have ended.
        let from = span.0 as usize + of_span.partition_point(|stay| i64::from(stay.0) + span.2 <= i64::from(day));
        let until = span.0 as usize + of_span.partition_point(|stay| stay.0 <= day);
        for word in from / 64..until.div_ceil(64) {
            let mut left = rows.iter().fold(u64::MAX, |left, row| left & bits(row + word as u32));
            if word == from / 64 {
                left &= u64::MAX << (from % 64);
            }
            if word == until / 64 {
                left &= (1 << (until % 64)) - 1;
            }
            while left != 0 {
                let stay = &stays[word * 64 + left.trailing_zeros() as usize];
                left &= left - 1;
                if day < stay.1 {
                    chosen.entries[chosen.count] = stay.2;
                    chosen.count += 1;
                }
            }
        }
    }
}

fn bits(at: u32) -> u64 {
    let at = at as usize * 8;
    let word = BITS.0.get(at..at + 8).and_then(|bytes| bytes.first_chunk());
    word.copied().map_or(0, u64::from_le_bytes)
}
