import COCO
import Console
import Engine
import Torch

/// What a file of weights says of the detector that they are of, in its metadata.
struct WeightsNotes: Equatable {
  /// The detector's name.
  var model: String
  /// How large it made its pictures in training.
  var input: InputSize
  /// In the order of its labels, from 1 on.
  var categories: [CategoryName]

  /// What is kept of a category.
  struct CategoryName: Equatable {
    var id: Int
    var name: String
  }

  init(model: String, input: InputSize, categories: [COCO.Category]) {
    self.model = model
    self.input = input
    self.categories = categories.map { CategoryName(id: $0.id, name: $0.name) }
  }

  /// Nil where the metadata are not copra's.
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

  var metadata: [String: String] {
    var output = JSONOutput()
    output.append(
      .array(
        categories.map { .object(["id": .integer($0.id), "name": .string($0.name)]) }))
    return [
      "copra.model": model, "copra.min_size": String(input.minSize),
      "copra.max_size": String(input.maxSize), "copra.categories": output.text,
    ]
  }

  /// The categories as a dataset has them.
  var datasetCategories: [COCO.Category] {
    categories.map { COCO.Category(id: $0.id, name: $0.name) }
  }
}

/// The weights of a detector in a file, which may be a checkpoint of a training.
struct SavedDetector {
  let path: String
  let state: StoredState
  /// Nil where copra did not write the file.
  let notes: WeightsNotes?

  /// - Throws: `StateError` for a file that is none or is damaged.
  init(contentsOf path: String) throws(StateError) {
    self.path = path
    state = Checkpoint.modelState(of: try StoredState(contentsOf: path))
    notes = WeightsNotes(state.metadata)
  }
}
