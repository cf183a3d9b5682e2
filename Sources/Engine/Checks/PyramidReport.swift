public import COCO
import DetectionModels
import Torch

/// The feature maps from which a detector of two stages takes objects.
public struct PyramidReport: Sendable, Equatable {
  /// The names of the maps, the finest first.
  public let maps: [String]
  /// The number of objects taken from each map.
  public let objects: [Int]
  /// The finding that nearly all objects are taken from one of several maps.
  public let findings: [Finding]

  /// The share of objects on one map from which on the others hardly learn.
  private static let mostOnOne = 0.95

  /// Reports on a detector; nil if it does not take objects from several maps.
  init?(
    _ samples: DetectionSamples, _ scaled: ScaledObjects, _ places: AnchorPlaces,
    limits: DetectionLimits
  ) {
    guard let pool = limits.proposals?.pool, pool.featureMapNames.count > 1,
      !scaled.objects.isEmpty
    else { return nil }
    var byScales: [[Double]: [Float]] = [:]
    for picture in scaled.pictures where !picture.objects.isEmpty {
      let sizes = Array(places.maps(of: picture.batch).prefix(pool.featureMapNames.count))
      let boxes = scaled.objects[picture.objects].flatMap { object in
        [object.box.x0, object.box.y0, object.box.x1, object.box.y1].map(Float.init)
      }
      byScales[pool.scales(sizes, [picture.size]), default: []] += boxes
    }
    var objects = [Int](repeating: 0, count: pool.featureMapNames.count)
    for (scales, corners) in byScales {
      let boxes = Tensor(corners, shape: [corners.count / 4, 4])
      for level in pool.levels(of: boxes, scales).scalars(as: Int.self) { objects[level] += 1 }
    }
    maps = pool.featureMapNames
    self.objects = objects
    findings = Self.findings(objects, of: maps, samples)
  }

  private static func findings(
    _ objects: [Int], of maps: [String], _ samples: DetectionSamples
  ) -> [Finding] {
    let all = objects.reduce(0, +)
    guard let most = objects.indices.max(by: { objects[$0] < objects[$1] }), all >= 20,
      Double(objects[most]) >= mostOnOne * Double(all)
    else { return [] }
    return [
      Finding(
        .pyramidLevelImbalance,
        "\(objects[most].grouped) of \(all.grouped) objects are taken from feature map "
          + "\"\(maps[most])\" of \(maps.count): the other maps of the pyramid are hardly trained",
        at: samples.dataset.annotations.first?.origin)
    ]
  }
}
