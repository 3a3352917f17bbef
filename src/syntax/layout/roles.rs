//! What the grammar says of the layout: which forms begin a line, where a long line may be broken, and what lines up.
//!
//! A form gives roles to its parts; what it leaves out gets a blank, and the outermost form that begins at a place
//! decides. So a rule of the grammar that is not named here is laid out as running text.

mod statements;

use std::collections::BTreeMap;

use super::super::grammar::Rule;
use super::super::tree::Part as Pair;
use super::{Column, Fold, Gap, List};

/// The role of the token at a place, as far as the grammar says something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) gap: Option<Gap>,
    pub(super) column: Option<Column>,
}

/// The roles of a file, by the offset of the token.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// Where the chunk begins that is being read.
    base: usize,
    roles: BTreeMap<usize, Role>,
}

impl Roles {
    /// The role of the token at an offset.
    pub(super) fn at(&self, start: usize) -> Role {
        self.roles.get(&start).copied().unwrap_or_default()
    }

    /// Gives roles to everything in an item of a chunk that begins at `base`.
    pub(super) fn item(&mut self, base: usize, item: Pair<'_, '_>) {
        self.base = base;
        let list = match item.as_rule() {
            Rule::country
            | Rule::language
            | Rule::group
            | Rule::matter
            | Rule::act
            | Rule::document
            | Rule::event
            | Rule::fact
            | Rule::place => List::Declarations,
            Rule::authority => List::Authorities,
            _ => List::Alone,
        };
        self.gap(&item, Gap::Item(list));
        let mut open = vec![item];
        while let Some(pair) = open.pop() {
            self.form(&pair);
            // in order, so that the outermost and first has the say
            let parts: Vec<_> = pair.into_inner().collect();
            open.extend(parts.into_iter().rev());
        }
    }

    fn role(&mut self, pair: &Pair<'_, '_>) -> &mut Role {
        self.roles.entry(self.base + pair.start()).or_default()
    }

    fn gap(&mut self, pair: &Pair<'_, '_>, gap: Gap) {
        self.role(pair).gap.get_or_insert(gap);
    }

    fn column(&mut self, pair: &Pair<'_, '_>, column: Column) {
        self.role(pair).column.get_or_insert(column);
    }

    fn fold(&mut self, pair: &Pair<'_, '_>, fold: Fold) {
        self.gap(pair, Gap::Fold(fold));
    }

    /// A part that begins a column.
    fn cell(&mut self, pair: &Pair<'_, '_>, fold: Fold, column: Column) {
        self.fold(pair, fold);
        self.column(pair, column);
    }

    /// All parts of a rule may be broken off.
    fn folds(&mut self, parts: &[Pair<'_, '_>], rule: Rule, fold: Fold) {
        for part in parts.iter().filter(|part| part.as_rule() == rule) {
            self.fold(part, fold);
        }
    }

    /// All parts of a rule may be broken off and begin a column.
    fn cells(&mut self, parts: &[Pair<'_, '_>], rule: Rule, column: Column) {
        for part in parts.iter().filter(|part| part.as_rule() == rule) {
            self.cell(part, Fold::PART, column);
        }
    }

