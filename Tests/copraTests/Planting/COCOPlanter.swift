/// Plants faults in COCO files.
enum COCOPlanter {
  static func clean(_ layout: JSONLayout) -> Planting { COCOGround().planting("clean", layout) }

  /// Every fault of an annotation or image that a fix is offered for.
  static func mendable(_ layout: JSONLayout) -> Planting {
    var ground = COCOGround()
    identities(&ground)
    boxes(&ground)
    outlines(&ground)
    ground.plantImage(picture: PictureFile.colour(101)) {
      $0.marked("image-size-mismatch", at: "width", "64")
    }
    ground.plantImage(picture: PictureFile.colour(102)) {
      $0.marked("zero-image-size", at: "width", "0")
    }
    ground.plantImage(picture: PictureFile.colour(103)) {
      $0.marked("malformed-value", at: "width", "\"128\"")
    }
    ground.plantImage(picture: PictureFile.colour(104)) {
      $0.marked("malformed-value", at: "height", "95.9")
    }
    ground.file.images.append(
      COCOGround.image(3, "p3.png").marked("duplicate-image-id", at: "id", "3"))
    return ground.planting("faults with fixes", layout)
  }

  private static func identities(_ ground: inout COCOGround) {
    ground.plant("zero-annotation-id", "id") { _ in "0" }
    ground.plant("duplicate-annotation-id", "id") { _ in "5" }
    ground.plant("non-integer-id", "id") { _ in "\"9001\"" }
    ground.plant { record, _ in
      let image = record.members[1].value
      return record.marked("non-integer-id", at: "image_id", "\"\(image)\"")
    }
    ground.plant { record, _ in record.marked("missing-field", without: "id") }
    ground.plant("unknown-image", "image_id") { _ in "7777" }
    ground.plant("unknown-category", "category_id") { _ in "77" }
    ground.plant { record, _ in record.marked("missing-area", without: "area") }
    ground.plant { record, _ in record.marked("missing-iscrowd", without: "iscrowd") }
    ground.plant("bad-iscrowd", "iscrowd") { _ in "2" }
    ground.plant("area-mismatch", "area") { _ in "900" }
    ground.plant("non-finite-value", "area") { _ in "NaN" }
    ground.plant { record, box in
      record.setting("keypoints", "[\(box.x), \(box.y), 2, 0, 0, 0]")
        .marked("keypoint-count-mismatch", at: "num_keypoints", "2")
    }
  }

  private static func boxes(_ ground: inout COCOGround) {
    ground.plant { record, box in
      record.setting("keypoints", "[\(box.x), \(box.y), 2, \(box.x), \(box.bottom), 1]")
        .marked("missing-keypoint-count", without: "num_keypoints")
    }
    ground.plant("inverted-box", "bbox") { "[\($0.right), \($0.y), -18, 14]" }
    ground.plant("inverted-box", "bbox") { "[\($0.x), \($0.bottom), 18, -14]" }
    ground.plant("zero-area-box", "bbox") { "[\($0.x), \($0.y), 0, 14]" }
    ground.plant("non-finite-box", "bbox") { "[NaN, \($0.y), 18, 14]" }
    ground.plant("box-outside-image", "bbox") { "[300, \($0.y), 18, 14]" }
    ground.plant { record, box in
      record.marked("box-past-edge", at: "bbox", "[\(box.x), 86, 18, 14]")
    }
    let first = ground.plant { record, _ in record }
    ground.file.annotations.append(
      first.setting("id", "\(ground.file.annotations.count + 1)")
        .marked("duplicate-box", at: "bbox", first.members[3].value))
    let second = ground.plant { record, _ in record }
    let box = Ground.spot(ground.plantCount - 1).box
    ground.file.annotations.append(
      second.setting("id", "\(ground.file.annotations.count + 1)")
        .marked("duplicate-box", at: "bbox", "[\(box.x), \(box.y), 18, 13.75]")
        .setting("area", "247.5"))
  }

  private static func outlines(_ ground: inout COCOGround) {
    ground.plant { record, box in
      record.setting("segmentation", box.ring).marked("missing-box", without: "bbox")
    }
    ground.plant("polygon-too-short", "segmentation") {
      "[[\($0.x), \($0.y), \($0.right), \($0.bottom)]]"
    }
    ground.plant("non-finite-value", "segmentation") {
      "[[\($0.x), \($0.y), \($0.right), NaN, \($0.right), \($0.bottom)]]"
    }
    ground.plant("non-finite-value", "keypoints") { "[\($0.x), Infinity, 2]" }
    ground.plant { record, box in
      record.marked("polygon-outside-box", at: "bbox", "[\(box.x), \(box.y), 12, 14]")
        .setting("segmentation", box.ring)
    }
  }

  /// Every fault of an annotation or image that only a person can mend.
  static func unmendable(_ layout: JSONLayout) -> Planting {
    var ground = COCOGround()
    annotations(&ground)
    images(&ground)
    return ground.planting("faults without fixes", layout)
  }

