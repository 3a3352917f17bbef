//! The grammar as pest sees it, and what each of its rules is called when a reader is told that it was expected.
//!
//! pest's `Rule` is known in this folder alone. The table below must name every rule: a new one does not compile
//! without a name in the user's words.

use pest::Parser;
use pest::error::Error;

use super::tree::Tree;

/// What pest made of the grammar.
#[allow(missing_docs, reason = "the rules are described where they are defined, in the grammar")]
mod derived {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/rules.pest"]
    pub(in crate::syntax) struct Grammar;
}

pub(super) use derived::Rule;

/// Reads `text` by one rule of the grammar and hands back what the rule holds.
///
/// The work is linear in the text; the depth of the recursion is that of its parentheses, which the caller has limited.
pub(super) fn read(rule: Rule, text: &str) -> Result<Tree<'_>, Box<Error<Rule>>> {
    let pairs = derived::Grammar::parse(rule, text).map_err(Box::new)?;
    Ok(Tree::of(pairs, text))
}

/// How much of the beginning of `text` a rule of the grammar takes; none if it does not begin so.
pub(super) fn read_beginning(rule: Rule, text: &str) -> Option<usize> {
    let mut pairs = derived::Grammar::parse(rule, text).ok()?;
    pairs.next().map(|pair| pair.as_span().end())
}

