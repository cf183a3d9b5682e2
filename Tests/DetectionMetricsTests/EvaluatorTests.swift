import COCO
import DetectionMetrics
import Files
import Testing

@Suite("Evaluation image by image")
struct EvaluatorTests {
  static let sets = EvaluationFixture.all("evaluations").filter {
    // What only a file can have: ids that stand twice, which one record stands in for.
    !$0.name.hasSuffix("duplicate ids") && $0.values["settings"] == .null
  }

  @Test(
    arguments: stride(from: 0, to: sets.count, by: 5).map { sets[$0] })
  func `objects in memory give what files give, whatever the order of the images`(
    set: EvaluationFixture
  ) async throws {
    let (dataset, batches) = try await set.read(tasks: OrderedTasks(threads: 1))
    let detections = batches.flatMap { $0 }
    var evaluator = Evaluator(categories: dataset.categories, settings: set.settings)
    for image in dataset.images.reversed() {
      evaluator.add(
        image, truths: dataset.annotations.filter { $0.imageID == image.id },
        detections: detections.filter { $0.imageID == image.id })
    }
    let evaluation = await evaluator.evaluation()
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
    #expect(digest(evaluation.scores) == set.values["scores"]?.string)
    #expect(evaluation.stats == set.stats)
  }

  @Test func `evaluators of parts of the images together give what one gives`() async throws {
    let set = try #require(Self.sets.first)
    let (dataset, batches) = try await set.read(tasks: OrderedTasks(threads: 1))
    let detections = batches.flatMap { $0 }
    let whole = Evaluator(categories: dataset.categories, settings: set.settings)
    var parts = [whole, whole]
    for (index, image) in dataset.images.enumerated() {
      parts[index % 2].add(
        image, truths: dataset.annotations.filter { $0.imageID == image.id },
        detections: detections.filter { $0.imageID == image.id })
    }
    parts[1].merge(parts[0])
    #expect(await parts[1].evaluation().stats == set.stats)
  }

  @Test func `no images give figures of -1`() async {
    let categories = [Category(id: 1, name: "crab")]
    let evaluator = Evaluator(categories: categories, settings: EvaluationSettings(.bbox))
    let evaluation = await evaluator.evaluation()
    #expect(evaluation.stats == [Double](repeating: -1, count: 12))
  }
}
