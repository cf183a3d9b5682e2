/// Plants faults in YOLO label files, with tabs between numbers and lines that end with CR LF.
enum YOLOPlanter {
  static func row(_ category: Int, _ box: PlantBox) -> [String] {
    [
      "\(category)", decimal(Double(box.x) + Double(box.width) / 2, of: PictureFile.width),
      decimal(Double(box.y) + Double(box.height) / 2, of: PictureFile.height),
      decimal(Double(box.width), of: PictureFile.width),
      decimal(Double(box.height), of: PictureFile.height),
    ]
  }

  static func decimal(_ value: Double, of size: Int) -> String {
    "\((value / Double(size) * 1_000_000).rounded() / 1_000_000)"
  }

  private static let fields = ["class", "x_center", "y_center", "width", "height"]
  static let yaml = "train: images\nnames: [\(Ground.names.joined(separator: ", "))]\n"

  static func clean() -> Planting { planting("clean", [:]) }

  static func planting(
    _ title: String, _ plants: [Int: [[String]]], yaml: String = yaml
  ) -> Planting {
    var planting = Planting(title: "YOLO, \(title)", format: "yolo", arguments: ["in/data.yaml"])
    planting.lineEnd = "\r\n"
    planting.texts["in/data.yaml"] = yaml
    for number in 1...Ground.pictures {
      let rows = Ground.objects(ofPicture: number).map { row($0.category, $0.box) }
      planting.texts["in/labels/p\(number).txt"] = (rows + plants[number, default: []])
        .map { $0.joined(separator: "\t") + "\n" }.joined()
    }
    planting.files = GroundPictures.named { "in/images/p\($0).png" }
    return planting
  }

  /// Every fault that a row can have.
  static func rows() -> Planting {
    var rows = Rows()
    rows.plant("inverted-box") { $0[3] = "-" + $0[3] }
    rows.plant("zero-area-box") { $0[4] = "0" }
    rows.plant("non-finite-box") { $0[2] = "nan" }
    rows.plant("box-outside-image") { $0[1] = "1.5" }
    rows.plant("box-past-edge") { $0[2] = "0.98" }
    rows.plant("tiny-box") { $0[4] = "0.01" }
    rows.plant("extreme-aspect-ratio") { $0 = [$0[0], "0.5", "0.95", "0.5", "0.022"] }
    rows.plant("malformed-value", at: 0) { $0[0] = "crab" }
    rows.plant("malformed-value", at: 3) { $0[3] = "wide" }
    rows.plant("unknown-category", at: 0) { $0[0] = "9" }
    rows.plant("unnormalised-coordinates") { $0 = [$0[0], "60", "61", "18", "14"] }
    rows.plant(nil) { row in
      row.removeLast()
      row[3] += "«unknown-field-count»"
    }
    rows.plant("self-intersecting-polygon") {
      $0 = [$0[0], "0.4", "0.6", "0.6", "0.75", "0.6", "0.6", "0.4", "0.75"]
    }
    rows.plant("far-from-category-mean") { $0 = ["0", "0.5", "0.74", "0.9", "0.5"] }
    rows.plantTwice { $0[1] = "«duplicate-box»" + $0[1] }
    rows.plantTwice { $0[0] = "«conflicting-labels»\($0[0] == "1" ? 2 : 1)" }
    return planting("faults of rows", rows.plants)
  }

  /// Rows that are planted, by picture.
  private struct Rows {
    private(set) var plants: [Int: [[String]]] = [:]
    private var count = 0

    /// A sound row of its own, then changed by `change`; the finding is due at a field of it.
    mutating func plant(
      _ rule: String?, at field: Int = 1, _ change: (inout [String]) -> Void = { _ in }
    ) {
      let spot = Ground.spot(count)
      var row = YOLOPlanter.row(1 + count % 4, spot.box)
      change(&row)
      let number = Ground.objects + plants[spot.picture, default: []].count + 1
      let path = field > 0 && row.count == 5 ? "|row \(number), \(fields[field])" : ""
      if let rule { row[field] = "«\(rule)\(path)»" + row[field] }
      plants[spot.picture, default: []].append(row)
      count += 1
    }

    /// A sound row, and a changed copy of it in its file.
    mutating func plantTwice(_ change: (inout [String]) -> Void) {
      plant(nil)
      let picture = Ground.spot(count - 1).picture
      guard var copy = plants[picture]?.last else { return }
      change(&copy)
      plants[picture]?.append(copy)
    }
  }

