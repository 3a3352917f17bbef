#!/bin/sh
# What a server does with a change to the law: checks it, runs its tests, and leaves the reports in a folder.
#
#   ci/check.sh [RULES [REPORTS]]      default: rules, and the folder `reports`
#
# The exit code is that of the first step that finds something; both steps are always run.
set -u
rules=${1:-rules}
reports=${2:-reports}
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
[ "$checked" -ne 0 ] && exit "$checked"
exit "$tested"
