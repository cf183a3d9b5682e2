/// A binary mask as run lengths in column order, zeros first: COCO's RLE.
///
/// Every operation follows pycocotools 2.0.11's `mask` and gives the same numbers for masks whose
/// runs cover the image. If they do not, pycocotools reads beyond its memory or does not return;
/// the operations here then throw an error or give a stated value.
public struct RunLengthMask: Sendable, Equatable {
  /// The height in pixels.
  public var height: Int
  /// The width in pixels.
  public var width: Int
  /// The lengths of the runs of zeros and ones in turn, beginning with zeros, in column order.
  public var counts: [UInt32]

  /// Creates the mask with these runs, which are not checked; see `validate()`.
  public init(height: Int, width: Int, counts: [UInt32]) {
    self.height = height
    self.width = width
    self.counts = counts
  }

  /// The most pixels that `pixels()` and `polygons()` hold one by one: 2²⁸, so that a short string
  /// with a large size cannot exhaust the memory.
  public static let mostPixels = 1 << 28

  /// Checks that the size is possible and that the runs cover exactly height × width pixels.
  ///
  /// - Throws: `MaskError.impossibleSize` or `MaskError.runsDoNotFill` if not.
  public func validate() throws(MaskError) {
    let expected = try RunLengthMask.pixelCount(height: height, width: width)
    let found = counts.reduce(0) { $0 + Int($1) }
    guard found == expected else {
      throw .runsDoNotFill(expected: expected, found: found)
    }
  }

  /// Returns height × width, which a run of 32 bits must be able to count.
  static func pixelCount(height: Int, width: Int) throws(MaskError) -> Int {
    let (count, overflow) = height.multipliedReportingOverflow(by: width)
    guard height >= 0, width >= 0, !overflow, count <= UInt32.max else {
      throw .impossibleSize(height: height, width: width)
    }
    return count
  }

  /// Creates the mask whose value changes at `changes`, ascending positions in column order after
  /// 0.
  init(changes: [UInt32], startsSet: Bool, height: Int, width: Int) {
    var counts: [UInt32] = []
    counts.reserveCapacity(changes.count + 2)
    if startsSet { counts.append(0) }
    var previous: UInt32 = 0
    for change in changes {
      counts.append(change - previous)
      previous = change
    }
    counts.append(UInt32(height * width) - previous)
    self.init(height: height, width: width, counts: counts)
  }
}

/// The reason why a mask could not be made, read or drawn.
public enum MaskError: Error, Equatable {
  /// A compressed string ends within a number.
  case truncated
  /// A byte of a compressed string, `offset` bytes from its start, is not one of "0" … "o".
  case unexpectedByte(UInt8, offset: Int)
  /// A run of a compressed string, counted from 0, is negative or does not fit 32 bits.
  case runOutOfRange(index: Int)
  /// The runs do not cover exactly the image's pixels.
  case runsDoNotFill(expected: Int, found: Int)
  /// A size is negative or has more pixels than a run of 32 bits can count.
  case impossibleSize(height: Int, width: Int)
  /// The mask has more pixels than `RunLengthMask.mostPixels`, too many to hold one by one.
  case tooManyPixels(Int)
  /// Masks of different sizes were put together.
  case differentSizes(height: Int, width: Int, otherHeight: Int, otherWidth: Int)
  /// A coordinate is not a number or is farther away than `RunLengthMask.furthestCoordinate`.
  case coordinateOutOfRange(Double)
}

extension MaskError: CustomStringConvertible {
  /// The reason as a message.
  public var description: String {
    switch self {
    case .truncated:
      "expected another character of a run length, found the end of the counts"
    case .unexpectedByte(let byte, let offset):
      "expected a character from \"0\" to \"o\" at offset \(offset) of the counts, "
        + "found byte \(byte)"
    case .runOutOfRange(let index):
      "expected run \(index) to be between 0 and \(UInt32.max), found a number outside"
    case .runsDoNotFill(let expected, let found):
      "expected runs that cover \(expected) pixels, found \(found)"
    case .impossibleSize(let height, let width):
      "expected a height and width of at most \(UInt32.max) pixels, found \(height) × \(width)"
    case .tooManyPixels(let count):
      "expected at most \(RunLengthMask.mostPixels) pixels, found \(count)"
    case .differentSizes(let height, let width, let otherHeight, let otherWidth):
      "expected masks of one size, found \(height) × \(width) and \(otherHeight) × \(otherWidth)"
    case .coordinateOutOfRange(let coordinate):
      "expected a coordinate within ±\(Int(RunLengthMask.furthestCoordinate)) pixels, "
        + "found \(coordinate)"
    }
  }
}

/// A rectangle of whole pixels.
struct PixelWindow {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}
