import CCopra
import COCO

extension HeldDataset {
  /// Makes a column.
  func column(_ column: Int32) throws -> Lent {
    switch Int(column) {
    case COPRA_IMAGE_ID: images { $0.id }
    case COPRA_IMAGE_WIDTH: images { $0.width }
    case COPRA_IMAGE_HEIGHT: images { $0.height }
    case COPRA_IMAGE_FILE_NAME: Lent(texts: datasets.flatMap { $0.images.map(\.fileName) })
    case COPRA_IMAGE_SPLIT:
      Lent(datasets.indices.flatMap { split in datasets[split].images.map { _ in Int64(split) } })
    case COPRA_CATEGORY_ID: Lent(categories.map { Int64($0.id) })
    case COPRA_CATEGORY_NAME: Lent(texts: categories.map(\.name))
    case COPRA_CATEGORY_SUPERCATEGORY: Lent(texts: categories.map { $0.supercategory ?? "" })
    case COPRA_SPLIT_NAME: Lent(texts: datasets.map { $0.split ?? "" })
    case COPRA_HAS_TEXT_IDS: Lent([words.isEmpty ? Int64(0) : 1])
    default: try annotationColumn(column)
    }
  }

  private func annotationColumn(_ column: Int32) throws -> Lent {
    switch Int(column) {
    case COPRA_ANNOTATION_ID: annotations { Int64($0.id) }
    case COPRA_ANNOTATION_IMAGE_ID: annotations { Int64($0.imageID) }
    case COPRA_ANNOTATION_IMAGE: imagePlaces
    case COPRA_ANNOTATION_CATEGORY_ID: annotations { Int64($0.categoryID ?? -1) }
    case COPRA_ANNOTATION_BOX: boxes
    case COPRA_ANNOTATION_AREA:
      Lent(datasets.flatMap { $0.annotations.map { $0.area ?? .nan } })
    case COPRA_ANNOTATION_CROWD: annotations { Int64($0.isCrowd ?? 0) }
    case COPRA_ANNOTATION_HAS_MASK:
      Lent(datasets.flatMap { $0.annotations.map { $0.hasMask ? UInt8(1) : 0 } })
    default: throw CallError("expected a column of a dataset, found \(column)")
    }
  }

  /// The categories of all splits, each id once.
  private var categories: [COCO.Category] {
    var seen: Set<Int> = []
    return datasets.flatMap { $0.categories.filter { seen.insert($0.id).inserted } }
  }

  private func images(_ value: (COCO.Image) -> Int) -> Lent {
    Lent(datasets.flatMap { $0.images.map { Int64(value($0)) } })
  }

  private func annotations(_ value: (Annotation) -> Int64) -> Lent {
    Lent(datasets.flatMap { $0.annotations.map(value) })
  }

  private var imagePlaces: Lent {
    Lent(
      datasets.indices.flatMap { split in
        datasets[split].annotations.map { annotation in
          place(ofImage: annotation.imageID, split: split).map { Int64($0) } ?? -1
        }
      })
  }

  private var boxes: Lent {
    let count = datasets.reduce(0) { $0 + $1.annotations.count }
    let lent = Lent(doubles: 4 * count)
    var next = lent.doubles
    for annotation in datasets.lazy.flatMap(\.annotations) {
      let box = annotation.box
      next[0] = box?.x ?? .nan
      next[1] = box?.y ?? .nan
      next[2] = box?.width ?? .nan
      next[3] = box?.height ?? .nan
      next += 4
    }
    return lent
  }
}

extension Annotation {
  fileprivate var hasMask: Bool {
    if case .polygons(let polygons)? = segmentation { return !polygons.isEmpty }
    return segmentation != nil
  }
}
