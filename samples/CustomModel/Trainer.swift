import Torch

/// The loop of the tutorial: a batch, the loss, the gradients, a step.
struct Trainer {
  let rate: Double
  var batchSize = 16

  /// Trains in random order, and prints every epoch's mean loss.
  func train(_ model: some Layer, on shapes: Shapes, epochs: Int) {
    var optimizer = SGD(model.parameters, learningRate: rate, momentum: 0.9)
    for epoch in 1...epochs {
      let order = Tensor.randperm(shapes.count)
      var total = 0.0
      for start in stride(from: 0, to: shapes.count, by: batchSize) {
        let batch = shapes.batch(order[start..<min(start + batchSize, shapes.count)])
        let loss = crossEntropy(model(batch.images, .training), batch.labels)
        optimizer.zeroGradients()
        loss.backward()
        optimizer.step()
        total += loss.item() * Double(batch.count)
      }
      print("  epoch \(epoch): loss \(decimal(total / Double(shapes.count)))")
    }
  }

  static func printAccuracy(of model: some Layer, on shapes: Shapes) {
    let scores = withoutGradients { model(shapes.images, .inference) }
    let isRight = scores.argmax(dim: 1) .== shapes.labels
    let share = isRight.to(.float32).mean().item()
    print("  accuracy on pictures it has not seen: \(decimal(100 * share)) %")
  }
}
