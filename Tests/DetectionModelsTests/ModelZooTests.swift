import DetectionModels
import Foundation
import Testing

@Suite("ModelZoo")
struct ModelZooTests {
  @Test func `no family is missing from the list`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/DetectionModels").standardizedFileURL
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }
    let families = try files.flatMap { file in
      try text(folder.appending(path: file)).matches(of: /static let (\w+): \[ZooModel\] =/)
        .map { String($0.1) }
    }
    let listed = try text(folder.appending(path: "Classification/ModelZoo.swift"))
      .matches(of: /\n    (\w+),/).map { String($0.1) }
    #expect(listed.count > 1)
    #expect(listed.sorted() == families.sorted())
  }

  @Test func `no two models share a name`() {
    #expect(Set(ModelZoo.all.map(\.name)).count == ModelZoo.all.count)
  }

  private func text(_ file: URL) throws -> String {
    try String(contentsOf: file, encoding: .utf8)
  }
}
