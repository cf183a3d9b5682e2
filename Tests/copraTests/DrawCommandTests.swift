import Foundation
import Images
import TestSupport
import Testing

@Suite("Drawing")
struct DrawCommandTests {
  private static let set = "\(Samples.folder)/voc"

  /// A dataset of one picture that is grey all over, with a box for each category.
  private func write(categories: [String], file: String, in folder: TemporaryFolder) throws {
    let grey = Bitmap(
      width: 200, height: 160, channels: 3, pixels: Array(repeating: 128, count: 200 * 160 * 3))
    try folder.write(grey.png(), to: "p.png")
    let names = categories.enumerated().map { ["id": $0 + 1, "name": $1] as [String: Any] }
    let boxes = categories.indices.map { index in
      [
        "id": index + 1, "image_id": 1, "category_id": index + 1, "iscrowd": 0, "area": 1200,
        "bbox": [10 + 45 * (index % 4), 30 + 40 * (index / 4), 40, 30],
      ] as [String: Any]
    }
    let images = [["id": 1, "file_name": "p.png", "width": 200, "height": 160] as [String: Any]]
    let dataset = ["images": images, "annotations": boxes, "categories": names] as [String: Any]
    let data = try JSONSerialization.data(withJSONObject: dataset)
    try folder.write(Array(data), to: file)
  }

  private func bitmap(_ name: String, in folder: TemporaryFolder) throws -> Bitmap {
    try Bitmap.decode(Array(folder.bytes(name)))
  }

