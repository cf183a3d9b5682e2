import Files
import Foundation
import Formats
import Testing

@Suite struct ImportersTests {
  @Test func `no importer is missing from the list`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Importing/Importers").standardizedFileURL.path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix("Importer.swift") }.map { $0.replacing(".swift", with: "") }
    #expect(files.sorted() == Importers.all.map { String(describing: $0) }.sorted())
  }

  @Test func `no two importers share a name`() {
    #expect(Set(Importers.all.map { $0.name }).count == Importers.all.count)
  }
}
