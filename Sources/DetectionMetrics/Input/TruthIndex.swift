import COCO

/// The images of a dataset by ascending id, each with its annotations: the counterpart of
/// pycocotools' index of the file.
struct TruthIndex: Sendable {
  /// The images in the order in which they are evaluated; of several with one id the last.
  let images: [COCO.Image]
  /// The first place of each image in the file.
  let order: [Int]
  /// The start of each image's annotations in `annotations`, and the end of the last one's.
  private let starts: [Int]
  /// The indices of the dataset's annotations, image after image, in the order of the file.
  private let annotations: [Int]
  private let positions: IDIndex
  private(set) var findings: [Finding] = []

  init(_ dataset: Dataset, _ categories: CategoryTable) {
    images = Self.images(dataset)
    positions = IDIndex(images.map(\.id))
    let first = IDIndex(dataset.images.map(\.id))
    order = images.map { first.position(of: $0.id) ?? 0 }
    var places = [Int](repeating: -1, count: dataset.annotations.count)
    for (index, annotation) in dataset.annotations.enumerated() {
      if let position = positions.position(of: annotation.imageID) {
        places[index] = position
      } else {
        findings.append(
          Finding(
            .unknownImage, severity: .warning, Fault.unknownImage(annotation.imageID).message,
            at: annotation.origin))
      }
    }
    let inOrder = Self.grouped(Array(dataset.annotations.indices), by: places, images.count)
    let lookup = AnnotationLookup(dataset.annotations)
    findings += lookup.findings
    guard lookup.hasStandIns else {
      (annotations, starts) = inOrder
      return
    }
    // They are evaluated where the last one stands, in the order in which they are met.
    let standIns = inOrder.0.filter { index in
      dataset.annotations[index].categoryID.flatMap(categories.position) != nil
    }.map(lookup.index)
    (annotations, starts) = Self.grouped(standIns, by: standIns.map { places[$0] }, images.count)
  }

  /// Returns indices grouped by their image's position, and the start of each group; those at −1
  /// are left out.
  private static func grouped(
    _ indices: [Int], by places: [Int], _ images: Int
  ) -> (indices: [Int], starts: [Int]) {
    var starts = [Int](repeating: 0, count: images + 1)
    for place in places where place >= 0 { starts[place + 1] += 1 }
    for image in 0..<images { starts[image + 1] += starts[image] }
    var next = starts
    var grouped = [Int](repeating: 0, count: starts[images])
    for (index, place) in zip(indices, places) where place >= 0 {
      grouped[next[place]] = index
      next[place] += 1
    }
    return (grouped, starts)
  }

  func position(ofImage id: Int) -> Int? { positions.position(of: id) }

  /// Returns the positions of the images with these ids, ascending, each once.
  func positions(ofImages ids: [Int]) -> [Int] {
    var isChosen = [Bool](repeating: false, count: images.count)
    for id in ids {
      if let position = position(ofImage: id) { isChosen[position] = true }
    }
    return isChosen.indices.filter { isChosen[$0] }
  }

  /// Returns the indices of an image's annotations.
  func annotations(of position: Int) -> ArraySlice<Int> {
    annotations[starts[position]..<starts[position + 1]]
  }

  private static func images(_ dataset: Dataset) -> [COCO.Image] {
    var images = dataset.images
    let isAscending = zip(images, images.dropFirst()).allSatisfy { $0.id < $1.id }
    if !isAscending {
      images = images.stablySorted { $0.id < $1.id }
      images = images.indices.filter {
        $0 + 1 == images.count || images[$0].id != images[$0 + 1].id
      }.map { images[$0] }
    }
    return images
  }
}

/// The annotations that pycocotools uses for an id: the last one that has it.
private struct AnnotationLookup {
  /// The substitute of each annotation that has one, by index.
  private var standIns: [Int: Int] = [:]
  private(set) var findings: [Finding] = []

  init(_ annotations: [Annotation]) {
    for annotation in annotations where annotation.id == 0 {
      findings.append(
        Finding(
          .zeroAnnotationID, severity: .warning,
          "expected an id of 1 or more, found 0: matches with this object do not count, "
            + "as in pycocotools", at: annotation.origin))
    }
    let repeated = IDIndex(annotations).repeated
    guard !repeated.isEmpty else { return }
    var last: [Int: Int] = [:]
    for index in repeated { last[annotations[index].id] = index }
    for index in repeated {
      findings.append(
        Finding(
          .duplicateAnnotationID,
          "another annotation also has the id \(annotations[index].id): "
            + "the last one is evaluated instead of all, as in pycocotools",
          at: annotations[index].origin))
    }
    for (index, annotation) in annotations.enumerated() {
      if let standIn = last[annotation.id] { standIns[index] = standIn }
    }
  }

  var hasStandIns: Bool { !standIns.isEmpty }

  func index(standingFor index: Int) -> Int { standIns[index] ?? index }
}
