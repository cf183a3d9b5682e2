import COCO

/// The decimals of the fractions of image sizes in YOLO's labels.
enum WrittenDecimals {
  /// The number of decimals beyond which no edge moves by a pixel.
  private static let most = 4
  /// The number of boxes examined.
  private static let enough = 256

  /// Returns the pixels that an edge may be off because of them on the largest image; 0 if the
  /// labels have more decimals than could matter.
  static func rounding(in datasets: [Dataset]) -> Double {
    var decimals = 1
    var judged = 0
    var largest = 0
    for dataset in datasets {
      largest = max(largest, dataset.images.map { max($0.width, $0.height) }.max() ?? 0)
      let sizes = Dictionary(dataset.images.map { ($0.id, ($0.width, $0.height)) }) { first, _ in
        first
      }
      for annotation in dataset.annotations.prefix(max(enough - judged, 0)) {
        guard let box = annotation.box, let (width, height) = sizes[annotation.imageID] else {
          continue
        }
        judged += 1
        let parts = [
          (box.x + box.width / 2) / Double(width), (box.y + box.height / 2) / Double(height),
          box.width / Double(width), box.height / Double(height),
        ]
        while decimals <= most, !parts.allSatisfy({ isWritten($0, decimals) }) { decimals += 1 }
        if decimals > most { return 0 }
      }
    }
    if judged == 0 { return 0 }
    // Half a unit of the middle and a quarter of one of the width or height.
    return 0.75 * unit(decimals) * Double(largest)
  }

  private static func isWritten(_ part: Double, _ decimals: Int) -> Bool {
    let units = part / unit(decimals)
    return abs(units - units.rounded()) < 1e-6
  }

  private static func unit(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1) { unit, _ in unit / 10 }
  }
}
