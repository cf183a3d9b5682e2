// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import DetectionMetrics

/// The matches of a caller, as pycocotools' `evalImgs` holds them.
private struct RestoredMatches {
  /// The number of detections, [K, A, I]; −1 if there is nothing.
  let counts: UnsafeBufferPointer<Int64>
  let scores: UnsafeBufferPointer<Double>
  /// The flags of each, [T, D].
  let matched: UnsafeBufferPointer<UInt8>
  let ignored: UnsafeBufferPointer<UInt8>
  let images: Int
  let ranges: Int
  let thresholds: Int
  let limit: Int
  /// The start of each one's detections.
  private let firsts: [Int]

  init(
    counts: UnsafeBufferPointer<Int64>, scores: UnsafeBufferPointer<Double>,
    matched: UnsafeBufferPointer<UInt8>, ignored: UnsafeBufferPointer<UInt8>, images: Int,
    _ settings: EvaluationSettings
  ) throws {
    self.counts = counts
    self.scores = scores
    self.matched = matched
    self.ignored = ignored
    self.images = images
    ranges = settings.areaRanges.count
    thresholds = settings.iouThresholds.count
    limit = settings.maximumDetections.max() ?? 0
    firsts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] &+ max(Int($1), 0)) }
    guard counts.allSatisfy({ $0 <= Int64(Int32.max) }), firsts.last == scores.count else {
      throw CallError("counts: expected \(scores.count) detections in all")
    }
  }

  /// Adds all detections of a category.
  func add(category: Int, to outcomes: inout KnownOutcomes) throws {
    for image in 0..<images {
      let places = (0..<ranges).map { (category * ranges + $0) * images + image }
      let count = counts[places[0]]
      guard places.allSatisfy({ counts[$0] == count }) else {
        throw CallError("counts: expected as many detections in each range of areas")
      }
      for rank in 0..<min(max(Int(count), 0), limit) {
        outcomes.add(
          score: scores[firsts[places[0]] + rank], category: category, rank: rank, ranges: ranges,
          matched: { bits(matched, places[$0], rank, Int(count)) },
          ignored: { bits(ignored, places[$0], rank, Int(count)) })
      }
    }
  }

  private func bits(
    _ flags: UnsafeBufferPointer<UInt8>, _ place: Int, _ rank: Int, _ count: Int
  ) -> UInt64 {
    var bits: UInt64 = 0
    for threshold in 0..<thresholds
    where flags[firsts[place] * thresholds + threshold * count + rank] != 0 {
      bits |= 1 << UInt64(threshold)
    }
    return bits
  }
}

/// Makes an evaluation of matches as pycocotools' `evalImgs` holds them: `counts` [categories, area
/// ranges, images] gives the number of detections, or −1 if there is nothing. `scores` follow in
/// that order; `matched` and `ignored` have [iou thresholds, detections] of each. `positives`
/// [categories, area ranges] counts the true objects.
@c @implementation
public func copra_evaluation_restore(
  _ settings: UnsafePointer<copra_settings>?, _ counts: UnsafePointer<Int64>?, _ images: Int64,
  _ scores: UnsafePointer<Double>?, _ matched: UnsafePointer<UInt8>?,
  _ ignored: UnsafePointer<UInt8>?, _ detections: Int64, _ positives: UnsafePointer<Int64>?,
  _ evaluation: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let read = try ReadSettings(settings)
    let ids = read.selection.joins ? [-1] : read.selection.ids
    let images = try Call.count(images, "images")
    let pairs = Int64(ids.count * read.settings.areaRanges.count)
    let flags = try Call.count(detections, "detections") * read.settings.iouThresholds.count
    let matches = try RestoredMatches(
      counts: try Call.elements(counts, pairs * Int64(images), "counts"),
      scores: try Call.elements(scores, detections, "scores"),
      matched: try Call.elements(matched, Int64(flags), "matched"),
      ignored: try Call.elements(ignored, Int64(flags), "ignored"), images: images, read.settings)
    let positives = try Call.elements(positives, pairs, "positives")
    var outcomes = KnownOutcomes()
    for category in ids.indices {
      try matches.add(category: category, to: &outcomes)
      for range in 0..<matches.ranges {
        let count = positives[category * matches.ranges + range]
        outcomes.add(
          truths: try Call.count(count, "positives"), category: category, range: range)
      }
    }
    let categories = ids.map { COCO.Category(id: $0, name: "") }
    try HeldEvaluation(
      Evaluator(categories: categories, settings: read.settings, known: outcomes)
    ).give(to: evaluation)
  }
}
