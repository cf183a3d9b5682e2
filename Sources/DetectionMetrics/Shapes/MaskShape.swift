import COCO

/// A mask that is compared by intersection over union: pycocotools' `rleIou`.
struct MaskShape: EvaluatedShape {
  private enum Runs {
    case read(RunLengthMask)
    /// One that covers its size.
    case compressed(CompressedMask)
  }

  private let runs: Runs
  let height: Int
  let width: Int
  let area: Int
  /// The box around the mask in whole pixels.
  let box: Box

  /// Creates the shape of a mask that covers its size.
  init(_ mask: RunLengthMask) {
    var extent = MaskExtent(height: mask.height)
    mask.counts.withUnsafeBufferPointer { counts in
      for (index, run) in counts.enumerated() {
        if index & 1 == 0 { extent.add(zeros: Int(run)) } else { extent.add(ones: Int(run)) }
      }
    }
    self.init(.read(mask), height: mask.height, width: mask.width, extent)
  }

  private init(_ mask: CompressedMask) throws(ShapeFault) {
    if let extent = mask.extent {
      self.init(.compressed(mask), height: mask.height, width: mask.width, extent)
    } else {
      self.init(try Self.rastered { () throws(MaskError) in try mask.read() })
    }
  }

  private init(_ runs: Runs, height: Int, width: Int, _ extent: MaskExtent) {
    self.runs = runs
    self.height = height
    self.width = width
    area = extent.area
    box = extent.box
  }

  var asMask: MaskShape? { self }

  private var mask: RunLengthMask {
    switch runs {
    case .read(let mask): mask
    case .compressed(let mask): mask.known
    }
  }

  func overlap(with truth: MaskShape, isCrowd: Bool, least: Double) -> Double {
    let across = min(box.x1, truth.box.x1) - max(box.x, truth.box.x)
    let down = min(box.y1, truth.box.y1) - max(box.y, truth.box.y)
    guard across > 0, down > 0 else { return 0 }
    guard height == truth.height, width == truth.width else { return -1 }
    // The masks have at most the pixels of the smaller one in common, and those where the boxes
    // meet; most pairs are told apart by that.
    let most = min(across * down, Double(min(area, truth.area)))
    let fewest = isCrowd ? Double(area) : Double(max(area, truth.area))
    guard most >= least * fewest * 0.999999 else { return 0 }
    let shared = mask.intersection(with: truth.mask)
    guard shared > 0 else { return 0 }
    return Double(shared) / Double(isCrowd ? area : area + truth.area - shared)
  }

  static func truth(
    _ annotation: Annotation, in frame: ImageFrame
  ) throws(ShapeFault) -> MaskShape {
    guard let segmentation = annotation.segmentation else { throw .missing("segmentation") }
    return MaskShape(try mask(of: segmentation, in: frame))
  }

  static func detection(
    _ detection: Detection, in frame: ImageFrame
  ) throws(ShapeFault) -> (shape: MaskShape, area: Double) {
    let shape: MaskShape
    if let mask = frame.shapes.mask(of: detection) {
      shape = try MaskShape(mask)
    } else if let segmentation = detection.segmentation {
      shape = MaskShape(try mask(of: segmentation, in: frame))
    } else if let box = detection.box {
      shape = MaskShape(
        try rastered { () throws(MaskError) in
          try RunLengthMask(box: box, height: frame.height, width: frame.width)
        })
    } else {
      throw .missing("segmentation")
    }
    switch frame.form {
    case .masks: return (shape, Double(shape.area))
    case .keypoints: return (shape, try frame.keypointExtent(of: detection).area)
    case .boxes:
      guard let box = detection.box else { throw .missing("bbox") }
      return (shape, box.area)
    }
  }

  private static func mask(
    of segmentation: Segmentation, in frame: ImageFrame
  ) throws(ShapeFault) -> RunLengthMask {
    switch segmentation {
    case .runLengths(let mask), .compressedRunLengths(let mask):
      try rastered { () throws(MaskError) in
        try mask.validate()
        return mask
      }
    case .polygons(let polygons): try mask(of: polygons, in: frame)
    }
  }

  /// Returns the mask of rings; pycocotools reads rings of four numbers as boxes, and refuses
  /// shorter ones.
  private static func mask(
    of polygons: Polygons, in frame: ImageFrame
  ) throws(ShapeFault) -> RunLengthMask {
    var first: Int?
    polygons.forEachRing { first = first ?? $0.count }
    guard let first, first >= 4 else {
      throw ShapeFault(
        kind: .malformedValue,
        message: "segmentation: expected rings of at least 3 corners, found \(first ?? 0) numbers")
    }
    return try rastered { () throws(MaskError) in
      guard first == 4 else {
        return try RunLengthMask(polygons: polygons, height: frame.height, width: frame.width)
      }
      var masks: [RunLengthMask] = []
      for ring in polygons.rings where ring.count == 4 {
        let box = Box(x: ring[0], y: ring[1], width: ring[2], height: ring[3])
        masks.append(try RunLengthMask(box: box, height: frame.height, width: frame.width))
      }
      return try RunLengthMask.union(masks)
    }
  }

  private static func rastered(
    _ make: () throws(MaskError) -> RunLengthMask
  ) throws(ShapeFault) -> RunLengthMask {
    do throws(MaskError) {
      return try make()
    } catch {
      throw ShapeFault(kind: .malformedValue, message: "segmentation: \(error)")
    }
  }
}
