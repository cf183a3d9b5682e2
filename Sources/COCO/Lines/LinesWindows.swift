public import Files

/// A reader of a file of lines that returns its records window by window, so that memory is bounded
/// by the largest image and not by the file.
///
/// The windows, one after the other, say what `COCOReader.read(_:source:)` says at once.
public struct LinesWindows: Sendable {
  /// The facts about the file as a whole.
  public let survey: LinesSurvey
  /// The images that are read; nil for all.
  public var shard: Shard?
  /// The number of windows.
  public var count: Int { (stripes + stripesInWindow - 1) / stripesInWindow }
  private let stripesInWindow: Int
  private let reader: COCOReader
  private let file: InputFile
  private let source: Int
  private let start: Int
  private let stripes: Int
  private var index = 0
  /// The number of annotations without an id that were numbered so far.
  private var numbered = 0

  /// Surveys a file of lines, whose index among the sources is `source`; nil if it has to be read at
  /// once.
  ///
  /// - Throws: A `FileError` if the file cannot be read.
  public init?(
    _ file: InputFile, source: Int, reader: COCOReader
  ) async throws(FileError) {
    var reader = reader
    reader.sizes.stripe = max(min(reader.sizes.stripe, reader.windowSize), 1)
    stripesInWindow = max(reader.windowSize / reader.sizes.stripe, 1)
    (self.file, self.source, self.reader) = (file, source, reader)
    do {
      start = try file.startOfLines()
      stripes = JSONLineReader<PictureLineDecoder>.stripes(of: file, from: start, reader.sizes)
      survey = try await LinesSurvey(file, source: source, reader)
    } catch let error as FileError {
      throw error
    } catch {
      return nil
    }
    guard survey.isDivisible else { return nil }
  }

  /// Returns the records that come next; nil after the last ones.
  public mutating func next() async throws(FileError) -> COCOContents? {
    let first = index * stripesInWindow
    guard first < stripes else { return nil }
    index += 1
    var contents = try await window(first..<min(first + stripesInWindow, stripes))
    numbered += contents.unnumbered.count
    contents.dataset.categories = survey.frame.dataset.categories
    contents.notes = []
    contents.sortFaults()
    contents.reported.merge(survey.frame.reported)
    return contents
  }

  private func window(_ part: Range<Int>) async throws(FileError) -> COCOContents {
    let (source, shard, manner) = (source, shard, reader.manner)
    let (needsFileNames, keepsDetections) = (reader.needsFileNames, reader.keepsDetections)
    let lines = JSONLineReader(file: file, tasks: reader.tasks, sizes: reader.sizes) {
      var decoder = PictureLineDecoder(
        source: source, needsFileName: needsFileNames, keepsDetections: keepsDetections, manner)
      decoder.shard = shard
      return decoder
    }
    let start = start
    return try await reader.collect(
      file, source: source, numbersAfter: survey.highestID + numbered
    ) { collector in
      try await lines.read(from: start, stripes: part) { batch in
        reader.take(batch, source: source, into: &collector)
      }
    }
  }
}
