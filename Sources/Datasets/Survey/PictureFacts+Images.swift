import Images
import Linting

extension PictureFacts {
  /// Creates the facts of a header, with the measures of the pixels if they were decoded.
  init(_ header: ImageHeader, path: String, isUpright: Bool, content: Content?) {
    self.init(
      path: path, width: isUpright ? header.uprightWidth : header.width,
      height: isUpright ? header.uprightHeight : header.height)
    storedWidth = header.width
    storedHeight = header.height
    orientation = header.orientation
    samples = Self.unusualSamples(header)
    self.content = content
  }

  /// Returns the unusual property of an image's samples; nil for three colours of 8 bits.
  private static func unusualSamples(_ header: ImageHeader) -> String? {
    var words: [String] = []
    if header.isGrey { words.append("grey") }
    if header.isPalette { words.append("a palette") }
    if header.isCMYK { words.append("CMYK") }
    if header.bitDepth > 8 { words.append("\(header.bitDepth) bits per sample") }
    if header.hasAlpha { words.append("alpha") }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }
}

extension PictureFacts.Content {
  init(_ measurement: ImageMeasurement) {
    let hash = measurement.contentHash
    self.init(
      decoding: Decoding(measurement.decoding),
      bytesHash: PictureFacts.BytesHash(
        high: UInt64(hash >> 64), low: UInt64(truncatingIfNeeded: hash)),
      looks: measurement.luma.map { PictureFacts.Looks($0) })
  }
}

extension PictureFacts.Content.Decoding {
  init(_ decoding: ImageMeasurement.Decoding) {
    self =
      switch decoding {
      case .whole: .whole
      case .truncated(let words): .truncated(words)
      case .corrupt(let words): .corrupt(words)
      case .undecoded: .undecoded
      }
  }
}

extension PictureFacts.Looks {
  init(_ luma: LumaMeasurement) {
    self.init(
      perceptualHash: luma.differenceHash, darkest: Double(luma.firstPercentile),
      brightest: Double(luma.ninetyNinthPercentile), sharpness: luma.sharpness ?? .infinity,
      entropy: luma.entropy, detail: luma.detail)
  }
}
