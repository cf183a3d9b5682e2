public import COCO
import DetectionModels
public import Torch

/// The notes about a detector in the metadata of its weights file.
public struct WeightsNotes: Sendable, Equatable {
  /// The detector's name.
  public var model: String
  /// The size of images in training.
  public var input: InputSize
  /// The categories in the order of the labels, from 1 on.
  var categories: [CategoryName]

  /// The id and name of a category.
  struct CategoryName: Sendable, Equatable {
    var id: Int
    var name: String
  }

  /// Creates the notes of a detector.
  public init(model: String, input: InputSize, categories: [COCO.Category]) {
    self.model = model
    self.input = input
    self.categories = categories.map { CategoryName(id: $0.id, name: $0.name) }
  }

  /// Reads the notes from a file's metadata; nil if copra did not write them.
  init?(_ metadata: [String: String]) {
    guard let model = metadata["copra.model"],
      let minSize = metadata["copra.min_size"].flatMap({ Int($0) }), minSize > 0,
      let maxSize = metadata["copra.max_size"].flatMap({ Int($0) }), maxSize > 0,
      let text = metadata["copra.categories"],
      case .array(let list)? = JSONTextParser().value(text)
    else { return nil }
    self.model = model
    input = InputSize(minSize: minSize, maxSize: maxSize)
    categories = list.compactMap { value in
      guard case .object(let object) = value, case .integer(let id)? = object["id"],
        case .string(let name)? = object["name"]
      else { return nil }
      return CategoryName(id: id, name: name)
    }
    guard categories.count == list.count else { return nil }
  }

  /// The notes as metadata of a file.
  public var metadata: [String: String] {
    var output = JSONOutput()
    output.append(
      .array(
        categories.map { .object(["id": .integer($0.id), "name": .string($0.name)]) }))
    return [
      "copra.model": model, "copra.min_size": String(input.minSize),
      "copra.max_size": String(input.maxSize), "copra.categories": output.text,
    ]
  }

  /// The categories as records of a dataset.
  public var datasetCategories: [COCO.Category] {
    categories.map { COCO.Category(id: $0.id, name: $0.name) }
  }
}

/// The weights of a detector in a file, which may be a checkpoint of a training.
public struct SavedDetector: Sendable {
  /// The path of the file.
  public let path: String
  /// The state of the model alone.
  public let state: StoredState
  /// The notes about the detector; nil if copra did not write the file.
  public let notes: WeightsNotes?
  /// The reason to doubt that the file is the published one whose name it has; nil if there is
  /// none.
  public let doubt: String?

  /// Opens a file of weights.
  ///
  /// - Throws: `StateError` for a file that holds no weights or is damaged.
  public init(contentsOf path: String) throws(StateError) {
    self.path = path
    state = Checkpoint.modelState(of: try StoredState(contentsOf: path))
    notes = WeightsNotes(state.metadata)
    doubt = try PublishedChecksum.doubt(of: path)
  }

  /// The number of classes of the weights, the background included; nil if they are not a
  /// detector's.
  public var numClasses: Int? { DetectorWeights(state, from: path).numClasses }

  /// Returns the number of classes of the weights, the background included.
  ///
  /// - Throws: `EngineError` if they are not weights of the detector called `name`.
  public func numClasses(of name: String) throws(EngineError) -> Int {
    if let notes, notes.model != name {
      throw EngineError("\(path): expected weights of \(name), found those of \(notes.model)")
    }
    guard let count = numClasses else {
      throw EngineError("\(path): expected the weights of a detector, found no class predictor")
    }
    if let notes, notes.categories.count != count - 1 {
      throw EngineError(
        "\(path): expected \(count - 1) categories, as the weights have, found "
          + "\(notes.categories.count) in the metadata")
    }
    return count
  }
}
