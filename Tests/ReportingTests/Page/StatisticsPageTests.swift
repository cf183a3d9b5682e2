import COCO
import Testing

@testable import Reporting

struct StatisticsPageTests {
  private static func page(naming name: String) -> String {
    var dataset = Examples.train
    for index in dataset.categories.indices { dataset.categories[index].name = name }
    dataset.split = name
    var other = Examples.val
    other.split = name + "2"
    var options = StatisticsReportOptions()
    options.title = name
    return HTMLStatisticsReporter(options).report(Statistics([dataset, other]))
  }

  @Test func `escapes names of classes`() {
    let page = Self.page(naming: "<script>alert(1)</script>")
    #expect(!page.contains("<script"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  /// A character with an accent is another character, but the same markup to a browser.
  @Test(arguments: ["<\u{301}", ">\u{301}", "\"\u{301}", "&\u{301}", "'\u{200D}"])
  func `escapes characters with accents`(name: String) {
    let page = Self.page(naming: name)
    #expect(!page.unicodeScalars.contains(name.unicodeScalars))
  }

  @Test(arguments: ["{{title}}", "{{{title}}}", "{{>style}}", "{{/tiles}}"])
  func `takes braces in names for text`(name: String) {
    let page = Self.page(naming: name)
    #expect(page.contains("<h1 dir=\"auto\">\(name.replacing(">", with: "&gt;"))</h1>"))
  }

  @Test func `needs nothing else`() {
    let page = Examples.statistics("html", [Examples.train, Examples.val])
    for forbidden in ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link"] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
  }

  @Test func `leaves no part of the template`() {
    #expect(!Examples.statistics("html", [Examples.train]).contains("{{"))
  }

  @Test func `draws every chart`() {
    let page = Examples.statistics("html", [Examples.train])
    for chart in ["ranked", "columns", "strip", "square"] {
      #expect(page.contains("<svg class=\"\(chart)\""), "\(chart)")
    }
  }

  @Test func `closes every element`() throws {
    let page = Examples.statistics("html", [Examples.train, Examples.val])
    for element in ["svg", "section", "div", "table", "tr", "td", "text", "title", "ul", "li", "p"]
    {
      let opened = page.ranges(of: try Regex("<\(element)[ >]")).count
      let closed = page.ranges(of: "</\(element)>").count
      #expect(opened == closed, "\(element)")
    }
  }

  @Test(
    arguments: [
      (0, [0, 1]), (3, [0, 1, 2, 3]), (11, [0, 5, 10, 15]), (26, [0, 10, 20, 30]),
      (100, [0, 20, 40, 60, 80, 100]), (5001, [0, 2000, 4000, 6000]),
    ])
  func `lines across charts stand at round numbers`(highest: Int, expected: [Int]) {
    let chart = ColumnChart(note: "", description: "", [("a", highest)]) { _, _ in "" }
    #expect(chart.lines.map(\.label) == expected.map(\.grouped))
  }
}
