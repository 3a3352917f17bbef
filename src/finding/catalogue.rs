//! The catalogue of codes: one table from which everything else is made.
//!
//! Messages, the pages of `docs/findings`, what `explain` says, the words that `excuse` takes, the rules of SARIF and the
//! schema of the report come from it. A code or a name is never used again for something else; one that is no longer
//! reported stays in the table.

use super::{Page, Severity};

macro_rules! catalogue {
    ($($variant:ident $id:literal $name:literal $severity:ident..$highest:ident $excusable:literal $since:literal $what:literal;)*) => {
        /// The kinds of findings. The first two digits of the number are the [`Family`].
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

            /// Its name: `unknown-name`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How grave it is unless somebody decides otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// How grave it can be made. What depends on today's date or on excuses never keeps the law from being
            /// compiled: no answer may change overnight.
            pub fn highest(self) -> Severity {
                match self { $(Code::$variant => Severity::$highest,)* }
            }

            /// It can be excused, and held back by a baseline.
            pub fn can_be_excused(self) -> bool {
                match self { $(Code::$variant => $excusable,)* }
            }

            /// The version that reported it first.
            pub fn since(self) -> &'static str {
                match self { $(Code::$variant => $since,)* }
            }

            /// What it means, in one sentence.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $what,)* }
            }

            /// What it means, at length.
            pub fn page(self) -> Page<'static> {
                Page::read(match self { $(Code::$variant => include_str!(concat!("pages/", $name, ".md")),)* })
            }
        }
    };
}

