/// Plants faults of categories, splits and whole files, each in a small COCO set of its own.
enum DatasetPlanter {
  private static let crab = category(1, "crab")
  private static let palm = category(2, "palm")

  /// A file with one annotation for each of `used`, which is its category, side by side.
  private static func coco(
    _ categories: [MarkedRecord], used: [Int], pictures: ClosedRange<Int> = 1...2
  ) -> MarkedCOCO {
    var file = MarkedCOCO()
    file.categories = categories
    file.images = pictures.map { COCOGround.image($0, "p\($0).png") }
    for (index, category) in used.enumerated() {
      let number = pictures.lowerBound + index % pictures.count
      let place = index / pictures.count
      let box = PlantBox(x: 4 + place % 12 * 10, y: 3 + place / 12 * 9, width: 8, height: 7)
      file.annotations.append(COCOGround.annotation(index + 1, number, category, box))
    }
    return file
  }

  private static func planting(
    _ title: String, _ files: [String: MarkedCOCO], arguments: [String] = ["in/instances.json"],
    numbers: ClosedRange<Int> = 1...2
  ) -> Planting {
    var planting = Planting(title: "COCO, \(title)", format: "coco", arguments: arguments)
    for (name, file) in files { planting.texts["in/\(name)"] = file.text(.pretty) }
    for number in numbers {
      planting.files["in/p\(number).png"] = GroundPictures.files[number - 1]
    }
    return planting
  }

  private static func planting(
    _ title: String, _ categories: [MarkedRecord], used: [Int], pictures: ClosedRange<Int> = 1...2
  ) -> Planting {
    planting(
      title, ["instances.json": coco(categories, used: used, pictures: pictures)],
      numbers: pictures)
  }

  private static func category(_ id: Int, _ name: String) -> MarkedRecord {
    COCOGround.category(id, "\"\(name)\"")
  }

  static let categories: [Planting] = [
    planting(
      "categories with fixes",
      [
        category(0, "crab").marked("category-zero", at: "id", "0"),
        category(1, "palm").marked("blank-padded-name", at: "name", "\" palm\""),
        category(2, "Palm_tree"),
        category(3, "").marked("category-name-variants", at: "name", "\"palm trees\""),
        category(4, "boat"),
        category(5, "").marked("duplicate-category-name", at: "name", "\"boat\""),
        category(6, "gull").marked("unused-category"),
      ], used: [0, 1, 2, 3, 4, 5, 2]),
    planting(
      "categories without fixes",
      [
        category(1, "crab"), category(1, "palm").marked("duplicate-category-id", at: "id", "1"),
        category(2, "").marked("empty-name", at: "name", "\" \""),
        category(4, "boat").marked("category-ids-not-contiguous", at: "id", "4"),
      ], used: [1, 2, 4]),
    planting(
      "a root category",
      [
        category(0, "beach").marked("root-category"),
        category(1, "crab").setting("supercategory", "\"beach\""),
      ], used: [1], pictures: 1...1),
    planting(
      "a rare category", [crab, palm.marked("rare-category")], used: used(crabs: 110, palms: 3)),
    planting(
      "an imbalance", [crab, palm.marked("category-imbalance")], used: used(crabs: 1011, palms: 10),
      pictures: 1...12),
    crowded,
    turned,
    corners,
    unitAreas,
    mostlyEmpty,
  ]

  private static func used(crabs: Int, palms: Int) -> [Int] {
    Array(repeating: 1, count: crabs) + Array(repeating: 2, count: palms)
  }

  private static let crowded: Planting = {
    var file = coco([crab], used: used(crabs: 101, palms: 0), pictures: 1...1)
    file.images[0] = file.images[0].marked("too-many-objects")
    return planting("too many objects", ["instances.json": file], numbers: 1...1)
  }()

