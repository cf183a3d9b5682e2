/// Polygons as they stand in memory, beginning with their head: valid as long as those whose words
/// they are. Looking at them counts no references, which all cores would have to do in turn where
/// they work on annotations of one file.
struct PolygonWords {
  let head: UnsafePointer<Int32>

  /// The number of rings.
  var count: Int { Int(head.pointee >> 1) }
  var holdsHundredths: Bool { head.pointee & 1 == 0 }

  /// The coordinates of a ring as they are held.
  enum Ring {
    case hundredths(UnsafeBufferPointer<Int32>)
    case doubles(UnsafeBufferPointer<Double>)
  }

  /// Calls `body` with each ring in turn, as it is held.
  func forEachRing(_ body: (Ring) throws -> Void) rethrows {
    var words = head + 1 + count
    for length in lengths.lazy.map(Int.init) {
      if holdsHundredths {
        try body(.hundredths(UnsafeBufferPointer(start: words, count: length)))
        words += length
      } else {
        try Self.withDecoded(
          length, { Double(words: words[2 * $0], words[2 * $0 + 1]) }, { try body(.doubles($0)) })
        words += 2 * length
      }
    }
  }

  /// Calls `body` with the coordinates of each ring in turn.
  func forEachDecodedRing(_ body: (UnsafeBufferPointer<Double>) throws -> Void) rethrows {
    try forEachRing { ring in
      switch ring {
      case .hundredths(let hundredths):
        try Self.withDecoded(hundredths.count, { Double(hundredths[$0]) / 100 }, body)
      case .doubles(let coordinates): try body(coordinates)
      }
    }
  }

  /// All of them, where they hold hundredths.
  var words: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: head, count: 1 + count + lengths.reduce(0) { $0 + Int($1) })
  }

  /// Whether all coordinates are finite.
  var isFinite: Bool {
    if holdsHundredths { return true }
    // The largest exponent tells, and is found many at a time.
    let exponents: UInt64 = 0x7FF0_0000_0000_0000
    var largest: UInt64 = 0
    forEachDecodedRing { ring in
      for coordinate in ring { largest = max(largest, coordinate.bitPattern & exponents) }
    }
    return largest < exponents
  }

  private var lengths: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: head + 1, count: count)
  }

  private static func withDecoded(
    _ count: Int, _ coordinate: (Int) -> Double,
    _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) rethrows {
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { decoded in
      for index in 0..<count { decoded.initializeElement(at: index, to: coordinate(index)) }
      try body(UnsafeBufferPointer(decoded))
    }
  }
}

extension Double {
  fileprivate init(words low: Int32, _ high: Int32) {
    self.init(bitPattern: UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) << 32)
  }
}
