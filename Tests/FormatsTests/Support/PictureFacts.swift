import COCO

/// What a dataset says of one picture, without ids and in a form that formats agree on.
struct PictureFacts: Equatable {
  struct Object: Equatable {
    var category: String?
    /// x, y, width, height, and the corners of the outline.
    var numbers: [Double] = []
    var isCrowd: Int?
    var attributes: [String: String] = [:]
  }

  var width: Int
  var height: Int
  var objects: [Object] = []

  /// The facts of each split by file name.
  static func facts(of datasets: [Dataset]) -> [String: [String: PictureFacts]] {
    var facts: [String: [String: PictureFacts]] = [:]
    for dataset in datasets { facts[dataset.split ?? ""] = Self.facts(of: dataset) }
    return facts
  }

  private static func facts(of dataset: Dataset) -> [String: PictureFacts] {
    var pictures: [String: PictureFacts] = [:]
    let names = Dictionary(uniqueKeysWithValues: dataset.images.map { ($0.id, $0.fileName) })
    let categories = Dictionary(uniqueKeysWithValues: dataset.categories.map { ($0.id, $0.name) })
    for image in dataset.images {
      pictures[image.fileName] = PictureFacts(width: image.width, height: image.height)
    }
    for annotation in dataset.annotations {
      guard let name = names[annotation.imageID] else { continue }
      var object = Object(
        category: annotation.categoryID.flatMap { categories[$0] }, isCrowd: annotation.isCrowd,
        attributes: text(of: annotation.attributes))
      if let box = annotation.box { object.numbers = [box.x, box.y, box.width, box.height] }
      if case .polygons(let polygons)? = annotation.segmentation {
        object.numbers += polygons.rings.joined()
      }
      pictures[name]?.objects.append(object)
    }
    return pictures
  }

  /// VOC's readers give what it always writes, and types are lost on the way through text.
  private static func text(of attributes: JSONObject) -> [String: String] {
    var text: [String: String] = [:]
    for member in attributes.members {
      switch member.value {
      case .string(let string): text[member.name] = string
      default:
        var output = JSONOutput()
        output.append(member.value)
        text[member.name] = output.text
      }
    }
    for (name, value) in ["pose": "Unspecified", "truncated": "0", "difficult": "0"]
    where text[name] == value {
      text[name] = nil
    }
    return text
  }

  /// Whether all numbers are equal to a billionth of a pixel and all else is equal.
  func isClose(to other: PictureFacts) -> Bool {
    guard width == other.width, height == other.height, objects.count == other.objects.count else {
      return false
    }
    return zip(objects, other.objects).allSatisfy { own, other in
      own.category == other.category && own.isCrowd == other.isCrowd
        && own.attributes == other.attributes && own.numbers.count == other.numbers.count
        && zip(own.numbers, other.numbers).allSatisfy { abs($0 - $1) < 1e-9 }
    }
  }
}