  /// Boxes x1 y1 x2 y2 of objects that are as large as their areas say.
  private static let corners: Planting = {
    var file = coco([crab], used: [1, 1, 1])
    let boxes = [(20, 10, 60, 50), (70, 30, 120, 90), (64, 20, 100, 60)]
    for (index, box) in boxes.enumerated() {
      let text = "[\(box.0), \(box.1), \(box.2), \(box.3)]"
      let area = (box.2 - box.0) * (box.3 - box.1)
      file.annotations[index] = file.annotations[index].setting("bbox", text)
        .setting("area", "\(area)")
      // The first one that reaches past the picture speaks for all.
      if index == 1 {
        file.annotations[index] = file.annotations[index].marked("box-convention", at: "bbox", text)
      }
    }
    return planting("corners for sizes", ["instances.json": file])
  }()

  private static let unitAreas: Planting = {
    var file = coco([crab], used: [1, 1, 1])
    file.annotations = file.annotations.map { $0.marked("unit-area", at: "area", "1") }
    return planting("an area of 1 everywhere", ["instances.json": file])
  }()

  /// Eleven empty lists and one outline: one finding for all, at the first.
  private static let mostlyEmpty: Planting = {
    var file = coco([crab], used: used(crabs: 12, palms: 0))
    for index in file.annotations.indices {
      file.annotations[index] =
        index == 0
        ? file.annotations[index].marked("empty-segmentation", at: "segmentation", "[]")
        : file.annotations[index].setting("segmentation", index == 11 ? outline : "[]")
    }
    return planting("empty lists nearly everywhere", ["instances.json": file])
  }()

  /// The last annotation's box.
  private static let outline = PlantBox(x: 54, y: 3, width: 8, height: 7).ring

  /// A JPEG file whose EXIF says that it stands on its head.
  private static let turned: Planting = {
    var file = coco([crab], used: [1], pictures: 1...1)
    file.images[0] = file.images[0].setting("file_name", "\"turned.jpg\"")
      .setting("width", "320").setting("height", "240").marked("exif-orientation")
    var planting = Self.planting("a turned picture", ["instances.json": file])
    planting.files["in/turned.jpg"] = PictureFile.turned
    return planting
  }()

  /// Two splits that are not what they should be, a file each.
  static let splits: [Planting] = [
    splits(
      "a category that val lacks", train: used(crabs: 60, palms: 12),
      val: used(crabs: 40, palms: 0),
      palm: palm.marked("category-missing-in-split")),
    splits(
      "a category that val has more of", train: used(crabs: 180, palms: 20),
      val: used(crabs: 50, palms: 50), crab: crab.marked("split-distribution-drift"),
      palm: palm.marked("split-distribution-drift")),
    leaking,
    oneFolder,
  ]

  private static func splits(
    _ title: String, train: [Int], val: [Int], crab: MarkedRecord = crab, palm: MarkedRecord,
    change: (inout MarkedCOCO) -> Void = { _ in }
  ) -> Planting {
    var second = coco([crab, palm], used: val, pictures: 15...26)
    change(&second)
    var planting = Self.planting(
      title,
      [
        "train.json": coco([Self.crab, Self.palm], used: train, pictures: 1...12),
        "val.json": second,
      ],
      arguments: ["in"], numbers: 1...12)
    for number in 15...26 { planting.files["in/p\(number).png"] = PictureFile.colour(number) }
    return planting
  }

  private static let leaking = splits(
    "a picture of train in val", train: used(crabs: 30, palms: 20), val: used(crabs: 30, palms: 20),
    palm: palm
  ) { val in
    val.images[3] = val.images[3].marked("split-leakage", at: "file_name", "\"p2.png\"")
  }

  private static let oneFolder: Planting = {
    var planting = splits(
      "one folder for both", train: used(crabs: 30, palms: 20), val: used(crabs: 30, palms: 20),
      palm: palm)
    let train = coco([crab, palm], used: used(crabs: 30, palms: 20), pictures: 1...12)
    var val = train
    val.images[0] = val.images[0].marked("same-folder-splits", at: "file_name", "\"p1.png\"")
    planting.texts["in/val.json"] = val.text(.pretty)
    return planting
  }()
}
