public import COCO
import DetectionMetrics
import DetectionModels

/// The fit of a detector's anchors to the objects of a dataset.
public struct AnchorReport: Sendable {
  /// The share of some objects that the anchors reach.
  public struct Recall: Sendable, Equatable {
    /// The name of the category or size; of all objects, `all`.
    public let name: String
    /// The number of objects.
    public let objects: Int
    /// The share of objects that an anchor overlaps by 0.5: the best possible recall at that IoU.
    public let at50: Double
    /// The share of objects that an anchor overlaps by 0.7.
    public let at70: Double
    /// The mean, over the objects, of the overlap with the best anchor.
    public let meanOverlap: Double

    init(_ name: String, _ overlaps: [Double]) {
      func share(_ least: Double) -> Double {
        overlaps.isEmpty ? 0 : Double(overlaps.count { $0 >= least }) / Double(overlaps.count)
      }
      self.name = name
      objects = overlaps.count
      at50 = share(0.5)
      at70 = share(0.7)
      meanOverlap =
        overlaps.isEmpty ? 0 : overlaps.reduce(0, +) / Double(overlaps.count)
    }
  }

  /// Anchors that fit better than the detector's own.
  public struct Fitted: Sendable, Equatable {
    /// The sizes in pixels, a list for each feature map.
    public let sizes: [[Double]]
    /// The ratios of height to width, the same on all maps.
    public let aspectRatios: [Double]
    /// The recall with these anchors.
    public let recall: Recall
  }

  /// The recall of all objects.
  public let all: Recall
  /// The recall of each category's objects.
  public let byCategory: [Recall]
  /// The recall by the objects' area in the original image: COCO's small, medium and large.
  public let bySize: [Recall]
  /// The number of objects that have their best anchor on each feature map, the finest first.
  public let byMap: [Int]
  /// Whether the detector has anchors of several shapes; a detector of centres either has places
  /// for an object or none.
  public let hasShapes: Bool
  /// The better anchors; nil if the detector's own fit as well, or if it has none that could be
  /// fitted.
  public let fitted: Fitted?
  /// A finding for each object that no anchor reaches.
  public let findings: [Finding]
  /// The overlap with the best anchor of each learnable annotation, by its index.
  public let overlaps: [(annotation: Int, overlap: Double)]

  /// The least gain in recall or mean overlap for which fitted anchors are reported.
  private static let leastGain = 0.01

  init(
    _ samples: DetectionSamples, _ scaled: ScaledObjects, _ places: AnchorPlaces,
    _ detector: any BackboneDetector
  ) {
    let reach: AnchorReach
    let offsets: AnchorOffsets?
    switch detector.matching {
    case .overlap:
      let own = AnchorOffsets(scaled, places: places)
      reach = AnchorReach(scaled, places, own)
      offsets = own
    case .centre(let radius):
      reach = AnchorReach(scaled, places, centreRadius: radius)
      offsets = nil
    }
    hasShapes = offsets != nil
    let overlaps = reach.best.map(\.overlap)
    let all = Recall("all", overlaps)
    self.all = all
    byCategory = Self.byCategory(samples, scaled, overlaps)
    bySize = Self.bySize(scaled, overlaps)
    let maps = scaled.pictures.first.map { places.maps(of: $0.batch).count } ?? 0
    byMap = (0..<maps).map { map in reach.best.count { $0.map == map && $0.overlap > 0 } }
    self.overlaps = zip(scaled.objects, overlaps).map { ($0.annotation, $1) }
    findings = zip(scaled.objects, reach.best).compactMap { object, best in
      guard best.overlap < AnchorReach.leastOverlap else { return nil }
      return Self.finding(object, best, samples, detector.matching)
    }
    fitted = offsets.flatMap { Self.fitted(to: $0, detector, all) }
  }

  private static func byCategory(
    _ samples: DetectionSamples, _ scaled: ScaledObjects, _ overlaps: [Double]
  ) -> [Recall] {
    var byLabel: [Int64: [Double]] = [:]
    for (object, overlap) in zip(scaled.objects, overlaps) {
      byLabel[object.label, default: []].append(overlap)
    }
    return samples.dataset.categories.compactMap { category in
      samples.labels.label(of: category.id).flatMap { byLabel[$0] }
        .map { Recall(category.name, $0) }
    }
  }

  private static func bySize(_ scaled: ScaledObjects, _ overlaps: [Double]) -> [Recall] {
    AreaRange.sizes.compactMap { size in
      let own = zip(scaled.objects, overlaps).filter {
        AreaRange.size(ofArea: $0.0.area).name == size.name
      }
      return own.isEmpty ? nil : Recall(size.name, own.map(\.1))
    }
  }

  private static func finding(
    _ object: ScaledObjects.Object, _ best: AnchorReach.Best, _ samples: DetectionSamples,
    _ matching: AnchorMatching
  ) -> Finding {
    let annotation = samples.dataset.annotations[object.annotation]
    let size =
      "\(object.box.width.brief(0))×\(object.box.height.brief(0)) pixels at the model's size"
    let message =
      switch matching {
      case .overlap:
        "the best anchor overlaps this box by \(best.overlap.brief(2)), less than "
          + "\(AnchorReach.leastOverlap): \(size)"
      case .centre: "the model has no place on a feature map for this box: \(size)"
      }
    return Finding(
      .noMatchingAnchor, message, at: annotation.origin,
      record: RecordReference(.annotation, object.annotation), field: .box)
  }

  private static func fitted(
    to offsets: AnchorOffsets, _ detector: any BackboneDetector, _ own: Recall
  ) -> Fitted? {
    guard let anchors = detector.anchorLists else { return nil }
    let best = AnchorFit(offsets).anchors(
      like: AnchorFit.Anchors(sizes: anchors.sizes, ratios: anchors.aspectRatios[0]))
    let shapes = best.shapes
    let recall = Recall(
      "fitted", (0..<offsets.count).map { offsets.best(of: $0, shapes).overlap })
    let gains = [
      recall.at50 - own.at50, recall.at70 - own.at70, recall.meanOverlap - own.meanOverlap,
    ]
    guard gains.contains(where: { $0 >= leastGain }), gains[0] >= 0 else { return nil }
    return Fitted(sizes: best.sizes, aspectRatios: best.ratios, recall: recall)
  }
}
