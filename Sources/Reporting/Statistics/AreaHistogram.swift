import COCO
internal import Glibc

/// A histogram of the areas of objects by the side of a square of the same area: three bins from 32
/// to 96 pixels, which is COCO's medium, and the same steps on either side.
public struct AreaHistogram: Sendable, Equatable {
  /// The number of bins below 32² pixels; areas smaller than the first bin are counted in it.
  static let below = 9
  private static let all = 24

  /// The number of objects in each bin, the smallest areas first.
  public private(set) var counts = [Int](repeating: 0, count: all)

  /// Returns the area in square pixels at which bin `index` begins and ends; nil if it is open
  /// there.
  public func edges(of index: Int) -> (from: Double?, to: Double?) {
    func area(_ index: Int) -> Double {
      let side = Self.side(Double(index))
      return side * side
    }
    return (
      from: index == 0 ? nil : area(index), to: index == counts.count - 1 ? nil : area(index + 1)
    )
  }

  /// Returns the side in the middle of bin `index`, in pixels.
  func label(of index: Int) -> String {
    let side = Self.side(Double(index) + 0.5)
    return side.fixed(side < 10 ? 1 : 0)
  }

  /// Returns COCO's name for the areas of bin `index`.
  static func kind(of index: Int) -> String {
    index < below ? "small" : index < below + 3 ? "medium" : "large"
  }

  /// The bins from the first to the last that is not empty.
  var usedBins: Range<Int> {
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return 0..<0 }
    return first..<(last + 1)
  }

  /// Returns the side at which bin `index` begins, in pixels.
  private static func side(_ index: Double) -> Double {
    32 * pow(3, (index - Double(below)) / 3)
  }

  /// Adds an area of 0 square pixels or more.
  mutating func add(_ area: Double) {
    // Of the area and not of its side, whose logarithm is half as large.
    let step = (1.5 * log2(area / 1024) / log2(3)).rounded(.down)
    let place = min(max(step + Double(Self.below), 0), Double(Self.all - 1))
    counts[place.isNaN ? 0 : Int(place)] += 1
  }

  static func += (left: inout AreaHistogram, right: AreaHistogram) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}

/// The centres of boxes in parts of their image's width and height.
public struct CentreGrid: Sendable, Equatable {
  /// The number of cells along each side.
  public static let side = 24

  /// The number of boxes in each cell, row after row from the top, each from the left.
  public private(set) var counts = [Int](repeating: 0, count: side * side)

  /// The largest number in any cell.
  public var maximum: Int { counts.max() ?? 0 }

  /// Adds a centre in parts of the image's sides; one outside is counted in the outermost cells.
  mutating func add(x: Double, y: Double) {
    counts[Self.cell(y) * Self.side + Self.cell(x)] += 1
  }

  private static func cell(_ part: Double) -> Int {
    Int(min(max(part * Double(side), 0), Double(side - 1)))
  }

  static func += (left: inout CentreGrid, right: CentreGrid) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}
