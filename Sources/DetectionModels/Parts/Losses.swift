public import Torch

/// The losses of one batch by torchvision's names.
public struct Losses: Sendable {
  /// In torchvision's order.
  public private(set) var entries: [(name: String, value: Tensor)]

  public init(_ entries: [(name: String, value: Tensor)]) {
    self.entries = entries
  }

  /// What training makes less: the plain sum.
  public var total: Tensor {
    guard let first = entries.first else { return Tensor(0 as Float) }
    return entries.dropFirst().reduce(first.value) { $0 + $1.value }
  }

  public subscript(name: String) -> Tensor? {
    entries.first { $0.name == name }?.value
  }

  static func + (left: Losses, right: Losses) -> Losses {
    Losses(left.entries + right.entries)
  }
}
