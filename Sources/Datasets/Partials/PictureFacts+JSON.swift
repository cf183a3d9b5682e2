import COCO
import Linting

extension PictureFacts {
  /// The facts as partial results hold them; 64 bits of a hash are a text.
  var json: JSONObject {
    var object: JSONObject = [
      "path": .string(path),
      "size": .array([width, height, storedWidth, storedHeight].map { .integer($0) }),
      "orientation": .integer(orientation),
    ]
    if let samples { object["samples"] = .string(samples) }
    if let content { object["content"] = .object(content.json) }
    return object
  }

  /// Reads what `json` gives; nil for anything else.
  init?(_ json: JSONObject) {
    guard let path = json["path"]?.string,
      let size = json["size"]?.list?.compactMap(\.integer), size.count == 4,
      let orientation = json["orientation"]?.integer
    else { return nil }
    self.init(path: path, width: size[0], height: size[1])
    (storedWidth, storedHeight) = (size[2], size[3])
    self.orientation = orientation
    samples = json["samples"]?.string
    guard let content = json["content"] else { return }
    guard let known = content.object.flatMap({ Content($0) }) else { return nil }
    self.content = known
  }
}

extension PictureFacts.Content {
  fileprivate var json: JSONObject {
    let (word, detail): (String, String?) =
      switch decoding {
      case .whole: ("whole", nil)
      case .truncated(let words): ("truncated", words)
      case .corrupt(let words): ("corrupt", words)
      case .undecoded: ("undecoded", nil)
      }
    var object: JSONObject = [
      "decoding": .string(word),
      "bytes": [.string(hexadecimal(bytesHash.high)), .string(hexadecimal(bytesHash.low))],
    ]
    if let detail { object["words"] = .string(detail) }
    if let looks { object["looks"] = .object(looks.json) }
    return object
  }

  fileprivate init?(_ json: JSONObject) {
    let words = json["words"]?.string ?? ""
    let decoding: Decoding
    switch json["decoding"]?.string {
    case "whole": decoding = .whole
    case "truncated": decoding = .truncated(words)
    case "corrupt": decoding = .corrupt(words)
    case "undecoded": decoding = .undecoded
    default: return nil
    }
    guard let hash = json["bytes"]?.list?.compactMap(hashed), hash.count == 2 else { return nil }
    self.init(decoding: decoding, bytesHash: .init(high: hash[0], low: hash[1]))
    guard let value = json["looks"] else { return }
    guard let looks = value.object.flatMap({ PictureFacts.Looks($0) }) else { return nil }
    self.looks = looks
  }
}

extension PictureFacts.Looks {
  fileprivate var json: JSONObject {
    var object: JSONObject = [
      "hash": .string(hexadecimal(perceptualHash)), "darkest": .number(darkest),
      "brightest": .number(brightest), "entropy": .number(entropy),
      "detail": .array(detail.map { .integer(Int($0)) }),
    ]
    // Infinite where there are no steps at all.
    if sharpness.isFinite { object["sharpness"] = .number(sharpness) }
    return object
  }

  fileprivate init?(_ json: JSONObject) {
    guard let hash = json["hash"].flatMap(hashed), let darkest = json["darkest"]?.double,
      let brightest = json["brightest"]?.double, let entropy = json["entropy"]?.double,
      let list = json["detail"]?.list
    else { return nil }
    let detail = list.compactMap { $0.integer.flatMap { Int8(exactly: $0) } }
    guard detail.count == list.count else { return nil }
    self.init(
      perceptualHash: hash, darkest: darkest, brightest: brightest,
      sharpness: json["sharpness"]?.double ?? .infinity, entropy: entropy, detail: detail)
  }
}

private func hexadecimal(_ hash: UInt64) -> String { String(hash, radix: 16) }

private func hashed(_ value: JSONValue) -> UInt64? {
  value.string.flatMap { UInt64($0, radix: 16) }
}
