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

/// Judges the lines that apply, for a question without a diagram.
#[cold]
#[inline(never)]
fn judge<'a>(question: &'static QuestionRow, case: &'a Case<'a>) -> Answer<'a> {
    let bench = match ROLLS.get(question.roll as usize) {
        Some(roll) => Bench::Roll(roll, roll.choose(question.axes.of(&AXES), case)),
        None => Bench::Profile(profile(question, case)),
    };
    let (given, here) = (case.cells(), question.here(case));
    let mut court = Court { bench, collected: question.collected, given, here, asked: [false; FACT_COUNT] };
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
    let depends = differ || !ended;
    let (verdict, depends_on) = if depends {
        court.asked = bench.asked(case);
        (Verdict::nothing(Status::Depends), court.depended_on())
    } else {
        (first.unwrap_or(Verdict::nothing(Status::OutOfScope)), [false; FACT_COUNT])
    };
    Answer { case, found: Found::Judged { bench, verdict, depends_on, complete: ended || differ } }
}

/// A declared place lies in one of the countries.
fn lies_in(place: i64, countries: [Country; 2]) -> bool {
    Place::ALL.get(place as usize).is_some_and(|place| countries.contains(&place.country()))
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
    bench: Bench,
    collected: bool,
    given: Cells<'a>,
    /// Where places lie of which the question can speak.
    here: [Country; 2],
    /// The facts for which some line asks.
    asked: [bool; FACT_COUNT],
}

impl QuestionRow {
    /// The countries whose places can be named: that whose authority is asked for, otherwise both.
    fn here(&self, case: &Case<'_>) -> [Country; 2] {
        match self.places_of_requesting {
            Some(true) => [case.requesting; 2],
            Some(false) => [case.requested; 2],
            None => [case.requesting, case.requested],
        }
    }

    /// Every declared place that is given lies there.
    fn speaks_of_places(&self, case: &Case<'_>) -> bool {
        PLACE_FACTS.iter().all(|fact| match case.cell(*fact) {
            Cell::Is(place) => lies_in(place, self.here(case)),
            _ => true,
        })
    }
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
        for place in self.places() {
            let Some(entry) = self.bench.entry(place) else { break };
            match holds(entry.condition, cells) {
                Ok(true) => applying.add(place),
                Ok(false) => {}
                Err(open) => {
                    for class in self.classes(open) {
                        cells[open] = class;
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
        for never in self.bench.nevers() {
            match holds(*never, cells) {
                Ok(true) => return false,
                Ok(false) => {}
                Err(fact) => open = open.or(Some(fact)),
            }
        }
        let Some(open) = open else { return true };
        let found = self.classes(open).any(|class| {
            cells[open] = class;
            self.possible(cells)
        });
        cells[open] = Cell::Open;
        found
    }

    /// The verdict is a function of the lines that apply.
    fn verdict(&self, applying: &LineBits) -> Verdict {
        let edges = self.bench.edges();
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
            verdict.disputed = self.bench.disputed(&standing);
        }
        for place in self.places().filter(|place| unread.has(*place)) {
            if !self.settled_against(place, &standing) {
                verdict.unread.add(place);
            }
        }
        for edge in self.bench.against() {
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
        let against = self.bench.against();
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
        0..self.bench.count()
    }

    fn line(&self, place: usize) -> &'static LineRow {
        &LINES[self.bench.entry(place).map_or(0, |entry| entry.line) as usize]
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
        let of_others = || self.places().filter(|place| others.has(*place));
        let counts = |place: &usize| !of_others().any(|other| self.outweighs(self.line(other), self.line(*place)));
        of_others().filter(counts).all(|other| {
            self.places().any(|place| lines.has(place) && self.same_answer(self.line(place), self.line(other)))
        })
    }

    fn same_answer(&self, a: &LineRow, b: &LineRow) -> bool {
        a.strength == b.strength && self.same_value(a, b)
    }

    fn outweighs(&self, a: &LineRow, b: &LineRow) -> bool {
        a.strength < b.strength && b.strength != Some(Strength::ShallNot) && self.same_value(a, b)
    }

    fn same_value(&self, a: &LineRow, b: &LineRow) -> bool {
        let within = |a: &LineRow, b: &LineRow| {
            let values = b.values.of(&VALUES);
            a.values.of(&VALUES).iter().all(|value| {
                let value = put_in(*value, &|fact| self.given[fact]);
                values.iter().any(|other| put_in(*other, &|fact| self.given[fact]) == value)
            })
        };
        a.says == b.says || (a.placed && b.placed && within(a, b) && within(b, a))
    }

    /// The facts left open on which the answer turns: two cases with different answers differ in it, and no possible case
    /// lies between them; of each case only what the lines ask for counts.
    fn depended_on(&self) -> [bool; FACT_COUNT] {
        let mut depends = [false; FACT_COUNT];
        let mut cells = self.given;
        let (mut budget, mut budget_inside) = (BUDGET, BUDGET);
        self.explore(&mut cells, &mut budget, &mut |here, verdict| {
            for fact in 0..FACT_COUNT {
                let counts = self.counts(fact) || here[fact] != Cell::Open;
                if counts && self.given[fact] == Cell::Open && !depends[fact] {
                    depends[fact] = self.turns_on(fact, here, verdict, &mut budget_inside);
                }
            }
            true
        });
        depends
    }

    /// Here, or somewhere in what is still open here. Where looking takes too long it is taken to be so.
    fn turns_on(&self, fact: usize, here: &Cells<'a>, verdict: &Verdict, budget: &mut u32) -> bool {
        let tied = FACTS[fact].tied;
        if tied.len() == 1 && here[fact] == Cell::Open {
            return false;
        }
        let mut found = false;
        let mut mine = *here;
        self.settle(tied, &mut mine, &mut |mine| {
            let mut theirs = *mine;
            for one in tied {
                theirs[*one as usize] = self.given[*one as usize];
            }
            self.settle(tied, &mut theirs, &mut |theirs| {
                if *budget == 0 {
                    found = true;
                } else if theirs[fact] != mine[fact] && !self.has_between(tied, mine, theirs) {
                    self.explore(&mut theirs.clone(), budget, &mut |_, other| {
                        found = !self.says_the_same(verdict, other);
                        !found
                    });
                }
                *budget = budget.saturating_sub(1);
                !found
            })
        });
        found
    }

    /// One value for each class of values that the fact can have here.
    fn classes(&self, fact: usize) -> impl Iterator<Item = Cell<'static>> {
        let here = self.here;
        let can_be = move |cell: &Cell<'static>| match cell {
            Cell::Is(place) if PLACE_FACTS.contains(&fact) => {
                lies_in(*place, here)
            }
            _ => true,
        };
        FACTS[fact].classes.iter().copied().filter(can_be)
    }

