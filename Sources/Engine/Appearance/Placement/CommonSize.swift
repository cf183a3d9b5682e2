import COCO

/// The single size that nearly all boxes of a set have.
struct CommonSize {
  let width: Double
  let height: Double
  let count: Int
  let of: Int

  private static let fewest = 20
  private static let share = 0.75

  /// Determines the size; nil if boxes differ in size. Boxes that cover a whole image are not
  /// counted.
  init?(_ samples: DetectionSamples) {
    var counts: [[Int]: Int] = [:]
    var total = 0
    for position in 0..<samples.count {
      let image = samples.image(at: position)
      let picture = Box(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
      for object in samples.learnable(at: position) where object.box != picture {
        let sides = [object.box.width, object.box.height].map { Int(min($0 * 4, 1e9).rounded()) }
        counts[sides, default: 0] += 1
        total += 1
      }
    }
    guard total >= Self.fewest, let most = counts.max(by: { $0.value < $1.value }),
      Double(most.value) >= Self.share * Double(total)
    else { return nil }
    (width, height) = (Double(most.key[0]) / 4, Double(most.key[1]) / 4)
    (count, of) = (most.value, total)
  }

  /// The words of it.
  var doubt: String {
    "\(count) of \(of) boxes are \(width.shortest) × \(height.shortest) pixels, and do not end where "
      + "their objects do"
  }
}
