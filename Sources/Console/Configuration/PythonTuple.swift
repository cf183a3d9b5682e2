import YAML

/// A tuple as Python writes it, which YAML takes for a word: `((32, 64), (128,))`.
struct PythonTuple {
  private let text: String

  /// Reads a tuple; nil if the node is anything else.
  init?(_ node: Node?) {
    guard let scalar = node?.scalar, scalar.isPlain, scalar.string.hasPrefix("(") else {
      return nil
    }
    text = scalar.string
  }

  /// The list that YAML has for it, `[[32, 64], [128]]`; what follows the tuple is left out.
  var asList: String {
    var (list, depth) = ("", 0)
    for character in text {
      switch character {
      case "(":
        depth += 1
        list += "["
      case ")":
        depth -= 1
        // A tuple of one has a comma after it.
        while list.last == "," || list.last == " " { list.removeLast() }
        list += "]"
      default: list.append(character)
      }
      if depth == 0 { return list }
    }
    // Within braces YAML has cut the tuple at its first comma.
    return "lists in brackets, as [[32, 64], [128]]"
  }
}
