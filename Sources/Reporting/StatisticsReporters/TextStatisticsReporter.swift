import COCO

/// A reporter of statistics as aligned tables with small bars, for a terminal of 80 columns.
struct TextStatisticsReporter: StatisticsReporter {
  static let name = "text"
  static let width = 80

  init(_ options: StatisticsReportOptions) {}

  func report(_ statistics: Statistics) -> String {
    let total = statistics.total
    let sections = [
      section("Overview", overview(total)),
      statistics.hasSplits ? section("Splits", splits(statistics.splits)) : "",
      section(objectsTitle(total.objectsPerImage), objectsPerImage(total.objectsPerImage)),
      section("Objects by area, in COCO's ranges", sizes(total.sizes)),
      section("Boxes", extents(total.extents)),
      section("Width to height", aspectRatios(total.aspectRatios)),
      section("Image sizes", PictureSizesText.table(total.pictures)),
      section("Categories", CategoriesText.table(statistics)),
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func section(_ title: String, _ body: String) -> String {
    body.isEmpty ? "" : "\(title)\n\(body)"
  }

  private func overview(_ total: SplitStatistics) -> String {
    var table = TextTable([.left, .right, .right])
    table.add("images", total.images.grouped)
    func part(_ name: String, _ count: Int, of whole: Int, always: Bool = false) {
      guard always || count > 0 else { return }
      table.add("  " + name, count.grouped, count.percentage(of: whole))
    }
    part("without objects", total.imagesWithoutObjects, of: total.images, always: true)
    table.add("annotations", total.annotations.grouped)
    let forms = total.forms
    part("crowds", forms.crowds, of: total.annotations, always: true)
    part("with polygons", forms.polygons, of: total.annotations)
    part("with run-length masks", forms.runLengths, of: total.annotations)
    part("with keypoints", forms.keypoints, of: total.annotations)
    part("without a box", forms.withoutBox, of: total.annotations)
    part("with a box without area", forms.withoutExtent, of: total.annotations)
    part("without a category", forms.withoutCategory, of: total.annotations)
    part("of an unknown category", forms.unknownCategory, of: total.annotations)
    part("on an unknown image", forms.unknownImage, of: total.annotations)
    table.add("categories", total.categories.count.grouped)
    part("without objects", total.categoriesWithoutObjects, of: total.categories.count)
    return table.text
  }

  private func splits(_ splits: [SplitStatistics]) -> String {
    var table = TextTable([.left, .right, .right, .right, .right, .right])
    table.add("split", "images", "without objects", "annotations", "crowds", "per image")
    for split in splits {
      table.add(
        (split.name ?? "–").printable.clipped(to: 20), split.images.grouped,
        split.imagesWithoutObjects.grouped, split.annotations.grouped, split.forms.crowds.grouped,
        split.objectsPerImage.mean?.fixed(1) ?? "–")
    }
    return table.text
  }

  private func objectsTitle(_ histogram: CountHistogram) -> String {
    guard let minimum = histogram.minimum, let maximum = histogram.maximum,
      let median = histogram.median, let mean = histogram.mean
    else { return "" }
    let middle = median == median.rounded() ? median.fixed(0) : median.fixed(1)
    return "Objects per image: \(minimum.grouped) to \(maximum.grouped), median \(middle), "
      + "mean \(mean.fixed(1))"
  }

  private func objectsPerImage(_ histogram: CountHistogram) -> String {
    bars(
      histogram.shownBins(limit: 16).map { bin in
        let (low, high) = (bin.range.lowerBound, bin.range.upperBound)
        return (low == high ? low.grouped : "\(low.grouped)–\(high.grouped)", bin.count)
      }, of: histogram.count)
  }

  private func sizes(_ sizes: SplitStatistics.Sizes) -> String {
    let all = sizes.small + sizes.medium + sizes.large + sizes.unknown
    guard all > 0 else { return "" }
    var rows = [
      ("small, below 32²", sizes.small), ("medium", sizes.medium),
      ("large, from 96²", sizes.large),
    ]
    if sizes.unknown > 0 { rows.append(("without an area", sizes.unknown)) }
    return bars(rows, of: all)
  }

  private func aspectRatios(_ histogram: RatioHistogram) -> String {
    bars(
      histogram.usedBins.map { (histogram.label(of: $0), histogram.counts[$0]) },
      of: histogram.count)
  }

  private func extents(_ extents: SplitStatistics.Extents) -> String {
    var table = TextTable([.left] + [TextTable.Alignment](repeating: .right, count: 7))
    table.add("", "min", "5 %", "25 %", "median", "75 %", "95 %", "max")
    func row(_ name: String, _ quantiles: Quantiles?, by factor: Double, _ decimals: Int) {
      guard let quantiles else { return }
      table.add([name] + quantiles.shown.map { ($0 * factor).fixed(decimals) })
    }
    row("width, pixels", extents.width, by: 1, 1)
    row("height, pixels", extents.height, by: 1, 1)
    row("width, % of image", extents.relativeWidth, by: 100, 1)
    row("height, % of image", extents.relativeHeight, by: 100, 1)
    row("width / height", extents.aspectRatio, by: 1, 2)
    return extents.width == nil ? "" : table.text
  }

  /// Returns rows of a name, a count, its share and a bar.
  private func bars(_ rows: [(name: String, count: Int)], of total: Int) -> String {
    let maximum = rows.map(\.count).max() ?? 0
    var table = TextTable([.right, .right, .right, .left])
    for row in rows {
      table.add(
        row.name, row.count.grouped, row.count.percentage(of: total),
        TextBar.bar(row.count, of: maximum, width: 32))
    }
    return table.text
  }
}

extension Quantiles {
  /// The quantiles from the minimum to the maximum, without the mean.
  var shown: [Double] {
    [minimum, percentile5, percentile25, median, percentile75, percentile95, maximum]
  }
}
