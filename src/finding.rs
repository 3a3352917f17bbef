//! One kind of finding for the whole compiler, and the catalogue of codes.
//!
//! A finding is made in the same way everywhere and rendered in one place for each format. The table below is the only
//! list of codes: messages, documentation and the words that `excuse` takes come from it. A code is never used again
//! for something else.

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The law is not compiled.
    Error,
    /// The law is compiled; `check` fails.
    Warning,
    /// Something to know; `check` does not fail.
    Note,
}

/// Something found in the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// What is wrong, in one sentence: lower case, no full stop, names in backquotes.
    pub message: String,
    /// Where; none only for what lies in no file, such as a folder without rules.
    pub place: Option<Place>,
    /// Other places, possibly in other files.
    pub others: Vec<Place>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// A case for which it is true, as a command line of `ask`.
    pub witness: Option<String>,
    /// The reason for which it is excused.
    pub excused: Option<String>,
}

/// A place with what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub span: Span,
    /// What is to be seen; may be empty.
    pub label: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding { place: Some(Place { span, label: String::new() }), ..Finding::nowhere(code, message) }
    }

    /// A finding that lies in no file.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Finding {
        Finding {
            code,
            message: message.into(),
            place: None,
            others: Vec::new(),
            why: None,
            help: None,
            witness: None,
            excused: None,
        }
    }

    /// What is to be seen at its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Finding {
        if let Some(place) = &mut self.place {
            place.label = label.into();
        }
        self
    }

    /// Another place.
    #[must_use]
    pub fn other(mut self, span: Span, label: impl Into<String>) -> Finding {
        self.others.push(Place { span, label: label.into() });
        self
    }

    /// Why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Finding {
        self.why = Some(why.into());
        self
    }

    /// What to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// A command line that shows it.
    #[must_use]
    pub fn witness(mut self, command: impl Into<String>) -> Finding {
        self.witness = Some(command.into());
        self
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// It makes `check` fail.
    pub fn counts(&self) -> bool {
        self.severity() != Severity::Note && self.excused.is_none()
    }
}

/// Puts findings into the order in which they are shown: by file and place, then by code.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.place.as_ref().map(|place| place.span), finding.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup();
}

macro_rules! catalogue {
    ($($variant:ident $id:literal $name:literal $severity:ident $excusable:literal $what:literal;)*) => {
        /// The kinds of findings. The first two digits of the number are the family: 01 reading and writing, 02 names,
        /// 03 the vocabulary, 04 instruments and time, 05 rules, 06 the form, 07 claims, 08 proofs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $what] $variant,)*
        }

        impl Code {
            /// All codes, in the order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// Its number: `F0101`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$variant => $id,)* }
            }

            /// Its name, as `excuse` takes it.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// It can be excused.
            pub fn can_be_excused(self) -> bool {
                match self { $(Code::$variant => $excusable,)* }
            }

            /// What it means.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $what,)* }
            }
        }
    };
}

