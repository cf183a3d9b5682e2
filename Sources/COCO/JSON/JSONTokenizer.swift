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
    let text = text(capacity: length)
    let result = copra_json_tokenize(handle, length)
    return JSONTokens(
      tokens: UnsafeBufferPointer(start: result.tokens, count: result.count),
      text: UnsafeBufferPointer(start: text, count: length), end: result.end,
      error: result.error.map { String(cString: $0) }, owner: self)
  }
}

/// What one call of the tokenizer found.
struct JSONTokens {
  let tokens: UnsafeBufferPointer<copra_json_token>
  let text: UnsafeBufferPointer<UInt8>
  /// The offset after the last complete value.
  let end: Int
  /// nil when the text holds whole values only, or values and then a closing bracket.
  let error: String?
  /// Keeps the memory alive that all of these point to.
  let owner: JSONTokenizer

  /// Calls `body` with each value in turn.
  func forEachValue(_ body: (JSONNode) throws -> Void) rethrows {
    guard let first = tokens.baseAddress else { return }
    try withExtendedLifetime(owner) {
      var index = 0
      while index < tokens.count {
        let node = JSONNode(tokens: first, index: index, text: text)
        try body(node)
        index = node.next
      }
    }
  }
}
