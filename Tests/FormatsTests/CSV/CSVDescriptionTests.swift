import COCO
import Files
import TestSupport
import Testing

@testable import Formats

@Suite("Descriptions of tables that are not understood")
struct CSVDescriptionTests {
  struct Table: Sendable, CustomTestStringConvertible {
    var what: String
    var text: String
    /// What the message says, in this order.
    var says: [String]

    var testDescription: String { what }
  }

  static let tables = [
    Table(
      what: "foreign names", text: "scan;links;oben;breit;hoch;sort\na.gif;60;15;21;37;node\n",
      says: [
        "for the image and for a box", "scan, links, oben, breit, hoch, sort",
        "--csv-columns image=scan,x=links,y=oben,w=breit,h=hoch,class=sort would read it",
      ]),
    Table(
      what: "names with blanks and commas",
      text: "\"Das Bild\",\"a,b\",b,c,d,e\na.gif,60,20,90,60,cat\n",
      says: ["--csv-columns 'image=Das Bild,xmin=2,ymin=b,xmax=c,ymax=d,class=e' would read it"]),
    Table(
      what: "several boxes in a row",
      text:
        "image,face_x1,face_y1,face_x2,face_y2,eye_x1,eye_y1,eye_x2,eye_y2\na.gif,1,2,3,4,5,6,7,8\n",
      says: [
        "for a box", "image as image", "are the numbers of several boxes", "xmin=eye_x1", ", or ",
        "xmin=face_x1", ", would read it",
      ]),
    Table(
      what: "a corner that is missing", text: "image,class,xmin,ymin,xmax\na.gif,c,1,2,3\n",
      says: [
        "for a box", "class as class", "xmin, ymin, xmax are not all the numbers of a box",
        "--csv-columns image=image,xmin=…,ymin=…,xmax=…,ymax=…,class=class names them",
      ]),
    Table(
      what: "two names that the picture may have",
      text: "foto datei,klein,xmin,ymin,xmax,ymax,label\na.gif,b.gif,1,2,3,4,cat\n",
      says: [
        "for the image, found", "label as class",
        "--csv-columns 'image=foto datei,xmin=xmin,ymin=ymin,xmax=xmax,ymax=ymax,class=label' "
          + "would read it",
      ]),
    Table(
      what: "no header and open data", text: "cat,a.gif,10,10,30,40\ndog,b.gif,5,5,20,20\n",
      says: [
        "no header", "cat, a.gif, 10, 10, 30, 40", "xmin=3,ymin=4,xmax=5,ymax=6,class=1",
        ", or --csv-columns image=2,x=3,y=4,w=5,h=6,class=1, would read it",
      ]),
    Table(
      what: "a blank in a class", text: "a.gif 60 20 90 60 traffic light\nb.gif 25 4 45 14 car\n",
      says: ["a value that holds a blank needs quotes"]),
    Table(
      what: "nothing of a box", text: "epoch,loss\n1,2\n", says: ["epoch, loss", "--csv-columns"]),
  ]

  @Test(
    arguments: tables)
  func `a table that is not read is described, and the option that would read it`(_ table: Table)
    async throws
  {
    let fixture = try TemporaryFolder(table: table.text)
    let imported = try await fixture.readTable()
    let message = try #require(imported.findings.first?.message)
    #expect(fixture.places(imported) == ["1:1 missing-field"])
    var rest = Substring(message)
    for words in table.says {
      guard let found = rest.firstRange(of: words) else {
        Issue.record("\"\(message)\" does not say \"\(words)\" there")
        return
      }
      rest = rest[found.upperBound...]
    }
  }

  @Test func `the option that a message names reads the table`() async throws {
    let fixture = try TemporaryFolder(table: Self.tables[0].text)
    var options = ImportOptions()
    options.csvColumns = [
      "image": "scan", "x": "links", "y": "oben", "w": "breit", "h": "hoch", "class": "sort",
    ]
    #expect(try await fixture.readTable("table.csv", options).objects == ["a.gif node 60 15 21 37"])
  }

  @Test func `a near miss has the place of what is not understood`() throws {
    let fixture = try TemporaryFolder()
    try fixture.write("\n\nepoch,loss\n1,2\n", to: "one.csv")
    try fixture.write("", to: "two.tsv")
    try fixture.write("cat,0\n", to: "classes.csv")
    let lines = try #require(Format.csv.nearMiss(in: InputTree(fixture.path)))
      .split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("\(fixture.path)/one.csv:3:1: expected columns for the image"))
    #expect(lines[1] == "\(fixture.path)/two.tsv:1:1: the table is empty")
    #expect(try Format.voc.nearMiss(in: InputTree(fixture.path)) == nil)
  }
}
