import COCO

extension PictureFacts {
  /// The hash of the bytes where they are a picture: broken downloads, empty files above all, are
  /// alike without being copies.
  var soundBytesHash: BytesHash? {
    guard let content else { return nil }
    if case .corrupt = content.decoding { return nil }
    return content.bytesHash
  }
}

extension Double {
  /// With one decimal at most, as messages give measurements.
  var short: String {
    let tenths = self * 10
    return abs(tenths) < 1e15 ? (tenths.rounded() / 10).shortest : shortest
  }
}
