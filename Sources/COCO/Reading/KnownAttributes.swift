import Glibc

/// Attributes by the text that they were made of. Many annotations have the same ones, so each is made
/// once and shared.
public struct KnownAttributes {
  /// What was made, by the hash of its text; emptied when it has grown too large to pay.
  private var known: [Int: (text: [UInt8], attributes: Annotation.SharedAttributes)] = [:]
  private let mostKnown = 256

  /// Creates an empty memory.
  public init() {}

  /// The attributes of `text`, by `make` where it has not been met.
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