catalogue! {
    Unreadable "F0101" "unreadable" Error..Error false "0.1.0" "a file or folder cannot be read";
    NoRules "F0102" "no-rules" Error..Error false "0.1.0" "a folder holds no `.rules` file, or the files hold no item";
    NotText "F0103" "not-text" Error..Error false "0.1.0" "a file is not text in UTF-8, or holds a character that no text needs";
    HiddenDirection "F0104" "hidden-direction" Error..Error false "0.1.0" "a control character changes the direction of the text, so that what is read is not what is written";
    TooDeep "F0105" "too-deep" Error..Error false "0.1.0" "parentheses or braces are nested more deeply than any rule needs";
    Syntax "F0106" "syntax" Error..Error false "0.1.0" "something else was expected here";
    UnclosedText "F0107" "unclosed-text" Error..Error false "0.1.0" "a quoted text is not closed";
    UnclosedBlock "F0108" "unclosed-block" Error..Error false "0.1.0" "a block is not closed, or a brace too many closes nothing";
    MixedConnectives "F0109" "mixed-connectives" Error..Error false "0.1.0" "`and` and `or` stand side by side without parentheses";
    TooLong "F0110" "too-long" Error..Error false "0.1.0" "a file is longer than can be read";
    SaidTwice "F0111" "said-twice" Warning..Error true "0.1.0" "something is said twice where once is enough";
    NotRead "F0113" "not-read" Warning..Error true "0.1.0" "a file looks like law and is not read";

    UnknownName "F0201" "unknown-name" Error..Error false "0.1.0" "a name is not declared";
    DuplicateName "F0202" "duplicate-name" Error..Error false "0.1.0" "a name is declared twice";
    WrongKind "F0203" "wrong-kind" Error..Error false "0.1.0" "a name stands for something else than is needed here";
    ReservedName "F0204" "reserved-name" Error..Error false "0.1.0" "a word of the language is used as a name";
    UnusedName "F0205" "unused-name" Warning..Error true "0.1.0" "something is declared and never used";
    NearMiss "F0206" "near-miss" Warning..Error true "0.1.0" "two words that are not declared differ by a letter or two";
    AmbiguousName "F0207" "ambiguous-name" Error..Error false "0.1.0" "a name or question can mean several things here";

    BadCode "F0301" "bad-code" Error..Error false "0.1.0" "a country or language code is not one of its standard";
    BadDate "F0302" "bad-date" Error..Error false "0.1.0" "the calendar has no such day";
    BadEmail "F0303" "bad-email" Error..Error false "0.1.0" "an e-mail address is not well formed";
    BadNumber "F0304" "bad-number" Error..Error false "0.1.0" "a number is too large or has the wrong unit";
    BadFact "F0305" "bad-fact" Error..Error false "0.1.0" "a fact is declared, tested or given in a way that its kind does not have";
    HoldsWhenUnknown "F0306" "holds-when-unknown" Note..Error true "0.1.0" "a condition with `not` or `unless` holds also when the fact is unknown";
    OfficeWithoutCountry "F0307" "office-without-country" Error..Error false "0.1.0" "an office is named without its country";

    MissingStatement "F0401" "missing-statement" Error..Error false "0.1.0" "an instrument lacks a statement that it needs, or has one twice";
    WrongStatement "F0402" "wrong-statement" Error..Error false "0.1.0" "a statement does not fit the kind of the instrument";
    EmptyInterval "F0403" "empty-interval" Error..Error false "0.1.0" "a stretch of time holds no day";
    CitationOverlap "F0404" "citation-overlap" Warning..Error true "0.1.0" "two provisions with one citation hold on the same day";
    CitationHole "F0405" "citation-hole" Warning..Error true "0.1.0" "between two versions of a provision a day lies in neither";
    OutsideInstrument "F0406" "outside-instrument" Warning..Error true "0.1.0" "a provision or rule speaks of a time in which its instrument does not apply";
    Retroactive "F0407" "retroactive" Warning..Error true "0.1.0" "an instrument applies before it is in force and no assumption is written";
    ReplacedByLess "F0408" "replaced-by-less" Warning..Error true "0.1.0" "a binding text is replaced by one that does not bind";
    NoSuccessor "F0409" "no-successor" Warning..Error true "0.1.0" "a text ended that had replaced another, and nothing follows for some countries";
    NoCommonCase "F0410" "no-common-case" Warning..Error true "0.1.0" "a clause names something with which it shares no case";
    ReviewDue "F0411" "review-due" Warning..Warning true "0.1.0" "the day by which a source was to be reviewed has passed";
    OutsideExtent "F0412" "outside-extent" Warning..Error true "0.1.0" "a provision lies outside of what its instrument consists of";
    BadExtent "F0413" "bad-extent" Error..Error false "0.1.0" "what an instrument consists of cannot be counted, or is said twice";
    VersionAnswersLess "F0414" "version-answers-less" Warning..Error true "0.1.0" "a version of a provision no longer answers what the version before it answered";
    AssumptionOfOneStatement "F0415" "assumption-of-one-statement" Note..Error true "0.1.0" "an assumption looks as if it were said of a whole text and is said of one statement alone";

    ForeignDuty "F0501" "foreign-duty" Error..Error false "0.1.0" "the text of one country says what an authority of another country does or accepts";
    WrongCountry "F0502" "wrong-country" Error..Error false "0.1.0" "an authority of one country is named for another";
    WrongValue "F0503" "wrong-value" Error..Error false "0.1.0" "a rule answers with something that its question cannot have";
    WrongMatter "F0504" "wrong-matter" Error..Error false "0.1.0" "a rule or provision is about a matter that its instrument does not govern";
    UselessBranch "F0505" "useless-branch" Error..Error false "0.1.0" "a branch can never hold, or a rule says `only when` where that means nothing";
    EmptyScope "F0506" "empty-scope" Error..Error false "0.1.0" "a rule speaks of no case at all";

    CriterionWithoutOption "F0601" "criterion-without-option" Warning..Error true "0.1.0" "a criterion of the agreement has no option in its form";
    OptionShowsNothing "F0602" "option-shows-nothing" Warning..Error true "0.1.0" "an option of a form shows nothing and does not say so";
    DutyWithoutField "F0603" "duty-without-field" Warning..Error true "0.1.0" "a duty of the agreement has no field in its form";

    BadTest "F0701" "bad-test" Error..Error false "0.1.0" "a test, assertion or question lacks a part or says it twice";
    TestFailed "F0702" "test-failed" Warning..Error false "0.1.0" "a test fails";
    AssertionFailed "F0703" "assertion-failed" Warning..Error false "0.1.0" "an assertion is false in some case";
    AssertionNotProved "F0704" "assertion-not-proved" Warning..Error false "0.1.0" "an assertion speaks of cases whose answer is undetermined or in conflict";
    UnusedExcuse "F0705" "unused-excuse" Warning..Warning false "0.1.0" "an excuse excuses nothing";
    ExpiredExcuse "F0706" "expired-excuse" Warning..Warning false "0.1.0" "an excuse has expired";
    CannotExcuse "F0707" "cannot-excuse" Error..Error false "0.1.0" "a finding of this kind cannot be excused";

    Conflict "F0801" "conflict" Error..Error false "0.1.0" "two rules disagree in a case and nothing written settles it";
    Inversion "F0802" "inversion" Error..Error false "0.1.0" "a text claims to prevail over one to which it must yield";
    Cycle "F0803" "cycle" Error..Error false "0.1.0" "clauses of precedence form a circle";
    IdlePrecedence "F0804" "idle-precedence" Warning..Error true "0.1.0" "a clause of precedence settles nothing, or a text replaces nothing";
    DoubledClause "F0805" "doubled-clause" Note..Warning true "0.1.0" "another clause settles the same, or another text replaces it already";
    Gap "F0806" "gap" Error..Error true "0.1.0" "a case that must have an answer has none";
    UnreadRegion "F0807" "unread-region" Note..Error true "0.1.0" "a case that must have an answer is open because a text is not held";
    Unreachable "F0808" "unreachable" Warning..Error true "0.1.0" "a rule never decides anything";
    Redundant "F0809" "redundant" Warning..Error true "0.1.0" "without the rule every answer stays the same";
    Limit "F0810" "limit" Error..Error false "0.1.0" "something could not be proved within the limit of work";
}

