import COCO

/// The small images of a page, each of which is stored in it once, with all objects drawn faintly,
/// and referred to by every finding that shows it.
struct PictureStore {
  /// An image as the markup needs it.
  struct Symbol {
    var id: String
    var width: Int
    var height: Int
    /// The content as markup.
    var content: String
  }

  /// The most objects that are drawn behind a finding's own.
  private static let mostFaint = 200
  /// The most bytes for faint objects of an image, each of which is in the page twice.
  private static let mostFaintBytes = 12_000

  let datasets: [Dataset]
  let symbols: [Symbol]
  private let pictures: [RecordReference: PagePictures.Picture]
  private let ids: [RecordReference: String]

  init(_ pictures: PagePictures, of datasets: [Dataset]) {
    self.datasets = datasets
    self.pictures = pictures.pictures
    let ordered = pictures.pictures.keys.sorted {
      ($0.dataset, $0.index) < ($1.dataset, $1.index)
    }
    let objects = Self.objects(on: ordered, of: datasets)
    var ids: [RecordReference: String] = [:]
    var symbols: [Symbol] = []
    for image in ordered {
      guard case .jpeg(let bytes, let width, let height, let scale)? = pictures.pictures[image]
      else { continue }
      let id = "p\(symbols.count)"
      ids[image] = id
      let annotations = (objects[image] ?? []).prefix(Self.mostFaint).map {
        datasets[image.dataset].annotations[$0]
      }
      symbols.append(
        Symbol(
          id: id, width: width, height: height,
          content: """
            <image width="\(width)" height="\(height)" \
            href="data:image/jpeg;base64,\(Base64.text(of: bytes))"/>
            """ + Self.faint(annotations, ShapeMarkup(scale: scale))))
    }
    self.ids = ids
    self.symbols = symbols
  }

  /// Returns the indices of the annotations of each of the images; if two share an id, the first
  /// has them.
  private static func objects(
    on images: [RecordReference], of datasets: [Dataset]
  ) -> [RecordReference: [Int]] {
    var objects: [RecordReference: [Int]] = [:]
    for (place, dataset) in datasets.enumerated() {
      var byID: [Int: RecordReference] = [:]
      for image in images.reversed() where image.dataset == place {
        byID[dataset.images[image.index].id] = image
      }
      guard !byID.isEmpty else { continue }
      for index in dataset.annotations.indices {
        guard let image = byID[dataset.annotations[index].imageID] else { continue }
        objects[image, default: []].append(index)
      }
    }
    return objects
  }

  private static func faint(_ annotations: [Annotation], _ shapes: ShapeMarkup) -> String {
    var (lines, dots) = ("", "")
    for annotation in annotations {
      guard lines.utf8.count + dots.utf8.count < mostFaintBytes else { break }
      if let outline = annotation.segmentation {
        lines += shapes.path(of: outline)
      } else if let box = annotation.box {
        lines += shapes.path(of: box)
      }
      if let keypoints = annotation.keypoints { dots += shapes.path(ofKeypoints: keypoints) }
    }
    return stroke(lines, kind: "faint") + stroke(dots, kind: "faint dots")
  }

  /// Returns a path with a dark rim that is visible on any ground.
  private static func stroke(_ path: String, kind: String) -> String {
    guard !path.isEmpty else { return "" }
    let isDots = kind.hasSuffix("dots")
    let rim = isDots ? "" : "<path class=\"shade\" d=\"\(path)\"/>"
    return "\(rim)<path class=\"\(kind)\" d=\"\(path)\"/>"
  }

  /// A highlighted object on an image.
  struct Mark {
    /// A class of the style sheet: `fault`, `missed`, `false`.
    var kind: String
    var box: Box?
    var outline: Segmentation?
    var keypoints: [Double]?
  }

  /// Returns the markup of an image with its highlighted objects; a box with the reason if the
  /// image cannot be shown, and nothing if none was made.
  ///
  /// - Parameter words: The description of the image for readers who do not see it.
  func drawing(of image: RecordReference?, _ marks: [Mark], words: String) -> String {
    guard let image, let picture = pictures[image] else { return "" }
    let label = MarkupEscaping.escape(words)
    switch picture {
    case .unreadable(let reason):
      return "<div class=\"absent\">\(MarkupEscaping.escape(reason.printable))</div>"
    case .jpeg(_, let width, let height, let scale):
      let shapes = ShapeMarkup(scale: scale)
      let frame = Self.frame(width, height, around: marks.compactMap(\.box).map(shapes.scaled))
      let size = [frame.x, frame.y, frame.width, frame.height].map { $0.brief(0) }
      return """
        <svg class="thumb" viewBox="\(size.joined(separator: " "))" role="img" \
        aria-label="\(label)"><use href="#\(ids[image] ?? "")" width="\(width)" height="\(height)"/>
        """ + marks.map { Self.markup(of: $0, shapes) }.joined() + "</svg>"
    }
  }

  private static func markup(of mark: Mark, _ shapes: ShapeMarkup) -> String {
    var text = ""
    if let outline = mark.outline {
      text += "<path class=\"\(mark.kind) outline\" d=\"\(shapes.path(of: outline))\"/>"
    }
    if let box = mark.box { text += stroke(shapes.path(of: box), kind: mark.kind) }
    if let keypoints = mark.keypoints {
      text += stroke(shapes.path(ofKeypoints: keypoints), kind: "\(mark.kind) dots")
    }
    return text + ring(around: mark.box.map(shapes.scaled))
  }

  /// Returns a circle that points to a box too small to be seen.
  private static func ring(around box: Box?) -> String {
    guard let box, box.hasFiniteEdges, max(box.width, box.height) < 10 else { return "" }
    let (x, y) = ((box.x + box.width / 2).brief(1), (box.y + box.height / 2).brief(1))
    return "<circle class=\"ring\" cx=\"\(x)\" cy=\"\(y)\" r=\"14\"/>"
  }

  /// Returns the image's frame with as much around it, up to half of its sides, as boxes reach
  /// beyond it.
  private static func frame(_ width: Int, _ height: Int, around boxes: [Box]) -> Box {
    let (width, height) = (Double(width), Double(height))
    let finite = boxes.filter(\.hasFiniteEdges)
    func least(_ values: [Double], _ side: Double) -> Double {
      let low = values.min() ?? 0
      return low < 0 ? max(low - 4, -side / 2) : 0
    }
    func most(_ values: [Double], _ side: Double) -> Double {
      let high = values.max() ?? side
      return high > side ? min(high + 4, side * 3 / 2) : side
    }
    return Box(
      x0: least(finite.map(\.x0), width), y0: least(finite.map(\.y0), height),
      x1: most(finite.map(\.x1), width), y1: most(finite.map(\.y1), height))
  }
}

/// The encoding of bytes as text by RFC 4648.
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(of bytes: [UInt8]) -> String {
    let count = (bytes.count + 2) / 3 * 4
    return String(unsafeUninitializedCapacity: count) { text in
      var place = 0
      for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = bytes[start..<min(start + 3, bytes.count)]
        var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
        for letter in (0..<4).reversed() {
          text[place + letter] =
            letter <= group.count ? letters[bits & 63] : UInt8(ascii: "=")
          bits >>= 6
        }
        place += 4
      }
      return count
    }
  }
}
