#!/usr/bin/env bash
# Compares the processor with a CUDA device: every operator, one inference and one training step of every
# detector that `copra models` lists, and the optimiser's step of two of them.
#
#   LIBTORCH=VENV/lib/python3.11/site-packages/torch Benchmarks/device/check.sh [cuda:N]
#
# LIBTORCH is the folder of a `torch` wheel with CUDA, or of the official archive. Needs a machine with a GPU
# that it can use; where there is none the script says so and ends with 2. Ends with 1 where something differs.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 2
device=${1:-cuda}

refuse() {
  echo "check.sh: $*" >&2
  exit 2
}

[ -n "${LIBTORCH:-}" ] || refuse "expected LIBTORCH, the folder of a torch wheel with CUDA, found nothing"
[ -e "$LIBTORCH/lib/libtorch_cuda.so" ] ||
  refuse "expected a libtorch with CUDA, found no $LIBTORCH/lib/libtorch_cuda.so"
command -v python3 >/dev/null || refuse "expected python3, found none"

build=.build-device
swift build -c release --product copra-engine --scratch-path "$build" || refuse "copra-engine does not build"
engine=$build/release/copra-engine
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compare() { python3 Benchmarks/device/compare.py "$@"; }
compare inputs "$work" || refuse "the inputs cannot be written"
"$engine" ops box_iou "$work/box_iou.safetensors" -o "$work/probe.safetensors" --device "$device" ||
  refuse "the device $device cannot be used"

failures=0
# Runs a command line on both devices and compares the files that it writes under names ending in OUT.
both() {
  local title=$1 tolerance=$2
  shift 2
  local started place
  for place in cpu "$device"; do
    started=$SECONDS
    if ! "$engine" "${@//OUT/$work/${place/:/-}}" --device "$place" --force 2>"$work/log"; then
      echo "FAILED   $title on $place: $(tail -1 "$work/log")"
      failures=$((failures + 1))
      return
    fi
    printf '%4d s  %s on %s\n' $((SECONDS - started)) "$title" "$place"
  done
  compare close "$work" cpu "${device/:/-}" "$tolerance" || {
    echo "DIFFERS  $title"
    failures=$((failures + 1))
  }
  rm -f "$work"/cpu-* "$work/${device/:/-}"-*
}

for operator in nms batched_nms; do
  both "$operator" 0 ops "$operator" "$work/$operator.safetensors" -o OUT-y.safetensors --iou-threshold 0.5
done
for operator in box_iou generalized_box_iou; do
  both "$operator" 1e-6 ops "$operator" "$work/box_iou.safetensors" -o OUT-y.safetensors
done
for operator in roi_align roi_pool; do
  both "$operator" 1e-9 ops "$operator" "$work/roi_align.safetensors" -o OUT-y.safetensors --output-size 7 \
    --gradients OUT-g.safetensors
done

detectors=$("$engine" models --format json | compare detectors) || refuse "copra models lists nothing"
for detector in $detectors; do
  # In float64, where rounding changes neither what is found nor what is drawn.
  both "$detector, inference" 1e-6 forward "$detector" --classes 4 --min-size 96 --max-size 160 \
    --input "$work/pictures.safetensors" -o OUT-y.safetensors
  both "$detector, training" 1e-5 forward "$detector" --classes 4 --min-size 96 --max-size 160 --train \
    --input "$work/pictures.safetensors" -o OUT-y.safetensors --gradients OUT-g.safetensors
done
for detector in fasterrcnn_resnet18_fpn maskrcnn_resnet18_fpn; do
  # The first step of the warm-up takes a thousandth of the rate.
  both "$detector, a step of copra train" 2e-2 train samples/masks --model "$detector" --steps 1 \
    --learning-rate 5 --batch-size 2 --min-size 128 --max-size 256 --precision fp32 \
    --save OUT-w.safetensors
done

[ "$failures" = 0 ] && echo "all agree" || { echo "$failures differ or fail"; exit 1; }
