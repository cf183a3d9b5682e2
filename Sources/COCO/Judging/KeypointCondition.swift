/// What can be wrong with the keypoints of an object: [x, y, visibility] of each in turn.
public enum KeypointCondition {
  /// The fault of a list that is not three numbers for each keypoint; nil where it is.
  ///
  /// - Parameters:
  ///   - count: the numbers that there are.
  ///   - expected: the keypoints of the category; nil where it says nothing of them.
  public static func lengthFault(_ count: Int, expected: Int?) -> Fault? {
    guard !(expected.map { count == 3 * $0 } ?? count.isMultiple(of: 3)) else { return nil }
    let words =
      expected.map { "\(3 * $0) numbers, x y visibility for \($0) keypoints" }
      ?? "x y visibility for each keypoint"
    return Fault(.keypointsWrongLength, "expected \(words), found \(count) numbers", .keypoints)
  }

  /// The fault of keypoints that are labelled and lie outside of the picture; nil where none does.
  ///
  /// - Parameters:
  ///   - width: the picture's in pixels.
  ///   - height: likewise.
  ///   - tolerance: how far past the edge one may be, in pixels.
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
