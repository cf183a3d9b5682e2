/// What a picture's file says of itself, looked up before the rules run.
public struct PictureFacts: Sendable, Equatable {
  /// Where the file is, for telling files apart.
  public var path: String
  /// Pixels, as annotations count them: upright, unless the user wants them as stored.
  public var width: Int
  /// Pixels, as annotations count them.
  public var height: Int
  /// Pixels, before any EXIF rotation.
  public var storedWidth: Int
  /// Pixels, before any EXIF rotation.
  public var storedHeight: Int
  /// EXIF's number, 1 … 8; 1 is upright.
  public var orientation: Int
  /// What is unusual about the samples, as in `16 bits a sample`; nil for 8-bit RGB.
  public var samples: String?
  /// What decoding it told; nil where that was not asked for.
  public var content: Content?

  public init(path: String, width: Int, height: Int) {
    self.path = path
    self.width = width
    self.height = height
    storedWidth = width
    storedHeight = height
    orientation = 1
  }

  /// What the pixels and bytes of a picture tell.
  public struct Content: Sendable, Equatable {
    /// How far decoding came.
    public enum Decoding: Sendable, Equatable {
      case whole
      /// The file ends early; in the decoder's words.
      case truncated(String)
      /// The data is wrong; in the decoder's words.
      case corrupt(String)
      /// Nobody here can decode it: a format without a decoder, or too large.
      case undecoded
    }

    public var decoding: Decoding
    /// Equal for equal bytes, 128 bits.
    public var bytesHash: BytesHash
    public var looks: Looks?

    public init(decoding: Decoding, bytesHash: BytesHash, looks: Looks? = nil) {
      self.decoding = decoding
      self.bytesHash = bytesHash
      self.looks = looks
    }
  }

  /// A hash of a file's bytes, 128 bits.
  public struct BytesHash: Sendable, Hashable {
    public var high: UInt64
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }
  }

  /// What a decoded picture looks like. Brightness is luma, 0 … 255.
  public struct Looks: Sendable, Equatable {
    /// Few bits differ between pictures that look alike.
    public var perceptualHash: UInt64
    /// The 1st percentile.
    public var darkest: Double
    /// The 99th percentile.
    public var brightest: Double
    /// The variance of the Laplacian over the mean square of the steps between neighbouring pixels:
    /// small where there are no sharp edges.
    public var sharpness: Double
    /// Of the histogram of brightness, in bits, 0 … 8.
    public var entropy: Double
    /// What stands out from its surroundings where, each number within ±127; as long for all
    /// pictures, empty where that was not measured or nothing stands out.
    public var detail: [Int8]

    public init(
      perceptualHash: UInt64, darkest: Double, brightest: Double, sharpness: Double,
      entropy: Double, detail: [Int8] = []
    ) {
      self.perceptualHash = perceptualHash
      self.darkest = darkest
      self.brightest = brightest
      self.sharpness = sharpness
      self.entropy = entropy
      self.detail = detail
    }
  }
}

extension PictureFacts.Looks {
  /// How much the details of two pictures are the same: their correlation, -1 … 1. 1 where there is
  /// nothing to compare, so that the hashes alone decide.
  func likeness(to other: PictureFacts.Looks) -> Double {
    guard !detail.isEmpty, detail.count == other.detail.count else { return 1 }
    var (product, own, others): (Int32, Int32, Int32) = (0, 0, 0)
    detail.withUnsafeBufferPointer { first in
      other.detail.withUnsafeBufferPointer { second in
        for index in first.indices {
          let (a, b) = (Int32(first[index]), Int32(second[index]))
          product &+= a &* b
          own &+= a &* a
          others &+= b &* b
        }
      }
    }
    return Double(product) / (Double(own) * Double(others)).squareRoot()
  }
}

extension PictureFacts {
  /// The hash of the bytes where they are a picture: broken downloads, empty files above all, are
  /// alike without being copies.
  var soundBytesHash: BytesHash? {
    guard let content else { return nil }
    if case .corrupt = content.decoding { return nil }
    return content.bytesHash
  }
}