    /// Some line asks for the fact. A fact that only a `never` names is tied to others and decides nothing.
    fn counts(&self, fact: usize) -> bool {
        self.asked[fact]
    }

    /// Goes through the possible ways to settle these facts, as long as `visit` wants more. False if it had enough.
    fn settle(&self, facts: &[u32], cells: &mut Cells<'a>, visit: &mut dyn FnMut(&Cells<'a>) -> bool) -> bool {
        if !self.possible(cells) {
            return true;
        }
        let Some((first, rest)) = facts.split_first() else { return visit(cells) };
        let fact = *first as usize;
        if cells[fact] != Cell::Open || !self.counts(fact) {
            return self.settle(rest, cells, visit);
        }
        for class in self.classes(fact) {
            cells[fact] = class;
            if !self.settle(rest, cells, visit) {
                cells[fact] = Cell::Open;
                return false;
            }
        }
        cells[fact] = Cell::Open;
        true
    }

    /// Some possible case agrees, in each of these facts, with one of the two cases or the other, and is neither.
    fn has_between(&self, facts: &[u32], one: &Cells<'a>, other: &Cells<'a>) -> bool {
        let mut cells = *one;
        for fact in facts.iter().map(|fact| *fact as usize) {
            if one[fact] != other[fact] {
                cells[fact] = Cell::Open;
            }
        }
        self.mixes(facts, (one, false), (other, false), &mut cells)
    }

    /// The flags say whether something was taken from that case so far.
    fn mixes(&self, facts: &[u32], one: (&Cells<'a>, bool), other: (&Cells<'a>, bool), cells: &mut Cells<'a>) -> bool {
        if !self.possible(cells) {
            return false;
        }
        let Some((first, rest)) = facts.split_first() else { return one.1 && other.1 };
        let fact = *first as usize;
        if one.0[fact] == other.0[fact] {
            return self.mixes(rest, one, other, cells);
        }
        cells[fact] = one.0[fact];
        let mut found = self.mixes(rest, (one.0, true), other, cells);
        if !found {
            cells[fact] = other.0[fact];
            found = self.mixes(rest, one, (other.0, true), cells);
        }
        cells[fact] = Cell::Open;
        found
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
#[inline]
fn put_in<'a>(value: Value<'a>, cell: &impl Fn(usize) -> Cell<'a>) -> Value<'a> {
    let Value::Authority(authority, Some(PlaceOf::Fact(name))) = value else { return value };
    let place = match FACTS.iter().position(|fact| text_of(fact.name) == name).map(cell) {
        Some(Cell::Is(place)) => Place::ALL.get(place as usize).map(|place| PlaceOf::Declared(*place)),
        Some(Cell::Named(name)) => Some(PlaceOf::Named(name)),
        _ => None,
    };
    Value::Authority(authority, Some(place.unwrap_or(PlaceOf::Fact(name))))
}