/// What a rule is called in a message. Words of the language stand in backquotes, as they are written.
#[allow(clippy::too_many_lines, reason = "it is a table")]
pub(super) fn name(rule: Rule) -> &'static str {
    use Rule as R;
    match rule {
        R::s | R::g | R::comment => "a blank",
        R::w => "a letter",
        R::tail | R::scope => "a condition or a scope, such as `when` or `in`",
        R::item | R::chunk => "an item, such as `provision` or `instrument`",
        R::question | R::question_line | R::questions => "a question, such as `authority to`",
        R::given_line | R::given => "a fact and its value",
        R::provision_top | R::provision_opening | R::k_provision | R::provision => "`provision`",
        R::provision_statement | R::provision_lines => "a rule, such as `authority to`",
        R::instrument_top | R::instrument_opening | R::k_instrument | R::instrument => "`instrument`",
        R::instrument_statement | R::instrument_lines => "a statement, such as `kind`",
        R::test_top | R::test_opening | R::k_test | R::test => "`test`",
        R::test_statement | R::expected | R::test_lines => "a line of a test, such as `with`",
        R::authority_top | R::authority_opening | R::k_authority | R::authority => "`authority`",
        R::authority_lines | R::contact_line => "`called`, `address`, `email`, `telephone`, `website` or `note`",
        R::source_top | R::source_opening | R::k_source | R::source | R::source_of => "`source`",
        R::source_lines | R::source_line => {
            "`title`, `publisher`, `reference`, `dated`, `language`, `website`, `file`, `note` or `review by`"
        }
        R::precedence_top | R::precedence_opening | R::k_precedence | R::precedence => "`precedence`",
        R::precedence_lines | R::precedence_line => "a kind of instrument, such as `statute`",
        R::form_top | R::form_opening | R::k_form | R::form => "`form`",
        R::filled_in_by => "`by requesting authority` or `by requested authority`",
        R::form_lines | R::section_top | R::section_opening | R::section | R::k_section => "`section`",
        R::field | R::section_lines => "`write`, `tick` or `choose`",
        R::name | R::names => "a name",
        R::qualified | R::authority_value => "an authority with its country, as in `Norway.chief-of-police`",
        R::text => "a text in quotation marks",
        R::date => "a date, as in `2025-06-09`",
        R::integer => "a number",
        R::comma => "`,`",
        R::open => "`{`",
        R::close => "`}`",
        R::paren_open => "`(`",
        R::paren_close => "`)`",
        R::colon => "`:`",
        R::k_country | R::country | R::country_of => "`country`",
        R::k_language | R::language => "`language`",
        R::k_group | R::group => "`group`",
        R::k_matter | R::matter => "`matter`",
        R::k_act | R::act => "`act`",
        R::k_item | R::document => "`item`",
        R::k_event | R::event => "`event`",
        R::k_fact | R::fact => "`fact`",
        R::k_never | R::never => "`never`",
        R::k_place | R::place => "`place`",
        R::k_complete | R::complete => "`complete`",
        R::k_assert | R::assertion => "`assert`",
        R::k_excuse | R::excuse => "`excuse`",
        R::k_is => "`is`",
        R::k_are | R::criteria_branch => "`are`",
        R::k_in => "`in`",
        R::k_of => "`of`",
        R::k_for => "`for`",
        R::k_to => "`to`",
        R::k_from | R::starting => "`from`",
        R::k_until => "`until`",
        R::k_on => "`on`",
        R::k_by => "`by`",
        R::k_and => "`and`",
        R::k_or => "`or`",
        R::k_not => "`not`",
        R::k_when => "`when`",
        R::k_unless => "`unless`",
        R::k_otherwise => "`otherwise`",
        R::k_assuming | R::assumption => "`assuming`",
        R::k_because => "`because`",
        R::k_with | R::with_facts => "`with`",
        R::k_within => "`within`",
        R::k_over => "`over`",
        R::k_shows | R::shows => "`shows`",
        R::k_includes => "`includes`",
        R::k_excludes => "`excludes`",
        R::k_longer => "`longer`",
        R::k_only | R::only_texts => "`only`",
        R::k_met => "`met`",
        R::k_ends => "`ends`",
        R::k_refuse => "`refuse`",
        R::k_only_when | R::only_when => "`only when`",
        R::coded => "a name with its code, as in `Denmark (DK)`",
        R::between_countries => "`between countries`",
        R::within_one_country => "`within one country`",
        R::under_one_instrument => "`under one instrument`",
        R::fact_kind => "the kind of the fact, such as `yes or no`",
        R::yes_or_no => "`yes or no`",
        R::one_of => "`one of`",
        R::kind_name => "a kind of fact, such as `place`",
        R::or_unknown => "`or unknown`",
        R::called | R::k_called => "`called`",
        R::contact_kind => "`address`, `email`, `telephone`, `website` or `note`",
        R::source_text => "`title`, `publisher`, `reference`, `website`, `file` or `note`",
        R::k_dated => "`dated`",
        R::k_review_by => "`review by`",
        R::kind | R::k_kind => "`kind`",
        R::governs | R::k_governs => "`governs`",
        R::parties | R::k_parties => "`parties`",
        R::party | R::k_party => "`party`",
        R::reservation | R::k_reservation => "`reservation`",
        R::associated | R::k_associated => "`associated`",
        R::in_force | R::k_in_force => "`in force`",
        R::applies_from | R::k_applies => "`applies`",
        R::replaces | R::k_replaces => "`replaces`",
        R::supplements | R::k_supplements => "`supplements`",
        R::yields | R::k_yields_to => "`yields to`",
        R::prevails | R::k_prevails_over => "`prevails over`",
        R::text_held => "`text unavailable` or `text partial`",
        R::k_text => "`text`",
        R::k_unavailable => "`unavailable`",
        R::k_partial => "`partial`",
        R::headings | R::k_with_headings => "`with headings`",
        R::passage | R::k_passage => "`passage`",
        R::consists_of | R::k_consists_of => "`consists of`",
        R::stretches | R::stretch => "a provision, such as `\"Article 1\"`",
        R::silent_on | R::k_silent_on => "`silent on`",
        R::during => "`from` or `until` with a date",
        R::basis_tail | R::expect_tail => "`by` or `assuming`",
        R::reference => "an instrument or a provision",
        R::ranked => "what gives way: an instrument, a provision, a kind such as `statute`, or `national law of`",
        R::national_law | R::k_national_law_of => "`national law of`",
        R::requesting_country => "`the requesting country`",
        R::requested_country => "`the requested country`",
        R::either_country => "`either country`",
        R::mandatory_rules => "`mandatory rules of binding instruments`",
        R::kinds => "a kind of instrument, such as `treaty`",
        R::kind_word => "`treaty`, `regulation`, `statute`, `ordinance`, `arrangement` or `circular`",
        R::same_country => "`of the same country`",
        R::not_encoded | R::k_not_encoded | R::left_out => "`not encoded`",
        R::when => "`when` or `unless`",
        R::notwithstanding | R::k_notwithstanding => "`notwithstanding`",
        R::subject_to | R::k_subject_to => "`subject to`",
        R::allows | R::k_allows_otherwise_by => "`allows otherwise by`",
        R::from_countries => "`from` with a country",
        R::to_countries => "`to` or `in` with a country",
        R::between | R::k_between => "`between`",
        R::any_country => "`any country`",
        R::concerning | R::k_concerning => "`concerning`",
        R::under | R::k_under => "`under`",
        R::no_instrument => "`under no instrument`",
        R::countries | R::country_term => "a country",
        R::k_parties_of => "`parties of`",
        R::k_shall_not_be => "`shall not be`",
        R::k_shall_as_a_rule_be => "`shall as a rule be`",
        R::k_shall_be => "`shall be`",
        R::k_should_be => "`should be`",
        R::k_may_be => "`may be`",
        R::k_is_not => "`is not`",
        R::k_contact => "`contact`",
        R::authority_rule | R::authority_head | R::authority_question => "`authority to`",
        R::strength | R::authority_branch => "`is`, `should be` or `may be`",
        R::place_term => "a place",
        R::language_rule | R::language_head | R::language_question => "`languages for` or `preferred language for`",
        R::k_languages_for => "`languages for`",
        R::k_preferred_language_for => "`preferred language for`",
        R::words_branch => "`is`, `are` or `should be`",
        R::k_any => "`any`",
        R::channel_rule | R::k_channel | R::channel_question => "`channel`",
        R::means_rule | R::means_question => "`means` or `preferred means`",
        R::k_means => "`means`",
        R::k_preferred_means => "`preferred means`",
        R::deadline_rule | R::deadline_head | R::k_deadline | R::deadline_question => "`deadline`",
        R::deadline_branch | R::maximum_branch => "`is` or `shall be`",
        R::duration => "a stretch of time, such as `2 weeks`",
        R::unit => "`hours`, `days`, `weeks`, `months` or `years`",
        R::moved | R::moved_weekday => "`moved to the next weekday`",
        R::moved_same_hour => "`moved to the same hour of the next weekday`",
        R::maximum_rule | R::maximum_head | R::k_maximum | R::maximum_question => "`maximum`",
        R::criterion_rule | R::k_criterion | R::criterion_question => "`criterion`",
        R::criteria_rule | R::criteria_head | R::k_criteria_to | R::criteria_question => "`criteria to`",
        R::criteria_mode => "`indicative`, `alternative` or `cumulative`",
        R::basis_rule | R::basis_head | R::k_basis_to | R::basis_question => "`basis to`",
        R::basis_branch => "`is` or `are`",
        R::conduct_rule | R::bearer | R::conduct_question => {
            "`requesting authority`, `requested authority`, `either authority` or `the`"
        }
        R::k_requesting => "`requesting`",
        R::k_requested => "`requested`",
        R::k_either => "`either`",
        R::k_the => "`the`",
        R::k_shall_as_a_rule => "`shall as a rule`",
        R::k_shall_not => "`shall not`",
        R::k_shall => "`shall`",
        R::k_should => "`should`",
        R::k_may => "`may`",
        R::k_need_not => "`need not`",
        R::conduct_strength | R::conduct_branch | R::refuse_branch => "`shall`, `should`, `may` or `need not`",
        R::limit => "how soon, such as `immediately` or `within`",
        R::limit_words => "`immediately`, `promptly` or `without undue delay`",
        R::k_before | R::op_before => "`before`",
        R::ground | R::k_on_ground => "`on ground`",
        R::no_other_ground => "`on no other ground`",
        R::condition | R::disjunction | R::term => "a condition",
        R::atom => "a fact or instrument",
        R::comparison | R::predicate => "what is asked of the fact, such as `is`",
        R::is_known => "`is known`",
        R::is_unknown => "`is unknown`",
        R::is_none => "`is none`",
        R::is_one_of => "`is one of`",
        R::op_at_least => "`at least`",
        R::op_at_most => "`at most`",
        R::op_more => "`more than`",
        R::op_less => "`less than`",
        R::op_after => "`after`",
        R::fact_value => "a value",
        R::write_field | R::k_write => "`write`",
        R::k_optional => "`optional`",
        R::tick_field | R::k_tick => "`tick`",
        R::choose_field | R::k_choose => "`choose`",
        R::choice => "an option",
        R::no_criterion => "`no criterion`",
        R::side => "`in` or `from` with a country",
        R::refuse_question => "`requested authority refuse`",
        R::claim => "what is asserted, such as `within` or `includes`",
        R::answered => "`answered`",
        R::each => "`for each`",
        R::k_each => "`each`",
        R::case_line => "a case, as in `transfer from Sweden to Norway on 2026-01-15`",
        R::case_part => "`from`, `to`, `in`, `under` or `on`",
        R::given_unknown => "`unknown`",
        R::given_none => "`none`",
        R::governing => "an instrument",
        R::governed | R::k_governed_by => "`governed by`",
        R::not_governed | R::k_not_governed_by => "`not governed by`",
        R::expect_rule | R::expect_status => "a question and its answer",
        R::or_longer => "`or longer`",
        R::outcome => "an answer, such as `undetermined` or `no rule`",
        R::undetermined => "`undetermined`",
        R::incomplete => "`incomplete`",
        R::no_rule => "`no rule`",
        R::out_of_scope => "`out of scope`",
        R::conflict => "`conflict`",
        R::not_met => "`not met`",
        R::depends_on => "`depends on`",
        R::EOI => "the end",
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, name};

    #[test]
    fn names_are_in_the_words_of_the_user() {
        for rule in Rule::all_rules() {
            let name = name(*rule);
            assert!(
                !name.is_empty() && !name.contains('_') && name.matches('`').count().is_multiple_of(2),
                "{rule:?}: {name}"
            );
        }
    }
}
