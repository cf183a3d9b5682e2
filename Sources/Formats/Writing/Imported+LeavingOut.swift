import COCO
import Files

extension Imported {
  /// Moves records that `format` cannot hold from the datasets to the rejections, images together
  /// with their annotations.
  public mutating func leaveOut(_ records: [LeftOutRecord], of format: Format) {
    for (place, records) in Dictionary(grouping: records, by: \.dataset).sorted(by: {
      $0.key < $1.key
    }) {
      leaveOut(records, from: place, format)
    }
  }

  private mutating func leaveOut(
    _ records: [LeftOutRecord], from place: Int, _ format: Format
  ) {
    let reasons = { (kind: LeftOutRecord.Kind) in
      Dictionary(
        records.filter { $0.kind == kind }.map { ($0.index, $0.reason) }
      ) { first, _ in first }
    }
    let (images, annotations) = (reasons(.image), reasons(.annotation))
    let dataset = datasets[place]
    let names = Dictionary(dataset.categories.map { ($0.id, $0.name) }) { first, _ in first }
    let owners = IDIndex(dataset.images.map(\.id))
    for index in images.keys.sorted() {
      let image = dataset.images[index]
      reject(
        .image,
        "image \(image.id) (\(image.fileName)) cannot be written as \(format.name): "
          + "\(images[index] ?? "")", at: image.origin, record: image.asRecord)
    }
    var kept: [Annotation] = []
    kept.reserveCapacity(dataset.annotations.count)
    for (index, annotation) in dataset.annotations.enumerated() {
      let followsPicture =
        owners.position(of: annotation.imageID).map { images[$0] != nil } ?? false
      guard followsPicture || annotations[index] != nil else {
        kept.append(annotation)
        continue
      }
      let reason = annotations[index] ?? "its image cannot"
      reject(
        .annotation,
        "annotation \(annotation.id) cannot be written as \(format.name): \(reason)",
        at: annotation.origin,
        record: annotation.asRecord(category: annotation.categoryID.flatMap { names[$0] }),
        followsPicture: followsPicture)
    }
    datasets[place].annotations = kept
    datasets[place].images = dataset.images.enumerated().filter { images[$0.offset] == nil }
      .map(\.element)
  }

  private mutating func reject(
    _ kind: Rejection.Kind, _ message: String, at origin: Origin?, record: String,
    followsPicture: Bool = false
  ) {
    rejections.append(
      Rejection(
        kind, Finding(.unwritableRecord, message, at: origin), record: record,
        followsPicture: followsPicture))
  }
}

extension Image {
  /// The image as JSON.
  var asRecord: String {
    var output = JSONOutput()
    output.append(self)
    return output.text
  }
}
