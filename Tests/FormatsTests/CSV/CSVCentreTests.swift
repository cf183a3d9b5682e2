import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("Boxes given by their middle under the names x and y")
struct CSVCentreTests {
  /// Rows of ten boxes on a.gif, 100×80, of which five reach past it as corners.
  private static func rows(_ scale: (Double, Double) = (1, 1)) -> String {
    (0..<10).map { index in
      let (x, y) = (Double(20 + index % 2 * 64), Double(15 + index * 5))
      let numbers = [x / scale.0, y / scale.1, 30 / scale.0, 20 / scale.1]
      return "a.gif,\(numbers.map { "\($0)" }.joined(separator: ",")),cat\n"
    }.joined()
  }

  @Test(arguments: [(1.0, 1.0), (100.0, 80.0)])
  func `all boxes prove it, in pixels and in parts`(_ scale: (Double, Double)) async throws {
    let fixture = try TemporaryFolder(table: "file,x,y,w,h,class\n" + Self.rows(scale))
    let imported = try await fixture.readTable()
    #expect(imported.objects.first == "a.gif cat 5 5 30 20")
    #expect(imported.objects.count == 10)
    #expect(imported.notes.contains { $0.contains("x and y are the middle of the box") })
  }

  @Test
  func `one box that cannot have its middle there leaves all as they are named`() async throws {
    let fixture = try TemporaryFolder(
      table: "file,x,y,w,h,class\n" + Self.rows() + "a.gif,2,2,30,20,cat\n")
    let imported = try await fixture.readTable()
    #expect(imported.objects.first == "a.gif cat 20 15 30 20")
    #expect(!imported.notes.contains { $0.contains("middle") })
  }

  @Test
  func `boxes that lie in their pictures either way are read as they are named`() async throws {
    let rows = (0..<10).map { "a.gif,\(15 + $0),\(12 + $0),20,18,cat\n" }.joined()
    let imported = try await TemporaryFolder(table: "file,x,y,w,h,class\n" + rows).readTable()
    #expect(imported.objects.first == "a.gif cat 15 12 20 18")
  }

  @Test func `names of corners, and what the user says, leave nothing open`() async throws {
    let named = try TemporaryFolder(table: "file,xmin,ymin,w,h,class\n" + Self.rows())
    #expect(try await named.readTable().objects.first == "a.gif cat 20 15 30 20")
    var options = ImportOptions()
    options.csvColumns = ["x": "x"]
    let chosen = try TemporaryFolder(table: "file,x,y,w,h,class\n" + Self.rows())
    #expect(
      try await chosen.readTable("table.csv", options).objects.first == "a.gif cat 20 15 30 20")
  }
}
