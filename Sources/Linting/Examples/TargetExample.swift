import COCO

/// A picture and its target in tensors, as a detector is given them, that show a fault.
public struct TargetExample: Sendable {
  /// A tensor in words: its shape, its type, and its numbers, of which the last one fills the rest.
  public struct Values: Sendable {
    public var shape: [Int]
    /// As PyTorch calls it: `float32`, `int64`, `uint8`.
    public var type: String
    public var numbers: [Double]

    init(_ type: String, _ shape: [Int], _ numbers: [Double]) {
      self.shape = shape
      self.type = type
      self.numbers = numbers
    }

    /// `float32 [1, 4] 10 8 30 28`
    public var text: String {
      let size = shape.map(String.init).joined(separator: ", ")
      return (["\(type) [\(size)]"] + numbers.map(\.shortest)).joined(separator: " ")
    }
  }

  /// What is the matter, or why nothing is.
  public var title: String
  /// [3, H, W] from 0 to 1.
  public var image = Values("float32", [3, 48, 64], [0.5])
  /// [N, 4]: x0 y0 x1 y1 in pixels.
  public var boxes = Values("float32", [1, 4], [10, 8, 30, 28])
  /// [N]: from 1 to 2, the classes of a model of three with the background.
  public var labels = Values("int64", [1], [1])
  /// [N, H, W] of 0 and 1; nil where the model learns none.
  public var masks: Values?
  /// What the model makes of the shorter and of the longer side, pixels; nil where that is not known.
  public var inputSize: [Int]?
  /// Whether the fault shows only with a model, by its training, its anchors or its limits, and not by
  /// the tensors alone.
  public var isFoundByModel = false
  public var isFlagged: Bool

  /// The tensors, a line each.
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
  /// A target that the engine reports, unlike a sound one in what `change` sets.
  static func flags(
    _ title: String, byModel isFoundByModel: Bool = false,
    _ change: (inout TargetExample) -> Void = { _ in }
  ) -> TargetExample {
    var example = TargetExample(
      title: title, isFoundByModel: isFoundByModel, isFlagged: true)
    change(&example)
    return example
  }

  /// A target that the engine takes.
  static func allows(
    _ title: String, _ change: (inout TargetExample) -> Void = { _ in }
  ) -> TargetExample {
    var example = TargetExample(title: title, isFlagged: false)
    change(&example)
    return example
  }
}
