public import COCO
public import Files

/// The evaluation of all images of several partial results: equal, to the bit, to that of one run
/// over all of them.
///
/// The detections stay in their files: the blocks of a category in all files are merged while they
/// are visited, and the memory held grows with the detections that can match something.
public struct JoinedEvaluation: Sendable {
  private let parts: [PartialEvaluation]
  private let header: PartialHeader

  /// Joins partial results that belong together.
  ///
  /// - Parameter set: The partial results.
  /// - Throws: A `PartialSetFault` if an image is in two of them, or a file does not hold what it
  ///   should.
  public init(_ set: PartialSet) throws(PartialSetFault) {
    header = set.header
    var parts: [PartialEvaluation] = []
    for file in set.files {
      do throws(PartialFault) {
        parts.append(try PartialEvaluation(file))
      } catch {
        throw .file(file.path, error)
      }
    }
    self.parts = parts
    try refuseRepeatedImages()
  }

  private var settings: EvaluationSettings { parts[0].settings }
  private var categories: [COCO.Category] { parts[0].categories }

  /// Computes the evaluation.
  ///
  /// - Throws: A `PartialFault` if the content of a file is damaged.
  public func evaluation(tasks: OrderedTasks) async throws(PartialFault) -> Evaluation {
    let (settings, positives) = (settings, positives)
    let outcomes = await OutcomeAccumulator.outcomes(of: categories.count, settings, tasks) {
      category, accumulator, _ in
      accumulator.accumulate(detections(of: category), positives: positives[category])
    }
    return Evaluation(
      settings: settings, categories: categories, outcomes: outcomes,
      images: parts.reduce(0) { $0 + $1.imageCount },
      errors: settings.analysesErrors
        ? ErrorAnalysis(try errors(), categories: categories.count) : nil,
      confusion: try confusion())
  }

  /// Writes the results of all parts as one.
  public func write(to writer: PartialWriter) throws {
    let images = MergedImages(parts.map(\.images))
    try writer.begin("images")
    for id in images.ids { try writer.append { $0.append(little: id) } }
    try writer.write(positives: positives)
    let coding = OutcomeCoding(settings)
    try writer.writeBlocks(categories: categories.count) { category, blocks in
      try detections(of: category).visitPlaced { entry, image, matches in
        try blocks.append(entry, image: images.number(of: image), matches, coding)
      }
    }
    if let confusion = try confusion() { try writer.write(confusion: confusion) }
    if settings.analysesErrors {
      try writer.write(errors: try errors().stablySorted { $0.id < $1.id })
    }
  }

  private func detections(of category: Int) -> MergedOutcomes {
    MergedOutcomes(coding: OutcomeCoding(settings), blocks: parts.map { $0.block(category) })
  }

  /// The numbers of true objects, [K][A].
  private var positives: [[Int]] {
    parts.dropFirst().reduce(parts[0].positives) { sums, part in
      zip(sums, part.positives).map { zip($0, $1).map { $0 + $1 } }
    }
  }

  private func confusion() throws(PartialFault) -> ConfusionMatrix? {
    guard let score = settings.confusionScore else { return nil }
    var pairs: [ConfusionMatrix.Counted] = []
    for part in parts { pairs += try part.confusedPairs() }
    return ConfusionMatrix(pairs, categories: categories, leastScore: score)
  }

  /// Returns the mistakes in the order of the set: by the place in the file if all parts are of
  /// one, or else by id.
  private func errors() throws(PartialFault) -> [ErrorRecords.Image] {
    var images: [ErrorRecords.Image] = []
    for part in parts { images += try part.errors().images }
    return header.cover == nil
      ? images.stablySorted { $0.id < $1.id } : images.stablySorted { $0.order < $1.order }
  }

  private func refuseRepeatedImages() throws(PartialSetFault) {
    guard let repeated = MergedImages(parts.map(\.images)).firstRepeated else { return }
    throw .repeated(
      "image \(repeated.id)", parts[repeated.parts.0].file.path, parts[repeated.parts.1].file.path
    )
  }
}

/// The ids of the images of several files.
private struct MergedImages {
  /// The ids in ascending order.
  let ids: [Int]
  private let index: IDIndex
  /// An id that occurs twice, and the files that have it.
  private(set) var firstRepeated: (id: Int, parts: (Int, Int))?

  init(_ sections: [PartialSection]) {
    var all: [(id: Int, part: Int)] = []
    for (part, section) in sections.enumerated() {
      var cursor = section.cursor()
      while !cursor.isAtEnd { all.append((cursor.integer(Int.self), part)) }
      withExtendedLifetime(section) {}
    }
    all.sort { $0 < $1 }
    ids = all.map(\.id)
    index = IDIndex(ids)
    if let place = index.repeated.first {
      firstRepeated = (ids[place], (all[place - 1].part, all[place].part))
    }
  }

  func number(of id: Int) -> UInt32 { UInt32(index.position(of: id) ?? 0) }
}
