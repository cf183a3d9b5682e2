import COCO

/// The extents of boxes, each kept until quantiles are taken.
struct ExtentSamples {
  private var widths: [Double] = []
  private var heights: [Double] = []
  private var relativeWidths: [Double] = []
  private var relativeHeights: [Double] = []
  private var ratios: [Double] = []

  mutating func reserve(_ more: Int) {
    widths.reserveCapacity(widths.count + more)
    heights.reserveCapacity(heights.count + more)
    relativeWidths.reserveCapacity(relativeWidths.count + more)
    relativeHeights.reserveCapacity(relativeHeights.count + more)
    ratios.reserveCapacity(ratios.count + more)
  }

  mutating func add(_ box: Box, ratio: Double) {
    widths.append(box.width)
    heights.append(box.height)
    // Of the widest and flattest boxes there can be it may overflow.
    if ratio.isFinite { ratios.append(ratio) }
  }

  mutating func add(relativeWidth: Double, relativeHeight: Double) {
    relativeWidths.append(relativeWidth)
    relativeHeights.append(relativeHeight)
  }

  mutating func add(_ other: ExtentSamples) {
    widths += other.widths
    heights += other.heights
    relativeWidths += other.relativeWidths
    relativeHeights += other.relativeHeights
    ratios += other.ratios
  }

  consuming func finish() -> SplitStatistics.Extents {
    SplitStatistics.Extents(
      width: Quantiles(of: &widths), height: Quantiles(of: &heights),
      relativeWidth: Quantiles(of: &relativeWidths),
      relativeHeight: Quantiles(of: &relativeHeights), aspectRatio: Quantiles(of: &ratios))
  }
}
