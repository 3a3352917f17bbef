//! The parts of statements: of instruments, provisions, forms, claims and tests.

use super::super::super::grammar::Rule;
use super::super::{Column, Fold, Gap, List};
use super::{Pair, Roles, Tails, is_clause, is_scope};

impl Roles {
    /// Gives roles to the parts of a statement, or of a part of one.
    pub(super) fn statement(&mut self, rule: Rule, parts: &[Pair<'_, '_>]) {
        use Rule as R;
        match rule {
            R::kind
            | R::governs
            | R::parties
            | R::party
            | R::associated
            | R::country_of
            | R::in_force
            | R::applies_from
            | R::replaces
            | R::supplements
            | R::yields
            | R::prevails
            | R::source_of
            | R::consists_of => self.instrument_statement(rule, parts),
            R::left_out => {
                self.subject(parts);
                self.folds(parts, R::k_because, Fold::CLAUSE);
            }
            R::basis_tail | R::expect_tail => {
                self.cells(parts, R::k_by, Column::Basis);
                self.folds(parts, R::assumption, Fold::CLAUSE);
            }
            R::text_held => self.titles(parts, None),
            R::authority_rule
            | R::language_rule
            | R::channel_rule
            | R::means_rule
            | R::deadline_rule
            | R::maximum_rule
            | R::criteria_rule
            | R::basis_rule
            | R::conduct_rule => self.rule(parts),
            R::criterion_rule | R::ground => {
                self.titles(parts, Some(Column::Title));
                self.clause_as_column(parts);
                self.tails(parts, Tails::Statement);
            }
            R::authority_branch
            | R::words_branch
            | R::deadline_branch
            | R::maximum_branch
            | R::criteria_branch
            | R::basis_branch => {
                self.times(parts);
                self.tails(parts, Tails::Statement);
            }
            R::conduct_branch => {
                self.times(parts);
                self.clause_as_column(parts);
                self.tails(parts, Tails::Statement);
            }
            R::refuse_branch => {
                for part in parts.iter().filter(|part| matches!(part.as_rule(), R::ground | R::no_other_ground)) {
                    self.gap(part, Gap::Part(List::Grounds));
                }
                self.tails(parts, Tails::Statement);
            }
            R::limit => self.times(parts),
            R::notwithstanding | R::subject_to => self.folds(parts, R::k_by, Fold::PART),
            R::condition | R::disjunction => {
                self.folds(parts, R::k_unless, Fold::SCOPE);
                self.alternatives(parts);
            }
            R::write_field | R::tick_field | R::choose_field | R::choice => self.field(rule, parts),
            R::complete | R::claim => self.tails(parts, Tails::Statement),
            R::assertion => self.assertion(parts),
            R::case_line => self.folds(parts, R::case_part, Fold::SCOPE),
            R::expect_rule | R::expect_status => {
                if let Some(answer) = parts.get(1) {
                    self.cell(answer, Fold::PART, Column::Answer);
                }
                self.times(parts);
                self.alternatives(parts);
            }
            _ => self.alternatives(parts),
        }
    }

    fn instrument_statement(&mut self, rule: Rule, parts: &[Pair<'_, '_>]) {
        self.subject(parts);
        // the days of parties line up
        if matches!(rule, Rule::parties | Rule::party | Rule::associated)
            && let Some(first) = parts.iter().find(|part| part.as_rule() == Rule::during)
        {
            self.column(first, Column::Days);
        }
        self.tails(parts, Tails::Statement);
        self.cells(parts, Rule::open, Column::Block);
        for part in parts.iter().filter(|part| part.as_rule() == Rule::reservation) {
            self.gap(part, Gap::Blank);
        }
        self.folds(parts, Rule::only_texts, Fold::PART);
        self.folds(parts, Rule::headings, Fold::PART);
    }

    /// The first condition or other clause lines up with that of the lines around it.
    fn clause_as_column(&mut self, parts: &[Pair<'_, '_>]) {
        if let Some(first) = parts.iter().find(|part| is_clause(part.as_rule())) {
            self.column(first, Column::Clause);
        }
    }

    /// By when, from when a stretch of time runs, where its end is moved to, and when it may be longer.
    fn times(&mut self, parts: &[Pair<'_, '_>]) {
        for rule in [Rule::limit, Rule::starting, Rule::moved, Rule::k_longer, Rule::or_longer] {
            self.folds(parts, rule, Fold::PART);
        }
    }

    /// A rule: what it answers, what stands before its first branch, and its branches.
    fn rule(&mut self, parts: &[Pair<'_, '_>]) {
        let Some(branch) = parts.iter().position(|part| is_branch(part.as_rule())) else { return };
        let (before, branches) = parts.split_at(branch);
        let scope = before.iter().find(|part| is_scope(part.as_rule()));
        if let Some(scope) = scope {
            self.column(scope, Column::Scope);
        }
        self.tails(before, Tails::Statement);
        let has_clauses = before.iter().any(|part| is_clause(part.as_rule()));
        for (at, part) in branches.iter().enumerate() {
            if at == 0 && has_clauses {
                self.fold(part, Fold::CLAUSE);
            } else if at == 0 {
                self.cell(part, Fold::PART, Column::Strength);
            } else if part.as_rule() == Rule::k_otherwise {
                self.gap(part, Gap::Part(List::Alone));
            } else {
                self.gap(part, Gap::Blank);
            }
        }
    }

    fn field(&mut self, rule: Rule, parts: &[Pair<'_, '_>]) {
        if rule != Rule::write_field {
            self.titles(parts, Some(Column::Title));
        }
        if let Some(shows) = parts.iter().find(|part| part.as_rule() == Rule::shows) {
            self.column(shows, Column::Shows);
        }
        self.folds(parts, Rule::shows, Fold::PART);
        self.block(parts, &[(Rule::choice, List::Choices)]);
    }

    /// What is asserted stands below its title.
    fn assertion(&mut self, parts: &[Pair<'_, '_>]) {
        if let Some(question) = parts.get(2) {
            self.gap(question, Gap::Part(List::Alone));
        }
        self.folds(parts, Rule::claim, Fold::CLAUSE);
        self.folds(parts, Rule::each, Fold::CLAUSE);
        self.tails(parts, Tails::Statement);
    }
}

fn is_branch(rule: Rule) -> bool {
    use Rule as R;
    matches!(
        rule,
        R::authority_branch
            | R::words_branch
            | R::deadline_branch
            | R::maximum_branch
            | R::criteria_branch
            | R::basis_branch
            | R::conduct_branch
            | R::refuse_branch
    )
}
