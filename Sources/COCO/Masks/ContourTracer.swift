/// A tracer that walks along the pixel edges of a mask with its pixels to the right.
///
/// Pixels lie in a grid with a border of one pixel of zeros. A corner is identified by the number
/// of the pixel to its lower right. Every step of one edge is a node, and the nodes of a walk are
/// linked to a cycle, so that a hole's cycle can be inserted into another one's.
struct ContourTracer {
  private enum Direction {
    case right, down, left, up
  }

  private let bounds: PixelWindow
  private let stride: Int
  private var pixels: [UInt8]
  /// The corner at which each node's step begins, and the node of the step after it.
  private var corners: [Int32] = []
  private var next: [Int32] = []
  /// The node of the step along each pixel's upper edge; −1 if there is none.
  private var nodeAbove: [Int32]

  init(mask: RunLengthMask, bounds: PixelWindow) {
    self.bounds = bounds
    let stride = bounds.width + 2
    self.stride = stride
    pixels = [UInt8](repeating: 0, count: stride * (bounds.height + 2))
    nodeAbove = [Int32](repeating: -1, count: pixels.count)
    pixels.withUnsafeMutableBufferPointer {
      if let first = $0.baseAddress { mask.draw(bounds, into: first + stride + 1, stride: stride) }
    }
  }

  /// Returns the rings of all parts, each with its holes joined to it.
  mutating func rings() -> [[Double]] {
    var outer: [Int] = []
    var holes: [Walk] = []
    for pixel in stride..<(pixels.count - stride)
    where pixels[pixel] != 0 && pixels[pixel - stride] == 0 && nodeAbove[pixel] < 0 {
      let walk = walk(from: pixel)
      if walk.area > 0 { outer.append(walk.firstNode) } else { holes.append(walk) }
    }
    for hole in holes { join(hole) }
    return outer.map(ring(from:))
  }

  /// One way round an outer edge (positive area in pixels) or a hole (negative).
  private struct Walk {
    var firstNode: Int
    var area = 0
    /// The node that begins at the uppermost, then leftmost corner, and the one before it.
    var topNode: Int
    var beforeTopNode: Int
  }

  /// Walks around once, beginning to the right along the upper edge of `pixel`.
  ///
  /// If two pixels touch at a corner it turns right, staying with the pixel it came along.
  private mutating func walk(from pixel: Int) -> Walk {
    let firstNode = corners.count
    var walk = Walk(firstNode: firstNode, topNode: firstNode, beforeTopNode: firstNode)
    var corner = pixel
    var direction = Direction.right
    repeat {
      let node = corners.count
      corners.append(Int32(corner))
      next.append(Int32(node + 1))
      if corner < corners[walk.topNode] { walk.topNode = node }
      switch direction {
      case .right:
        nodeAbove[corner] = Int32(node)
        walk.area -= corner / stride
        corner += 1
        direction = turn(right: corner, left: corner - stride, .down, .right, .up)
      case .down:
        corner += stride
        direction = turn(right: corner - 1, left: corner, .left, .down, .right)
      case .left:
        walk.area += corner / stride
        corner -= 1
        direction = turn(right: corner - stride - 1, left: corner - 1, .up, .left, .down)
      case .up:
        corner -= stride
        direction = turn(right: corner - stride, left: corner - stride - 1, .right, .up, .left)
      }
    } while corner != pixel || direction != .right
    next[corners.count - 1] = Int32(firstNode)
    walk.beforeTopNode = walk.topNode > firstNode ? walk.topNode - 1 : corners.count - 1
    return walk
  }

  /// Returns the direction in which to continue, given the pixels ahead to the right and to the
  /// left.
  @inline(__always)
  private func turn(
    right: Int, left: Int, _ toRight: Direction, _ ahead: Direction, _ toLeft: Direction
  ) -> Direction {
    if pixels[right] == 0 { return toRight }
    return pixels[left] == 0 ? ahead : toLeft
  }

  /// Puts a hole's cycle into that of the edge straight above its upper left corner.
  private mutating func join(_ hole: Walk) {
    var pixel = Int(corners[hole.topNode]) - stride
    while pixels[pixel - stride] != 0 { pixel -= stride }
    let above = Int(nodeAbove[pixel])
    let backAtTop = Int32(corners.count)
    corners += [corners[hole.topNode], corners[above]]
    next += [backAtTop + 1, next[above]]
    next[above] = Int32(hole.topNode)
    next[hole.beforeTopNode] = backAtTop
  }

  /// Returns the corners at which a cycle turns, as x0 y0 x1 y1 … in pixels of the image.
  private func ring(from firstNode: Int) -> [Double] {
    var ring: [Double] = []
    var node = firstNode
    // A first node begins at the upper left corner of its part, so the cycle comes from below.
    var arriving = Direction.up
    repeat {
      let corner = Int(corners[node])
      node = Int(next[node])
      let leaving = direction(from: corner, to: Int(corners[node]))
      if leaving != arriving {
        ring.append(Double(corner % stride - 1 + bounds.x))
        ring.append(Double(corner / stride - 1 + bounds.y))
      }
      arriving = leaving
    } while node != firstNode
    return ring
  }

  private func direction(from corner: Int, to next: Int) -> Direction {
    if next == corner + 1 { return .right }
    if next == corner - 1 { return .left }
    return next > corner ? .down : .up
  }
}

extension RunLengthMask {
  /// Returns the mask's outline as closed rings along the edges of its pixels.
  ///
  /// Corners are whole numbers: the pixel in column x and row y covers x … x + 1 and y … y + 1.
  /// Each part that is connected by pixels' sides is one ring, clockwise as seen on the image,
  /// ordered by the place of its upper left corner; parts that touch only at a corner are separate
  /// rings. COCO's polygons have no holes: a hole is joined to the ring around it by a bridge
  /// without width, straight up from its upper left corner, which is passed once in each direction.
  /// So a ring's shoelace area is its number of pixels, and `init(polygons:)` gives back exactly
  /// the mask, holes included. An empty mask has no rings.
  ///
  /// - Throws: A `MaskError` if the runs do not cover the image, or if more than `mostPixels`
  ///   pixels lie in the box around the mask.
  public func polygons() throws(MaskError) -> Polygons {
    try validate()
    guard let bounds else { return Polygons([]) }
    guard bounds.width * bounds.height <= RunLengthMask.mostPixels else {
      throw .tooManyPixels(bounds.width * bounds.height)
    }
    var tracer = ContourTracer(mask: self, bounds: bounds)
    return Polygons(tracer.rings())
  }
}
