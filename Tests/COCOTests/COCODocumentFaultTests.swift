import TestSupport
import Testing

@testable import COCO

@Suite("Faults of a whole COCO file")
struct COCODocumentFaultTests {
  static let files: [(name: String, bytes: [UInt8], faults: [String])] = [
    ("empty", [], ["malformed-file 1:1"]),
    ("blank", Array(" \n\t \r\n".utf8), ["malformed-file 1:1"]),
    ("only a byte order mark", [0xEF, 0xBB, 0xBF], ["malformed-file 1:1"]),
    ("results", Array("\n[{\"image_id\": 1}]".utf8), ["not-instances 2:1"]),
    ("another list", Array("\n[{\"id\": 1}]".utf8), ["malformed-file 2:1"]),
    ("a dataset in a key", Array("{\"x\": {\"images\": []}}".utf8), ["not-instances 1:7"]),
    ("UTF-32", [0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0], ["unsupported-encoding 1:1"]),
    ("UTF-32 without a mark", [0, 0, 0, 0x7B, 0, 0, 0, 0x7D], ["unsupported-encoding 1:1"]),
    ("a number", Array("5".utf8), ["malformed-file 1:1"]),
    ("text", Array("hello".utf8), ["malformed-file 1:1"]),
    ("one brace", Array("{".utf8), ["malformed-file 1:2"]),
    ("UTF-16", [0xFF, 0xFE, 0x7B, 0, 0x7D, 0], ["unsupported-encoding 1:1"]),
    ("UTF-16, the other order", [0xFE, 0xFF, 0, 0x7B, 0, 0x7D], ["unsupported-encoding 1:1"]),
    ("UTF-16 without a mark", [0x7B, 0, 0x7D, 0], ["unsupported-encoding 1:1"]),
    ("two objects", Array("{}\n{}".utf8), ["malformed-file 2:1"]),
    ("a brace too many", Array("{\"images\":[]}}".utf8), ["malformed-file 1:14"]),
    ("a comma at the end", Array("{\"images\":[],}".utf8), ["malformed-file 1:14"]),
    (
      "no comma between lists", Array("{\"images\":[] \"annotations\":[]}".utf8),
      ["malformed-file 1:14"]
    ),
    ("no colon", Array("{\"images\" []}".utf8), ["malformed-file 1:11"]),
    ("a name that is no text", Array("{5:[]}".utf8), ["malformed-file 1:2"]),
    ("null for a list", Array("{\"images\": null}".utf8), ["malformed-value 1:12"]),
    ("an object for a list", Array("{\"annotations\": {}}".utf8), ["malformed-value 1:17"]),
    ("a list for info", Array("{\"info\": []}".utf8), ["malformed-value 1:10"]),
    ("text for licenses", Array("{\"licenses\": \"MIT\"}".utf8), ["malformed-value 1:14"]),
    ("NaN under an unknown key", Array("{\"x\": [NaN]}".utf8), ["malformed-value 1:8"]),
    (
      "a list that stands twice", Array("{\"images\":[],\"images\":[]}".utf8),
      ["malformed-file 1:14"]
    ),
  ]

