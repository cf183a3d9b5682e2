#!/bin/sh
# Links libcopra.so of the objects that `swift build --product CopraLibrary` made in a folder, with
# further options: nothing but the functions of copra.h is seen from outside.
#
#   link_library.sh BUILD_FOLDER LIBRARY [OPTION…]
set -eu
objects=$1/CopraLibrary.product/Objects.LinkFileList
library=$2
shift 2
names=$(mktemp)
trap 'rm -f "$names"' EXIT
echo '{ global: copra_*; local: *; };' > "$names"
mkdir -p "$(dirname "$library")"
swiftc -emit-library -o "$library" "@$objects" "$@" \
  -Xlinker --version-script="$names" -Xlinker -soname=libcopra.so \
  -Xlinker --no-undefined -lsimdjson -lexpat -lyaml -lzstd -lz -ljpeg -lturbojpeg -lpng -lwebp -ltiff -lgif -lstdc++
