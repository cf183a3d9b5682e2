public import COCO
import Files

/// An import of a file of lines that returns its records window by window, in bounded memory.
///
/// The records, and the account once all have been read, are those of importing the file at once.
public struct LinesStream: Sendable {
  /// The facts about the file as a whole.
  public let survey: LinesSurvey
  /// The dataset without its images and annotations.
  public let frame: Dataset
  /// The number of windows.
  public var count: Int { windows.count }
  private var windows: LinesWindows
  private let options: ImportOptions
  private let finder: COCOPictureFinder?
  private let start: Imported
  /// The number of annotations that were returned.
  private var annotations = 0
  /// The images that have addresses in place of names, where rules will judge them.
  private var addresses = COCOAddresses()
  /// The accounts of the steps of the import: findings are in the order of the steps.
  private var steps: [Imported]

  /// Opens the file at `path`; nil if it is no file of lines, or has to be imported at once.
  ///
  /// - Parameters:
  ///   - path: The path of the file; `-` for standard input.
  ///   - options: The interpretation of the file.
  ///   - shard: The images that are imported; nil for all.
  /// - Throws: A `FileError` if the file cannot be read.
  public init?(_ path: String, _ options: ImportOptions, shard: Shard?) async throws {
    let file = try InputFile(path)
    guard file.holdsLines else { return nil }
    var reader = COCOReader(tasks: options.tasks)
    reader.tellsRepairs = !options.judgesRecords
    reader.tellsRings = options.judgesRecords
    reader.windowSize = options.windowSize
    var start = Imported()
    start.format = .lines
    let source = start.sources.add(path)
    guard var windows = try await LinesWindows(file, source: source, reader: reader),
      shard == nil || !windows.survey.lacksIDs
    else { return nil }
    windows.shard = shard
    self.options = options
    (survey, self.windows) = (windows.survey, windows)
    var frame = survey.frame.dataset
    if options.judgesRecords { Completion.completeCategories(&frame) }
    self.frame = frame
    start.notes = survey.frame.notes.map { "\(path): \($0)" }
    finder = COCOPictureCheck(options).finder(
      of: survey.sample.elements, of: frame, beside: path, below: nil, into: &start)
    start.imageFolders[""] = finder?.folder
    self.start = start
    steps = Array(repeating: Imported(), count: Step.allCases.count)
    guard options.judgesRecords else { return }
    COCOReview(options).reviewCategories(
      of: survey.frame.dataset, isZeroUsed: survey.usedCategories.contains(0),
      into: &steps[Step.categories.rawValue])
  }

  /// The steps of an import, in their order.
  private enum Step: Int, CaseIterable {
    case reading, pictures, categories, sizes, judging, numbering
  }

  /// Returns the images that come next, with their annotations; nil after the last ones.
  ///
  /// - Throws: A `FileError` if the file cannot be read.
  public mutating func next() async throws -> Dataset? {
    guard let contents = try await windows.next() else { return nil }
    let unnumbered = COCOUnnumbered(contents)
    var dataset = contents.dataset
    let review = COCOReview(options)
    if !options.judgesRecords { addresses.add(contents) }
    note(.reading) { account in
      account.findings = contents.findings
      account.rejections = contents.rejections
      COCOJoin(contents).report(contents, of: "", to: &account)
    }
    var pictures = Imported()
    try await COCOPictureCheck(options).check(&dataset, by: finder, into: &pictures)
    note(.pictures) { $0 = pictures }
    if options.judgesRecords { note(.sizes) { review.reportSizes(of: dataset, to: &$0) } }
    var judging = Imported()
    judging.reported = contents.reported
    try await review.judge(&dataset, into: &judging)
    if options.judgesRecords { Completion.complete(&dataset, into: &judging) }
    note(.judging) { $0 = judging }
    if !options.judgesRecords {
      let start = annotations
      note(.numbering) { unnumbered.report(in: dataset, at: 0, after: start, to: &$0) }
    }
    annotations += dataset.annotations.count
    return dataset
  }

  private mutating func note(_ step: Step, _ body: (inout Imported) -> Void) {
    var account = Imported()
    body(&account)
    steps[step.rawValue].addAccount(of: account)
  }

  /// The account of what was read so far, without records.
  public var account: Imported {
    var whole = start
    for step in Step.allCases {
      whole.addAccount(of: steps[step.rawValue])
      if step == .reading, let finding = addresses.finding { whole.findings.append(finding) }
    }
    return whole
  }

  /// The faults that were reported so far, so that rules do not report their consequences.
  public var reported: ReportedFaults { steps[Step.judging.rawValue].reported }
}