  @Test(arguments: files)
  func `a file that is wrong as a whole has one finding with its place`(
    _ file: (name: String, bytes: [UInt8], faults: [String])
  ) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(file.bytes)
    #expect(contents.faults.map { "\($0.rule) \(folder.place(of: $0.origin))" } == file.faults)
    #expect(contents.rejections.isEmpty)
    #expect(contents.dataset.images.isEmpty)
  }

  static let lists: [(text: String, faults: [String])] = [
    ("[{R},]", ["malformed-file"]), ("[,{R}]", ["malformed-file"]),
    ("[,]", ["malformed-file", "malformed-file"]),
    ("[{R}}]", ["malformed-file"]), ("[{R},,]", ["malformed-file", "malformed-file"]),
    ("[{R}]]", ["malformed-file"]),
  ]

  @Test(arguments: lists)
  func `commas and brackets too many in a list are found, its records kept`(
    _ list: (text: String, faults: [String])
  ) async throws {
    let folder = try TemporaryFolder()
    let record = "\"id\":1,\"name\":\"a\""
    let text = "{\"categories\":\(list.text.replacing("R", with: record))}"
    let contents = try await folder.read(text.utf8)
    #expect(contents.faults.map(\.rule) == list.faults)
    #expect(contents.rejections.isEmpty)
    #expect(contents.dataset.categories.count == (list.text.contains("R") ? 1 : 0))
  }

  @Test func `a value that cannot be read is passed over, and the rest is read`() async throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    let text =
      "{\"a\": {\"b\" 1},\n\"info\": \(deep),\n\"categories\": [{\"id\": 1, \"name\": \"a\"}]}"
    let contents = try await folder.read(text.utf8)
    #expect(
      contents.faults.map { "\($0.rule) \(folder.place(of: $0.origin))" } == [
        "malformed-file 1:7", "malformed-file 2:9",
      ])
    #expect(contents.dataset.categories.count == 1)
  }

  static let records: [(text: String, faults: [String], repairs: Int)] = [
    (#"{"images":[{"id":1,"file_name":"a","width":1.5,"height":2}]}"#, ["malformed-value 1:44"], 0),
    (#"{"images":[{"id":1,"file_name":"a","width":1.0,"height":2.0}]}"#, [], 0),
    (#"{"images":[{"id":1,"file_name":"a","width":"1","height":2}]}"#, [], 1),
    (#"{"images":[{"id":1,"file_name":"a","width":[1],"height":2}]}"#, [], 1),
    (#"{"images":[{"id":1,"file_name":"a","width":"x","height":2}]}"#, ["malformed-value 1:44"], 0),
    (#"{"images":[{"id":1,"coco_url":"http://x.org/val/a.jpg"}]}"#, [], 1),
    (
      #"{"images":[{"id":1,"file_name":"a","width":1e400,"height":2}]}"#, ["malformed-value 1:44"],
      0
    ),
    (#"{"images":[{"id":1,"file_name":5}]}"#, ["malformed-value 1:32"], 0),
    (#"{"images":[{"id":1,"file_name":"\ud800"}]}"#, ["malformed-value 1:32"], 0),
    (#"{"images":[{"file_name":"a"}]}"#, ["missing-field 1:12"], 0),
    (#"{"images":[{"id":1}]}"#, ["missing-field 1:12"], 0),
    (#"{"images":[{"id":"7","file_name":"a"}]}"#, [], 1),
    (#"{"images":[{"id":"seven","file_name":"a"}]}"#, [], 1),
    (#"{"images":[{"id":"","file_name":"a"}]}"#, ["malformed-value 1:18"], 0),
    (#"{"categories":[{"id":1,"name":null}]}"#, ["missing-field 1:16"], 0),
    (#"{"categories":[{"id":1,"name":{}}]}"#, ["malformed-value 1:31"], 0),
    (#"{"categories":[{"id":1}]}"#, ["missing-field 1:16"], 0),
    (#"{"categories":[{"name":"a"}]}"#, ["missing-field 1:16"], 0),
  ]

  @Test(arguments: records)
  func `pictures and classes with faults are found`(
    _ record: (text: String, faults: [String], repairs: Int)
  ) async throws {
    let folder = try TemporaryFolder()
    let contents = try await folder.read(record.text.utf8)
    #expect(contents.faults.map { "\($0.rule) \(folder.place(of: $0.origin))" } == record.faults)
    #expect(contents.imageRepairs.values.reduce(0, +) == record.repairs)
  }

  @Test func `ids in text and words give records that belong together`() async throws {
    let folder = try TemporaryFolder()
    let text = #"""
      {"annotations":[{"image_id":"x","category_id":"cat"},{"id":"5","image_id":"7","category_id":"dog"},
       {"id":"a","image_id":"y","category_id":2}],
       "images":[{"id":"7","file_name":"7"},{"id":"y","file_name":"y"},{"id":"x","file_name":"x"}],
       "categories":[{"id":"dog","name":"dog"},{"id":2,"name":"two"},{"id":"cat","name":"cat"}]}
      """#
    let dataset = try await folder.read(text.utf8).dataset
    #expect(dataset.images.map(\.id) == [7, 8, 9])
    #expect(dataset.categories.map(\.id) == [3, 2, 4])
    #expect(dataset.annotations.map(\.imageID) == [9, 7, 8])
    #expect(dataset.annotations.map(\.categoryID) == [4, 3, 2])
    #expect(dataset.annotations.map(\.id) == [6, 5, 7])
  }

  @Test func `a record that is left out takes the words of its ids with it`() async throws {
    let folder = try TemporaryFolder()
    let text = #"""
      {"images":[{"id":"bad","file_name":5},{"id":4,"file_name":"a"},{"id":"worse"}],
       "categories":[{"id":"bad"},{"id":4,"name":"a"},{"id":"worse","name":[]}],
       "annotations":[{"id":"bad","image_id":4,"bbox":"x"},{"id":4,"image_id":4},{"image_id":"worse","bbox":"x"}]}
      """#
    let contents = try await folder.read(text.utf8)
    #expect(contents.rejections.count == 6)
    #expect(contents.dataset.images.map(\.id) == [4])
    #expect(contents.dataset.categories.map(\.id) == [4])
    #expect(contents.dataset.annotations.map(\.id) == [4])
    #expect(contents.imageRepairs.isEmpty)
    #expect(contents.annotationRepairs.isEmpty)
  }

  @Test
  func `the outline of a record that is left out does not become the next one's`() async throws {
    let folder = try TemporaryFolder()
    let text = #"""
      {"annotations":[{"id":1,"image_id":1,"segmentation":[[1,2]],"segmentation":[[3]],"bbox":"x"},
       {"id":2,"image_id":1},{"id":3,"image_id":1,"segmentation":[[5]],"segmentation":[[6,7]]},
       {"id":4,"image_id":1,"segmentation":[[8]],"segmentation":{"size":[1,1],"counts":[1]}}]}
      """#
    let annotations = try await folder.read(text.utf8).dataset.annotations
    #expect(annotations.map(\.id) == [2, 3, 4])
    #expect(annotations[0].segmentation == nil)
    #expect(annotations[1].segmentation == .polygons(Polygons([[6, 7]])))
    #expect(
      annotations[2].segmentation
        == .runLengths(RunLengthMask(height: 1, width: 1, counts: [1])))
  }

  @Test
  func `annotations without ids are numbered behind the highest, or below where there is no room`()
    async throws
  {
    let folder = try TemporaryFolder()
    let text = #"{"annotations":[{"image_id":1},{"id":7,"image_id":1},{"image_id":1}]}"#
    #expect(try await folder.read(text.utf8).dataset.annotations.map(\.id) == [8, 7, 9])
    let full =
      #"{"annotations":[{"image_id":1},{"id":9223372036854775807,"image_id":1},{"id":1,"image_id":1}]}"#
    let ids = try await folder.read(full.utf8).dataset.annotations.map(\.id)
    #expect(ids == [2, .max, 1])
  }

  @Test
  func `places are right behind a byte order mark, CRLF and characters of several bytes`()
    async throws
  {
    let folder = try TemporaryFolder()
    let text = "\u{FEFF}{\"info\": {\"é🥥\": 1},\r\n\"categories\": [{\"é\": \"🥥\", \"id\": true}]}"
    let contents = try await folder.read(text.utf8)
    #expect(contents.faults.map { folder.place(of: $0.origin) } == ["2:33"])
  }
}
