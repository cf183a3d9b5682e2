import COCO
internal import Glibc

/// The extents of boxes, which are kept until quantiles are computed.
final class ExtentSamples {
  private let widths = StoredNumbers()
  private let heights = StoredNumbers()
  private let relativeWidths = StoredNumbers()
  private let relativeHeights = StoredNumbers()
  private let ratios = StoredNumbers()

  func reserve(_ more: Int) {
    widths.reserve(more)
    heights.reserve(more)
    relativeWidths.reserve(more)
    relativeHeights.reserve(more)
    ratios.reserve(more)
  }

  func add(_ box: Box, ratio: Double) {
    widths.append(box.width)
    heights.append(box.height)
    // Of the widest and flattest boxes there can be it may overflow.
    if ratio.isFinite { ratios.append(ratio) }
  }

  func add(relativeWidth: Double, relativeHeight: Double) {
    relativeWidths.append(relativeWidth)
    relativeHeights.append(relativeHeight)
  }

  func add(_ other: ExtentSamples) {
    widths.append(other.widths)
    heights.append(other.heights)
    relativeWidths.append(other.relativeWidths)
    relativeHeights.append(other.relativeHeights)
    ratios.append(other.ratios)
  }

  func finish() -> SplitStatistics.Extents {
    SplitStatistics.Extents(
      width: Quantiles(of: widths), height: Quantiles(of: heights),
      relativeWidth: Quantiles(of: relativeWidths),
      relativeHeight: Quantiles(of: relativeHeights), aspectRatio: Quantiles(of: ratios))
  }
}

/// The numbers of boxes by width and height in parts of their image's, in thirds of octaves from
/// 1/256 to 1.
public struct ExtentGrid: Sendable, Equatable {
  /// The number of cells along each side.
  public static let side = 24

  /// The number of boxes in each cell, row after row, the smallest height first and each row from
  /// the smallest width.
  public private(set) var counts = [Int](repeating: 0, count: side * side)

  /// The largest number in any cell.
  public var maximum: Int { counts.max() ?? 0 }

  /// Returns the part of the image's side at which cell `index` of a row or column begins.
  public static func edge(_ index: Int) -> Double {
    exp2(Double(index - side) / 3)
  }

  /// Adds extents above 0; those below 1/256 or above 1 are counted in the outermost cells.
  mutating func add(width: Double, height: Double) {
    counts[Self.cell(height) * Self.side + Self.cell(width)] += 1
  }

  private static func cell(_ part: Double) -> Int {
    Int(min(max(log2(part) * 3 + Double(side), 0), Double(side - 1)))
  }

  static func += (left: inout ExtentGrid, right: ExtentGrid) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }
}
