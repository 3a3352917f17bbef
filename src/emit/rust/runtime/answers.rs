/// What the law answers in one case.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    case: &'a Case<'a>,
    found: Found,
}

/// How an answer was found.
#[derive(Clone, Copy)]
enum Found {
    /// It was worked out when the module was made: the end of the diagram.
    Resolved(u32),
    /// Facts are left open. Outcomes that say the same, by their numbers in the list of the question; none if it depends.
    Explored { status: Status, list: u32, outcomes: OutcomeBits, depends_on: [bool; FACT_COUNT], complete: bool },
    /// By the lines that apply.
    Judged { bench: Bench, verdict: Verdict, depends_on: [bool; FACT_COUNT], complete: bool },
}

/// Which lines of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Standing,
    Unread,
    Disputed,
}

impl Answer<'_> {
    /// What kind of answer it is.
    #[inline]
    pub fn status(&self) -> Status {
        match &self.found {
            Found::Resolved(end) => status_at(*end),
            Found::Explored { status, .. } => *status,
            Found::Judged { verdict, .. } => verdict.status,
        }
    }

    /// Answered, and a text that is not held may add something.
    pub fn is_incomplete(&self) -> bool {
        self.status() == Status::Answered && self.unread().next().is_some()
    }

    /// The lines that decide, strongest and binding first; what stands when the answer is undetermined or in conflict.
    #[inline]
    pub fn lines(&self) -> Lines<'_> {
        Lines { answer: self, which: Which::Standing, next: 0 }
    }

    /// Texts that are not held and leave the answer open.
    pub fn unread(&self) -> Lines<'_> {
        Lines { answer: self, which: Which::Unread, next: 0 }
    }

    /// Lines that disagree and are not settled.
    pub fn disputed(&self) -> Lines<'_> {
        Lines { answer: self, which: Which::Disputed, next: 0 }
    }

    /// The facts that were not given and on which the answer turns, by name; `under` for the instrument of the request.
    pub fn depends_on(&self) -> impl Iterator<Item = &'static str> + '_ {
        let depends_on = match self.found {
            Found::Resolved(_) => [false; FACT_COUNT],
            Found::Explored { depends_on, .. } | Found::Judged { depends_on, .. } => depends_on,
        };
        FACTS.iter().zip(depends_on).filter(|(_, depends)| *depends).map(|(fact, _)| text_of(fact.name))
    }

    /// All circumstances that are left open were looked at. Otherwise there were too many, and the answer is called
    /// [`Status::Depends`].
    pub fn is_exhaustive(&self) -> bool {
        match self.found {
            Found::Resolved(_) => true,
            Found::Explored { complete, .. } | Found::Judged { complete, .. } => complete,
        }
    }

    /// The outcomes of the diagram that make up the answer.
    fn outcomes(&self) -> Records<'_> {
        match &self.found {
            Found::Resolved(end) => Records::One(Some(end & PLACE)),
            Found::Explored { list, outcomes, .. } => Records::Many { list: *list, many: outcomes, next: 0 },
            Found::Judged { .. } => Records::One(None),
        }
    }
}

impl ::core::fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.debug_struct("Answer").field("status", &self.status()).finish_non_exhaustive()
    }
}

/// Lines of an answer.
#[derive(Clone)]
pub struct Lines<'a> {
    answer: &'a Answer<'a>,
    which: Which,
    /// The least that was not shown yet: a place of a profile or of the outcome; or, of lines of several outcomes, where
    /// a line stands in the data.
    next: u32,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    #[inline]
    fn next(&mut self) -> Option<Line<'a>> {
        let Found::Resolved(end) = self.answer.found else { return self.next_of_several() };
        let (line, row) = line_at(end & PLACE, self.which, self.next)?;
        self.next += 1;
        Some(Line { answer: self.answer, row: &LINES[row as usize], source: Source::Resolved(line) })
    }
}

