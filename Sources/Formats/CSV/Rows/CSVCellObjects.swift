import COCO
import Glibc

/// An object in a cell that holds all those of an image, as JSON or as Python prints it: `[{'x':
/// 55, 'y': 21, 'width': 25, 'height': 32}]`.
struct CSVCellObject {
  /// The four numbers in the order of `numbers`.
  private(set) var box: [Double]
  private(set) var numbers: CSVColumns.Numbers
  private(set) var label: String?
  /// The image's size, if the object gives it.
  private(set) var size: (width: Int, height: Int)?
  /// The further members.
  private(set) var attributes = JSONObject()
  /// The corners, if the box is rotated.
  private(set) var ring: [Double] = []

  /// Reads an object; nil if no box is among its members, whose names mean what columns' names do.
  init?(_ object: JSONObject) {
    let names = object.members.map { CSVColumnName($0.name) }
    var used: Set<Int> = []
    if let found = CSVBoxColumns(names, chosen: [:]).find(), case .columns = found.form {
      let columns = found.form.columns
      let values = columns.compactMap { object.members[$0].value.asNumber }
      guard values.count == 4 else { return nil }
      (box, numbers) = (values, found.numbers)
      used.formUnion(columns)
    } else {
      guard let list = names.firstIndex(where: { $0.rank(as: .bbox) != nil }),
        let (values, order) = Self.box(object.members[list].value, names[list])
      else { return nil }
      (box, numbers) = (values, order)
      used.insert(list)
    }
    takeLabel(object, names, &used)
    takeSize(object, names, &used)
    for (index, member) in object.members.enumerated() where !used.contains(index) {
      attributes.members.append(member)
    }
  }

  private static func box(
    _ value: JSONValue, _ name: CSVColumnName
  ) -> ([Double], CSVColumns.Numbers)? {
    switch value {
    case .array(let values):
      let box = values.compactMap(\.asNumber)
      guard box.count == 4, values.count == 4 else { return nil }
      return (box, name.isListOfCorners ? .corners : .extent)
    case .object(let object):
      return CSVCellObject(object).map { ($0.box, $0.numbers) }
    default: return nil
    }
  }

  private mutating func takeLabel(
    _ object: JSONObject, _ names: [CSVColumnName], _ used: inout Set<Int>
  ) {
    let ranked = names.enumerated().compactMap { index, name in
      (name.rank(as: .class) ?? name.rank(as: .classID).map { $0 + 100 }).map { (index, $0) }
    }
    for (index, _) in ranked.sorted(by: { $0.1 < $1.1 }) where !used.contains(index) {
      var value = object.members[index].value
      if case .array(let values) = value, values.count == 1 { value = values[0] }
      switch value {
      case .string(let text) where !text.isEmpty: label = text
      case .integer(let number): label = String(number)
      default: continue
      }
      used.insert(index)
      return
    }
  }

  /// Reads the image's size. Label Studio, which writes it, gives boxes in hundredths of it.
  private mutating func takeSize(
    _ object: JSONObject, _ names: [CSVColumnName], _ used: inout Set<Int>
  ) {
    guard let width = names.firstIndex(where: { $0.rank(as: .width) != nil }),
      let height = names.firstIndex(where: { $0.rank(as: .height) != nil }),
      let x = object.members[width].value.asNumber, let y = object.members[height].value.asNumber,
      let wholeX = Int(exactly: x), let wholeY = Int(exactly: y)
    else { return }
    size = (wholeX, wholeY)
    used.formUnion([width, height])
    guard object["original_width"] != nil, object["original_height"] != nil, numbers == .extent
    else { return }
    for index in box.indices { box[index] *= (index % 2 == 0 ? x : y) / 100 }
    guard let rotation = object["rotation"]?.asNumber else { return }
    used.insert(names.indices.first { object.members[$0].name == "rotation" } ?? width)
    if rotation != 0 { turn(by: rotation * .pi / 180) }
  }

  /// Turns the box around its upper left corner, as Label Studio does.
  private mutating func turn(by angle: Double) {
    let (x, y, width, height) = (box[0], box[1], box[2], box[3])
    let (sine, cosine) = (sin(angle), cos(angle))
    let corners: [(dx: Double, dy: Double)] = [(0, 0), (width, 0), (width, height), (0, height)]
    for corner in corners {
      ring.append(x + corner.dx * cosine - corner.dy * sine)
      ring.append(y + corner.dx * sine + corner.dy * cosine)
    }
    guard let extent = Polygons([ring]).extent else { return }
    box = [extent.x, extent.y, extent.width, extent.height]
  }

  /// The box as a corner, width and height.
  var extent: [Double] {
    switch numbers {
    case .extent: box
    case .corners: [box[0], box[1], box[2] - box[0], box[3] - box[1]]
    case .centre: [box[0] - box[2] / 2, box[1] - box[3] / 2, box[2], box[3]]
    }
  }
}

/// The reading of the content of one cell.
enum CSVCellObjects {
  /// Returns whether objects stand in the cell of which the first has a box.
  static func mayHoldBox(_ text: String) -> Bool {
    guard let first = objects(in: text, JSONTextParser())?.first else { return false }
    return CSVCellObject(first) != nil
  }

  /// Returns the objects of a cell; nil if it holds something else.
  static func objects(in text: String, _ parser: JSONTextParser) -> [JSONObject]? {
    switch parser.value(text) ?? parser.value(json(ofPython: text)) {
    case .object(let object): return [object]
    case .array(let values):
      let objects = values.compactMap { value -> JSONObject? in
        if case .object(let object) = value { object } else { nil }
      }
      return objects.count == values.count ? objects : nil
    default: return nil
    }
  }

  /// Returns as JSON what Python prints of lists and dictionaries.
  private static func json(ofPython text: String) -> String {
    var json = ""
    var word = ""
    var quote: Character?
    var isEscaped = false
    func closeWord() {
      switch word {
      case "None", "nan", "NaN": json += "null"
      case "True", "False": json += word.lowercased()
      default: json += word
      }
      word = ""
    }
    for character in text {
      if let open = quote {
        if isEscaped {
          json += character == "'" ? "'" : "\\\(character)"
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == open {
          json += "\""
          quote = nil
        } else {
          json += character == "\"" ? "\\\"" : String(character)
        }
        continue
      }
      if character.isLetter || character.isNumber || ".+-_".contains(character) {
        word.append(character)
        continue
      }
      closeWord()
      switch character {
      case "'", "\"":
        quote = character
        json += "\""
      case "(": json += "["
      case ")": json += "]"
      default: json.append(character)
      }
    }
    closeWord()
    return json
  }
}
