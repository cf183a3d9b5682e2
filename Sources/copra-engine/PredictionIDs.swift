import COCO
import Console
import DetectionModels
import Engine
import Torch

/// The ids that results go by: of the pictures, in their order, and of the model's categories.
struct PredictionIDs {
  /// An image for each picture, and the categories in the order of the model's labels.
  let dataset: Dataset

  /// - Parameters:
  ///   - notes: what the weights say of themselves.
  ///   - numClasses: the background included.
  /// - Throws: a `CommandFailure` where the annotations are not those of the pictures or the model.
  init(_ command: PredictCommand, notes: WeightsNotes?, numClasses: Int) async throws {
    var dataset = Dataset()
    dataset.categories =
      notes?.datasetCategories
      ?? (1..<max(numClasses, 1)).map { Category(id: $0, name: "class \($0)") }
    var known: [String: Int] = [:]
    if let path = command.annotations {
      let reader = COCOReader(tasks: OrderedTasks(threads: Runtime.threads))
      let contents = try await reader.read(InputFile(path), source: 0)
      for image in contents.dataset.images { known[Path.name(of: image.fileName)] = image.id }
      dataset.categories = try Self.categories(
        contents.dataset.categories, inOrderOf: dataset.categories, isNamed: notes != nil, path)
    }
    for (index, path) in command.pictures.enumerated() {
      if command.annotations != nil, known[Path.name(of: path)] == nil {
        throw CommandFailure("\(path): the annotations have no image of this name")
      }
      let id = known[Path.name(of: path)] ?? index + 1
      dataset.images.append(COCO.Image(id: id, fileName: path, width: 0, height: 0))
    }
    self.dataset = dataset
  }

  /// The annotations' categories in the order of the model's labels: by their names where the
  /// weights tell them, else in their own order.
  private static func categories(
    _ found: [COCO.Category], inOrderOf labels: [COCO.Category], isNamed: Bool, _ path: String
  ) throws -> [COCO.Category] {
    guard isNamed else {
      guard found.count == labels.count else {
        throw CommandFailure(
          "\(path): expected the \(labels.count) categories of the model, found \(found.count)")
      }
      return found
    }
    return try labels.map { label in
      guard let category = found.first(where: { $0.name == label.name }) else {
        throw CommandFailure(
          "\(path): expected a category \"\(label.name)\", which the model finds, found none")
      }
      return category
    }
  }
}

extension SavedDetector {
  /// How many classes a detector of these weights has, the background included.
  ///
  /// - Throws: a `CommandFailure` where they are another detector's.
  func numClasses(of detector: String) throws -> Int {
    if let notes, notes.model != detector {
      throw CommandFailure(
        "\(path): expected weights of \(detector), found those of \(notes.model)")
    }
    let count = try DetectorCatalog.numClasses(of: DetectorWeights(state, from: path))
    if let notes, notes.categories.count != count - 1 {
      throw CommandFailure(
        "\(path): expected \(count - 1) categories, as the weights have, found "
          + "\(notes.categories.count) in the metadata")
    }
    return count
  }
}
