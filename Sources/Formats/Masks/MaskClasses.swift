import COCO
import Files
import Images

/// The classes of masks' values, or colours, by a file beside them.
struct MaskClasses: Sendable {
  /// One line of the file.
  struct Entry: Sendable, Equatable {
    var name: String
    /// The value of the class; nil if only its colour is given.
    var value: UInt32?
    /// The colour of the class, `red << 16 | green << 8 | blue`; nil if only its value is given.
    var colour: UInt32?
  }

  /// The file, or other source of the names, as messages name it.
  let source: String
  private(set) var names: [String] = []
  private var byValue: [UInt32: String] = [:]
  private var byColour: [UInt32: String] = [:]

  init(_ entries: [Entry], source: String) {
    self.source = source
    for entry in entries {
      if let value = entry.value { byValue[value] = byValue[value] ?? entry.name }
      if let colour = entry.colour { byColour[colour] = byColour[colour] ?? entry.name }
      if !Self.isBackground(entry.name), !names.contains(entry.name) { names.append(entry.name) }
    }
  }

  /// Returns whether a name means the background.
  static func isBackground(_ name: String) -> Bool {
    let word = name.lowercased().filter(\.isLetter)
    return ["background", "bg", "ignore", "void", "unlabeled", "unlabelled"].contains(word)
  }

  /// Returns the name of a value of `image`, which may be that of the background; nil for a value
  /// that the file does not have.
  func name(of value: UInt32, in image: LabelImage) -> String? {
    switch image.kind {
    case .colour: byColour[value]
    case .grey: byValue[value] ?? byColour[value << 16 | value << 8 | value]
    case .palette: byValue[value] ?? image.colour(of: value).flatMap { byColour[$0] }
    }
  }
}

extension MaskClasses {
  /// The classes of VOC by their values.
  static let voc = MaskClasses(
    [
      "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair",
      "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa",
      "train", "tvmonitor",
    ].enumerated().map { Entry(name: $1, value: UInt32($0), colour: vocColour($0)) },
    source: "VOC's palette")

  /// Returns the colour that VOC's devkit gives to a value.
  static func vocColour(_ value: Int) -> UInt32 {
    var colour: UInt32 = 0
    for bit in 0..<8 where value >> bit & 1 == 1 {
      colour |= (0x80 >> UInt32(bit / 3)) << UInt32(16 - 8 * (bit % 3))
    }
    return colour
  }

  /// Returns whether an image's palette is VOC's as far as VOC has classes.
  static func hasVOCPalette(_ image: LabelImage) -> Bool {
    image.kind == .palette && image.palette.count > 20
      && (0...20).allSatisfy { image.colour(of: UInt32($0)) == vocColour($0) }
  }
}

extension LabelImage {
  /// Returns the colour of a value, `red << 16 | green << 8 | blue`; nil for an index without one.
  func colour(of value: UInt32) -> UInt32? {
    switch kind {
    case .colour: return value
    case .grey: return value << 16 | value << 8 | value
    case .palette:
      guard Int(value) < palette.count else { return nil }
      let colour = palette[Int(value)]
      return UInt32(colour.red) << 16 | UInt32(colour.green) << 8 | UInt32(colour.blue)
    }
  }

  /// Returns what stands for a class without a name.
  func className(of value: UInt32) -> String {
    guard kind == .colour else { return "class \(value)" }
    let digits = String(value, radix: 16, uppercase: true)
    return "#" + String(repeating: "0", count: max(6 - digits.count, 0)) + digits
  }
}
