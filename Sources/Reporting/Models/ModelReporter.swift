internal import COCO

/// What is told of a model: its size, what it takes, and where its weights are had.
public struct ModelDescription: Sendable {
  public var name: String
  /// Numbers that training changes.
  public var parameters: Int
  /// Tensors of the state.
  public var keys: Int
  /// `224×224`, or as many sizes as the input has.
  public var inputSize: [Int]
  /// The file of weights that is published for it.
  public var weights: String

  public init(name: String, parameters: Int, keys: Int, inputSize: [Int], weights: String) {
    self.name = name
    self.parameters = parameters
    self.keys = keys
    self.inputSize = inputSize
    self.weights = weights
  }
}

/// A list of models.
public struct ModelReporter: Sendable {
  public init() {}

  /// A row for each model, for a terminal.
  public func text(_ models: [ModelDescription]) -> String {
    var table = TextTable([.left, .right, .right, .left, .left], indentation: 0)
    table.add("model", "parameters", "keys", "input", "weights")
    for model in models {
      let size = model.inputSize.map(String.init).joined(separator: "×")
      table.add(model.name, model.parameters.grouped, model.keys.grouped, size, model.weights)
    }
    return table.text
  }

  /// A JSON list with one model a line.
  public func json(_ models: [ModelDescription]) -> String {
    var output = JSONOutput()
    output.raw("[")
    for (index, model) in models.enumerated() {
      output.append(verbatim: index == 0 ? "\n" : ",\n")
      let object: JSONObject = [
        "name": .string(model.name), "parameters": .integer(model.parameters),
        "keys": .integer(model.keys),
        "input_size": .array(model.inputSize.map { .integer($0) }),
        "weights": .string(model.weights),
      ]
      output.append(object)
    }
    output.raw("\n]\n")
    return output.text
  }
}
