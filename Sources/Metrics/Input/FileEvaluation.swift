public import COCO

/// Evaluates all detections of a results file against all images of a dataset.
public struct FileEvaluation: Sendable {
  private let dataset: Dataset
  private let detections: [[Detection]]
  private let settings: EvaluationSettings
  private static let imagesInPart = 64

  /// `batches` are the detections in the order of their file.
  public init(
    _ dataset: Dataset, detections batches: [[Detection]], settings: EvaluationSettings
  ) {
    self.dataset = dataset
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
    let form = ResultsForm(first: detections.first?.first)
    var evaluator = Evaluator(categories, settings)
    let parts = (truth.images.count + Self.imagesInPart - 1) / Self.imagesInPart
    let work: @Sendable (Int) -> Evaluator = { [dataset, detections, settings, results] part in
      var evaluator = Evaluator(categories, settings)
      let first = part * Self.imagesInPart
      let images = truth.images[first..<min(first + Self.imagesInPart, truth.images.count)]
      evaluator.add(images, form: form) { position in
        ImageRecords(
          order: truth.order[first + position],
          truths: truth.annotations(of: first + position).map { dataset.annotations[$0] },
          detections: results.detections(of: first + position, in: detections))
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

/// The detections of each image, in the order of the file.
struct DetectionGroups: Sendable {
  /// Where a detection stands: its batch and its index there.
  private struct Place: Sendable {
    var batch: Int32
    var index: Int32
  }

  /// Where each image's places begin, and the end of the last one's.
  private var starts: [Int]
  private var places: [Place] = []

  init(images: Int) {
    starts = [Int](repeating: 0, count: images + 1)
  }

  /// Groups detections by their image; gives a finding for each that has none.
  mutating func group(_ batches: [[Detection]], by truth: TruthIndex) -> [Finding] {
    var findings: [Finding] = []
    var positions: [Int32] = []
    positions.reserveCapacity(batches.reduce(0) { $0 + $1.count })
    for batch in batches {
      for detection in batch {
        let position = truth.position(ofImage: detection.imageID)
        positions.append(position.map(Int32.init) ?? -1)
        if let position {
          starts[position + 1] += 1
        } else {
          findings.append(
            Finding(
              "unknown-image", .error, "no image has the id \(detection.imageID)",
              at: detection.origin))
        }
      }
    }
    for position in starts.indices.dropLast() { starts[position + 1] += starts[position] }
    place(batches.map(\.count), positions)
    return findings
  }

  private mutating func place(_ counts: [Int], _ positions: [Int32]) {
    var next = starts
    places = [Place](repeating: Place(batch: 0, index: 0), count: starts[starts.count - 1])
    var all = 0
    for (batch, count) in counts.enumerated() {
      for index in 0..<count {
        let position = Int(positions[all])
        all += 1
        guard position >= 0 else { continue }
        places[next[position]] = Place(batch: Int32(batch), index: Int32(index))
        next[position] += 1
      }
    }
  }

  /// The detections of an image.
  func detections(of image: Int, in batches: [[Detection]]) -> [Detection] {
    places[starts[image]..<starts[image + 1]].map { batches[Int($0.batch)][Int($0.index)] }
  }
}
