/// Why a mask could not be made, read or drawn.
public enum MaskError: Error, Equatable {
  /// A compressed string ends within a number.
  case truncated
  /// A byte of a compressed string, `offset` bytes from its start, is not one of "0" … "o".
  case unexpectedByte(UInt8, offset: Int)
  /// A run of a compressed string, counted from 0, is negative or does not fit 32 bits.
  case runOutOfRange(index: Int)
  /// The runs do not cover the picture's pixels.
  case runsDoNotFill(expected: Int, found: Int)
  /// A negative extent, or more pixels than a run of 32 bits can count.
  case impossibleSize(height: Int, width: Int)
  /// More pixels than `RunLengthMask.mostPixels`, too many to hold one by one.
  case tooManyPixels(Int)
  /// Masks of different sizes were put together.
  case differentSizes(height: Int, width: Int, otherHeight: Int, otherWidth: Int)
  /// A coordinate is not a number or further than `RunLengthMask.furthestCoordinate` away.
  case coordinateOutOfRange(Double)
}

extension MaskError: CustomStringConvertible {
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
