public import COCO
import DetectionModels

/// The objects of a dataset that a detector cannot find however well it learns: it keeps a limited
/// number of detections of an image, and of two of one category that overlap only the more
/// confident one.
public struct CrowdingReport: Sendable {
  /// The objects that are lost at one of a detector's limits.
  public struct Loss: Sendable, Equatable {
    /// The name of the option in torchvision.
    public let option: String
    /// The value of the option.
    public let value: Double
    /// The number of images that lose objects.
    public let pictures: Int
    /// The number of objects lost.
    public let objects: Int
  }

  /// The losses at each limit, also those of no object.
  public let losses: [Loss]
  /// A finding for each object that overlaps another of its category so far that a detector keeps
  /// one of the two.
  public let findings: [Finding]

  init(_ samples: DetectionSamples, _ scaled: ScaledObjects, limits: DetectionLimits) {
    let ofClass = Suppression(scaled, threshold: limits.nmsThreshold, byLabel: true)
    var losses = [
      Self.counted("detections_per_img", limits.detectionsPerImage, scaled),
      ofClass.loss("nms_thresh"),
    ]
    if let proposals = limits.proposals?.options {
      let ofAll = Suppression(scaled, threshold: proposals.nmsThreshold, byLabel: false)
      losses += [
        Self.counted("rpn_post_nms_top_n_train", proposals.postNMSTopNTraining, scaled),
        Self.counted("rpn_post_nms_top_n_test", proposals.postNMSTopNInference, scaled),
        Self.counted("rpn_pre_nms_top_n_train", proposals.preNMSTopNTraining, scaled),
        Self.counted("rpn_pre_nms_top_n_test", proposals.preNMSTopNInference, scaled),
        ofAll.loss("rpn_nms_thresh"),
      ]
    }
    self.losses = losses
    // What lies that near is told as `duplicate-box`.
    findings = ofClass.lost.filter { $0.overlap < 0.95 }.map { lost in
      let (object, keeper) = (scaled.objects[lost.object], scaled.objects[lost.keeper])
      let annotations = samples.dataset.annotations
      return Finding(
        .suppressedByNeighbour,
        "the box overlaps another of its category by \(lost.overlap.brief(2)): of detections that "
          + "overlap by more than \(limits.nmsThreshold.shortest) a detector keeps one; the other one is "
          + "annotation \(annotations[keeper.annotation].id)",
        at: annotations[object.annotation].origin,
        record: RecordReference(.annotation, object.annotation), field: .box)
    }
  }

  private static func counted(
    _ option: String, _ most: Int, _ scaled: ScaledObjects
  ) -> Loss {
    let crowded = scaled.pictures.filter { $0.objects.count > most }
    return Loss(
      option: option, value: Double(most), pictures: crowded.count,
      objects: crowded.reduce(0) { $0 + $1.objects.count - most })
  }
}

/// The true boxes that non-maximum suppression would remove if all were found with equal
/// confidence, in the order in which the fewest are removed.
private struct Suppression {
  struct Lost {
    let object: Int
    let keeper: Int
    let overlap: Double
  }

  let threshold: Double
  private(set) var lost: [Lost] = []
  private(set) var pictures = 0

  init(_ scaled: ScaledObjects, threshold: Double, byLabel: Bool) {
    self.threshold = threshold
    for picture in scaled.pictures {
      let before = lost.count
      let groups =
        byLabel
        ? Dictionary(grouping: picture.objects) { scaled.objects[$0].label }
          .sorted { $0.key < $1.key }.map(\.value)
        : [Array(picture.objects)]
      for group in groups where group.count > 1 { suppress(group, scaled) }
      if lost.count > before { pictures += 1 }
    }
    lost.sort { $0.object < $1.object }
  }

  /// Keeps boxes with the fewest neighbours first, which loses hardly more than necessary.
  private mutating func suppress(_ group: [Int], _ scaled: ScaledObjects) {
    let neighbours = self.neighbours(of: group, scaled)
    guard neighbours.contains(where: { !$0.isEmpty }) else { return }
    var keepers: [(index: Int, overlap: Double)?] = Array(repeating: nil, count: group.count)
    let order = group.indices.sorted {
      (neighbours[$0].count, $0) < (neighbours[$1].count, $1)
    }
    for index in order where keepers[index] == nil {
      for neighbour in neighbours[index] where keepers[neighbour.index] == nil {
        keepers[neighbour.index] = (index, neighbour.overlap)
        lost.append(
          Lost(
            object: group[neighbour.index], keeper: group[index], overlap: neighbour.overlap))
      }
    }
  }

  /// Returns the neighbours of boxes by a sweep along the x axis, since most objects of an image
  /// are far from each other.
  private func neighbours(
    of group: [Int], _ scaled: ScaledObjects
  ) -> [[(index: Int, overlap: Double)]] {
    var neighbours = [[(index: Int, overlap: Double)]](repeating: [], count: group.count)
    let boxes = group.map { scaled.objects[$0].box }
    let order = boxes.indices.sorted { boxes[$0].x0 < boxes[$1].x0 }
    for (place, first) in order.enumerated() {
      for second in order[(place + 1)...] {
        if boxes[second].x0 >= boxes[first].x1 { break }
        let overlap = boxes[first].intersectionOverUnion(boxes[second])
        guard overlap > threshold else { continue }
        neighbours[first].append((second, overlap))
        neighbours[second].append((first, overlap))
      }
    }
    return neighbours
  }

  func loss(
    _ option: String
  ) -> CrowdingReport.Loss {
    CrowdingReport.Loss(
      option: option, value: threshold, pictures: pictures, objects: lost.count)
  }
}
