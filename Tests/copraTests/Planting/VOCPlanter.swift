/// Plants faults in Pascal VOC files, whose lines end with CR LF.
enum VOCPlanter {
  /// An object: its class, its corners as they are written, and where findings are due.
  struct Object {
    var name = "<name>shell</name>"
    var marks = ""
    var box: String?

    init(_ box: PlantBox, name: String = "shell") {
      self.name = "<name>\(name)</name>"
      self.box = VOCPlanter.corners(box)
    }

    var text: String {
      let box = box.map { "\n    \(marks)<bndbox>\n      \($0)\n    </bndbox>" } ?? ""
      return "  \(self.box == nil ? marks : "")<object>\n    \(name)\(box)\n  </object>"
    }
  }

  static func corners(_ box: PlantBox) -> String {
    ["xmin": box.x, "ymin": box.y, "xmax": box.right, "ymax": box.bottom]
      .map { ($0.key, $0.value) }.sorted { $0.0 > $1.0 }
      .map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined(separator: "\n      ")
  }

  static func corners(
    _ xmin: Double, _ ymin: Double, _ xmax: Double, _ ymax: Double
  ) -> String {
    "<xmin>\(xmin)</xmin>\n      <ymin>\(ymin)</ymin>\n      <xmax>\(xmax)</xmax>\n      "
      + "<ymax>\(ymax)</ymax>"
  }

  static func document(
    _ objects: [String], fileName: String, mark: String = "", width: String = "128",
    height: String = "96"
  ) -> String {
    """
    <annotation>
      <folder>JPEGImages</folder>
      \(mark)<filename>\(fileName)</filename>
      <size>
        <width>\(width)</width>
        <height>\(height)</height>
        <depth>3</depth>
      </size>
    \(objects.joined(separator: "\n"))
    </annotation>

    """
  }

  static func clean() -> Planting { planting("clean", [:], [:], [:]) }

  /// The ground with plants in its files, and files of their own.
  private static func planting(
    _ title: String, _ plants: [Int: [Object]], _ texts: [String: String],
    _ pictures: [String: [UInt8]]
  ) -> Planting {
    var planting = Planting(title: "VOC, \(title)", format: "voc", arguments: ["in"])
    planting.lineEnd = "\r\n"
    planting.texts = texts
    for number in 1...Ground.pictures {
      let sound = Ground.objects(ofPicture: number).map {
        Object($0.box, name: Ground.names[$0.category])
      }
      let objects = (sound + plants[number, default: []]).map(\.text)
      planting.texts["in/Annotations/p\(number).xml"] = document(
        objects, fileName: "p\(number).png")
    }
    planting.files = GroundPictures.named { "in/JPEGImages/p\($0).png" }
    for (name, bytes) in pictures { planting.files["in/JPEGImages/\(name)"] = bytes }
    return planting
  }

  /// Every fault that an object can have.
  static func objects() -> Planting {
    var plants: [Int: [Object]] = [:]
    var count = 0
    func plant(_ change: (inout Object, PlantBox) -> Void) {
      let spot = Ground.spot(count)
      var object = Object(spot.box, name: Ground.names[1 + count % 4])
      change(&object, spot.box)
      plants[spot.picture, default: []].append(object)
      count += 1
    }
    func plantBox(_ rule: String, _ corners: (PlantBox) -> [Double]) {
      plant { object, box in
        let values = corners(box)
        let number = Ground.objects + plants[Ground.spot(count).picture, default: []].count + 1
        object.marks = "«\(rule)|object[\(number)]/bndbox»"
        object.box = Self.corners(values[0], values[1], values[2], values[3])
      }
    }
    func number(_ box: PlantBox) -> [Double] {
      [Double(box.x), Double(box.y), Double(box.right), Double(box.bottom)]
    }
    plantBox("inverted-box") {
      let n = number($0)
      return [n[2], n[1], n[0], n[3]]
    }
    plantBox("zero-area-box") {
      let n = number($0)
      return [n[0], n[1], n[0], n[3]]
    }
    plantBox("non-finite-box") {
      let n = number($0)
      return [.nan, n[1], n[2], n[3]]
    }
    plantBox("box-outside-image") {
      let n = number($0)
      return [300, n[1], 318, n[3]]
    }
    plantBox("box-past-edge") {
      let n = number($0)
      return [n[0], 82, n[2], 104]
    }
    plantBox("tiny-box") {
      let n = number($0)
      return [n[0], n[1], n[2], n[1] + 1]
    }
    plantBox("extreme-aspect-ratio") {
      let n = number($0)
      return [n[0], 90, n[0] + 60, 92]
    }
    for rule in ["duplicate-box", "conflicting-labels"] {
      plant { _, _ in }
      let picture = Ground.spot(count - 1).picture
      guard var copy = plants[picture]?.last else { continue }
      if rule == "duplicate-box" {
        copy.marks = "«\(rule)»"
      } else {
        copy.name = "<name>«\(rule)»crab</name>"
      }
      plants[picture]?.append(copy)
    }
    plant {
      $0.name = "«blank-padded-name»<name> boat </name>"
      _ = $1
    }
    plant {
      $0.name = "«empty-name»<name></name>"
      _ = $1
    }
    plant { object, _ in
      object.name = ""
      object.box = nil
      object.marks = "«missing-field»"
    }
    plant { object, _ in
      object.box = nil
      object.marks = "«missing-field»"
    }
    plant { object, box in
      object.marks = "«missing-field»"
      object.box = "<xmin>\(box.x)</xmin><ymin>\(box.y)</ymin><xmax>\(box.right)</xmax>"
    }
    plant { object, box in
      object.box =
        "«malformed-value»<xmin>5,5</xmin><ymin>\(box.y)</ymin><xmax>\(box.right)</xmax>"
        + "<ymax>\(box.bottom)</ymax>"
    }
    plant { object, _ in
      object.name = "<name>crab</name>"
      object.marks = "«far-from-category-mean»"
      object.box = Self.corners(2, 47, 120, 94)
    }
    return planting("faults of objects", plants, [:], [:])
  }

