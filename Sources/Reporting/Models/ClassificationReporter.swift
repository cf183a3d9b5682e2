internal import COCO

/// What a model makes of one picture: its likeliest classes, the likeliest first.
public struct Classification: Sendable {
  public struct Candidate: Sendable {
    /// The class's place in the model's output.
    public var index: Int
    public var name: String
    /// 0 … 1.
    public var probability: Double

    public init(index: Int, name: String, probability: Double) {
      self.index = index
      self.name = name
      self.probability = probability
    }
  }

  /// The picture's path.
  public var image: String
  public var candidates: [Candidate]

  public init(image: String, candidates: [Candidate]) {
    self.image = image
    self.candidates = candidates
  }
}

/// Classified pictures, each by itself, so that it can be shown as soon as it is there.
public struct ClassificationReporter: Sendable {
  public init() {}

  /// The picture and a row for each class, for a terminal.
  public func text(_ classification: Classification) -> String {
    var table = TextTable([.right, .left])
    for candidate in classification.candidates {
      table.add("\((100 * candidate.probability).fixed(1)) %", candidate.name)
    }
    return "\(classification.image)\n\(table.text)"
  }

  /// One JSON object without a line's end.
  public func json(_ classification: Classification) -> String {
    let classes = classification.candidates.map { candidate -> JSONValue in
      .object([
        "index": .integer(candidate.index), "name": .string(candidate.name),
        "probability": .number(candidate.probability),
      ])
    }
    var output = JSONOutput()
    let object: JSONObject = ["image": .string(classification.image), "classes": .array(classes)]
    output.append(object)
    return output.text
  }
}
