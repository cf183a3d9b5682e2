public import COCO

/// The outcomes of some of a set's images, from which the evaluation of all can be computed.
///
/// The file has these sections: `images`, the ids in ascending order; `orders`, their places in the
/// ground truth, if errors are analysed; `positives` [K, A]; `blocks` [K], the start and number of
/// each category's detections in `detections`; `confusion`; `errors`.
public struct PartialEvaluation: Sendable {
  /// The verb in the header of such a file.
  public static let verb = "evaluate"

  /// The file that holds the outcomes.
  public let file: PartialFile
  /// The settings of the evaluation.
  public let settings: EvaluationSettings
  /// The K categories by ascending id.
  public let categories: [COCO.Category]
  /// The ids of the images in ascending order, [I].
  let images: PartialSection
  /// The numbers of objects to find, [K][A].
  let positives: [[Int]]
  private let detections: PartialSection
  private let blocks: [(offset: Int, count: Int)]

  /// Reads an evaluation.
  ///
  /// - Throws: A `PartialFault` if the file does not hold an evaluation that copra wrote.
  public init(_ file: PartialFile) throws(PartialFault) {
    guard let settings = EvaluationSettings(file.header.parameters),
      let categories = Self.categories(file.header.parameters["categories"])
    else { throw .damaged }
    self.file = file
    self.settings = settings
    self.categories = categories
    images = try file.section("images")
    detections = try file.section("detections")
    let table = try file.section("blocks")
    let counts = try file.section("positives")
    let ranges = settings.areaRanges.count
    guard table.count == categories.count * 16, counts.count == categories.count * ranges * 8,
      images.count % 8 == 0
    else { throw .damaged }
    var (places, sums) = (table.cursor(), counts.cursor())
    blocks = categories.map { _ in (places.integer(Int.self), places.integer(Int.self)) }
    positives = categories.map { _ in (0..<ranges).map { _ in sums.integer(Int.self) } }
    withExtendedLifetime((table, counts)) {}
  }

  var imageCount: Int { images.count / 8 }

  /// Returns the detections of a category.
  func block(_ category: Int) -> MergedOutcomes.Block {
    MergedOutcomes.Block(
      bytes: detections, offset: blocks[category].offset, count: blocks[category].count,
      images: images)
  }

  /// Returns the confusions between categories.
  func confusedPairs() throws(PartialFault) -> [ConfusionMatrix.Counted] {
    let section = try file.section("confusion")
    var cursor = section.cursor()
    var pairs: [ConfusionMatrix.Counted] = []
    while !cursor.isAtEnd {
      let pair = ConfusionMatrix.Pair(
        truth: cursor.integer(Int32.self), detection: cursor.integer(Int32.self))
      pairs.append(.init(pair: pair, count: cursor.integer(Int.self)))
      guard !cursor.isPastEnd, (0...categories.count).contains(Int(pair.truth)),
        (0...categories.count).contains(Int(pair.detection))
      else { throw .damaged }
    }
    withExtendedLifetime(section) {}
    return pairs
  }

  /// Returns the mistakes of each image's detections.
  func errors() throws(PartialFault) -> ErrorRecords {
    let section = try file.section("errors")
    var cursor = section.cursor()
    var records = ErrorRecords()
    while !cursor.isAtEnd {
      records.images.append(ErrorRecords.Image(&cursor))
      guard !cursor.isPastEnd else { throw .damaged }
    }
    withExtendedLifetime(section) {}
    return records
  }

  /// Returns the categories as parameters of the evaluation.
  static func json(_ categories: [COCO.Category]) -> JSONValue {
    .array(
      categories.map { category in
        var object: JSONObject = ["id": .integer(category.id), "name": .string(category.name)]
        object["frequency"] = category.extra["frequency"]
        return .object(object)
      })
  }

  private static func categories(_ json: JSONValue?) -> [COCO.Category]? {
    guard let list = json?.list else { return nil }
    let categories = list.compactMap { value -> COCO.Category? in
      guard let object = value.object, let id = object["id"]?.integer,
        let name = object["name"]?.string
      else { return nil }
      var category = COCO.Category(id: id, name: name)
      if let frequency = object["frequency"] { category.extra["frequency"] = frequency }
      return category
    }
    return categories.count == list.count ? categories : nil
  }
}

extension Evaluator {
  /// Returns the header of partial results that hold the outcomes of the images so far.
  ///
  /// - Parameters:
  ///   - pictures: The digest of all images of the ground truth.
  ///   - cover: The shard that was evaluated; nil for all images of the ground truth.
  public func partialHeader(pictures: PictureDigest, cover: ShardCover?) -> PartialHeader {
    var parameters = settings.json
    parameters["categories"] = PartialEvaluation.json(categories.categories)
    return PartialHeader(
      verb: PartialEvaluation.verb, parameters: parameters, pictures: pictures, cover: cover)
  }

  /// Writes the outcomes of the images so far as sections of partial results.
  public func write(to writer: PartialWriter) throws {
    let batches = orderedBatches
    let outcomes = batches.map(\.outcomes)
    try writer.begin("images")
    for image in outcomes.lazy.flatMap(\.images) {
      try writer.append { $0.append(little: image.id) }
    }
    let table = OutcomeTable(outcomes, categories: categories.categories.count, settings)
    try writer.write(positives: table.positives)
    try writeDetections(of: table, images: outcomes, to: writer)
    if let confusion { try writer.write(confusion: confusion) }
    if settings.analysesErrors {
      try writer.write(errors: batches.lazy.compactMap(\.errors).flatMap(\.images))
    }
  }

  private func writeDetections(
    of table: OutcomeTable, images outcomes: [MatchOutcomes], to writer: PartialWriter
  ) throws {
    let images = OutcomeTable.images(outcomes, categories: table.categories)
    let coding = OutcomeCoding(settings)
    var sorter = ScoreOrder()
    try writer.writeBlocks(categories: table.categories) { category, blocks in
      try table.withCategory(category, sortedBy: &sorter) { sorted in
        var places = sorted.order.makeIterator()
        try sorted.visit { entry, matches in
          let image = images[sorted.first + Int(places.next() ?? 0)]
          try blocks.append(entry, image: image, matches, coding)
        }
      }
    }
  }
}
