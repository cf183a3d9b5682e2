public import COCO
public import Files
public import Images

/// What an importer made of its input, and an account of everything that it left out.
public struct Imported: Sendable {
  /// The format that was read; nil where it is not known.
  public var format: Format?
  /// One dataset for each split; ids are from 1 in each.
  public var datasets: [Dataset] = []
  /// What was found in the input, besides the reasons of rejections.
  public var findings: [Finding] = []
  /// The records that were left out, with the reasons.
  public var rejections: [Rejection] = []
  /// What findings and rejections tell of records, so that rules do not tell what follows from it.
  public var told = ToldFaults()
  /// Records that were met while reading, counted where they were met.
  public var read = RecordCounts()
  /// Records that were kept with a change, by what was changed.
  public var changes: [String: RecordCounts] = [:]
  /// The files that origins refer to.
  public var sources = Sources()
  /// What the user should know of how the input was understood, one sentence each.
  public var notes: [String] = []
  /// Where the pictures of each split are, by the split's name; what `file_name` is relative to.
  public var imageFolders: [String: String] = [:]
  /// Those of the folders of pictures in which names may stand for files further down.
  public var deepFolders: Set<String> = []
  /// The names of the pictures that EXIF turns.
  public var turned: [String] = []
  /// The headers of the pictures that were opened, by the split's name and the image's id less 1,
  /// where rules are to judge them: a survey then need not open them again.
  public var headers: [String: [ImageHeader?]] = [:]

  /// Creates an account of nothing.
  public init() {}

  /// Reports the folders below `input` that could not be listed.
  mutating func reportUnreadable(in input: InputTree) {
    for failure in input.unreadable { report(failure, kind: .unreadableFolder) }
  }

  /// Reports a file or folder that the system refused, where others can still be read.
  mutating func report(_ failure: FileError, kind: FaultKind) {
    findings.append(Finding(failure, kind: kind, file: sources.add(failure.path)))
  }

  /// All that was found, the reasons of rejections among it; what is left out with its picture is
  /// reported for the picture.
  public var allFindings: [Finding] {
    findings + rejections.filter { !$0.followsPicture }.map(\.finding)
  }

  /// Returns whether there was nothing of the format at all: no record, no category, no fault that
  /// is as grave as `severity`.
  public func isEmpty(besides severity: Finding.Severity) -> Bool {
    datasets.allSatisfy { $0.images.isEmpty && $0.annotations.isEmpty && $0.categories.isEmpty }
      && !(findings + rejections.map(\.finding)).contains { $0.severity >= severity }
  }
}

/// Numbers of images and of annotations.
public struct RecordCounts: Sendable, Equatable {
  /// The number of images.
  public var images = 0
  /// The number of annotations.
  public var annotations = 0

  /// Creates counts of images and annotations.
  public init(images: Int = 0, annotations: Int = 0) {
    self.images = images
    self.annotations = annotations
  }

  /// Returns the sums of both counts.
  public static func + (left: RecordCounts, right: RecordCounts) -> RecordCounts {
    RecordCounts(
      images: left.images + right.images, annotations: left.annotations + right.annotations)
  }

  /// Adds both counts.
  public static func += (left: inout RecordCounts, right: RecordCounts) {
    left = left + right
  }
}

extension Finding {
  /// Creates the finding of a file, with the index `file` among the sources, that the system
  /// refused.
  init(_ failure: FileError, kind: FaultKind, file: Int) {
    self.init(kind, severity: .error, failure.problem, at: Origin(file: file, offset: 0))
  }
}
