import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// What a detector is run on, and what is written.
struct PredictionSettings {
  var detector: DetectorChoice
  var compute = ComputeSettings()
  /// A file, or a published name in torch's cache.
  var weights: String
  /// The paths of the pictures.
  var pictures: [String]
  /// Whether the detector's own size of pictures goes before that of the training.
  var setsInputSize = false
  /// A COCO file that images and categories have their ids from.
  var annotations: String?
  /// The file for the results; nil for standard output.
  var output: String?
  /// The folder for pictures with the boxes drawn.
  var draw: String?
  /// The least score of a box that is drawn.
  var drawScore = 0.5
  /// The size of pictures; nil for that of the training.
  var minSize: Int?
  var maxSize: Int?
}

/// One run of `copra predict`.
struct PredictionRun {
  let settings: PredictionSettings

  func run() async throws -> ExitStatus {
    let device = try settings.compute.prepare()
    let pictures = settings.pictures
    let path = try WeightsFile.path(
      of: settings.weights, among: settings.detector.configuration.weightsNames)
    let weights = try SavedDetector(contentsOf: path)
    if let doubt = weights.doubt { Terminal.message("warning: \(doubt)") }
    let numClasses = try weights.numClasses(of: settings.detector.name)
    let detector = try settings.detector.taking(weights)
    let model = try detector.make(
      numClasses: numClasses, input: inputSize(weights.notes), weights: weights)
    model.place(on: device)
    let ids = try await PredictionIDs(
      pictures, annotations: settings.annotations, notes: weights.notes, numClasses: numClasses)
    let dataset = ids.dataset
    let drawing = try settings.draw.map {
      try PredictionDrawing(
        to: $0, of: pictures, leastScore: settings.drawScore, categories: dataset.categories)
    }
    var results = ResultList()
    var failed = false
    for (index, path) in pictures.enumerated() {
      let image = dataset.images[index]
      var alone = dataset
      alone.images = [image]
      let samples = DetectionSamples(alone, folder: ".", hasMasks: detector.hasMasks)
      do {
        let sample = try samples.sample(at: 0)
        let found = settings.compute.computing(on: device) {
          model.detections(images: [sample.image.to(device)])
        }
        let records = found.flatMap { $0.records(imageID: image.id, labels: samples.labels) }
        for record in records { results.add(record, fileName: path) }
        try drawing?.draw(records, on: sample, at: index)
      } catch let error as SampleError {
        Terminal.message("\(path):1:1: error: \(error) [\(error.finding.rule)]")
        failed = true
      }
    }
    try write(results.bytes())
    return failed ? .findings : .clean
  }

  /// The size of the pictures of the training, where nothing else is asked for.
  private func inputSize(_ notes: WeightsNotes?) -> InputSize {
    if settings.minSize == nil, !settings.setsInputSize, let input = notes?.input {
      return InputSize(minSize: input.minSize, maxSize: settings.maxSize ?? input.maxSize)
    }
    return settings.detector.inputSize(minSize: settings.minSize, maxSize: settings.maxSize)
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output = settings.output else { return try Terminal.print(bytes) }
    try OutputFile.write(bytes, to: output)
    Terminal.message("wrote \(output)")
  }
}

/// COCO's results format: one JSON list of detections, one a line.
private struct ResultList {
  private var lines: [[UInt8]] = []

  mutating func add(_ detection: Detection, fileName: String) {
    var object = JSONObject([
      .init(name: "image_id", value: .integer(detection.imageID)),
      .init(name: "category_id", value: .integer(detection.categoryID)),
    ])
    if let box = detection.box {
      object["bbox"] = .array([box.x, box.y, box.width, box.height].map { .number($0) })
    }
    if let keypoints = detection.keypoints {
      object["keypoints"] = .array(keypoints.map { .number($0) })
    }
    object["score"] = .number(detection.score)
    if case .compressedRunLengths(let mask)? = detection.segmentation {
      object["segmentation"] = .object([
        "size": [.integer(mask.height), .integer(mask.width)],
        "counts": .string(mask.compressed),
      ])
    }
    object["file_name"] = .string(fileName)
    var output = JSONOutput()
    output.append(object)
    lines.append(output.bytes)
  }

  func bytes() -> [UInt8] {
    guard !lines.isEmpty else { return Array("[]\n".utf8) }
    return Array("[\n".utf8) + lines.joined(separator: Array(",\n".utf8)) + Array("\n]\n".utf8)
  }
}
