import DetectionModels

/// The anchor grids of a detector for images of any size. The sizes of feature maps are determined
/// once for each length of a side.
final class AnchorPlaces {
  private let detector: any BackboneDetector
  private let strides: [Int]?
  private var widths: [Int: [Int]] = [:]
  private var heights: [Int: [Int]] = [:]
  private var grids: [SpatialSize: [AnchorGrid]] = [:]
  private var shapes: [SpatialSize: [[AnchorGrid.Shape]]] = [:]

  /// A side that distinguishes maps that shrink in halves from others, since it is no multiple of
  /// 64.
  private static let probe = SpatialSize(height: 160, width: 1056)

  init(_ detector: any BackboneDetector) {
    self.detector = detector
    strides = Self.strides(of: detector)
  }

  /// Returns the anchors on each feature map of a batch of this size.
  func grids(of size: SpatialSize) -> [AnchorGrid] {
    if let known = grids[size] { return known }
    let made = detector.anchorGrids(imageSize: size, maps: maps(of: size))
    grids[size] = made
    return made
  }

  /// Returns the shapes of anchors on each feature map of a batch of this size.
  func shapes(of size: SpatialSize) -> [[AnchorGrid.Shape]] {
    if let known = shapes[size] { return known }
    let made = grids(of: size).map(\.shapes)
    shapes[size] = made
    return made
  }

  /// Returns the size of each feature map of a batch of this size.
  func maps(of size: SpatialSize) -> [SpatialSize] {
    guard detector.transform.options.fixedSize == nil else { return detector.mapSizes(of: size) }
    let (widths, heights) = (sides(size.width, isWidth: true), sides(size.height, isWidth: false))
    return zip(heights, widths).map { SpatialSize(height: $0, width: $1) }
  }

  private func sides(_ length: Int, isWidth: Bool) -> [Int] {
    if let strides { return strides.map { (length + $0 - 1) / $0 } }
    if let known = isWidth ? widths[length] : heights[length] { return known }
    let narrow = 32
    let maps = detector.mapSizes(
      of: SpatialSize(height: isWidth ? narrow : length, width: isWidth ? length : narrow))
    let sides = maps.map { isWidth ? $0.width : $0.height }
    if isWidth { widths[length] = sides } else { heights[length] = sides }
    return sides
  }

  /// Returns the pixels between the places of each map, if maps have a place for each power of two
  /// of pixels, the last of them for the rest; nil for other detectors.
  private static func strides(of detector: any BackboneDetector) -> [Int]? {
    guard detector.transform.options.fixedSize == nil else { return nil }
    let maps = detector.mapSizes(of: probe)
    let strides = maps.map { map in
      var stride = 1
      while (probe.width + stride - 1) / stride > map.width { stride *= 2 }
      return stride
    }
    let fits = zip(maps, strides).allSatisfy { map, stride in
      (probe.width + stride - 1) / stride == map.width
        && (probe.height + stride - 1) / stride == map.height
    }
    return fits ? strides : nil
  }
}
