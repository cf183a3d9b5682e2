import DetectionModels
import Torch

/// The same loop for detectors: their losses have names, and their sum is made less.
struct DetectorTrainer {
  let rate: Double
  var batchSize = 4

  /// Trains in the order of the pictures, over and over, and prints the losses now and then.
  func train(_ detector: some Detector, on scenes: Scenes, steps: Int) {
    var optimizer = SGD(
      detector.parameters.filter(\.requiresGradient), learningRate: rate, momentum: 0.9)
    for step in 0..<steps {
      // Drawn weights are far from right: the rate rises slowly, and no step is too long.
      optimizer.learningRateFactor = min(1, Double(step + 1) / 5)
      let batch = (0..<batchSize).map { (step * batchSize + $0) % scenes.count }
      let losses = detector.losses(
        images: batch.map { scenes.images[$0] }, targets: batch.map { scenes.targets[$0] })
      optimizer.zeroGradients()
      losses.total.backward()
      _ = clipGradients(of: optimizer.parameters, norm: 10)
      optimizer.step()
      if step == 0 || (step + 1) % 10 == 0 { print("  step \(step + 1): \(words(losses))") }
    }
  }

  private func words(_ losses: Losses) -> String {
    let parts = losses.entries.map { "\($0.name) \(decimal($0.value.item()))" }
    return "loss \(decimal(losses.total.item())): " + parts.joined(separator: ", ")
  }

  /// How many shapes are found: with their class, and with half of what both boxes cover shared.
  static func printFound(by detector: some Detector, on scenes: Scenes) {
    var (found, all) = (0, 0)
    for (image, target) in zip(scenes.images, scenes.targets) {
      let detections = detector.detections(images: [image])[0]
      let overlaps = boxIoU(target.boxes, detections.boxes)  // [objects, detections]
      let isSameClass = target.labels.unsqueezed(1) .== detections.labels.unsqueezed(0)
      let isMatch = (overlaps .>= 0.5).to(.int64) * isSameClass.to(.int64)
      found += isMatch.any(dims: [1]).to(.int64).sum().itemInt()
      all += target.labels.count
    }
    print("  found \(found) of \(all) shapes on pictures it has not seen")
  }
}

/// With three decimals.
func decimal(_ value: Double) -> Double {
  (value * 1000).rounded() / 1000
}
