import COCO

/// Short ways to write the records of examples.
extension Dataset {
  /// Annotations on one picture of 64×48 pixels, of a crab (1) and a palm (2), unless said otherwise.
  static func example(
    _ annotations: Annotation..., images: [Image] = [.example()],
    categories: [Category] = [.example(1, "crab"), .example(2, "palm")], split: String? = nil
  ) -> Dataset {
    Dataset(
      split: split, images: images, annotations: annotations, categories: categories)
  }
}

extension Image {
  static func example(
    _ id: Int = 1, _ fileName: String = "beach.jpg", width: Int = 64, height: Int = 48
  ) -> Image {
    Image(id: id, fileName: fileName, width: width, height: height)
  }
}

extension Category {
  static func example(
    _ id: Int, _ name: String, supercategory: String = "", extra: JSONObject = [:]
  ) -> Category {
    Category(id: id, name: name, supercategory: supercategory, extra: extra)
  }
}

extension Annotation {
  /// A box given by its corner and extent, on image 1, of category 1; its area is the box's unless
  /// said otherwise.
  static func object(
    _ id: Int, _ x: Double, _ y: Double, _ width: Double, _ height: Double, image: Int = 1,
    category: Int? = 1, area: Double?? = .none, isCrowd: Int? = 0,
    segmentation: Segmentation? = nil, keypoints: [Double]? = nil, extra: JSONObject = [:]
  ) -> Annotation {
    Annotation(
      id: id, imageID: image, categoryID: category,
      box: Box(x: x, y: y, width: width, height: height), isCrowd: isCrowd,
      area: area ?? (width * height), segmentation: segmentation, keypoints: keypoints,
      extra: extra)
  }
}

extension Segmentation {
  /// One ring of corners, x y x y ….
  static func ring(_ coordinates: Double...) -> Segmentation {
    .polygons(Polygons([coordinates]))
  }
}
