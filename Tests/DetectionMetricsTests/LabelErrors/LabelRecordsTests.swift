import COCO
import DetectionMetrics
import Testing

@Suite("Label errors as JSON")
struct LabelRecordsTests {
  @Test func `scores and losses are read as they were written`() throws {
    let annotations = [(1, 1, 1), (2, 1, 2), (3, 2, 1)].map { id, image, category in
      Annotation(
        id: id, imageID: image, categoryID: category, box: Box(x: 2, y: 3, width: 40, height: 50))
    }
    let dataset = Dataset(
      images: [1, 2].map { Image(id: $0, fileName: "\($0).jpg", width: 100, height: 100) },
      annotations: annotations,
      categories: [Category(id: 1, name: "crab"), Category(id: 2, name: "palm")])
    let detections = [
      Detection(
        imageID: 2, categoryID: 1, score: 0.9, box: Box(x: 2, y: 3, width: 40, height: 50)),
      Detection(
        imageID: 2, categoryID: 1, score: 0.99, box: Box(x: 60, y: 60, width: 20, height: 20)),
    ]
    var history = LabelHistory(dataset)
    history.beginModel()
    history.add(detections, on: [1, 2])
    let errors = LabelErrors(dataset, detections, history: history)
    #expect(errors.labelScores.contains { $0.annotationID == nil })
    #expect(errors.labelScores.contains { $0.isError && $0.message != nil })
    #expect(errors.labelScores.compactMap { LabelScore($0.json) } == errors.labelScores)
    #expect(history.labelLosses.map(\.annotationID) == [1, 2, 3])
    #expect(history.labelLosses.compactMap { LabelLoss($0.json) } == history.labelLosses)
  }

  @Test func `what is about nothing is no score`() {
    #expect(LabelScore(["kind": "likely-wrong-label", "score": 0.5, "image_id": 1]) == nil)
    #expect(
      LabelScore(["kind": "likely", "score": 0.5, "image_id": 1, "annotation_id": 1]) == nil)
    #expect(LabelLoss(["annotation_id": 1]) == nil)
  }

  @Test func `errors of a check are those of predictions, then those by looks, which have a box`() {
    func missing(_ score: Double, _ isError: Bool) -> LabelScore {
      LabelScore(
        kind: .likelyMissingLabel, score: score, imageID: 7,
        box: Box(x: 1, y: 2, width: 3, height: 4),
        isError: isError)
    }
    func list(_ scores: LabelScore...) -> JSONValue { .array(scores.map { .object($0.json) }) }
    let byLooks: JSONObject = ["label_scores": list(missing(-0.1, true), missing(-0.3, true))]
    let check: JSONObject = [
      "label_scores": list(missing(0.2, true), missing(0, false)),
      "appearance": .object(["missing": .object(byLooks)]),
    ]
    let errors = LabelScore.errors(in: check)
    #expect(errors == [missing(0.2, true), missing(-0.3, true), missing(-0.1, true)])
  }
}
