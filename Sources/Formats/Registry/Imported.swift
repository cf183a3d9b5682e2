public import COCO
public import Files
public import Images

/// The result of an import, with an account of everything that was left out.
public struct Imported: Sendable {
  /// The format that was read; nil if it is not known.
  public var format: Format?
  /// One dataset for each split; ids are from 1 in each.
  public var datasets: [Dataset] = []
  /// The findings about the input, beside the reasons of rejections.
  public var findings: [Finding] = []
  /// The records that were left out, with the reasons.
  public var rejections: [Rejection] = []
  /// The faults that findings and rejections report, so that rules do not report their
  /// consequences.
  public var reported = ReportedFaults()
  /// The numbers of records met while reading.
  public var read = RecordCounts()
  /// The numbers of records that were kept with a change, by the change.
  public var changes: [String: RecordCounts] = [:]
  /// The files that origins refer to.
  public var sources = Sources()
  /// Notes for the user on how the input was understood, one sentence each.
  public var notes: [String] = []
  /// The folder of each split's images, by the split's name; `file_name` is relative to it.
  public var imageFolders: [String: String] = [:]
  /// The folders of images in which names may mean files in subfolders.
  public var deepFolders: Set<String> = []
  /// The names of the images that EXIF turns.
  public var turned: [String] = []
  /// The headers of the images that were opened, by the split's name and the image's id minus 1, if
  /// rules will judge them: a survey then need not open them again.
  public var headers: [String: [ImageHeader?]] = [:]

  /// Creates an account of nothing.
  public init() {}

  /// Adds the account of another part of the same input: all but its records and sources.
  public mutating func addAccount(of part: Imported) {
    findings += part.findings
    rejections += part.rejections
    reported.merge(part.reported)
    read += part.read
    changes.merge(part.changes, uniquingKeysWith: +)
    notes += part.notes.filter { !notes.contains($0) }
    imageFolders.merge(part.imageFolders) { first, _ in first }
    deepFolders.formUnion(part.deepFolders)
    turned += part.turned
  }

  /// Reports the folders below `input` that could not be listed.
  mutating func reportUnreadable(in input: InputTree) {
    for failure in input.unreadable { report(failure, kind: .unreadableFolder) }
  }

  /// Reports a file or folder that the system refused while others can still be read.
  mutating func report(_ failure: FileError, kind: FaultKind) {
    findings.append(Finding(failure, kind: kind, file: sources.add(failure.path)))
  }

  /// All findings, the reasons of rejections included; records left out with their image are
  /// reported by the image's.
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

/// The numbers of images and of annotations.
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