    /// Gives roles to the parts of a form.
    fn form(&mut self, form: &Pair<'_, '_>) {
        use Rule as R;
        let parts: Vec<Pair<'_, '_>> = form.into_inner().collect();
        match form.as_rule() {
            R::group => self.declaration(&parts, R::k_is, Column::Members),
            R::matter => {
                self.cells(&parts, R::between_countries, Column::Sides);
                self.cells(&parts, R::within_one_country, Column::Sides);
                self.declaration(&parts, R::text, Column::Title);
            }
            R::act | R::document | R::event => self.declaration(&parts, R::text, Column::Title),
            R::fact => {
                self.titles(&parts, None);
                self.declaration(&parts, R::colon, Column::Kind);
            }
            R::place => {
                self.titles(&parts, Some(Column::Title));
                self.declaration(&parts, R::k_in, Column::Country);
            }
            R::never | R::excuse => {
                self.folds(&parts, R::k_because, Fold::CLAUSE);
                self.folds(&parts, R::k_until, Fold::PART);
            }
            R::authority => {
                self.titles(&parts, Some(Column::Title));
                self.block(&parts, &[(R::contact_line, List::Particulars)]);
            }
            R::country | R::language | R::contact_line | R::source_line => self.subject(&parts),
            R::called => {
                self.subject(&parts);
                self.cells(&parts, R::k_in, Column::Country);
            }
            R::source => self.block(&parts, &[(R::source_line, List::Particulars)]),
            R::instrument => {
                self.titles(&parts, None);
                self.block(&parts, INSTRUMENT);
            }
            R::precedence => {
                self.tails(&parts, Tails::Statement);
                self.block(&parts, &[(R::precedence_line, List::Precedences)]);
            }
            R::precedence_line => {
                self.cells(&parts, R::k_over, Column::Over);
            }
            R::provision => {
                self.tails(&parts, Tails::Head);
                self.block(&parts, PROVISION);
            }
            R::form => {
                self.titles(parts.get(2..).unwrap_or_default(), None);
                self.block(&parts, &[(R::section, List::Alone)]);
            }
            R::section => {
                self.titles(&parts, None);
                self.block(
                    &parts,
                    &[(R::write_field, List::Write), (R::tick_field, List::Tick), (R::choose_field, List::Alone)],
                );
            }
            R::test => {
                for part in &parts {
                    let conduct = part.into_inner().next().is_some_and(|first| first.as_rule() == R::bearer);
                    if part.as_rule() == R::expect_rule && conduct {
                        self.gap(part, Gap::Statement(List::Conducts));
                    }
                }
                self.block(&parts, TEST);
            }
            _ => self.statement(form.as_rule(), &parts),
        }
    }

    /// `or` and `and` in a list.
    fn alternatives(&mut self, parts: &[Pair<'_, '_>]) {
        for part in parts.iter().filter(|part| matches!(part.as_rule(), Rule::k_or | Rule::k_and)) {
            self.fold(part, Fold::LIST);
        }
    }

    /// The second part is what the first says something about.
    fn subject(&mut self, parts: &[Pair<'_, '_>]) {
        if let Some(subject) = parts.get(1) {
            self.gap(subject, Gap::Blank);
            self.column(subject, Column::Subject);
        }
    }

    /// A declaration: its name, and one more part that lines up.
    fn declaration(&mut self, parts: &[Pair<'_, '_>], rule: Rule, column: Column) {
        self.subject(parts);
        for part in parts.iter().filter(|part| part.as_rule() == rule).take(1) {
            // a fact's colon belongs to its name
            let gap = if rule == Rule::colon { Gap::Blank } else { Gap::Fold(Fold::PART) };
            self.gap(part, gap);
            self.column(part, column);
        }
    }

    /// A quoted text that follows a name or a list.
    fn titles(&mut self, parts: &[Pair<'_, '_>], column: Option<Column>) {
        for part in parts.iter().filter(|part| part.as_rule() == Rule::text) {
            self.fold(part, Fold::PART);
            if let Some(column) = column {
                self.column(part, column);
            }
        }
    }

    /// The statements of a block, by what they are, and its braces.
    fn block(&mut self, parts: &[Pair<'_, '_>], statements: &[(Rule, List)]) {
        for part in parts {
            match part.as_rule() {
                Rule::open => self.gap(part, Gap::Open),
                Rule::close => self.gap(part, Gap::Close),
                rule => {
                    if let Some((_, list)) = statements.iter().find(|(statement, _)| *statement == rule) {
                        self.gap(part, Gap::Statement(*list));
                    }
                }
            }
        }
    }

