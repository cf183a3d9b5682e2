import Datasets
import Images

/// Draws a picture of a set, or several views of it side by side.
struct PictureRendering: Sendable {
  static let paper = Colour.white
  static let print = Colour(red: 45, green: 45, blue: 45)

  /// Returns the pixels between views that stand side by side.
  static func gap(between views: Int) -> Int { views > 1 ? 8 : 0 }

  let subject: any DrawnSubject
  /// Whether pictures are turned as EXIF asks.
  let isUpright: Bool
  let showsLabels: Bool

  /// Returns the picture at a path with its views side by side, and the number of objects in them.
  ///
  /// - Parameters:
  ///   - frame: the width and height that all has to fit into, pixels; nil for the picture's own size.
  ///   - isAnnotated: whether titles and the legend are written beside the views.
  func render(
    _ picture: PictureReference, path: String, within frame: (width: Int, height: Int)?,
    isAnnotated: Bool
  ) throws(ImageError) -> (picture: Bitmap, objects: Int) {
    let panels = subject.panels(of: picture)
    let gap = Self.gap(between: panels.count)
    let views = frame.map {
      (width: max(($0.width - gap * (panels.count - 1)) / panels.count, 1), height: $0.height)
    }
    let shown = try ShownPicture(path: path, isUpright: isUpright, within: views)
    var drawing = ObjectDrawing()
    drawing.showsLabels = showsLabels
    drawing.scale = shown.scale
    let drawn = panels.map { panel in
      var canvas = Canvas(shown.bitmap)
      drawing.draw(panel.objects, on: &canvas)
      return canvas.bitmap
    }
    let objects = panels.reduce(0) { $0 + $1.objects.count }
    guard drawn.count > 1 else { return (drawn[0], objects) }
    return (page(drawn, panels.map { isAnnotated ? $0.title ?? "" : "" }, gap: gap), objects)
  }

  /// Lays views side by side, each under its title, over the legend.
  private func page(_ views: [Bitmap], _ titles: [String], gap: Int) -> Bitmap {
    let (width, height) = (views[0].width, views[0].height)
    let size = DrawingSizes(width: width, height: height).text
    let pageWidth = views.count * (width + gap) - gap
    let isTitled = titles.contains { !$0.isEmpty }
    let head = isTitled ? Int(size * 2) : 0
    let legend = isTitled ? Legend(subject.legend, size: size, width: pageWidth) : nil
    var page = Canvas(
      width: pageWidth, height: head + height + (legend?.height ?? 0), colour: Self.paper)
    for (index, view) in views.enumerated() {
      let left = index * (width + gap)
      page.place(view, column: left, row: head)
      let line = TextLine(titles[index], size: size, limit: Double(width) - size)
      page.draw(line, at: Point(x: Double(left) + size / 2, y: size * 1.4), Self.print)
    }
    legend?.draw(on: &page, top: head + height)
    return page.bitmap
  }
}

/// What colours mean, in as many lines as it takes.
struct Legend {
  private let size: Double
  private var entries: [(colour: Colour, line: TextLine, x: Double, row: Int)] = []

  init(_ meanings: [(colour: Colour, text: String)], size: Double, width: Int) {
    self.size = size
    var (x, row) = (size / 2, 0)
    for meaning in meanings {
      let line = TextLine(meaning.text, size: size, limit: Double(width) - 2.5 * size)
      if x > size, x + line.width + 1.5 * size > Double(width) { (x, row) = (size / 2, row + 1) }
      entries.append((meaning.colour, line, x, row))
      x += line.width + 3 * size
    }
  }

  /// Pixels; 0 where nothing is to be told.
  var height: Int { entries.last.map { Int(Double($0.row + 1) * size * 1.6 + size * 0.4) } ?? 0 }

  func draw(on canvas: inout Canvas, top: Int) {
    for entry in entries {
      let baseline = Double(top) + (Double(entry.row) + 0.9) * size * 1.6
      var swatch = VectorPath()
      swatch.addRounded(
        x0: entry.x, y0: baseline - size * 0.8, x1: entry.x + size, y1: baseline + size * 0.2,
        radius: size * 0.15)
      canvas.fill(swatch, entry.colour)
      canvas.draw(
        entry.line, at: Point(x: entry.x + size * 1.4, y: baseline), PictureRendering.print)
    }
  }
}
