/// Reads `attributes`. Many objects have the same ones, so each is made once and shared.
struct AttributesDecoder {
  /// What was made, by its text; emptied when it has grown too large to pay.
  private var known: [[UInt8]: JSONObject] = [:]
  private let mostKnown = 256

  /// The object of `node`, by `make` where it has not been met.
  mutating func decode(_ node: JSONNode, make: () -> JSONObject) -> JSONObject {
    // What is no JSON has to be reported each time.
    if node.firstFault != nil { return make() }
    let text = Array(node.rawBytes)
    if let object = known[text] { return object }
    if known.count >= mostKnown { known.removeAll(keepingCapacity: true) }
    let object = make()
    known[text] = object
    return object
  }
}
