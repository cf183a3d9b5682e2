import Glibc

/// A cache of attributes by their text. Many annotations have the same ones, so each is made once
/// and shared.
public struct KnownAttributes {
  /// The attributes by the hash of their text; emptied when the cache is too large to pay off.
  private var known: [Int: (text: [UInt8], attributes: Annotation.SharedAttributes)] = [:]
  private let mostKnown = 256

  /// Creates an empty memory.
  public init() {}

  /// Returns the attributes of `text`, made by `make` if the text is new.
  public mutating func attributes(
    _ text: UnsafeBufferPointer<UInt8>, make: () -> JSONObject
  ) -> Annotation.SharedAttributes {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(text))
    let hash = hasher.finalize()
    if let found = known[hash], Self.isSame(found.text, text) { return found.attributes }
    if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
    let attributes = Annotation.SharedAttributes(make())
    known[hash] = (Array(text), attributes)
    return attributes
  }

  private static func isSame(_ known: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard known.count == text.count, let start = text.baseAddress else {
      return known.count == text.count
    }
    return memcmp(known, start, text.count) == 0
  }
}
