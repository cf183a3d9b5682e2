import COCO
import DetectionMetrics
import Testing

@Suite("What becomes of the boxes of one image")
struct BoxComparisonTests {
  private func truth(_ x: Double, category: Int = 1, crowd: Int = 0) -> Annotation {
    Annotation(
      id: 1, imageID: 1, categoryID: category, box: Box(x: x, y: 0, width: 10, height: 10),
      isCrowd: crowd)
  }

  private func found(_ x: Double, _ score: Double, category: Int = 1) -> Detection {
    Detection(
      imageID: 1, categoryID: category, score: score,
      box: Box(x: x, y: 0, width: 10, height: 10))
  }

  private func compare(
    _ truths: [Annotation], _ detections: [Detection], iou: Double = 0.5
  ) -> BoxComparison {
    BoxComparison(truths: truths, detections: detections, iou: iou, form: .boxes)
  }

  @Test func `the detection of the higher score has the true box, and the other one is false`() {
    let comparison = compare([truth(0)], [found(1, 0.4), found(2, 0.9)])
    #expect(comparison.truths == [.matched])
    #expect(comparison.detections == [.unmatched, .matched])
  }

  @Test func `categories are compared apart`() {
    let comparison = compare([truth(0)], [found(0, 0.9, category: 2)])
    #expect(comparison.truths == [.unmatched])
    #expect(comparison.detections == [.unmatched])
  }

  @Test func `an overlap below the threshold is no match`() {
    #expect(compare([truth(0)], [found(4, 0.9)], iou: 0.4).truths == [.matched])
    #expect(compare([truth(0)], [found(4, 0.9)], iou: 0.5).truths == [.unmatched])
  }

  @Test func `what is found in a crowd counts neither way, any number of times`() {
    let comparison = compare([truth(0, crowd: 1)], [found(0, 0.9), found(1, 0.8), found(50, 0.7)])
    #expect(comparison.truths == [.ignored])
    #expect(comparison.detections == [.ignored, .ignored, .unmatched])
  }

  @Test func `what has no box is not compared`() {
    let truth = Annotation(id: 1, imageID: 1, categoryID: 1)
    let found = Detection(imageID: 1, categoryID: 1, score: .nan, box: nil)
    let comparison = compare([truth], [found])
    #expect(comparison.truths == [nil] && comparison.detections == [nil])
    #expect(compare([], []).truths.isEmpty)
  }
}
