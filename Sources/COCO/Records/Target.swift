/// The target of a detector for one image, in the types and shapes that torchvision's models take.
///
/// Source: torchvision's detection reference ("TorchVision object detection finetuning tutorial"):
/// boxes float [N, 4], labels int64 [N], image_id, area float [N], iscrowd uint8 [N], masks [N, H,
/// W].
public struct Target: Sendable, Equatable {
  /// The boxes, float [N, 4] row after row: x0 y0 x1 y1 in pixels, within 0 … width and 0 … height.
  public var boxes: [Float]
  /// The labels, [N], 1 … number of categories; 0 is the background, which no object has.
  public var labels: [Int64]
  /// The image's id, unique within its dataset.
  public var imageID: Int64
  /// The areas, [N], in square pixels: of the mask if there is one.
  public var area: [Float]
  /// The crowd marks, [N]: 1 for a crowd region, which evaluation ignores.
  public var isCrowd: [UInt8]
  /// The masks, [N], each height × width; nil unless every object has an outline.
  public var masks: [RunLengthMask]?

  /// The number of objects, N.
  public var count: Int { labels.count }

  /// Creates a target from its parts, which must all hold N elements.
  public init(
    boxes: [Float], labels: [Int64], imageID: Int64, area: [Float], isCrowd: [UInt8],
    masks: [RunLengthMask]? = nil
  ) {
    self.boxes = boxes
    self.labels = labels
    self.imageID = imageID
    self.area = area
    self.isCrowd = isCrowd
    self.masks = masks
  }
}

/// The reason why an annotation cannot be an object of a `Target`.
public enum TargetError: Error, Sendable, Equatable, CustomStringConvertible {
  case missingBox(annotationID: Int)
  case unknownCategory(Int?, annotationID: Int)
  case impossibleMask(MaskError, annotationID: Int)

  /// The reason as a message.
  public var description: String {
    switch self {
    case .missingBox(let id): "annotation \(id) has no box"
    case .unknownCategory(let category?, let id):
      "annotation \(id) is of category \(category), which has no label"
    case .unknownCategory(nil, let id): "annotation \(id) has no category"
    case .impossibleMask(let error, let id): "annotation \(id): \(error)"
    }
  }
}

extension Target {
  /// Creates the target of `image` with its annotations, in their order.
  ///
  /// - Throws: A `TargetError` for the first annotation without a box, of no known category, or
  ///   with an outline that gives no mask.
  public init(
    image: Image, annotations: [Annotation], labels: CategoryLabels
  ) throws(TargetError) {
    self.init(boxes: [], labels: [], imageID: Int64(image.id), area: [], isCrowd: [])
    var masks: [RunLengthMask] = []
    for annotation in annotations {
      guard let box = annotation.box else { throw .missingBox(annotationID: annotation.id) }
      guard let label = annotation.categoryID.flatMap(labels.label) else {
        throw .unknownCategory(annotation.categoryID, annotationID: annotation.id)
      }
      boxes += [Float(box.x0), Float(box.y0), Float(box.x1), Float(box.y1)]
      self.labels.append(label)
      let mask = try Self.mask(of: annotation, on: image)
      area.append(Float(annotation.area ?? mask.map { Double($0.area) } ?? box.area))
      isCrowd.append(annotation.isCrowd == 1 ? 1 : 0)
      if let mask { masks.append(mask) }
    }
    if masks.count == count, count > 0 { self.masks = masks }
  }

  private static func mask(
    of annotation: Annotation, on image: Image
  ) throws(TargetError) -> RunLengthMask? {
    switch annotation.segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: return mask
    case .polygons(let polygons)? where !polygons.isEmpty:
      do {
        return try RunLengthMask(
          polygons: polygons, height: image.height, width: image.width)
      } catch {
        throw .impossibleMask(error, annotationID: annotation.id)
      }
    case .polygons?, nil: return nil
    }
  }

  /// Returns the target's objects as annotations with ids from `firstID` on; masks become
  /// compressed run lengths.
  public func annotations(labels categories: CategoryLabels, firstID: Int = 1) -> [Annotation] {
    (0..<count).map { index in
      let corners = boxes[(index * 4)..<(index * 4 + 4)].map(Double.init)
      return Annotation(
        id: firstID + index, imageID: Int(imageID),
        categoryID: categories.categoryID(of: labels[index]),
        box: Box(x0: corners[0], y0: corners[1], x1: corners[2], y1: corners[3]),
        isCrowd: Int(isCrowd[index]), area: Double(area[index]),
        segmentation: masks.map { .compressedRunLengths($0[index]) })
    }
  }
}

/// The labels of a model for categories: 1 … N in the order of the categories.
public struct CategoryLabels: Sendable, Equatable {
  private let ids: [Int]
  private let labels: [Int: Int64]

  /// Creates the labels of categories in their order; of categories with one id, the first counts.
  public init(_ categories: [Category]) {
    ids = categories.map(\.id)
    labels = Dictionary(
      zip(ids, 1...).map { ($0, Int64($1)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of labels, the background included.
  public var count: Int { ids.count + 1 }

  /// Returns the label of a category; nil if no category has this id.
  public func label(of categoryID: Int) -> Int64? { labels[categoryID] }

  /// Returns the category of a label; nil for the background and for labels beyond the last.
  public func categoryID(of label: Int64) -> Int? {
    label >= 1 && label <= ids.count ? ids[Int(label) - 1] : nil
  }
}
