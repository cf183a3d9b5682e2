import COCO
import Glibc

/// Keypoints that are compared by object keypoint similarity: pycocotools' `computeOks`.
struct KeypointShape: EvaluatedShape {
  /// The x and y of each keypoint in turn.
  let places: [Double]
  /// Whether each keypoint of a true object is labelled.
  let isLabelled: [Bool]
  let labelledCount: Int
  /// The box of a true object.
  let box: Box
  /// The area of a true object, in square pixels.
  let area: Double
  let scale: KeypointScale

  func overlap(with truth: KeypointShape, isCrowd: Bool, least: Double) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: scale.variances.count) {
      similarities in
      let count = exponents(of: truth, into: similarities)
      // What the sum is at most, as long as areas are areas: no similarity is above 1.
      var most = truth.area >= 0 ? Double(count) : .infinity
      for index in 0..<count {
        // What is too small for a number is 0, which takes `exp` long to find out.
        similarities[index] = similarities[index] < -746 ? 0 : exp(similarities[index])
        most -= 1 - similarities[index]
        if most < least * Double(count) - 1e-6 { return 0 }
      }
      return PairwiseSum.sum(UnsafeBufferPointer(rebasing: similarities[..<count]))
        / Double(count)
    }
  }

  /// Writes the logarithms of the similarities of the compared keypoints; returns their number.
  private func exponents(
    of truth: KeypointShape, into room: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    let area = truth.area + Double.ulpOfOne
    let (labelled, truths) = (truth.isLabelled, truth.places)
    var count = 0
    places.withUnsafeBufferPointer { places in
      for (index, variance) in scale.variances.enumerated() {
        var (across, down) = (places[2 * index], places[2 * index + 1])
        if truth.labelledCount > 0 {
          if !labelled[index] { continue }
          (across, down) = (across - truths[2 * index], down - truths[2 * index + 1])
        } else {
          (across, down) = Self.distance(of: across, down, from: truth.box)
        }
        room[count] = -((across * across + down * down) / variance / area / 2)
        count += 1
      }
    }
    return count
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
    let labelled = annotation.labelledKeypoints
    let places = labelled > 0 ? try frame.keypoints.places(in: keypoints) : []
    let isLabelled = (0..<places.count / 2).map { keypoints[3 * $0 + 2] > 0 }
    guard let box = annotation.box ?? (labelled > 0 ? Box(x: 0, y: 0, width: 0, height: 0) : nil)
    else { throw .missing("bbox") }
    return KeypointShape(
      places: places, isLabelled: isLabelled, labelledCount: labelled, box: box,
      area: annotation.area ?? annotation.box?.area ?? 0, scale: frame.keypoints)
  }

  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: KeypointShape, area: Double) {
    guard let keypoints = detection.keypoints else { throw .missing("keypoints") }
    let places = try frame.keypoints.places(in: keypoints)
    let shape = KeypointShape(
      places: places, isLabelled: [], labelledCount: 0, box: Box(x: 0, y: 0, width: 0, height: 0),
      area: 0, scale: frame.keypoints)
    switch frame.form {
    case .boxes:
      guard let box = detection.box else { throw .missing("bbox") }
      return (shape, box.area)
    case .masks: return (shape, try MaskShape.detection(detection, in: frame).area)
    case .keypoints: return (shape, try detection.keypointExtent.area)
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

  /// Returns x and y of each of the list's keypoints; throws if their number differs from that of
  /// the scale.
  func places(in keypoints: [Double]) throws(ShapeFault) -> [Double] {
    guard keypoints.count == 3 * variances.count else {
      throw ShapeFault(
        kind: .malformedValue,
        message: "keypoints: expected \(3 * variances.count) numbers, found \(keypoints.count)")
    }
    return [Double](unsafeUninitializedCapacity: 2 * variances.count) { places, count in
      for index in variances.indices {
        places[2 * index] = keypoints[3 * index]
        places[2 * index + 1] = keypoints[3 * index + 1]
      }
      count = 2 * variances.count
    }
  }
}

extension Detection {
  /// The box around all keypoints, visible or not.
  var keypointExtent: Box {
    get throws(ShapeFault) {
      guard let keypoints, keypoints.count > 1 else { throw .missing("keypoints") }
      let xs = stride(from: 0, to: keypoints.count, by: 3).map { keypoints[$0] }
      let ys = stride(from: 1, to: keypoints.count, by: 3).map { keypoints[$0] }
      guard let x0 = xs.min(), let x1 = xs.max(), let y0 = ys.min(), let y1 = ys.max() else {
        throw .missing("keypoints")
      }
      return Box(x0: x0, y0: y0, x1: x1, y1: y1)
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
