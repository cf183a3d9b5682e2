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

  /// Returns room for `capacity` bytes of text; earlier content is kept as far as it fits.
  func text(capacity: Int) -> UnsafeMutablePointer<UInt8> {
    guard let text = copra_json_tokenizer_text(handle, capacity) else {
      fatalError("not enough memory for \(capacity) bytes of JSON")
    }
    self.capacity = max(self.capacity, capacity)
    return UnsafeMutableRawPointer(text).assumingMemoryBound(to: UInt8.self)
  }

  /// Returns the values at the beginning of the text's first `length` bytes, with commas between
  /// them; valid until the next call.
  func tokenize(length: Int) -> JSONTokens {
    _ = text(capacity: length)
    return JSONTokens(result: copra_json_tokenize(handle, length), owner: self)
  }
}

/// The result of one call of the tokenizer.
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
  /// The error; nil if the text holds complete values only, or values followed by a closing
  /// bracket.
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

/// The eight decimal digits of a number as text, all found at once: a loop over the digits of a
/// number would guess its end wrong nearly each time.
struct EightDigits {
  /// The first number that has more.
  static let bound: UInt = 100_000_000

  /// The characters, the first one in the lowest byte, zeros before the number among them.
  let text: UInt64
  /// The number of leading zeros, at most seven.
  let leadingZeros: Int

  /// The digits of a number below `bound`.
  @inline(__always)
  init(_ value: UInt32) {
    // Halves of four digits, then pairs of pairs, then pairs, the first always lowest. Numbers that
    // are multiplied and moved down are so divided by 100 and by 10.
    let (front, back) = value.quotientAndRemainder(dividingBy: 10_000)
    let halves = UInt64(front) | UInt64(back) << 32
    let hundreds = (halves &* 10_486) >> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (halves &- 100 &* hundreds) << 16
    let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
    let digits = tens | (pairs &- 10 &* tens) << 8
    text = digits | 0x3030_3030_3030_3030
    leadingZeros = min(digits.trailingZeroBitCount / 8, 7)
  }
}
