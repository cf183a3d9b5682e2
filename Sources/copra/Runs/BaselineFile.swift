import COCO
import Console
import Files
import Linting

/// The file of findings that are known, which `--baseline` reads and `--write-baseline` writes.
struct BaselineFile {
  /// Whose findings are known; nil where all are new.
  var reads: String?
  /// Where all findings are written; nil where they are not.
  var writes: String?
  private let workingFolder = Path.real(".")

  init(reads: String? = nil, writes: String? = nil) {
    self.reads = reads
    self.writes = writes
  }

  /// Writes all findings, where that is asked for; says whether it was.
  func write(_ findings: [Finding], in sources: Sources) throws -> Bool {
    guard let path = writes else { return false }
    let baseline = Baseline(findings, in: sources, naming: name)
    var output = JSONOutput()
    output.raw("{\"findings\":[")
    for (index, entry) in baseline.findings.enumerated() {
      output.append(verbatim: index == 0 ? "\n" : ",\n")
      let object: JSONObject = [
        "rule": .string(entry.rule), "file": .string(entry.file), "message": .string(entry.message),
        "count": .integer(entry.count),
      ]
      output.append(JSONValue.object(object))
    }
    output.raw("\n]}\n")
    try OutputFile.write(output.bytes, to: path)
    Terminal.message("wrote \(path): \(findings.count) findings")
    return true
  }

  /// The findings that are not known; all of them without a baseline.
  func new(among findings: [Finding], in sources: Sources) throws -> [Finding] {
    guard let path = reads else { return findings }
    let bytes = try InputFile.contents(path)
    let start = TextUnit(bytes).byteOrderMark(of: bytes)
    guard let baseline = Self.baseline(String(decoding: bytes[start...], as: UTF8.self)) else {
      throw CommandFailure("\(path): expected a file that --write-baseline wrote")
    }
    let new = baseline.new(among: findings, in: sources, naming: name)
    let known = findings.count - new.count
    if known > 0 { Terminal.message("\(known) findings are already listed in \(path)") }
    return new
  }

  /// Nil for a text that holds anything else.
  private static func baseline(_ text: String) -> Baseline? {
    guard let list = JSONTextParser().value(text)?.object?["findings"]?.list else { return nil }
    let entries = list.compactMap { element -> Baseline.Entry? in
      guard let entry = element.object, let rule = entry["rule"]?.string,
        let file = entry["file"]?.string, let message = entry["message"]?.string,
        let count = entry["count"]?.integer
      else { return nil }
      return Baseline.Entry(rule: rule, file: file, message: message, count: count)
    }
    return entries.count == list.count ? Baseline(findings: entries) : nil
  }

  /// A file's path from the working folder, so that a baseline holds for everyone's copy.
  private func name(_ path: String) -> String {
    guard let workingFolder, let real = Path.real(path) else { return path }
    return real.hasPrefix(workingFolder + "/") ? Path.relative(real, to: workingFolder) : path
  }
}
