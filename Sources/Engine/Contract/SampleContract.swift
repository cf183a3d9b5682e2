public import COCO
public import Files
import Images

/// A check of a dataset as a detector would receive it, without decoding images.
public struct SampleContract: Sendable {
  /// The samples to check.
  public let samples: DetectionSamples
  /// The requirements of the model.
  public var target: TargetContract
  /// Whether the images' headers are read; if not, the dataset's sizes are trusted.
  public var readsHeaders = true

  /// Creates a check of samples.
  ///
  /// - Parameters:
  ///   - samples: The samples to check.
  ///   - numClasses: The number of the model's classes, the background included; that of
  ///     the dataset if nil.
  ///   - input: The size to which the detector resizes images.
  public init(_ samples: DetectionSamples, numClasses: Int? = nil, input: InputSize? = nil) {
    self.samples = samples
    target = TargetContract(
      numClasses: numClasses ?? samples.labels.count, needsMasks: samples.hasMasks,
      numKeypoints: samples.keypoints?.count, input: input)
  }

  /// Returns the findings in the order of the samples, whatever the number of tasks.
  public func findings(tasks: OrderedTasks = OrderedTasks(threads: 1)) async -> [Finding] {
    await check(tasks: tasks).findings
  }

  /// Returns the findings, and the samples that can be read.
  public func check(tasks: OrderedTasks = OrderedTasks(threads: 1)) async -> CheckedSamples {
    // The work does not throw.
    let parts = (try? await tasks.map(samples.count) { self.check(at: $0) }) ?? []
    let readable = parts.indices.filter { parts[$0].isReadable }
    return CheckedSamples(
      readable: readable.count == samples.count ? samples : samples.subset(readable),
      objects: parts.reduce(ObjectCounts()) { $0 + $1.objects },
      findings: parts.flatMap(\.findings),
      unreadable: parts.filter { !$0.isReadable }.flatMap(\.findings))
  }

  private struct Part: Sendable {
    var findings: [Finding]
    var isReadable: Bool
    var objects: ObjectCounts
  }

  private func check(at position: Int) -> Part {
    let image = samples.image(at: position)
    let record = RecordReference(.image, samples.imageIndices[position])
    guard readsHeaders else {
      return check(at: position, width: image.width, height: image.height, findings: [])
    }
    let path = Path.join(samples.folder, image.fileName)
    let header: ImageHeader
    do {
      header = try ImageHeader.read(path: path)
      try Bitmap.check(header)
    } catch {
      return Part(
        findings: [SampleError(error, of: image, at: path, record: record).finding],
        isReadable: false, objects: ObjectCounts())
    }
    let width = samples.isUpright ? header.uprightWidth : header.width
    let height = samples.isUpright ? header.uprightHeight : header.height
    var findings: [Finding] = []
    if image.width > 0, image.height > 0, (image.width, image.height) != (width, height) {
      let fault = Fault.imageSizeMismatch(
        claimed: (image.width, image.height), file: (width, height),
        stored: (header.width, header.height))
      findings.append(Finding(fault, at: image.origin, record: record))
    }
    return check(at: position, width: width, height: height, findings: findings)
  }

  /// Checks the objects of an image of this size, given the findings so far.
  private func check(at position: Int, width: Int, height: Int, findings: [Finding]) -> Part {
    var findings = findings
    let imageIndex = samples.imageIndices[position]
    var objects = CheckedObjects(
      image: samples.image(at: position), imageRecord: RecordReference(.image, imageIndex))
    for index in samples.annotationIndices[imageIndex] {
      objects.add(
        samples.dataset.annotations[index], at: index, of: samples, width: width, height: height)
    }
    findings += objects.findings
    findings += target.findings(of: objects.target, width: width, height: height, at: objects.place)
    return Part(
      findings: findings, isReadable: true,
      objects: ObjectCounts(
        samples.annotationIndices[imageIndex].lazy.map { samples.dataset.annotations[$0] },
        taken: objects.place.objectRecords, findings: findings))
  }
}

/// The result of checking samples.
public struct CheckedSamples: Sendable {
  /// The samples whose images exist and are of a kind that can be decoded. Objects that no model
  /// can be given are left out when the sample is made.
  public let readable: DetectionSamples
  /// The number of objects on them.
  public let objects: ObjectCounts
  /// The findings in the order of the samples.
  public let findings: [Finding]
  /// The findings that say why an image cannot be read.
  public let unreadable: [Finding]
}

/// The objects of one image, faulty ones included, with their places.
private struct CheckedObjects {
  var target: Target
  var place: TargetPlace
  /// The findings about annotations that cannot be objects at all.
  var findings: [Finding] = []

  init(image: COCO.Image, imageRecord: RecordReference) {
    target = Target(boxes: [], labels: [], imageID: Int64(image.id), area: [], isCrowd: [])
    place = TargetPlace(image: image.origin, imageRecord: imageRecord)
  }

  mutating func add(
    _ annotation: Annotation, at index: Int, of samples: DetectionSamples, width: Int, height: Int
  ) {
    guard annotation.isCrowd != 1 else { return }
    let record = RecordReference(.annotation, index)
    func fault(_ kind: FaultKind, _ message: String, _ field: RecordField) {
      findings.append(
        Finding(
          kind, severity: .error, message, at: annotation.origin, record: record, field: field))
    }
    guard let box = annotation.box else {
      fault(.missingBox, "expected a box, found none", .box)
      return
    }
    guard let label = annotation.categoryID.flatMap(samples.labels.label) else {
      let found = annotation.categoryID.map { "\($0), which has no label" } ?? "none"
      fault(.unknownCategory, "expected a category of the set, found \(found)", .categoryID)
      return
    }
    if samples.hasMasks {
      guard let mask = mask(of: annotation, width: width, height: height) else {
        fault(.emptySegmentation, "expected an outline to learn a mask from", .segmentation)
        return
      }
      target.masks = (target.masks ?? []) + [mask]
    }
    if let count = samples.keypoints?.count, let keypoints = annotation.keypoints,
      let fault = KeypointContract(count: count, width: width, height: height).fault(of: keypoints)
    {
      findings.append(Finding(fault, at: annotation.origin, record: record))
      guard KeypointContract.takes(keypoints, count: count) else { return }
    }
    target.boxes += [Float(box.x0), Float(box.y0), Float(box.x1), Float(box.y1)]
    target.labels.append(label)
    target.area.append(Float(annotation.area ?? box.area))
    target.isCrowd.append(0)
    place.objects.append(annotation.origin)
    place.objectRecords.append(record)
  }

  /// Returns the outline as a mask; a mask of another size than the image keeps it.
  private func mask(of annotation: Annotation, width: Int, height: Int) -> RunLengthMask? {
    switch annotation.segmentation {
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: mask
    case .polygons?, nil: annotation.mask(height: height, width: width)
    }
  }
}
