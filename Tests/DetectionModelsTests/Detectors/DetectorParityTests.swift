import DetectionModels
import Testing
import Torch

/// Each detector in a process of its own: other tests would draw from libtorch's one generator
/// between the draws of the detector.
@Suite("Detectors beside torchvision's", .serialized)
struct DetectorParityTests {
  @Test(
    arguments: DetectorExample.all.map(\.name))
  func `keys, weights, detections, losses and gradients are torchvision's`(name: String) async {
    await #expect(processExitsWith: .success) { [name] in
      let example = try #require(DetectorExample.all.first { $0.name == name })
      try DetectorParityTests().checkParity(of: example)
    }
  }

  private func checkParity(of example: DetectorExample) throws {
    let fixture = try DetectorFixture(named: example.name)
    Runtime.seed(0)
    let model = try example.make()
    let state = model.state
    #expect(state.map { .init(name: $0.key, shape: $0.tensor.shape) } == fixture.keys)
    #expect(model.parameterCount == fixture.parameters)
    for (entry, expected) in zip(state, fixture.weights) {
      let difference = Digest(of: entry.tensor).difference(
        from: expected, count: entry.tensor.count)
      #expect(difference <= 1e-7, "weight \(entry.key)")
    }
    model.forEachModule { ($0 as? BatchNorm2d)?.runningVar.fill(fixture.variance) }
    let images = DetectorInput.images(seed: fixture.imageSeed)
    let found = model.detections(images: images)
    #expect(found.count == fixture.detections.count)
    for (found, expected) in zip(found, fixture.detections) { compare(found, expected) }

    model.convert(to: .float64)
    Runtime.seed(2)
    let losses = model.losses(
      images: images.map { $0.to(.float64) },
      targets: DetectorInput.targets(example.shape))
    #expect(losses.entries.map(\.name) == fixture.losses.map(\.name))
    for (loss, expected) in zip(losses.entries, fixture.losses) {
      let difference = abs(loss.value.item() - expected.value) / max(abs(expected.value), 1e-3)
      #expect(difference <= 1e-3, "\(loss.name)")
    }
    losses.total.backward()
    try compareGradients(
      state.filter { $0.isParameter && $0.tensor.requiresGradient }, fixture.gradients)
  }

  /// Boxes and scores within 1e-4; labels are the same.
  private func compare(_ found: Detections, _ expected: DetectorFixture.Found) {
    #expect(found.labels.scalars(as: Int.self) == expected.labels)
    expectClose(found.scores, Tensor(expected.scores), tolerance: 1e-4)
    // Relative to the pictures' size: beside a corner at 0 any rounding would be great.
    let size = Double(DetectorInput.size.width)
    let boxes = expected.boxes.isEmpty ? Tensor.zeros([0, 4]) : Tensor(rows: expected.boxes)
    expectClose(found.boxes / size, boxes / size, tolerance: 1e-4)
    if let keypoints = expected.keypoints, let places = found.keypoints {
      let flat = Tensor(rows: keypoints.map { $0.flatMap(\.self) }).reshaped(places.shape)
      expectClose(places / size, flat / size, tolerance: 1e-4)
    }
    if let scores = expected.keypointScores, let logits = found.keypointScores {
      expectClose(logits, Tensor(rows: scores), tolerance: 1e-4)
    }
    guard let masks = expected.masks, let pasted = found.masks?.pasted() else { return }
    #expect(Digest(of: pasted).difference(from: masks, count: pasted.count) <= 1e-3)
  }

  /// Gradients far smaller than the model's typical one are rounding alone.
  private func compareGradients(
    _ parameters: [StateEntry], _ expected: [DetectorFixture.Named<Digest>]
  ) throws {
    #expect(parameters.map(\.key) == expected.map(\.name))
    let scale = expected.map(\.value.norm).reduce(0, +) / Double(expected.count)
    for (entry, expected) in zip(parameters, expected) {
      let gradient = try #require(entry.tensor.gradient, "gradient of \(entry.key)")
      let difference = Digest(of: gradient).difference(
        from: expected.value, count: gradient.count, scale: scale)
      #expect(difference <= 1e-3, "gradient of \(entry.key)")
    }
  }
}
