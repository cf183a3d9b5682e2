import COCO

/// Short forms of the records of examples.
extension Dataset {
  /// Returns annotations on one image of 64×48 pixels, by default of a crab (1) and a palm (2).
  static func example(
    _ annotations: Annotation..., images: [Image] = [.example()],
    categories: [Category] = [.example(1, "crab"), .example(2, "palm")], split: String? = nil
  ) -> Dataset {
    Dataset(
      split: split, images: images, annotations: annotations, categories: categories)
  }
}

extension Dataset {
  /// Returns this number of objects of each category, side by side without touching, on a number of
  /// images.
  static func counted(
    _ counts: [Int], images: Int = 12, split: String? = nil
  ) -> Dataset {
    let folder = split.map { "\($0)/" } ?? ""
    var dataset = Dataset(split: split)
    dataset.images = (1...images).map {
      .example($0, "\(folder)\($0).jpg", width: 800, height: 4000)
    }
    dataset.categories = zip(["crab", "palm"], 1...).prefix(counts.count).map { name, id in
      .example(id, name)
    }
    for (position, count) in counts.enumerated() {
      for _ in 0..<count {
        let number = dataset.annotations.count
        let place = number / images
        dataset.annotations.append(
          .object(
            number + 1, Double(place % 25) * 30 + 4, Double(place / 25) * 30 + 4, 12, 9,
            image: number % images + 1, category: position + 1))
      }
    }
    return dataset
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
  /// Returns a box given by its corner and extent, on image 1, of category 1; its area is by
  /// default the box's.
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

extension PictureFacts {
  /// Returns the facts of an image, by default of `Image.example()` and a sound photograph.
  ///
  /// `width` and `height` are the upright image's; `hash` stands for the bytes.
  static func example(
    _ path: String = "beach.jpg", width: Int = 64, height: Int = 48, orientation: Int = 1,
    samples: String? = nil, decoding: Content.Decoding = .whole, hash: UInt64 = 1,
    perceptualHash: UInt64 = 0x0123_4567_89AB_CDEF, darkest: Double = 12, brightest: Double = 240,
    sharpness: Double = 2.5, entropy: Double = 7.2
  ) -> PictureFacts {
    var facts = PictureFacts(path: path, width: width, height: height)
    facts.orientation = orientation
    if orientation >= 5 { (facts.storedWidth, facts.storedHeight) = (height, width) }
    facts.samples = samples
    facts.content = Content(
      decoding: decoding, bytesHash: BytesHash(high: 0, low: hash),
      looks: Looks(
        perceptualHash: perceptualHash, darkest: darkest, brightest: brightest,
        sharpness: sharpness, entropy: entropy))
    return facts
  }
}
