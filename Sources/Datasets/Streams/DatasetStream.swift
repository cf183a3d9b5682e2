public import COCO
public import Files
public import Formats
public import Linting

/// A dataset that comes window by window, in bounded memory.
///
/// The images and annotations of all windows, and the account after the last, are those of the
/// dataset that is read at once. A copy of a stream goes on by itself, from where it was copied.
public protocol DatasetStream: Sendable {
  /// The dataset without its images and annotations.
  var frame: Dataset { get }
  /// A number that is no lower than that of the annotations.
  var mostAnnotations: Int { get }
  /// The number of windows; nil if it is not known.
  var count: Int? { get }
  /// The account of what was read so far, without records.
  var account: Imported { get }
  /// The faults that were reported so far, so that rules do not report their consequences.
  var reported: ReportedFaults { get }
  /// The facts about the images that came last; nil if the stream has none.
  var pictures: [PictureFacts?]? { get }
  /// The places of the records that came last, if their files need not be at hand.
  var places: [Origin: Place] { get }

  /// Returns the images that come next, with their annotations; nil after the last ones.
  ///
  /// - Throws: A `FileError` if a file cannot be read.
  mutating func next() async throws -> Dataset?
}

/// A file of lines as a stream.
private struct StreamedLines: DatasetStream {
  let frame: Dataset
  var count: Int? { lines.count }
  private var lines: LinesStream
  private let reader: DatasetReader
  private var reading: PartwiseBoxReading
  private var images = 0
  /// The account of the user's choice of categories.
  private var chosen = Imported()

  init?(_ lines: LinesStream, _ reader: DatasetReader) {
    let (survey, policy) = (lines.survey, reader.categories)
    let known = Set(lines.frame.categories.map(\.id))
    let mayLeaveOut = policy.names != nil || !known.isSuperset(of: survey.usedCategories)
    // Rules leave copies of images where they are.
    let mayRepeatImages = reader.options.judgesRecords && survey.mayRepeatImages
    guard !policy.dropsUnused, !mayRepeatImages, !(survey.repeatsNames && mayLeaveOut) else {
      return nil
    }
    (self.lines, self.reader) = (lines, reader)
    reading = PartwiseBoxReading(atMost: survey.annotations)
    var frame = Imported()
    frame.datasets = [lines.frame]
    policy.apply(to: &frame, sortsByName: false)
    self.frame = frame.datasets[0]
  }

  mutating func next() async throws -> Dataset? {
    guard let dataset = try await lines.next() else { return nil }
    images += dataset.images.count
    reading.add(dataset)
    var window = Imported()
    window.datasets = [dataset]
    reader.categories.apply(to: &window, sortsByName: false)
    chosen.addAccount(of: window)
    return window.datasets[0]
  }

  var mostAnnotations: Int { lines.survey.annotations }
  var reported: ReportedFaults { lines.reported }
  var pictures: [PictureFacts?]? { nil }
  var places: [Origin: Place] { [:] }

  var account: Imported {
    var whole = lines.account
    whole.gatherFindings(of: images)
    whole.doubtBoxes(
      [reading.reading.map { ($0, first: $1) }], isJudged: !reader.options.judgesRecords)
    whole.notes += reader.notesOnUnusedRenames(of: lines.frame.categories)
    whole.addAccount(of: chosen)
    return whole
  }
}

extension DatasetReader {
  /// Opens an input to be read window by window; nil if it has to be read at once: if it is no file
  /// of lines, its records refer to others far away, or images may be in it twice.
  ///
  /// - Parameters:
  ///   - paths: The inputs.
  ///   - shard: The images that are read; nil for all.
  /// - Throws: A `FileError` if the input cannot be read.
  public func stream(_ paths: [String], shard: Shard? = nil) async throws -> (any DatasetStream)? {
    guard paths.count == 1, format == nil || format == .lines, !options.speaksOfTables else {
      return nil
    }
    let tree = try await InputTree(paths[0], tasks: workers.tasks())
    guard !tree.isFolder else { return nil }
    var reason: String?
    if format == nil {
      guard case .found(.lines, let evidence) = FormatDetection.detect([tree]) else { return nil }
      reason = evidence.reason
    }
    guard let lines = try await LinesStream(paths[0], importOptions, shard: shard),
      let stream = StreamedLines(lines, self)
    else { return nil }
    if let reason { note("format: \(Format.lines.name) (\(reason))") }
    return stream
  }
}
