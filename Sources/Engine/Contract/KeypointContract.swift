import COCO
import Torch

/// The requirements of a detector of keypoints on those of one object.
struct KeypointContract {
  /// The keypoints of each object.
  let count: Int
  /// The width of the image in pixels.
  let width: Int
  let height: Int

  /// Returns the gravest fault of the keypoints, given as x, y, visibility of each in turn. An
  /// object with a list of another length or with numbers that are not finite cannot be learnt.
  func fault(of keypoints: [Double]) -> Fault? {
    if let fault = KeypointCondition.lengthFault(keypoints.count, expected: count) { return fault }
    if let value = keypoints.first(where: { !$0.isFinite }) {
      return Fault(
        .nonFiniteValue, "expected finite keypoints, found \(value.shortest)", .keypoints)
    }
    return KeypointCondition.outsideFault(
      of: keypoints, width: Double(width), height: Double(height))
  }

  /// Returns whether an object with these keypoints can be learnt.
  static func takes(_ keypoints: [Double], count: Int) -> Bool {
    keypoints.count == 3 * count && keypoints.allSatisfy(\.isFinite)
  }
}

extension TargetContract {
  /// Returns the findings about keypoints in a tensor.
  func keypointFindings(
    _ keypoints: Tensor?, boxes: Int, width: Int, height: Int, at place: TargetPlace
  ) -> [Finding] {
    guard let numKeypoints else { return [] }
    let shape = "[\(boxes), \(numKeypoints), 3]"
    guard let keypoints else {
      return [place.finding(.wrongShape, "expected keypoints \(shape), found none")]
    }
    guard keypoints.rank == 3, keypoints.size(1) == numKeypoints, keypoints.size(2) == 3 else {
      return [place.finding(.wrongShape, "expected keypoints \(shape), found \(keypoints.shape)")]
    }
    guard keypoints.dtype == .float32 else {
      return [
        place.finding(.wrongDtype, "expected keypoints of float32, found \(keypoints.dtype)")
      ]
    }
    let contract = KeypointContract(count: numKeypoints, width: width, height: height)
    let numbers = keypoints.to(.float64).scalars(as: Double.self)
    let count = keypoints.size(0)
    return [countFinding("keypoint list", count, boxes: boxes, at: place)].compactMap { $0 }
      + (0..<count).compactMap { index in
        let list = Array(numbers[(index * numKeypoints * 3)...].prefix(numKeypoints * 3))
        return contract.fault(of: list).map { place.finding($0, object: index) }
      }
  }
}
