#!/bin/sh
# What a server does with a change to the law: checks it, runs its tests, says what it does to the answers, and leaves the
# reports in a folder.
#
#   ci/check.sh [RULES [REPORTS [BASE]]]      default: rules, and the folder `reports`
#
# BASE is the revision on which the change is made, such as origin/main. Where RULES differ from it, the difference is
# written to REPORTS/difference.md, and to the page of the run on GitHub. Changes that are meant stand in approvals.toml, and
# FORSETI_FAIL_ON names the categories on which to fail (`forseti diff --help`), with blanks between them.
#
# The exit code is that of the first step that finds something; all steps are always run.
set -u
rules=${1:-rules}
reports=${2:-reports}
base=${3:-}
mkdir -p "$reports" || exit 2

shown=human
[ "${GITHUB_ACTIONS:-}" = true ] && shown=github
forseti check "$rules" --format "$shown" \
  --format "sarif=$reports/forseti.sarif" \
  --format "gitlab=$reports/gl-code-quality-report.json" \
  --format "junit=$reports/forseti.xml" \
  --format "markdown=$reports/forseti.md"
checked=$?
forseti test "$rules"
tested=$?

compared=0
old="$base:$(git rev-parse --show-prefix 2>/dev/null)$rules"
if [ -z "$base" ] || git diff --quiet "$base" -- "$rules" 2>/dev/null; then
  : # nothing to compare
elif git rev-parse --verify --quiet "$base^{tree}" >/dev/null && ! git cat-file -e "$old" 2>/dev/null; then
  echo "the law is new: $base has none"
else
  set -- "git:$old" "$rules" --format markdown
  [ -f approvals.toml ] && set -- "$@" --approvals approvals.toml
  for category in ${FORSETI_FAIL_ON:-}; do set -- "$@" --fail-on "$category"; done
  forseti diff "$@" >"$reports/difference.md"
  compared=$?
  cat "$reports/difference.md"
  [ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$reports/difference.md" >>"$GITHUB_STEP_SUMMARY"
fi

[ "$checked" -ne 0 ] && exit "$checked"
[ "$tested" -ne 0 ] && exit "$tested"
exit "$compared"
