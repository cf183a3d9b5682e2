/// COCO files as text.
enum COCOText {
  /// One picture and an annotation for each of the boxes, all crabs unless `categories` says more.
  static func dataset(
    boxes: [String], categories: [String] = ["crab"], picture: String = "a.jpg"
  ) -> String {
    let annotations = boxes.enumerated().map { index, box in
      """
      {"id":\(index + 1),"image_id":1,"category_id":\(index % categories.count + 1),\
      "bbox":[\(box)],"area":12,"iscrowd":0}
      """
    }
    return dataset(
      images: [#"{"id":1,"file_name":"\#(picture)","width":64,"height":48}"#],
      annotations: annotations, categories: categories)
  }

  /// Large enough for a run to be caught while it writes so many files.
  static let manyPictures = crowded(pictures: 400)
  /// About 1.5 MB, large enough for a run to be caught while it writes one file.
  static let manyAnnotations = crowded(pictures: 1200)

  /// So many pictures with ten crabs each, all in their picture.
  private static func crowded(pictures: Int) -> String {
    let images = (1...pictures).map {
      #"{"id":\#($0),"file_name":"p\#($0).jpg","width":64,"height":48}"#
    }
    let annotations = (0..<pictures * 10).map {
      """
      {"id":\($0 + 1),"image_id":\($0 / 10 + 1),"category_id":1,"bbox":[\($0 % 40),\($0 % 30),3,4],\
      "area":12,"iscrowd":0}
      """
    }
    return dataset(images: images, annotations: annotations, categories: ["crab"])
  }

  static func dataset(images: [String], annotations: [String], categories: [String]) -> String {
    let categories = categories.enumerated().map {
      #"{"id":\#($0 + 1),"name":"\#($1)","supercategory":""}"#
    }
    return """
      {"info":{},"licenses":[],"images":[\(images.joined(separator: ",\n"))],
      "annotations":[\(annotations.joined(separator: ",\n"))],
      "categories":[\(categories.joined(separator: ","))]}
      """
  }
}