  @Test func `each picture is drawn into a file of its name, and the last line counts`() throws {
    let folder = try TemporaryFolder()
    let ending = try Copra.run(["draw", Self.set, "-o", "out/drawn", "--limit", "3"], in: folder)
    #expect(ending.status == 0)
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path("out/drawn"))
    #expect(files.filter { $0.hasSuffix(".jpg") }.count == 3)
    #expect(ending.messages.contains("drew 3 images, "))
    #expect(ending.results.isEmpty)
  }

  @Test
  func `a drawn picture shows its box and its name, and without labels only the box`() throws {
    let folder = try TemporaryFolder()
    try write(categories: ["cat"], file: "a.json", in: folder)
    let line = ["draw", "a.json", "--format", "png", "-o"]
    #expect(try Copra.run(line + ["with"], in: folder).status == 0)
    #expect(try Copra.run(line + ["without", "--no-labels"], in: folder).status == 0)
    let with = try bitmap("with/p.png", in: folder)
    let without = try bitmap("without/p.png", in: folder)
    #expect(with[x: 30, y: 30] != 128 && without[x: 30, y: 30] != 128)
    #expect(with[x: 30, y: 45] == 128)
    #expect((12..<40).contains { with[x: $0, y: 23] != 128 })
    #expect((12..<40).allSatisfy { without[x: $0, y: 23] == 128 })
  }

  @Test
  func `a sheet holds as many pictures as it has cells, and its bytes depend on no thread`() throws
  {
    let folder = try TemporaryFolder()
    let line = ["draw", Self.set, "--sheet", "3x2", "--max-side", "90", "--format", "png"]
    let ending = try Copra.run(line + ["-o", "one", "--threads", "1"], in: folder)
    #expect(ending.messages.contains(" on 2 sheets"))
    #expect(try Copra.run(line + ["-o", "many", "--threads", "4"], in: folder).status == 0)
    for name in ["sheet-001.png", "sheet-002.png"] {
      #expect(try folder.bytes("one/\(name)") == folder.bytes("many/\(name)"))
    }
  }

  @Test func `what exists is replaced only by force, and an input never`() throws {
    let folder = try TemporaryFolder()
    try write(categories: ["cat"], file: "a.json", in: folder)
    let line = ["draw", "a.json", "--format", "png", "-o"]
    #expect(try Copra.run(line + ["out"], in: folder).status == 0)
    let again = try Copra.run(line + ["out"], in: folder)
    #expect(again.status == 2)
    #expect(again.messages.contains("out/p.png exists; --force replaces it"))
    #expect(try Copra.run(line + ["out", "--force"], in: folder).status == 0)
    let onto = try Copra.run(line + [".", "--force"], in: folder)
    #expect(onto.status == 2)
    #expect(onto.messages.contains("is an input"))
  }

  @Test func `pictures that cannot be read are named, and the others drawn`() throws {
    let folder = try TemporaryFolder()
    try write(categories: ["cat"], file: "a.json", in: folder)
    try folder.write("no picture", to: "p.png")
    let ending = try Copra.run(["draw", "a.json", "-o", "out", "--sheet", "2x2"], in: folder)
    #expect(ending.status == 1)
    #expect(ending.messages.contains("p.png: "))
    #expect(ending.messages.contains("[unreadable-image]"))
    #expect(ending.messages.contains("1 image could not be read"))
    #expect(folder.exists("out/sheet-001.jpg"))
  }

  @Test func `names of any kind break neither a picture nor a sheet`() throws {
    let folder = try TemporaryFolder()
    let names = [
      "<script>alert(1)</script>", "\"q\" & 'a'", "שלום", "😀👩‍👩‍👧", "漢字", "", "\u{202E}x\u{0}\n",
      String(repeating: "w", count: 300),
    ]
    try write(categories: names, file: "a.json", in: folder)
    for options in [[], ["--sheet", "6x4"]] {
      let ending = try Copra.run(
        ["draw", "a.json", "-o", "out\(options.count)", "--format", "png"] + options, in: folder)
      #expect(ending.messages.contains("drew 1 image, 8 objects"))
    }
    #expect(try bitmap("out0/p.png", in: folder).width == 200)
  }

  @Test func `only pictures with findings are drawn, and the others not`() throws {
    let folder = try TemporaryFolder()
    try write(categories: ["cat"], file: "a.json", in: folder)
    let line = ["draw", "a.json", "--findings", "--no-image-checks", "-o"]
    let sound = try Copra.run(line + ["none"], in: folder)
    #expect(sound.messages.contains("drew nothing: no image has a finding"))
    #expect(!folder.exists("none"))
    let text = String(decoding: try folder.bytes("a.json"), as: UTF8.self)
    try folder.write(
      text.replacingOccurrences(of: "[10,30,40,30]", with: "[190,30,40,30]"), to: "a.json")
    let faulty = try Copra.run(line + ["some"], in: folder)
    #expect(faulty.messages.contains("drew 1 image, 1 object"))
    #expect(folder.exists("some/p.jpg"))
  }

  @Test func `true and found boxes stand side by side`() throws {
    let folder = try TemporaryFolder()
    try write(categories: ["cat", "dog"], file: "a.json", in: folder)
    try folder.write(
      """
      [{"image_id": 1, "category_id": 1, "bbox": [11, 31, 40, 30], "score": 0.9},
       {"image_id": 1, "category_id": 1, "bbox": [11, 31, 40, 30], "score": 0.1},
       {"image_id": 7, "category_id": 1, "bbox": [11, 31, 40, 30], "score": 0.9}]
      """, to: "r.json")
    let ending = try Copra.run(
      ["draw", "a.json", "--compare", "r.json", "--score", "0.5", "-o", "out", "--format", "png"],
      in: folder)
    #expect(ending.status == 1)
    #expect(ending.messages.contains("r.json:3:"))
    #expect(ending.messages.contains("[unknown-image]"))
    #expect(ending.messages.contains("drew 1 image, 3 objects"))
    #expect(try bitmap("out/p.png", in: folder).width == 408)
    let broken = try Copra.run(
      ["draw", "a.json", "--compare", "a.json", "-o", "out2"], in: folder)
    #expect(broken.status == 2)
    #expect(!folder.exists("out2"))
  }

  @Test(
    arguments: [
      ["--sheet", "6"], ["--sheet", "0x4"], ["--sheet", "-1x4"], ["--iou", "0.5"],
      ["--findings", "--compare", "r.json"], ["--compare", "r.json", "--iou", "nan"],
      ["--max-side", "0"], ["--max-side", "9223372036854775807", "--sheet", "2x2"],
      ["--limit", "0"], ["--format", "gif"],
      ["--sheet", "1000x1000", "--max-side", "65000"],
    ])
  func `options that cannot be meant are refused`(options: [String]) throws {
    let folder = try TemporaryFolder()
    let ending = try Copra.run(["draw", Self.set, "-o", "out"] + options, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("error: "))
    #expect(!folder.exists("out"))
  }
}
