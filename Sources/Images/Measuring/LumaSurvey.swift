/// A survey of an image's luma row by row, which keeps only sums.
struct LumaSurvey {
  /// The longer side at which all but the hash is measured.
  static let workingSide = 80

  private var width = 0
  private var histogram = LumaHistogram()
  private var differenceHash = DifferenceHash()
  private var sharpness = Sharpness()
  private var detail = DetailSignature()
  private var reduction = AreaReduction()
  private var isReduced = false
  private var reducedRow: [UInt8] = []

  /// Restarts with an image of `height` rows of `width` pixels.
  mutating func start(width: Int, height: Int, orientation: Int) {
    self.width = width
    histogram.reset()
    differenceHash.start(width: width, height: height, orientation: orientation)
    let longer = max(width, height)
    isReduced = longer > Self.workingSide
    guard isReduced else {
      detail.start(width: width, height: height, orientation: orientation)
      return sharpness.start(width: width)
    }
    let columns = Self.reduced(width, longer: longer)
    let rows = Self.reduced(height, longer: longer)
    reduction.start(width: width, height: height, columns: columns, rows: rows)
    detail.start(width: columns, height: rows, orientation: orientation)
    if reducedRow.count != columns { reducedRow = [UInt8](repeating: 0, count: columns) }
    sharpness.start(width: columns)
  }

  private static func reduced(_ side: Int, longer: Int) -> Int {
    max((side * workingSide + longer / 2) / longer, 1)
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    differenceHash.add(row)
    guard isReduced else {
      histogram.add(row, count: width)
      detail.add(row)
      return sharpness.add(row)
    }
    let scale = 1 / Double(reduction.area)
    reduction.add(row) { sums in
      reducedRow.withUnsafeMutableBufferPointer { target in
        for x in 0..<target.count { target[x] = Self.rounded(sums[x], scale) }
        guard let start = target.baseAddress else { return }
        histogram.add(start, count: target.count)
        sharpness.add(start)
        detail.add(start)
      }
    }
  }

  /// Returns `sum`, which is below 2⁵², times `scale`, rounded to the nearest whole number, of
  /// which it keeps eight bits.
  ///
  /// Added to 2⁵², a whole number occupies the lowest bits of a Double: unlike conversions, sums
  /// are computed several at a time. The further summand rounds halves up.
  @inline(__always)
  private static func rounded(_ sum: UInt64, _ scale: Double) -> UInt8 {
    let whole = 0x1p52
    let average = (Double(bitPattern: sum | whole.bitPattern) - whole) * scale
    return UInt8(truncatingIfNeeded: (average + 0x1p-30 + whole).bitPattern)
  }

  /// The measures, valid once all rows were added.
  var measurement: LumaMeasurement {
    let totals = histogram.totals
    return LumaMeasurement(
      mean: LumaHistogram.mean(totals),
      firstPercentile: LumaHistogram.percentile(1, of: totals),
      ninetyNinthPercentile: LumaHistogram.percentile(99, of: totals),
      entropy: LumaHistogram.entropy(totals), sharpness: sharpness.value,
      differenceHash: differenceHash.value, detail: detail.value)
  }
}