impl Code {
    /// The code of that number or name: `F0801`, `f0801` and `conflict` are one.
    pub fn named(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(text) || code.name() == text)
    }

    /// How little grave it can be made. What cannot be excused cannot be talked down either.
    pub fn lowest(self) -> Severity {
        if self.can_be_excused() { Severity::Note } else { self.severity() }
    }

    /// What it is about at large.
    pub fn family(self) -> Family {
        match self.id().get(1..3) {
            Some("01") => Family::Reading,
            Some("02") => Family::Names,
            Some("03") => Family::Vocabulary,
            Some("04") => Family::Instruments,
            Some("05") => Family::Rules,
            Some("06") => Family::Form,
            Some("07") => Family::Claims,
            _ => Family::Proofs,
        }
    }
}

/// What a finding is about at large: the first two digits of its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 01: reading the files
    Reading,
    /// 02: names
    Names,
    /// 03: the vocabulary
    Vocabulary,
    /// 04: instruments and time
    Instruments,
    /// 05: rules
    Rules,
    /// 06: the form
    Form,
    /// 07: tests, assertions and excuses
    Claims,
    /// 08: proofs over all cases
    Proofs,
}

impl Family {
    /// All families, in the order of their numbers.
    pub const ALL: [Family; 8] = [
        Family::Reading,
        Family::Names,
        Family::Vocabulary,
        Family::Instruments,
        Family::Rules,
        Family::Form,
        Family::Claims,
        Family::Proofs,
    ];

    /// One word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Family::Reading => "reading",
            Family::Names => "names",
            Family::Vocabulary => "vocabulary",
            Family::Instruments => "instruments",
            Family::Rules => "rules",
            Family::Form => "form",
            Family::Claims => "claims",
            Family::Proofs => "proofs",
        }
    }

    /// A heading for people.
    pub fn title(self) -> &'static str {
        match self {
            Family::Reading => "Reading the files",
            Family::Names => "Names",
            Family::Vocabulary => "The vocabulary",
            Family::Instruments => "Instruments and time",
            Family::Rules => "Rules",
            Family::Form => "The form",
            Family::Claims => "Tests, assertions and excuses",
            Family::Proofs => "Proofs over all cases",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Family};

    #[test]
    fn numbers_and_names_are_unique_and_in_order() {
        let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn a_code_is_found_by_number_and_by_name() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.id()), Some(*code));
            assert_eq!(Code::named(&code.id().to_lowercase()), Some(*code));
            assert_eq!(Code::named(code.name()), Some(*code));
        }
        assert_eq!(Code::named("F0000"), None);
    }

    #[test]
    fn families_are_the_digits_and_nothing_is_graver_than_it_can_be() {
        let families: Vec<_> = Code::ALL.iter().map(|code| code.family()).collect();
        assert!(families.is_sorted());
        for (number, family) in (1..).zip(Family::ALL) {
            let digits = format!("F{number:02}");
            let of_family = Code::ALL.iter().filter(|code| code.id().starts_with(&digits));
            assert!(of_family.clone().count() > 0 && of_family.clone().all(|code| code.family() == family));
        }
        // the gravest comes first
        assert!(Code::ALL.iter().all(|code| code.highest() <= code.severity()));
    }
}
