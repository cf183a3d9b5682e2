import DetectionModels
import Foundation
import Testing
import Torch

/// What torchvision's detector of a name is and makes: `Fixtures/detectors/NAME.json`, made by
/// `Fixtures/make_detectors.py`.
struct DetectorFixture: Decodable {
  /// An entry of the state: `["rpn.head.conv.0.0.weight", [256, 256, 3, 3]]`.
  struct Key: Decodable, Equatable {
    let name: String
    let shape: [Int]

    init(name: String, shape: [Int]) {
      self.name = name
      self.shape = shape
    }

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      shape = try list.decode([Int].self)
    }
  }

  struct Found: Decodable {
    let boxes: [[Float]]
    let labels: [Int]
    let scores: [Float]
    let masks: Digest?
    let keypoints: [[[Float]]]?
    let keypointScores: [[Float]]?
  }

  /// A name with what it stands for: `["loss_classifier", 1.6]`.
  struct Named<Value: Decodable>: Decodable {
    let name: String
    let value: Value

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      value = try list.decode(Value.self)
    }
  }

  let parameters: Int
  let keys: [Key]
  let weights: [Digest]
  let imageSeed: UInt64
  /// What batch norm has for running variances when it detects.
  let variance: Double
  let detections: [Found]
  let losses: [Named<Double>]
  let gradients: [Named<Digest>]

  init(named name: String) throws {
    let file = try #require(
      Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Fixtures/detectors"))
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }
}

/// Two pictures of 96×128 with what is in the first, as `make_detectors.py` has them; the second has
/// no object.
enum DetectorInput {
  static let size = (height: 96, width: 128)

  static func images(seed: UInt64) -> [Tensor] {
    Runtime.seed(seed)
    return (0..<2).map { _ in Tensor.rand([3, size.height, size.width]) }
  }

  /// A mask is the left half of its box.
  static func targets(_ shape: LearntShape?) -> [TrainingTarget] {
    let boxes: [[Float]] = [
      [10, 20, 60, 90], [50.5, 8, 120, 90.25], [80, 40, 110, 80], [5, 5, 100, 92],
    ]
    let labels = [1, 3, 2, 4]
    let nothing = TrainingTarget(
      boxes: .zeros([0, 4], dtype: .float64), labels: .zeros([0], dtype: .int64),
      masks: shape == .masks ? .zeros([0, size.height, size.width], dtype: .uint8) : nil,
      keypoints: shape == .keypoints ? .zeros([0, 3, 3]) : nil)
    return [
      TrainingTarget(
        boxes: Tensor(rows: boxes).to(.float64), labels: Tensor(labels),
        masks: shape == .masks ? .stack(boxes.map(leftHalf)) : nil,
        keypoints: shape == .keypoints ? .stack(boxes.map(keypoints)) : nil), nothing,
    ]
  }

  /// One inside of the box, one in its lower right corner, and one that is not labelled.
  private static func keypoints(_ box: [Float]) -> Tensor {
    let inside = [box[0] + (box[2] - box[0]) / 4, box[1] + (box[3] - box[1]) / 2, 2]
    return Tensor(rows: [inside, [box[2], box[3], 1], [0, 0, 0]])
  }

  private static func leftHalf(_ box: [Float]) -> Tensor {
    let mask = Tensor.zeros([size.height, size.width], dtype: .uint8)
    mask[Int(box[1])..<Int(box[3]), Int(box[0])..<Int((box[0] + box[2]) / 2)].fill(1)
    return mask
  }
}
