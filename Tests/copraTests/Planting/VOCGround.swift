/// The ground as Pascal VOC files, whose lines end with CR LF, and plants on it.
struct VOCGround {
  /// An object: its class, its corners as they are written, and where findings are due.
  struct Object {
    var name: String
    /// Before the box, else before the object.
    var marks = ""
    var box: String?

    init(_ box: PlantBox, name: String) {
      self.name = "<name>\(name)</name>"
      self.box = Corners(box).text
    }

    var text: String {
      guard let box else { return "  \(marks)<object>\n    \(name)\n  </object>" }
      return
        "  <object>\n    \(name)\n    \(marks)<bndbox>\n      \(box)\n    </bndbox>\n  </object>"
    }
  }

  /// The numbers of a box.
  struct Corners {
    var xmin: Double
    var ymin: Double
    var xmax: Double
    var ymax: Double

    init(_ box: PlantBox) {
      (xmin, ymin) = (Double(box.x), Double(box.y))
      (xmax, ymax) = (Double(box.right), Double(box.bottom))
    }

    /// The greater corner first, an order that few readers expect.
    var text: String {
      [
        "<ymax>\(ymax)</ymax>", "<xmax>\(xmax)</xmax>", "<ymin>\(ymin)</ymin>",
        "<xmin>\(xmin)</xmin>",
      ]
      .joined(separator: "\n      ")
    }
  }

  private var plants: [Int: [Object]] = [:]
  private var count = 0

  /// A sound object of its own, then changed by `change`. Its category is used by few others.
  mutating func plant(_ change: (inout Object, PlantBox) -> Void = { _, _ in }) {
    let spot = Ground.spot(count)
    var object = Object(spot.box, name: Ground.names[1 + count % 4])
    change(&object, spot.box)
    plants[spot.picture, default: []].append(object)
    count += 1
  }

  /// An object whose box is at fault.
  mutating func plant(_ rule: String, name: String? = nil, _ change: (inout Corners) -> Void) {
    let number = Ground.objects + plants[Ground.spot(count).picture, default: []].count + 1
    plant { object, box in
      var corners = Corners(box)
      change(&corners)
      if let name { object.name = "<name>\(name)</name>" }
      object.marks = "«\(rule)|object[\(number)]/bndbox»"
      object.box = corners.text
    }
  }

  /// A sound object, and a changed copy of it on its picture.
  mutating func plantTwice(_ change: (inout Object) -> Void) {
    plant()
    let picture = Ground.spot(count - 1).picture
    guard var copy = plants[picture]?.last else { return }
    change(&copy)
    plants[picture]?.append(copy)
  }

  static func document(
    _ objects: [String], fileName: String, mark: String = "", width: String = "128"
  ) -> String {
    """
    <annotation>
      <folder>JPEGImages</folder>
      \(mark)<filename>\(fileName)</filename>
      <size>
        <width>\(width)</width>
        <height>96</height>
        <depth>3</depth>
      </size>
    \(objects.joined(separator: "\n"))
    </annotation>

    """
  }

  func planting(_ title: String) -> Planting {
    var planting = Planting(title: "VOC, \(title)", format: "voc", arguments: ["in"])
    planting.lineEnd = "\r\n"
    for number in 1...Ground.pictures {
      let sound = Ground.objects(ofPicture: number).map {
        Object($0.box, name: Ground.names[$0.category])
      }
      let objects = (sound + plants[number, default: []]).map(\.text)
      planting.texts["in/Annotations/p\(number).xml"] = Self.document(
        objects, fileName: "p\(number).png")
    }
    planting.files = GroundPictures.named { "in/JPEGImages/p\($0).png" }
    return planting
  }
}
