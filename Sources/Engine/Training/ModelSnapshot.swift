import DetectionModels
import Torch

/// What a model and libtorch's generator are before a trial, so that nothing is left of that.
struct ModelSnapshot {
  private let tensors: [(own: Tensor, copy: Tensor)]
  private let generator = Runtime.generatorState

  init(of model: some Detector) {
    tensors = withoutGradients {
      model.state.map { ($0.tensor, $0.tensor.detached().clone()) }
    }
  }

  /// Puts all back, and takes gradients away.
  func restore() {
    withoutGradients {
      for (own, copy) in tensors { own.copy(from: copy) }
    }
    for (own, _) in tensors where own.gradient != nil { own.gradient = nil }
    // The state is the generator's own.
    try? Runtime.setGeneratorState(generator)
  }
}
