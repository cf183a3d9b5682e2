import Torch

/// A file with the arguments of an operator, by torchvision's names.
struct OperatorInput {
  private let path: String
  private let file: StoredState

  private static let fractions: [DType] = [.float32, .float64, .float16, .bfloat16]
  private static let wholes: [DType] = [.int64, .int32, .int16, .int8, .uint8]

  /// - Throws: `StateError` for a file that cannot be read.
  init(contentsOf path: String) throws(StateError) {
    self.path = path
    file = try StoredState(contentsOf: path)
  }

  /// Returns what an operator takes.
  ///
  /// - Throws: `StateError`, with the key, for what it would refuse or fall over.
  func tensors(of operation: RegionOperator) throws(StateError) -> OperatorTensors {
    switch operation {
    case .nms, .batchedNMS: try scored(hasClasses: operation == .batchedNMS)
    case .roiAlign, .roiPool: try regions()
    case .boxIoU, .generalizedBoxIoU:
      .pair(
        try boxes("boxes1", Self.fractions + Self.wholes),
        try boxes("boxes2", Self.fractions + Self.wholes))
    }
  }

  private func scored(hasClasses: Bool) throws(StateError) -> OperatorTensors {
    let boxes = try boxes("boxes", Self.fractions)
    let count = boxes.size(0)
    let scores = try tensor("scores", [boxes.dtype], "[\(count)]") { $0 == [count] }
    guard hasClasses else { return .scored(boxes, scores, nil) }
    let classes = try tensor("idxs", Self.wholes, "[\(count)]") { $0 == [count] }
    return .scored(boxes, scores, classes.to(.int64))
  }

  private func regions() throws(StateError) -> OperatorTensors {
    let input = try tensor("input", Self.fractions, "[N, C, H, W], none of them 0") {
      $0.count == 4 && !$0.contains(0)
    }
    // torchvision's word for them is boxes, its kernel's rois.
    let key = file["boxes"] == nil && file["rois"] != nil ? "rois" : "boxes"
    guard file[key] != nil || file["boxes.0"] == nil else {
      return .regions(input, try listed(of: input))
    }
    let regions = try tensor(key, [input.dtype], "[K, 5]") { $0.count == 2 && $0[1] == 5 }
    try checkFinite(regions, key: key)
    let images = regions[.all, 0].to(.float64).scalars(as: Double.self)
    for (row, image) in images.enumerated() {
      guard image >= 0, image < Double(input.size(0)) else {
        throw StateError(
          path, key: key,
          "expected the index of one of \(input.size(0)) images first, found \(image) in row \(row)"
        )
      }
    }
    return .regions(input, regions)
  }

  /// The boxes of each picture, with its index before them: [K, 5].
  private func listed(of input: Tensor) throws(StateError) -> Tensor {
    let count = input.size(0)
    guard file["boxes.\(count)"] == nil else {
      throw StateError(
        path, key: "boxes.\(count)", "expected boxes of \(count) images, as \"input\" has them")
    }
    var regions: [Tensor] = []
    for image in 0..<count {
      let boxes = try boxes("boxes.\(image)", [input.dtype])
      let index = Tensor.full([boxes.size(0), 1], Double(image), dtype: boxes.dtype)
      regions.append(.concatenate([index, boxes], dim: 1))
    }
    return .concatenate(regions)
  }

  private func boxes(_ key: String, _ types: [DType]) throws(StateError) -> Tensor {
    let boxes = try tensor(key, types, "[N, 4]") { $0.count == 2 && $0[1] == 4 }
    try checkFinite(boxes, key: key)
    return boxes
  }

  private func checkFinite(_ boxes: Tensor, key: String) throws(StateError) {
    guard boxes.dtype.isFloatingPoint, !boxes.isEmpty else { return }
    let faults = (.!boxes.isFinite().all(dims: [1])).nonzero().flattened()
    guard let row = faults.scalars(as: Int.self).first else { return }
    let numbers = boxes[row].to(.float64).scalars(as: Double.self)
    throw StateError(path, key: key, "expected finite coordinates, found \(numbers) in row \(row)")
  }

  private func tensor(
    _ key: String, _ types: [DType], _ shape: String, fits: ([Int]) -> Bool
  ) throws(StateError) -> Tensor {
    try file.tensor(key, in: path, types, shape, fits: fits)
  }
}
