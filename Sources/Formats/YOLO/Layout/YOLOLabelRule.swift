import Files

/// The rule by which readers find the label file of an image: the last folder called `images` in
/// the image's path is replaced by `labels`, and the ending by `.txt`. It is Ultralytics' rule, and
/// that of the YOLO trainers before it.
enum YOLOLabelRule {
  /// Returns the path at which readers look for the label of an image; nil if no folder in its path
  /// is called `images`, so that they look beside it.
  static func label(of picture: String) -> String? {
    let folder = swap("images", for: "labels", in: Path.folder(of: picture), isExact: true)
    return folder.map { Path.join($0, Path.stem(of: picture) + ".txt") }
  }

  /// Returns the path with its last part called `name` replaced by `other`, in any letter case
  /// unless an exact match is required; nil if there is none.
  static func swap(
    _ name: String, for other: String, in path: String, isExact: Bool = false
  ) -> String? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let place = parts.lastIndex { isExact ? $0 == name : $0.lowercased() == name }
    guard let place else { return nil }
    parts[place] =
      parts[place].first?.isUppercase == true
      ? Substring(other.prefix(1).uppercased() + other.dropFirst()) : Substring(other)
    return parts.joined(separator: "/")
  }

  /// Returns whether a folder of this name, in any letter case, would change the place at which
  /// readers look.
  static func names(_ folder: some StringProtocol) -> Bool {
    let bytes = folder.utf8
    guard bytes.count == 6 else { return false }
    let lower = folder.lowercased()
    return lower == "images" || lower == "labels"
  }
}
