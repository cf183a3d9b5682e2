import Images

/// The grey levels between shapes and background in a smoothed edge: many values, each of which
/// lies between the next lower and the next higher one, while those of objects lie side by side.
struct SoftEdges {
  /// The levels that fill areas; what lies between them is their edges.
  let cores: [UInt32]
  /// The number of values except 0.
  let valueCount: Int

  /// Examines a mask; nil if its edges are sharp.
  init?(_ image: LabelImage) {
    guard image.kind != .palette else { return nil }
    let levels = Levels(image)
    let edges = levels.edges
    guard levels.all.count >= 3, edges.count >= 2, edges.count * 2 >= levels.all.count,
      !levels.flat.isEmpty, levels.betweenCount * 4 >= levels.edgePixelCount * 3
    else { return nil }
    // Slow slopes have plateaus near their ends, which are no levels of their own.
    let top = levels.all.max() ?? 0
    let largest = levels.flat.map(\.pixels).max() ?? 0
    var cores: [UInt32] = []
    for level in levels.flat.sorted(by: { $0.value > $1.value })
    where level.value * 10 > top && level.pixels * 20 >= largest {
      if let last = cores.last, (last - level.value) * 10 <= top { continue }
      cores.append(level.value)
    }
    guard !cores.isEmpty else { return nil }
    self.cores = cores
    valueCount = levels.all.count
  }

  /// Returns 1 for what is at least half as bright as the shapes, else 0.
  func shape(_ value: UInt32) -> UInt32 {
    // Of colours that are grey each part is the level.
    value * 2 > (cores.first ?? 0) ? 1 : 0
  }
}

/// The neighbourhood of a mask's values.
private struct Levels {
  struct Level {
    let value: UInt32
    let pixels: Int
  }

  private(set) var all: [UInt32] = []
  /// The values that fill areas: a quarter of their pixels have only their like around them.
  private(set) var flat: [Level] = []
  private(set) var edges: Set<UInt32> = []
  /// The number of pixels of `edges`, and of those among them that have a lower and a higher
  /// neighbour.
  private(set) var edgePixelCount = 0
  private(set) var betweenCount = 0

  init(_ image: LabelImage) {
    let pixels = image.pixelCounts
    // Objects are of like sizes; the levels of an edge are small beside the shape.
    all = Array(pixels.keys)
    let sizes = pixels.values.sorted()
    guard all.count >= 3, let largest = sizes.last, sizes[sizes.count / 2] * 4 < largest,
      image.kind == .grey || all.allSatisfy({ $0 == $0 & 255 * 0x01_0101 })
    else { return }
    var inner: [UInt32: Int] = [:]
    var between: [UInt32: Int] = [:]
    Self.visit(image) { value, isInner, isBetween in
      if isInner { inner[value, default: 0] += 1 }
      if isBetween { between[value, default: 0] += 1 }
    }
    for (value, count) in pixels {
      if inner[value, default: 0] * 4 >= count {
        flat.append(Level(value: value, pixels: count))
      } else {
        edges.insert(value)
        edgePixelCount += count
        betweenCount += between[value, default: 0]
      }
    }
  }

  /// Calls `body` with each value but 0, whether its neighbours are all of it, and whether some are
  /// lower and some higher.
  private static func visit(_ image: LabelImage, _ body: (UInt32, Bool, Bool) -> Void) {
    let (width, height) = (image.width, image.height)
    image.values.withUnsafeBufferPointer { values in
      for y in 0..<height {
        for x in 0..<width {
          let value = values[y * width + x]
          guard value != 0 else { continue }
          var isLower = false
          var isHigher = false
          for row in max(y - 1, 0)...min(y + 1, height - 1) {
            for column in max(x - 1, 0)...min(x + 1, width - 1) {
              let other = values[row * width + column]
              if other < value { isLower = true }
              if other > value { isHigher = true }
            }
          }
          body(value, !isLower && !isHigher, isLower && isHigher)
        }
      }
    }
  }
}

extension LabelImage {
  /// The number of pixels of each value but 0.
  var pixelCounts: [UInt32: Int] {
    var counts: [UInt32: Int] = [:]
    values.withUnsafeBufferPointer { values in
      var start = 0
      // Most pixels are like the one before: a run is looked up once.
      while start < values.count {
        var end = start + 1
        while end < values.count, values[end] == values[start] { end += 1 }
        if values[start] != 0 { counts[values[start], default: 0] += end - start }
        start = end
      }
    }
    return counts
  }
}
