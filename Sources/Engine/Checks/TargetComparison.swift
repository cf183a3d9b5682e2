import COCO
public import DetectionModels
public import Files
import Torch

/// A comparison of what two datasets give to a detector: image by image, object by object, to the
/// bit.
///
/// Images are paired by the names of their files, categories by their names.
public struct TargetComparison: Sendable {
  /// A difference between the two datasets.
  public struct Difference: Sendable, Equatable {
    /// The difference as a message.
    public let message: String
    /// The place in the first dataset; nil if it has nothing there.
    public let origin: Origin?
    /// The place in the second dataset; nil if it has nothing there.
    public let otherOrigin: Origin?
  }

  /// The number of images in both datasets.
  public let pictures: Int
  /// The number of objects of the first dataset on them.
  public let objects: Int
  /// The differences in the order of the first dataset, followed by those of images that only the
  /// second has.
  public let differences: [Difference]
  /// The positions of each pair of images in both datasets.
  private let pairs: [(Int, Int)]
  private let first: DetectionSamples
  private let second: DetectionSamples

  /// Compares the samples without decoding images.
  public init(_ first: DetectionSamples, _ second: DetectionSamples) {
    self.first = first
    self.second = second
    var counterparts = Counterparts(of: first, in: second)
    var pairs: [(Int, Int)] = []
    var differences: [Difference] = []
    var objects = 0
    for position in 0..<first.count {
      guard let other = counterparts.take(first.image(at: position).fileName) else {
        let image = first.image(at: position)
        differences.append(
          Difference(
            message: "the other one has no image \"\(image.fileName)\"", origin: image.origin,
            otherOrigin: nil))
        continue
      }
      pairs.append((position, other))
      let (one, two) = (PictureTarget(first, position), PictureTarget(second, other))
      objects += one.given.count
      if let difference = one.difference(to: two) { differences.append(difference) }
    }
    for position in counterparts.left {
      let image = second.image(at: position)
      differences.append(
        Difference(
          message: "only the other one has the image \"\(image.fileName)\"", origin: nil,
          otherOrigin: image.origin))
    }
    pictures = pairs.count
    self.objects = objects
    self.differences = differences
    self.pairs = pairs
  }

  /// Feeds both datasets to a detector, one image at a time and each time from the same seed, and
  /// returns the losses by which they differ; empty if all are equal to the bit.
  ///
  /// - Parameters:
  ///   - model: The detector. Its weights do not change; its batch norm does.
  ///   - seed: The seed of all draws.
  ///   - most: The most images with objects that are fed, taken from the first.
  /// - Returns: The number of images fed, the sum of their losses, and the image with different
  ///   ones.
  /// - Throws: A `SampleError` for an image that cannot be read.
  public func losses(
    of model: some Detector, seed: UInt64, most: Int = 8
  ) throws(SampleError) -> (pictures: Int, total: Double, differing: [String]) {
    var result = (pictures: 0, total: 0.0, differing: [] as [String])
    for (position, other) in pairs where result.pictures < most {
      guard !first.learnable(at: position).isEmpty else { continue }
      let samples = [try first.sample(at: position), try second.sample(at: other)]
      let values = samples.map { sample in
        Runtime.seed(seed)
        let batch = Batch(samples: [sample])
        return withoutGradients {
          model.losses(images: batch.images, targets: batch.targets).entries
            .map { $0.value.item() }
        }
      }
      result.pictures += 1
      result.total += values[0].reduce(0, +)
      if values[0].map(\.bitPattern) != values[1].map(\.bitPattern) {
        result.differing.append(first.image(at: position).fileName)
      }
    }
    return result
  }
}

/// The images of a dataset that match those of another: by their paths, or, if these begin in other
/// folders, by names that are unique.
private struct Counterparts {
  private var byPath: [String: Int] = [:]
  private var byName: [String: Int] = [:]
  private let samples: DetectionSamples

  init(of first: DetectionSamples, in second: DetectionSamples) {
    samples = second
    for position in 0..<second.count { byPath[second.image(at: position).fileName] = position }
    func names(_ samples: DetectionSamples) -> [String: [Int]] {
      Dictionary(grouping: 0..<samples.count) {
        Path.name(of: samples.image(at: $0).fileName)
      }
    }
    let own = names(first)
    for (name, positions) in names(second) where positions.count == 1 && own[name]?.count == 1 {
      byName[name] = positions[0]
    }
  }

