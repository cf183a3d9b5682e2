import COCO

/// The sizes of images as text: the range, and the most frequent ones.
enum PictureSizesText {
  private static let shownSizes = 5

  static func table(_ pictures: PictureSizes) -> String {
    guard let width = pictures.width, let height = pictures.height else {
      return pictures.unknown > 0 ? "  not known\n" : ""
    }
    var spread = TextTable([.left, .right, .right, .right])
    spread.add("", "min", "median", "max")
    for (name, side) in [("width, pixels", width), ("height, pixels", height)] {
      spread.add(
        name, side.minimum.grouped, Double(side.median).fixed(side.median.decimals),
        side.maximum.grouped)
    }
    return spread.text + frequent(pictures)
  }

  private static func frequent(_ pictures: PictureSizes) -> String {
    let all = pictures.distinct.reduce(pictures.unknown) { $0 + $1.images }
    var table = TextTable([.left, .right, .right])
    for entry in pictures.distinct.prefix(shownSizes) {
      table.add(
        "\(entry.width) × \(entry.height)", entry.images.grouped, entry.images.percentage(of: all))
    }
    let rest = pictures.distinct.dropFirst(shownSizes)
    if !rest.isEmpty {
      let images = rest.reduce(0) { $0 + $1.images }
      let name = rest.count == 1 ? "1 other size" : "\(rest.count.grouped) other sizes"
      table.add(name, images.grouped, images.percentage(of: all))
    }
    if pictures.unknown > 0 {
      table.add("not known", pictures.unknown.grouped, pictures.unknown.percentage(of: all))
    }
    return table.text
  }
}

extension Double {
  /// The number of decimals: 0 for whole numbers, 1 for halves, which medians of whole numbers may
  /// be.
  var decimals: Int { self == rounded() ? 0 : 1 }
}
