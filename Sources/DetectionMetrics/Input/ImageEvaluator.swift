import COCO
import Files

/// The records of one image.
struct ImageRecords {
  /// The image's place in its file, which decides between equal scores in the error analysis.
  var order: Int
  var truths: [Annotation]
  var detections: [Detection]

  /// Whether a mask has to be drawn in the image's size; `haveMasks` if detections have theirs
  /// elsewhere.
  func needsDrawing(haveMasks: Bool) -> Bool {
    truths.contains { Self.needsDrawing($0.segmentation) }
      || !haveMasks && detections.contains { Self.needsDrawing($0.segmentation) }
  }

  private static func needsDrawing(_ segmentation: Segmentation?) -> Bool {
    switch segmentation {
    case .polygons, nil: true
    case .runLengths, .compressedRunLengths: false
    }
  }
}

/// An evaluator of one image after the other with shapes of one type.
struct ImageEvaluator<Shape: EvaluatedShape>: Sendable {
  private let settings: EvaluationSettings
  private let categories: CategoryTable
  private let keypoints: KeypointScale
  /// The shapes of detections that have none of their own.
  private let shapes: DetectionShapes
  private(set) var matcher: ImageMatcher<Shape>
  private(set) var errors: ErrorSorter<Shape>?
  private(set) var confusion: ConfusionCounter<Shape>?
  private(set) var findings: [Finding] = []

  init(
    _ settings: EvaluationSettings, categories: CategoryTable,
    shapes: DetectionShapes = DetectionShapes()
  ) {
    self.settings = settings
    self.categories = categories
    self.shapes = shapes
    keypoints = KeypointScale(sigmas: settings.keypointSigmas)
    matcher = ImageMatcher(settings)
    errors = settings.analysesErrors ? ErrorSorter() : nil
    confusion = settings.confusionScore.map {
      ConfusionCounter(settings, categories: categories.categories.count, leastScore: $0)
    }
  }

  /// Evaluates an image, the next by ascending id.
  mutating func add(
    _ image: COCO.Image, _ records: ImageRecords, form: ResultsForm
  ) {
    var objects = objects(on: image, records, form: form)
    errors?.add(objects, order: records.order, imageID: image.id)
    confusion?.add(objects)
    objects.sort()
    matcher.add(objects, imageID: image.id)
  }

  /// Returns the comparable objects of an image's records.
  mutating func objects(
    on image: COCO.Image, _ records: ImageRecords, form: ResultsForm
  ) -> ImageObjects<Shape> {
    let frame = ImageFrame(
      height: image.height, width: image.width, form: form, keypoints: keypoints, shapes: shapes)
    if settings.iouType == .segm, image.width <= 0 || image.height <= 0,
      records.needsDrawing(haveMasks: shapes.masks != nil)
    {
      find(
        .zeroImageSize,
        "expected a width and height to draw masks in, found \(image.width)×\(image.height)",
        image.origin)
    }
    var objects = ImageObjects<Shape>()
    objects.truths.reserveCapacity(records.truths.count)
    objects.detections.reserveCapacity(records.detections.count)
    for annotation in records.truths { add(annotation, in: frame, to: &objects) }
    for detection in considered(records.detections) { add(detection, in: frame, to: &objects) }
    if settings.isFederated { federate(&objects, image) }
    return objects
  }

  /// Returns the detections that count: LVIS limits those of an image before their categories are
  /// considered.
  private func considered(_ detections: [Detection]) -> [Detection] {
    guard settings.isFederated, let limit = settings.maximumDetections.last,
      detections.count > limit
    else { return detections }
    return Array(detections.stablySorted { $0.score > $1.score }.prefix(limit))
  }

  private mutating func add(
    _ annotation: Annotation, in frame: ImageFrame, to objects: inout ImageObjects<Shape>
  ) {
    guard let id = annotation.categoryID else {
      find(.missingField, "the annotation has no \"category_id\"", annotation.origin)
      return
    }
    guard let category = categories.position(of: id) else {
      find(
        .unknownCategory, severity: .warning, Fault.unknownCategory(id).message, annotation.origin)
      return
    }
    do throws(ShapeFault) {
      let shape = try Shape.truth(annotation, in: frame)
      let area = area(of: annotation, shape)
      guard isConsidered(area, annotation.origin) else { return }
      objects.truths.append(
        TruthObject(
          category: category, area: area,
          isCrowd: annotation.isCrowd ?? 0 != 0,
          isIgnored: isIgnored(annotation), isSeenWhenMatched: annotation.id != 0, shape: shape))
    } catch {
      find(error.kind, severity: .error, error.message, annotation.origin)
    }
  }

