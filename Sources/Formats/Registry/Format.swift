public import Files

/// An annotation format with everything that knows its files.
///
/// A format is one folder in `Formats` and one line in `Format.all`. Its folder holds the value
/// that is listed, in a file of its own.
public struct Format: Sendable {
  /// The word that `--from` and `--to` take.
  public let name: String
  /// The description for people.
  public let summary: FormatSummary
  /// The importer; nil if the format is only written.
  public let importer: (any Importer.Type)?
  /// The exporter; nil if the format is only read.
  public let exporter: (any Exporter.Type)?
  /// The ending of an output that is one file; nil if an output is always a folder.
  public let outputEnding: String?
  /// The endings, in lower case, of the files that hold records or define their meaning.
  public let fileEndings: Set<String>
  /// The locator of fields in the format's files; nil if it has none that could be found.
  let locator: (any FieldLocator.Type)?
  /// The editor that writes fixes into the format's files; nil if they are not edited.
  let editor: (any RecordEditor.Type)?
  /// Returns the file from which readers read an image's annotations, by their paths in a set, or
  /// nil if they find none; nil if annotations do not lie beside their images.
  public let annotationFile: (@Sendable (_ picture: String) -> String?)?
  /// Whether files hold records as COCO has them: with their ids and all of their keys.
  public let holdsAll: Bool
  private let evidence: @Sendable (InputTree) -> Evidence?
  private let nearMiss: @Sendable (InputTree) -> String?

  init(
    _ name: String, _ summary: FormatSummary, fileEndings: Set<String>, outputEnding: String? = nil,
    importer: (any Importer.Type)? = nil, exporter: (any Exporter.Type)? = nil,
    locator: (any FieldLocator.Type)? = nil, editor: (any RecordEditor.Type)? = nil,
    annotationFile: (@Sendable (String) -> String?)? = nil, holdsAll: Bool = false,
    evidence: @escaping @Sendable (InputTree) -> Evidence? = { _ in nil },
    nearMiss: @escaping @Sendable (InputTree) -> String? = { _ in nil }
  ) {
    self.name = name
    self.summary = summary
    self.fileEndings = fileEndings
    self.outputEnding = outputEnding
    self.importer = importer
    self.exporter = exporter
    self.locator = locator
    self.editor = editor
    self.annotationFile = annotationFile
    self.holdsAll = holdsAll
    self.evidence = evidence
    self.nearMiss = nearMiss
  }

  /// Returns the evidence that `input` is of this format; nil if there is none.
  public func evidence(in input: InputTree) -> Evidence? { evidence(input) }

  /// Describes what files of `input` that may be of this format lack to be read, one on each line;
  /// returns nil if there are none. It is called if no format fits.
  public func nearMiss(in input: InputTree) -> String? { nearMiss(input) }

  /// Whether fixes can be written into the format's files.
  public var isEditable: Bool { editor != nil }
}

extension Format {
  /// All formats, the one with the most information first: if a set is stored in two formats and
  /// one is made from the other, the earlier one is read.
  public static let all: [Format] = [.coco, .lines, .voc, .yolo, .csv, .masks, .huggingface]

  /// The formats that can be read.
  public static var readable: [Format] { all.filter { $0.importer != nil } }

  /// The formats that can be written.
  public static var writable: [Format] { all.filter { $0.exporter != nil } }

  /// Returns the format of this name; nil if there is none.
  public static func named(_ name: String) -> Format? { all.first { $0.name == name } }
}

extension Format: Equatable {
  /// Compares formats by their names.
  public static func == (left: Format, right: Format) -> Bool { left.name == right.name }
}

/// The evidence that an input is of a format.
public struct Evidence: Sendable, Equatable {
  /// The evidence as a phrase, for example `200 XML files, annotations/a.xml begins with
  /// <annotation>`.
  public var reason: String
  /// Whether the evidence suffices alone; firm evidence outweighs weak evidence.
  public var isFirm: Bool

  /// Creates evidence from what was seen.
  public init(_ reason: String, isFirm: Bool = true) {
    self.reason = reason
    self.isFirm = isFirm
  }
}
