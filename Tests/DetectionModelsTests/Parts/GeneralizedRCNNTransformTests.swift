import Testing
import Torch

@testable import DetectionModels

@Suite("GeneralizedRCNNTransform")
struct GeneralizedRCNNTransformTests {
  struct Sizes: Decodable {
    struct Case: Decodable {
      let minSize: Int
      let maxSize: Int
      /// Height and width before and after; what torchvision 0.14.1 gives instead may follow.
      let rows: [[Int]]
    }

    let cases: [Case]
  }

  struct Batch: Decodable {
    struct Picture: Decodable {
      let size: [Int]
      let values: [Float]
    }

    let minSize: Int
    let maxSize: Int
    let images: [Picture]
    let boxes: [[[Float]]]
    let masks: [[UInt8]]
    let batchShape: [Int]
    let batch: [Float]
    let imageSizes: [[Int]]
    let resizedBoxes: [[[Float]]]
    let resizedMasks: [[UInt8]]
    /// Of the resized boxes moved by half a pixel.
    let scaledBack: [[[Float]]]

    var transform: GeneralizedRCNNTransform {
      GeneralizedRCNNTransform(TransformOptions(minSize: [minSize], maxSize: maxSize))
    }

    var pictures: [Tensor] {
      images.map { Tensor($0.values, shape: [3] + $0.size) }
    }

    var targets: [TrainingTarget] {
      zip(zip(boxes, masks), images).map { given, image in
        TrainingTarget(
          boxes: Tensor(rows: given.0), labels: .ones([given.0.count], dtype: .int64),
          masks: Tensor(given.1, shape: [given.0.count] + image.size))
      }
    }

    var expected: Tensor { Tensor(batch, shape: batchShape) }
  }

  private let batch: Batch

  init() throws {
    batch = try readPart("transform", as: Batch.self)
  }

  @Test func `batches lie channels-last in training and in inference`() {
    #expect(batch.transform(batch.pictures).tensors.isContiguous(.channelsLast))
    #expect(
      batch.transform(batch.pictures, batch.targets).images.tensors.isContiguous(.channelsLast))
  }

  @Test func `sizes come from a scale in float64`() throws {
    for expected in try readPart("resized_sizes", as: Sizes.self).cases {
      let transform = GeneralizedRCNNTransform(TransformOptions(maxSize: expected.maxSize))
      for row in expected.rows {
        let size = transform.resizedSize(
          SpatialSize(height: row[0], width: row[1]), minSize: expected.minSize)
        #expect([size.height, size.width] == Array(row[2..<4]), "\(row)")
      }
    }
  }

  @Test func `a picture far longer than it is high keeps a row`() {
    let size = GeneralizedRCNNTransform().resizedSize(
      SpatialSize(height: 1, width: 4000), minSize: 800)
    #expect(size == SpatialSize(height: 1, width: 1333))
  }

  @Test func `a batch is torchvision's: normalised, resized and filled up with zeros`() {
    let made = batch.transform(batch.pictures)
    expectClose(made.tensors, batch.expected)
    #expect(made.imageSizes == imageSizes(batch.imageSizes))
  }

  @Test func `boxes and masks change with their pictures as in torchvision`() {
    let made = batch.transform(batch.pictures, batch.targets)
    expectClose(made.images.tensors, batch.expected)
    for (target, boxes) in zip(made.targets, batch.resizedBoxes) {
      expectClose(target.boxes, Tensor(rows: boxes), tolerance: 1e-7)
    }
    #expect(made.targets.map { $0.masks?.scalars() } == batch.resizedMasks)
  }

  @Test func `what was found is brought back to the pictures as they were given`() {
    let found = batch.resizedBoxes.map {
      Detections(
        boxes: Tensor(rows: $0) + 0.5, labels: .ones([$0.count], dtype: .int64),
        scores: .ones([$0.count]))
    }
    let restored = batch.transform.restored(
      found, from: imageSizes(batch.imageSizes), to: imageSizes(batch.images.map(\.size)))
    for (detections, boxes) in zip(restored, batch.scaledBack) {
      expectClose(detections.boxes, Tensor(rows: boxes), tolerance: 1e-6)
    }
  }

  @Test func `each axis has a ratio of its own`() {
    let boxes = resizeBoxes(
      Tensor(rows: [[1, 2, 3, 4]]), from: SpatialSize(height: 10, width: 20),
      to: SpatialSize(height: 30, width: 40))
    #expect(boxes.scalars(as: Float.self) == [2, 6, 6, 12])
  }

  @Test func `inference takes the last of several sizes`() {
    let transform = GeneralizedRCNNTransform(TransformOptions(minSize: [24, 8], maxSize: 100))
    #expect(transform([.zeros([3, 4, 4])]).imageSizes == [SpatialSize(height: 8, width: 8)])
  }

  /// In a process of its own, as other tests draw from libtorch's one generator too.
  @Test
  func `training draws one number for each picture, also where there is but one size`() async {
    await #expect(processExitsWith: .success) {
      let minSizes = [8, 12, 16, 20, 24]
      Runtime.seed(3)
      let draws = (0..<5).map { _ in Tensor.rand([1]).item() }
      let (pictures, targets) = Self.plain(count: 4)
      for choice in [minSizes, [16]] {
        Runtime.seed(3)
        let transform = GeneralizedRCNNTransform(TransformOptions(minSize: choice))
        let sides = transform(pictures, targets).images.imageSizes.map(\.height)
        #expect(sides == draws[..<4].map { choice[Int($0 * Double(choice.count))] })
        #expect(Tensor.rand([1]).item() == draws[4])
      }
    }
  }

  @Test func `a box without width traps, and the picture and the resized box are named`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (pictures, targets) = Self.plain(count: 1)
      let flat = TrainingTarget(boxes: Tensor(rows: [[1, 1, 1, 3]]), labels: Tensor([1]))
      let transform = GeneralizedRCNNTransform(TransformOptions(minSize: [8]))
      _ = transform(pictures + pictures, targets + [flat])
    }
    #expect(
      result.message.contains(
        "expected boxes of positive width and height, found [2.0, 2.0, 2.0, 6.0] in the target of "
          + "image 1"))
  }

  @Test func `a picture of whole numbers traps`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = GeneralizedRCNNTransform()([.zeros([3, 4, 4], dtype: .uint8)])
    }
    #expect(result.message.contains("expected an image of a floating point type, found uint8"))
  }

  /// Pictures of 4×4 with an object each.
  private static func plain(count: Int) -> ([Tensor], [TrainingTarget]) {
    let target = TrainingTarget(boxes: Tensor(rows: [[0, 0, 2, 2]]), labels: Tensor([1]))
    return (
      Array(repeating: .zeros([3, 4, 4]), count: count), Array(repeating: target, count: count)
    )
  }
}
