/// Reads `attributes`. Many objects have the same ones, so each is made once and shared.
struct AttributesDecoder {
  /// What was made, by its text; emptied when it has grown too large to pay.
  private var known: [[UInt8]: JSONObject] = [:]
  private let mostKnown = 256

  mutating func decode(_ node: JSONNode) -> JSONObject {
    let text = Array(node.rawBytes)
    if let object = known[text] { return object }
    if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
    let object = JSONObject(node)
    known[text] = object
    return object
  }
}
