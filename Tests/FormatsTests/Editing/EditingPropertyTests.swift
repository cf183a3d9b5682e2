import COCO
import Formats
import TestSupport
import Testing

/// For generated sets: what is read of the edited files is what the fixes made of the records.
@Suite struct EditingPropertyTests {
  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `edited COCO files read as the fixed set`(seed: UInt64) async throws {
    var random = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder()
    try folder.write(COCOText(&random).text, to: "a.json")
    var fixed = Dataset()
    let edited = try await folder.edit("coco") {
      var fix = RandomFix(random)
      fix.apply(to: &$0[0])
      fixed = $0[0]
    }
    #expect(edited.unapplied == [])
    #expect(edited.hasExactChanges)
    try folder.write(edited)
    let imported = try await folder.read("coco")
    #expect(!imported.allRules.contains { $0.hasPrefix("malformed") })
    #expect(try imported.whole.withoutOrigins == fixed.withoutOrigins)
  }

  @Test(arguments: 31...45 as ClosedRange<UInt64>)
  func `numbers of COCO files that are set back give the file's bytes`(seed: UInt64) async throws {
    var random = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder()
    try folder.write(COCOText(&random).text, to: "a.json")
    let original = try await folder.read("coco").whole
    func scramble(_ dataset: inout Dataset) {
      for index in dataset.annotations.indices {
        dataset.annotations[index].box = RandomFix.box(&random)
        dataset.annotations[index].id += 1000
        if original.annotations[index].extra["has_area"] != nil {
          dataset.annotations[index].area = Double(Int.random(in: 1...99999, using: &random)) / 8
        }
      }
    }
    let there = try await folder.edit("coco") { scramble(&$0[0]) }
    try folder.write(there)
    let back = try await folder.edit("coco") {
      for (index, annotation) in original.annotations.enumerated() {
        $0[0].annotations[index].box = annotation.box
        $0[0].annotations[index].id = annotation.id
        if annotation.extra["has_area"] != nil {
          $0[0].annotations[index].area = annotation.area
        }
      }
    }
    #expect(back.files.map(\.new) == there.files.map(\.old))
  }

  @Test(arguments: ["voc", "yolo"], 1...20 as ClosedRange<UInt64>)
  func `edited files read as the fixed set`(format: String, seed: UInt64) async throws {
    var random = SeededNumbers(seed: seed)
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] {
      try folder.picture("images/\(name).png", width: 320, height: 240)
      let records = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (RandomFix.box(&random), Int.random(in: 0...2, using: &random))
      }
      let text =
        format == "voc"
        ? VOCText.text(of: records, &random) : YOLOText.text(of: records, &random)
      try folder.write(
        Bool.random(using: &random) ? utf16(text) : Array(text.utf8),
        to: format == "voc" ? "Annotations/\(name).xml" : "labels/\(name).txt")
    }
    if format == "yolo" {
      try folder.write("train: images\nnames: [crab, eel, cod]\n", to: "data.yaml")
    }
    var fixed: [Dataset] = []
    let edited = try await folder.edit(format) {
      var fix = RandomFix(random)
      fix.applyToBoxes(of: &$0[0])
      fixed = $0
    }
    #expect(edited.unapplied == [])
    #expect(edited.hasExactChanges)
    try folder.write(edited)
    let read = try await folder.read(format)
    #expect(read.labels == labels(of: fixed))
    #expect(read.rejections == [])
    for (left, right) in zip(read.datasets[0].boxes.joined(), fixed[0].boxes.joined()) {
      #expect(abs(left - right) <= 1e-6)
    }
  }

  private func labels(of datasets: [Dataset]) -> [String] {
    var imported = Imported()
    imported.datasets = datasets
    return imported.labels
  }
}

/// Changes to records as fixes make them.
private struct RandomFix {
  private var random: SeededNumbers

  init(_ random: SeededNumbers) { self.random = random }

  static func box(_ random: inout SeededNumbers) -> Box {
    func number(_ limit: Int) -> Double {
      Double(Int.random(in: 0...limit * 8, using: &random)) / 8
    }
    return Box(x: number(100), y: number(80), width: 1 + number(90), height: 1 + number(70))
  }

  mutating func apply(to dataset: inout Dataset) {
    for index in dataset.annotations.indices {
      switch Int.random(in: 0...9, using: &random) {
      case 0: dataset.annotations[index].box = Self.box(&random)
      case 1: dataset.annotations[index].area = Self.box(&random).x
      case 2: dataset.annotations[index].isCrowd = 1
      case 3: dataset.annotations[index].id += 5000
      case 4: dataset.annotations[index].categoryID = Int.random(in: 1...3, using: &random)
      case 5: dataset.annotations[index].segmentation = nil
      case 6:
        let ring = (0..<6).map { _ in Self.box(&random).x }
        dataset.annotations[index].segmentation = .polygons(Polygons([ring]))
      case 7: dataset.annotations[index].extra["num_keypoints"] = 3
      default: continue
      }
      // Where the file has none, reading works the area out from what has changed.
      dataset.annotations[index].area = Double(index) + 0.375
    }
    dataset.annotations.removeAll { _ in Int.random(in: 0...3, using: &random) == 0 }
    dataset.categories[0].name += "s"
    dataset.images[0].width += 1
  }

