import COCO
import DetectionMetrics
import Files
import TestSupport
import Testing

@Suite("Evaluations that are joined of parts")
struct JoinedEvaluationTests {
  static let sets = EvaluationFixture.all("evaluations")
  static let lvis = EvaluationFixture.all("lvis")

  /// The partial results of a shard of a set, in a file.
  private func part(_ set: EvaluationFixture, _ shard: String) async throws -> TemporaryFile {
    let tasks = OrderedTasks(threads: 1)
    let (dataset, batches) = try await set.read(tasks: tasks)
    var settings = set.settings
    settings.analysesErrors = true
    settings.confusionScore = 0.25
    let (evaluator, _) = await FileEvaluation(
      dataset, detections: batches, settings: settings, shard: Shard(shard)
    ).match(tasks: tasks)
    return try file(
      evaluator.partialHeader(
        pictures: PictureDigest(), cover: Shard(shard).map { ShardCover($0) })
    ) { try evaluator.write(to: $0) }
  }

  private func file(
    _ header: PartialHeader, _ body: (PartialWriter) throws -> Void
  ) throws -> TemporaryFile {
    var bytes: [UInt8] = []
    let writer = try PartialWriter(header) { bytes += $0 }
    try body(writer)
    try writer.finish()
    return try TemporaryFile(bytes)
  }

  private func joined(_ files: [TemporaryFile]) throws -> JoinedEvaluation {
    try JoinedEvaluation(
      PartialSet(try files.map { try PartialFile($0.path) }, needsAll: false))
  }

  @Test(
    arguments: stride(from: 0, to: sets.count, by: 3).map { sets[$0] }
      + stride(from: 0, to: lvis.count, by: 3).map { lvis[$0] })
  func `parts in any order give the bits of the reference implementation`(set: EvaluationFixture)
    async throws
  {
    let files = [
      try await part(set, "3/5"), try await part(set, "1/5"), try await part(set, "5/5"),
      try await part(set, "2/5"), try await part(set, "4/5"),
    ]
    let evaluation = try await joined(files).evaluation(tasks: OrderedTasks(threads: 1))
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
    #expect(digest(evaluation.recall) == set.values["recall"]?.string)
    if let scores = set.values["scores"]?.string { #expect(digest(evaluation.scores) == scores) }
  }

  @Test(arguments: ["1/1", "3/3 1/3 2/3"])
  func `all else of an evaluation is that of one run too`(shards: String) async throws {
    let set = try #require(Self.sets.first)
    var files: [TemporaryFile] = []
    for shard in shards.split(separator: " ") { files.append(try await part(set, String(shard))) }
    let tasks = OrderedTasks(threads: 1)
    let evaluation = try await joined(files).evaluation(tasks: tasks)
    var settings = set.settings
    settings.analysesErrors = true
    settings.confusionScore = 0.25
    let (dataset, batches) = try await set.read(tasks: tasks)
    let (whole, _) = await FileEvaluation(dataset, detections: batches, settings: settings)
      .evaluate(tasks: tasks)
    #expect(evaluation.errors == whole.errors)
    #expect(evaluation.confusion?.counts == whole.confusion?.counts)
    #expect(evaluation.calibration == whole.calibration)
    #expect(evaluation.images == whole.images)
    for category in evaluation.categories.indices {
      #expect(
        evaluation.bestOperatingPoint(category: category)
          == whole.bestOperatingPoint(category: category))
    }
  }

  @Test
  func `what parts are joined to can be joined again, and is the same in whatever order`()
    async throws
  {
    let set = try #require(Self.sets.first)
    let parts = [
      try await part(set, "1/3"), try await part(set, "2/3"), try await part(set, "3/3"),
    ]
    func partly(_ files: [TemporaryFile]) throws -> TemporaryFile {
      let set = try PartialSet(try files.map { try PartialFile($0.path) }, needsAll: false)
      return try file(set.header) { try JoinedEvaluation(set).write(to: $0) }
    }
    let nested = try partly([parts[2], try partly([parts[1], parts[0]])])
    #expect(try nested.bytes == partly(parts).bytes)
    let evaluation = try await joined([nested]).evaluation(tasks: OrderedTasks(threads: 2))
    #expect(digest(evaluation.precision) == set.values["precision"]?.string)
  }

  @Test func `an image that is in two parts is refused by its id`() async throws {
    let set = try #require(Self.sets.first)
    let whole = try await part(set, "1/1")
    let again = try TemporaryFile(try whole.bytes)
    let files = [try PartialFile(whole.path), try PartialFile(again.path)]
    #expect(throws: PartialSetFault.self) { try PartialSet(files, needsAll: true) }
  }
}
