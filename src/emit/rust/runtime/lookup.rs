// --------------------------------------------------------------------------------------------------- lookup

/// The child is an end, and not a node.
const END: u32 = 1 << 31;
/// Where the status of an end stands in it.
const STATUS_AT: u32 = 28;
/// The part of an end that says where its outcome stands.
const PLACE: u32 = (1 << STATUS_AT) - 1;
/// The end of what cannot be.
const NOWHERE: u32 = END | 4 << STATUS_AT | IMPOSSIBLE;
/// What a node asks for: the requested country, the requesting one, the day; after these the axes.
const REQUESTED: u32 = 0;
const REQUESTING: u32 = 1;
const DAY: u32 = 2;
const FIRST_AXIS: u32 = 3;
/// The part of a node's head that says so.
const AXIS: u32 = (1 << 14) - 1;
/// Nothing is supposed of a fact.
const OPEN: u32 = u32::MAX;

/// By their numbers, of which there are no others; filled up, so that three bits always name one.
const STATUSES: [Status; 8] = [
    Status::Answered,
    Status::Undetermined,
    Status::NoRule,
    Status::Conflict,
    Status::OutOfScope,
    Status::OutOfScope,
    Status::OutOfScope,
    Status::OutOfScope,
];

type OutcomeBits = Bits<OUTCOME_WORDS>;

/// The answer to a question: looked up where all is given on which it turns.
#[inline(always)]
fn resolve<'a>(question: &'static QuestionRow, case: &'a Case<'a>) -> Answer<'a> {
    if question.between == (case.requesting == case.requested) || !question.speaks_of_places(case) {
        return Answer { case, found: Found::Resolved(NOWHERE) };
    }
    if question.root == NONE {
        return judge(question, case);
    }
    let mut at = question.root;
    while at & END == 0 {
        let head = node(at);
        let Some(value) = value(head, case) else { return explored(question, case) };
        at = child(at, head, value);
    }
    Answer { case, found: Found::Resolved(at) }
}

/// What the case has of what a node asks for: a day as it is, all else by its class; none: it was not given.
fn value(head: u32, case: &Case<'_>) -> Option<u32> {
    match head & AXIS {
        REQUESTED => Some(case.requested.index() as u32),
        REQUESTING => Some(case.requesting.index() as u32),
        DAY => Some(case.on.days() as u32),
        axis => AXES[(axis - FIRST_AXIS) as usize].class(case),
    }
}

impl AxisRow {
    fn class(&self, case: &Case<'_>) -> Option<u32> {
        Some(match case.cell(self.fact as usize) {
            Cell::Open => return None,
            Cell::Unknown => self.unknown,
            Cell::Outside => self.outside,
            Cell::Named(_) => self.other,
            Cell::Is(number) if self.bounds.is_empty() => {
                self.values.get(number as usize).map_or(self.other, |class| u32::from(*class))
            }
            Cell::Is(number) => self.bounds.partition_point(|bound| *bound <= number) as u32,
        })
    }
}

/// How a node goes on: by one child for each value, by a map from values to children, or by runs of values.
const DENSE: u32 = 0;
const MAPPED: u32 = 1;

fn child(at: u32, head: u32, value: u32) -> u32 {
    let count = head >> 16;
    match (head >> 14) & 3 {
        DENSE => node(at + 1 + value),
        MAPPED => {
            let class = MAPS.get((node(at + 1) + value) as usize).copied().unwrap_or(0);
            node(at + 2 + u32::from(class))
        }
        _ => {
            let length = (count - 1).next_multiple_of(TOGETHER);
            node(at + 1 + length + begun(at + 1, length, value as i32))
        }
    }
}

/// So many first values of runs are compared together; a list of them is filled up to that.
const TOGETHER: u32 = 8;
/// A longer list of them is halved until it is no longer than that.
const FEW: u32 = 32;

