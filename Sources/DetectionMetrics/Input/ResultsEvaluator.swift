public import COCO
public import Files

/// An evaluator of a file of results against a file of ground truth, both in COCO's formats.
///
/// ```swift
/// let evaluator = ResultsEvaluator()
/// let results = try await evaluator.evaluate("results.json", against: "val.json")
/// let evaluation = results.evaluation
/// ```
public struct ResultsEvaluator: Sendable {
  /// The settings of the evaluation.
  public var settings: EvaluationSettings
  /// Whether an id that is a text of digits equals the number that it reads as. pycocotools keeps
  /// them apart.
  public var joinsTextIDs = false
  /// The workers that read and evaluate.
  public var workers = Workers()
  /// The shard of images to evaluate; nil for all.
  public var shard: Shard?

  /// Creates an evaluator with these settings, those for boxes by default.
  public init(settings: EvaluationSettings = EvaluationSettings(.bbox)) {
    self.settings = settings
  }

  /// Reads the files and evaluates the images of the ground truth.
  ///
  /// - Throws: `UnusableResults`, with its findings, if a file is broken or there is no image;
  ///   `FileError` if a file cannot be read.
  public func evaluate(
    _ detections: String, against truth: String
  ) async throws -> EvaluatedResults {
    try await evaluate([detections], against: truth)
  }

  /// Evaluates results that are in several files, as above.
  public func evaluate(
    _ detections: [String], against truth: String
  ) async throws -> EvaluatedResults {
    let matched = try await match(detections, against: truth)
    return EvaluatedResults(
      evaluation: await matched.evaluator.evaluation(tasks: workers.tasks("evaluating")),
      truth: matched.truth, detections: matched.detections, findings: matched.findings,
      sources: matched.sources)
  }

  /// Reads the files and matches the detections of each image, without computing figures.
  ///
  /// - Throws: The errors of `evaluate(_:against:)`.
  public func match(
    _ detections: [String], against truth: String
  ) async throws -> MatchedResults {
    var sources = Sources()
    var reader = COCOReader(tasks: workers.tasks("reading"))
    reader.needsFileNames = false
    reader.keepsDetections = false
    reader.keepsTextIDs = !joinsTextIDs
    var contents = try await reader.read(InputFile(truth), source: sources.add(truth))
    var resultsReader = DetectionReader(tasks: workers.tasks("reading"))
    resultsReader.keepsTextIDs = !joinsTextIDs
    resultsReader.words = contents.words
    resultsReader.holdsTruth = detections == [truth]
    var files: [(InputFile, Int)] = []
    for path in detections { files.append((try InputFile(path), sources.add(path))) }
    let results = try await resultsReader.read(files)
    var findings = contents.findings + contents.rejections.map(\.finding)
    findings += results.findings + results.rejections.map(\.finding)
    findings += [results.fault].compactMap { $0 }
    try refuse(contents, findings, sources)
    findings += ReferenceNeeds(contents, settings).findings
    let form = ResultsForm(first: results.batches.first?.first)
    var check = IDTypeCheck(contents, results)
    var batches = results.batches
    check.apply(&contents.dataset, &batches)
    let (evaluator, further) = await FileEvaluation(
      contents.dataset, detections: batches, settings: settings, form: form, shard: shard
    ).match(tasks: workers.tasks("matching"))
    return MatchedResults(
      evaluator: evaluator, truth: contents.dataset, detections: results,
      findings: findings + check.findings + further,
      sources: sources)
  }

  /// Throws if there is nothing to evaluate.
  private func refuse(
    _ truth: COCOContents, _ findings: [Finding], _ sources: Sources
  ) throws(UnusableResults) {
    func unusable(_ description: String, _ further: [Finding] = []) -> UnusableResults {
      UnusableResults(
        findings: findings + further, sources: sources, description: description)
    }
    if let fault = findings.first(where: \.isOfWholeFile) {
      let path = sources.paths[fault.origin?.file ?? 0]
      let what = fault.kind == .notInstances ? "is of another kind" : "is broken"
      throw unusable("nothing was evaluated: \(path) \(what)")
    }
    guard !truth.dataset.images.isEmpty else {
      throw unusable("\(sources.paths[0]): no images to evaluate")
    }
    let task = COCOTask(truth)
    if let other = task?.finding(of: truth, source: 0) {
      throw unusable(
        "nothing was evaluated: \(sources.paths[0]) is of another kind", [other])
    }
    if task == .captions {
      throw unusable("nothing was evaluated: \(sources.paths[0]) contains captions and no objects")
    }
    if let fault = KeypointCounts.fault(of: truth.dataset, settings) {
      throw unusable("nothing was evaluated: no keypoints can be compared", [fault])
    }
  }
}

/// The matches of all images, with the findings about the records.
public struct MatchedResults: Sendable {
  /// The evaluator with the matches of all images.
  public var evaluator: Evaluator
  /// The ground truth that was read.
  public var truth: Dataset
  /// The detections that were read.
  public var detections: DetectionContents
  /// The findings about the records of both files.
  public var findings: [Finding]
  /// The sources that the findings' places refer to.
  public var sources: Sources
}

/// An evaluation with the findings about the records.
public struct EvaluatedResults: Sendable {
  /// The evaluation.
  public var evaluation: Evaluation
  /// The ground truth that was read.
  public var truth: Dataset
  /// The detections that were read.
  public var detections: DetectionContents
  /// The findings about the records of both files.
  public var findings: [Finding]
  /// The sources that the findings' places refer to.
  public var sources: Sources
}

/// The reason why a file of results or of ground truth cannot be evaluated.
public struct UnusableResults: Error, Sendable, CustomStringConvertible {
  /// The findings that give the details.
  public let findings: [Finding]
  /// The sources that the findings' places refer to.
  public let sources: Sources
  /// The reason as a message.
  public let description: String
}

extension Finding {
  /// Whether the finding means that a file is not entirely JSON of the kind expected, so that its
  /// intended contents are unknown.
  package var isOfWholeFile: Bool {
    severity == .error
      && (kind == .malformedFile || kind == .notInstances || kind == .unsupportedEncoding)
  }
}
