import Synchronization

/// Small pictures by their numbers, as many as a number of bytes holds; those that nobody asked for
/// longest go first.
final class ThumbnailCache: Sendable {
  private struct Contents {
    var pictures: [Int: (bytes: [UInt8], use: Int)] = [:]
    var size = 0
    /// Counts what is asked for.
    var uses = 0
  }

  /// Bytes.
  private let limit: Int
  private let contents = Mutex(Contents())

  init(limit: Int) {
    self.limit = limit
  }

  /// The bytes that are held.
  var size: Int { contents.withLock { $0.size } }

  subscript(picture: Int) -> [UInt8]? {
    get {
      contents.withLock { contents in
        contents.uses += 1
        contents.pictures[picture]?.use = contents.uses
        return contents.pictures[picture]?.bytes
      }
    }
    set {
      contents.withLock { contents in
        contents.uses += 1
        contents.size -= contents.pictures[picture]?.bytes.count ?? 0
        contents.size += newValue?.count ?? 0
        contents.pictures[picture] = newValue.map { ($0, contents.uses) }
        if contents.size > limit { Self.shrink(&contents, to: limit * 3 / 4) }
      }
    }
  }

  /// Takes a quarter at once, so that the order is worked out seldom.
  private static func shrink(_ contents: inout Contents, to size: Int) {
    for (picture, held) in contents.pictures.sorted(by: { $0.value.use < $1.value.use }) {
      if contents.size <= size { return }
      contents.size -= held.bytes.count
      contents.pictures[picture] = nil
    }
  }
}