/// How many runs after the first have begun by the value. No branch depends on it.
fn begun(at: u32, length: u32, value: i32) -> u32 {
    let (mut begun, mut left) = (0, length);
    while left > FEW {
        let half = left / 2 / TOGETHER * TOGETHER;
        begun += if node(at + begun + half - 1) as i32 <= value { half } else { 0 };
        left -= half;
    }
    let bytes = NODES.0.get((at + begun) as usize * 4..(at + begun + left) as usize * 4).unwrap_or(&[]);
    for together in bytes.chunks_exact(4 * TOGETHER as usize) {
        for first in together.chunks_exact(4) {
            begun += u32::from(i32::from_le_bytes([first[0], first[1], first[2], first[3]]) <= value);
        }
    }
    begun
}

/// The status of an end.
fn status_at(end: u32) -> Status {
    STATUSES[(end >> STATUS_AT & 7) as usize]
}

fn status_of(outcome: u32) -> Status {
    STATUSES[(word(outcome) & 7) as usize]
}

/// Outcomes of a diagram, by where they stand.
#[derive(Clone)]
enum Records<'a> {
    One(Option<u32>),
    /// Those of a list, from a place on.
    Many { list: u32, many: &'a OutcomeBits, next: usize },
}

impl Iterator for Records<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (list, many, next) = match self {
            Records::One(one) => return one.take(),
            Records::Many { list, many, next } => (*list, *many, next),
        };
        while *next < OUTCOME_WORDS * 64 {
            let place = *next;
            *next += 1;
            if many.has(place) {
                return Some(word(list + place as u32));
            }
        }
        None
    }
}

/// Where the lines of an outcome begin, how many numbers each has and how many there are. The first number of a line is
/// where it stands; after it, of one that stands, follow the list of what it rests on and its row.
#[inline]
fn part(outcome: u32, which: Which) -> (u32, u32, u32) {
    let (first, standing) = (outcome + 5, word(outcome + 3));
    if which == Which::Standing {
        return (first, 3, standing);
    }
    let (after, others) = (first + 3 * standing, word(outcome + 4));
    let (unread, disputed) = (others & 0xffff, others >> 16);
    if which == Which::Unread { (after, 1, unread) } else { (after + unread, 1, disputed) }
}

/// Where the lines of an outcome stand, in order.
fn lines_of(outcome: u32, which: Which) -> impl Iterator<Item = u32> {
    let (first, step, count) = part(outcome, which);
    (0..count).map(move |place| word(first + step * place))
}

/// Where a line of an outcome stands, and its row.
#[inline]
fn line_at(outcome: u32, which: Which, place: u32) -> Option<(u32, u32)> {
    let (first, step, count) = part(outcome, which);
    let at = first + step * place;
    (place < count).then(|| {
        let line = word(at);
        (line, if which == Which::Standing { word(at + 2) } else { word(line) })
    })
}

/// The list of what a line rests on in an outcome in which it stands.
fn rests_on(outcome: u32, line: u32) -> Option<u32> {
    let place = lines_of(outcome, Which::Standing).position(|standing| standing == line)?;
    Some(word(outcome + 6 + 3 * place as u32))
}

fn line_row(line: u32) -> &'static LineRow {
    &LINES[word(line) as usize]
}

/// The class of each fact that is supposed beyond what is given.
type Classes = [u32; FACT_COUNT];

/// The answer where something is left open on which it may turn.
fn explored<'a>(question: &'static QuestionRow, case: &'a Case<'a>) -> Answer<'a> {
    let search = Search { question, case };
    let mut first = IMPOSSIBLE;
    let mut outcomes = OutcomeBits::EMPTY;
    let mut agree = true;
    let mut budget = BUDGET;
    search.walk(question.root, &mut [OPEN; FACT_COUNT], false, &mut budget, &mut |_, outcome| {
        first = if first == IMPOSSIBLE { outcome } else { first };
        outcomes.add(word(outcome + 1) as usize);
        agree = search.same(first, outcome);
        agree
    });
    let complete = budget > 0;
    let list = question.outcomes;
    if agree && complete {
        let (status, depends_on) = (status_of(first), [false; FACT_COUNT]);
        return Answer { case, found: Found::Explored { status, list, outcomes, depends_on, complete } };
    }
    let (status, outcomes, depends_on) = (Status::Depends, OutcomeBits::EMPTY, search.depended_on());
    Answer { case, found: Found::Explored { status, list, outcomes, depends_on, complete } }
}

