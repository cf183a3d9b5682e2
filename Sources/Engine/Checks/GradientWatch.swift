import COCO
import DetectionModels
import Torch

/// A watch for trainable parameters of a model that never get a gradient: they keep their initial
/// values, whatever the data.
struct GradientWatch {
  /// The least number of steps; fewer may not reach all parts of a model.
  private static let fewestSteps = 10
  private var unreached: [StateEntry]
  private var steps = 0

  init(_ model: some Detector) {
    unreached = model.state.filter { $0.isParameter && $0.tensor.requiresGradient }
  }

  /// Examines the gradients of a step.
  mutating func look() {
    steps += 1
    unreached.removeAll { entry in
      guard let gradient = entry.tensor.gradient else { return false }
      return gradient.abs().amax().item() > 0
    }
  }

  var findings: [Finding] {
    guard steps >= Self.fewestSteps else { return [] }
    return unreached.map {
      Finding(
        .deadGradient,
        "\($0.key) got no gradient in \(steps) steps: nothing in the data reaches it, or the model "
          + "does not use it")
    }
  }
}
