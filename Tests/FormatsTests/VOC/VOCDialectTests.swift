import COCO
import Formats
import TestSupport
import Testing

/// What other programs write into VOC's objects.
@Suite struct VOCDialectTests {
  private func read(_ objects: String...) async throws -> Imported {
    let folder = try TemporaryFolder()
    try folder.picture("a.png", width: 200, height: 150)
    try folder.write(
      VOCFixture.text {
        $0.size = "<width>200</width><height>150</height>"
        $0.objects = objects
      }, to: "a.xml")
    return try await folder.read("voc")
  }

  private func rotated(_ values: String...) -> String {
    let names = ["cx", "cy", "w", "h", "angle"]
    let box = zip(names, values).map { "<\($0)>\($1)</\($0)>" }.joined()
    return "<object><type>robndbox</type><name>ship</name><robndbox>\(box)</robndbox></object>"
  }

  @Test(arguments: [
    (["120", "90", "40", "40", "0.7853981633974483"], [91.716, 61.716, 56.568, 56.568]),
    (["100", "50", "60", "20", "0"], [70.0, 40.0, 60.0, 20.0]),
    (["100", "50", "60", "20", "1.5707963267948966"], [90.0, 20.0, 20.0, 60.0]),
    (["100", "50", "60", "20", "3.141592653589793"], [70.0, 40.0, 60.0, 20.0]),
  ])
  func `a rotated box is read as the outline that it is`(
    values: [String], box: [Double]
  ) async throws {
    let text = rotated(values[0], values[1], values[2], values[3], values[4])
    let imported = try await read(VOCFixture.object(), text)
    #expect(imported.allRules.isEmpty)
    let found = try imported.whole.boxes[1]
    #expect(zip(found, box).allSatisfy { abs($0 - $1) < 0.001 })
    guard case .polygons? = try imported.whole.annotations[1].segmentation else {
      Issue.record("no outline")
      return
    }
  }

  @Test(arguments: [["120", "90", "40"], ["120", "90", "x", "40", "0"]])
  func `a broken rotated box rejects its object alone`(values: [String]) async throws {
    let names = ["cx", "cy", "w", "h", "angle"]
    let box = zip(names, values).map { "<\($0)>\($1)</\($0)>" }.joined()
    let imported = try await read(
      VOCFixture.object(), "<object><name>ship</name><robndbox>\(box)</robndbox></object>")
    #expect(imported.rejections.count == 1)
    #expect(try imported.whole.annotations.count == 1)
  }

  @Test(arguments: [("1", 1), ("0", 2), ("yes", 1), ("", 2)])
  func `a deleted object is left out and reported`(mark: String, count: Int) async throws {
    let imported = try await read(
      VOCFixture.object(),
      VOCFixture.object("palm", ["1", "2", "30", "40"], "<deleted>\(mark)</deleted>"))
    #expect(try imported.whole.annotations.count == count)
    #expect(imported.rejections.map(\.finding.rule) == (count == 1 ? ["deleted-object"] : []))
    #expect(imported.isAccountedFor)
  }

  @Test(arguments: [(["wally"], ["wally"]), (["a", "b"], []), (nil, [])])
  func `one name that the user gives is that of objects without any`(
    given: [String]?, names: [String]
  ) async throws {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(
      VOCFixture.text {
        $0.objects = [VOCFixture.object().replacing("<name>crab</name>", with: "")]
      }, to: "a.xml")
    let imported = try await folder.read("voc") { $0.classNames = given }
    #expect(try imported.whole.annotations.count == names.count)
    if given == nil { #expect(imported.rejections[0].finding.message.contains("--categories")) }
  }
}
