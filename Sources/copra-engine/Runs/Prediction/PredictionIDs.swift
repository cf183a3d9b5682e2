import COCO
import Console
import DetectionModels
import Engine
import Files
import Torch

/// The ids that results go by: of the pictures, in their order, and of the model's categories.
struct PredictionIDs {
  /// An image for each picture, and the categories in the order of the model's labels.
  let dataset: Dataset

  /// - Parameters:
  ///   - annotations: a COCO file that images and categories have their ids from.
  ///   - notes: what the weights say of themselves.
  ///   - numClasses: the background included.
  /// - Throws: a `CommandFailure` where the annotations are not those of the pictures or the model.
  init(
    _ pictures: [String], annotations: String?, notes: WeightsNotes?, numClasses: Int
  ) async throws {
    var dataset = Dataset()
    dataset.categories = notes?.datasetCategories ?? Self.labels(numClasses - 1)
    var known: [String: Int] = [:]
    if let path = annotations {
      let reader = COCOReader(tasks: OrderedTasks(threads: Runtime.threads))
      let contents = try await reader.read(InputFile(path), source: 0)
      for image in contents.dataset.images { known[Path.name(of: image.fileName)] = image.id }
      dataset.categories = try Self.categories(
        contents.dataset.categories, inOrderOf: dataset.categories, isNamed: notes != nil, path)
    }
    for (index, path) in pictures.enumerated() {
      if annotations != nil, known[Path.name(of: path)] == nil {
        throw CommandFailure("\(path): the annotations have no image of this name")
      }
      let id = known[Path.name(of: path)] ?? index + 1
      dataset.images.append(COCO.Image(id: id, fileName: path, width: 0, height: 0))
    }
    self.dataset = dataset
  }

  /// The labels of weights that say nothing of themselves: those of torchvision's published ones are
  /// COCO's ids.
  static func labels(_ count: Int) -> [COCO.Category] {
    let names = count == COCOClasses.names.count ? COCOClasses.names : []
    return (0..<max(count, 0)).map { index in
      let name = names.isEmpty ? "" : names[index]
      return Category(id: index + 1, name: name.isEmpty ? "class \(index + 1)" : name)
    }
  }

  /// The annotations' categories in the order of the model's labels: by their names where the
  /// weights tell them, else in their own order, or, where there are fewer, as torchvision takes
  /// COCO's, by ids that are labels.
  static func categories(
    _ found: [COCO.Category], inOrderOf labels: [COCO.Category], isNamed: Bool, _ path: String
  ) throws -> [COCO.Category] {
    guard isNamed else {
      if found.count == labels.count { return found }
      guard found.count < labels.count, found.allSatisfy({ 1...labels.count ~= $0.id }) else {
        throw CommandFailure(
          "\(path): expected the \(labels.count) categories of the model, found \(found.count)")
      }
      return labels.map { label in found.first { $0.id == label.id } ?? label }
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
