import DetectionModels
import Glibc

/// Sizes and aspect ratios of anchors fitted to the objects of a dataset, as many for each feature
/// map as the detector has, so that weights of the detector still fit.
///
/// K-means on the logarithms of width and height, by intersection over union (Redmon and Farhadi,
/// 2017), gives the start; a search along each number in turn refines it by the final criterion,
/// the overlap of each object with its best anchor at the places of anchors.
struct AnchorFit {
  /// The sizes and aspect ratios for each feature map.
  struct Anchors: Sendable, Equatable {
    var sizes: [[Double]]
    /// The ratios of height to width, the same on all maps.
    var ratios: [Double]

    var shapes: [[AnchorGrid.Shape]] {
      sizes.map { AnchorGenerator.shapes(sizes: $0, aspectRatios: ratios) }
    }

    /// The anchors rounded to whole pixels and to hundredths, in ascending order.
    var rounded: Anchors {
      Anchors(
        sizes: sizes.map { list in list.map { max($0.rounded(), 1) }.sorted() },
        ratios: ratios.map { max(($0 * 100).rounded() / 100, 0.01) }.sorted())
    }
  }

  /// The most objects used; more make the fit slower and hardly any better.
  private static let mostObjects = 2000
  private static let (firstStep, lastStep) = (0.25, 0.01)
  private let offsets: AnchorOffsets
  /// The objects that are examined.
  private let objects: [Int]

  init(_ offsets: AnchorOffsets) {
    self.offsets = offsets
    let step = max(1, (offsets.count + Self.mostObjects - 1) / Self.mostObjects)
    objects = Array(stride(from: 0, to: offsets.count, by: step))
  }

  /// Returns the anchors that fit best of those that k-means and the detector's own lead to.
  func anchors(like own: Anchors) -> Anchors {
    guard !objects.isEmpty else { return own }
    return [clustered(like: own), own].map { refined($0).rounded }
      .max { quality($0) < quality($1) } ?? own
  }

  /// Returns the quality: the sum of the share of objects reached at 0.5, of that at 0.7, and of
  /// the mean overlap.
  func quality(_ anchors: Anchors) -> Double {
    let shapes = anchors.shapes
    var sum = 0.0
    for object in objects {
      let overlap = offsets.best(of: object, shapes).overlap
      sum += overlap + (overlap >= 0.5 ? 1 : 0) + (overlap >= 0.7 ? 1 : 0)
    }
    return sum / Double(objects.count)
  }

  private func refined(_ start: Anchors) -> Anchors {
    var best = start
    var quality = quality(best)
    var step = Self.firstStep
    while step >= Self.lastStep {
      var isBetter = false
      for place in places(of: best) {
        for factor in [exp(step), exp(-step)] {
          var other = best
          other[keyPath: place] *= factor
          let otherQuality = self.quality(other)
          if otherQuality > quality { (best, quality, isBetter) = (other, otherQuality, true) }
        }
      }
      if !isBetter { step /= 2 }
    }
    return best
  }

  private func places(of anchors: Anchors) -> [WritableKeyPath<Anchors, Double>] {
    let sizes = anchors.sizes.indices.flatMap { map in
      anchors.sizes[map].indices.map { \Anchors.sizes[map][$0] }
    }
    return sizes + anchors.ratios.indices.map { \Anchors.ratios[$0] }
  }

  /// Returns clusters of sizes, from small to large on the maps from the finest to the coarsest,
  /// and of ratios.
  private func clustered(like own: Anchors) -> Anchors {
    let count = own.sizes.reduce(0) { $0 + $1.count }
    let shapes = objects.map { offsets.objects[$0] }
    let centres = SizeClusters(shapes, count: count).centres
    var sizes = centres.map { ($0.width * $0.height).squareRoot() }.sorted()[...]
    let ratios = Self.quantiles(shapes.map { $0.height / $0.width }, count: own.ratios.count)
    return Anchors(
      sizes: own.sizes.map { list in
        defer { sizes = sizes.dropFirst(list.count) }
        return Array(sizes.prefix(list.count))
      }, ratios: ratios)
  }

  /// Returns the middles of `count` equal parts of the sorted numbers.
  private static func quantiles(_ numbers: [Double], count: Int) -> [Double] {
    let sorted = numbers.sorted()
    return (0..<count).map { sorted[(2 * $0 + 1) * sorted.count / (2 * count)] }
  }
}

/// K-means clusters of widths and heights: the distance is 1 − the intersection over union of two
/// boxes of one centre, and the centre of a cluster the mean of the logarithms.
private struct SizeClusters {
  private(set) var centres: [AnchorGrid.Shape]
  private static let mostRounds = 30

  /// Begins with the middles of as many equal parts of the shapes in the order of their areas.
  init(_ shapes: [AnchorGrid.Shape], count: Int) {
    let sorted = shapes.sorted { $0.width * $0.height < $1.width * $1.height }
    centres = (0..<count).map { sorted[(2 * $0 + 1) * sorted.count / (2 * count)] }
    var members: [Int] = []
    for _ in 0..<Self.mostRounds {
      let next = shapes.map(nearest)
      if next == members { break }
      members = next
      move(shapes, members)
    }
  }

  private func nearest(_ shape: AnchorGrid.Shape) -> Int {
    var best = (overlap: -1.0, index: 0)
    for (index, centre) in centres.enumerated() {
      let shared = min(shape.width, centre.width) * min(shape.height, centre.height)
      let overlap = shared / (shape.width * shape.height + centre.width * centre.height - shared)
      if overlap > best.overlap { best = (overlap, index) }
    }
    return best.index
  }

  /// Moves a cluster to the geometric mean of its members; one without members is not moved.
  private mutating func move(_ shapes: [AnchorGrid.Shape], _ members: [Int]) {
    var sums = centres.map { _ in (width: 0.0, height: 0.0, count: 0.0) }
    for (shape, member) in zip(shapes, members) {
      sums[member].width += log(shape.width)
      sums[member].height += log(shape.height)
      sums[member].count += 1
    }
    for (index, sum) in sums.enumerated() where sum.count > 0 {
      centres[index] = AnchorGrid.Shape(
        width: exp(sum.width / sum.count), height: exp(sum.height / sum.count))
    }
  }
}
