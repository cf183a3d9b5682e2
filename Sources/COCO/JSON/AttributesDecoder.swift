/// Reads `attributes`, which one object after the other often has alike: those are made once.
struct AttributesDecoder {
  private var lastText: [UInt8] = []
  private var last = JSONObject()

  mutating func decode(_ node: JSONNode) -> JSONObject {
    let text = node.rawBytes
    if !text.elementsEqual(lastText) {
      lastText = Array(text)
      last = JSONObject(node)
    }
    return last
  }
}
