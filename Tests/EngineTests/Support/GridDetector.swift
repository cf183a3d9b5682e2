import DetectionModels
import Engine
import Torch

/// As small a detector as can learn: a few convolutions, and for each cell of 8 × 8 pixels whether
/// the middle of an object of each class lies in it, and where its edges are.
struct GridDetector: Detector {
  let conv1: Conv2d
  let conv2: Conv2d
  let conv3: Conv2d
  let norm: BatchNorm2d
  let head: Conv2d
  let numClasses: Int
  private static let cell = 8

  init(numClasses: Int) {
    self.numClasses = numClasses
    conv1 = Conv2d(3, 16, kernel: 3, stride: 2, padding: 1)
    conv2 = Conv2d(16, 32, kernel: 3, stride: 2, padding: 1)
    conv3 = Conv2d(32, 32, kernel: 3, stride: 2, padding: 1)
    norm = BatchNorm2d(32, momentum: 0.5)
    head = Conv2d(32, numClasses - 1 + 4, kernel: 3, padding: 1)
  }

  /// [1, classes + 4, H/8, W/8]
  private func cells(_ image: Tensor, _ mode: Mode) -> Tensor {
    let x = conv3(relu(conv2(relu(conv1(image.unsqueezed(0) - 0.5)))))
    return head(relu(norm(x, mode)))
  }

  func losses(images: [Tensor], targets: [TrainingTarget]) -> Losses {
    var classification = Tensor(0 as Float)
    var regression = Tensor(0 as Float)
    for (image, target) in zip(images, targets) {
      let cells = cells(image, .training)
      let wanted = wanted(target, height: cells.size(2), width: cells.size(3))
      let classes = numClasses - 1
      classification =
        classification
        + binaryCrossEntropy(
          logits: cells.slice(dim: 1, to: classes), wanted.slice(dim: 1, to: classes),
          reduction: .sum) * 0.1
      let mask = wanted.slice(dim: 1, to: classes).sum(dims: [1], keepDim: true)
      regression =
        regression
        + smoothL1(
          cells.slice(dim: 1, from: classes) * mask, wanted.slice(dim: 1, from: classes) * mask,
          reduction: .sum) * 0.1
    }
    return Losses([("loss_classifier", classification), ("loss_box_reg", regression)])
  }

  /// What `cells` should be: [1, classes + 4, H/8, W/8].
  private func wanted(_ target: TrainingTarget, height: Int, width: Int) -> Tensor {
    let classes = numClasses - 1
    var values = [Float](repeating: 0, count: (classes + 4) * height * width)
    let boxes = target.boxes.scalars(as: Float.self)
    for (index, label) in target.labels.scalars(as: Int64.self).enumerated() {
      let box = Array(boxes[(index * 4)..<(index * 4 + 4)])
      // A box that is NaN leads to a loss that is.
      let middle = [(box[0] + box[2]) / 16, (box[1] + box[3]) / 16].map { $0.isFinite ? $0 : 0 }
      let column = min(max(Int(middle[0]), 0), width - 1)
      let row = min(max(Int(middle[1]), 0), height - 1)
      let place = row * width + column
      values[(Int(label) - 1) * height * width + place] = 1
      for edge in 0..<4 {
        let start = Float(edge.isMultiple(of: 2) ? column : row)
        values[(classes + edge) * height * width + place] = box[edge] / Float(Self.cell) - start
      }
    }
    return Tensor(values, shape: [1, classes + 4, height, width])
  }

  func detections(images: [Tensor]) -> [Detections] {
    images.map { image in
      let cells = cells(image, .inference)
      let (height, width, classes) = (cells.size(2), cells.size(3), numClasses - 1)
      let values = cells.scalars(as: Float.self)
      let scores = cells.slice(dim: 1, to: classes).sigmoid().scalars(as: Float.self)
      let order = scores.indices.filter { scores[$0] > 0.05 }.sorted { scores[$0] > scores[$1] }
      let boxes = order.flatMap { index in
        let place = index % (height * width)
        return (0..<4).map { edge in
          let start = Float(edge.isMultiple(of: 2) ? place % width : place / width)
          return (values[(classes + edge) * height * width + place] + start) * Float(Self.cell)
        }
      }
      return Detections(
        boxes: Tensor(boxes, shape: [order.count, 4]),
        labels: Tensor(order.map { Int64($0 / (height * width)) + 1 }),
        scores: Tensor(order.map { scores[$0] }))
    }
  }
}
