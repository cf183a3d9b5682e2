/// Short forms of the files of examples: by default a crab on an image of 64×48 pixels.
extension ExampleFile {
  static func text(_ path: String, _ text: String) -> ExampleFile {
    ExampleFile(path: path, content: .text(text))
  }

  /// Returns a file in Latin-1; characters above U+00FF are left out.
  static func latin1(_ path: String, _ text: String) -> ExampleFile {
    let bytes = text.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
    return ExampleFile(path: path, content: .bytes(bytes))
  }

  /// Returns a file in UTF-16, the lower byte first, with a byte order mark.
  static func utf16(_ path: String, _ text: String) -> ExampleFile {
    let units: [UInt16] = [0xFEFF] + Array(text.utf16)
    let bytes = units.flatMap { unit in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    return ExampleFile(path: path, content: .bytes(bytes))
  }

  static func picture(_ path: String = "beach.png") -> ExampleFile {
    ExampleFile(path: path, content: .picture)
  }

  /// Returns `beach.xml`.
  static func voc(
    _ objects: String = ExampleText.object(), fileName: String = "beach.png", before: String = ""
  ) -> ExampleFile {
    .text("beach.xml", ExampleText.voc(objects, fileName: fileName, before: before))
  }

  /// Returns `instances.json`.
  static func coco(
    _ annotations: String = ExampleText.annotation(), image: String = ExampleText.image()
  ) -> ExampleFile {
    .text("instances.json", ExampleText.coco(annotations, image: image))
  }

  /// Returns `boxes.csv` with TensorFlow's columns.
  static func csv(_ rows: String...) -> ExampleFile {
    .text("boxes.csv", ExampleText.csv(rows))
  }

  /// Returns `data.yaml`; `names` follows its key.
  static func yaml(names: String = " [crab, palm]") -> ExampleFile {
    .text("data.yaml", "train: images\nnames:\(names)\n")
  }

  /// Returns `labels/beach.txt`.
  static func labels(_ rows: String...) -> ExampleFile {
    .text("labels/beach.txt", rows.map { $0 + "\n" }.joined())
  }
}

/// The texts of such files and of parts of them.
enum ExampleText {
  static func voc(
    _ objects: String = object(), fileName: String = "beach.png", before: String = ""
  ) -> String {
    """
    \(before)<annotation>
      <filename>\(fileName)</filename>
      <size><width>64</width><height>48</height><depth>3</depth></size>
    \(objects)
    </annotation>

    """
  }

  static func object(
    name: String? = "crab", xmin: String = "10", more: String = ""
  ) -> String {
    """
      <object>
        \(name.map { "<name>\($0)</name>" } ?? "")\(more)
        <bndbox><xmin>\(xmin)</xmin><ymin>8</ymin><xmax>30</xmax><ymax>28</ymax></bndbox>
      </object>
    """
  }

  static func coco(_ annotations: String = annotation(), image: String = image()) -> String {
    """
    {
      "images": [\(image)],
      "annotations": [\(annotations)],
      "categories": [{"id": 1, "name": "crab", "supercategory": ""}]
    }

    """
  }

  static func image(id: String = "1", width: String = "64") -> String {
    #"{"id": \#(id), "file_name": "beach.png", "width": \#(width), "height": 48}"#
  }

  static func annotation(
    id: String = "\"id\": 1, ", image: String = "1", box: String = "[10, 8, 20, 20]"
  ) -> String {
    #"{\#(id)"image_id": \#(image), "category_id": 1, "bbox": \#(box), "#
      + #""area": 400, "iscrowd": 0}"#
  }

  static func result(image: String = "1") -> String {
    #"[{"image_id": \#(image), "category_id": 1, "bbox": [10, 8, 20, 20], "score": 0.9}]"# + "\n"
  }

  static func csv(_ rows: [String]) -> String {
    (["filename,width,height,class,xmin,ymin,xmax,ymax"] + rows).map { $0 + "\n" }.joined()
  }
}
