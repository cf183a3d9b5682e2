import Foundation
import Testing

/// README and CONTRIBUTING beside what is there.
struct MapTests {
  /// The libraries of others that targets wrap.
  private static let libraries: Set = [
    "CSimdJSON", "CImageCodecs", "CExpat", "CYAML", "CCrypto", "CZlib", "CZstd",
  ]
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// What each target of `Package.swift` imports of ours.
  private static func targets() throws -> [String: Set<String>] {
    let manifest = try text("Package.swift")
    let ours = try Set(
      FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path))
    var targets: [String: Set<String>] = [:]
    let pattern =
      /\.(?:executableT|t)arget\(\s*name: "([^"]+)"(?:,\s*dependencies: \[((?s).*?)\],\s*(?:path|swiftSettings))?/
    for match in manifest.matches(of: pattern) where ours.contains(String(match.1)) {
      let names = (match.2 ?? "").matches(of: /"([^"]+)"/).map { String($0.1) }
      targets[String(match.1)] = Set(names).intersection(ours)
    }
    return targets.filter { !libraries.contains($0.key) }
  }

  /// The rows of the table that begins with a cell called `target`.
  private static func rows(of page: String) throws -> [[String]] {
    let lines = try text(page).split(separator: "\n")
    let head = try #require(lines.firstIndex { $0.hasPrefix("| target |") })
    return lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private static func names(in cell: String) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.1) }
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func `every target stands in the table, and nothing else does`(_ page: String) throws {
    let named = try Self.rows(of: page).flatMap { Self.names(in: $0[0]) }
    #expect(try Set(named) == Set(Self.targets().keys))
    #expect(named.count == Set(named).count)
  }

  @Test func `the arrows are those of the manifest, and all lead upwards`() throws {
    let targets = try Self.targets()
    var above = Self.libraries
    for row in try Self.rows(of: "CONTRIBUTING.md") {
      let name = try #require(Self.names(in: row[0]).first)
      let imports = try #require(targets[name]).subtracting(Self.libraries)
      #expect(Set(Self.names(in: row[2])) == imports, "\(name)")
      #expect(imports.isSubset(of: above), "\(name)")
      above.insert(name)
    }
  }

  @Test func `every file and folder that a recipe names is there`() throws {
    let page = try Self.text("CONTRIBUTING.md")
    let paths = page.matches(of: /`((?:Sources|Tests|Benchmarks|Documentation|samples)\/[^`]*)`/)
      .map { String($0.1) }.filter { !$0.contains("NAME") }
    #expect(paths.count > 12)
    for path in paths {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path)")
    }
  }

  @Test func `every folder that a target is said to have is there`() throws {
    for row in try Self.rows(of: "CONTRIBUTING.md") {
      let name = try #require(Self.names(in: row[0]).first)
      for folder in Self.names(in: row[1]) where folder.hasSuffix("/") {
        let path = "Sources/\(name)/\(folder)"
        #expect(
          FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path)")
      }
    }
  }
}
