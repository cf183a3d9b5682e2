public import COCO
public import Files

/// An evaluator of images one by one, without files: add each image with its annotations and
/// detections, then request the evaluation.
///
/// The figures are pycocotools' for the same objects in files. They do not depend on the order of
/// the images, which are sorted by their ids, as in pycocotools.
public struct Evaluator: Sendable {
  /// The outcomes of one image or of several in the order of their ids.
  struct Batch: Sendable {
    var outcomes: MatchOutcomes
    var errors: ErrorRecords?
    var confusion: [ConfusionMatrix.Pair]?
  }

  /// The settings, with thresholds and limits in ascending order.
  public let settings: EvaluationSettings
  let categories: CategoryTable
  private(set) var batches: [Batch] = []
  /// The findings about the objects so far.
  public private(set) var findings: [Finding] = []

  /// Creates an evaluator of objects of these categories.
  public init(categories: [COCO.Category], settings: EvaluationSettings) {
    self.init(CategoryTable(categories), settings.normalized)
  }

  init(_ categories: CategoryTable, _ settings: EvaluationSettings) {
    self.categories = categories
    self.settings = settings
  }

  /// The number of images.
  var images: Int { batches.reduce(0) { $0 + $1.outcomes.images.count } }

  /// Adds an image with its annotations and detections; only its size and id are used.
  ///
  /// `ResultsForm`, which pycocotools decides by the first detection of a file, is decided by the
  /// first of the image. Objects that cannot be compared are left out and reported in `findings`.
  public mutating func add(
    _ image: COCO.Image, truths: [Annotation], detections: [Detection]
  ) {
    let order = images
    add(CollectionOfOne(image), form: ResultsForm(first: detections.first)) { _ in
      ImageRecords(order: order, truths: truths, detections: detections)
    }
  }

  /// Adds images in the order of their ids, with the objects that `records` gives for each
  /// position; `shapes` holds the shapes of detections that have none of their own.
  mutating func add(
    _ images: some Collection<COCO.Image>, form: ResultsForm,
    shapes: DetectionShapes = DetectionShapes(),
    records: (Int) -> ImageRecords
  ) {
    switch settings.iouType {
    case .bbox: add(images, form, shapes, records, as: BoxShape.self)
    case .segm: add(images, form, shapes, records, as: MaskShape.self)
    case .keypoints: add(images, form, shapes, records, as: KeypointShape.self)
    }
  }

  private mutating func add<Shape: EvaluatedShape>(
    _ images: some Collection<COCO.Image>, _ form: ResultsForm, _ shapes: DetectionShapes,
    _ records: (Int) -> ImageRecords, as type: Shape.Type
  ) {
    guard !images.isEmpty else { return }
    var evaluator = ImageEvaluator<Shape>(settings, categories: categories, shapes: shapes)
    for (position, image) in images.enumerated() {
      evaluator.add(image, records(position), form: form)
    }
    batches.append(
      Batch(
        outcomes: evaluator.matcher.outcomes,
        errors: evaluator.errors?.records, confusion: evaluator.confusion?.pairs))
    findings += evaluator.findings
  }

  /// Adds all images of another evaluator with the same settings.
  public mutating func merge(_ other: Evaluator) {
    batches += other.batches
    findings += other.findings
  }

  /// The confusion of categories; nil if it is not requested.
  var confusion: ConfusionMatrix? {
    settings.confusionScore.map { score in
      ConfusionMatrix(
        batches.lazy.compactMap(\.confusion).joined().lazy.map { .init(pair: $0, count: 1) },
        categories: categories.categories, leastScore: score)
    }
  }

  /// Evaluates outcomes that were matched elsewhere, of images in order.
  package init(
    categories: [COCO.Category], settings: EvaluationSettings, known outcomes: KnownOutcomes
  ) {
    self.init(categories: categories, settings: settings)
    batches = [Batch(outcomes: outcomes.outcomes(ranges: settings.areaRanges.count))]
  }

  /// The batches in the order of their images.
  var orderedBatches: [Batch] {
    batches.stablySorted { $0.outcomes.images[0].id < $1.outcomes.images[0].id }
  }

  /// Returns the evaluation of all images so far, computed by `tasks`.
  public func evaluation(tasks: OrderedTasks = OrderedTasks(threads: 1)) async -> Evaluation {
    await evaluation(recallThresholds: settings.recallThresholds, tasks: tasks)
  }

  /// Returns the evaluation with precision read at these recalls, ascending, in place of the
  /// settings'.
  package func evaluation(
    recallThresholds: [Double], tasks: OrderedTasks
  ) async -> Evaluation {
    let (settings, table) = outcomes(recallThresholds: recallThresholds)
    let outcomes = await OutcomeAccumulator(table, settings).accumulate(tasks)
    let errors =
      settings.analysesErrors
      ? ErrorAnalysis(
        orderedBatches.compactMap(\.errors).flatMap(\.images).stablySorted { $0.order < $1.order },
        categories: categories.categories.count) : nil
    return Evaluation(
      settings: settings, categories: categories.categories, outcomes: outcomes,
      images: images, errors: errors, confusion: confusion)
  }

  /// The outcomes of all images so far, and the settings with these recalls.
  func outcomes(recallThresholds: [Double]) -> (EvaluationSettings, OutcomeTable) {
    var settings = settings
    settings.recallThresholds = recallThresholds
    let table = OutcomeTable(
      orderedBatches.map(\.outcomes), categories: categories.categories.count, settings)
    return (settings, table)
  }
}
