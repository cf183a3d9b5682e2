import COCO
public import Images

/// A drawing of objects on an image: masks are translucent, boxes have a dark or light rim that is
/// visible on any ground, and labels lie on top, beside one another as far as there is room.
public struct ObjectDrawing: Sendable {
  /// Whether the objects' labels are drawn.
  public var showsLabels = true
  /// The pixels of the canvas for each pixel of the objects' coordinates, across and down.
  public var scale = (x: 1.0, y: 1.0)

  /// A drawing of everything, in the canvas's own pixels.
  public init() {}

  /// Draws the objects, faint ones first; all sizes follow the canvas's.
  public func draw(_ objects: [DrawnObject], on canvas: inout Canvas) {
    let sizes = DrawingSizes(width: canvas.width, height: canvas.height)
    let ordered =
      objects.filter { $0.emphasis == .faint } + objects.filter { $0.emphasis != .faint }
    let paths = ordered.map { $0.outline.map { path(of: $0) } }
    for (object, path) in zip(ordered, paths) {
      guard let path else { continue }
      let isFaint = object.emphasis == .faint
      canvas.fill(path, object.colour, opacity: isFaint ? 0.15 : 0.38)
    }
    for (object, path) in zip(ordered, paths) {
      let line = sizes.line(of: object)
      if let path { canvas.stroke(path, object.colour, thickness: max(line * 0.7, 1)) }
      if let box = object.box, box.hasFiniteEdges {
        draw(box, of: object, thickness: path == nil ? line : max(line * 0.6, 1), on: &canvas)
      }
      drawKeypoints(of: object, thickness: line, on: &canvas)
    }
    guard showsLabels else { return }
    var placement = LabelPlacement(
      width: canvas.width, height: canvas.height, size: sizes.text)
    for (object, path) in zip(ordered, paths) {
      guard let text = object.label, !text.isEmpty else { continue }
      guard let box = frame(of: object, path) else { continue }
      placement.add(text, object.colour, around: box, isStrong: object.emphasis == .strong)
    }
    placement.draw(on: &canvas)
  }

  private func draw(
    _ box: Box, of object: DrawnObject, thickness: Double, on canvas: inout Canvas
  ) {
    let thickness = thickness.rounded()
    let box = scaled(box).crisp(thickness: thickness)
    if object.emphasis != .faint {
      let rim = object.colour.textColour
      // A little white is as much as a lot of black.
      canvas.strokeBox(
        x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, rim, thickness: thickness + 2,
        opacity: rim == .white ? 0.15 : 0.4)
    }
    canvas.strokeBox(
      x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, object.colour, thickness: thickness)
  }

  private func drawKeypoints(
    of object: DrawnObject, thickness: Double, on canvas: inout Canvas
  ) {
    guard let keypoints = object.keypoints else { return }
    let points = stride(from: 0, to: keypoints.count - 2, by: 3).map { index -> Point? in
      let point = Point(x: keypoints[index] * scale.x, y: keypoints[index + 1] * scale.y)
      let isShown = keypoints[index + 2] > 0 && point.x.isFinite && point.y.isFinite
      return isShown ? point : nil
    }
    var lines = VectorPath()
    for line in object.skeleton where line.start < points.count && line.end < points.count {
      guard let start = points[line.start], let end = points[line.end] else { continue }
      lines.addLine(from: start, to: end, thickness: thickness)
    }
    canvas.fill(lines, object.colour)
    let radius = thickness * 1.5
    for (radius, colour) in [(radius + 1, Colour.white), (radius, object.colour)] {
      var dots = VectorPath()
      for point in points.compactMap(\.self) { dots.addCircle(at: point, radius: radius) }
      canvas.fill(dots, colour)
    }
  }

  /// Returns the frame for an object's label: its box, or else the extent of its other shapes.
  private func frame(of object: DrawnObject, _ path: VectorPath?) -> Box? {
    if let box = object.box, box.hasFiniteEdges { return scaled(box) }
    var points = path?.rings.flatMap(\.self) ?? []
    let keypoints = object.keypoints ?? []
    for index in stride(from: 0, to: keypoints.count - 2, by: 3) where keypoints[index + 2] > 0 {
      points.append(Point(x: keypoints[index] * scale.x, y: keypoints[index + 1] * scale.y))
    }
    let (xs, ys) = (points.map(\.x).filter(\.isFinite), points.map(\.y).filter(\.isFinite))
    guard let x0 = xs.min(), let x1 = xs.max(), let y0 = ys.min(), let y1 = ys.max() else {
      return nil
    }
    return Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }

  private func scaled(_ box: Box) -> Box {
    let box = box.sorted
    return Box(
      x: box.x * scale.x, y: box.y * scale.y, width: box.width * scale.x,
      height: box.height * scale.y)
  }

  /// Returns the rings of an outline, all in the same direction so that each adds to the others, as
  /// in COCO; run lengths that cannot be read have none.
  private func path(of outline: Segmentation) -> VectorPath {
    var path = VectorPath()
    let polygons =
      switch outline {
      case .polygons(let polygons): polygons
      case .runLengths(let mask), .compressedRunLengths(let mask):
        (try? mask.polygons()) ?? Polygons([])
      }
    polygons.forEachRing { ring in
      let corners = stride(from: 0, to: ring.count - 1, by: 2).map {
        Point(x: ring[$0] * scale.x, y: ring[$0 + 1] * scale.y)
      }
      path.add(Self.turnsRight(corners) ? corners : corners.reversed())
    }
    return path
  }

  /// Returns whether a ring's area is on the right of its corners.
  private static func turnsRight(_ ring: [Point]) -> Bool {
    guard var before = ring.last else { return true }
    var area = 0.0
    for corner in ring {
      area += before.x * corner.y - corner.x * before.y
      before = corner
    }
    return area >= 0
  }
}

extension Box {
  /// Returns the box moved by less than a pixel, so that lines around it cover whole pixels.
  fileprivate func crisp(thickness: Double) -> Box {
    func crisp(_ edge: Double) -> Double { (edge - thickness / 2).rounded() + thickness / 2 }
    return Box(x0: crisp(x0), y0: crisp(y0), x1: crisp(x1), y1: crisp(y1))
  }
}

/// The width of lines and the size of letters on a canvas.
public struct DrawingSizes: Sendable {
  /// The width of lines in pixels.
  public let line: Double
  /// The size of letters, pixels.
  public let text: Double

  /// Creates the sizes for a canvas of this size in pixels.
  public init(width: Int, height: Int) {
    let side = (Double(width) * Double(height)).squareRoot()
    line = min(max(side / 260, 1.6), 12)
    text = min(max((side / 42).rounded(), 11), 80)
  }

  func line(of object: DrawnObject) -> Double {
    switch object.emphasis {
    case .faint: max(line * 0.6, 1)
    case .normal: line
    case .strong: line * 1.6
    }
  }
}
