import COCO
import Files
import Formats
import TestSupport
import Testing

@Suite struct CategoryPlaceTests {
  private static let row = "1 0.5 0.5 0.25 0.5\n"

  @Test(arguments: [
    ("data.yaml", "train: images\nnames: [crab, palm]\n", "data.yaml:2:15"),
    ("data.yaml", "train: images\nnames:\n  0: crab\n  1: palm\n", "data.yaml:4:6"),
    ("data.yaml", "train: images\nnc: 2\n", "data.yaml:2:5"),
    ("classes.txt", "crab\n palm\n", "classes.txt:2:2"),
    ("obj.names", "crab\r\npalm", "obj.names:2:1"),
    ("classes.txt", "0\n1\n", "classes.txt:2:1"),
  ])
  func `a category of YOLO stands at its name`(
    file: String, text: String, place: String
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.write(Self.row, to: "labels/a.txt")
    try folder.write(text, to: file)
    #expect(try await folder.place(ofCategory: 1, "yolo") == place)
  }

  @Test func `a category of YOLO without names stands at its first row`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.picture("images/b.png")
    try folder.write("7 0.5 0.5 0.25 0.5\n" + Self.row, to: "labels/a.txt")
    try folder.write(Self.row, to: "labels/b.txt")
    #expect(try await folder.place(ofCategory: 0, "yolo") == "labels/a.txt:2:1")
  }

  private static let table =
    "filename,class,xmin,ymin,xmax,ymax\n"
    + "b.png,crab,1,2,3,4\nb.png,\"palm\",1,2,3,4\na.png,palm,1,2,3,4\n"

  @Test func `a category of a table stands at the first row that names it`() async throws {
    let folder = try TemporaryFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try folder.write(Self.table, to: "t.csv")
    #expect(try await folder.place(ofCategory: 1, "csv") == "t.csv:3:8")
  }

  @Test func `a category of a table that has a list stands in the list`() async throws {
    let folder = try TemporaryFolder()
    for name in ["a.png", "b.png"] { try folder.picture(name) }
    try folder.write(Self.table, to: "t.csv")
    try folder.write("crab,0\npalm,1\nshell,2\n", to: "classes.csv")
    #expect(try await folder.place(ofCategory: 1, "csv") == "classes.csv:2:1")
    #expect(try await folder.place(ofCategory: 2, "csv") == "classes.csv:3:1")
  }

  @Test func `a category of a table without classes stands at its first row`() async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write("filename,xmin,ymin,xmax,ymax\na.png,1,2,3,4\n", to: "t.csv")
    #expect(try await folder.place(ofCategory: 0, "csv") == "t.csv:2:1")
  }

  @Test(arguments: [1, 2])
  func `a category of VOC stands at the first name, whatever the threads`(
    threads: Int
  ) async throws {
    let folder = try TemporaryFolder()
    for number in 10..<90 {
      try folder.picture("\(number).png")
      try folder.write(
        VOCFixture.text {
          $0.objects = ["crab", number > 20 ? "palm" : "crab"].map {
            VOCFixture.object($0, ["1", "2", "3", "4"])
          }
        }, to: "\(number).xml")
    }
    let place = try await folder.place(ofCategory: 1, "voc") {
      $0.tasks = OrderedTasks(threads: threads)
    }
    #expect(place.hasPrefix("21.xml:"))
  }

  @Test func `splits share the place of a category`() async throws {
    let folder = try TemporaryFolder()
    for name in ["train", "val"] {
      try folder.picture("\(name).png")
      try folder.write(
        "filename,class,xmin,ymin,xmax,ymax\n\(name).png,a,1,2,3,4\n", to: "\(name).csv")
    }
    let datasets = try await folder.read("csv").datasets
    #expect(datasets.count == 2)
    #expect(datasets[0].categories[0].origin != nil)
    #expect(datasets[0].categories == datasets[1].categories)
  }

  @Test func `a removed name of a YOLO list is reported at its place and not written`() async throws
  {
    let folder = try TemporaryFolder()
    try folder.picture("images/a.png")
    try folder.write(Self.row, to: "labels/a.txt")
    try folder.write("train: images\nnames: [crab, palm]\n", to: "data.yaml")
    let edited = try await folder.edit("yolo") { $0[0].categories.removeFirst() }
    #expect(edited.files.isEmpty)
    #expect(edited.unapplied.map(\.reason) == ["the list of class names is not rewritten"])
    #expect(edited.unapplied.first?.origin?.offset == 22)
  }
}

extension TemporaryFolder {
  /// Where a finding about a category of the first split is shown: `file:line:column`.
  fileprivate func place(
    ofCategory index: Int, _ format: String, _ change: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> String {
    let imported = try await read(format) { change(&$0) }
    let origin = try #require(imported.datasets.first?.categories[index].origin)
    var finder = FieldFinder(imported.sources, format: .named(format))
    let finding = finder.locate(
      Finding(.malformedValue, "", at: origin, record: RecordReference(.category, index)))
    var places = PlaceFinder(imported.sources)
    let place = places.place(of: try #require(finding.origin))
    return "\(Path.relative(place.path, to: path)):\(place.line):\(place.column)"
  }
}
