// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

import CCopra
import COCO
import Datasets
import DetectionMetrics

/// Makes one mask of the pixels that any mask has, or with `intersect` all have.
@c @implementation
public func copra_masks_merge(
  _ masks: OpaquePointer?, _ intersect: Int32, _ merged: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let masks = try HeldMasks.borrow(masks).masks
    let mask =
      intersect != 0 ? try RunLengthMask.intersection(masks) : try RunLengthMask.union(masks)
    try HeldMasks([mask]).give(to: merged)
  }
}

/// Writes the overlap of each detection with each truth, [detections, truths]; `crowds` has a byte
/// for each truth.
@c @implementation
public func copra_masks_iou(
  _ detections: OpaquePointer?, _ truths: OpaquePointer?, _ crowds: UnsafePointer<UInt8>?,
  _ overlaps: UnsafeMutablePointer<Double>?
) -> Int32 {
  Call.run {
    let detections = try HeldMasks.borrow(detections).masks
    let truths = try HeldMasks.borrow(truths).masks
    try writeOverlaps(detections, truths, crowds, to: overlaps) { $0.iou(with: $1, isCrowd: $2) }
  }
}

/// Writes the overlap of each detection's box with each truth's, x y width height, [detections,
/// truths]; `crowds` has a byte for each truth.
@c @implementation
public func copra_boxes_iou(
  _ detections: UnsafePointer<Double>?, _ detectionCount: Int64,
  _ truths: UnsafePointer<Double>?, _ truthCount: Int64, _ crowds: UnsafePointer<UInt8>?,
  _ overlaps: UnsafeMutablePointer<Double>?
) -> Int32 {
  Call.run {
    let detections = try Call.boxes(detections, detectionCount, "detections")
    let truths = try Call.boxes(truths, truthCount, "truths")
    try writeOverlaps(detections, truths, crowds, to: overlaps) { $0.iou(with: $1, isCrowd: $2) }
  }
}

/// Writes the overlap of each detection with each truth.
private func writeOverlaps<Shape>(
  _ detections: [Shape], _ truths: [Shape], _ crowds: UnsafePointer<UInt8>?,
  to overlaps: UnsafeMutablePointer<Double>?, _ overlap: (Shape, Shape, Bool) -> Double
) throws {
  if detections.isEmpty || truths.isEmpty { return }
  let crowds = try Call.required(crowds, "crowds")
  var next = try Call.required(overlaps, "overlaps")
  for detection in detections {
    for (index, truth) in truths.enumerated() {
      next.pointee = overlap(detection, truth, crowds[index] != 0)
      next += 1
    }
  }
}

/// Makes the masks of the annotations at these places, in the size of their images.
@c @implementation
public func copra_dataset_masks(
  _ dataset: OpaquePointer?, _ annotations: UnsafePointer<Int64>?, _ count: Int64,
  _ masks: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let dataset = try HeldDataset.borrow(dataset)
    let places = try Call.elements(annotations, count, "annotations")
    try HeldMasks(
      try places.map { place in
        let (annotation, image) = try dataset.annotation(at: Int(place))
        guard let image, let mask = try annotation.mask(on: image) else {
          throw CallError("annotation \(annotation.id) has no mask")
        }
        return mask
      }
    ).give(to: masks)
  }
}

extension Annotation {
  /// Returns the annotation's outline as a mask of the image's size; nil if it has none.
  fileprivate func mask(on image: COCO.Image) throws -> RunLengthMask? {
    switch segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: mask
    case .polygons(let polygons)? where !polygons.isEmpty:
      try RunLengthMask(polygons: polygons, height: image.height, width: image.width)
    case .polygons?, nil: nil
    }
  }
}
