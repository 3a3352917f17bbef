#!/bin/sh
# Builds the program as it is released, for this machine or for TARGET, and packs it with its manual and its completions.
#
#   ci/release.sh [OUT]      default: dist
#
# The program holds no path of the machine that built it, which is looked at before anything is packed. Beside each package lies
# its SHA-256. The time of the files is that of the commit, so that the same commit gives the same package.
set -eu
cd "$(dirname "$0")/.."
out=${1:-dist}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
triple=${TARGET:-$(rustc -vV | sed -n 's/^host: //p')}
built=target${TARGET:+/$TARGET}/release
extension=
case $triple in *windows*) extension=.exe ;; esac

# what rustc writes into a program: where dependencies and this source lie
cargo_home=${CARGO_HOME:-$HOME/.cargo}
RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$cargo_home=cargo --remap-path-prefix=$PWD=forseti"
export RUSTFLAGS
cargo build --locked --release ${TARGET:+--target "$TARGET"} --bin forseti
program=$built/forseti$extension
for path in "$cargo_home" "$PWD" "$HOME/"; do
  if grep -aqF "$path" "$program"; then
    echo "the program holds the path $path of the machine that built it" >&2
    exit 1
  fi
done

name=forseti-$version-$triple
rm -rf "${out:?}/$name"
mkdir -p "$out/$name/man" "$out/$name/completions"
cp "$program" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$out/$name/"
# a program for another kind of machine cannot be asked for its manual
if [ -z "${TARGET:-}" ] || [ "$TARGET" = "$(rustc -vV | sed -n 's/^host: //p')" ]; then
  "$program" man "$out/$name/man"
  for shell in bash zsh fish elvish powershell; do
    "$program" completions "$shell" >"$out/$name/completions/forseti.$shell"
  done
else
  rmdir "$out/$name/man" "$out/$name/completions"
fi

when=$(git log -1 --format=%ct 2>/dev/null || echo 0)
if [ -n "$extension" ]; then
  package=$name.zip
  (cd "$out" && rm -f "$package" && 7z a -bso0 "$package" "$name")
else
  package=$name.tar.gz
  if tar --version 2>/dev/null | grep -q GNU; then
    tar --sort=name --mtime="@$when" --owner=0 --group=0 --numeric-owner -C "$out" -cf - "$name" | gzip -9n >"$out/$package"
  else
    tar -C "$out" -cf - "$name" | gzip -9n >"$out/$package"
  fi
fi
rm -rf "${out:?}/$name"
cd "$out"
if command -v sha256sum >/dev/null; then
  sha256sum "$package" >"$package.sha256"
else
  shasum -a 256 "$package" >"$package.sha256"
fi
cat "$package.sha256"
