import COCO
import Files
import Formats

/// An import without its records and their images, as partial results hold it.
struct ImportAccount {
  /// A dataset without its images and annotations, and their numbers.
  struct Frame {
    var dataset: Dataset
    var images: Int
    var annotations: Int
  }

  var imported = Imported()
  var frames: [Frame] = []

  /// Returns the account of an import as JSON.
  static func json(_ imported: Imported) -> JSONObject {
    let frames = imported.datasets.map { dataset in
      Frame(
        dataset: dataset, images: dataset.images.count, annotations: dataset.annotations.count)
    }
    return json(imported, frames)
  }

  /// Returns the account of an import of these datasets as JSON.
  static func json(_ imported: Imported, _ frames: [Frame]) -> JSONObject {
    var encoder = FindingEncoder(imported.sources)
    var object: JSONObject = [
      "sources": .array(imported.sources.paths.map { .string($0) }),
      "datasets": .array(frames.map { .object(json($0, &encoder)) }),
      "findings": .array(imported.findings.map { .object(encoder.json($0)) }),
      "rejections": .array(imported.rejections.map { .object(json($0, &encoder)) }),
      "told": .object(imported.reported.json),
      "read": counts(imported.read),
      "changes": .object(
        JSONObject(
          imported.changes.sorted { $0.key < $1.key }.map { .init(name: $0, value: counts($1)) })),
      "notes": .array(imported.notes.map { .string($0) }),
      "image_folders": .object(
        JSONObject(
          imported.imageFolders.sorted { $0.key < $1.key }.map {
            .init(name: $0, value: .string($1))
          })),
      "deep_folders": .array(imported.deepFolders.sorted().map { .string($0) }),
      "turned": .array(imported.turned.map { .string($0) }),
    ]
    if let format = imported.format { object["format"] = .string(format.name) }
    return object
  }

  /// Reads what `json` gives; nil for anything else.
  ///
  /// - Parameter first: the number that the first of the files gets.
  init?(_ json: JSONObject, firstFile first: Int = 0) {
    guard let paths = Self.strings(json["sources"]), let datasets = json["datasets"]?.list,
      let findings = json["findings"]?.list, let rejections = json["rejections"]?.list,
      let notes = Self.strings(json["notes"]), let folders = json["image_folders"]?.object,
      let deep = Self.strings(json["deep_folders"]), let turned = Self.strings(json["turned"]),
      let read = Self.counts(json["read"]), let changes = json["changes"]?.object,
      let reported = json["told"]?.object.flatMap({
        ReportedFaults($0, files: paths.indices.map { first + $0 })
      })
    else { return nil }
    let numbers = paths.indices.map { first + $0 }
    imported.format = json["format"]?.string.flatMap { Format.named($0) }
    imported.sources = Sources(paths)
    var decoder = FindingDecoder(paths: paths, numbers: numbers)
    frames = datasets.compactMap { value in value.object.flatMap { Self.frame($0, &decoder) } }
    imported.findings = findings.compactMap { $0.object.flatMap { decoder.finding($0) } }
    imported.rejections = rejections.compactMap { value in
      value.object.flatMap { Self.rejection($0, &decoder) }
    }
    imported.sources.places = decoder.places
    (imported.notes, imported.turned, imported.deepFolders) = (notes, turned, Set(deep))
    (imported.read, imported.reported) = (read, reported)
    for member in changes.members { imported.changes[member.name] = Self.counts(member.value) }
    for member in folders.members { imported.imageFolders[member.name] = member.value.string }
    guard frames.count == datasets.count, imported.findings.count == findings.count,
      imported.rejections.count == rejections.count
    else { return nil }
  }

  private static func strings(_ value: JSONValue?) -> [String]? {
    guard let list = value?.list else { return nil }
    let strings = list.compactMap(\.string)
    return strings.count == list.count ? strings : nil
  }

  private static func counts(_ counts: RecordCounts) -> JSONValue {
    [.integer(counts.images), .integer(counts.annotations)]
  }

  private static func counts(_ value: JSONValue?) -> RecordCounts? {
    guard let list = value?.list?.compactMap(\.integer), list.count == 2 else { return nil }
    return RecordCounts(images: list[0], annotations: list[1])
  }
}

extension ImportAccount {
  private static func json(_ rejection: Rejection, _ encoder: inout FindingEncoder) -> JSONObject {
    [
      "kind": .string(rejection.kind.rawValue), "record": .string(rejection.record),
      "finding": .object(encoder.json(rejection.finding)),
      "follows_picture": .bool(rejection.followsPicture),
    ]
  }

  private static func rejection(
    _ json: JSONObject, _ decoder: inout FindingDecoder
  ) -> Rejection? {
    guard let kind = json["kind"]?.string.flatMap({ Rejection.Kind(rawValue: $0) }),
      let record = json["record"]?.string,
      let finding = json["finding"]?.object.flatMap({ decoder.finding($0) }),
      case .bool(let follows)? = json["follows_picture"]
    else { return nil }
    return Rejection(kind, finding, record: record, followsPicture: follows)
  }

  private static func json(_ frame: Frame, _ encoder: inout FindingEncoder) -> JSONObject {
    let dataset = frame.dataset
    var object: JSONObject = [
      "info": .object(dataset.info), "licenses": .array(dataset.licenses),
      "extra": .object(dataset.extra), "images": .integer(frame.images),
      "annotations": .integer(frame.annotations),
      "categories": .array(dataset.categories.map { .object(json($0, &encoder)) }),
    ]
    if let split = dataset.split { object["split"] = .string(split) }
    return object
  }

  private static func frame(_ json: JSONObject, _ decoder: inout FindingDecoder) -> Frame? {
    guard let info = json["info"]?.object, let licenses = json["licenses"]?.list,
      let extra = json["extra"]?.object, let images = json["images"]?.integer, images >= 0,
      let annotations = json["annotations"]?.integer, annotations >= 0,
      let list = json["categories"]?.list
    else { return nil }
    let categories = list.compactMap { value in
      value.object.flatMap { category($0, &decoder) }
    }
    guard categories.count == list.count else { return nil }
    let dataset = Dataset(
      split: json["split"]?.string, info: info, licenses: licenses, categories: categories,
      extra: extra)
    return Frame(dataset: dataset, images: images, annotations: annotations)
  }

  private static func json(
    _ category: COCO.Category, _ encoder: inout FindingEncoder
  ) -> JSONObject {
    var object: JSONObject = [
      "id": .integer(category.id), "name": .string(category.name),
      "extra": .object(category.extra),
    ]
    if let supercategory = category.supercategory {
      object["supercategory"] = .string(supercategory)
    }
    object["at"] = category.origin.map { encoder.json($0) }
    return object
  }

  private static func category(
    _ json: JSONObject, _ decoder: inout FindingDecoder
  ) -> COCO.Category? {
    guard let id = json["id"]?.integer, let name = json["name"]?.string,
      let extra = json["extra"]?.object
    else { return nil }
    var category = COCO.Category(
      id: id, name: name, supercategory: json["supercategory"]?.string, extra: extra)
    category.origin = json["at"].flatMap { decoder.origin($0) }
    return category
  }
}
