/// A COCO record with its members in their order, whose values may hold marks.
struct MarkedRecord {
  var members: [(name: String, value: String)]
  /// Marks before the record itself.
  var marks = ""

  init(_ members: [(name: String, value: String)]) {
    self.members = members
  }

  /// With another value, or none.
  func setting(_ name: String, _ value: String?) -> MarkedRecord {
    var record = self
    let index = members.firstIndex { $0.name == name }
    switch (index, value) {
    case (let index?, let value?): record.members[index].value = value
    case (let index?, nil): record.members.remove(at: index)
    case (nil, let value?): record.members.append((name, value))
    case (nil, nil): break
    }
    return record
  }

  /// With a finding due at the value of a member that it has.
  func marked(_ rule: String, at name: String, _ value: String) -> MarkedRecord {
    setting(name, "«\(rule)|.\(name)»\(value)")
  }

  /// With a finding due at the record, for a member that it does not have.
  func marked(_ rule: String, without name: String) -> MarkedRecord {
    var record = setting(name, nil)
    record.marks += "«\(rule)|.\(name)»"
    return record
  }

  /// With a finding due at the record as a whole.
  func marked(_ rule: String) -> MarkedRecord {
    var record = self
    record.marks += "«\(rule)|»"
    return record
  }
}

/// How a JSON file is laid out.
enum JSONLayout: String, CaseIterable {
  /// All on one line without a blank.
  case dense
  /// A member and a number on each line, as Python's `indent=2` has it.
  case pretty
}

/// The text of a COCO file, its marks with the paths of their records.
struct MarkedCOCO {
  var images: [MarkedRecord] = []
  var annotations: [MarkedRecord] = []
  var categories: [MarkedRecord] = []

  func text(_ layout: JSONLayout) -> String {
    let lists = [("images", images), ("annotations", annotations), ("categories", categories)]
    let members = lists.map { name, records in
      let texts = records.enumerated().map { index, record in
        let members = record.members.map { "\"\($0.name)\": \($0.value)" }
        return "\(record.marks){\(members.joined(separator: ", "))}"
          .replacing("|.", with: "|\(name)[\(index)].").replacing("|»", with: "|\(name)[\(index)]»")
      }
      return "\"\(name)\": [\(texts.joined(separator: ", "))]"
    }
    return Self.laidOut(
      "{\"info\": {}, \"licenses\": [], \(members.joined(separator: ", "))}", layout)
  }

  /// Lays JSON out anew; marks stay before what they stand before.
  private static func laidOut(_ text: String, _ layout: JSONLayout) -> String {
    var result = ""
    var (depth, isText, isMark) = (0, false, false)
    func newLine() {
      if layout == .pretty { result += "\n" + String(repeating: "  ", count: depth) }
    }
    for character in text {
      if isText || isMark {
        result.append(character)
        if character == "\"", !isMark { isText = false }
        if character == "»" { isMark = false }
        continue
      }
      switch character {
      case " ": continue
      case "{", "[":
        result.append(character)
        depth += 1
        newLine()
      case "}", "]":
        depth -= 1
        newLine()
        result.append(character)
      case ",":
        result.append(character)
        newLine()
      case ":": result += layout == .pretty ? ": " : ":"
      default:
        isText = character == "\""
        isMark = character == "«"
        result.append(character)
      }
    }
    return result
  }
}