  /// Every fault that a file or picture can have.
  static func files() -> Planting {
    let object = Object(Ground.spot(0).box, name: "crab").text
    var texts: [String: String] = [:]
    var pictures: [String: [UInt8]] = [:]
    func plant(_ stem: String, _ text: String, picture: [UInt8]?) {
      texts["in/Annotations/\(stem).xml"] = text
      pictures["\(stem).png"] = picture
    }
    plant(
      "q1", document([object], fileName: "q1.png", width: "«image-size-mismatch»64"),
      picture: PictureFile.colour(301))
    plant(
      "q2", document([object], fileName: "q2.png", width: "«zero-image-size»0"),
      picture: PictureFile.colour(302))
    plant("q3", document([object], fileName: "q3.png", mark: "«missing-image-file»"), picture: nil)
    plant(
      "q4", document([object], fileName: "q4.png", mark: "«unreadable-image»"),
      picture: Array("no".utf8)
    )
    plant(
      "q5", document([object], fileName: "q5.jpg", mark: "«name-matched-loosely»"), picture: nil)
    pictures["q5.png"] = PictureFile.colour(305)
    plant(
      "q6", document([object], fileName: "other.png", mark: "«filename-stem-mismatch»"),
      picture: nil)
    pictures["other.png"] = PictureFile.colour(306)
    plant(
      "q7", "«image-without-annotations»" + document([], fileName: "q7.png"),
      picture: PictureFile.colour(307))
    plant(
      "q8", document([object], fileName: "«unexpected-channels»q8.png"),
      picture: PictureFile.grey(308))
    plant(
      "con", document([object], fileName: "«non-portable-file-name»con.png"),
      picture: PictureFile.colour(309))
    plant(
      "q9",
      document([object], fileName: "q9.png")
        .replacing("</annotation>\n", with: "  <object>\n    <name>crab</name>\n«malformed-file»"),
      picture: PictureFile.colour(310))
    plant(
      "q10", "«forbidden-markup»<!DOCTYPE annotation>\n" + document([object], fileName: "q10.png"),
      picture: PictureFile.colour(311))
    plant(
      "q11",
      "<?xml version=\"1.0\" encoding=\"«unsupported-encoding»klingon\"?>\n"
        + document([object], fileName: "q11.png"), picture: PictureFile.colour(312))
    plant("q12", "«malformed-file»", picture: PictureFile.colour(313))
    plant(
      "q13",
      document(
        [
          Object(PlantBox(x: 2, y: 2, width: 1, height: 1), name: "palm").text.replacing(
            "<bndbox>", with: "«huge-box»<bndbox>")
        ], fileName: "q13.png"),
      picture: PictureFile.colour(314))
    texts["in/Annotations/q13.xml"] = texts["in/Annotations/q13.xml"]?
      .replacing(
        corners(PlantBox(x: 2, y: 2, width: 1, height: 1)), with: corners(0.5, 0.5, 127.5, 95.5))
    texts["in/Annotations/again/q14.xml"] =
      document([object], fileName: "«duplicate-file-name|filename»q14.png")
    plant("q14", document([object], fileName: "q14.png"), picture: PictureFile.colour(315))
    var planting = Self.planting("faults of files", [:], texts, pictures)
    planting.brokenLinks = ["in/Annotations/q15.xml"]
    planting.elsewhere = [
      .init(rule: "unreadable-file", file: "in/Annotations/q15.xml", line: 1, column: 1)
    ]
    return planting
  }

  /// What is said of the set as a whole, or only where it is asked for.
  static let sets: [Planting] = {
    var edge = Object(PlantBox(x: 1, y: 54, width: 18, height: 14))
    var evidence = Self.planting("boxes from 1 on", [1: [edge]], [:], [:])
    evidence.elsewhere = [.init(rule: "pixel-convention-evidence")]
    edge = Object(Ground.spot(0).box)
    edge.name += "\n    <difficult>1</difficult>"
    edge.marks = "«difficult-object»"
    var difficult = Self.planting("a difficult object", [1: [edge]], [:], [:])
    difficult.arguments += ["--difficult", "drop"]
    return [evidence, difficult]
  }()
}
