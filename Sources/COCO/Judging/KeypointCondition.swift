/// The faults of an object's keypoints, given as x, y, visibility of each in turn.
public enum KeypointCondition {
  /// Returns the fault of a list that has not three numbers for each keypoint; nil if it has.
  ///
  /// - Parameters:
  ///   - count: The number of numbers.
  ///   - expected: The number of the category's keypoints; nil if it does not define them.
  public static func lengthFault(_ count: Int, expected: Int?) -> Fault? {
    guard !(expected.map { count == 3 * $0 } ?? count.isMultiple(of: 3)) else { return nil }
    let words =
      expected.map { "\(3 * $0) numbers, x y visibility for \($0) keypoints" }
      ?? "x y visibility for each keypoint"
    return Fault(.keypointsWrongLength, "expected \(words), found \(count) numbers", .keypoints)
  }

  /// Returns the fault of labelled keypoints outside the image; nil if there are none.
  ///
  /// - Parameters:
  ///   - keypoints: The keypoints that are judged: x, y and visibility of each.
  ///   - width: The image's width in pixels.
  ///   - height: The image's height in pixels.
  ///   - tolerance: The distance in pixels that a keypoint may be past the edge.
  public static func outsideFault(
    of keypoints: [Double], width: Double, height: Double, tolerance: Double = 1
  ) -> Fault? {
    let outside = stride(from: 0, to: keypoints.count - 2, by: 3).filter { index in
      let (x, y) = (keypoints[index], keypoints[index + 1])
      return keypoints[index + 2] > 0 && x.isFinite && y.isFinite
        && max(-x, -y, x - width, y - height) > tolerance
    }
    guard let first = outside.first else { return nil }
    let more = outside.count > 1 ? ", and \(outside.count - 1) more" : ""
    return Fault(
      .keypointOutsideImage,
      "keypoint \(first / 3 + 1) at \(keypoints[first].shortest) \(keypoints[first + 1].shortest) "
        + "lies outside the image of \(Int(width))×\(Int(height))\(more)", .keypoints)
  }
}
