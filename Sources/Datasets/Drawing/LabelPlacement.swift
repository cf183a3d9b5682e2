import COCO
import Images

/// A placement of labels so that none lies outside the image or over another one.
///
/// Larger objects choose first. If all places that a label may have are taken, it is drawn in
/// smaller letters, and then left out, as it is once labels cover a fifth of the image: the colour
/// still shows the category. A label of an emphasised object may be farther away.
struct LabelPlacement {
  private struct Wish {
    let text: String
    let colour: Colour
    let box: Box
    let isStrong: Bool
  }

  /// A label in its place.
  struct Chip {
    let line: TextLine
    let colour: Colour
    let frame: Box
  }

  private let width: Double
  private let height: Double
  private let size: Double
  private var wishes: [Wish] = []

  /// Creates a placement.
  ///
  /// - Parameters:
  ///   - width: The width of the image in pixels, as is `height`.
  ///   - size: The size of letters if there is room.
  init(width: Int, height: Int, size: Double) {
    (self.width, self.height) = (Double(width), Double(height))
    self.size = size
  }

  mutating func add(_ text: String, _ colour: Colour, around box: Box, isStrong: Bool) {
    // What lies outside of the picture is labelled at its edge.
    let (x0, x1) = (min(max(box.x0, 0), width), min(max(box.x1, 0), width))
    let (y0, y1) = (min(max(box.y0, 0), height), min(max(box.y1, 0), height))
    let visible = Box(x0: x0, y0: y0, x1: x1, y1: y1)
    wishes.append(Wish(text: text, colour: colour, box: visible, isStrong: isStrong))
  }

  func draw(on canvas: inout Canvas) {
    for chip in chips() {
      let frame = chip.frame
      var path = VectorPath()
      path.addRounded(
        x0: frame.x0, y0: frame.y0, x1: frame.x1, y1: frame.y1, radius: frame.height * 0.15)
      canvas.fill(path, chip.colour)
      let line = chip.line
      let baseline = frame.y0 + (frame.height + line.ascent - line.descent) / 2
      canvas.draw(
        line, at: Point(x: frame.x0 + line.size * 0.3, y: baseline), chip.colour.textColour)
    }
  }

  /// Returns the labels that there is room for.
  func chips() -> [Chip] {
    let ordered = wishes.indices.sorted { left, right in
      let (first, second) = (wishes[left], wishes[right])
      if first.isStrong != second.isStrong { return first.isStrong }
      return (-first.box.area, left) < (-second.box.area, right)
    }
    var chips: [Chip] = []
    var covered = 0.0
    for wish in ordered.map({ wishes[$0] }) where wish.isStrong || covered < width * height / 5 {
      let sizes = [size, max((size * 0.8).rounded(), 10)]
      let fitting = sizes.lazy.compactMap { chip(for: wish, size: $0, beside: chips) }.first
      guard let chip = fitting else { continue }
      chips.append(chip)
      covered += chip.frame.area
    }
    return chips
  }

  private func chip(for wish: Wish, size: Double, beside chips: [Chip]) -> Chip? {
    let margin = size * 0.3
    // Longer names would hide what they are about.
    let limit = min(width - 2 * margin, max(wish.box.width * 1.5, size * 14))
    let line = TextLine(wish.text, size: size, limit: limit)
    let chipWidth = (line.width + 2 * margin).rounded(.up)
    let chipHeight = (size * 1.3).rounded()
    guard chipWidth <= width, chipHeight <= height else { return nil }
    let box = wish.box
    let (above, below) = (box.y0 - chipHeight, box.y1)
    let (left, right) = (box.x0, box.x1 - chipWidth)
    let places = [
      (left, above), (left, box.y0), (right, above), (left, below), (right, box.y0),
      (left, box.y1 - chipHeight), (right, below), (box.x1, box.y0), (box.x0 - chipWidth, box.y0),
      ((left + right) / 2, above), ((left + right) / 2, box.y0), ((left + right) / 2, below),
      (left, (box.y0 + box.y1 - chipHeight) / 2), (left, above - chipHeight),
      (left, below + chipHeight),
    ]
    for (index, place) in places.enumerated() {
      // What is above the picture has another place inside of it.
      if place.1 < 0 || place.1 + chipHeight > height, index < places.count - 2 { continue }
      let x = min(max(place.0.rounded(), 0), width - chipWidth)
      let y = min(max(place.1.rounded(), 0), height - chipHeight)
      let frame = Box(x: x, y: y, width: chipWidth, height: chipHeight)
      if chips.allSatisfy({ !Self.overlap($0.frame, frame) }) {
        return Chip(line: line, colour: wish.colour, frame: frame)
      }
    }
    guard wish.isStrong else { return nil }
    return freeFrame(chipWidth, chipHeight, near: box, beside: chips).map {
      Chip(line: line, colour: wish.colour, frame: $0)
    }
  }

  /// Returns the free place in the whole image that is nearest to a box's upper left corner.
  private func freeFrame(
    _ chipWidth: Double, _ chipHeight: Double, near box: Box, beside chips: [Chip]
  ) -> Box? {
    var best: (distance: Double, frame: Box)?
    for y in stride(from: 0, through: height - chipHeight, by: chipHeight) {
      for x in stride(from: 0, through: width - chipWidth, by: max(chipWidth / 4, 1)) {
        let frame = Box(x: x.rounded(.down), y: y, width: chipWidth, height: chipHeight)
        let distance = abs(x - box.x0) + abs(y - box.y0)
        guard distance < best?.distance ?? .infinity else { continue }
        if chips.allSatisfy({ !Self.overlap($0.frame, frame) }) { best = (distance, frame) }
      }
    }
    return best?.frame
  }

  private static func overlap(_ first: Box, _ second: Box) -> Bool {
    first.x0 < second.x1 && second.x0 < first.x1 && first.y0 < second.y1 && second.y0 < first.y1
  }
}
