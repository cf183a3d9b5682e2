internal import COCO

/// The description of a model: its size, its input, and its published weights.
public struct ModelDescription: Sendable {
  /// The task of a model.
  public enum Task: String, Sendable {
    case classification, detection
  }

  /// The size that images get for a model, in pixels.
  public enum InputSize: Sendable, Equatable {
    case exactly(height: Int, width: Int)
    /// The image keeps its shape: the shorter side gets `minSize` unless the longer one then
    /// exceeds `maxSize`.
    case within(minSize: Int, maxSize: Int)
  }

  /// The name that `--model` takes.
  public var name: String
  /// The task.
  public var task: Task
  /// The number of trainable parameters.
  public var parameters: Int
  /// The number of tensors in the state.
  public var keys: Int
  /// The size of images.
  public var inputSize: InputSize
  /// The published file of weights; nil if there is none.
  public var weights: String?

  /// Creates a description.
  public init(
    name: String, task: Task, parameters: Int, keys: Int, inputSize: InputSize, weights: String?
  ) {
    self.name = name
    self.task = task
    self.parameters = parameters
    self.keys = keys
    self.inputSize = inputSize
    self.weights = weights
  }
}

extension ModelDescription.InputSize {
  /// The size as text: `224×224`, or `800–1333` for the shorter and the longer side.
  fileprivate var text: String {
    switch self {
    case .exactly(let height, let width): "\(height)×\(width)"
    case .within(let minSize, let maxSize): "\(minSize)–\(maxSize)"
    }
  }

  fileprivate var members: [(name: String, value: JSONValue)] {
    switch self {
    case .exactly(let height, let width):
      [("input_size", .array([.integer(height), .integer(width)]))]
    case .within(let minSize, let maxSize):
      [("min_size", .integer(minSize)), ("max_size", .integer(maxSize))]
    }
  }
}

/// A reporter of a list of models.
public struct ModelReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns a row for each model, for a terminal.
  public func text(_ models: [ModelDescription]) -> String {
    var table = TextTable([.left, .left, .right, .right, .left, .left], indentation: 0)
    table.add("model", "task", "parameters", "keys", "input", "weights")
    for model in models {
      table.add(
        model.name, model.task.rawValue, model.parameters.grouped, model.keys.grouped,
        model.inputSize.text, model.weights ?? "none")
    }
    return table.text
  }

  /// Returns a JSON list with one model on each line.
  public func json(_ models: [ModelDescription]) -> String {
    var output = JSONOutput()
    output.raw("[")
    for (index, model) in models.enumerated() {
      output.append(verbatim: index == 0 ? "\n" : ",\n")
      var object: JSONObject = [
        "name": .string(model.name), "task": .string(model.task.rawValue),
        "parameters": .integer(model.parameters), "keys": .integer(model.keys),
      ]
      for member in model.inputSize.members { object[member.name] = member.value }
      object["weights"] = model.weights.map { .string($0) } ?? .null
      output.append(object)
    }
    output.raw("\n]\n")
    return output.text
  }
}
