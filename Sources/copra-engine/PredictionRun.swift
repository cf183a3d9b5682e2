import COCO
import Console
import DetectionModels
import Engine
import Glibc
import Images
import Torch

/// One run of `copra predict`.
struct PredictionRun {
  let command: PredictCommand

  func run() async throws -> ExitStatus {
    let weights = try DetectorWeights(contentsOf: WeightsFile.path(of: command.weights))
    let numClasses = try DetectorCatalog.numClasses(of: weights)
    let model = try DetectorCatalog.make(
      command.name, numClasses: numClasses,
      input: DetectorCatalog.inputSize(
        of: command.name, minSize: command.minSize, maxSize: command.maxSize),
      weights: weights.path)
    let dataset = try await dataset(numClasses: numClasses)
    let names = DrawnNames(command.pictures)
    if let folder = command.draw { try Folder.make(folder) }
    var results = ResultList()
    var failed = false
    for (index, path) in command.pictures.enumerated() {
      let image = dataset.images[index]
      var alone = dataset
      alone.images = [image]
      let samples = DetectionSamples(
        alone, folder: ".", hasMasks: DetectorCatalog.hasMasks(command.name))
      do {
        let sample = try samples.sample(at: 0)
        let found = withoutGradients { model.detections(images: [sample.image]) }
        let records = found.flatMap { $0.records(imageID: image.id, labels: samples.labels) }
        for record in records { results.add(record, fileName: path) }
        if let folder = command.draw {
          try draw(records, on: sample, to: Path.join(folder, names[index]))
        }
      } catch let error as SampleError {
        Terminal.message("\(path):1:1: error: \(error) [\(error.finding.rule)]")
        failed = true
      }
    }
    try write(results.bytes())
    return failed ? .findings : .clean
  }

  /// A record for each picture, in their order, and the categories.
  private func dataset(numClasses: Int) async throws -> Dataset {
    var dataset = Dataset()
    var known: [String: Int] = [:]
    if let path = command.annotations {
      let reader = COCOReader(tasks: OrderedTasks(threads: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
      let contents = try await reader.read(InputFile(path), source: 0)
      dataset.categories = contents.dataset.categories
      for image in contents.dataset.images { known[Path.name(of: image.fileName)] = image.id }
      guard dataset.categories.count == numClasses - 1 else {
        throw CommandFailure(
          "\(path): expected the \(numClasses - 1) categories of the model, found "
            + "\(dataset.categories.count)")
      }
    } else {
      dataset.categories = (1..<max(numClasses, 1)).map { Category(id: $0, name: "class \($0)") }
    }
    for (index, path) in command.pictures.enumerated() {
      if command.annotations != nil, known[Path.name(of: path)] == nil {
        throw CommandFailure("\(path): the annotations have no image of this name")
      }
      let id = known[Path.name(of: path)] ?? index + 1
      dataset.images.append(COCO.Image(id: id, fileName: path, width: 0, height: 0))
    }
    return dataset
  }

  private func draw(_ records: [Detection], on sample: Sample, to path: String) throws {
    let pixels = (sample.image.permuted([1, 2, 0]) * 255).round().to(.uint8).contiguous()
    var picture = Bitmap(
      width: sample.width, height: sample.height, channels: 3, pixels: pixels.scalars())
    let thickness = max(min(sample.width, sample.height) / 200, 1)
    for record in records where record.score >= command.drawScore {
      guard let box = record.box, box.hasFiniteEdges else { continue }
      let columns = Int(box.x0)..<max(Int(box.x1.rounded(.up)), Int(box.x0) + 1)
      let rows = Int(box.y0)..<max(Int(box.y1.rounded(.up)), Int(box.y0) + 1)
      picture.drawBox(
        columns: columns, rows: rows, colour: Self.colour(record.categoryID), thickness: thickness)
    }
    try WholeFile.write(picture.png(), to: path)
  }

  /// Bright colours, of which neighbouring ids have unlike ones.
  private static func colour(_ category: Int) -> LabelImage.Colour {
    let colours: [(UInt8, UInt8, UInt8)] = [
      (230, 25, 75), (60, 180, 75), (255, 225, 25), (0, 130, 200), (245, 130, 48), (145, 30, 180),
      (70, 240, 240), (240, 50, 230), (210, 245, 60),
    ]
    let colour = colours[abs(category) % colours.count]
    return LabelImage.Colour(red: colour.0, green: colour.1, blue: colour.2)
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
