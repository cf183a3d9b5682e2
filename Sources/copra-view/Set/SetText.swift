import COCO
import DetectionMetrics
import Formats

/// What the page is told of the whole set, and of its pictures in pieces, as JSON.
struct SetText {
  let set: ViewedSet

  /// The title, splits and categories of the set.
  ///
  /// - Parameter run: what pictures' addresses hold beside their numbers.
  func summary(hasPredictions: Bool, hasLosses: Bool, run: String) -> [UInt8] {
    var output = JSONOutput()
    output.raw("{\"version\":1,\"run\":")
    output.append(run)
    output.raw(",\"title\":")
    output.append(set.options.title)
    output.raw(",\"format\":")
    output.append(set.imported.format?.name ?? "")
    output.raw(",\"upright\":")
    output.append(JSONValue.bool(set.options.isUpright))
    output.raw(",\"predictions\":")
    output.append(JSONValue.bool(hasPredictions))
    output.raw(",\"losses\":")
    output.append(JSONValue.bool(hasLosses))
    output.raw(",\"pictures\":")
    output.append(set.count)
    output.raw(",\"splits\":")
    output.append(.array(set.imported.datasets.map { .string($0.split ?? "") }))
    output.raw(",\"categories\":")
    output.append(.array(set.categories.entries.map { .object($0.json) }))
    output.raw("}")
    return output.bytes
  }

  /// Pictures in their order, each [name, width, height, split, number of objects, categories, sizes of
  /// objects as bits (1 small, 2 medium, 4 large), attributes]; the attributes are indices into a list
  /// of this piece.
  func pictures(_ range: Range<Int>) -> [UInt8] {
    var output = JSONOutput(capacity: range.count * 64)
    var attributes = AttributeList()
    output.raw("{\"from\":")
    output.append(range.lowerBound)
    output.raw(",\"pictures\":[")
    for picture in range {
      if picture > range.lowerBound { output.raw(",") }
      append(picture, to: &output, &attributes)
    }
    output.raw("],\"attributes\":")
    output.append(.array(attributes.texts.map { .string($0) }))
    output.raw("}")
    return output.bytes
  }

  private func append(
    _ picture: Int, to output: inout JSONOutput, _ attributes: inout AttributeList
  ) {
    guard let (dataset, index) = set.location(of: picture) else { return }
    let image = set.imported.datasets[dataset].images[index]
    let own = set.annotations(on: picture)
    var (categories, sizes, marks) = (Set<Int>(), 0, Set<Int>())
    for index in own {
      let annotation = set.imported.datasets[dataset].annotations[Int(index)]
      categories.insert(set.categories.index(of: annotation.categoryID, in: dataset))
      sizes |= Self.size(of: annotation)
      attributes.add(annotation, to: &marks)
    }
    output.raw("[")
    output.append(image.fileName)
    for number in [image.width, image.height, dataset, own.count] {
      output.raw(",")
      output.append(number)
    }
    output.raw(",")
    output.append(.array(categories.sorted().map { .integer($0) }))
    output.raw(",")
    output.append(sizes)
    output.raw(",")
    output.append(.array(marks.sorted().map { .integer($0) }))
    output.raw("]")
  }

  private static func size(of annotation: Annotation) -> Int {
    guard let area = annotation.area ?? annotation.box?.area else { return 0 }
    return 1 << (AreaRange.sizes.firstIndex(of: .size(ofArea: area)) ?? 0)
  }
}

/// The attributes of objects in words, each once.
struct AttributeList {
  /// Longer values are told apart by nobody in a menu.
  private static let mostCharacters = 60

  private(set) var texts: [String] = []
  private var indices: [String: Int] = [:]

  /// Adds an annotation's attributes, and their indices to those of its picture.
  mutating func add(_ annotation: Annotation, to marks: inout Set<Int>) {
    if annotation.isCrowd == 1 { marks.insert(index(of: "crowd")) }
    for member in annotation.attributes.members {
      guard let value = member.value.brief else { continue }
      marks.insert(index(of: "\(member.name): \(value)".prefix(Self.mostCharacters).description))
    }
  }

  private mutating func index(of text: String) -> Int {
    if let index = indices[text] { return index }
    indices[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }
}

extension JSONValue {
  /// A single value in words; nil for lists, objects and numbers with fractions, of which there are as
  /// many as objects.
  fileprivate var brief: String? {
    switch self {
    case .bool(let flag): flag ? "yes" : "no"
    case .integer(let number): "\(number)"
    case .string(let text): text
    case .number(let number): number == number.rounded() ? number.shortest : nil
    case .null, .literal, .array, .object: nil
    }
  }
}

extension ViewedCategories.Entry {
  fileprivate var json: JSONObject {
    var object: JSONObject = ["name": .string(name), "colour": .string(colour.web)]
    if let supercategory { object["supercategory"] = .string(supercategory) }
    object["keypoints"] = keypoints
    object["skeleton"] = skeleton
    return object
  }
}
