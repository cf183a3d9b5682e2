import Files

/// The hashes of images' names and boxes, by which images that a set may hold twice are found.
struct ImageLooks: Sendable {
  /// The boxes of one image.
  struct Boxes: Sendable {
    fileprivate var hash: UInt64 = 0
    fileprivate var isEmpty = true
    /// Whether an annotation may be left out or changed once it is judged.
    fileprivate var isDoubtful = false

    mutating func add(_ box: Box?, hasCategory: Bool) {
      isEmpty = false
      guard let box, box.hasFiniteEdges, box.width >= 0, box.height >= 0, hasCategory else {
        isDoubtful = true
        return
      }
      var hasher = Hasher()
      hasher.combine(box.x0)
      hasher.combine(box.y0)
      hasher.combine(box.x1)
      hasher.combine(box.y1)
      // In whatever order they stand.
      hash &+= UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }

  /// The names without folders.
  private var names: [UInt64] = []
  /// The names without folders, with the boxes, of images that have boxes.
  private var labelled: [UInt64] = []
  /// The whole names of images without boxes.
  private var bare: [UInt64] = []
  /// The names without folders of images whose boxes may change.
  private var doubtful: [UInt64] = []
  private var hasFolders = false

  mutating func add(_ name: String, _ boxes: Boxes) {
    let slash = UInt8(ascii: "/")
    let bytes = name.utf8.map { $0 == UInt8(ascii: "\\") ? slash : $0 }
    let start = bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
    hasFolders = hasFolders || start > 0
    let short = Self.hash(bytes[start...])
    names.append(short)
    if boxes.isDoubtful {
      doubtful.append(short)
    } else if boxes.isEmpty {
      let whole = start == 0 ? name : Path.normalized(String(decoding: bytes, as: UTF8.self))
      bare.append(Self.hash(Array(whole.utf8)[...]))
    } else {
      labelled.append(short &+ boxes.hash)
    }
  }

  mutating func add(_ other: ImageLooks) {
    names += other.names
    labelled += other.labelled
    bare += other.bare
    doubtful += other.doubtful
    hasFolders = hasFolders || other.hasFolders
  }

  /// Whether several images have the same name in different folders, or in one.
  var repeatsNames: Bool { hasFolders && Self.repeats(names) }

  /// Whether images of the same name have the same boxes, or may have them once they are judged.
  var mayRepeatImages: Bool {
    guard hasFolders else { return false }
    if Self.repeats(labelled) || Self.repeats(bare) { return true }
    let doubtful = Set(doubtful)
    return !doubtful.isEmpty && Self.repeats(names.filter(doubtful.contains))
  }

  private static func repeats(_ hashes: [UInt64]) -> Bool {
    let sorted = hashes.sorted()
    return zip(sorted, sorted.dropFirst()).contains { $0 == $1 }
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hasher = Hasher()
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
