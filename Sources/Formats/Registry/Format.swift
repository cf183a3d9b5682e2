public import Files

/// An annotation format with everything that knows its files.
///
/// A format is one folder in `Formats` and one line in `Format.all`. Its folder holds the value
/// that is listed, in a file of its own.
public struct Format: Sendable {
  /// The word that `--from` and `--to` take.
  public let name: String
  /// Reads the format; nil where it is only written.
  public let importer: (any Importer.Type)?
  /// Writes the format; nil where it is only read.
  public let exporter: (any Exporter.Type)?
  /// The ending of an output that is one file; nil where an output is always a folder.
  public let outputEnding: String?
  /// The endings, in lower case, of the files that hold records or say how records are meant.
  public let fileEndings: Set<String>
  /// Finds fields of records in the format's files; nil where it has none that could be found.
  let locator: (any FieldLocator.Type)?
  /// Writes fixes into the format's files; nil where they are not edited.
  let editor: (any RecordEditor.Type)?
  /// Returns the file that readers take a picture's annotations from, by their paths in a set, or nil
  /// where they find none; nil where annotations do not lie beside their pictures.
  public let annotationFile: (@Sendable (_ picture: String) -> String?)?
  /// Whether files hold records as COCO has them: with their ids and all of their keys.
  public let holdsAll: Bool
  private let evidence: @Sendable (InputTree) -> Evidence?
  private let nearMiss: @Sendable (InputTree) -> String?

  init(
    _ name: String, fileEndings: Set<String>, outputEnding: String? = nil,
    importer: (any Importer.Type)? = nil, exporter: (any Exporter.Type)? = nil,
    locator: (any FieldLocator.Type)? = nil, editor: (any RecordEditor.Type)? = nil,
    annotationFile: (@Sendable (String) -> String?)? = nil, holdsAll: Bool = false,
    evidence: @escaping @Sendable (InputTree) -> Evidence? = { _ in nil },
    nearMiss: @escaping @Sendable (InputTree) -> String? = { _ in nil }
  ) {
    self.name = name
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

  /// Returns why `input` looks like this format, or nil where it does not.
  public func evidence(in input: InputTree) -> Evidence? { evidence(input) }

  /// Returns what files of `input` that could be of this format lack to be read, a line each; nil
  /// where there are none. Asked where nothing else fits.
  public func nearMiss(in input: InputTree) -> String? { nearMiss(input) }

  /// Whether fixes can be written into the format's files.
  public var isEditable: Bool { editor != nil }
}

extension Format {
  /// All formats, the one that says most of a dataset first: where a set stands in two formats and
  /// one is made of the other, the earlier one is read.
  public static let all: [Format] = [.coco, .lines, .voc, .yolo, .csv, .masks, .huggingface]

  /// The formats that can be read.
  public static var readable: [Format] { all.filter { $0.importer != nil } }

  /// The formats that can be written.
  public static var writable: [Format] { all.filter { $0.exporter != nil } }

  /// Returns the format of this name, or nil where there is none.
  public static func named(_ name: String) -> Format? { all.first { $0.name == name } }
}

extension Format: Equatable {
  /// Compares formats by their names.
  public static func == (left: Format, right: Format) -> Bool { left.name == right.name }
}

/// Why an input looks like a format.
public struct Evidence: Sendable, Equatable {
  /// What was seen, as in `200 XML files, annotations/a.xml begins with <annotation>`.
  public var reason: String
  /// Whether it is enough alone; a weaker hint yields to a firm one.
  public var isFirm: Bool

  /// Creates evidence from what was seen.
  public init(_ reason: String, isFirm: Bool = true) {
    self.reason = reason
    self.isFirm = isFirm
  }
}
