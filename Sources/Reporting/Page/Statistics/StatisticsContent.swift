import COCO

/// The part of a page on statistics; its markup, `Resources/statistics.mustache`, names these
/// properties.
struct StatisticsContent {
  let categories: RankedChart?
  let objects: ColumnChart?
  let ratios: ColumnChart?
  let areas: ColumnChart?
  let sizes: StripChart?
  let heat: HeatChart?
  let places: HeatChart?
  let forms: PageTable?
  let extents: PageTable?
  let splits: PageTable?
  let pairs: PageTable?
  let pictures: PageTable?
  let counts: PageTable?

  init(_ statistics: Statistics) {
    let total = statistics.total
    categories = RankedChart(statistics)
    objects = Self.objects(total.objectsPerImage)
    ratios = Self.ratios(total.aspectRatios, total.extents.aspectRatio)
    sizes = StripChart(total.sizes)
    areas = Self.areas(total.areas)
    heat = HeatChart(total.grid)
    places = HeatChart(total.centres)
    forms = StatisticsTables.forms(total)
    extents = StatisticsTables.extents(total.extents)
    splits = StatisticsTables.splits(statistics)
    pairs = StatisticsTables.pairs(total)
    pictures = StatisticsTables.pictures(total.pictures)
    counts = StatisticsTables.categories(statistics)
  }

  static func tiles(_ total: SplitStatistics) -> [PageContent.Tile] {
    let median = total.objectsPerImage.median.map { "median \($0.fixed($0.decimals))" }
    return [
      PageContent.Tile(
        name: "images", value: total.images.grouped,
        note: "\(total.imagesWithoutObjects.grouped) without objects"),
      PageContent.Tile(
        name: "annotations", value: total.annotations.grouped,
        note: "\(total.forms.crowds.grouped) of them crowds"),
      PageContent.Tile(
        name: "categories", value: total.categories.count.grouped,
        note: "\(total.categoriesWithoutObjects.grouped) without objects"),
      PageContent.Tile(
        name: "objects per image", value: total.objectsPerImage.mean?.fixed(1) ?? "–",
        note: median ?? ""),
    ]
  }

  private static func objects(_ histogram: CountHistogram) -> ColumnChart? {
    guard let minimum = histogram.minimum, let maximum = histogram.maximum,
      let median = histogram.median
    else { return nil }
    let bins = histogram.shownBins(limit: 40).map { bin in
      let (low, high) = (bin.range.lowerBound, bin.range.upperBound)
      return (label: low == high ? low.grouped : "\(low.grouped)–\(high.grouped)", count: bin.count)
    }
    let note =
      "\(minimum.grouped) to \(maximum.grouped), median \(median.fixed(median.decimals)); "
      + "images by their number of objects"
    return ColumnChart(note: note, description: note, bins) { label, count in
      "\(label) \(label == "1" ? "object" : "objects"): \(count.grouped) images"
    }
  }

  private static func ratios(_ histogram: RatioHistogram, _ ratio: Quantiles?) -> ColumnChart? {
    guard let ratio else { return nil }
    let bins = histogram.usedBins.map {
      (label: histogram.label(of: $0), count: histogram.counts[$0])
    }
    let note =
      "Boxes from upright to lying; median \(ratio.median.fixed(2)), "
      + "nine in ten from \(ratio.percentile5.fixed(2)) to \(ratio.percentile95.fixed(2))"
    return ColumnChart(note: note, description: note, bins) { label, count in
      "about \(label): \(count.grouped) boxes"
    }
  }

  private static func areas(_ histogram: AreaHistogram) -> ColumnChart? {
    let bins = histogram.usedBins.map {
      (label: histogram.label(of: $0), count: histogram.counts[$0])
    }
    guard !bins.isEmpty else { return nil }
    let note =
      "By the side of a square of the same area, in pixels, on a log scale; small is below 32, "
      + "large from 96"
    var chart = ColumnChart(note: note, description: note, bins) { label, count in
      "about \(label)² pixels: \(count.grouped) objects"
    }
    for (bar, bin) in zip(chart.bars.indices, histogram.usedBins) {
      chart.bars[bar].kind = AreaHistogram.kind(of: bin)
    }
    return chart
  }
}
