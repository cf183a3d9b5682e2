/// All that one pass over a picture's file tells.
public struct ImageMeasurement: Sendable, Equatable {
  /// Whether the pixels are there.
  public enum Decoding: Sendable, Equatable {
    case whole
    /// The file ends before the picture does; how the decoder said it.
    case truncated(String)
    /// The data contradicts its format, or belongs to none; how the decoder said it, with damage
    /// that it could read past among that.
    case corrupt(String)
    /// Not tried: a kind of picture that its library does not read, or too many pixels; which of them.
    case undecoded(String)
  }

  /// Taken before the file was read.
  public var stamp: FileStamp
  /// Of all bytes of the file: MurmurHash3's 128 bits for x64 (Appleby, 2011), seed 0, its first half
  /// as the upper one. Two files that differ share it with a probability of 2⁻¹²⁸; whoever makes
  /// files to that end can have it, since it is not cryptographic.
  public var contentHash: UInt128
  /// Absent where the file has none that can be read; `decoding` says why.
  public var header: ImageHeader?
  public var decoding: Decoding
  /// What the pixels tell; present exactly where `decoding` is `whole`, so that a damaged picture is
  /// not found dark or like another for its damage.
  public var luma: LumaMeasurement?

  /// Bytes.
  public var fileSize: Int { stamp.size }

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
  /// What an error says of the picture; nil where it is about the machine.
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
