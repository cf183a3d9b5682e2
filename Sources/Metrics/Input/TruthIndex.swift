import COCO

/// The images of a dataset by ascending id, each with its annotations: what pycocotools' index makes
/// of the file.
struct TruthIndex: Sendable {
  /// Images in the order in which they are evaluated; of several with one id the last.
  let images: [COCO.Image]
  /// Where each of the images comes first in the file.
  let order: [Int]
  /// Where each image's annotations begin in `annotations`, and the end of the last one's.
  private let starts: [Int]
  /// Indices of the dataset's annotations, image after image, in the order of the file.
  private let annotations: [Int]
  private let positions: IDIndex
  private(set) var findings: [Finding] = []

  init(_ dataset: Dataset) {
    images = Self.images(dataset)
    positions = IDIndex(images.map(\.id))
    let first = IDIndex(dataset.images.map(\.id))
    order = images.map { first.position(of: $0.id) ?? 0 }
    let lookup = AnnotationLookup(dataset.annotations)
    var counts = [Int](repeating: 0, count: images.count + 1)
    var places = [Int](repeating: -1, count: dataset.annotations.count)
    for (index, annotation) in dataset.annotations.enumerated() {
      guard let position = positions.position(of: annotation.imageID) else {
        findings.append(
          Finding(
            "unknown-image", .warning, "no image has the id \(annotation.imageID)",
            at: annotation.origin))
        continue
      }
      places[index] = position
      counts[position + 1] += 1
    }
    for position in images.indices { counts[position + 1] += counts[position] }
    starts = counts
    var grouped = [Int](repeating: 0, count: counts[images.count])
    for (index, position) in places.enumerated() where position >= 0 {
      grouped[counts[position]] = lookup.index(standingFor: index)
      counts[position] += 1
    }
    annotations = grouped
    findings += lookup.findings
  }

  func position(ofImage id: Int) -> Int? { positions.position(of: id) }

  /// The indices of an image's annotations.
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

/// Which annotation pycocotools takes where it asks for an id: the last one that has it.
private struct AnnotationLookup {
  /// By index, for those that another one stands for.
  private var standIns: [Int: Int] = [:]
  private(set) var findings: [Finding] = []

  init(_ annotations: [Annotation]) {
    for annotation in annotations where annotation.id == 0 {
      findings.append(
        Finding(
          "annotation-id-zero", .warning,
          "expected an id from 1 on, found 0: matches with this object count as none, "
            + "as in pycocotools", at: annotation.origin))
    }
    let repeated = IDIndex(annotations.map(\.id)).repeated
    guard !repeated.isEmpty else { return }
    var last: [Int: Int] = [:]
    for index in repeated { last[annotations[index].id] = index }
    for index in repeated {
      findings.append(
        Finding(
          "duplicate-annotation-id", .error,
          "another annotation has the id \(annotations[index].id) too: "
            + "the last one is evaluated in place of all, as in pycocotools",
          at: annotations[index].origin))
    }
    for (index, annotation) in annotations.enumerated() {
      if let standIn = last[annotation.id] { standIns[index] = standIn }
    }
  }

  func index(standingFor index: Int) -> Int { standIns.isEmpty ? index : standIns[index] ?? index }
}
