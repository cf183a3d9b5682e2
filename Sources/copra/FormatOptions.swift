public import ArgumentParser
public import Importing

/// How the input is meant where its format leaves that open.
struct FormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "VOC: corners are edges, or pixels counted from 1 (min - 1, max kept).",
      valueName: "corners"))
  var vocPixels = ImportOptions.VOCPixels.asWritten

  @Option(
    help: ArgumentHelp(
      "VOC: what becomes of objects marked as difficult.", valueName: "what"))
  var difficult = ImportOptions.Difficult.keep

  @Option(help: ArgumentHelp("CSV: what coordinates count.", valueName: "units"))
  var csvUnits = ImportOptions.CSVUnits.auto

  @Option(
    help: ArgumentHelp(
      "CSV: which column holds what, as in image=path,class=kind,xmin=left.",
      valueName: "field=column,..."))
  var csvColumns: CSVColumns?
}

/// The value of `--csv-columns`.
struct CSVColumns: ExpressibleByArgument {
  private(set) var byRole: [String: String] = [:]

  init?(argument: String) {
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
