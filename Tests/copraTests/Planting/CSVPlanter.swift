/// Plants faults in CSV tables, whose fields may stand in quotes.
enum CSVPlanter {
  static let columns = ["filename", "width", "height", "class", "xmin", "ymin", "xmax", "ymax"]
  static let header = columns.joined(separator: ",") + "\n"

  static func row(_ picture: String, _ name: String, _ box: PlantBox) -> [String] {
    ["\"\(picture)\"", "\(PictureFile.width)", "\(PictureFile.height)", "\"\(name)\""]
      + ["\(box.x)", "\(box.y)", "\"\(box.right)\"", "\(box.bottom)"]
  }

  static func clean() -> Planting { planting("clean", [], [:]) }

  private static func planting(
    _ title: String, _ plants: [[String]], _ pictures: [String: [UInt8]]
  ) -> Planting {
    let ground = (1...Ground.pictures).flatMap { number in
      Ground.objects(ofPicture: number).map {
        row("p\(number).png", Ground.names[$0.category], $0.box)
      }
    }
    let rows = (ground + plants).map { $0.joined(separator: ",") + "\n" }.joined()
    var planting = Planting(title: "CSV, \(title)", format: "csv", arguments: ["in/boxes.csv"])
    planting.texts["in/boxes.csv"] = header + rows
    planting.files = GroundPictures.named { "in/p\($0).png" }
    for (name, bytes) in pictures { planting.files["in/\(name)"] = bytes }
    return planting
  }

  /// Every fault that a row can have.
  static func rows() -> Planting {
    var plants: [[String]] = []
    func plant(_ rule: String?, at column: Int = 4, _ change: (inout [String]) -> Void = { _ in }) {
      let spot = Ground.spot(plants.count)
      var row = row("p\(spot.picture).png", Ground.names[1 + plants.count % 4], spot.box)
      change(&row)
      if let rule { row[column] = mark(rule, column, row[column]) }
      plants.append(row)
    }
    plant("inverted-box") { $0.swapAt(4, 6) }
    plant("zero-area-box") { $0[6] = $0[4] }
    plant("non-finite-box") { $0[5] = "nan" }
    plant("box-outside-image") { ($0[4], $0[6]) = ("300", "318") }
    plant("box-past-edge") { ($0[5], $0[7]) = ("82", "104") }
    plant("tiny-box") { $0[7] = "55" }
    plant("extreme-aspect-ratio") { ($0[4], $0[5], $0[6], $0[7]) = ("2", "90", "62", "92") }
    plant("malformed-value", at: 6) { $0[6] = "\"30px\"" }
    plant("missing-field", at: 5) { $0[5] = "" }
    plant(nil) { row in
      row.removeLast()
      row[6] += "«missing-field»"
    }
    plant(nil) { $0[7] += ",«unknown-field-count»9" }
    plant("blank-padded-name", at: 3) { $0[3] = "\" gull \"" }
    plant("far-from-category-mean") { row in
      row[3] = "crab"
      (row[4], row[5], row[6], row[7]) = ("2", "47", "120", "94")
    }
    for rule in ["duplicate-box", "conflicting-labels"] {
      plant(nil)
      var copy = plants[plants.count - 1]
      if rule == "duplicate-box" {
        copy[4] = mark(rule, 4, copy[4])
      } else {
        copy[3] = mark(rule, 3, copy[3] == "\"palm\"" ? "\"shell\"" : "\"palm\"")
      }
      plants.append(copy)
    }
    return planting("faults of rows", plants, [:])
  }

  /// With a finding due at a column's value, within its quotes.
  private static func mark(_ rule: String, _ column: Int, _ field: String) -> String {
    let mark = "«\(rule)|\(columns[column])»"
    return field.hasPrefix("\"") ? "\"\(mark)\(field.dropFirst())" : mark + field
  }

  /// Every fault that a picture of a table can have.
  static func pictures() -> Planting {
    var plants: [[String]] = []
    var pictures: [String: [UInt8]] = [:]
    func plant(
      _ name: String, _ rule: String, _ picture: [UInt8]?, file: String? = nil, at column: Int = 0,
      _ change: (inout [String]) -> Void = { _ in }
    ) {
      var row = row(name, "crab", Ground.spot(0).box)
      change(&row)
      row[column] = mark(rule, column, row[column])
      plants.append(row)
      pictures[file ?? name] = picture
    }
    plant("q1.png", "image-size-mismatch", PictureFile.colour(501), at: 1) { $0[1] = "64" }
    plant("q2.png", "zero-image-size", PictureFile.colour(502), at: 1) { $0[1] = "0" }
    plant("q3.png", "missing-image-file", nil)
    plant("q4.png", "unreadable-image", Array("no".utf8))
    plant("Q5.png", "name-matched-loosely", PictureFile.colour(505), file: "q5.png")
    plant("q6.png", "unexpected-channels", PictureFile.grey(506))
    plant("con.png", "non-portable-file-name", PictureFile.colour(507))
    plant("C:\\photos\\q8.png", "foreign-absolute-path", PictureFile.colour(508), file: "q8.png")
    plant("q9.png", "huge-box", PictureFile.colour(509), at: 4) { row in
      row[3] = "palm"
      (row[4], row[5], row[6], row[7]) = ("0", "0", "127", "95")
    }
    pictures["q10.png"] = PictureFile.colour(510)
    plants.append(["«image-without-annotations»q10.png", "128", "96", "", "", "", "", ""])
    return planting("faults of pictures", plants, pictures)
  }

  /// Tables that are at fault as a whole.
  static let tables: [Planting] = [
    emptyBesideFull,
    table("nothing but a header", "«empty-table»" + header, []),
    rare,
    table(
      "the picture's size beside a missing column",
      "«missing-field»filename,width,height,class,xmin,ymin,xmax\np1.png,128,96,crab,1,2,3\n", [1]),
    table(
      "units that cannot be told",
      header + "«ambiguous-units»p1.png,128,96,crab,0.2,0.25,0.5,0.75\n",
      [1]),
    table(
      "a quote without end",
      header + "p1.png,128,96,crab,20,20,40,40\n«malformed-file»\"p2.png,128,96,crab,20,20,40,40\n",
      [1]),
    table(
      "a missing column", "«missing-field»filename,class,xmin,ymin,xmax\np1.png,crab,1,2,3\n",
      [1]),
  ]

  private static func table(_ title: String, _ text: String, _ numbers: [Int]) -> Planting {
    var planting = Planting(
      title: "CSV, \(title)", format: "csv", arguments: ["in/boxes.csv", "--from", "csv"])
    planting.texts["in/boxes.csv"] = text
    for number in numbers { planting.files["in/p\(number).png"] = GroundPictures.files[number - 1] }
    return planting
  }

  private static let rare = planting(
    "a rare category",
    (0..<3).map { number in
      let spot = Ground.spot(number)
      var row = row("p\(spot.picture).png", "buoy", spot.box)
      if number == 0 { row[3] = mark("rare-category", 3, row[3]) }
      return row
    }, [:])

  private static let emptyBesideFull: Planting = {
    var planting = clean()
    planting.title = "CSV, an empty table beside a full one"
    planting.arguments = ["in", "--from", "csv"]
    planting.texts["in/more.csv"] = "«empty-table»" + header
    return planting
  }()
}