  private static func annotations(_ ground: inout COCOGround) {
    ground.plant("malformed-value", "bbox") { "[\($0.x), \($0.y), 18]" }
    ground.plant { record, _ in record.setting("bbox", nil).marked("missing-field", without: "bbox")
    }
    ground.plant { record, box in
      record.marked("tiny-box", at: "bbox", "[\(box.x), \(box.y), 18, 1]").setting("area", "18")
    }
    ground.plant { record, box in
      record.marked("extreme-aspect-ratio", at: "bbox", "[\(box.x), 92, 60, 2]")
        .setting("area", "120")
    }
    let first = ground.plant { record, _ in record.setting("category_id", "2") }
    ground.file.annotations.append(
      first.setting("id", "\(ground.file.annotations.count + 1)")
        .marked("conflicting-labels", at: "category_id", "3"))
    ground.plant { record, box in
      record.marked("far-from-category-mean", at: "bbox", "[2, 46, 110, 49]")
        .setting("area", "5390").setting("category_id", "1")
    }
    ground.plant { record, box in
      record.setting("iscrowd", "1").marked("crowd-without-rle", at: "segmentation", box.ring)
    }
    ground.plant("odd-polygon", "segmentation") {
      "[[\($0.x), \($0.y), \($0.right), \($0.y), \($0.right), \($0.bottom), \($0.x)]]"
    }
    ground.plant { record, box in
      let corners = "[[\(box.x), \(box.y), \(box.right), \(box.bottom), \(box.right), \(box.y), "
      return record.marked(
        "self-intersecting-polygon", at: "segmentation", corners + "\(box.x), \(box.bottom)]]"
      ).setting("area", "126")
    }
    ground.plant("empty-segmentation", "segmentation") { _ in "[]" }
    ground.plant("rle-size-mismatch", "segmentation") { _ in
      "{\"size\": [128, 96], \"counts\": [0, 252, 12036]}"
    }
    ground.plant("empty-mask", "segmentation") {
      "[[\($0.x), \($0.y), \($0.x), \($0.y), \($0.x), \($0.y)]]"
    }
    ground.plant("empty-mask", "segmentation") { _ in "[[-4, -9, -30, -9, -30, -20]]" }
    ground.plant("mask-outside-box", "segmentation") { _ in
      "{\"size\": [96, 128], \"counts\": [0, 252, 12036]}"
    }
    keypoints(&ground)
  }

  private static func keypoints(_ ground: inout COCOGround) {
    ground.plant("keypoints-wrong-length", "keypoints") { "[\($0.x), \($0.y), 2, 1, 1]" }
    ground.plant { record, box in
      record.marked("invalid-visibility", at: "keypoints", "[\(box.x), \(box.y), 3]")
        .setting("num_keypoints", "1")
    }
    ground.plant { record, box in
      record.marked("keypoint-outside-image", at: "keypoints", "[\(box.x), 396, 2]")
        .setting("num_keypoints", "1")
    }
  }

  private static func images(_ ground: inout COCOGround) {
    ground.plantImage(
      picture: PictureFile.colour(201), box: PlantBox(x: 0, y: 0, width: 127, height: 95)
    ) {
      $0
    }
    let last = ground.file.annotations.count - 1
    ground.file.annotations[last] = ground.file.annotations[last]
      .setting("category_id", "2").marked("huge-box", at: "bbox", "[0, 0, 127, 95]")
    ground.plantImage(picture: PictureFile.grey(202)) {
      $0.marked("unexpected-channels", at: "file_name", "\"q\(16).png\"")
    }
    ground.plantImage(picture: nil) {
      $0.marked("missing-image-file", at: "file_name", "\"q17.png\"")
    }
    ground.plantImage("q18.png", picture: Array("<html>404</html>".utf8)) {
      $0.marked("unreadable-image", at: "file_name", "\"q18.png\"")
    }
    ground.plantImage("q19.png", picture: PictureFile.colour(203)) {
      $0.marked("name-matched-loosely", at: "file_name", "\"Q19.png\"")
    }
    ground.plantImage("con.png", picture: PictureFile.colour(204)) {
      $0.marked("non-portable-file-name", at: "file_name", "\"con.png\"")
    }
    ground.plantImage("../q21.png", picture: PictureFile.colour(208)) {
      $0.marked("unsafe-file-name", at: "file_name", "\"../q21.png\"")
    }
    ground.plantImage(picture: nil) {
      $0.marked("duplicate-file-name", at: "file_name", "\"p2.png\"")
    }
    ground.plantImage("q23.png", picture: PictureFile.colour(205)) { $0 }
    ground.file.images.append(
      COCOGround.image(4, "q24.png").marked("duplicate-image-id", at: "id", "4"))
    ground.pictures["q24.png"] = PictureFile.colour(206)
    ground.file.images.append(COCOGround.image(25, "q25.png").marked("image-without-annotations"))
    ground.pictures["q25.png"] = PictureFile.colour(207)
  }
}
