/// Measures a picture's luma row by row; all of it that is kept is sums.
struct LumaSurvey {
  /// The longer side at which all but the hash is measured.
  private static let workingSide = 256

  private var width = 0
  private var histogram = LumaHistogram()
  private var differenceHash = DifferenceHash()
  private var laplacian = LaplacianVariance()
  private var detail = DetailSignature()
  private var reduction = AreaReduction()
  private var isReduced = false
  private var reducedRow: [UInt8] = []

  /// Starts over with a picture whose stored size is `width` × `height`.
  mutating func start(width: Int, height: Int, orientation: Int) {
    self.width = width
    histogram.reset()
    differenceHash.start(width: width, height: height, orientation: orientation)
    let longer = max(width, height)
    isReduced = longer > Self.workingSide
    guard isReduced else {
      detail.start(width: width, height: height, orientation: orientation)
      return laplacian.start(width: width)
    }
    let columns = Self.reduced(width, longer: longer)
    let rows = Self.reduced(height, longer: longer)
    reduction.start(width: width, height: height, columns: columns, rows: rows)
    detail.start(width: columns, height: rows, orientation: orientation)
    if reducedRow.count != columns { reducedRow = [UInt8](repeating: 0, count: columns) }
    laplacian.start(width: columns)
  }

  private static func reduced(_ side: Int, longer: Int) -> Int {
    max((side * workingSide + longer / 2) / longer, 1)
  }

  mutating func add(_ row: UnsafePointer<UInt8>) {
    differenceHash.add(row)
    guard isReduced else {
      histogram.add(row, count: width)
      detail.add(row)
      return laplacian.add(row)
    }
    let scale = 1 / Double(reduction.area)
    reduction.add(row) { sums in
      reducedRow.withUnsafeMutableBufferPointer { target in
        for x in 0..<target.count {
          let average = Double(Int64(bitPattern: sums[x])) * scale
          target[x] = UInt8(truncatingIfNeeded: Int32(average + 0.5))
        }
        guard let start = target.baseAddress else { return }
        histogram.add(start, count: target.count)
        laplacian.add(start)
        detail.add(start)
      }
    }
  }

  /// To be asked for once all rows were added.
  var measurement: LumaMeasurement {
    let totals = histogram.totals
    return LumaMeasurement(
      mean: LumaHistogram.mean(totals),
      firstPercentile: LumaHistogram.percentile(1, of: totals),
      ninetyNinthPercentile: LumaHistogram.percentile(99, of: totals),
      entropy: LumaHistogram.entropy(totals), laplacianVariance: laplacian.value,
      differenceHash: differenceHash.value, detail: detail.value)
  }
}
