extension PolygonWords {
  /// Adds what stands before the coordinates of rings of these lengths.
  static func appendHead(_ form: Form, lengths: [Int], to words: inout [Int32]) {
    appendHead(form, rings: lengths.count, to: &words)
    for length in lengths { words.append(Int32(length)) }
  }

  /// Adds the head alone.
  static func appendHead(_ form: Form, rings: Int, to words: inout [Int32]) {
    words.append(Int32(rings) << 2 | form.rawValue)
  }
}

/// The extent of corners in hundredths, which decides whether half a word suffices for each
/// coordinate.
struct HundredthsExtent {
  /// Four corners at a time: x and y in turn.
  typealias Corners = SIMD8<Int32>

  private var least = Corners(repeating: .max)
  private var most = Corners(repeating: .min)
  /// The number of coordinates.
  private(set) var count = 0

  mutating func add(_ ring: UnsafeBufferPointer<Int32>) {
    count += ring.count
    guard let numbers = ring.baseAddress else { return }
    var index = 0
    while index + Corners.scalarCount <= ring.count {
      let corners = UnsafeRawPointer(numbers + index).loadUnaligned(as: Corners.self)
      least = pointwiseMin(least, corners)
      most = pointwiseMax(most, corners)
      index += Corners.scalarCount
    }
    while index < ring.count {
      least[index & 1] = min(least[index & 1], numbers[index])
      most[index & 1] = max(most[index & 1], numbers[index])
      index += 1
    }
  }

  /// The least x.
  var left: Int32 { least.evenHalf.min() }
  /// The least y; meaningless if there are no coordinates.
  var top: Int32 { least.oddHalf.min() }

  /// Whether coordinates that are counted from the least ones fit into half a word, and that saves
  /// anything.
  var isShort: Bool {
    guard count > 4 else { return false }
    let width = Int(most.evenHalf.max()) - Int(left)
    let height = Int(most.oddHalf.max()) - Int(top)
    return max(width, height) <= Int(UInt16.max)
  }

  /// Writes a ring's coordinates, counted from the least ones, to `halves`.
  static func shorten(
    _ ring: UnsafeBufferPointer<Int32>, from left: Int32, _ top: Int32,
    to halves: UnsafeMutablePointer<UInt16>
  ) {
    guard let numbers = ring.baseAddress else { return }
    let origin = Corners(left, top, left, top, left, top, left, top)
    var index = 0
    while index + Corners.scalarCount <= ring.count {
      let corners = UnsafeRawPointer(numbers + index).loadUnaligned(as: Corners.self)
      UnsafeMutableRawPointer(halves + index).storeBytes(
        of: SIMD8<UInt16>(truncatingIfNeeded: corners &- origin), as: SIMD8<UInt16>.self)
      index += Corners.scalarCount
    }
    while index < ring.count {
      halves[index] = UInt16(truncatingIfNeeded: numbers[index] &- origin[index & 1])
      index += 1
    }
  }
}
