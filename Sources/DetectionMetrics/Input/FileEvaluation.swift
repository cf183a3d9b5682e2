public import COCO
public import Files

/// Evaluates all detections of a results file against all images of a dataset.
public struct FileEvaluation: Sendable {
  private let dataset: Dataset
  private let detections: [[Detection]]
  private let settings: EvaluationSettings
  private let form: ResultsForm
  private let shard: Shard?
  private static let imagesInPart = 64

  /// - Parameters:
  ///   - batches: the detections in the order of their file.
  ///   - form: how the results are to be read; nil for what their first detection tells.
  ///   - shard: the images that are evaluated; nil for all.
  public init(
    _ dataset: Dataset, detections batches: [[Detection]], settings: EvaluationSettings,
    form: ResultsForm? = nil, shard: Shard? = nil
  ) {
    self.dataset = dataset
    self.shard = shard
    self.form = form ?? ResultsForm(first: batches.first?.first)
    detections = batches
    self.settings = settings.normalized
  }

  /// The evaluation, and what was found wrong with the records.
  public func evaluate(tasks: OrderedTasks) async -> (Evaluation, [Finding]) {
    let (evaluator, findings) = await match(tasks: tasks)
    return (await evaluator.evaluation(tasks: tasks), findings)
  }

  /// The matches of all images, and what was found wrong with the records.
  public func match(tasks: OrderedTasks) async -> (Evaluator, [Finding]) {
    let categories = CategoryTable(dataset.categories)
    let truth = TruthIndex(dataset, categories)
    var results = DetectionGroups(images: truth.images.count)
    let unknown = results.group(detections, by: truth)
    var evaluator = Evaluator(categories, settings)
    let chosen = truth.images.indices.filter { position in
      shard?.contains(imageID: truth.images[position].id) ?? true
    }
    let parts = (chosen.count + Self.imagesInPart - 1) / Self.imagesInPart
    let work: @Sendable (Int) -> Evaluator = {
      [dataset, detections, settings, results, form] part in
      var evaluator = Evaluator(categories, settings)
      let first = part * Self.imagesInPart
      let positions = chosen[first..<min(first + Self.imagesInPart, chosen.count)]
      evaluator.add(positions.lazy.map { truth.images[$0] }, form: form) { index in
        let position = positions[first + index]
        return ImageRecords(
          order: truth.order[position],
          truths: truth.annotations(of: position).map { dataset.annotations[$0] },
          detections: results.detections(of: position, in: detections))
      }
      return evaluator
    }
    // The work does not throw.
    try? await tasks.run(parts, work: work) { _, part in
      evaluator.merge(part)
      return true
    }
    return (evaluator, truth.findings + unknown + evaluator.findings)
  }
}
