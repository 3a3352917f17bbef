#!/bin/sh
# What a server does with a change to the law: checks it, runs its tests, says what it does to the answers, and leaves the
# reports in a folder.
#
#   ci/check.sh [RULES [REPORTS [BASE]]]      default: rules, and the folder `reports`
#
# BASE is the revision on which the change is made, such as origin/main. Where RULES differ from it, the difference is
# written to REPORTS/difference.md, and to the page of the run on GitHub; where BASE has no law in that folder, that is
# written there instead. Where nothing differs there is no such file. `ci/comment.sh` makes it a comment. Changes that are meant stand in approvals.toml, and
# FORSETI_FAIL_ON names the categories on which to fail (`forseti diff --help`), with blanks between them.
#
# The exit code is that of the first step that finds something; all steps are always run.
set -u
# nothing that the configuration of the checked repository names is started: no monitor, hook, filter or transport. So what is
# committed or added is compared, and not the files themselves
export GIT_NO_LAZY_FETCH=1 GIT_ALLOW_PROTOCOL=none GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0
git() {
  command git --no-pager -c core.fsmonitor=false -c core.hooksPath=/dev/null "$@"
}
rules=${1:-rules}
reports=${2:-reports}
base=${3:-}
mkdir -p "$reports" || exit 2

shown=human
[ "${GITHUB_ACTIONS:-}" = true ] && shown=github
# servers count paths from the root of the repository
here=$(git rev-parse --show-prefix 2>/dev/null)
here=${here:-.}
forseti check "$rules" --prefix "$here" --format "$shown" \
  --format "sarif=$reports/forseti.sarif" \
  --format "gitlab=$reports/gl-code-quality-report.json" \
  --format "junit=$reports/forseti.xml" \
  --format "markdown=$reports/forseti.md"
checked=$?
forseti test "$rules" --prefix "$here" --format "$shown" \
  --format "junit=$reports/forseti-tests.xml" \
  --format "sarif=$reports/forseti-tests.sarif"
tested=$?

compared=0
rm -f "$reports/difference.md"
# where RULES lie, counted from the root of the repository, whether they are named from there, from here or in full
if [ -d "$rules" ]; then
  within=$(git -C "$rules" rev-parse --show-prefix 2>/dev/null)
  within=${within%/}
else
  within=$(git -C "$(dirname "$rules")" rev-parse --show-prefix 2>/dev/null)$(basename "$rules")
fi
if [ -z "$base" ] || git diff --no-ext-diff --no-textconv --cached --quiet "$base" -- "$rules" 2>/dev/null; then
  : # nothing to compare
elif git rev-parse --verify --quiet "$base^{tree}" >/dev/null && ! git cat-file -e "$base:$within" 2>/dev/null; then
  # files that came from another folder show where the law lay
  was=$(git -c core.quotePath=false diff --no-ext-diff --no-textconv --cached --find-renames --diff-filter=R --name-status "$base" |
    awk -F '\t' -v new="$within" '
      $3 == new { print $2; exit }
      index($3, new "/") == 1 {
        rest = substr($3, length(new) + 1)
        at = length($2) - length(rest)
        if (at > 0 && substr($2, at + 1) == rest) { print substr($2, 1, at); exit }
      }')
  if [ -n "$was" ]; then
    told="The law was not compared: it lies in \`$within\` now, and lay in \`$was\` in $base.
To see what else changed: \`forseti diff git:$base:$was $rules\`"
  else
    told="The law is new: $base has none in \`$within\`, and there is nothing to compare it with."
  fi
  echo "$told" >"$reports/difference.md"
  cat "$reports/difference.md"
  [ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$reports/difference.md" >>"$GITHUB_STEP_SUMMARY"
else
  set -- "git:$base:${within:-.}" "$rules" --format markdown
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