catalogue! {
    Unreadable "F0101" "unreadable" Error false "a file or folder cannot be read";
    NoRules "F0102" "no-rules" Error false "a folder holds no `.rules` file, or the files hold no item";
    NotText "F0103" "not-text" Error false "a file is not text in UTF-8, or holds a character that no text needs";
    HiddenDirection "F0104" "hidden-direction" Error false "a control character changes the direction of the text, so that what is read is not what is written";
    TooDeep "F0105" "too-deep" Error false "parentheses or braces are nested more deeply than any rule needs";
    Syntax "F0106" "syntax" Error false "something else was expected here";
    UnclosedText "F0107" "unclosed-text" Error false "a quoted text is not closed";
    UnclosedBlock "F0108" "unclosed-block" Error false "a block is not closed, or a brace too many closes nothing";
    MixedConnectives "F0109" "mixed-connectives" Error false "`and` and `or` stand side by side without parentheses";
    TooLong "F0110" "too-long" Error false "a file is longer than can be read";

    UnknownName "F0201" "unknown-name" Error false "a name is not declared";
    DuplicateName "F0202" "duplicate-name" Error false "a name is declared twice";
    WrongKind "F0203" "wrong-kind" Error false "a name stands for something else than is needed here";
    ReservedName "F0204" "reserved-name" Error false "a word of the language is used as a name";
    UnusedName "F0205" "unused-name" Warning true "something is declared and never used";
    NearMiss "F0206" "near-miss" Warning true "two words that are not declared differ by a letter or two";
    AmbiguousName "F0207" "ambiguous-name" Error false "a name or question can mean several things here";

    BadCode "F0301" "bad-code" Error false "a country or language code is not one of its standard";
    BadDate "F0302" "bad-date" Error false "the calendar has no such day";
    BadEmail "F0303" "bad-email" Error false "an e-mail address is not well formed";
    BadNumber "F0304" "bad-number" Error false "a number is too large or has the wrong unit";
    BadFact "F0305" "bad-fact" Error false "a fact is declared, tested or given in a way that its kind does not have";
    HoldsWhenUnknown "F0306" "holds-when-unknown" Note true "a condition with `not` or `unless` holds also when the fact is unknown";
    OfficeWithoutCountry "F0307" "office-without-country" Error false "an office is named without its country";

    MissingStatement "F0401" "missing-statement" Error false "an instrument lacks a statement that it needs, or has one twice";
    WrongStatement "F0402" "wrong-statement" Error false "a statement does not fit the kind of the instrument";
    EmptyInterval "F0403" "empty-interval" Error false "a stretch of time holds no day";
    CitationOverlap "F0404" "citation-overlap" Warning true "two provisions with one citation hold on the same day";
    CitationHole "F0405" "citation-hole" Warning true "between two versions of a provision a day lies in neither";
    OutsideInstrument "F0406" "outside-instrument" Warning true "a provision or rule speaks of a time in which its instrument does not apply";
    Retroactive "F0407" "retroactive" Warning true "an instrument applies before it is in force and no assumption is written";
    ReplacedByLess "F0408" "replaced-by-less" Warning true "a binding text is replaced by one that does not bind";
    NoSuccessor "F0409" "no-successor" Warning true "a text ended that had replaced another, and nothing follows for some countries";
    NoCommonCase "F0410" "no-common-case" Warning true "a clause names something with which it shares no case";
    ReviewDue "F0411" "review-due" Warning true "the day by which a source was to be reviewed has passed";

    ForeignDuty "F0501" "foreign-duty" Error false "the text of one country says what an authority of another country does or accepts";
    WrongCountry "F0502" "wrong-country" Error false "an authority of one country is named for another";
    WrongValue "F0503" "wrong-value" Error false "a rule answers with something that its question cannot have";
    WrongMatter "F0504" "wrong-matter" Error false "a rule or provision is about a matter that its instrument does not govern";
    UselessBranch "F0505" "useless-branch" Error false "a branch can never hold, or a rule says `only when` where that means nothing";
    EmptyScope "F0506" "empty-scope" Error false "a rule speaks of no case at all";

    CriterionWithoutOption "F0601" "criterion-without-option" Warning true "a criterion of the agreement has no option in its form";
    OptionShowsNothing "F0602" "option-shows-nothing" Warning true "an option of a form shows nothing and does not say so";
    DutyWithoutField "F0603" "duty-without-field" Warning true "a duty of the agreement has no field in its form";

    BadTest "F0701" "bad-test" Error false "a test, assertion or question lacks a part or says it twice";
    TestFailed "F0702" "test-failed" Warning false "a test fails";
    AssertionFailed "F0703" "assertion-failed" Warning false "an assertion is false in some case";
    AssertionNotProved "F0704" "assertion-not-proved" Warning false "an assertion speaks of cases whose answer is undetermined or in conflict";
    UnusedExcuse "F0705" "unused-excuse" Warning false "an excuse excuses nothing";
    ExpiredExcuse "F0706" "expired-excuse" Warning false "an excuse has expired";
    CannotExcuse "F0707" "cannot-excuse" Error false "a finding of this kind cannot be excused";

    Conflict "F0801" "conflict" Error false "two rules disagree in a case and nothing written settles it";
    Inversion "F0802" "inversion" Error false "a text claims to prevail over one to which it must yield";
    Cycle "F0803" "cycle" Error false "clauses of precedence form a circle";
    IdlePrecedence "F0804" "idle-precedence" Warning true "a clause of precedence settles nothing";
    DoubledClause "F0805" "doubled-clause" Note true "another clause settles the same";
    Gap "F0806" "gap" Error true "a case that must have an answer has none";
    UnreadRegion "F0807" "unread-region" Note true "a case that must have an answer is open because a text is not held";
    Unreachable "F0808" "unreachable" Warning true "a rule never decides anything";
    Redundant "F0809" "redundant" Warning true "without the rule every answer stays the same";
    Limit "F0810" "limit" Error false "something could not be proved within the limit of work";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn numbers_and_names_are_unique_and_in_order() {
        let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
