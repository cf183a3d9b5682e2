#!/bin/sh
# Puts the files of this folder in place of those of the packages that a build folder has checked out.
# A file of theirs that has changed since stays as it is.
#
#   replace.sh BUILD_FOLDER
set -eu
folder=$(dirname "$0")
checkouts=$1/checkouts

# replace OURS THEIRS HASH: the hash is git's, of the file that ours was written for.
replace() {
  if cmp -s "$folder/$1" "$checkouts/$2"; then
    return
  elif [ "$(git hash-object "$checkouts/$2")" = "$3" ]; then
    cp -f "$folder/$1" "$checkouts/$2"
  else
    echo "$0: $2 has changed, and stays in place of $1" >&2
  fi
}

# Without Foundation, which no other part of copra needs, a program is a fifth smaller.
replace ArgumentParser/Foundation.swift \
  swift-argument-parser/Sources/ArgumentParser/Utilities/Foundation.swift \
  af7fa95584087ee20fe0b26f4f2cce4f3ba75e5c
