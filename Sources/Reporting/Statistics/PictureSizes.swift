/// The sizes of a split's images.
public struct PictureSizes: Sendable, Equatable {
  /// A size with the number of images that have it.
  public struct Entry: Sendable, Equatable {
    /// The width in pixels.
    public var width: Int
    /// The height in pixels.
    public var height: Int
    /// The number of images of this size.
    public var images: Int
  }

  /// The smallest, median and largest length of one side, in pixels.
  public struct Side: Sendable, Equatable {
    /// The smallest length.
    public var minimum: Int
    /// The median length.
    public var median: Double
    /// The largest length.
    public var maximum: Int
  }

  /// Each size once, the most frequent first, then the smaller.
  public private(set) var distinct: [Entry]
  /// The number of images whose size is not known.
  public private(set) var unknown: Int
  /// The widths; nil if no size is known.
  public private(set) var width: Side?
  /// The heights; nil if no size is known.
  public private(set) var height: Side?

  init(_ frequencies: [PictureSize: Int]) {
    unknown = frequencies.reduce(0) { $0 + ($1.key.isKnown ? 0 : $1.value) }
    distinct = frequencies.filter(\.key.isKnown)
      .map { Entry(width: $0.key.width, height: $0.key.height, images: $0.value) }
      .sorted {
        ($1.images, $0.width, $0.height) < ($0.images, $1.width, $1.height)
      }
    width = Self.side(distinct, \.width)
    height = Self.side(distinct, \.height)
  }

  private static func side(_ entries: [Entry], _ length: (Entry) -> Int) -> Side? {
    var frequencies: [Int: Int] = [:]
    for entry in entries { frequencies[length(entry), default: 0] += entry.images }
    let histogram = CountHistogram(frequencies)
    guard let minimum = histogram.minimum, let median = histogram.median,
      let maximum = histogram.maximum
    else { return nil }
    return Side(minimum: minimum, median: median, maximum: maximum)
  }
}

/// A width and a height in pixels.
struct PictureSize: Hashable {
  var width: Int
  var height: Int

  var isKnown: Bool { width > 0 && height > 0 }
}