  /// Returns the position of the image that matches a path, once only.
  mutating func take(_ path: String) -> Int? {
    guard let position = byPath[path] ?? byName[Path.name(of: path)] else { return nil }
    let own = samples.image(at: position).fileName
    guard byPath.removeValue(forKey: own) != nil else { return nil }
    return position
  }

  /// The positions of the images that match none.
  var left: [Int] { byPath.values.sorted() }
}

/// The target of one image as a detector receives it, with the places of its objects.
private struct PictureTarget {
  struct Object {
    let category: String
    /// The corners x0 y0 x1 y1 in float32; nil for an annotation that a detector cannot be given.
    let corners: [Float]?
    let mask: RunLengthMask?
    let keypoints: [Double]?
    let origin: Origin?
  }

  let image: COCO.Image
  let objects: [Object]

  init(_ samples: DetectionSamples, _ position: Int) {
    let image = samples.image(at: position)
    let (height, width) = (image.height, image.width)
    let names = Dictionary(samples.dataset.categories.map { ($0.id, $0.name) }) { first, _ in
      first
    }
    self.image = image
    objects = samples.annotations(at: position).map { annotation in
      let taken = TargetObjects(
        [annotation], labels: samples.labels, height: height, width: width,
        needsMasks: samples.hasMasks, numKeypoints: samples.keypoints?.count)
      return Object(
        category: annotation.categoryID.flatMap { names[$0] } ?? "",
        corners: taken.labels.isEmpty ? nil : taken.boxes,
        mask: samples.hasMasks ? annotation.mask(height: height, width: width) : nil,
        keypoints: samples.keypoints == nil ? nil : annotation.keypoints,
        origin: annotation.origin)
    }
  }

  /// The objects that a detector receives.
  var given: [Object] { objects.filter { $0.corners != nil } }

  /// Returns the first difference, that of the size before those of the objects.
  func difference(to other: PictureTarget) -> TargetComparison.Difference? {
    if (image.width, image.height) != (other.image.width, other.image.height) {
      return TargetComparison.Difference(
        message: "\(image.fileName): the size is \(image.width)×\(image.height) here and "
          + "\(other.image.width)×\(other.image.height) there", origin: image.origin,
        otherOrigin: other.image.origin)
    }
    let (own, others) = (given, other.given)
    let isEqual =
      own.count == others.count && zip(own, others).allSatisfy { Self.words($0, $1) == nil }
    if isEqual { return nil }
    // What is not given on one side alone may be the very one that differs.
    return objects.count == other.objects.count
      ? Self.first(objects, other.objects, self, other) : Self.first(own, others, self, other)
  }

  private static func first(
    _ own: [Object], _ others: [Object], _ picture: PictureTarget, _ other: PictureTarget
  ) -> TargetComparison.Difference {
    for (one, two) in zip(own, others) {
      guard let words = words(one, two) else { continue }
      return TargetComparison.Difference(
        message: "\(picture.image.fileName): \(words)", origin: one.origin, otherOrigin: two.origin)
    }
    let place = min(own.count, others.count)
    return TargetComparison.Difference(
      message: "\(picture.image.fileName): \(own.count) objects here and \(others.count) there",
      origin: place < own.count ? own[place].origin : picture.image.origin,
      otherOrigin: place < others.count ? others[place].origin : other.image.origin)
  }

  private static func words(_ one: Object, _ two: Object) -> String? {
    if one.category != two.category {
      return "the category is \"\(one.category)\" here and \"\(two.category)\" there"
    }
    if one.corners?.map(\.bitPattern) != two.corners?.map(\.bitPattern) {
      let texts = [one, two].map { object in
        object.corners.map { $0.map(\.shortest).joined(separator: " ") }
          ?? "not usable for a model"
      }
      return "the corners are \(texts[0]) here and \(texts[1]) there"
    }
    if one.mask != two.mask { return "the masks differ" }
    return one.keypoints == two.keypoints ? nil : "the keypoints differ"
  }
}
