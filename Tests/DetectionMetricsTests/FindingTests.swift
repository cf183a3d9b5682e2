import COCO
import DetectionMetrics
import Files
import Testing

@Suite("Findings of an evaluation")
struct FindingTests {
  private static let image = Image(id: 1, fileName: "a.png", width: 40, height: 30)
  private static let crab = Category(id: 1, name: "crab")
  private static let mask = RunLengthMask(height: 30, width: 40, counts: [10, 20, 1170])

  private func truth(_ id: Int = 1, imageID: Int = 1, categoryID: Int = 1) -> Annotation {
    Annotation(
      id: id, imageID: imageID, categoryID: categoryID,
      box: Box(x: 1, y: 1, width: 9, height: 9), area: 81,
      segmentation: .runLengths(Self.mask))
  }

  private func findings(
    _ truths: [Annotation], _ detections: [Detection], _ iouType: IoUType = .bbox
  ) async -> (rules: [String], stats: [Double]) {
    let dataset = Dataset(images: [Self.image], annotations: truths, categories: [Self.crab])
    let (evaluation, findings) = await FileEvaluation(
      dataset, detections: [detections], settings: EvaluationSettings(iouType)
    ).evaluate(tasks: OrderedTasks(threads: 1))
    return (findings.map { "\($0.severity) \($0.rule)" }, evaluation.stats)
  }

  private func detection(imageID: Int = 1, categoryID: Int = 1) -> Detection {
    Detection(
      imageID: imageID, categoryID: categoryID, score: 0.5,
      box: Box(x: 1, y: 1, width: 9, height: 9))
  }

  @Test func `sound records give none`() async {
    let (rules, stats) = await findings([truth()], [detection()])
    #expect(rules.isEmpty)
    #expect(stats[0] > 0.999)
  }

  @Test func `a detection of an unknown image is left out with an error`() async {
    let (rules, stats) = await findings([truth()], [detection(imageID: 7), detection()])
    #expect(rules == ["error unknown-image"])
    #expect(stats[0] > 0.999)
  }

  @Test func `a detection of an unknown category is left out with a warning`() async {
    let (rules, stats) = await findings([truth()], [detection(categoryID: 7), detection()])
    #expect(rules == ["warning unknown-category"])
    #expect(stats[0] > 0.999)
  }

  @Test func `annotations of unknown images and categories get a warning`() async {
    let truths = [truth(1, imageID: 9), truth(2, categoryID: 9), truth(3)]
    let (rules, stats) = await findings(truths, [detection()])
    #expect(rules == ["warning unknown-image", "warning unknown-category"])
    #expect(stats[0] > 0.999)
  }

  @Test func `a match with an annotation of id 0 counts as none, with a warning`() async {
    let (rules, stats) = await findings([truth(0)], [detection()])
    #expect(rules == ["warning zero-annotation-id"])
    #expect(stats[0] == 0)
  }

  @Test func `ids that stand twice get an error`() async {
    let (rules, _) = await findings([truth(), truth()], [detection()])
    #expect(rules == ["error duplicate-annotation-id"])
  }

  @Test func `an annotation without area is measured, with a warning`() async {
    var annotation = truth()
    annotation.area = nil
    let (rules, stats) = await findings([annotation], [detection()])
    #expect(rules == ["warning missing-field"])
    #expect(stats[0] > 0.999)
  }

  @Test(
    arguments: [IoUType.segm, .keypoints])
  func `a detection that lacks what is compared gets an error`(iouType: IoUType) async {
    let bare = Detection(imageID: 1, categoryID: 1, score: 0.5)
    var annotation = truth()
    annotation.keypoints = [Double](repeating: 2, count: 51)
    let (rules, _) = await findings([annotation], [bare], iouType)
    #expect(rules == ["error missing-field"])
  }

  @Test func `a mask of another size than the image's gets an error and overlaps nothing`() async {
    let mask = RunLengthMask(height: 40, width: 30, counts: [10, 20, 1170])
    let found = Detection(
      imageID: 1, categoryID: 1, score: 0.5, segmentation: .compressedRunLengths(mask))
    let (rules, stats) = await findings([truth()], [found], .segm)
    #expect(rules == ["error rle-size-mismatch"])
    #expect(stats[0] == 0)
  }

  @Test func `a mask whose runs do not fill its size is left out with an error`() async {
    let mask = RunLengthMask(height: 30, width: 40, counts: [10, 20])
    let found = Detection(
      imageID: 1, categoryID: 1, score: 0.5, segmentation: .compressedRunLengths(mask))
    let (rules, _) = await findings([truth()], [found], .segm)
    #expect(rules == ["error malformed-value"])
  }

  @Test(
    arguments: [[], [[]], [[1, 2]]])
  func `a polygon without corners is left out with an error`(rings: [[Double]]) async {
    var annotation = truth()
    annotation.segmentation = .polygons(Polygons(rings))
    let (rules, _) = await findings([annotation], [], .segm)
    #expect(rules == ["error malformed-value"])
  }

  @Test func `a ring of four numbers is a box, as in pycocotools`() async {
    var annotation = truth()
    annotation.segmentation = .polygons(Polygons([[2, 3, 10, 8]]))
    var found = detection()
    found.box = Box(x: 2, y: 3, width: 10, height: 8)
    let (rules, stats) = await findings([annotation], [found], .segm)
    #expect(rules.isEmpty)
    #expect(stats[0] > 0.999)
  }

  @Test func `masks in an image of unknown size get an error`() async {
    let image = Image(id: 1, fileName: "a.png", width: 0, height: 0)
    var annotation = truth()
    annotation.segmentation = .polygons(Polygons([[1, 1, 9, 1, 9, 9]]))
    let dataset = Dataset(images: [image], annotations: [annotation], categories: [Self.crab])
    let (_, findings) = await FileEvaluation(
      dataset, detections: [], settings: EvaluationSettings(.segm)
    ).evaluate(tasks: OrderedTasks(threads: 1))
    #expect(findings.map(\.rule) == ["zero-image-size"])
  }

  @Test func `an area that is no number gets an error`() async {
    var annotation = truth()
    annotation.area = .nan
    let (rules, _) = await findings([annotation], [detection()])
    #expect(rules == ["error malformed-value"])
  }

  @Test
  func `a detection in memory whose numbers are not finite is left out with an error`() async {
    var unsure = detection()
    unsure.score = .nan
    var endless = detection()
    endless.box?.width = .infinity
    let (rules, stats) = await findings([truth()], [unsure, endless, detection()])
    #expect(rules == ["error malformed-value", "error malformed-value"])
    #expect(stats[0] > 0.999)
  }

  @Test func `keypoints of another number than the sigmas get an error`() async {
    var annotation = truth()
    annotation.keypoints = [Double](repeating: 2, count: 51)
    var found = detection()
    found.keypoints = [1, 2, 3]
    let (rules, _) = await findings([annotation], [found], .keypoints)
    #expect(rules == ["error malformed-value"])
  }

  @Test func `a detection with a negative extent gets a warning`() async {
    var found = detection()
    found.box?.width = -9
    let (rules, _) = await findings([truth()], [found])
    #expect(rules == ["warning inverted-box"])
  }
}
