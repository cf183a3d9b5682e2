import COCO
import TestSupport
import Testing

@testable import Formats

@Suite("Objects in a cell")
struct CSVCellObjectTests {
  struct Cell: Sendable, CustomTestStringConvertible {
    var what: String
    var text: String
    var objects: [String]
    var header = "video_id,image_id,annotations"

    var testDescription: String { what }
  }

  static let cells = [
    Cell(
      what: "Python's dictionaries",
      text:
        "[{'x': 10, 'y': 20, 'width': 30, 'height': 40}, {'x': 0, 'y': 8, 'width': 50, 'height': 64}]",
      objects: ["a.gif object 10 20 30 40", "a.gif object 0 8 50 64"]),
    Cell(
      what: "JSON with corners and classes",
      text: #"[{"label": "it's", "xmin": 10, "ymin": 20, "xmax": 40, "ymax": 60}]"#,
      objects: ["a.gif it's 10 20 30 40"]),
    Cell(
      what: "a quote, None and True in Python",
      text: #"[{'name': "it's", 'bbox': (10, 20, 30, 40), 'score': None, 'ok': True}]"#,
      objects: ["a.gif it's 10 20 30 40"]),
    Cell(
      what: "corners in a list", text: "[{'bbox_xyxy': [10, 20, 40, 60], 'category_id': 3}]",
      objects: ["a.gif 3 10 20 30 40"]),
    Cell(
      what: "one object",
      text: "{'box': {'left': 10, 'top': 20, 'right': 40, 'bottom': 60}, 'class': 'cat'}",
      objects: ["a.gif cat 10 20 30 40"]),
    Cell(
      what: "hundredths of the size, as Label Studio writes them",
      text:
        #"[{"x": 10, "y": 25, "width": 30, "height": 50, "rotation": 0, "rectanglelabels": ["cat"], "original_width": 100, "original_height": 80}]"#,
      objects: ["a.gif cat 10 20 30 40"], header: "annotation_id,image,label"),
    Cell(
      what: "a column of any name",
      text: "[{'x1': 10, 'y1': 20, 'x2': 40, 'y2': 60, 'class': 'cat'}]",
      objects: ["a.gif cat 10 20 30 40"], header: "id,filename,things"),
  ]

  @Test(arguments: cells)
  func `each object of a cell is an object`(_ cell: Cell) async throws {
    let quoted = "\"" + cell.text.replacing("\"", with: "\"\"") + "\""
    let fixture = try TemporaryFolder(table: "\(cell.header)\n7,a.gif,\(quoted)\n7,b.gif,[]\n")
    let imported = try await fixture.readTable()
    #expect(imported.objects == cell.objects)
    #expect(imported.rejections == [])
    #expect(imported.datasets.first?.images.count == 2)
    #expect(try fixture.tableEvidence() != nil)
  }

  @Test func `an object without a box is rejected, and none of its neighbours`() async throws {
    let fixture = try TemporaryFolder(
      table:
        "image,objects\na.gif,\"[{'x':1,'y':2,'w':3,'h':4},{'x':1,'y':2},{'x':5,'y':6,'w':7,'h':8}]\"\n"
    )
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["2:8 malformed-value"])
    #expect(imported.rejections.first?.finding.message.contains("x, y") == true)
    #expect(imported.objects == ["a.gif object 1 2 3 4", "a.gif object 5 6 7 8"])
    #expect(imported.unaccounted == RecordCounts())
  }

  @Test func `a cell that is cut short is rejected with its column's name`() async throws {
    let fixture = try TemporaryFolder(
      table:
        "image,objects\nb.gif,\"[{'x':1,'y':2,'w':3,'h':4}]\"\na.gif,\"[{'x':1,'y':2,'w':3,\"\n")
    let imported = try await fixture.readTable()
    #expect(fixture.places(imported) == ["3:8 malformed-value"])
    #expect(imported.rejections.first?.finding.message.hasPrefix("objects: expected") == true)
  }

  @Test func `a box that Label Studio turned has its corners as outline`() async throws {
    let fixture = try TemporaryFolder(
      table: #"""
        image,label
        a.gif,"[{""x"":50,""y"":50,""width"":10,""height"":25,""rotation"":90,""rectanglelabels"":[""c""],""original_width"":100,""original_height"":80}]"
        """#)
    let imported = try await fixture.readTable()
    #expect(imported.objects == ["a.gif c 30 40 20 10"])
    #expect(imported.datasets.first?.annotations.first?.segmentation != nil)
  }

  @Test func `what an object says besides becomes its attributes`() async throws {
    let fixture = try TemporaryFolder(
      table: "image,objects,by\na.gif,\"[{'x':1,'y':2,'w':3,'h':4,'colour':'red'}]\",me\n")
    let annotation = try #require(try await fixture.readTable().datasets.first?.annotations.first)
    #expect(annotation.attributes == ["by": "me", "colour": "red"])
  }
}
