public import COCO
public import Files

/// An evaluation of all detections of a results file on all images of a dataset.
public struct FileEvaluation: Sendable {
  private let truth: IndexedTruth
  private let detections: [[Detection]]
  private let settings: EvaluationSettings
  private let form: ResultsForm
  private let shapes: DetectionShapes
  /// The positions of the images that are evaluated, ascending.
  private let chosen: [Int]
  private static let imagesInPart = 64

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - dataset: The ground truth.
  ///   - batches: The detections in the order of their file.
  ///   - settings: The thresholds, areas and limits of the evaluation.
  ///   - form: The form of the results; nil to determine it from their first detection.
  ///   - shard: The images that are evaluated; nil for all.
  public init(
    _ dataset: Dataset, detections batches: [[Detection]], settings: EvaluationSettings,
    form: ResultsForm? = nil, shard: Shard? = nil
  ) {
    let truth = IndexedTruth(dataset)
    let images = truth.index.images
    self.init(
      truth, detections: batches, settings, form,
      images.indices.filter { shard?.contains(imageID: images[$0].id) ?? true })
  }

  /// Prepares an evaluation of some images.
  ///
  /// - Parameters:
  ///   - shapes: The shapes of detections that have none of their own.
  ///   - imageIDs: The ids of the images that are evaluated, as far as the truth has them; nil for
  ///     all.
  package init(
    _ truth: IndexedTruth, detections batches: [[Detection]], shapes: DetectionShapes,
    settings: EvaluationSettings, form: ResultsForm, imageIDs: [Int]?
  ) {
    let positions = imageIDs.map(truth.index.positions(ofImages:))
    self.init(
      truth, detections: batches, settings, form, positions ?? Array(truth.index.images.indices),
      shapes: shapes)
  }

  private init(
    _ truth: IndexedTruth, detections batches: [[Detection]], _ settings: EvaluationSettings,
    _ form: ResultsForm?, _ chosen: [Int], shapes: DetectionShapes = DetectionShapes()
  ) {
    self.truth = truth
    self.shapes = shapes
    self.chosen = chosen
    self.form = form ?? ResultsForm(first: batches.first?.first)
    detections = batches
    self.settings = settings.normalized
  }

  /// Returns the evaluation, and the findings about the records.
  public func evaluate(tasks: OrderedTasks) async -> (Evaluation, [Finding]) {
    let (evaluator, findings) = await match(tasks: tasks)
    return (await evaluator.evaluation(tasks: tasks), findings)
  }

  /// Returns the matches of all images, and the findings about the records.
  public func match(tasks: OrderedTasks) async -> (Evaluator, [Finding]) {
    let (results, unknown) = grouped()
    var evaluator = Evaluator(truth.categories, settings)
    let work: @Sendable (Int) -> Evaluator = { part in
      var evaluator = Evaluator(truth.categories, settings)
      let positions = positions(inPart: part)
      evaluator.add(positions.lazy.map { truth.index.images[$0] }, form: form, shapes: shapes) {
        index in
        records(of: positions[positions.startIndex + index], results)
      }
      return evaluator
    }
    // The work does not throw.
    try? await tasks.run(parts, work: work) { _, part in
      evaluator.merge(part)
      return true
    }
    return (evaluator, truth.index.findings + unknown + evaluator.findings)
  }

  /// Returns the matches of all images in detail. The offset of each detection's origin is its
  /// place among all.
  package func details(tasks: OrderedTasks) async -> MatchDetails {
    let (results, _) = grouped()
    let work: @Sendable (Int) -> MatchDetails = { part in
      switch settings.iouType {
      case .bbox: recorded(positions(inPart: part), results, as: BoxShape.self)
      case .segm: recorded(positions(inPart: part), results, as: MaskShape.self)
      case .keypoints: recorded(positions(inPart: part), results, as: KeypointShape.self)
      }
    }
    var details = MatchDetails()
    // The work does not throw.
    try? await tasks.run(parts, work: work) { _, part in
      details.append(part)
      return true
    }
    return details
  }

  private func recorded<Shape: EvaluatedShape>(
    _ positions: ArraySlice<Int>, _ results: DetectionGroups, as type: Shape.Type
  ) -> MatchDetails {
    var recorder = DetailRecorder<Shape>(settings, categories: truth.categories, shapes: shapes)
    for position in positions {
      recorder.add(truth.index.images[position], records(of: position, results), form: form)
    }
    return recorder.details
  }

  /// Returns the detections by their images, and a finding for each that has none.
  private func grouped() -> (DetectionGroups, [Finding]) {
    var results = DetectionGroups(images: truth.index.images.count)
    let unknown = results.group(detections, by: truth.index)
    return (results, unknown)
  }

  private var parts: Int { (chosen.count + Self.imagesInPart - 1) / Self.imagesInPart }

  private func positions(inPart part: Int) -> ArraySlice<Int> {
    let first = part * Self.imagesInPart
    return chosen[first..<min(first + Self.imagesInPart, chosen.count)]
  }

  private func records(of position: Int, _ results: DetectionGroups) -> ImageRecords {
    ImageRecords(
      order: truth.index.order[position],
      truths: truth.index.annotations(of: position).map { truth.dataset.annotations[$0] },
      detections: results.detections(of: position, in: detections))
  }
}
