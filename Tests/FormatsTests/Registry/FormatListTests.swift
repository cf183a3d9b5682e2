import Foundation
import Testing

@testable import Formats

@Suite struct FormatListTests {
  private static let sources =
    URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/Formats").standardizedFileURL.path

  /// The Swift files below `Sources/Formats`, by their paths there.
  private static func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: sources).filter { $0.hasSuffix(".swift") }
  }

  /// The types that the sources declare to be a `kind`.
  private static func types(conformingTo kind: String) throws -> Set<String> {
    let pattern = try Regex("(?:struct|class|enum|extension) (\\w+): [\\w, ]*\\b\(kind)\\b")
      .anchorsMatchLineEndings()
    return try files().reduce(into: []) { types, path in
      let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
      for match in text.matches(of: pattern) {
        if let name = match.output[1].substring { types.insert(String(name)) }
      }
    }
  }

  @Test func `every folder of a format is in the list once`() throws {
    let suffix = "Format.swift"
    let named = try Self.files().filter { $0.hasSuffix(suffix) && $0 != "Registry/\(suffix)" }
    let declared = try named.flatMap { path in
      let text = try String(contentsOfFile: "\(Self.sources)/\(path)", encoding: .utf8)
      return text.matches(of: /static let (\w+) = Format\(/).map { String($0.output.1) }
    }
    #expect(declared.count == named.count)
    #expect(declared.sorted() == Format.all.map(\.name).sorted())
  }

  @Test func `no two formats have one name`() {
    #expect(Set(Format.all.map(\.name)).count == Format.all.count)
  }

  @Test(arguments: [
    ("Importer", Format.all.compactMap(\.importer).map { "\($0)" }),
    ("Exporter", Format.all.compactMap(\.exporter).map { "\($0)" }),
    ("FieldLocator", Format.all.compactMap(\.locator).map { "\($0)" }),
    ("RecordEditor", Format.all.compactMap(\.editor).map { "\($0)" }),
  ])
  func `what knows a format is reached from the list`(kind: String, listed: [String]) throws {
    let declared = try Self.types(conformingTo: kind)
    #expect(!declared.isEmpty)
    #expect(declared == Set(listed))
    #expect(listed.count == declared.count)
  }

  @Test func `formats with places or edits can be read`() {
    for format in Format.all where format.locator != nil || format.editor != nil {
      #expect(format.importer != nil, "\(format.name)")
    }
  }
}
