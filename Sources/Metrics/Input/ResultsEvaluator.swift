public import COCO
public import Files

/// Evaluates a file of results against a file of ground truth, both in COCO's formats.
///
/// ```swift
/// let evaluation = try await ResultsEvaluator().evaluate("results.json", against: "val.json").evaluation
/// ```
public struct ResultsEvaluator: Sendable {
  public var settings: EvaluationSettings
  public var workers = Workers()

  public init(settings: EvaluationSettings = EvaluationSettings(.bbox)) {
    self.settings = settings
  }

  /// Reads both files and evaluates all images of the ground truth.
  ///
  /// - Throws: `UnusableResults`, with its findings, where a file is broken or there is no image;
  ///   `FileError` where one cannot be read.
  public func evaluate(
    _ detections: String, against truth: String
  ) async throws -> EvaluatedResults {
    var sources = Sources()
    var reader = COCOReader(tasks: workers.tasks("reading"))
    reader.needsFileNames = false
    let contents = try await reader.read(InputFile(truth), source: sources.add(truth))
    let results = try await DetectionReader(tasks: workers.tasks("reading"))
      .read(InputFile(detections), source: sources.add(detections))
    var findings = contents.findings + contents.rejections.map(\.finding)
    findings += results.findings + results.rejections.map(\.finding)
    findings += [results.fault].compactMap { $0 }
    if let fault = findings.first(where: \.isOfWholeFile) {
      let path = sources.paths[fault.origin?.file ?? 0]
      throw UnusableResults(
        findings: findings, sources: sources,
        description: "nothing was evaluated: \(path) is broken")
    }
    guard !contents.dataset.images.isEmpty else {
      throw UnusableResults(
        findings: findings, sources: sources,
        description: "\(truth): no images there to evaluate")
    }
    let (evaluation, further) = await FileEvaluation(
      contents.dataset, detections: results.batches, settings: settings
    ).evaluate(tasks: workers.tasks("evaluating"))
    return EvaluatedResults(
      evaluation: evaluation, truth: contents.dataset, detections: results,
      findings: findings + further, sources: sources)
  }
}

/// An evaluation, with what was found wrong with the records.
public struct EvaluatedResults: Sendable {
  public var evaluation: Evaluation
  /// The ground truth that was read.
  public var truth: Dataset
  /// The detections that were read.
  public var detections: DetectionContents
  /// What is wrong with the records of both.
  public var findings: [Finding]
  /// What the findings' places refer to.
  public var sources: Sources
}

/// Why a file of results or of ground truth cannot be evaluated.
public struct UnusableResults: Error, Sendable, CustomStringConvertible {
  public let findings: [Finding]
  /// What the findings' places refer to.
  public let sources: Sources
  public let description: String
}

extension Finding {
  /// Whether it says that a file is not all JSON, so that no one knows what it was meant to hold.
  fileprivate var isOfWholeFile: Bool {
    severity == .error && (kind == .malformedFile || kind == .unsupportedEncoding)
  }
}
