import COCO
import Files

/// The shapes of detections that have none of their own: those of all together, each at the offset
/// of its detection's origin.
package struct DetectionShapes: Sendable {
  package var masks: CompressedMasks?
  package var keypoints: KeypointRows?

  package init() {}

  func mask(of detection: Detection) -> CompressedMask? {
    guard let masks, let place = detection.origin?.offset else { return nil }
    return masks.mask(at: place)
  }

  func keypoints(of detection: Detection) -> [Double]? {
    guard let keypoints, let place = detection.origin?.offset else { return detection.keypoints }
    return keypoints.row(at: place)
  }
}

/// The keypoints of all detections as x, y and score in turn.
package struct KeypointRows: Sendable {
  private nonisolated(unsafe) let numbers: UnsafePointer<Double>
  private let owner: any AnyObject & Sendable
  private let width: Int

  /// Creates rows on memory that an owner keeps.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of all detections, one after the other.
  ///   - owner: The object that keeps these.
  ///   - width: The number of numbers of each detection.
  package init(
    _ numbers: UnsafePointer<Double>, of owner: any AnyObject & Sendable, width: Int
  ) {
    (self.numbers, self.owner, self.width) = (numbers, owner, width)
  }

  func row(at place: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: numbers + place * width, count: width))
  }
}

extension ImageFrame {
  /// Returns the box around all keypoints of a detection, visible or not.
  func keypointExtent(of detection: Detection) throws(ShapeFault) -> Box {
    guard let keypoints = shapes.keypoints(of: detection), keypoints.count > 1 else {
      throw .missing("keypoints")
    }
    return Self.extent(of: keypoints)
  }

  /// Returns the box around keypoints, of which there is at least one.
  static func extent(of keypoints: [Double]) -> Box {
    var (x0, y0) = (keypoints[0], keypoints[1])
    var (x1, y1) = (x0, y0)
    for index in stride(from: 3, to: keypoints.count, by: 3) {
      if keypoints[index] < x0 { x0 = keypoints[index] }
      if keypoints[index] > x1 { x1 = keypoints[index] }
    }
    for index in stride(from: 4, to: keypoints.count, by: 3) {
      if keypoints[index] < y0 { y0 = keypoints[index] }
      if keypoints[index] > y1 { y1 = keypoints[index] }
    }
    return Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }
}
