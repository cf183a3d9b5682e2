/// Plants faults in Pascal VOC files.
enum VOCPlanter {
  static func clean() -> Planting { VOCGround().planting("clean") }

  /// Every fault that an object can have.
  static func objects() -> Planting {
    var ground = VOCGround()
    boxes(&ground)
    ground.plantTwice { $0.marks = "«duplicate-box»" }
    ground.plantTwice { $0.name = "<name>«conflicting-labels»crab</name>" }
    ground.plant { object, _ in object.name = "«blank-padded-name»<name> boat </name>" }
    ground.plant { object, _ in object.name = "«empty-name»<name></name>" }
    ground.plant { object, _ in
      (object.name, object.box, object.marks) = ("", nil, "«missing-field»")
    }
    ground.plant { object, _ in (object.box, object.marks) = (nil, "«missing-field»") }
    ground.plant { object, box in
      object.marks = "«missing-field»"
      object.box = "<xmin>\(box.x)</xmin><ymin>\(box.y)</ymin><xmax>\(box.right)</xmax>"
    }
    ground.plant { object, box in
      object.box =
        "«malformed-value»<xmin>5,5</xmin><ymin>\(box.y)</ymin><xmax>\(box.right)</xmax>"
        + "<ymax>\(box.bottom)</ymax>"
    }
    return ground.planting("faults of objects")
  }

  private static func boxes(_ ground: inout VOCGround) {
    ground.plant("inverted-box") { ($0.xmin, $0.xmax) = ($0.xmax, $0.xmin) }
    ground.plant("zero-area-box") { $0.xmax = $0.xmin }
    ground.plant("non-finite-box") { $0.xmin = .nan }
    ground.plant("box-outside-image") { ($0.xmin, $0.xmax) = (300, 318) }
    ground.plant("box-past-edge") { ($0.ymin, $0.ymax) = (82, 104) }
    ground.plant("tiny-box") { $0.ymax = $0.ymin + 1 }
    ground.plant("extreme-aspect-ratio") {
      ($0.ymin, $0.xmax, $0.ymax) = (90, $0.xmin + 60, 92)
    }
    ground.plant("far-from-category-mean", name: "crab") {
      ($0.xmin, $0.ymin, $0.xmax, $0.ymax) = (2, 47, 120, 94)
    }
  }

  /// Every fault that a file or picture can have.
  static func files() -> Planting {
    var planting = VOCGround().planting("faults of files")
    pictures(&planting)
    documents(&planting)
    planting.brokenLinks = ["in/Annotations/q15.xml"]
    planting.elsewhere = [
      .init(rule: "unreadable-file", file: "in/Annotations/q15.xml", line: 1, column: 1)
    ]
    return planting
  }

  private static let object = VOCGround.Object(Ground.spot(0).box, name: "crab").text

  private static func pictures(_ planting: inout Planting) {
    func plant(
      _ stem: String, _ picture: [UInt8]?, named name: String? = nil, says fileName: String? = nil,
      mark: String = "", width: String = "128"
    ) {
      planting.texts["in/Annotations/\(stem).xml"] = VOCGround.document(
        [object], fileName: fileName ?? "\(stem).png", mark: mark, width: width)
      planting.files["in/JPEGImages/\(name ?? stem + ".png")"] = picture
    }
    plant("q1", PictureFile.colour(301), width: "«image-size-mismatch»64")
    plant("q2", PictureFile.colour(302), width: "«zero-image-size»0")
    plant("q3", nil, mark: "«missing-image-file»")
    plant("q4", Array("no".utf8), mark: "«unreadable-image»")
    plant("q5", PictureFile.colour(305), says: "q5.jpg", mark: "«name-matched-loosely»")
    plant(
      "q6", PictureFile.colour(306), named: "other.png", says: "other.png",
      mark: "«filename-stem-mismatch»")
    plant("q8", PictureFile.grey(308), says: "«unexpected-channels»q8.png")
    plant("con", PictureFile.colour(309), says: "«non-portable-file-name»con.png")
    plant("q14", PictureFile.colour(315))
    planting.texts["in/Annotations/again/q14.xml"] = VOCGround.document(
      [object], fileName: "«duplicate-file-name|filename»q14.png")
  }

  private static func documents(_ planting: inout Planting) {
    func plant(_ stem: String, _ seed: Int, _ text: (String) -> String) {
      planting.texts["in/Annotations/\(stem).xml"] = text(
        VOCGround.document([object], fileName: "\(stem).png"))
      planting.files["in/JPEGImages/\(stem).png"] = PictureFile.colour(seed)
    }
    plant("q7", 307) { "«image-without-annotations»" + $0.replacing(object + "\n", with: "") }
    plant("q9", 310) {
      $0.replacing("</annotation>\n", with: "  <object>\n    <name>crab</name>\n«malformed-file»")
    }
    plant("q10", 311) { "«forbidden-markup»<!DOCTYPE annotation>\n" + $0 }
    plant("q11", 312) {
      "<?xml version=\"1.0\" encoding=\"«unsupported-encoding»klingon\"?>\n" + $0
    }
    plant("q12", 313) { _ in "«malformed-file»" }
    var huge = VOCGround.Object(PlantBox(x: 1, y: 1, width: 126, height: 94), name: "palm")
    huge.box = huge.box?.replacing("1.0<", with: "0.5<")
    huge.marks = "«huge-box»"
    plant("q13", 314) { $0.replacing(object, with: huge.text) }
  }

  /// What is said of the set as a whole, or only where it is asked for.
  static let sets: [Planting] = {
    var edge = VOCGround()
    edge.plant { object, box in
      var corners = VOCGround.Corners(box)
      corners.xmin = 1
      object.box = corners.text
      object.marks = "«pixel-convention-evidence|object[9]»"
    }
    let evidence = edge.planting("boxes from 1 on")
    var rare = VOCGround()
    for number in 0..<3 {
      rare.plant { object, _ in
        let mark = number == 0 ? "«rare-category|object[9]/name»" : ""
        object.name = "<name>\(mark)buoy</name>"
      }
    }
    var ground = VOCGround()
    ground.plant { object, _ in
      object.name += "\n    <difficult>1</difficult>"
      object.marks = "«difficult-object»"
    }
    var difficult = ground.planting("a difficult object")
    difficult.arguments += ["--difficult", "drop"]
    var deleted = VOCGround()
    deleted.plant { object, _ in
      object.name += "\n    <deleted>1</deleted>"
      object.marks = "«deleted-object»"
    }
    return [
      evidence, rare.planting("a rare category"), difficult, deleted.planting("a deleted object"),
    ]
  }()
}
