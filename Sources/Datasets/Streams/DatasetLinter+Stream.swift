import COCO
import Files
import Formats
public import Linting

extension DatasetLinter {
  /// Lints an input window by window; returns nil if it has to be read at once.
  ///
  /// The findings and the account are those of `lint(_:)`, but the records that they refer to are
  /// not kept.
  ///
  /// - Throws: The errors of `lint(_:)`.
  public func lintInWindows(_ paths: [String]) async throws -> LintedDataset? {
    guard takesStreams, let stream = try await reader.stream(paths, shard: survey.shard) else {
      return nil
    }
    return try await lint(stream)
  }

  /// Lints a dataset that comes window by window; returns nil if it has to be linted at once.
  ///
  /// - Throws: The errors of `lint(_:)`, and those of the stream.
  public func lint(_ stream: any DatasetStream) async throws -> LintedDataset? {
    guard takesStreams else { return nil }
    let pictures = try await survey.pictures(of: stream)
    // Images whose files were found are compared by them.
    var known = PartwiseLinter.Knowledge(keepsImages: !stream.account.imageFolders.isEmpty)
    while true {
      var pass = LintingPass(self, stream, pictures, known)
      guard try await pass.run() else { return nil }
      guard let correction = pass.linter.correction else { return try await pass.finish() }
      known = correction
    }
  }

  /// Whether datasets can be linted as they come; waivers of single records need these.
  private var takesStreams: Bool {
    waivers.allSatisfy { $0.image == nil && $0.annotation == nil && $0.category == nil }
  }
}

extension PictureSurvey {
  /// Returns the facts about all images of a stream; nil if they were not found, or come with it.
  ///
  /// - Throws: The errors of `pictures(of:)` and of the stream.
  public func pictures(of stream: any DatasetStream) async throws -> [PictureFacts?]? {
    var imported = stream.account
    guard stream.pictures == nil, !imported.imageFolders.isEmpty else { return nil }
    var stream = stream
    var dataset = stream.frame
    while let window = try await stream.next() { dataset.images += window.images }
    imported = stream.account
    imported.datasets = [dataset]
    return try await pictures(of: imported)[0]
  }
}

/// One judgement of all windows of a stream.
private struct LintingPass {
  private let judge: DatasetLinter
  private let start: any DatasetStream
  private var stream: any DatasetStream
  private let pictures: [PictureFacts?]?
  private(set) var linter: PartwiseLinter
  private var findings: [Finding] = []
  private var places: [Origin: Place] = [:]
  /// The numbers of the records of the windows before.
  private var done = RecordCounts()
  private var ids = (images: IDRuns(), annotations: IDRuns())

  init(
    _ judge: DatasetLinter, _ stream: any DatasetStream, _ pictures: [PictureFacts?]?,
    _ known: PartwiseLinter.Knowledge
  ) {
    (self.judge, start, self.stream, self.pictures) = (judge, stream, stream, pictures)
    linter = PartwiseLinter(
      judge.rules.rules, of: stream.frame,
      isSplit: PictureSurvey.isSplit(stream.frame), atMost: stream.mostAnnotations,
      knowing: known, tasks: judge.reader.workers.tasks())
  }

  /// Judges all windows. Returns false if ids repeat, so that windows cannot be judged alone.
  mutating func run() async throws -> Bool {
    let progress = judge.reader.workers.tasks("checking").progress
    var windows = 0
    while let window = try await stream.next() {
      let seen =
        stream.pictures
        ?? pictures.map { Array($0[done.images..<done.images + window.images.count]) }
      ids.images.insert(window.images.map(\.id))
      ids.annotations.insert(window.annotations.map(\.id))
      let found = try await linter.lint(window, pictures: seen ?? [])
      add(found, about: window)
      done += RecordCounts(images: window.images.count, annotations: window.annotations.count)
      windows += 1
      if let count = stream.count { progress?(windows, count) }
    }
    ids.images.settle()
    ids.annotations.settle()
    return !ids.images.hasRepeated && !ids.annotations.hasRepeated
  }

  private mutating func add(_ found: [Finding], about window: Dataset) {
    let reported = stream.reported
    for var finding in found {
      if !reported.isEmpty, reported.explains(finding, in: [window]) { continue }
      finding.record = finding.record.map(ofWhole)
      findings.append(finding)
      if let origin = finding.origin, let place = stream.places[origin] { places[origin] = place }
    }
  }

  /// Returns the reference to a record of the present window as one of the whole set.
  private func ofWhole(_ record: RecordReference) -> RecordReference {
    let start =
      switch record.kind {
      case .image: done.images
      case .annotation: done.annotations
      case .category: 0
      }
    return RecordReference(record.kind, start + record.index, dataset: record.dataset)
  }

  /// Returns the set with the findings about it.
  consuming func finish() async throws -> LintedDataset {
    var linted = LintedDataset(imported: stream.account, subject: Subject([]))
    let frame = [stream.frame]
    let whole = try await linter.findings().filter {
      linted.imported.reported.isEmpty || !linted.imported.reported.explains($0, in: frame)
    }
    for message in linted.imported.notes { judge.reader.note("note: \(message)") }
    linted.imported.sources.places.merge(places) { first, _ in first }
    try await findPlaces(of: whole, into: &linted.imported.sources)
    linted.findings = judge.findings(
      linted.imported.allFindings, and: whole + findings, of: linted)
    return linted
  }

  /// Looks for the places of findings about the set as a whole, whose windows have gone.
  private func findPlaces(of findings: [Finding], into sources: inout Sources) async throws {
    let wanted = Set(findings.compactMap(\.origin)).subtracting(sources.places.keys)
    var stream = start
    guard stream.pictures != nil, !wanted.isEmpty else { return }
    while try await stream.next() != nil {
      for (origin, place) in stream.places where wanted.contains(origin) {
        sources.places[origin] = place
      }
    }
  }
}
