import COCO
import Files
import Testing

@testable import Reporting

@Suite("Pages of datasets")
struct DatasetPageTests {
  /// Names that would run, break out of markup or widen the page.
  static let hostileNames = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'><img src=x onerror=alert(1)>",
    "</style></script><b>", "{{{title}}}", "\u{202E}שלום", "😀👩‍👩‍👧 漢字", "a\u{0}\n\u{1B}[31m",
    String(repeating: "w", count: 300),
  ]

  /// A page on which `name` stands wherever a dataset can put it.
  private func page(naming name: String) -> DatasetPage {
    var dataset = Examples.train
    for index in dataset.categories.indices { dataset.categories[index].name = name }
    for index in dataset.images.indices { dataset.images[index].fileName = name }
    dataset.split = name
    let fix = Fix(name, isSafe: true, edits: [])
    var page = DatasetPage(title: name, of: [dataset])
    page.statistics = Statistics([dataset])
    page.findings = findings(
      [
        Finding(.tinyBox, name, record: RecordReference(.annotation, 0), fixes: [fix]),
        Finding(.hugeBox, "m", at: Origin(file: 0, offset: 0), record: RecordReference(.image, 1)),
      ], in: Sources([name]))
    page.pictures.set(
      .jpeg([1, 2, 3], width: 32, height: 24, scale: .init(x: 0.05, y: 0.05)),
      of: RecordReference(.image, 0))
    page.pictures.set(.unreadable(name), of: RecordReference(.image, 1))
    return page
  }

  private func findings(
    _ findings: [Finding], in sources: Sources = Sources([]), limit: Int = 50
  ) -> PageFindings {
    var options = FindingReportOptions()
    options.shownPerRule = limit
    options.offersFixes = true
    return PageFindings(FindingReport(findings, in: sources, toolVersion: "1.2.3"), options)
  }

  @Test(arguments: hostileNames)
  func `a name of any kind opens no element and closes none`(name: String) throws {
    let plain = page(naming: "name").html
    let hostile = page(naming: name).html
    for mark in ["<", ">"] {
      #expect(
        hostile.unicodeScalars.count { "\($0)" == mark }
          == plain.unicodeScalars.count { "\($0)" == mark })
    }
    // Quotes end attributes.
    #expect(hostile.count { $0 == "\"" } == plain.count { $0 == "\"" })
    #expect(!hostile.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
  }

  @Test func `a picture that two findings show stands in the page once`() {
    var page = page(naming: "name")
    page.findings = findings([
      Finding(.tinyBox, "one", record: RecordReference(.annotation, 0)),
      Finding(.hugeBox, "two", record: RecordReference(.annotation, 2)),
    ])
    #expect(page.html.ranges(of: "data:image/jpeg;base64,AQID\"").count == 1)
    #expect(page.html.ranges(of: "<use href=\"#p0\"").count == 2)
  }

  @Test func `each rule gets a picture before another gets its second`() {
    let many = [0, 1].map { Finding(.tinyBox, "m\($0)", record: RecordReference(.image, $0)) }
    let one = Finding(.hugeBox, "m", record: RecordReference(.image, 2))
    var page = DatasetPage(title: "p", of: [Examples.train])
    page.findings = findings(many + [one])
    let wanted = page.wantedPictures(limit: 2)
    #expect(wanted.contains(RecordReference(.image, 2)))
    #expect(wanted.count == 2)
  }

  @Test func `a picture that cannot be read gives its reason in its place`() {
    #expect(page(naming: "no JPEG").html.contains("<div class=\"absent\">no JPEG</div>"))
  }

  @Test func `what is left out of many findings is said, and the page stays small`() {
    var page = DatasetPage(title: "p", of: [Examples.train])
    page.findings = findings(
      (0..<100_000).map { Finding(.tinyBox, "finding \($0)") }, limit: PageFindings.shownPerRule)
    let html = page.html
    #expect(html.contains("shows 50 findings and leaves out 99,950"))
    #expect(html.utf8.count < 100_000)
  }

  @Test func `boxes that are not finite, or far away, are drawn without such numbers`() {
    let boxes = [
      Box(x: .nan, y: 0, width: 1, height: 1), Box(x: 0, y: 0, width: .infinity, height: 1),
      Box(x: -1e300, y: -5, width: 1e308, height: 3), Box(x: 9, y: 9, width: -4, height: -4),
    ]
    var dataset = Examples.train
    for (index, box) in boxes.enumerated() {
      dataset.annotations[index].box = box
      dataset.annotations[index].imageID = 10
    }
    var page = DatasetPage(title: "p", of: [dataset])
    page.findings = findings(
      boxes.indices.map { Finding(.tinyBox, "m\($0)", record: RecordReference(.annotation, $0)) })
    page.pictures.set(
      .jpeg([1], width: 32, height: 24, scale: .init(x: 0.05, y: 0.05)),
      of: RecordReference(.image, 0))
    let drawings = page.html.split(separator: "\n").filter { $0.contains("<svg class=\"thumb\"") }
    #expect(drawings.count == 4)
    for drawing in drawings {
      for word in ["nan", "inf", "e+"] { #expect(!drawing.contains(word), "\(drawing)") }
    }
  }

  @Test func `a page without findings has no script, and says ready`() {
    var page = DatasetPage(title: "p", of: [Examples.train])
    page.ledger = Ledger(rows: [])
    page.findings = findings([])
    #expect(page.html.contains("<p class=\"verdict ready\"><b>ready</b>"))
    page.findings = nil
    #expect(!page.html.contains("<script"))
  }

  @Test func `errors make the verdict, warnings only colour it`() {
    var page = DatasetPage(title: "p")
    page.findings = findings([Finding(.tinyBox, severity: .warning, "m")])
    #expect(page.html.contains("<p class=\"verdict warning\"><b>1 warning</b>"))
    page.ledger = Ledger(rows: [])
    #expect(page.html.contains("<p class=\"verdict warning\"><b>ready</b>"))
    page.findings = findings([Finding(.tinyBox, severity: .error, "m")])
    #expect(page.html.contains("<p class=\"verdict error\"><b>1 error</b>"))
  }

  @Test(
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func `bytes become text after RFC 4648`(bytes: String, text: String) {
    #expect(Base64.text(of: Array(bytes.utf8)) == text)
  }

  @Test func `prose becomes paragraphs, lists and code`() {
    let markup = ProseMarkup.html("One `x<y`\ntwo.\n\n- a\n- b\nend")
    #expect(
      markup == "<p>One <code>x&lt;y</code> two.</p><ul><li>a</li><li>b</li></ul><p>end</p>")
  }
}
