import Files
import Foundation
import Testing

@testable import Formats

@Suite struct FormatListsTests {
  @Test(arguments: [
    ("Places", "FieldLocator", FieldLocators.all.map { String(describing: $0) }),
    ("Editing", "RecordEditor", RecordEditors.all.map { String(describing: $0) }),
  ])
  func `no file of a format is missing from its list`(
    folder: String, ending: String, list: [String]
  ) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Sources/Importing/\(folder)").standardizedFileURL.path
    let files = try FileManager.default.contentsOfDirectory(atPath: path)
      .map { $0.replacing(".swift", with: "") }.filter { $0.hasSuffix(ending) && $0 != ending }
    #expect(files.sorted() == list.sorted())
  }

  @Test func `every format with places or edits can be read`() {
    let formats = FieldLocators.all.map { $0.format } + RecordEditors.all.map { $0.format }
    #expect(Set(formats).isSubset(of: Importers.all.map { $0.name }))
  }
}
