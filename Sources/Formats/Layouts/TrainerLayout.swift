public import COCO
import Files

/// The arrangement of files that a trainer starts from: a format, its options, and the command to
/// start with.
///
/// A layout is a value, in a file of its own if it needs room, and one line in `TrainerLayout.all`.
public struct TrainerLayout: Sendable {
  /// The word that `--layout` takes.
  public let name: String
  /// The format of its files.
  public let format: Format
  /// The trainer's name.
  public let trainer: String
  private let choose: @Sendable (inout ExportOptions) -> Void
  /// Returns the further files that the trainer needs beside those of the format, by the names of
  /// the classes.
  private let furtherFiles: @Sendable ([String]) -> [ExportedFile]
  private let startLine: @Sendable (LaidOutSet) -> String

  init(
    _ name: String, _ format: Format, for trainer: String,
    choosing choose: @escaping @Sendable (inout ExportOptions) -> Void = { _ in },
    furtherFiles: @escaping @Sendable (_ classes: [String]) -> [ExportedFile] = { _ in [] },
    startLine: @escaping @Sendable (LaidOutSet) -> String
  ) {
    self.name = name
    self.format = format
    self.trainer = trainer
    self.choose = choose
    self.furtherFiles = furtherFiles
    self.startLine = startLine
  }

  /// Sets what the trainer needs.
  public func apply(to options: inout ExportOptions) { choose(&options) }

  /// Returns the files of the layout for `datasets`, in the folder `root` of the output.
  ///
  /// - Parameters:
  ///   - datasets: The datasets, one for each split.
  ///   - exporter: The exporter that writes the annotations.
  ///   - movesPictures: Whether the images are transferred to the layout, where they may
  ///     have other names.
  ///   - root: The folder that is written into.
  public func export(
    _ datasets: [Dataset], by exporter: any Exporter, movesPictures: Bool, below root: String
  ) -> Exported {
    let names = LayoutNames(datasets, movesPictures: movesPictures)
    var exported = exporter.export(names.datasets, below: root)
    exported.files += furtherFiles(datasets.categoryNames)
    if names.joined > 0 {
      exported.notes.append(
        names.joined == 1
          ? "1 image has the names of its folders before its own, because another has the same"
          : "\(names.joined) images have the names of their folders before their own, as others have "
            + "the same")
    }
    return exported
  }

  /// Returns the line of a shell that starts a training.
  public func startLine(_ set: LaidOutSet) -> String { startLine(set) }

  /// The layouts, in the order in which they are listed.
  public static let all: [TrainerLayout] = [
    .ultralytics, .roboflow, .torchvision, .detectron2, .mmdetection, .huggingface, .voc,
  ]

  /// Returns the layout of this name; nil if there is none.
  public static func named(_ name: String) -> TrainerLayout? { all.first { $0.name == name } }
}

/// A set as it stands in a folder, for the line that starts a training.
public struct LaidOutSet: Sendable {
  /// The path of the folder.
  public var folder: String
  /// One dataset for each split.
  public var datasets: [Dataset]
  /// The chosen options of the output.
  public var options: ExportOptions

  /// Creates a set in a folder.
  public init(_ folder: String, _ datasets: [Dataset], _ options: ExportOptions) {
    self.folder = folder
    self.datasets = datasets
    self.options = options
  }

  /// Whether there is a part to validate with.
  public var hasValidation: Bool {
    datasets.contains { $0.split.flatMap { SplitName.role($0) } == "val" }
  }

  /// The number of classes.
  var classCount: Int { datasets.categoryNames.count }

  /// Returns the folder as a word of a shell's line, with `rest` below it.
  func path(_ rest: String = "") -> String { Self.quoted(joined(rest)) }

  /// Returns the folder as a text of Python, with `rest` below it.
  func python(_ rest: String = "") -> String { Self.python(joined(rest)) }

  /// Returns a text of Python, between double quotes.
  static func python(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case "\n": "\\n"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }

  /// Returns a shell's line that runs a program of Python.
  static func python(running program: String) -> String { "python -c \(quoted(program))" }

  private func joined(_ rest: String) -> String {
    rest.isEmpty ? folder : Path.join(folder, rest)
  }

  /// Returns the text as one word of a shell's line.
  static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "+")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
    if plain, !text.isEmpty { return text }
    let escaped = text.unicodeScalars.map { $0 == "'" ? #"'\''"# : String($0) }
    return "'\(escaped.joined())'"
  }
}
