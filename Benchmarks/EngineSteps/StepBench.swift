import COCO
import DetectionModels
import Engine
import Torch

/// The training step or the inference of a detector on pictures of noise.
struct StepBench {
  private let model: any Detector
  private let isTraining: Bool
  private let bf16: Bool
  private let images: [Tensor]
  private let targets: [TrainingTarget]
  private let labels = CategoryLabels((1...90).map { Category(id: $0, name: "class \($0)") })
  private var optimizer: SGD

  init(
    model name: String, isTraining: Bool, batch: Int, size: Int, threads: Int, bf16: Bool
  ) throws {
    Runtime.threads = threads
    model = try BenchModel.make(name, size: size)
    self.isTraining = isTraining
    self.bf16 = bf16
    Runtime.seed(1)
    images = (0..<batch).map { _ in .rand([3, size, size]) }
    let target = Self.target(size: size, of: name)
    targets = Array(repeating: target, count: batch)
    optimizer = SGD(
      model.parameters, learningRate: 1e-4, momentum: 0.9, weightDecay: 1e-4)
  }

  /// Objects of several sizes; the mask of each is the left half of its box, its 17 keypoints lie on
  /// the diagonal.
  private static func target(size: Int, of name: String) -> TrainingTarget {
    let percents = [
      [5, 5, 30, 45], [40, 10, 85, 60], [10, 55, 45, 95], [60, 65, 80, 90], [30, 30, 38, 42],
      [2, 2, 97, 98],
    ]
    let corners = percents.map { $0.map { $0 * size / 100 } }
    let masks = corners.map { box in
      let mask = Tensor.zeros([size, size], dtype: .uint8)
      mask[box[1]..<box[3], box[0]..<((box[0] + box[2]) / 2)].fill(1)
      return mask
    }
    let boxes = Tensor(corners.joined().map(Float.init), shape: [corners.count, 4])
    return TrainingTarget(
      boxes: boxes, labels: .ones([corners.count], dtype: .int64),
      masks: name.hasPrefix("mask") ? .stack(masks) : nil,
      keypoints: name.hasPrefix("keypoint") ? diagonals(of: boxes) : nil)
  }

  /// [N, 17, 3], all of them visible.
  private static func diagonals(of boxes: Tensor) -> Tensor {
    let shares = (Tensor.arange(17, dtype: .float32) / 17).reshaped([1, 17, 1])
    let start = boxes[.all, ..<2].unsqueezed(1)
    let sides = (boxes[.all, 2...] - boxes[.all, ..<2]).unsqueezed(1)
    return .concatenate([start + shares * sides, .ones([boxes.size(0), 17, 1])], dim: 2)
  }

  /// Prints what the first step gave, so that both sides are seen to do the same work, and the
  /// median time of those after it.
  mutating func run(repetitions: Int) {
    Runtime.seed(2)
    print("work: \(step())")
    let clock = ContinuousClock()
    var seconds: [Double] = []
    for _ in 0..<repetitions {
      let start = clock.now
      _ = step()
      seconds.append((clock.now - start) / .seconds(1))
    }
    print("inner seconds: \(seconds.sorted()[repetitions / 2])")
  }

  private mutating func step() -> String {
    isTraining ? "loss \(Self.rounded(train()))" : "detections \(detect())"
  }

  private mutating func train() -> Double {
    let losses =
      bf16
      ? autocast(to: .bfloat16) { model.losses(images: images, targets: targets) }
      : model.losses(images: images, targets: targets)
    let loss = losses.total.item()
    optimizer.zeroGradients()
    losses.total.backward()
    optimizer.step()
    return loss
  }

  private func detect() -> Int {
    let found =
      bf16
      ? autocast(to: .bfloat16) { model.detections(images: images) }
      : model.detections(images: images)
    // To COCO's results, in which masks are run lengths; torchvision ends at whole pictures of them.
    return found.reduce(0) { $0 + $1.records(imageID: 1, labels: labels).count }
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e3).rounded() / 1e3 }
}
