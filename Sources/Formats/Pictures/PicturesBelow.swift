import Files

/// The image files at any depth below a folder.
struct PicturesBelow: Sendable {
  /// An image file that was found.
  struct Found {
    /// The name relative to the folder.
    var name: String
    var match: ImageLocator.Match
    /// The other candidates that are as likely.
    var rivals: [String]
  }

  /// The relative paths by their last parts.
  private var byName: [String: [String]] = [:]
  /// The same by what remains of the last parts' stems in every way of writing.
  private var byKey: [String: [String]] = [:]

  init(_ folder: String) {
    guard let tree = try? InputTree(folder), tree.isFolder else { return }
    for path in tree.files where ImageFiles.isImage(path) {
      let relative = Path.relative(path, to: folder)
      byName[Path.name(of: path), default: []].append(relative)
      byKey[LooseName.key(Path.stem(of: path)), default: []].append(relative)
    }
  }

  /// Returns the likeliest file for a path relative to `place`; nil if there is none.
  func find(_ path: WrittenPath, near place: String, root: String) -> Found? {
    let name = Path.name(of: path.text)
    let stem = ImageFiles.isImage(name) ? Path.withoutExtension(name) : name
    var candidates = byName[name] ?? []
    var match = ImageLocator.Match.exact
    // A mask has the stem of its picture.
    let loose =
      candidates.isEmpty ? (byKey[LooseName.key(stem)] ?? []).filter { !Self.isMask($0) } : []
    if let first = loose.first {
      candidates = loose
      let found = Path.stem(of: first)
      match = found == stem ? .stem : ImageLocator.Match(of: stem, as: found)
    }
    if candidates.count < 2 {
      return candidates.first.map { Found(name: $0, match: match, rivals: []) }
    }
    let near = Likeness(path: path.text, place: place)
    let likely = candidates.likeliest { near.score($0, root: root) }
    return Found(name: likely[0], match: match, rivals: Array(likely.dropFirst()))
  }

  /// Returns whether a file lies in a folder of masks.
  private static func isMask(_ file: String) -> Bool {
    let roles = file.split(separator: "/").dropLast().compactMap { FolderRole($0) }
    guard let role = roles.last else { return false }
    switch role {
    case .masks, .classes, .other: return true
    case .pictures: return false
    }
  }

  /// Returns the folders from which paths lead to files exactly as written, with the number of such
  /// paths; in natural order.
  func holders(of paths: [WrittenPath]) -> [(folder: String, count: Int)] {
    var counts: [String: Int] = [:]
    for path in paths {
      let parts = path.text.split(separator: "/").count
      for file in byName[Path.name(of: path.text)] ?? [] {
        let whole = "/" + file
        guard !path.isAbsolute, whole.hasSuffix("/" + path.text) else { continue }
        let folders = file.split(separator: "/").dropLast(parts)
        counts[folders.joined(separator: "/"), default: 0] += 1
      }
    }
    return counts.sorted { NaturalOrder.precedes($0.key, $1.key) }
      .map { (folder: $0.key, count: $0.value) }
  }
}

/// The similarity of a file's folders to those of a path and of the place where it is written.
private struct Likeness {
  private let parts: [Substring]
  private let placeParts: [Substring]
  private let split: String?

  init(path: String, place: String) {
    parts = path.split(separator: "/")
    placeParts = Path.folder(of: place).split(separator: "/")
    split = SplitName.last(in: placeParts)
  }

  /// Returns the number of last parts that agree; then whether the split does; then the number of
  /// first parts that agree with the place.
  func score(_ file: String, root: String) -> (Int, Int, Int) {
    let fileParts = file.split(separator: "/")
    let last = zip(parts.reversed(), fileParts.reversed()).prefix { $0 == $1 }.count
    let isOfSplit = split != nil && SplitName.last(in: fileParts.dropLast()) == split
    let all = Path.join(root, file).split(separator: "/")
    let first = zip(placeParts, all).prefix { $0 == $1 }.count
    return (last, isOfSplit ? 1 : 0, first)
  }
}
