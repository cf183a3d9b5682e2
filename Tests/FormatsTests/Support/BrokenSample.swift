import Formats
import Foundation
import TestSupport
import Testing

/// A row of `samples/broken/findings.json`: a file with one fault, and what is to be said of it.
struct BrokenSample: Decodable, Sendable, CustomTestStringConvertible {
  var path: String
  /// nil where nothing is to be found.
  var rule: String?
  var outcome: String

  var testDescription: String { path }
  /// The rule that `convert` gives, which does not look at pixels.
  var reported: [String] { outcome == "unseen" ? [] : rule.map { [$0] } ?? [] }

  static func rows(of folder: String) -> [BrokenSample] {
    guard let data = FileManager.default.contents(atPath: Samples.path("broken/findings.json")),
      let all = try? JSONDecoder().decode([BrokenSample].self, from: data)
    else { return [] }
    return all.filter { $0.path.hasPrefix(folder + "/") }
  }

  /// The inputs that the broken samples are for these formats, as far as they can be read yet.
  static let inputs: [(format: String, path: String)] = {
    let folder = Samples.path("broken")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let inputs = names.sorted().flatMap { name -> [(format: String, path: String)] in
      let format = String(name.prefix { $0 != "-" })
      guard format == "coco" || format == "csv" else { return [(format, "\(folder)/\(name)")] }
      let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []
      let ending = format == "coco" ? ".json" : ".csv"
      return files.sorted().filter { $0.hasSuffix(ending) }
        .map { (format, "\(folder)/\(name)/\($0)") }
    }
    return inputs.filter { input in Format.named(input.format) != nil }
  }()
}
