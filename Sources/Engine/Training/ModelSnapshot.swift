import DetectionModels
import Torch

/// The state of a model and of libtorch's generator before a trial, to be restored after it.
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
