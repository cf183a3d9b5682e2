import Foundation
import TestSupport
import Testing

@Suite("The verb formats")
struct FormatsCommandTests {
  private func page(_ name: String) throws -> String {
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(name)")
    return try String(contentsOf: page, encoding: .utf8)
  }

  private func results(_ arguments: String...) throws -> String {
    let ending = try Copra.run(["formats"] + arguments, in: TemporaryFolder())
    #expect(ending.status == 0)
    #expect(ending.messages.isEmpty)
    return ending.results
  }

  @Test func `the tables of formats in the documentation are what the program says`() throws {
    let tables = try results("--format", "markdown")
    #expect(try page("Documentation/formats.md").contains("\n\n\(tables)\n"))
    let first = try #require(tables.firstRange(of: "\n\n"))
    #expect(try page("README.md").contains("\n\n\(tables[..<first.lowerBound])\n\n"))
  }

  private func objects() throws -> [[String: Any]] {
    let json = try JSONSerialization.jsonObject(with: Data(results("--format", "json").utf8))
    return try #require(json as? [[String: Any]])
  }

  @Test func `every format has a row, and an object as JSON`() throws {
    let rows = try results().split(separator: "\n").dropFirst()
    let names = rows.map { String($0.prefix { $0 != " " }) }
    #expect(names.count == 7)
    #expect(try objects().map { $0["name"] as? String } == names)
  }

  @Test func `one format is described with its variants and options`() throws {
    let text = try results("yolo")
    #expect(text.hasPrefix("yolo (YOLO)\n"))
    #expect(text.contains("--yolo-rows (see copra convert --help)"))
    #expect(text.contains("\n  - commas or semicolons instead of blanks\n"))
  }

  @Test func `every option of a format is one of convert`() throws {
    let help = try Copra.run(["convert", "--help"], in: TemporaryFolder()).results
    for format in try objects() {
      for option in try #require(format["options"] as? [String]) {
        #expect(help.contains("  \(option) "), "\(option)")
      }
    }
  }

  @Test func `a name that no format has is refused with those that there are`() throws {
    let ending = try Copra.run(["formats", "pascal"], in: TemporaryFolder())
    #expect(ending.status == 2)
    #expect(ending.messages.contains("coco"))
  }
}
