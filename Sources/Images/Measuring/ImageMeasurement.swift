/// The results of one pass over an image file.
public struct ImageMeasurement: Sendable, Equatable {
  /// The result of decoding.
  public enum Decoding: Sendable, Equatable {
    case whole
    /// The file ends before the image does; with the decoder's message.
    case truncated(String)
    /// The data contradicts its format, or belongs to none; with the decoder's message. This
    /// includes damage that the decoder could read past.
    case corrupt(String)
    /// The image was not decoded, since its library does not read its kind, or it has too many
    /// pixels; with the reason.
    case undecoded(String)
  }

  /// The stamp taken before the file was read.
  public var stamp: FileStamp
  /// The hash of all bytes of the file: MurmurHash3's 128 bits for x64 (Appleby, 2011), seed 0, its
  /// first half as the upper one. Two different files share it with a probability of 2⁻¹²⁸; it is
  /// not cryptographic, so files can be made to share it.
  public var contentHash: UInt128
  /// The header; nil if the file has none that can be read, for the reason in `decoding`.
  public var header: ImageHeader?
  /// The result of decoding.
  public var decoding: Decoding
  /// The measures of the pixels, present only if `decoding` is `whole`, so that a damaged image is
  /// not found dark or similar to another because of its damage.
  public var luma: LumaMeasurement?

  /// The size of the file in bytes.
  public var fileSize: Int { stamp.size }

  /// Creates a measurement.
  public init(
    stamp: FileStamp, contentHash: UInt128, header: ImageHeader?, decoding: Decoding,
    luma: LumaMeasurement? = nil
  ) {
    self.stamp = stamp
    self.contentHash = contentHash
    self.header = header
    self.decoding = decoding
    self.luma = luma
  }
}

extension ImageMeasurement.Decoding {
  /// Creates the result of decoding that failed with an error; nil if the error is about the
  /// machine.
  init?(_ error: ImageError) {
    switch error {
    case .truncated(let message, let offset): self = .truncated(Self.text(message, offset))
    case .corrupt(let message, let offset): self = .corrupt(Self.text(message, offset))
    case .notAnImage(let message): self = .corrupt(message)
    case .unsupported, .tooLarge: self = .undecoded(error.description)
    case .notFound, .unreadable, .outOfMemory: return nil
    }
  }

  private static func text(_ message: String, _ offset: Int?) -> String {
    offset.map { "at byte \($0): \(message)" } ?? message
  }
}
