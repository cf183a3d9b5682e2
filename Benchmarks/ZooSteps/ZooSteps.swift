import DetectionModels
import Torch

/// Runs a model's forward pass or training step and prints the median of its time:
///
///     ZooSteps MODEL forward|train BATCH SIZE THREADS REPETITIONS [--bf16]
@main
struct ZooSteps {
  static func main() {
    let arguments = CommandLine.arguments
    let numbers = arguments.dropFirst(3).prefix(4).compactMap(Int.init)
    guard numbers.count == 4, let entry = ModelZoo.model(named: arguments[1]) else {
      fatalError("expected a model, forward or train, and four numbers")
    }
    Runtime.threads = numbers[2]
    Runtime.keepMemory()
    Runtime.seed(0)
    let model = entry.make()
    let bench = ZooBench(
      model: model, batch: numbers[0], size: numbers[1], video: model is VideoResNet,
      bf16: arguments.contains("--bf16"))
    let step = { arguments[2] == "train" ? bench.train() : bench.forward() }
    step()
    let clock = ContinuousClock()
    let seconds = (0..<numbers[3]).map { _ in clock.measure(step) / .seconds(1) }.sorted()
    print("inner seconds: \(seconds[seconds.count / 2])")
  }
}

/// A model with what its steps need.
final class ZooBench {
  let model: any Layer
  let images: Tensor
  let labels: Tensor
  var optimizer: SGD
  let bf16: Bool

  init(model: any Layer, batch: Int, size: Int, video: Bool, bf16: Bool) {
    self.model = model
    self.bf16 = bf16
    images = .rand([batch, 3] + (video ? [16] : []) + [size, size])
    labels = .arange(batch)
    optimizer = SGD(model.parameters, learningRate: 1e-4, momentum: 0.9, weightDecay: 1e-4)
    model.lay(.channelsLast)
  }

  func forward() {
    withoutGradients {
      _ = bf16 ? autocast(to: .bfloat16) { model(images, .inference) } : model(images, .inference)
    }
  }

  func train() {
    model.zeroGradients()
    let logits =
      bf16 ? autocast(to: .bfloat16) { model(images, .training) } : model(images, .training)
    crossEntropy(logits, labels).backward()
    optimizer.step()
  }
}
