import Testing
import Torch

@Suite("Non-maximum suppression")
struct NonMaximumSuppressionTests {
  struct Suppression: Decodable {
    struct Kept: Decodable {
      let threshold: Double
      let nms: [Int]
      let batchedNMS: [Int]
    }

    struct Case: Decodable {
      let boxes: [[Float]]
      let scores: [Float]
      let classes: [Int]
      let kept: [Kept]
    }

    let cases: [Case]
  }

  @Test(arguments: ["nms", "nms_many"])
  func `the same boxes stay as in torchvision, in the same order`(part: String) throws {
    for given in try readPart(part, as: Suppression.self).cases {
      let (boxes, scores) = (Tensor(rows: given.boxes), Tensor(given.scores))
      let classes = Tensor(given.classes)
      for expected in given.kept {
        let threshold = expected.threshold
        #expect(nms(boxes, scores, iouThreshold: threshold).scalars() == expected.nms)
        #expect(
          batchedNMS(boxes, scores, classes, iouThreshold: threshold).scalars()
            == expected.batchedNMS)
      }
    }
  }

  @Test func `an overlap that is the threshold keeps both boxes`() {
    let boxes = Tensor(rows: [[0, 0, 4, 4], [0, 0, 4, 2]])
    let scores = Tensor([0.5, 0.9] as [Float])
    #expect(nms(boxes, scores, iouThreshold: 0.5).scalars() == [1, 0])
    #expect(nms(boxes, scores, iouThreshold: 0.4999).scalars() == [1])
  }

  @Test func `a threshold is not rounded to the type of the boxes`() {
    // 3 of 10 in float32 is above 0.3 in float64, though not above 0.3 in float32.
    let boxes = Tensor(rows: [[0, 0, 10, 1], [0, 0, 3, 1]])
    let scores = Tensor([0.9, 0.5] as [Float])
    #expect(nms(boxes, scores, iouThreshold: 0.3).scalars() == [0])
    #expect(nms(boxes, scores, iouThreshold: Double(Float(0.3))).scalars() == [0, 1])
  }

  @Test func `a score that is NaN comes first`() {
    let boxes = Tensor(rows: [[0, 0, 4, 4], [0, 0, 4, 3.9], [8, 8, 9, 9]])
    let scores = Tensor([0.9, .nan, 0.1] as [Float])
    #expect(nms(boxes, scores, iouThreshold: 0.5).scalars() == [1, 2])
  }

  @Test func `boxes without an area, or with NaN, stay and suppress nothing`() {
    let boxes = Tensor(rows: [[1, 1, 1, 1], [1, 1, 1, 1], [.nan, 0, 4, 4], [0, 0, 4, 4]])
    let scores = Tensor([0.9, 0.8, 0.7, 0.6] as [Float])
    #expect(nms(boxes, scores, iouThreshold: 0.5).scalars() == [0, 1, 2, 3])
  }

  @Test func `up to 1,000 boxes are moved apart in float32, more are not`() {
    // Moved by half a million classes, coordinates are rounded to whole numbers, and an overlap of
    // two thirds becomes a half.
    let pair: [[Float]] = [[0, 0, 1.5, 20], [0, 0, 1, 20]]
    let many = (0..<1000).map { [Float](repeating: Float($0 % 20), count: 4) }
    for (count, kept) in [(998, 2), (999, 1)] {
      let boxes = Tensor(rows: pair + many.prefix(count))
      let classes = Tensor([524_288, 524_288] + [Int](repeating: 0, count: count))
      let scores = Tensor((0..<count + 2).map { 1 / Float($0 + 1) })
      let result = batchedNMS(boxes, scores, classes, iouThreshold: 0.6).scalars(as: Int.self)
      #expect(result.count { $0 < 2 } == kept)
    }
  }

  @Test func `no box keeps no box`() {
    let (boxes, scores) = (Tensor.zeros([0, 4]), Tensor.zeros([0]))
    let classes = Tensor.zeros([0], dtype: .int64)
    #expect(nms(boxes, scores, iouThreshold: 0.5).shape == [0])
    #expect(batchedNMS(boxes, scores, classes, iouThreshold: 0.5).shape == [0])
  }
}
