/// How far one tensor of a model is from torchvision's.
struct ZooComparison {
  /// What is compared, such as `gradient of conv1.weight`.
  let subject: String
  let difference: Double
  let tolerance: Double

  /// Weights bit for bit but for the digits of the fixture, the output in evaluation within 1e-4,
  /// and what training makes within 1e-3 of torchvision's.
  static func all(of found: ZooPass, with fixture: ZooFixture) -> [ZooComparison] {
    let count = fixture.output.reduce(1, *)
    let training = fixture.training
    let typical = training.output.norm / Double(count)
    let lossDifference = abs(found.loss - training.loss) / max(abs(training.loss), typical)
    return [
      ZooComparison(
        subject: "output in evaluation",
        difference: found.evaluation.difference(from: fixture.evaluation, count: count),
        tolerance: 1e-4),
      ZooComparison(
        subject: "output in training",
        difference: found.output.difference(from: training.output, count: count), tolerance: 1e-3),
      ZooComparison(subject: "loss", difference: lossDifference, tolerance: 1e-3),
      ZooComparison(
        subject: "output in evaluation after training",
        difference: found.evaluationAfter.difference(from: training.evaluation, count: count),
        tolerance: 1e-3),
    ] + states(of: found, with: fixture)
  }

  private static func states(
    of found: ZooPass, with fixture: ZooFixture
  ) -> [ZooComparison] {
    let training = fixture.training
    return list("weight", found.weights, fixture.weights, fixture, tolerance: 1e-7)
      + list(
        "gradient", found.gradients, training.gradients, fixture, tolerance: 1e-3,
        scale: { _ in training.gradientScale })
      + list(
        "buffer", found.buffers, training.buffers, fixture, tolerance: 1e-3,
        scale: { $0.hasSuffix("running_mean") ? training.meanScale ?? 0 : 0 })
  }

  /// Entry by entry of the state. One that only one side has is infinitely far off.
  private static func list(
    _ kind: String, _ found: [Digest?], _ expected: [Digest?], _ fixture: ZooFixture,
    tolerance: Double, scale: (String) -> Double = { _ in 0 }
  ) -> [ZooComparison] {
    fixture.keys.enumerated().compactMap { index, key in
      let pair = (
        found.indices.contains(index) ? found[index] : nil,
        expected.indices.contains(index) ? expected[index] : nil
      )
      let difference: Double
      switch pair {
      case (nil, nil): return nil
      case (let found?, let expected?):
        difference = found.difference(
          from: expected, count: key.shape.reduce(1, *), scale: scale(key.name))
      default: difference = .infinity
      }
      return ZooComparison(
        subject: "\(kind) of \(key.name)", difference: difference, tolerance: tolerance)
    }
  }
}
