/// The ground as a COCO file, and the records of plants on it.
struct COCOGround {
  var file = MarkedCOCO()
  var pictures = GroundPictures.named { "p\($0).png" }
  private(set) var plantCount = 0

  init() {
    for number in 1...Ground.pictures {
      file.images.append(Self.image(number, "p\(number).png"))
      for object in Ground.objects(ofPicture: number) {
        file.annotations.append(
          Self.annotation(file.annotations.count + 1, number, object.category + 1, object.box))
      }
    }
    file.categories = zip(Ground.names, 1...).map { Self.category($1, "\"\($0)\"") }
  }

  static func image(_ id: Int, _ fileName: String) -> MarkedRecord {
    MarkedRecord([
      ("id", "\(id)"), ("file_name", "\"\(fileName)\""), ("width", "\(PictureFile.width)"),
      ("height", "\(PictureFile.height)"),
    ])
  }

  static func annotation(_ id: Int, _ image: Int, _ category: Int, _ box: PlantBox) -> MarkedRecord
  {
    MarkedRecord([
      ("id", "\(id)"), ("image_id", "\(image)"), ("category_id", "\(category)"),
      ("bbox", "[\(box.x), \(box.y), \(box.width), \(box.height)]"),
      ("area", "\(box.width * box.height)"), ("iscrowd", "0"),
    ])
  }

  static func category(_ id: Int, _ name: String) -> MarkedRecord {
    MarkedRecord([("id", "\(id)"), ("name", name), ("supercategory", "\"\"")])
  }

  /// A sound annotation of its own, then changed by `change`. Its category is used by few others.
  @discardableResult
  mutating func plant(
    _ change: (MarkedRecord, PlantBox) -> MarkedRecord
  ) -> MarkedRecord {
    let spot = Ground.spot(plantCount)
    let record = change(
      Self.annotation(file.annotations.count + 1, spot.picture, 2 + plantCount % 4, spot.box),
      spot.box)
    file.annotations.append(record)
    plantCount += 1
    return record
  }

  /// An annotation whose member is another; the finding is due there.
  mutating func plant(
    _ rule: String, _ name: String, _ value: (PlantBox) -> String
  ) {
    plant { $0.marked(rule, at: name, value($1)) }
  }

  /// An image with a picture of its own and a sound annotation.
  mutating func plantImage(
    _ fileName: String? = nil, picture: [UInt8]?, box: PlantBox = Ground.spot(0).box,
    _ change: (MarkedRecord) -> MarkedRecord
  ) {
    let id = file.images.count + 1
    let fileName = fileName ?? "q\(id).png"
    pictures[fileName] = picture
    file.images.append(change(Self.image(id, fileName)))
    file.annotations.append(Self.annotation(file.annotations.count + 1, id, 1, box))
  }

  /// A picture's place, beside the file unless its name climbs.
  private static func path(_ name: String) -> String {
    name.hasPrefix("../") ? String(name.dropFirst(3)) : "in/\(name)"
  }

  func planting(_ title: String, _ layout: JSONLayout) -> Planting {
    Planting(
      title: "COCO, \(title), \(layout)", format: "coco", arguments: ["in/instances.json"],
      texts: ["in/instances.json": file.text(layout)],
      files: Dictionary(
        uniqueKeysWithValues: pictures.map { (Self.path($0.key), $0.value) }))
  }
}

extension PlantBox {
  /// The box's own corners as one ring.
  var ring: String { "[[\(x), \(y), \(right), \(y), \(right), \(bottom), \(x), \(bottom)]]" }
}
