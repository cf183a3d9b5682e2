import TestSupport
import Testing

@Suite("What all boxes of a file together say")
struct WholeFileTests {
  /// Corners, sizes, and areas of five objects on pictures of 200×160 pixels.
  private static let objects = [
    (20, 30, 80, 70), (100, 50, 150, 120), (60, 20, 160, 110), (120, 100, 180, 150),
    (150, 10, 190, 130),
  ]

  private static func truth(_ box: (Int, Int, Int, Int) -> String) -> String {
    let images = (1...objects.count).map {
      #"{"id":\#($0),"file_name":"p\#($0).png","width":200,"height":160}"#
    }
    let annotations = zip(1..., objects).map { number, object in
      #"{"id":\#(number),"image_id":\#(number),"category_id":1,"iscrowd":0,"#
        + #""area":\#((object.2 - object.0) * (object.3 - object.1)),"#
        + #""bbox":\#(box(object.0, object.1, object.2, object.3))}"#
    }
    return COCOText.dataset(images: images, annotations: annotations, categories: ["crab"])
  }

  private static let cornerFile: String = truth { "[\($0),\($1),\($2),\($3)]" }
  private static let soundFile: String = truth { "[\($0),\($1),\($2 - $0),\($3 - $1)]" }
  private static let fractionFile: String = truth {
    "[\(Double($0) / 200),\(Double($1) / 160),\(Double($2 - $0) / 200),\(Double($3 - $1) / 160)]"
  }

  @Test func `corners are one finding, and no fix touches them`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.cornerFile, to: "in.json")
    let ending = try Copra.run(["validate", "in.json", "--format", "jsonl"], in: folder)
    let found = try Found.list(ending.results).filter { $0.severity != "information" }
    #expect(found.map(\.rule) == ["box-convention"])
    _ = try Copra.run(
      ["validate", "in.json", "--unsafe-fixes", "-o", "out.json"], in: folder)
    #expect(try folder.text("out.json") == Self.cornerFile)
  }

  @Test func `a consumer is not said to take corners as they are meant`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.cornerFile, to: "in.json")
    let ending = try Copra.run(["validate", "in.json", "--for", "pycocotools"], in: folder)
    #expect(ending.results.contains("\n  misreads  5  boxes whose numbers"))
  }

  @Test(
    arguments: [(cornerFile, "[box-convention]"), (fractionFile, "[ambiguous-units]")])
  func `convert says what validate says of all boxes, and nothing of what follows from it`(
    file: String, rule: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "in.json")
    let messages = try Copra.run(["convert", "in.json", "-o", "out.json"], in: folder).messages
    #expect(messages.contains(rule))
    #expect(!messages.contains("[box-past-edge]"))
  }

  @Test func `a detector's corners are reported by evaluate, and the figures given`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.soundFile, to: "truth.json")
    let results = zip(1..., Self.objects).map { number, object in
      #"{"image_id":\#(number),"category_id":1,"score":0.9,"#
        + #""bbox":[\#(object.0),\#(object.1),\#(object.2),\#(object.3)]}"#
    }
    try folder.write("[\(results.joined(separator: ","))]", to: "found.json")
    let ending = try Copra.run(["evaluate", "truth.json", "found.json"], in: folder)
    #expect(ending.messages.contains("[box-convention]"))
    #expect(ending.status == 0)
  }

  @Test(arguments: [(4, 4), (9, 1), (30, 1)])
  func `pictures that are all elsewhere are one finding`(count: Int, findings: Int) throws {
    let folder = try TemporaryFolder()
    for number in 1...count {
      try folder.write(
        """
        <annotation><filename>p\(number).jpg</filename>
        <size><width>100</width><height>80</height><depth>3</depth></size>
        <object><name>crab</name>
        <bndbox><xmin>5</xmin><ymin>6</ymin><xmax>\(30 + number)</xmax><ymax>50</ymax></bndbox></object>
        </annotation>
        """, to: "in/p\(number).xml")
    }
    let ending = try Copra.run(["validate", "in", "--format", "jsonl"], in: folder)
    #expect(
      try Found.list(ending.results).filter { $0.rule == "missing-image-file" }.count == findings)
  }
}
