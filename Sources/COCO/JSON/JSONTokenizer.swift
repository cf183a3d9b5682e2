internal import CSimdJSON

/// A buffer of JSON text and the tokens that simdjson finds in it. One task's own.
final class JSONTokenizer {
  private let handle: OpaquePointer
  private(set) var capacity = 0

  init() {
    guard let handle = copra_json_tokenizer_create() else {
      fatalError("not enough memory for a JSON tokenizer")
    }
    self.handle = handle
  }

  deinit {
    copra_json_tokenizer_destroy(handle)
  }

  /// Room for `capacity` bytes of text; what stood there is kept as far as it fits.
  func text(capacity: Int) -> UnsafeMutablePointer<UInt8> {
    guard let text = copra_json_tokenizer_text(handle, capacity) else {
      fatalError("not enough memory for \(capacity) bytes of JSON")
    }
    self.capacity = max(self.capacity, capacity)
    return UnsafeMutableRawPointer(text).assumingMemoryBound(to: UInt8.self)
  }

  /// The values that stand at the beginning of the text's first `length` bytes, with commas
  /// between them; valid until the next call.
  func tokenize(length: Int) -> JSONTokens {
    _ = text(capacity: length)
    return JSONTokens(result: copra_json_tokenize(handle, length), owner: self)
  }
}

/// What one call of the tokenizer found.
struct JSONTokens {
  private let result: UnsafePointer<copra_json_result>
  /// Keeps the memory alive that all of these point to.
  private let owner: JSONTokenizer

  fileprivate init(result: UnsafePointer<copra_json_result>, owner: JSONTokenizer) {
    self.result = result
    self.owner = owner
  }

  var text: UnsafeBufferPointer<UInt8> { result.pointee.bytes }
  /// The offset after the last complete value.
  var end: Int { result.pointee.end }
  /// nil when the text holds whole values only, or values and then a closing bracket.
  var error: String? { result.pointee.error.map { String(cString: $0) } }

  /// Calls `body` with each value in turn.
  func forEachValue(_ body: (JSONNode) throws -> Void) rethrows {
    try withExtendedLifetime(owner) {
      var index = 0
      while index < result.pointee.count {
        let node = JSONNode(result: result, index: index)
        try body(node)
        index = node.next
      }
    }
  }
}

extension copra_json_result {
  /// The text that was read.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: length)
  }
}
