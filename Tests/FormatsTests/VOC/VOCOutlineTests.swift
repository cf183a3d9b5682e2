import COCO
import Formats
import TestSupport
import Testing

@Suite struct VOCOutlineTests {
  private static let corners =
    "<x1>10</x1><y1>5</y1><x2>20.5</x2><y2>5</y2><x3>20</x3><y3>15</y3>"

  private func read(_ object: String) async throws -> (imported: Imported, dataset: Dataset) {
    let folder = try TemporaryFolder()
    try folder.picture("a.png")
    try folder.write(VOCFixture.text { $0.objects = [object] }, to: "a.xml")
    let imported = try await folder.read("voc")
    return (imported, try imported.whole)
  }

  @Test(arguments: [
    corners,
    "<username>ada</username><pt><x>10</x><y>5</y></pt><pt><y>5</y><x>20.5</x></pt>"
      + "<pt><x>20</x><y>15</y></pt>",
  ])
  func `polygons are read as tools write them`(polygon: String) async throws {
    let (imported, dataset) = try await read(
      VOCFixture.object("crab", ["10", "5", "21", "15"], "<polygon>\(polygon)</polygon>"))
    #expect(imported.allRules.isEmpty)
    let annotation = dataset.annotations[0]
    #expect(annotation.segmentation == .polygons(Polygons([[10, 5, 20.5, 5, 20, 15]])))
    #expect(annotation.box == Box(x: 10, y: 5, width: 11, height: 10))
    #expect(annotation.area.map { $0 > 40 && $0 < 65 } == true)
    #expect(annotation.attributes.isEmpty)
  }

  @Test func `an object may have several polygons`() async throws {
    let polygon = "<polygon>\(Self.corners)</polygon>"
    let (_, dataset) = try await read(
      VOCFixture.object("crab", ["10", "5", "21", "15"], polygon + polygon))
    let ring: [Double] = [10, 5, 20.5, 5, 20, 15]
    #expect(dataset.annotations[0].segmentation == .polygons(Polygons([ring, ring])))
  }

  @Test func `an empty polygon is none`() async throws {
    let (imported, dataset) = try await read(
      VOCFixture.object("crab", ["10", "5", "20", "15"], "<polygon/>"))
    #expect(imported.allRules.isEmpty)
    #expect(dataset.annotations[0].segmentation == nil)
    #expect(dataset.annotations[0].area == 100)
  }

  @Test func `a polygon stands for a box that is missing`() async throws {
    let (imported, dataset) = try await read(
      "<object><name>crab</name><polygon>\(Self.corners)</polygon></object>")
    #expect(imported.allRules.isEmpty)
    #expect(dataset.boxes == [[10, 5, 10.5, 10]])
  }

  @Test(arguments: [
    ("<x1>10</x1><y1>five</y1>", "malformed-value"), ("<pt><x>10</x></pt>", "missing-field"),
    ("<x1>10</x1><y1>nan</y1><x2>1</x2><y2>2</y2>", "non-finite-value"),
  ])
  func `a polygon that cannot be read rejects its object`(
    polygon: String, rule: String
  ) async throws {
    let (imported, dataset) = try await read(
      VOCFixture.object("crab", ["10", "5", "20", "15"], "<polygon>\(polygon)</polygon>"))
    #expect(imported.allRules == [rule])
    #expect(dataset.annotations.isEmpty)
    #expect(imported.isAccountedFor)
  }
}
