public import ArgumentParser
import COCO
public import Formats

/// How the input is meant where its format leaves that open.
public struct FormatOptions: ParsableArguments, Sendable {
  /// How VOC's corners count pixels; nil takes them as they are written.
  @Option(
    help: ArgumentHelp(
      """
      VOC, read and written: corners are edges, or pixels counted from 1 (min - 1, max kept). \
      (default: as-written; --layout voc writes one-based)
      """, valueName: "corners"))
  public var vocPixels: ImportOptions.VOCPixels?

  @Option(
    help: ArgumentHelp(
      "VOC: how objects marked as difficult are converted.", valueName: "what"))
  public var difficult = ImportOptions.Difficult.keep

  @Option(help: ArgumentHelp("CSV: the unit of the coordinates.", valueName: "units"))
  public var csvUnits = ImportOptions.CSVUnits.auto

  @Option(
    help: ArgumentHelp(
      "CSV: the meaning of the columns, as in image=path,class=kind,xmin=left.",
      valueName: "field=column,..."))
  public var csvColumns: CSVColumnNames?

  /// What the values of masks stand for; nil finds it out.
  @Option(
    help: ArgumentHelp(
      "Masks: values are instances, or classes whose connected regions are the objects.",
      valueName: "values"))
  public var masks: ImportOptions.MaskValues?

  /// Which files of a folder are read; nil reads instances before others.
  @Option(
    name: .customLong("task"),
    help: ArgumentHelp(
      "COCO's own folder: the files to read, as in instances,captions; several are joined.",
      valueName: "tasks"),
    completion: .list(COCOTaskList.names))
  public var tasks: COCOTaskList?

  public init() {}
}

/// The value of `--task`.
public struct COCOTaskList: ExpressibleByArgument, Sendable {
  /// In the order of their ranks, each once.
  let tasks: [COCOTask]

  /// Creates the list from names between commas; nil where one names no task.
  public init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy(Self.names.contains) else { return nil }
    tasks = COCOTask.allCases.filter { names.contains($0.rawValue) }
  }

  static let names = COCOTask.allCases.filter { $0 != .video && $0 != .pictures }.map(\.rawValue)
  /// The names of the tasks that can be asked for.
  public static var allValueStrings: [String] { names }
}

/// The value of `--csv-columns`.
public struct CSVColumnNames: ExpressibleByArgument, Sendable {
  private(set) var byRole: [String: String] = [:]

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
