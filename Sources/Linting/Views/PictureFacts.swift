/// The facts about an image file, measured before the rules run.
public struct PictureFacts: Sendable, Equatable {
  /// The path of the file, which identifies it.
  public var path: String
  /// The width in pixels as annotations count them: upright, unless the user wants it as stored.
  public var width: Int
  /// The height in pixels as annotations count them.
  public var height: Int
  /// The width in pixels before any EXIF rotation.
  public var storedWidth: Int
  /// The height in pixels before any EXIF rotation.
  public var storedHeight: Int
  /// The EXIF orientation, 1 … 8; 1 is upright.
  public var orientation: Int
  /// The unusual property of the samples, as in `16 bits a sample`; nil for 8-bit RGB.
  public var samples: String?
  /// The results of decoding the image; nil if it was not requested.
  public var content: Content?

  /// Creates the facts about an upright image without unusual samples.
  public init(path: String, width: Int, height: Int) {
    self.path = path
    self.width = width
    self.height = height
    storedWidth = width
    storedHeight = height
    orientation = 1
  }

  /// The measures of an image's pixels and bytes.
  public struct Content: Sendable, Equatable {
    /// The result of decoding.
    public enum Decoding: Sendable, Equatable {
      case whole
      /// The file ends early; with the decoder's message.
      case truncated(String)
      /// The data is wrong; with the decoder's message.
      case corrupt(String)
      /// The image was not decoded: its format has no decoder, or it is too large.
      case undecoded
    }

    /// The result of decoding.
    public var decoding: Decoding
    /// The hash of the file's bytes.
    public var bytesHash: BytesHash
    /// The measures of the pixels; nil if the image was not decoded.
    public var looks: Looks?

    /// Creates the measures of an image.
    public init(decoding: Decoding, bytesHash: BytesHash, looks: Looks? = nil) {
      self.decoding = decoding
      self.bytesHash = bytesHash
      self.looks = looks
    }
  }

  /// A hash of a file's bytes, 128 bits; equal for equal bytes.
  public struct BytesHash: Sendable, Hashable {
    /// The upper 64 bits.
    public var high: UInt64
    /// The lower 64 bits.
    public var low: UInt64

    /// Creates a hash from its halves.
    public init(high: UInt64, low: UInt64) {
      self.high = high
      self.low = low
    }
  }

  /// The measures of a decoded image's pixels. Brightness is luma, 0 … 255.
  public struct Looks: Sendable, Equatable {
    /// The perceptual hash, which differs in few bits between images that look alike.
    public var perceptualHash: UInt64
    /// The 1st percentile of brightness.
    public var darkest: Double
    /// The 99th percentile of brightness.
    public var brightest: Double
    /// The variance of the Laplacian over the mean square of the steps between neighbouring pixels:
    /// small if there are no sharp edges.
    public var sharpness: Double
    /// The entropy of the histogram of brightness, in bits, 0 … 8.
    public var entropy: Double
    /// The contrast of each place with its surroundings, each number within ±127; of one length for
    /// all images, and empty if it was not measured or nothing stands out.
    public var detail: [Int8]

    /// Creates the measures of an image's pixels.
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
  /// Returns the similarity of two images' details: their correlation, -1 … 1. It is 1 if there is
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
  /// The hash of the bytes if they are an image: broken downloads, above all empty files, are alike
  /// without being copies.
  var soundBytesHash: BytesHash? {
    guard let content else { return nil }
    if case .corrupt = content.decoding { return nil }
    return content.bytesHash
  }
}
