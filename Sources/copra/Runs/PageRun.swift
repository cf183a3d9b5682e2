import COCO
import Console
import Datasets
import DetectionMetrics
import Files
import Formats
import Linting
import Reporting

/// What a page shows besides a dataset and its findings, and where it goes.
struct PageSettings {
  var output: PageOutput
  /// A file of results in COCO's format.
  var predictions: String?
  /// The log of a training.
  var training: String?
  /// What `copra check --format json` wrote.
  var check: String?

  /// What is read for the page alone.
  var inputs: [String] { [predictions, training, check].compactMap { $0 } }
}

/// Makes the page of a dataset that was judged, and writes it.
struct PageRun {
  let settings: PageSettings
  /// What the dataset was read from.
  let inputs: [String]

  /// Refuses what can be refused before anything is read.
  func refuseEarly() throws {
    try settings.output.refuseEarly(inputs: inputs + settings.inputs)
  }

  func run(_ linted: LintedDataset, by linter: DatasetLinter, showsAll: Bool) async throws {
    let (imported, datasets) = (linted.imported, linted.subject.datasets)
    var page = DatasetPage(of: datasets, imported, from: inputs)
    page.addFindings(
      linted.findings, of: imported, rules: linter.rules.rules,
      importOptions: linter.reader.importOptions, showsAll: showsAll)
    if let path = settings.predictions {
      page.evaluation = try await PredictedObjects(path, workers: linter.reader.workers)
        .evaluation(of: datasets)
    }
    if let path = settings.training { page.training = try TrainingLog(path).chart.svg }
    if let path = settings.check { page.check = try Self.check(path, of: datasets) }
    try await page.addPictures(of: imported, by: Thumbnails(readBy: linter.reader))
    try settings.output.write(page, besides: imported.sources.paths)
  }

  private static func check(_ path: String, of datasets: [Dataset]) throws -> PageCheck {
    let text = String(decoding: try InputFile.contents(path), as: UTF8.self)
    guard case .object(let object)? = JSONTextParser().value(text),
      let check = PageCheck(object, of: datasets)
    else { throw CommandFailure("\(path): expected the output of copra check --format json") }
    return check
  }
}

/// What a detector found on the pictures of a dataset.
struct PredictedObjects {
  let path: String
  let workers: Workers

  init(_ path: String, workers: Workers) {
    self.path = path
    self.workers = workers
  }

  /// Evaluates the file of results, and prints what is wrong with it.
  ///
  /// - Throws: `CommandFailure` where it holds no results, or where the ids of images do not tell them
  ///   apart.
  func evaluation(of datasets: [Dataset]) async throws -> PageEvaluation {
    var dataset = datasets.first ?? Dataset()
    for other in datasets.dropFirst() {
      dataset.images += other.images
      dataset.annotations += other.annotations
    }
    let ids = IDIndex(dataset.images.map(\.id))
    guard ids.repeated.isEmpty else {
      throw CommandFailure(
        "--predictions: expected unique image ids, found splits that share them; name one "
          + "COCO file as the input")
    }
    var sources = Sources()
    let contents = try await DetectionContents.results(
      in: path, workers: workers, sources: &sources)
    var settings = EvaluationSettings(.bbox)
    settings.confusionScore = EvaluationReportSettings.confusionScore
    let (evaluation, findings) = await FileEvaluation(
      dataset, detections: contents.batches, settings: settings,
      form: ResultsForm(first: contents.batches.first?.first)
    ).evaluate(tasks: workers.tasks("evaluating"))
    FindingPrinter.print(findings.filter { $0.origin?.file == 0 }, in: sources)
    return PageEvaluation(evaluation, of: datasets, contents)
  }
}
