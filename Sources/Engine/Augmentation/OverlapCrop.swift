import COCO

/// A crop of images to a window that overlaps one of their objects by a drawn share (torchvision's
/// `RandomIoUCrop`; Liu et al., 2016). Objects whose centre lies outside are removed.
public struct OverlapCrop: Sendable, Equatable {
  /// The range of the window's sides as shares of the image's, drawn evenly.
  public var sides = 0.3...1.0
  /// The range of the window's width divided by its height.
  public var aspectRatios = 0.5...2.0
  /// The values for the least IoU of the window with one of its boxes, of which one is drawn; 1
  /// leaves the image unchanged.
  public var overlaps = [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0]
  /// The number of windows tried before another overlap is drawn.
  public var trials = 40

  /// Creates a crop with torchvision's defaults.
  public init() {}

  func applied(to sample: Sample, using generator: inout SeededGenerator) -> Sample {
    let boxes = sample.corners
    while true {
      let least = overlaps[Int.random(in: 0..<overlaps.count, using: &generator)]
      // Without a box no window can be right.
      guard least < 1, !boxes.isEmpty else { return sample }
      for _ in 0..<trials {
        guard let window = window(in: sample, using: &generator) else { continue }
        let within = boxes.indices.filter { window.holdsMiddle(of: boxes[$0]) }
        guard let best = within.map({ window.overlap(with: boxes[$0]) }).max(), best >= least
        else { continue }
        return sample.keeping(within).cropped(
          x: window.x, y: window.y, width: window.width, height: window.height)
      }
    }
  }

  private func window(in sample: Sample, using generator: inout SeededGenerator) -> Window? {
    let width = Int(Double(sample.width) * Double.random(in: sides, using: &generator))
    let height = Int(Double(sample.height) * Double.random(in: sides, using: &generator))
    guard width > 0, height > 0, aspectRatios.contains(Double(width) / Double(height)) else {
      return nil
    }
    let x = Double(sample.width - width) * Double.random(in: 0..<1, using: &generator)
    let y = Double(sample.height - height) * Double.random(in: 0..<1, using: &generator)
    return Window(x: Int(x), y: Int(y), width: width, height: height)
  }
}

/// A part of an image, in pixels.
private struct Window {
  let x: Int
  let y: Int
  let width: Int
  let height: Int

  func holdsMiddle(of box: [Float]) -> Bool {
    let (middleX, middleY) = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return Float(x) < middleX && middleX < Float(x + width) && Float(y) < middleY
      && middleY < Float(y + height)
  }

  func overlap(with box: [Float]) -> Double {
    Box(
      x0: Double(x), y0: Double(y), x1: Double(x + width), y1: Double(y + height)
    ).intersectionOverUnion(
      Box(
        x0: Double(box[0]), y0: Double(box[1]), x1: Double(box[2]), y1: Double(box[3])))
  }
}