  /// Every fault that a picture or label file can have.
  static func files() -> Planting {
    var planting = Self.planting("faults of files", [:])
    let row = row(0, Ground.spot(0).box).joined(separator: "\t") + "\n"
    func plant(_ stem: String, _ text: String?, _ picture: [UInt8]?, ending: String = "png") {
      if let text { planting.texts["in/labels/\(stem).txt"] = text }
      if let picture { planting.files["in/images/\(stem).\(ending)"] = picture }
    }
    plant("q1", "«label-without-image»" + row, nil)
    plant("q2", nil, PictureFile.colour(402))
    planting.elsewhere.insert(
      .init(rule: "image-without-label-file", file: "in/images/q2.png", line: 1, column: 1))
    plant("q3", "«image-without-annotations»", PictureFile.colour(403))
    plant("q4", "«unreadable-image»" + row, Array("no".utf8))
    plant("q5", "«unexpected-channels»" + row, PictureFile.grey(405))
    plant("con", "«non-portable-file-name»" + row, PictureFile.colour(406))
    plant("q6", "1\t«huge-box»0.5\t0.5\t0.99\t0.99\n", PictureFile.colour(407))
    return planting
  }

  /// Every fault that only decoding a picture shows.
  static func looks() -> Planting {
    var planting = Self.planting("faults of pictures", [:])
    let row = row(0, Ground.spot(0).box).joined(separator: "\t") + "\n"
    let whole = PictureFile.colour(501)
    var changed = PictureFile.colour(502)
    changed[changed.count / 2] ^= 0x55
    let pictures: [(rule: String, bytes: [UInt8])] = [
      ("dark-image", PictureFile.toned { x, y in (x / 16 * 5 + y / 12 * 3) % 40 }),
      ("bright-image", PictureFile.toned { x, y in 240 + (x / 16 * 5 + y / 12 * 3) % 16 }),
      ("low-information-image", PictureFile.toned { x, y in 120 + (x / 16 + y / 12) % 2 * 40 }),
      ("blurred-image", PictureFile.toned { x, y in 20 + x + y }),
      ("truncated-image", Array(whole.prefix(whole.count / 2))),
      ("corrupt-image", changed),
      ("exact-duplicate-image", PictureFile.colour(1)),
      ("near-duplicate-image", PictureFile.like(2)),
    ]
    for (number, picture) in pictures.enumerated() {
      planting.texts["in/labels/q\(number).txt"] = "«\(picture.rule)»" + row
      planting.files["in/images/q\(number).png"] = picture.bytes
    }
    return planting
  }

  /// Pictures of one split in another: as they are, and saved anew.
  static func leaks() -> Planting {
    var planting = Self.planting("leaks", [:], yaml: yaml + "val: other/images\n")
    for number in 1...Ground.pictures {
      let objects = Ground.objects(ofPicture: number)
      planting.texts["in/other/labels/r\(number).txt"] =
        (number < 3 ? "«split-leakage»" : "")
        + objects.map { row($0.category, $0.box).joined(separator: "\t") + "\n" }.joined()
      planting.files["in/other/images/r\(number).png"] =
        switch number {
        case 1: PictureFile.colour(1)
        case 2: PictureFile.like(2)
        default: PictureFile.colour(600 + number)
        }
    }
    return planting
  }

  /// The faults of a list of names, each in a set of its own.
  static let names: [Planting] = [
    ("unsorted", "\n  1: palm\n  «unsorted-names-map»0: crab\n  2: shell\n  3: boat\n  4: gull"),
    (
      "gappy",
      "\n  0: crab\n  1: palm\n  2: shell\n  3: boat\n  4: gull\n  «gappy-names-map»6: buoy"
    ),
    ("unused", " [crab, palm, shell, boat, gull, «unused-category»buoy]"),
    ("malformed", " [crab, palm, shell, boat, gull, «malformed-value»[a]]"),
  ].map { title, names -> Planting in
    // Whatever has the number 6 in a list is used often enough not to be rare.
    let spots = (0..<10).map { Ground.spot($0) }
    let rows = title == "gappy" ? spots.map { ($0.picture, [row(6, $0.box)]) } : []
    return planting(
      "\(title) names", Dictionary(uniqueKeysWithValues: rows),
      yaml: "train: images\nnames:\(names)\n")
  }

  static let lists: [Planting] = {
    var missing = Self.planting(
      "a list that names too much", [:],
      yaml: "train: train.txt\nnames: [\(Ground.names.joined(separator: ", "))]\n")
    let names = (1...Ground.pictures).map { "images/p\($0).png\n" }.joined()
    missing.texts["in/train.txt"] = names + "«missing-image-file»images/gone.png\n"
    var foreign = missing
    foreign.title = "YOLO, a list of another machine"
    foreign.texts["in/train.txt"] =
      "«foreign-absolute-path»"
      + names.replacing("images/", with: "/home/somebody/data/images/")
    var broken = Self.planting(
      "broken yaml", [:], yaml: "train: images\nnames: [crab, palm\n«malformed-file»")
    broken.texts = broken.texts.filter { $0.key == "in/data.yaml" }
    return [missing, foreign, broken]
  }()
}
