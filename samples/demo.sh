#!/bin/sh
# Converts the samples in every format, looks at them, shows what a broken set gives and how it is
# mended, and lets a detector learn what was converted.
# usage: demo.sh COPRA OUTPUT-FOLDER
set -eu
copra=$1
out=$2
samples=$(dirname "$0")

run() {
  echo
  echo "\$ copra $*"
  "$copra" "$@"
}

run convert "$samples/voc" -o "$out/voc"
run convert "$samples/yolo" -o "$out/yolo.json"
run convert "$samples/csv/annotations.csv" -o "$out/csv.json"
run convert "$samples/masks" -o "$out/masks.json"
run convert "$out/yolo.json" --layout ultralytics --val 0.25 -o "$out/ultralytics"
run stats "$out/yolo.json"
run stats "$out/yolo.json" --format html -o "$out/stats.html"
echo
echo "And a set with one fault in every file: all good records are converted, the others are rejected with their place and reason."
run convert "$samples/broken/voc" -o "$out/broken.json" || echo "(exit status $?, as it should be)"
echo
echo "Its findings, and what safe fixes would change:"
run validate "$samples/broken/voc" || echo "(exit status $?, as it should be)"
run validate "$samples/broken/voc" --fix --diff || echo "(exit status $?: something would change)"
echo
echo "The sound set, checked for torchvision:"
run validate "$samples/yolo" --for torchvision || echo "(exit status $?: torchvision reads that image lying on its side)"
echo
echo "The set as a detector sees it, before training:"
run check "$samples/voc" --budget 0
echo
echo "The proof: a detector overfits a few images (20 s to 2 minutes) and detects their objects."
run train "$samples/voc" --smoke --save "$out/learnt.safetensors" --plot "$out/learnt.svg" --force
run predict fasterrcnn_resnet18_fpn "$samples/voc/JPEGImages" --weights "$out/learnt.safetensors" \
  -o "$out/found.json" --draw "$out/found"
echo
echo "Look at:"
echo "  $out/voc/instances_train.json      COCO, one file for each split"
echo "  $out/ultralytics/                  the same with images, ready for Ultralytics"
echo "  $out/stats.html                    statistics of the set, with plots"
echo "  $out/broken.json.rejected.jsonl    the records that could not be converted, with place and reason"
echo "  $out/learnt.svg                    loss and AP while the detector learnt"
echo "  $out/found/                        the images with the boxes that it detected"