impl<'a> Lines<'a> {
    #[inline(never)]
    fn next_of_several(&mut self) -> Option<Line<'a>> {
        let answer = self.answer;
        let Found::Judged { bench, verdict, .. } = &answer.found else {
            let waiting = answer.outcomes().flat_map(|outcome| lines_of(outcome, self.which));
            let line = waiting.filter(|line| *line >= self.next).min()?;
            self.next = line + 1;
            return Some(Line { answer, row: line_row(line), source: Source::Resolved(line) });
        };
        let those = match self.which {
            Which::Standing => &verdict.standing,
            Which::Unread => &verdict.unread,
            Which::Disputed => &verdict.disputed,
        };
        while let Some(entry) = bench.entry(self.next as usize) {
            let place = self.next as usize;
            self.next += 1;
            if those.has(place) {
                return Some(Line { answer, row: &LINES[entry.line as usize], source: Source::Judged(entry, place) });
            }
        }
        None
    }
}

/// A line of the law: one provision's answer to the question.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    answer: &'a Answer<'a>,
    row: &'static LineRow,
    source: Source,
}

/// Where a line of an answer comes from.
#[derive(Clone, Copy)]
enum Source {
    /// The data of the diagrams.
    Resolved(u32),
    /// An entry of a profile, and its place there.
    Judged(&'static Entry, usize),
}

impl<'a> Line<'a> {
    /// How strongly it speaks; none for a text that is not held.
    pub fn strength(self) -> Option<Strength> {
        self.row.strength
    }

    /// The alternatives, with the places of the case put in; a norm about conduct has none.
    #[inline]
    pub fn values(self) -> impl Iterator<Item = Value<'a>> {
        let case = self.answer.case;
        let values = self.row.values.of(&VALUES);
        let all = move || values.iter().map(move |value| put_in(*value, &|fact| case.cell(fact)));
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
        let provision = match self.source {
            Source::Resolved(line) => word(line + 1),
            Source::Judged(..) => self.row.provision,
        };
        Citation { instrument: self.row.instrument, provision: text(provision) }
    }

    /// What is said of a text that is not held.
    pub fn note(self) -> Option<&'static str> {
        text(self.row.note)
    }

    /// All that it rests on, each once: of its rule, provision and instrument, and of the clauses by which it won.
    pub fn assumptions(self) -> impl Iterator<Item = &'static str> + 'a {
        let answer = self.answer;
        let all = move || {
            let resolved = match self.source {
                Source::Resolved(line) => Some(answer.outcomes().filter_map(move |outcome| rests_on(outcome, line))),
                Source::Judged(..) => None,
            };
            let judged = match (self.source, &answer.found) {
                (Source::Judged(entry, place), Found::Judged { bench, verdict, .. }) => {
                    Some(judged_on(entry, place, (bench.edges(), bench.against()), verdict.clauses))
                }
                _ => None,
            };
            let resolved = resolved.into_iter().flatten().flat_map(|list| (0..word(list)).map(move |at| word(list + 1 + at)));
            resolved.chain(judged.into_iter().flatten())
        };
        all()
            .enumerate()
            .filter(move |(at, one)| !all().take(*at).any(|earlier| earlier == *one))
            .map(|(_, one)| text_of(one))
    }
}

/// What an entry rests on, and the clauses by which it won.
fn judged_on(
    entry: &'static Entry,
    place: usize,
    (edges, against): (&'static [Edge], &'static [Edge]),
    clauses: ClauseBits,
) -> impl Iterator<Item = u32> {
    let used = edges.iter().chain(against).filter(move |edge| {
        edge.winner as usize == place && edge.clause != NONE && clauses.has(edge.clause as usize)
    });
    entry.assumptions.of(&LISTS).iter().chain(used.flat_map(|edge| edge.assumptions.of(&LISTS))).copied()
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
    number: u32,
}

impl Question {
    /// Every question.
    pub fn all() -> impl Iterator<Item = Question> {
        (0..QUESTION_COUNT).map(|number| Question { number })
    }

    /// The question as the rule language writes it.
    pub fn words(self) -> &'static str {
        text_of(self.row().words)
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
    #[inline]
    pub fn answer<'a>(self, case: &'a Case<'a>) -> Answer<'a> {
        resolve(self.row(), case)
    }

    fn row(self) -> &'static QuestionRow {
        &QUESTIONS[self.number as usize]
    }
}
