import COCO
import Files

/// The files beside masks that name classes, and which of them a mask's folder goes by.
struct MaskClassFiles: Sendable {
  /// The classes of each folder that has such a file, by its path.
  private var byFolder: [String: MaskClasses] = [:]
  /// The files that could not be understood.
  private(set) var unread: [String] = []

  init(_ inputs: [InputTree]) {
    let files = inputs.flatMap(\.files)
    // The usual names come before tables of other names.
    for file in files.filter(Self.isUsual) + files.filter(Self.isColourTable) {
      guard let bytes = try? InputFile.contents(file),
        let classes = Self.classes(bytes, file: file)
      else {
        unread.append(file)
        continue
      }
      let folder = Path.normalized(Path.folder(of: file))
      if byFolder[folder] == nil { byFolder[folder] = classes }
    }
  }

  /// Returns whether a file names classes beside masks: by its own name, or as a table of colours.
  static func isOne(_ file: String) -> Bool { isUsual(file) || isColourTable(file) }

  private static func isColourTable(_ file: String) -> Bool {
    !isUsual(file) && MaskClassTable.isOne(file)
  }

  private static func isUsual(_ file: String) -> Bool {
    [
      "labelmap.txt", "_classes.csv", "class_dict.csv", "classes.json",
      "label_classes.json", "class_names.txt",
    ].contains(Path.name(of: file).lowercased())
  }

  /// Returns the classes of the nearest folder at or above that of `mask`.
  func classes(of mask: String) -> MaskClasses? {
    if byFolder.isEmpty { return nil }
    var folder = Path.normalized(Path.folder(of: mask))
    while true {
      if let classes = byFolder[folder] { return classes }
      let outer = Path.normalized(Path.folder(of: folder))
      if outer == folder || folder.isEmpty { return nil }
      folder = outer
    }
  }

  private static func classes(_ bytes: [UInt8], file: String) -> MaskClasses? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(
      decoding: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
    let name = Path.name(of: file)
    let entries =
      switch name.lowercased() {
      case "labelmap.txt": labelMap(text)
      case "classes.json", "label_classes.json": json(text)
      case "class_names.txt": names(lines(of: text))
      default: MaskClassTable.entries(text)
      }
    return entries.isEmpty ? nil : MaskClasses(entries, source: name)
  }

  private static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { trimmed($0) }.filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }

  /// Returns the entries of CVAT's lines `name:red,green,blue:parts:actions`.
  private static func labelMap(_ text: String) -> [MaskClasses.Entry] {
    lines(of: text).filter { !$0.hasPrefix("#") }.compactMap { line in
      // A name may hold a colon: the colour stands third from the end.
      let parts = line.split(separator: ":", omittingEmptySubsequences: false)
      let place = parts.count >= 4 ? parts.count - 3 : 1
      guard place < parts.count, let colour = colour(parts[place].split(separator: ",")) else {
        return nil
      }
      let name = trimmed(parts[..<place].joined(separator: ":"))
      return MaskClasses.Entry(name: name, value: nil, colour: colour)
    }
  }

  /// Returns a name for each value from 0 on; −1 is that of a first line in two underscores.
  private static func names(_ names: [String]) -> [MaskClasses.Entry] {
    let counted = names.first == "__ignore__" ? Array(names.dropFirst()) : names
    let first: UInt32 = counted.first.map { MaskClasses.isBackground($0) } == true ? 0 : 1
    return counted.enumerated().map {
      MaskClasses.Entry(name: $1, value: UInt32($0) + first, colour: nil)
    }
  }

  private static func colour(_ parts: [some StringProtocol]) -> UInt32? {
    let numbers = parts.compactMap { UInt8(trimmed($0)) }
    guard numbers.count == 3, parts.count == 3 else { return nil }
    return numbers.reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension MaskClassFiles {
  /// Returns the entries of JSON: an object of values and names in either order, or a list of names
  /// or of objects with a name, an id and a colour; both may be below "classes", "labels" or
  /// "categories".
  fileprivate static func json(_ text: String) -> [MaskClasses.Entry] {
    guard let value = JSONTextParser().value(text) else { return [] }
    return entries(value)
  }

  private static func entries(_ value: JSONValue) -> [MaskClasses.Entry] {
    switch value {
    case .array(let elements):
      let strings = elements.compactMap { string($0) }
      if strings.count == elements.count { return names(strings) }
      return elements.compactMap { entry($0) }
    case .object(let object):
      for key in ["classes", "labels", "categories"] {
        if let inner = object[key] { return entries(inner) }
      }
      return object.members.compactMap { member in
        if let name = string(member.value), let value = UInt32(member.name) {
          return MaskClasses.Entry(name: name, value: value, colour: nil)
        }
        if let value = number(member.value) {
          return MaskClasses.Entry(name: member.name, value: value, colour: nil)
        }
        guard let colour = colour(member.value) else { return nil }
        return MaskClasses.Entry(name: member.name, value: nil, colour: colour)
      }
    default: return []
    }
  }

  private static func entry(_ value: JSONValue) -> MaskClasses.Entry? {
    guard case .object(let object) = value,
      let name = ["name", "title", "label", "class"].lazy.compactMap({ object[$0] })
        .compactMap({ string($0) }).first
    else { return nil }
    let number = ["id", "value", "index", "pixel_value"].lazy.compactMap { object[$0] }
      .compactMap { Self.number($0) }.first
    let colour = ["png_index", "color", "colour", "rgb"].lazy.compactMap { object[$0] }
      .compactMap { Self.colour($0) }.first
    guard number != nil || colour != nil else { return nil }
    return MaskClasses.Entry(name: name, value: number, colour: colour)
  }

  private static func string(_ value: JSONValue) -> String? {
    if case .string(let text) = value { return text }
    return nil
  }

  private static func number(_ value: JSONValue) -> UInt32? {
    if case .integer(let number) = value { return UInt32(exactly: number) }
    return nil
  }

  /// Returns the colour in `[red, green, blue]` or `"#RRGGBB"`.
  private static func colour(_ value: JSONValue) -> UInt32? {
    switch value {
    case .array(let parts): return colour(parts.map { part in number(part).map(String.init) ?? "" })
    case .string(let text) where text.hasPrefix("#") && text.utf8.count == 7:
      return UInt32(text.dropFirst(), radix: 16)
    default: return nil
    }
  }
}
