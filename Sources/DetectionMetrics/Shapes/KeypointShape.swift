import COCO
import Glibc

/// Keypoints that are compared by object keypoint similarity: pycocotools' `computeOks`.
struct KeypointShape: EvaluatedShape {
  /// A keypoint of a true object that is compared.
  private struct Point {
    var index: Int
    var x: Double
    var y: Double
    var variance: Double
  }

  /// A true object, held once however often it is compared.
  private final class Truth: Sendable {
    /// The labelled keypoints; all, if none is labelled.
    let points: [Point]
    let isLabelled: Bool
    let box: Box
    /// The area in square pixels.
    let area: Double

    init(_ points: [Point], isLabelled: Bool, box: Box, area: Double) {
      (self.points, self.isLabelled, self.box, self.area) = (points, isLabelled, box, area)
    }
  }

  /// The x, y and score of each keypoint of a detection in turn.
  private let keypoints: [Double]
  private let truth: Truth?

  func overlap(with truth: KeypointShape, isCrowd: Bool, least: Double) -> Double {
    guard let truth = truth.truth else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: truth.points.count) {
      similarities in
      writeExponents(of: truth, to: similarities)
      let count = similarities.count
      // What the sum is at most, as long as areas are areas: no similarity is above 1.
      var most = truth.area >= 0 ? Double(count) : .infinity
      for index in 0..<count {
        // What is too small for a number is 0, which takes `exp` long to find out.
        similarities[index] = similarities[index] < -746 ? 0 : exp(similarities[index])
        most -= 1 - similarities[index]
        if most < least * Double(count) - 1e-6 { return 0 }
      }
      return PairwiseSum.sum(UnsafeBufferPointer(similarities)) / Double(count)
    }
  }

  /// Writes the logarithms of the similarities of the compared keypoints.
  private func writeExponents(of truth: Truth, to room: UnsafeMutableBufferPointer<Double>) {
    let area = truth.area + Double.ulpOfOne
    keypoints.withUnsafeBufferPointer { keypoints in
      truth.points.withUnsafeBufferPointer { points in
        for (place, point) in points.enumerated() {
          var (across, down) = (keypoints[3 * point.index], keypoints[3 * point.index + 1])
          if truth.isLabelled {
            (across, down) = (across - point.x, down - point.y)
          } else {
            (across, down) = Self.distance(of: across, down, from: truth.box)
          }
          room[place] = -((across * across + down * down) / point.variance / area / 2)
        }
      }
    }
  }

  /// Returns the distance from twice the true box, used if no keypoint is labelled.
  private static func distance(of x: Double, _ y: Double, from box: Box) -> (Double, Double) {
    (
      max(0, (box.x - box.width) - x) + max(0, x - (box.x + box.width * 2)),
      max(0, (box.y - box.height) - y) + max(0, y - (box.y + box.height * 2))
    )
  }

  static func truth(
    _ annotation: Annotation, in frame: ImageFrame
  ) throws(ShapeFault) -> KeypointShape {
    guard let keypoints = annotation.keypoints else { throw .missing("keypoints") }
    // Of an object without labelled keypoints the box alone is looked at, as in pycocotools.
    let isLabelled = annotation.labelledKeypoints > 0
    if isLabelled { try frame.keypoints.check(keypoints) }
    guard let box = annotation.box ?? (isLabelled ? Box(x: 0, y: 0, width: 0, height: 0) : nil)
    else { throw .missing("bbox") }
    var points: [Point] = []
    points.reserveCapacity(frame.keypoints.variances.count)
    for (index, variance) in frame.keypoints.variances.enumerated() {
      if !isLabelled {
        points.append(Point(index: index, x: 0, y: 0, variance: variance))
      } else if keypoints[3 * index + 2] > 0 {
        points.append(
          Point(
            index: index, x: keypoints[3 * index], y: keypoints[3 * index + 1],
            variance: variance))
      }
    }
    return KeypointShape(
      keypoints: [],
      truth: Truth(
        points, isLabelled: isLabelled, box: box,
        area: annotation.area ?? annotation.box?.area ?? 0))
  }

  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: KeypointShape, area: Double) {
    guard let keypoints = frame.shapes.keypoints(of: detection) else { throw .missing("keypoints") }
    try frame.keypoints.check(keypoints)
    let shape = KeypointShape(keypoints: keypoints, truth: nil)
    switch frame.form {
    case .boxes:
      guard let box = detection.box else { throw .missing("bbox") }
      return (shape, box.area)
    case .masks: return (shape, try MaskShape.detection(detection, in: frame).area)
    case .keypoints:
      guard keypoints.count > 1 else { throw .missing("keypoints") }
      return (shape, ImageFrame.extent(of: keypoints).area)
    }
  }
}

/// The scale of the allowed distance of each keypoint.
struct KeypointScale: Sendable {
  /// The square of twice each standard deviation.
  let variances: [Double]

  init(sigmas: [Double]) {
    variances = sigmas.map { ($0 * 2) * ($0 * 2) }
  }

  /// Throws if the number of a list's keypoints differs from that of the scale.
  func check(_ keypoints: [Double]) throws(ShapeFault) {
    guard keypoints.count == 3 * variances.count else {
      throw ShapeFault(
        kind: .malformedValue,
        message: "keypoints: expected \(3 * variances.count) numbers, found \(keypoints.count)")
    }
  }
}

extension Annotation {
  /// The number of keypoints whose visibility is above 0.
  var labelledKeypoints: Int {
    let keypoints = keypoints ?? []
    return stride(from: 2, to: keypoints.count, by: 3).count { keypoints[$0] > 0 }
  }
}
