public import ArgumentParser
import COCO
public import Formats

/// The options for the interpretation of inputs whose format leaves it open.
public struct FormatOptions: ParsableArguments, Sendable {
  /// The meaning of VOC's corners; nil takes them as they are written.
  @Option(
    help: ArgumentHelp(
      """
      VOC, read and written: corners are edges, or pixels counted from 1 (min - 1, max kept). \
      (default: as-written; --layout voc writes one-based)
      """, valueName: "corners"))
  public var vocPixels: ImportOptions.VOCPixels?

  /// The treatment of objects that VOC marks as difficult.
  @Option(
    help: ArgumentHelp(
      "VOC: how objects marked as difficult are converted.", valueName: "what"))
  public var difficult = ImportOptions.Difficult.keep

  /// The unit of CSV's coordinates.
  @Option(help: ArgumentHelp("CSV: the unit of the coordinates.", valueName: "units"))
  public var csvUnits = ImportOptions.CSVUnits.auto

  /// The columns of CSV by their role; nil detects them.
  @Option(
    help: ArgumentHelp(
      "CSV: the meaning of the columns, as in image=path,class=kind,xmin=left.",
      valueName: "field=column,..."))
  public var csvColumns: CSVColumnNames?

  /// The meaning of the values of masks; nil detects it.
  @Option(
    help: ArgumentHelp(
      "Masks: values are instances, or classes whose connected regions are the objects.",
      valueName: "values"))
  public var masks: ImportOptions.MaskValues?

  /// The files of COCO's own folder to read; nil prefers instances to others.
  @Option(
    name: .customLong("task"),
    help: ArgumentHelp(
      "COCO's own folder: the files to read, as in instances,captions; several are joined.",
      valueName: "tasks"),
    completion: .list(COCOTaskList.names))
  public var tasks: COCOTaskList?

  /// Creates the options for the parser to fill.
  public init() {}
}

/// The value of `--task`.
public struct COCOTaskList: ExpressibleByArgument, Sendable {
  /// The tasks in the order of their ranks, each once.
  let tasks: [COCOTask]

  /// Creates the list from names between commas; nil if one names no task.
  public init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy(Self.names.contains) else { return nil }
    tasks = COCOTask.allCases.filter { names.contains($0.rawValue) }
  }

  static let names = COCOTask.allCases.filter { $0 != .video && $0 != .pictures }.map(\.rawValue)
  /// The names of the tasks that can be requested.
  public static var allValueStrings: [String] { names }
}

/// The value of `--csv-columns`.
public struct CSVColumnNames: ExpressibleByArgument, Sendable {
  private(set) var byRole: [String: String] = [:]

  /// Creates the names from pairs such as `image=path,class=kind`; nil if a pair lacks its `=` or
  /// there is none.
  public init?(argument: String) {
    for pair in argument.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      byRole[String(parts[0])] = String(parts[1])
    }
    if byRole.isEmpty { return nil }
  }
}

extension ImportOptions.VOCPixels: ExpressibleByArgument {}
extension ImportOptions.Difficult: ExpressibleByArgument {}
extension ImportOptions.CSVUnits: ExpressibleByArgument {}
extension ImportOptions.MaskValues: ExpressibleByArgument {}
