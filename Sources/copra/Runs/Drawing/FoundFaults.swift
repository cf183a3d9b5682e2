import COCO
import Datasets
import Files
import Images

/// The objects that the rules find fault with, before all others in grey.
struct FoundFaults: DrawnSubject {
  private let set: DrawnSet
  /// By annotation and by image; those of files and sets are on no picture.
  private var ofAnnotations: [RecordReference: [Finding]] = [:]
  private var ofImages: [RecordReference: [Finding]] = [:]
  private var concerned: Set<PictureReference> = []

  init(_ findings: [Finding], in set: DrawnSet) {
    self.set = set
    let records = Self.records(of: findings, in: set)
    for (finding, record) in zip(findings, records) {
      guard let record else { continue }
      switch record.kind {
      case .image:
        ofImages[record, default: []].append(finding)
        concerned.insert(PictureReference(dataset: record.dataset, index: record.index))
      case .annotation: ofAnnotations[record, default: []].append(finding)
      case .category: break
      }
    }
    for picture in set.pictures where !concerned.contains(picture) {
      let hasFault = set.annotations(on: picture).contains {
        ofAnnotations[RecordReference(.annotation, $0, dataset: picture.dataset)] != nil
      }
      if hasFault { concerned.insert(picture) }
    }
  }

  /// Returns the record of each finding: the one it names, else the one that stands at its place.
  private static func records(
    of findings: [Finding], in set: DrawnSet
  ) -> [RecordReference?] {
    var placed: [Origin: RecordReference] = [:]
    if findings.contains(where: { $0.record == nil }) {
      for (place, dataset) in set.datasets.enumerated() {
        for (index, image) in dataset.images.enumerated() {
          if let origin = image.origin { placed[origin] = .init(.image, index, dataset: place) }
        }
        for (index, annotation) in dataset.annotations.enumerated() {
          guard let origin = annotation.origin else { continue }
          placed[origin] = .init(.annotation, index, dataset: place)
        }
      }
    }
    return findings.map { $0.record ?? $0.origin.flatMap { placed[$0] } }
  }

  let panelCount = 1
  var legend: [(colour: Colour, text: String)] { [] }

  func concerns(_ picture: PictureReference) -> Bool { concerned.contains(picture) }

  func panels(of picture: PictureReference) -> [Panel] {
    var objects = set.annotations(on: picture).map { index in
      let object = set.object(index, in: picture.dataset)
      let record = RecordReference(.annotation, index, dataset: picture.dataset)
      guard let findings = ofAnnotations[record] else { return object.faded }
      return object.marked(by: findings)
    }
    let record = RecordReference(.image, picture.index, dataset: picture.dataset)
    if let findings = ofImages[record] {
      let image = set.image(picture)
      let frame = Box(x: 0, y: 0, width: Double(image.width), height: Double(image.height))
      objects.append(DrawnObject(box: frame, colour: .white).marked(by: findings))
    }
    return [Panel(objects: objects)]
  }
}

extension DrawnObject {
  /// Returns the object in the colour of the gravest finding, with the rules in its label.
  fileprivate func marked(by findings: [Finding]) -> DrawnObject {
    var marked = self
    var rules: [String] = []
    for rule in findings.map(\.rule) where !rules.contains(rule) { rules.append(rule) }
    marked.label = rules.joined(separator: ", ") + (label.map { ": \($0)" } ?? "")
    marked.emphasis = .strong
    switch findings.map(\.severity).max() ?? .information {
    case .error: marked.colour = Colour(red: 213, green: 94, blue: 0)
    case .warning: marked.colour = Colour(red: 240, green: 228, blue: 66)
    case .information: marked.colour = Colour(red: 86, green: 180, blue: 233)
    }
    return marked
  }
}
