import COCO

/// A reporter of statistics as one JSON object: `total`, and `splits`, a list of the same for each
/// split.
struct JSONStatisticsReporter: StatisticsReporter {
  static let name = "json"

  init(_ options: StatisticsReportOptions) {}

  func report(_ statistics: Statistics) -> String {
    var output = JSONOutput()
    let splits = statistics.splits.map { split in
      let name: JSONObject = ["name": split.name.map { .string($0) } ?? .null]
      return JSONValue.object(JSONObject(name.members + object(split).members))
    }
    let whole: JSONObject = [
      "total": .object(object(statistics.total)), "splits": .array(splits),
    ]
    output.append(whole)
    output.raw("\n")
    return output.text
  }

  private func object(_ split: SplitStatistics) -> JSONObject {
    [
      "images": .integer(split.images),
      "images_without_objects": .integer(split.imagesWithoutObjects),
      "annotations": .integer(split.annotations),
      "categories": .array(split.categories.map { .object(object($0)) }),
      "forms": .object(object(split.forms)),
      "sizes": .object(object(split.sizes)),
      "objects_per_image": .object(object(split.objectsPerImage)),
      "boxes": .object(object(split.extents)),
      "aspect_ratio_histogram": .array(histogram(split.aspectRatios)),
      "area_histogram": .array(histogram(split.areas)),
      "box_grid": .object(object(split.grid)),
      "box_centres": .array(rows(split.centres.counts, of: CentreGrid.side)),
      "category_pairs": .array(
        split.pairs.map {
          .object([
            "categories": .array(
              [$0.first, $0.second].map { .string(split.categories[$0].name) }),
            "images": .integer($0.images),
          ])
        }),
      "image_sizes": .object(object(split.pictures)),
    ]
  }

  private func object(_ sizes: SplitStatistics.Sizes) -> JSONObject {
    [
      "small": .integer(sizes.small), "medium": .integer(sizes.medium),
      "large": .integer(sizes.large), "unknown": .integer(sizes.unknown),
    ]
  }

  private func object(_ category: SplitStatistics.CategoryCount) -> JSONObject {
    [
      "name": .string(category.name), "objects": .integer(category.objects),
      "images": .integer(category.images),
    ]
  }

  private func object(_ forms: SplitStatistics.Forms) -> JSONObject {
    [
      "crowds": .integer(forms.crowds), "polygons": .integer(forms.polygons),
      "run_lengths": .integer(forms.runLengths), "keypoints": .integer(forms.keypoints),
      "without_box": .integer(forms.withoutBox), "without_extent": .integer(forms.withoutExtent),
      "without_category": .integer(forms.withoutCategory),
      "unknown_category": .integer(forms.unknownCategory),
      "unknown_image": .integer(forms.unknownImage),
    ]
  }

  private func object(_ histogram: CountHistogram) -> JSONObject {
    [
      "minimum": .optional(histogram.minimum), "median": .optional(histogram.median),
      "mean": .optional(histogram.mean), "maximum": .optional(histogram.maximum),
      "histogram": .array(
        histogram.bins.map {
          .object(["objects": .integer($0.range.lowerBound), "images": .integer($0.count)])
        }),
    ]
  }

  private func object(_ extents: SplitStatistics.Extents) -> JSONObject {
    [
      "width": value(extents.width), "height": value(extents.height),
      "relative_width": value(extents.relativeWidth),
      "relative_height": value(extents.relativeHeight),
      "aspect_ratio": value(extents.aspectRatio),
    ]
  }

  private func value(_ quantiles: Quantiles?) -> JSONValue {
    guard let quantiles else { return .null }
    return .object([
      "minimum": .number(quantiles.minimum), "p5": .number(quantiles.percentile5),
      "p25": .number(quantiles.percentile25), "median": .number(quantiles.median),
      "p75": .number(quantiles.percentile75), "p95": .number(quantiles.percentile95),
      "maximum": .number(quantiles.maximum), "mean": .number(quantiles.mean),
    ])
  }

  /// Returns the ratios of width to height, each bin from one ratio to below another, null if it is
  /// open.
  private func histogram(_ ratios: RatioHistogram) -> [JSONValue] {
    ratios.counts.indices.map { index in
      let edges = ratios.edges(of: index)
      return .object([
        "from": .optional(edges.from), "to": .optional(edges.to),
        "boxes": .integer(ratios.counts[index]),
      ])
    }
  }

  /// Returns the areas in square pixels, as above.
  private func histogram(_ areas: AreaHistogram) -> [JSONValue] {
    areas.counts.indices.map { index in
      let edges = areas.edges(of: index)
      return .object([
        "from": .optional(edges.from), "to": .optional(edges.to),
        "objects": .integer(areas.counts[index]),
      ])
    }
  }

  private func rows(_ counts: [Int], of side: Int) -> [JSONValue] {
    (0..<side).map { row in
      .array(counts[(row * side)..<((row + 1) * side)].map { .integer($0) })
    }
  }

  /// Returns a grid: edges in parts of the image's side, a row of counts for each height, a count
  /// for each width.
  private func object(_ grid: ExtentGrid) -> JSONObject {
    let side = ExtentGrid.side
    return [
      "edges": .array((0...side).map { .number(ExtentGrid.edge($0)) }),
      "counts": .array(rows(grid.counts, of: side)),
    ]
  }

  private func object(_ pictures: PictureSizes) -> JSONObject {
    [
      "unknown": .integer(pictures.unknown),
      "width": value(pictures.width), "height": value(pictures.height),
      "distinct": .array(
        pictures.distinct.map {
          .object([
            "width": .integer($0.width), "height": .integer($0.height),
            "images": .integer($0.images),
          ])
        }),
    ]
  }

  private func value(_ side: PictureSizes.Side?) -> JSONValue {
    guard let side else { return .null }
    return .object([
      "minimum": .integer(side.minimum), "median": .number(side.median),
      "maximum": .integer(side.maximum),
    ])
  }
}

extension JSONValue {
  fileprivate static func optional(_ value: Int?) -> JSONValue {
    value.map { .integer($0) } ?? .null
  }

  fileprivate static func optional(_ value: Double?) -> JSONValue {
    value.map { .number($0) } ?? .null
  }
}
