import COCO

/// An image and its target as tensors, as a detector receives them, that show a fault.
public struct TargetExample: Sendable {
  /// A tensor described by its shape, its type and its first numbers, of which the last fills the
  /// rest.
  public struct Values: Sendable {
    /// The sizes of the dimensions.
    public var shape: [Int]
    /// The type by PyTorch's name: `float32`, `int64`, `uint8`.
    public var type: String
    /// The first numbers in row order; the last one fills the rest.
    public var numbers: [Double]

    init(_ type: String, _ shape: [Int], _ numbers: [Double]) {
      self.shape = shape
      self.type = type
      self.numbers = numbers
    }

    /// The tensor as a line: `float32 [1, 4] 10 8 30 28`.
    public var text: String {
      let size = shape.map(String.init).joined(separator: ", ")
      return (["\(type) [\(size)]"] + numbers.map(\.shortest)).joined(separator: " ")
    }
  }

  /// The fault shown, or the reason why there is none.
  public var title: String
  /// The image, [3, H, W] from 0 to 1.
  public var image = Values("float32", [3, 48, 64], [0.5])
  /// The boxes, [N, 4]: x0 y0 x1 y1 in pixels.
  public var boxes = Values("float32", [1, 4], [10, 8, 30, 28])
  /// The labels, [N]: 1 or 2, as a model of two categories and the background has them.
  public var labels = Values("int64", [1], [1])
  /// The masks, [N, H, W] of 0 and 1; nil if the model learns none.
  public var masks: Values?
  /// The sizes that the model gives the shorter and the longer side, in pixels; nil if they are not
  /// known.
  public var inputSize: [Int]?
  /// Whether the fault shows only with a model, by its training, its anchors or its limits, and not
  /// in the tensors alone.
  public var isFoundByModel = false
  /// Whether the engine reports the fault.
  public var isFlagged: Bool

  /// The tensors, one on each line.
  public var text: String {
    let tensors = [
      ("image", image), ("boxes", boxes), ("labels", labels), ("masks", masks),
    ]
    let lines = tensors.compactMap { name, values in values.map { "\(name): \($0.text)" } }
    let size = inputSize.map { ["input size: \($0[0]) to \($0[1]) pixels"] } ?? []
    return (lines + size).joined(separator: "\n")
  }
}

extension TargetExample {
  /// Returns a target that the engine reports, sound but for what `change` sets.
  static func flags(
    _ title: String, byModel isFoundByModel: Bool = false,
    _ change: (inout TargetExample) -> Void = { _ in }
  ) -> TargetExample {
    var example = TargetExample(
      title: title, isFoundByModel: isFoundByModel, isFlagged: true)
    change(&example)
    return example
  }

  /// Returns a target that the engine accepts.
  static func allows(
    _ title: String, _ change: (inout TargetExample) -> Void = { _ in }
  ) -> TargetExample {
    var example = TargetExample(title: title, isFlagged: false)
    change(&example)
    return example
  }
}
