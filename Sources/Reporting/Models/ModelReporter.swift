internal import COCO

/// What is told of a model: its size, what it takes, and where its weights are had.
public struct ModelDescription: Sendable {
  /// What a model is made for.
  public enum Task: String, Sendable {
    case classification, detection
  }

  /// How large pictures become for a model, pixels.
  public enum InputSize: Sendable, Equatable {
    case exactly(height: Int, width: Int)
    /// What the shorter side becomes unless the longer one would be above its greatest.
    case within(minSize: Int, maxSize: Int)
  }

  public var name: String
  public var task: Task
  /// Numbers that training changes.
  public var parameters: Int
  /// Tensors of the state.
  public var keys: Int
  public var inputSize: InputSize
  /// The file of weights that is published for it; nil where there is none.
  public var weights: String?

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
  /// `224×224`, or `800–1333` for the shorter and the longer side.
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

/// A list of models.
public struct ModelReporter: Sendable {
  public init() {}

  /// A row for each model, for a terminal.
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

  /// A JSON list with one model a line.
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
