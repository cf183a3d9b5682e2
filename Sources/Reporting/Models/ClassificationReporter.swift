internal import COCO

/// The classification of one image: its most probable classes, the most probable first.
public struct Classification: Sendable {
  /// A class that the image may belong to.
  public struct Candidate: Sendable {
    /// The index of the class in the model's output.
    public var index: Int
    /// The name of the class.
    public var name: String
    /// The probability, 0 … 1.
    public var probability: Double

    /// Creates a candidate.
    public init(index: Int, name: String, probability: Double) {
      self.index = index
      self.name = name
      self.probability = probability
    }
  }

  /// The path of the image file.
  public var image: String
  /// The classes, the most probable first.
  public var candidates: [Candidate]

  /// Creates the classification of an image.
  public init(image: String, candidates: [Candidate]) {
    self.image = image
    self.candidates = candidates
  }
}

/// A reporter of classified images, each by itself, so that it can be shown as soon as it is
/// available.
public struct ClassificationReporter: Sendable {
  /// Creates a reporter.
  public init() {}

  /// Returns the image's path and a row for each class, for a terminal.
  public func text(_ classification: Classification) -> String {
    var table = TextTable([.right, .left])
    for candidate in classification.candidates {
      table.add("\((100 * candidate.probability).fixed(1)) %", candidate.name)
    }
    return "\(classification.image)\n\(table.text)"
  }

  /// Returns one JSON object without a newline.
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
