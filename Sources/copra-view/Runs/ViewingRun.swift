import COCO
import Console
import Datasets
import Files
import Formats

/// What `copra view` shows, and where.
struct ViewingSettings {
  var inputs: [String]
  var linter: DatasetLinter
  /// 0 for one that is free.
  var port = 0
  var opensBrowser = false
  /// A JSON list of detections, and the overlap from which on a box is found.
  var predictions: (file: String, iou: Double)?
  /// What `copra check --format json` wrote.
  var check: String?
  var looksForFindings = true
}

/// One run of `copra view`: read the set, serve it, and look for findings while it is served. Only a
/// signal ends it.
struct ViewingRun {
  let settings: ViewingSettings

  func run() async throws -> ExitStatus {
    let linter = settings.linter
    let imported = try await linter.reader.read(settings.inputs)
    for message in imported.notes { Terminal.message("note: \(message)") }
    let set = ViewedSet(imported, options: viewOptions)
    let predictions = try await predictions(for: set)
    let labels = try settings.check.map { try CheckedLabels(reading: $0, for: set) }
    let findings = FindingBoard(
      known: labels?.findings ?? [], in: set,
      linter: settings.looksForFindings ? linter : nil)
    let site = Site(
      set: set, predictions: predictions, labels: labels, findings: findings,
      places: PlaceBook(imported, options: linter.reader.importOptions),
      workers: linter.reader.workers)
    try await ViewServer(site: site).run(port: settings.port) { address in
      try? Terminal.print(address + "\n")
      if settings.opensBrowser { Browser.open(address) }
    }
    return .clean
  }

  private var viewOptions: ViewOptions {
    ViewOptions(
      title: settings.inputs.map { Path.name(of: Path.normalized($0)) }.joined(separator: ", "),
      inputs: settings.inputs + [settings.linter.reader.options.imagesFolder].compactMap(\.self),
      isUpright: settings.linter.reader.options.exif != .stored)
  }

  private func predictions(for set: ViewedSet) async throws -> PredictedSet? {
    guard let (file, iou) = settings.predictions else { return nil }
    return try await PredictedSet(
      reading: file, iou: iou, for: set, workers: settings.linter.reader.workers)
  }
}
