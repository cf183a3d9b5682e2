import COCO
import Console
import DetectionModels
import Engine
import Files
import Images
import Torch

/// One run of `copra predict`.
struct PredictionRun {
  let command: PredictCommand
  /// Their paths.
  let pictures: [String]

  func run() async throws -> ExitStatus {
    let detector = try DetectorChoice(command.name)
    let weights = try SavedDetector(contentsOf: WeightsFile.path(of: command.weights))
    let numClasses = try weights.numClasses(of: detector.name)
    let model = try detector.make(
      numClasses: numClasses, input: input(of: detector, weights.notes), weights: weights.path)
    let ids = try await PredictionIDs(
      pictures, annotations: command.annotations, notes: weights.notes, numClasses: numClasses)
    let dataset = ids.dataset
    let names = DrawnNames(pictures)
    if let folder = command.draw { try Folder.make(folder) }
    var results = ResultList()
    var failed = false
    for (index, path) in pictures.enumerated() {
      let image = dataset.images[index]
      var alone = dataset
      alone.images = [image]
      let samples = DetectionSamples(alone, folder: ".", hasMasks: detector.hasMasks)
      do {
        let sample = try samples.sample(at: 0)
        let found = withoutGradients { model.detections(images: [sample.image]) }
        let records = found.flatMap { $0.records(imageID: image.id, labels: samples.labels) }
        for record in records { results.add(record, fileName: path) }
        if let folder = command.draw {
          let path = Path.join(folder, names[index])
          try draw(records, dataset.categories, on: sample, to: path)
        }
      } catch let error as SampleError {
        Terminal.message("\(path):1:1: error: \(error) [\(error.finding.rule)]")
        failed = true
      }
    }
    try write(results.bytes())
    return failed ? .findings : .clean
  }

  /// As large as the pictures of the training, where nothing else is said.
  private func input(of detector: DetectorChoice, _ notes: WeightsNotes?) -> InputSize {
    if command.minSize == nil, let input = notes?.input {
      return InputSize(minSize: input.minSize, maxSize: command.maxSize ?? input.maxSize)
    }
    return detector.inputSize(minSize: command.minSize, maxSize: command.maxSize)
  }

  private func draw(
    _ records: [Detection], _ categories: [COCO.Category], on sample: Sample, to path: String
  ) throws {
    let pixels = (sample.image.permuted([1, 2, 0]) * 255).round().to(.uint8).contiguous()
    var picture = Bitmap(
      width: sample.width, height: sample.height, channels: 3, pixels: pixels.scalars())
    var legend: [String] = []
    let thickness = max(min(sample.width, sample.height) / 200, 1)
    for record in records where record.score >= command.drawScore {
      guard let box = record.box, box.hasFiniteEdges else { continue }
      let columns = Int(box.x0)..<max(Int(box.x1.rounded(.up)), Int(box.x0) + 1)
      let rows = Int(box.y0)..<max(Int(box.y1.rounded(.up)), Int(box.y0) + 1)
      picture.drawBox(
        columns: columns, rows: rows, colour: BoxColour(of: record.categoryID).colour,
        thickness: thickness)
      let name = categories.first { $0.id == record.categoryID }?.name ?? "?"
      let percent = (record.score * 100).rounded().shortest
      legend.append("\(BoxColour(of: record.categoryID).name) \(name) \(percent) %")
    }
    try WholeFile.write(picture.png(), to: path)
    if !legend.isEmpty { Terminal.message("  " + legend.joined(separator: ", ")) }
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output = command.output else { return try Terminal.print(bytes) }
    try WholeFile.write(bytes, to: output)
  }
}

/// Names for the drawn pictures, each of them once although pictures of several folders may share
/// one.
private struct DrawnNames {
  private let names: [String]

  init(_ paths: [String]) {
    var seen: [String: Int] = [:]
    names = paths.map { path in
      let stem = Path.withoutExtension(Path.name(of: path))
      seen[stem, default: 0] += 1
      let count = seen[stem] ?? 1
      return count == 1 ? "\(stem).png" : "\(stem)-\(count).png"
    }
  }

  subscript(index: Int) -> String { names[index] }
}
