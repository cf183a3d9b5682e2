import Glibc

/// Numbers as C's `printf` and Python's `format` write them.
enum Decimals {
  /// The number with this many decimals, rounded from its exact value.
  static func text(_ value: Double, _ decimals: Int) -> String {
    withVaList([Int32(decimals), value]) { arguments in
      var buffer = [CChar](repeating: 0, count: 400)
      let count = vsnprintf(&buffer, buffer.count, "%.*f", arguments)
      return String(
        decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