    /// Scopes and clauses. Scopes that stand side by side belong together.
    fn tails(&mut self, parts: &[Pair<'_, '_>], tails: Tails) {
        let mut before = None;
        for part in parts {
            let rule = part.as_rule();
            if is_scope(rule) {
                self.fold(
                    part,
                    match before {
                        Some(Rule::during) if rule == Rule::during => Fold::DAYS,
                        Some(one) if is_scope(one) => Fold::SCOPE,
                        _ if tails == Tails::Head => Fold::CLAUSE,
                        _ => Fold::PART,
                    },
                );
            } else if is_clause(rule) {
                self.fold(part, Fold::CLAUSE);
            }
            before = Some(rule);
        }
        self.alternatives(parts);
    }
}

/// Whose tails they are: in the head of a provision scopes are a clause like the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tails {
    Head,
    Statement,
}

const INSTRUMENT: &[(Rule, List)] = &[
    (Rule::kind, List::Particulars),
    (Rule::governs, List::Particulars),
    (Rule::parties, List::Particulars),
    (Rule::party, List::Particulars),
    (Rule::associated, List::Particulars),
    (Rule::country_of, List::Particulars),
    (Rule::in_force, List::Particulars),
    (Rule::applies_from, List::Particulars),
    (Rule::replaces, List::Particulars),
    (Rule::supplements, List::Particulars),
    (Rule::yields, List::Particulars),
    (Rule::prevails, List::Particulars),
    (Rule::source_of, List::Particulars),
    (Rule::consists_of, List::Particulars),
    (Rule::left_out, List::Particulars),
    (Rule::text_held, List::Particulars),
    (Rule::silent_on, List::Particulars),
    (Rule::assumption, List::Particulars),
];

const PROVISION: &[(Rule, List)] = &[
    (Rule::authority_rule, List::AuthorityRules),
    (Rule::language_rule, List::LanguageRules),
    (Rule::channel_rule, List::Transmissions),
    (Rule::means_rule, List::Transmissions),
    (Rule::deadline_rule, List::Deadlines),
    (Rule::maximum_rule, List::Maxima),
    (Rule::criterion_rule, List::Criteria),
    (Rule::criteria_rule, List::CriteriaModes),
    (Rule::basis_rule, List::Bases),
    (Rule::conduct_rule, List::Conducts),
    (Rule::not_encoded, List::Alone),
    (Rule::passage, List::Alone),
    (Rule::text_held, List::Alone),
];

const TEST: &[(Rule, List)] = &[
    (Rule::case_line, List::Alone),
    (Rule::with_facts, List::Alone),
    (Rule::governed, List::Alone),
    (Rule::not_governed, List::Alone),
    (Rule::expect_rule, List::Expectations),
    (Rule::expect_status, List::Expectations),
];

fn is_scope(rule: Rule) -> bool {
    use Rule as R;
    matches!(
        rule,
        R::during | R::any_country | R::from_countries | R::to_countries | R::between | R::concerning | R::under
    )
}

fn is_clause(rule: Rule) -> bool {
    use Rule as R;
    matches!(rule, R::when | R::only_when | R::notwithstanding | R::subject_to | R::allows | R::assumption)
}

#[cfg(test)]
mod tests {
    use super::{INSTRUMENT, PROVISION, TEST};

    /// What the grammar lets stand in a block begins a line of its own.
    #[test]
    fn every_statement_of_the_grammar_has_a_place_in_its_block() {
        let grammar = include_str!("../../../grammar/rules.pest");
        for (name, known) in
            [("instrument_statement", INSTRUMENT), ("provision_statement", PROVISION), ("test_statement", TEST)]
        {
            let (_, rest) = grammar.split_once(&format!("\n{name} = _{{")).expect(name);
            let (statements, _) = rest.split_once('}').expect("the rule ends");
            for statement in statements.split('|').map(str::trim) {
                let is_known = known.iter().any(|(rule, _)| format!("{rule:?}") == statement);
                assert!(is_known, "{name}: {statement}");
            }
        }
    }
}