  mutating func applyToBoxes(of dataset: inout Dataset) {
    for index in dataset.annotations.indices {
      switch Int.random(in: 0...3, using: &random) {
      case 0:
        let box = Self.box(&random)
        dataset.annotations[index].box = box
        dataset.annotations[index].area = box.area
      case 1:
        let categories = dataset.categories
        dataset.annotations[index].categoryID = categories.randomElement(using: &random)?.id
      default: break
      }
    }
    let first = dataset.annotations.first
    dataset.annotations.removeAll {
      $0.id != first?.id && Int.random(in: 0...3, using: &random) == 0
    }
  }
}

/// A COCO file in one of the styles that programs write.
private struct COCOText {
  let text: String

  init(_ random: inout SeededNumbers) {
    let style = Int.random(in: 0...2, using: &random)
    let colon = style == 0 ? ":" : ": "
    let comma = [",", ", ", ",\n      "][style]
    func object(_ members: [(String, String)]) -> String {
      let inner = members.map { "\"\($0)\"\(colon)\($1)" }.joined(separator: comma)
      return style == 2 ? "{\n      \(inner)\n    }" : "{\(inner)}"
    }
    func list(_ name: String, _ records: [String]) -> String {
      let separator = style == 2 ? ",\n    " : style == 1 ? ",\r\n" : ","
      return "\"\(name)\"\(colon)[\(records.joined(separator: separator))\n]"
    }
    let annotations = (1...Int.random(in: 1...9, using: &random)).map { id in
      object(Self.annotation(id, &random))
    }
    let images = [1, 2].map {
      object([("file_name", "\"\($0).png\""), ("width", "320"), ("height", "240"), ("id", "\($0)")])
    }
    let categories = (1...3).map { object([("id", "\($0)"), ("name", "\"a\\\"}\($0)\"")]) }
    text =
      "{"
      + [list("annotations", annotations), list("images", images), list("categories", categories)]
      .joined(separator: ",") + "}"
  }

  private static func annotation(
    _ id: Int, _ random: inout SeededNumbers
  ) -> [(String, String)] {
    let box = RandomFix.box(&random)
    func shortest(_ number: Double) -> String {
      number == number.rounded() ? String(Int(number)) : String(number)
    }
    let numbers = [box.x, box.y, box.width, box.height].map(shortest).joined(separator: ", ")
    var members = [
      ("id", "\(id)"), ("image_id", "\(Int.random(in: 1...2, using: &random))"),
      ("category_id", "\(Int.random(in: 1...3, using: &random))"), ("bbox", "[\(numbers)]"),
    ]
    if Bool.random(using: &random) { members += [("area", "12.5"), ("has_area", "{\"a\": [1]}")] }
    if Bool.random(using: &random) { members.append(("iscrowd", "0")) }
    if Bool.random(using: &random) { members.append(("segmentation", "[[1, 2, 3, 4, 5, 6]]")) }
    return members.shuffled(using: &random)
  }
}

/// VOC files with and without blanks between the elements.
private enum VOCText {
  static func text(of records: [(Box, Int)], _ random: inout SeededNumbers) -> String {
    let separator = ["", "\n", "\r\n\t"].randomElement(using: &random) ?? ""
    let objects = records.map { box, label in
      let corners = [box.x0, box.y0, box.x1, box.y1].map { String($0) }
      return VOCFixture.object(["crab", "eel", "cod"][label], corners)
        .replacing("><", with: ">\(separator)<")
    }
    return VOCFixture.text {
      $0.size = nil
      $0.fileName = nil
      $0.objects = objects
    }
  }
}

/// Label files with a varying number of decimals and line ends.
private enum YOLOText {
  static func text(of records: [(Box, Int)], _ random: inout SeededNumbers) -> String {
    let ending = ["\n", "\r\n", "\n\n"].randomElement(using: &random) ?? ""
    let rows = records.map { box, label in
      let numbers = [
        (box.x + box.width / 2) / 320, (box.y + box.height / 2) / 240, box.width / 320,
        box.height / 240,
      ]
      return "\(label) " + numbers.map { String($0) }.joined(separator: "  ")
    }
    return rows.joined(separator: ending) + (Bool.random(using: &random) ? ending : "")
  }
}

extension Dataset {
  /// The records alone, to be compared with others of the same values.
  fileprivate var withoutOrigins: Dataset {
    var copy = self
    for index in copy.images.indices {
      copy.images[index].origin = nil
      copy.images[index].isChanged = false
    }
    for index in copy.annotations.indices {
      copy.annotations[index].origin = nil
      copy.annotations[index].isChanged = false
      // Reading keeps the members' order, editing adds at the end.
      copy.annotations[index].extra.members.sort { $0.name < $1.name }
    }
    for index in copy.categories.indices { copy.categories[index].origin = nil }
    return copy
  }
}
