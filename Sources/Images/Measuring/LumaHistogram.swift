import Glibc

/// The number of pixels with each of the 256 values, and the measures that follow from it.
struct LumaHistogram {
  /// The counts of four histograms one after the other, which neighbouring pixels use in turn, so
  /// that equal ones need not wait for each other's count.
  private var counts = [UInt32](repeating: 0, count: 1024)

  mutating func reset() {
    for index in counts.indices { counts[index] = 0 }
  }

  mutating func add(_ row: UnsafePointer<UInt8>, count: Int) {
    counts.withUnsafeMutableBufferPointer { counts in
      var x = 0
      while x + 4 <= count {
        counts[Int(row[x])] &+= 1
        counts[Int(row[x + 1]) + 256] &+= 1
        counts[Int(row[x + 2]) + 512] &+= 1
        counts[Int(row[x + 3]) + 768] &+= 1
        x += 4
      }
      while x < count {
        counts[Int(row[x])] &+= 1
        x += 1
      }
    }
  }

  /// The 256 counts, once all rows were added.
  var totals: [Int] {
    (0..<256).map { value in
      stride(from: value, to: 1024, by: 256).reduce(0) { $0 + Int(counts[$1]) }
    }
  }

  static func mean(_ totals: [Int]) -> Double {
    let sum = totals.indices.reduce(0) { $0 + $1 * totals[$1] }
    return Double(sum) / Double(totals.reduce(0, +))
  }

  /// Returns the least value that at least `percent` % of all do not exceed.
  static func percentile(_ percent: Int, of totals: [Int]) -> UInt8 {
    let all = totals.reduce(0, +)
    var upTo = 0
    for (value, count) in totals.enumerated() {
      upTo += count
      if upTo * 100 >= all * percent { return UInt8(value) }
    }
    return 255
  }

  /// Returns the entropy in bits: Σ −p log₂ p.
  static func entropy(_ totals: [Int]) -> Double {
    let all = Double(totals.reduce(0, +))
    let sum = totals.reduce(0.0) { sum, count in
      count == 0 ? sum : sum + Double(count) * log2(all / Double(count))
    }
    return sum / all
  }
}
