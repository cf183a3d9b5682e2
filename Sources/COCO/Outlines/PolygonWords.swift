/// Polygons in memory, beginning with their head; valid as long as the owner of the words lives.
/// Reading them counts no references, which all cores working on annotations of one file would have
/// to do in turn.
///
/// The words are a head, which is four times the number of rings plus the form, the number of
/// coordinates in each ring, and the coordinates in their form.
struct PolygonWords {
  /// The form of the coordinates. Those that were written with at most two decimals, as in nearly
  /// all files, are hundredths of a pixel.
  enum Form: Int32 {
    /// A word each.
    case hundredths
    /// Two words each.
    case doubles
    /// Half a word each, relative to the least x and the least y, which precede them as a word
    /// each: for outlines less than 655.36 px wide and high, which then take half the room.
    case shortHundredths
  }

  let head: UnsafePointer<Int32>

  /// The polygons that begin at `start` among `words`.
  init(_ words: UnsafeBufferPointer<Int32>, start: Int) {
    guard let first = words.baseAddress else { fatalError("polygons have a head") }
    head = first + start
  }

  /// The number of rings.
  var count: Int { Int(head.pointee >> 2) }
  var form: Form { Form(rawValue: head.pointee & 3) ?? .hundredths }

  /// The coordinates of a ring as they are held, short ones as hundredths.
  enum Ring {
    case hundredths(UnsafeBufferPointer<Int32>)
    case doubles(UnsafeBufferPointer<Double>)
  }

  /// Calls `body` with each ring in turn, as it is held.
  @inline(__always)
  func forEachRing(_ body: (Ring) throws -> Void) rethrows {
    switch form {
    case .shortHundredths: try forEachShortRing(body)
    case .hundredths:
      var words = coordinates
      for length in lengths.lazy.map(Int.init) {
        try body(.hundredths(UnsafeBufferPointer(start: words, count: length)))
        words += length
      }
    case .doubles:
      var words = coordinates
      for length in lengths.lazy.map(Int.init) {
        try Self.withDecoded(
          length, { Double(words: words[2 * $0], words[2 * $0 + 1]) }, { try body(.doubles($0)) })
        words += 2 * length
      }
    }
  }

  @inline(__always)
  private func forEachShortRing(_ body: (Ring) throws -> Void) rethrows {
    let (x, y) = (coordinates[0], coordinates[1])
    var halves = UnsafeRawPointer(coordinates + 2).assumingMemoryBound(to: UInt16.self)
    for length in lengths.lazy.map(Int.init) {
      try Self.withDecoded(
        length, { Int32(halves[$0]) &+ ($0 & 1 == 0 ? x : y) }, { try body(.hundredths($0)) })
      halves += length
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

  /// All words of the polygons.
  var words: UnsafeBufferPointer<Int32> {
    let numbers = lengths.reduce(0) { $0 + Int($1) }
    let held =
      switch form {
      case .hundredths: numbers
      case .doubles: 2 * numbers
      case .shortHundredths: 2 + (numbers + 1) / 2
      }
    return UnsafeBufferPointer(start: head, count: 1 + count + held)
  }

  /// Whether all coordinates are finite.
  var isFinite: Bool {
    if form != .doubles { return true }
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

  private var coordinates: UnsafePointer<Int32> { head + 1 + count }

  @inline(__always)
  private static func withDecoded<Number: BitwiseCopyable>(
    _ count: Int, _ coordinate: (Int) -> Number,
    _ body: (UnsafeBufferPointer<Number>) throws -> Void
  ) rethrows {
    try withUnsafeTemporaryAllocation(of: Number.self, capacity: count) { decoded in
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
