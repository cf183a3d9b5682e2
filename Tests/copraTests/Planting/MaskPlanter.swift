/// Plants faults in masks; what is found stands at the beginning of the mask's file.
enum MaskPlanter {
  static func clean() -> Planting {
    var planting = Planting(title: "masks, clean", format: "masks", arguments: ["in"])
    planting.files = GroundPictures.named { "in/images/p\($0).png" }
    for number in 1...Ground.pictures {
      planting.files["in/masks/p\(number).png"] = PictureFile.mask(
        Ground.objects(ofPicture: number).map(\.box))
    }
    return planting
  }

  static func files() -> Planting {
    var planting = clean()
    planting.title = "masks, faults of files"
    let boxes = [Ground.spot(0).box]
    let mask = PictureFile.mask(boxes)
    func plant(
      _ rule: String, _ name: String, _ mask: [UInt8]?, _ picture: [UInt8]?, as file: String? = nil
    ) {
      if let mask { planting.files["in/masks/\(name)"] = mask }
      if let picture { planting.files["in/images/\(file ?? name)"] = picture }
      planting.elsewhere.insert(.init(rule: rule, file: "in/masks/\(name)", line: 1, column: 1))
    }
    plant("missing-image-file", "q1.png", mask, nil)
    plant(
      "image-size-mismatch", "q2.png", PictureFile.mask(boxes, width: 100), PictureFile.colour(602))
    plant("unreadable-image", "q3.png", Array("no".utf8), PictureFile.colour(603))
    plant("name-matched-loosely", "Q4.png", mask, PictureFile.colour(604), as: "q4.png")
    plant("image-without-annotations", "q5.png", PictureFile.mask([]), PictureFile.colour(605))
    return planting
  }
}
