import Engine
import Testing
import Torch

extension ModelRuns {
  @Suite("Checkpoints")
  struct CheckpointTests {
    private func bits(_ training: Training<GridDetector>) -> [[UInt8]] {
      (training.model.state + training.optimizer.state).map { entry in
        entry.tensor.withUnsafeBytes { Array($0) }
      }
    }

    private func set() throws -> DrawnSet {
      let set = try DrawnSet()
      for index in 0..<6 { try set.add([(index % 2 + 1, .at(Double(index), 4, 20, 16))]) }
      return set
    }

    @Test
    func `a training that goes on from a checkpoint amid an epoch reaches the same bits`() throws {
      let set = try set()
      let loader = Loader(
        set.samples, plan: BatchPlan(batchSize: 2, seed: 3),
        augmentation: Augmentation(resizing: .jitter(square: 32, scale: 0.5...1.5)))
      let path = set.path("training.safetensors")
      Runtime.seed(1)
      var straight = Training(GridDetector(numClasses: 3))
      _ = try straight.trainOneEpoch(loader)
      let isDone = try straight.trainOneEpoch(loader) { $0.step < 0 }
      #expect(!isDone)
      try Checkpoint.write(straight, to: path)
      let draw = Tensor.rand([1]).item()
      try Checkpoint(contentsOf: path).restore(&straight)
      for _ in 0..<2 { _ = try straight.trainOneEpoch(loader) }

      Runtime.seed(99)
      var resumed = Training(GridDetector(numClasses: 3))
      try Checkpoint(contentsOf: path).restore(&resumed)
      #expect((resumed.epoch, resumed.step) == (1, 1))
      #expect(Tensor.rand([1]).item() == draw)
      for _ in 0..<2 { _ = try resumed.trainOneEpoch(loader) }
      #expect(bits(resumed) == bits(straight))
    }

    @Test
    func `the model alone can be taken from a checkpoint, and from a file of weights`() throws {
      let set = try set()
      let training = Training(GridDetector(numClasses: 3))
      let (checkpoint, weights) = (set.path("c.safetensors"), set.path("w.safetensors"))
      try Checkpoint.write(training, to: checkpoint)
      try training.model.save(to: weights, metadata: ["note": "x"])
      for path in [checkpoint, weights] {
        let other = GridDetector(numClasses: 3)
        other.conv1.weight.fill(0)
        try other.load(Checkpoint.modelState(of: StoredState(contentsOf: path)), from: path)
        #expect((other.conv1.weight - training.model.conv1.weight).abs().sum().item() == 0)
      }
      #expect(try StoredState(contentsOf: weights).metadata == ["note": "x"])
    }

    @Test func `a checkpoint of another model is refused with the keys that do not fit`() throws {
      let set = try set()
      let path = set.path("training.safetensors")
      try Checkpoint.write(
        Training(GridDetector(numClasses: 3)), notes: ["model": "grid"], to: path)
      var other = Training(GridDetector(numClasses: 5))
      let checkpoint = try Checkpoint(contentsOf: path)
      #expect(checkpoint.notes["model"] == "grid")
      let error = #expect(throws: StateError.self) { try checkpoint.restore(&other) }
      #expect(error?.message.contains("head.weight") == true)
    }
  }
}
