import DetectionModels
import Engine
import Torch

/// The pictures of a file, and what is to be found on them: `image.0`, `boxes.0`, `labels.0`,
/// `masks.0`, `keypoints.0`, `image.1` …
struct DetectorInput {
  let images: [Tensor]
  /// The type of all pictures.
  let dtype: DType
  private let file: StoredState
  private let path: String

  /// - Parameter types: of which the pictures may be.
  /// - Throws: `StateError` for a file that cannot be read or whose pictures are none.
  init(contentsOf path: String, types: [DType]) throws(StateError) {
    self.path = path
    file = try StoredState(contentsOf: path)
    var count = 0
    while file["image.\(count)"] != nil { count += 1 }
    guard count > 0, file.entries.filter({ $0.key.hasPrefix("image.") }).count == count else {
      let keys = file.entries.prefix(5).map(\.key).joined(separator: ", ")
      throw StateError(path, "expected images image.0, image.1 …, found \(keys)")
    }
    let first = file["image.0"]?.dtype ?? .float32
    dtype = first
    let allowed = types.contains(first) ? [first] : types
    var images: [Tensor] = []
    for index in 0..<count {
      images.append(
        try file.tensor(
          "image.\(index)", in: path, allowed, "[3, H, W]",
          fits: { $0.count == 3 && $0[0] == 3 && !$0.contains(0) }))
    }
    self.images = images
  }

  /// What is to be found.
  ///
  /// - Parameters:
  ///   - numClasses: labels are below it.
  ///   - configuration: of the detector, by which there are to be masks or keypoints too.
  /// - Throws: `StateError` for what the detector would refuse.
  func targets(
    numClasses: Int, of configuration: any DetectorConfiguration
  ) throws(StateError) -> [TrainingTarget] {
    var targets: [TrainingTarget] = []
    for (index, image) in images.enumerated() {
      let boxes = try tensor("boxes.\(index)", [dtype], "[N, 4]") { $0.count == 2 && $0[1] == 4 }
      let count = boxes.size(0)
      let labels = try tensor("labels.\(index)", [.int64], "[\(count)]") { $0 == [count] }
      try check(boxes, key: "boxes.\(index)")
      if count > 0, case let greatest = labels.amax().itemInt(), greatest >= numClasses {
        throw StateError(
          path, key: "labels.\(index)", "expected labels below \(numClasses), found \(greatest)")
      }
      let shape = [count, image.size(1), image.size(2)]
      let masks =
        configuration.hasMasks
        ? try tensor("masks.\(index)", [.uint8], "\(shape)") { $0 == shape } : nil
      let keypoints =
        configuration.hasKeypoints
        ? try keypoints(index, boxes: count, count: configuration.numKeypoints) : nil
      targets.append(
        TrainingTarget(boxes: boxes, labels: labels, masks: masks, keypoints: keypoints))
    }
    return targets
  }

  /// float32 as in torchvision, whatever the type of the pictures.
  ///
  /// - Parameter count: of each object; nil for COCO's.
  private func keypoints(
    _ index: Int, boxes: Int, count: Int?
  ) throws(StateError) -> Tensor {
    let shape = [boxes, count ?? Augmentation.mirroredPersonKeypoints.count, 3]
    let key = "keypoints.\(index)"
    let keypoints = try tensor(key, [.float32], "\(shape)") { $0 == shape }
    guard keypoints.isFinite().all().itemInt() == 1 else {
      throw StateError(path, key: key, "expected finite keypoints, found NaN or infinity")
    }
    return keypoints
  }

  private func check(_ boxes: Tensor, key: String) throws(StateError) {
    let corners = boxes.to(.float64).scalars(as: Double.self)
    for start in stride(from: 0, to: corners.count, by: 4) {
      let box = Array(corners[start..<start + 4])
      guard box.allSatisfy(\.isFinite), box[0] < box[2], box[1] < box[3] else {
        throw StateError(
          path, key: key, "expected finite boxes with x0 < x1 and y0 < y1, found \(box)")
      }
    }
  }

  private func tensor(
    _ key: String, _ types: [DType], _ shape: String, fits: ([Int]) -> Bool
  ) throws(StateError) -> Tensor {
    try file.tensor(key, in: path, types, shape, fits: fits)
  }
}

extension StoredState {
  /// Returns the tensor of a key, on pages of its file.
  ///
  /// - Parameters:
  ///   - types: of which it may be.
  ///   - shape: the shape that it must have, in words.
  ///   - fits: whether a shape is such a one.
  /// - Throws: `StateError`, with the key, where there is none or another.
  func tensor(
    _ key: String, in path: String, _ types: [DType], _ shape: String, fits: ([Int]) -> Bool
  ) throws(StateError) -> Tensor {
    let names = types.map(\.rawValue).joined(separator: types.count > 2 ? ", " : " or ")
    let expected = "expected \(names) of \(shape)"
    guard let stored = self[key] else {
      throw StateError(path, key: key, "\(expected), found none")
    }
    guard types.contains(stored.dtype), fits(stored.shape) else {
      throw StateError(
        path, key: key, "\(expected), found \(stored.dtype) of \(stored.shape)")
    }
    return Tensor(stored)
  }
}
