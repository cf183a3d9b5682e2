/// Reads short JSON texts, one after the other, with one parser. One task's own.
public final class JSONTextParser {
  private let tokenizer = JSONTokenizer()

  public init() {}

  /// The value that `text` holds; nil where it is not exactly one JSON value.
  public func value(_ text: String) -> JSONValue? {
    var text = text
    return text.withUTF8 { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return nil }
      tokenizer.text(capacity: bytes.count).update(from: base, count: bytes.count)
      let tokens = tokenizer.tokenize(length: bytes.count)
      let end = JSONScanner.skipBlanksBackward(in: bytes, before: bytes.count) + 1
      guard tokens.error == nil, tokens.end == end else { return nil }
      var values: [JSONValue] = []
      tokens.forEachValue { values.append(JSONValue($0)) }
      return values.count == 1 ? values[0] : nil
    }
  }
}
