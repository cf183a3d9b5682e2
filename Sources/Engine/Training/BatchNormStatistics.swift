import DetectionModels
import Torch

/// The statistics that batch norm goes by in inference.
enum BatchNormStatistics {
  /// Makes them those of the weights that the detector has now over the batches: what the steps
  /// left behind is a mean over weights that have changed since, which spoils inference after few
  /// and large steps.
  static func recompute(of detector: some Detector, over batches: BatchStream) throws(SampleError) {
    var layers: [BatchNorm] = []
    detector.forEachModule { module in
      if let layer = module as? BatchNorm { layers.append(layer) }
    }
    guard !layers.isEmpty else { return }
    for layer in layers {
      layer.runningMean.fill(0)
      layer.runningVar.fill(0)
    }
    var count = 0
    while let batch = try batches.next() {
      _ = withoutGradients { detector.losses(images: batch.images, targets: batch.targets) }
      count += 1
    }
    // A running mean that begins at 0 lacks what 0 weighs in it.
    for layer in layers {
      let weight = 1 - (0..<count).reduce(1.0) { share, _ in share * (1 - layer.momentum) }
      guard weight > 0 else { continue }
      layer.runningMean.multiply(by: 1 / weight)
      layer.runningVar.multiply(by: 1 / weight)
    }
  }
}
