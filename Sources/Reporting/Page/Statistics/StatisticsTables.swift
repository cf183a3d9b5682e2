import COCO

/// The tables on the page of `copra stats`; nil if there is nothing to show.
enum StatisticsTables {
  private static let shownSizes = 12

  static func forms(_ total: SplitStatistics) -> PageTable? {
    guard total.annotations > 0 else { return nil }
    let forms = total.forms
    var table = PageTable(head: ["", "count", "share"])
    func row(_ name: String, _ count: Int, always: Bool = false) {
      guard always || count > 0 else { return }
      table.add(name, [count.grouped, count.percentage(of: total.annotations)])
    }
    row("with polygons", forms.polygons, always: true)
    row("with run-length masks", forms.runLengths, always: true)
    row("with keypoints", forms.keypoints, always: true)
    row("crowds", forms.crowds, always: true)
    row("without a box", forms.withoutBox)
    row("with a box without area", forms.withoutExtent)
    row("without a category", forms.withoutCategory)
    row("of an unknown category", forms.unknownCategory)
    row("on an unknown image", forms.unknownImage)
    return table
  }

  static func extents(_ extents: SplitStatistics.Extents) -> PageTable? {
    guard extents.width != nil else { return nil }
    var table = PageTable(head: ["", "min", "5 %", "25 %", "median", "75 %", "95 %", "max", "mean"])
    func row(_ name: String, _ quantiles: Quantiles?, by factor: Double, _ decimals: Int) {
      guard let quantiles else { return }
      table.add(
        name, (quantiles.shown + [quantiles.mean]).map { ($0 * factor).fixed(decimals) })
    }
    row("width, pixels", extents.width, by: 1, 1)
    row("height, pixels", extents.height, by: 1, 1)
    row("width, % of the image’s", extents.relativeWidth, by: 100, 1)
    row("height, % of the image’s", extents.relativeHeight, by: 100, 1)
    row("width / height", extents.aspectRatio, by: 1, 2)
    return table
  }

  static func splits(_ statistics: Statistics) -> PageTable? {
    guard statistics.hasSplits else { return nil }
    var table = PageTable(
      head: ["", "images", "without objects", "annotations", "crowds", "objects per image"])
    func row(_ name: String, _ split: SplitStatistics, isSum: Bool) {
      table.add(
        name,
        [
          split.images.grouped, split.imagesWithoutObjects.grouped, split.annotations.grouped,
          split.forms.crowds.grouped, split.objectsPerImage.mean?.fixed(1) ?? "–",
        ], isSum: isSum)
    }
    for split in statistics.splits { row(split.name ?? "–", split, isSum: false) }
    row("total", statistics.total, isSum: true)
    return table
  }

  /// Returns the categories that are most often on one image together; nil if none are.
  static func pairs(_ total: SplitStatistics) -> PageTable? {
    guard !total.pairs.isEmpty else { return nil }
    var table = PageTable(head: ["", "images"])
    table.notes = ["The pairs that occur together most often"]
    for pair in total.pairs.prefix(shownSizes) {
      let names = [pair.first, pair.second].map { total.categories[$0].name.isolated }
      table.add(names.joined(separator: " + "), [pair.images.grouped])
    }
    return table
  }

  static func pictures(_ pictures: PictureSizes) -> PageTable? {
    guard let width = pictures.width, let height = pictures.height else { return nil }
    let all = pictures.distinct.reduce(pictures.unknown) { $0 + $1.images }
    var table = PageTable(head: ["width × height", "images", "share"])
    let count = pictures.distinct.count
    let sizes = count == 1 ? "one size" : "\(count.grouped) sizes"
    table.notes = ["Width \(span(width)); height \(span(height)); \(sizes)"]
    func row(_ name: String, _ images: Int) {
      table.add(name, [images.grouped, images.percentage(of: all)])
    }
    for entry in pictures.distinct.prefix(shownSizes) {
      row("\(entry.width) × \(entry.height)", entry.images)
    }
    let rest = pictures.distinct.dropFirst(shownSizes)
    if !rest.isEmpty {
      row(
        rest.count == 1 ? "1 other" : "\(rest.count.grouped) others",
        rest.reduce(0) { $0 + $1.images })
    }
    if pictures.unknown > 0 { row("not known", pictures.unknown) }
    return table
  }

  private static func span(_ side: PictureSizes.Side) -> String {
    guard side.minimum != side.maximum else { return side.minimum.grouped }
    return "\(side.minimum.grouped) to \(side.maximum.grouped), "
      + "median \(side.median.fixed(side.median.decimals))"
  }

  static func categories(_ statistics: Statistics) -> PageTable? {
    let total = statistics.total
    guard !total.categories.isEmpty else { return nil }
    let splits = statistics.hasSplits ? statistics.splits : []
    let objects = total.categories.reduce(0) { $0 + $1.objects }
    var table = PageTable(
      head: ["", "objects", "share", "images"] + splits.map { $0.name ?? "–" })
    let ranked = statistics.rankedCategories
    for position in ranked where total.categories[position].objects > 0 {
      let category = total.categories[position]
      let numbers = [
        category.objects.grouped, category.objects.percentage(of: objects),
        category.images.grouped,
      ]
      table.add(
        category.name, numbers + splits.map { $0.categories[position].objects.grouped })
    }
    let empty = ranked.map { total.categories[$0] }.filter { $0.objects == 0 }
    if !empty.isEmpty {
      table.notes = ["Without objects: \(empty.map(\.name).joined(separator: ", "))"]
    }
    return table
  }
}
