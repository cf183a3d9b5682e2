import Testing
import Torch

@Suite("Losses")
struct LossTests {
  static let reductions: [(String, LossReduction)] = [
    ("none", .none), ("mean", .mean), ("sum", .sum),
  ]

  static let operations =
    [
      Operation("cross entropy, smoothed") {
        crossEntropy($0.input, $0.target, labelSmoothing: 0.1)
      }
    ]
    + reductions.flatMap { name, reduction in
      [
        Operation("smooth L1, \(name)") {
          smoothL1($0.input, $0.target, beta: 0.5, reduction: reduction)
        },
        Operation("L1, \(name)") { l1Loss($0.input, $0.target, reduction: reduction) },
        Operation("mean squared error, \(name)") {
          meanSquaredError($0.input, $0.target, reduction: reduction)
        },
        Operation("cross entropy, \(name)") {
          crossEntropy($0.input, $0.target, reduction: reduction)
        },
        Operation("binary cross entropy, \(name)") {
          binaryCrossEntropy(logits: $0.input, $0.target, reduction: reduction)
        },
      ]
    }

  @Test(arguments: operations)
  func `a loss gives PyTorch's figures and gradients`(_ operation: Operation) throws {
    try operation.check(against: "losses")
  }
}