  /// Returns whether an area counts: LVIS ignores objects whose area is 0.
  private mutating func isConsidered(_ area: Double, _ origin: Origin?) -> Bool {
    guard settings.isFederated, !(area > 0 && area.isFinite) else { return true }
    find(
      .zeroAreaBox, severity: .warning,
      "expected an area above 0, found \(area): left out, as in lvis",
      origin)
    return false
  }

  /// Returns the record's area, or the one that the shape covers, with a finding.
  private mutating func area(of annotation: Annotation, _ shape: Shape) -> Double {
    if let area = annotation.area {
      if !area.isFinite {
        find(
          .malformedValue, "area: expected a finite number, found \(area)",
          annotation.origin)
      }
      return area
    }
    let mask = shape.asMask.map { Double($0.area) }
    let area = mask ?? annotation.box?.area ?? 0
    find(
      .missingField, severity: .warning, "the record has no \"area\": \(area) is used",
      annotation.origin)
    return area
  }

  private func isIgnored(_ annotation: Annotation) -> Bool {
    if settings.isFederated { return annotation.extra["ignore"].flatMap(\.wholeNumber) ?? 0 != 0 }
    let isCrowd = annotation.isCrowd ?? 0 != 0
    guard settings.iouType == .keypoints else { return isCrowd }
    let labelled = annotation.extra["num_keypoints"].flatMap(\.wholeNumber)
    return isCrowd || (labelled ?? annotation.labelledKeypoints) == 0
  }

  private mutating func add(
    _ detection: Detection, in frame: ImageFrame, to objects: inout ImageObjects<Shape>
  ) {
    guard let category = categories.position(of: detection.categoryID) else {
      find(
        .unknownCategory, severity: .warning, Fault.unknownCategory(detection.categoryID).message,
        detection.origin)
      return
    }
    // Files cannot hold such numbers, but detectors can make them.
    guard detection.score.isFinite, detection.box?.isFinite ?? true else {
      find(
        .malformedValue,
        "expected a finite score and box, found \(detection.score) and \(detection.boxText)",
        detection.origin)
      return
    }
    do throws(ShapeFault) {
      let (shape, area) = try Shape.detection(detection, in: frame)
      if let box = detection.box, box.isInverted {
        find(
          .invertedBox, severity: .warning,
          "expected a width and height of 0 or more, found \(box.width) and \(box.height)",
          detection.origin)
      }
      if let mask = shape.asMask, frame.width > 0, frame.height > 0,
        mask.height != frame.height || mask.width != frame.width
      {
        find(
          .rleSizeMismatch,
          "expected a mask of \(frame.height) × \(frame.width) pixels as the image has, "
            + "found \(mask.height) × \(mask.width)", detection.origin)
      }
      guard isConsidered(area, detection.origin) else { return }
      objects.detections.append(
        DetectedObject(category: category, score: detection.score, area: area, shape: shape))
    } catch {
      find(error.kind, severity: .error, error.message, detection.origin)
    }
  }

  /// Leaves out detections of categories of which the image may or may not show something.
  private func federate(_ objects: inout ImageObjects<Shape>, _ image: COCO.Image) {
    let absent = categories.positions(in: image.extra["neg_category_ids"])
    let present = Set(objects.truths.map(\.category))
    objects.detections.removeAll { !absent.contains($0.category) && !present.contains($0.category) }
    objects.partlyAnnotated = categories.positions(in: image.extra["not_exhaustive_category_ids"])
  }

  private mutating func find(
    _ kind: FaultKind, severity: Finding.Severity? = nil, _ message: String, _ origin: Origin?
  ) {
    findings.append(Finding(kind, severity: severity, message, at: origin))
  }
}

extension Detection {
  fileprivate var boxText: String {
    box.map { "[\($0.x), \($0.y), \($0.width), \($0.height)]" } ?? "no box"
  }
}

extension JSONValue {
  /// A number that is whole; a truth value as 1 or 0.
  fileprivate var wholeNumber: Int? {
    switch self {
    case .integer(let value): value
    case .bool(let flag): flag ? 1 : 0
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
}
