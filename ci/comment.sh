#!/bin/sh
# Keeps one comment of a merge request: writes it, writes it anew, or takes it back.
#
#   ci/comment.sh FILE      what a change does, as `forseti diff --format markdown` says it; none or empty: nothing
#
# On GitHub: GH_TOKEN, GITHUB_REPOSITORY and NUMBER (of the pull request), with the program gh.
# On GitLab: FORSETI_TOKEN, and what its jobs have anyway (CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID), with curl.
#
# The comment is known again by its first line, which nobody sees; comments of others are never touched.
set -eu
file=$1
mark='[forseti-difference]: # (written by ci/comment.sh)'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
printf '%s\n\n' "$mark" >"$body"
[ -s "$file" ] && cat "$file" >>"$body"

if [ -n "${CI_MERGE_REQUEST_IID:-}" ]; then
  notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
  call() { curl --fail --silent --show-error --header "PRIVATE-TOKEN:$FORSETI_TOKEN" "$@"; }
  page=1
  id=
  # each note begins with its number, and its text follows; an empty page is the last
  while [ -z "$id" ]; do
    found=$(call "$notes?sort=asc&order_by=created_at&per_page=100&page=$page")
    [ "$found" = '[]' ] && break
    id=$(printf '%s' "$found" | sed 's/{"id":/\n{"id":/g' | grep -F '"body":"[forseti-difference]: #' |
      sed -n 's/^{"id":\([0-9][0-9]*\),.*/\1/p' | head -n 1) || true
    page=$((page + 1))
  done
  if [ -s "$file" ] && [ -n "$id" ]; then
    call --request PUT --form "body=<$body" "$notes/$id" >/dev/null
  elif [ -s "$file" ]; then
    call --form "body=<$body" "$notes" >/dev/null
  elif [ -n "$id" ]; then
    call --request DELETE "$notes/$id" >/dev/null
  fi
else
  comments="repos/$GITHUB_REPOSITORY/issues"
  id=$(gh api --paginate "$comments/$NUMBER/comments" \
    --jq '.[] | select(.body | startswith("[forseti-difference]: #")) | .id' | head -n 1)
  if [ -s "$file" ] && [ -n "$id" ]; then
    gh api --method PATCH "$comments/comments/$id" --field "body=@$body" >/dev/null
  elif [ -s "$file" ]; then
    gh api --method POST "$comments/$NUMBER/comments" --field "body=@$body" >/dev/null
  elif [ -n "$id" ]; then
    gh api --method DELETE "$comments/comments/$id" >/dev/null
  fi
fi
