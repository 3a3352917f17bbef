/// What the law answers in one case.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    case: &'a Case<'a>,
    profile: Option<&'static Profile>,
    verdict: Verdict,
    depends_on: [bool; FACT_COUNT],
    complete: bool,
}

impl Answer<'_> {
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