/// Looks at what can follow from what is left open.
#[derive(Clone, Copy)]
struct Search<'a> {
    question: &'static QuestionRow,
    case: &'a Case<'a>,
}

impl Search<'_> {
    /// Visits the outcomes of all cases that can be and agree with what is given and supposed, as long as `visit` wants
    /// more; with every class of what is open, or only with one of those that lead to the same. False if the budget was
    /// spent or `visit` had enough.
    fn walk(
        &self,
        at: u32,
        classes: &mut Classes,
        every_class: bool,
        budget: &mut u32,
        visit: &mut dyn FnMut(&Classes, u32) -> bool,
    ) -> bool {
        if *budget == 0 {
            return false;
        }
        *budget -= 1;
        if at & END != 0 {
            let outcome = at & PLACE;
            return outcome == IMPOSSIBLE || visit(classes, outcome);
        }
        let head = node(at);
        let Some(axis) = (head & AXIS).checked_sub(FIRST_AXIS) else {
            let next = value(head, self.case).map_or(NOWHERE, |value| child(at, head, value));
            return self.walk(next, classes, every_class, budget, visit);
        };
        let axis = &AXES[axis as usize];
        if let Some(class) = self.class(axis, classes) {
            return self.walk(child(at, head, class), classes, every_class, budget, visit);
        }
        let mut before = IMPOSSIBLE;
        for class in 0..axis.count {
            let next = child(at, head, class);
            if !every_class && class > 0 && next == before {
                continue;
            }
            before = next;
            classes[axis.fact as usize] = class;
            let more = self.walk(next, classes, every_class, budget, visit);
            classes[axis.fact as usize] = OPEN;
            if !more {
                return false;
            }
        }
        true
    }

    /// The class that is supposed or given.
    fn class(&self, axis: &AxisRow, classes: &Classes) -> Option<u32> {
        match classes[axis.fact as usize] {
            OPEN => axis.class(self.case),
            class => Some(class),
        }
    }

    /// The facts left open on which the answer turns: two cases with different answers differ in it, and no possible case
    /// lies between them; of each case only what the lines ask for counts.
    fn depended_on(&self) -> [bool; FACT_COUNT] {
        let mut depends = [false; FACT_COUNT];
        let (mut budget, mut budget_inside) = (BUDGET, BUDGET);
        self.walk(self.question.root, &mut [OPEN; FACT_COUNT], true, &mut budget, &mut |here, outcome| {
            for axis in self.question.axes.of(&AXES) {
                let known = depends[axis.fact as usize] || axis.class(self.case).is_some();
                if !known && self.turns_on(axis, here, outcome, &mut budget_inside) {
                    depends[axis.fact as usize] = true;
                }
            }
            true
        });
        depends
    }

    /// Here, or somewhere in what is still open here. Where looking takes too long it is taken to be so.
    fn turns_on(&self, axis: &AxisRow, here: &Classes, outcome: u32, budget: &mut u32) -> bool {
        let (fact, tied) = (axis.fact as usize, axis.tied);
        if tied.is_empty() || (tied.len() == 1 && here[fact] == OPEN) {
            return false;
        }
        let mut found = false;
        self.settle(tied, &mut here.clone(), &mut |mine| {
            let mut theirs = *mine;
            for one in tied {
                theirs[AXES[*one as usize].fact as usize] = OPEN;
            }
            self.settle(tied, &mut theirs, &mut |theirs| {
                if *budget == 0 {
                    found = true;
                    return false;
                }
                *budget -= 1;
                if theirs[fact] != mine[fact] && !self.has_between(tied, mine, theirs) {
                    self.walk(self.question.root, &mut theirs.clone(), false, budget, &mut |_, other| {
                        found = !self.same(outcome, other);
                        !found
                    });
                }
                !found
            })
        });
        found
    }

    /// Some case that can be agrees with what is given and supposed.
    fn possible(&self, classes: &Classes) -> bool {
        !self.walk(self.question.root, &mut classes.clone(), false, &mut { BUDGET }, &mut |_, _| false)
    }

    /// Goes through the possible ways to settle these facts, as long as `visit` wants more. False if it had enough.
    fn settle(&self, facts: &[u32], classes: &mut Classes, visit: &mut dyn FnMut(&Classes) -> bool) -> bool {
        if !self.possible(classes) {
            return true;
        }
        let Some((first, rest)) = facts.split_first() else { return visit(classes) };
        let axis = &AXES[*first as usize];
        if self.class(axis, classes).is_some() {
            return self.settle(rest, classes, visit);
        }
        let fact = axis.fact as usize;
        for class in 0..axis.count {
            classes[fact] = class;
            if !self.settle(rest, classes, visit) {
                classes[fact] = OPEN;
                return false;
            }
        }
        classes[fact] = OPEN;
        true
    }

    /// Some possible case agrees, in each of these facts, with one of the two cases or the other, and is neither.
    fn has_between(&self, axes: &[u32], one: &Classes, other: &Classes) -> bool {
        let mut classes = *one;
        for fact in axes.iter().map(|axis| AXES[*axis as usize].fact as usize) {
            if one[fact] != other[fact] {
                classes[fact] = OPEN;
            }
        }
        self.mixes(axes, (one, false), (other, false), &mut classes)
    }

    /// The flags say whether something was taken from that case so far.
    fn mixes(&self, axes: &[u32], one: (&Classes, bool), other: (&Classes, bool), classes: &mut Classes) -> bool {
        if !self.possible(classes) {
            return false;
        }
        let Some((first, rest)) = axes.split_first() else { return one.1 && other.1 };
        let fact = AXES[*first as usize].fact as usize;
        if one.0[fact] == other.0[fact] {
            return self.mixes(rest, one, other, classes);
        }
        classes[fact] = one.0[fact];
        let mut found = self.mixes(rest, (one.0, true), other, classes);
        if !found {
            classes[fact] = other.0[fact];
            found = self.mixes(rest, one, (other.0, true), classes);
        }
        classes[fact] = OPEN;
        found
    }

    /// The same status, values, strengths and limits, and as complete; whatever the reasons.
    fn same(&self, a: u32, b: u32) -> bool {
        let placed = |outcome| word(outcome) & 8 != 0;
        let held = |outcome| lines_of(outcome, Which::Unread).next().is_none();
        word(a + 2) == word(b + 2)
            || (placed(a)
                && placed(b)
                && status_of(a) == status_of(b)
                && held(a) == held(b)
                && self.says_all_of(a, b)
                && self.says_all_of(b, a))
    }

    fn says_all_of(&self, a: u32, b: u32) -> bool {
        let cells = self.case.cells();
        let of_b = || lines_of(b, Which::Standing).map(line_row);
        let counts = |row: &&LineRow| !of_b().any(|other| outweighs(other, row, &cells));
        of_b().filter(counts).all(|other| {
            lines_of(a, Which::Standing)
                .any(|line| line_row(line).strength == other.strength && same_value(line_row(line), other, &cells))
        })
    }
}

/// One says more strongly what the other says, so that it alone counts.
fn outweighs(a: &LineRow, b: &LineRow, cells: &Cells<'_>) -> bool {
    a.strength < b.strength && b.strength != Some(Strength::ShallNot) && same_value(a, b, cells)
}

/// Both say the same but for the strength, with the places of the case put in.
fn same_value(a: &LineRow, b: &LineRow, cells: &Cells<'_>) -> bool {
    let within = |a: &LineRow, b: &LineRow| {
        let values = b.values.of(&VALUES);
        a.values.of(&VALUES).iter().all(|value| {
            let value = put_in(*value, &|fact| cells[fact]);
            values.iter().any(|other| put_in(*other, &|fact| cells[fact]) == value)
        })
    };
    a.says == b.says || (a.placed && b.placed && within(a, b) && within(b, a))
}
