import Files

/// The paths of drawn images below their folder: each has the image's name and folders, is used
/// once, and is never outside.
public struct DrawnNames: Sendable {
  private static let mostBytes = 200
  private let fileExtension: String
  private var taken: Set<String> = []

  /// Creates names for files with this ending, given without its dot.
  public init(fileExtension: String) {
    self.fileExtension = fileExtension
  }

  /// Returns the path of an image.
  ///
  /// - Parameters:
  ///   - fileName: The name of the image file.
  ///   - split: A folder around it; nil for none.
  public mutating func path(for fileName: String, split: String? = nil) -> String {
    let parts = Path.withoutExtension(fileName).split(separator: "/")
      .filter { $0 != "." && $0 != ".." }.map { Self.portable($0) }
    let name = parts.isEmpty ? "picture" : parts.joined(separator: "/")
    let stem = split.map { "\(Self.portable($0))/\(name)" } ?? name
    var path = "\(stem).\(fileExtension)"
    var count = 1
    // Of names that differ in letter case only, some systems hold one.
    while !taken.insert(path.lowercased()).inserted {
      count += 1
      path = "\(stem)-\(count).\(fileExtension)"
    }
    return path
  }

  /// Returns a part of a path without what terminals obey, and no longer than file systems hold.
  private static func portable(_ part: some StringProtocol) -> String {
    var name = ""
    for character in part {
      let scalars = character.unicodeScalars
      let isControl = scalars.contains { $0.properties.generalCategory == .control }
      let next = isControl ? "_" : String(character)
      guard name.utf8.count + next.utf8.count <= mostBytes else { break }
      name += next
    }
    return name.isEmpty || name == "." || name == ".." ? "picture" : name
  }
}
