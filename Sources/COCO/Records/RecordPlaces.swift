public import Files

/// An index of records by their places.
public struct RecordPlaces: Sendable {
  private var records: [Origin: RecordReference] = [:]

  /// Creates the index.
  ///
  /// - Parameters:
  ///   - datasets: The datasets, one for each split.
  ///   - wanted: The places that will be looked up.
  public init(_ datasets: [Dataset], of wanted: some Sequence<Origin>) {
    let wanted = Set(wanted)
    guard !wanted.isEmpty else { return }
    for (place, dataset) in datasets.enumerated() {
      for (index, image) in dataset.images.enumerated() {
        guard let origin = image.origin, wanted.contains(origin) else { continue }
        records[origin] = RecordReference(.image, index, dataset: place)
      }
      for index in dataset.annotations.indices {
        guard let origin = dataset.annotations[index].origin, wanted.contains(origin) else {
          continue
        }
        records[origin] = RecordReference(.annotation, index, dataset: place)
      }
    }
  }

  /// The annotation that stands at a place, else the image that does.
  public subscript(origin: Origin) -> RecordReference? { records[origin] }
}
