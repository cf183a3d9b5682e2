import COCO
import Files

/// The places of a split's images, and so of their labels.
///
/// A name is kept if readers find the label of such an image. If one of the split is not found, its
/// images lose the folders that all of them share, and each the parts that would lead readers
/// elsewhere: a root, `..`, and folders called `images` or `labels`.
struct YOLOPlaces {
  /// The split's folder below `images`.
  let folder: String
  /// The images' paths below that folder, by their places in the dataset; nil without a name.
  private(set) var names: [String?]

  init(_ dataset: Dataset) {
    folder = Self.folder(of: dataset)
    names = dataset.images.map { $0.fileName.isEmpty ? nil : $0.fileName }
    if !dataset.images.allSatisfy({ $0.fileName.isEmpty || Self.isFound($0.fileName) }) { rename() }
  }

  /// Returns the place of the image at `index`; nil if it has no name.
  func picture(at index: Int) -> String? {
    names[index].map { "images/\(folder)/\($0)" }
  }

  /// Returns the split's folder below `images`; what has no split belongs to `train`.
  static func folder(of dataset: Dataset) -> String {
    let parts = (dataset.split ?? "train").split(separator: "/").filter { $0 != "." && $0 != ".." }
    let folder = parts.map { YOLOLabelRule.names($0) ? "\($0)_" : visible($0) }
    return folder.isEmpty ? "train" : folder.joined(separator: "/")
  }

  /// Gives each image the likeliest name that no other one needs.
  private mutating func rename() {
    var parts = names.map { $0.map(Self.parts) ?? [] }
    let shared = Self.shared(parts.filter { !$0.isEmpty })
    for index in parts.indices { parts[index] = Array(parts[index].dropFirst(shared)) }
    let isSound = parts.map { !$0.dropLast().contains(where: YOLOLabelRule.names) }
    // Names that are sound come first, whatever stands before them.
    var taken: Set<String> = []
    for index in parts.indices where isSound[index] {
      names[index] = parts[index].isEmpty ? nil : parts[index].joined(separator: "/")
      if let name = names[index] { taken.insert(Path.withoutExtension(name)) }
    }
    for index in parts.indices where !isSound[index] {
      let likely = [Self.dropping(parts[index]), Self.marking(parts[index])]
      let free = likely.first { !taken.contains(Path.withoutExtension($0)) } ?? likely[0]
      taken.insert(Path.withoutExtension(free))
      names[index] = free
    }
  }

  /// Returns the number of first folders that all paths share.
  private static func shared(_ paths: [[String]]) -> Int {
    guard let first = paths.first?.dropLast() else { return 0 }
    return paths.reduce(first.count) { count, parts in
      min(count, zip(first.prefix(count), parts.dropLast()).prefix { $0 == $1 }.count)
    }
  }

  private static func dropping(_ parts: [String]) -> String {
    let folders = parts.dropLast().filter { !YOLOLabelRule.names($0) }
    return (folders + parts.suffix(1)).joined(separator: "/")
  }

  private static func marking(_ parts: [String]) -> String {
    let folders = parts.dropLast().map { YOLOLabelRule.names($0) ? $0 + "_" : $0 }
    return (folders + parts.suffix(1)).joined(separator: "/")
  }

  /// Returns the parts of a name without a root, a machine or what leads upwards.
  private static func parts(_ name: String) -> [String] {
    let path = isForeign(name) ? WrittenPath(name).endings.first ?? "" : name
    return path.split(separator: "/").filter { $0 != "." && $0 != ".." }.map(visible)
  }

  /// Returns a part of a path without control characters, which is not hidden: readers pass over
  /// files and folders that begin with a dot.
  private static func visible(_ part: Substring) -> String {
    let scalars = part.unicodeScalars.map { $0.value < 0x20 ? "_" : $0 }
    let text = String(String.UnicodeScalarView(scalars))
    return text.hasPrefix(".") ? "_" + text.dropFirst() : text
  }

  /// Returns whether a name is a path of Windows or an address.
  private static func isForeign(_ name: String) -> Bool {
    if name.utf8.contains(UInt8(ascii: "\\")) { return true }
    guard name.utf8.contains(UInt8(ascii: ":")) else { return false }
    return name.includes("://") || name.dropFirst().first == ":" && name.first?.isLetter == true
  }

  /// Returns whether readers find the label of an image of this name at the place by the rule.
  private static func isFound(_ name: String) -> Bool {
    guard LabelPath.isSafe(name), !isForeign(name) else { return false }
    guard name.utf8.contains(UInt8(ascii: "/")) else { return true }
    return !name.split(separator: "/").dropLast().contains(where: YOLOLabelRule.names)
  }
}
