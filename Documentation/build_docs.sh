#!/bin/sh
# Builds the DocC archive of each library that has a catalogue, from modules that are built already.
#
#   build_docs.sh BUILD_FOLDER OUTPUT_FOLDER
set -eu
build=$1
output=$2
maps=""
for map in "$build"/C*.build/module.modulemap Sources/C*/module.modulemap; do
  maps="$maps -Xcc -fmodule-map-file=$map"
done
rm -rf "$output"
mkdir -p "$output"
for catalogue in Sources/*/*.docc; do
  name=$(basename "$catalogue" .docc)
  symbols=$output/symbols/$name
  mkdir -p "$symbols"
  # shellcheck disable=SC2086 # the maps are words
  swift-symbolgraph-extract -module-name "$name" -I "$build/Modules" $maps \
    -target "$(uname -m)-unknown-linux-gnu" -minimum-access-level public -output-dir "$symbols"
  docc convert "$catalogue" --fallback-display-name "$name" \
    --fallback-bundle-identifier "copra.$name" --additional-symbol-graph-dir "$symbols" \
    --output-path "$output/$name.doccarchive" --warnings-as-errors
  echo "wrote $output/$name.doccarchive"
done
rm -rf "$output/symbols"
