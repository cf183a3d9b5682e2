import COCO
import Files
import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, _ changes: [ByteChange]? = nil) -> String {
    let diff = UnifiedDiff("a.txt", old: Array(old.utf8), new: Array(new.utf8), changes: changes)
    return String(decoding: diff.bytes, as: UTF8.self)
  }

  @Test func `a changed line is shown with three lines around it`() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    #expect(
      diff(old, old.replacing("line 5", with: "five")) == """
        --- a.txt
        +++ a.txt
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +five
         line 6
         line 7
         line 8

        """)
  }

  @Test(arguments: [
    ("a\nb\n", "a\nb\n", ""),
    ("", "a\n", "@@ -0,0 +1,1 @@\n+a\n"),
    ("a\n", "", "@@ -1,1 +0,0 @@\n-a\n"),
    ("a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"),
    ("a\nb", "c\nb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n"),
  ])
  func `ends of files are shown as they are`(old: String, new: String, hunks: String) {
    #expect(diff(old, new) == (hunks.isEmpty ? "" : "--- a.txt\n+++ a.txt\n" + hunks))
  }

  @Test func `the only line of a large file is not repeated`() {
    let record = #"{"id": 1, "bbox": [10, 20, 30, 40], "name": "ü"}, "#
    let old = "[" + String(repeating: record, count: 20000) + "]"
    let bytes = Array(old.utf8)
    var new = bytes
    var changes: [ByteChange] = []
    // The 1 of three boxes' 10, two of them in neighbouring records.
    for number in [9000, 17000, 17001] {
      let place = 1 + number * record.utf8.count + 19
      new[place] = UInt8(ascii: "9")
      changes.append(ByteChange(old: place..<place + 1, new: place..<place + 1))
    }
    let text = String(
      decoding: UnifiedDiff("a b.json", old: bytes, new: new, changes: changes).bytes,
      as: UTF8.self)
    #expect(text.utf8.count < 1000)
    #expect(text.hasPrefix("--- a b.json\t\n+++ a b.json\t\n@@ -1,1 +1,1 @@\n-…"))
    #expect(text.components(separatedBy: "\n-…").count == 3)
    #expect(text.contains(#""bbox": [90, 20, 30, 40]"#))
    #expect(!text.contains("\u{FFFD}"))
  }

  @Test func `long lines around a change are cut short`() {
    let long = String(repeating: "x", count: 5000)
    let text = diff("\(long)\na\n\(long)\n", "\(long)\nb\n\(long)\n")
    let cut = String(repeating: "x", count: 100) + "…"
    #expect(text == "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n \(cut)\n-a\n+b\n \(cut)\n")
  }

  @Test func `UTF-16 is shown as UTF-8`() {
    func wide(_ text: String) -> [UInt8] {
      [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
    let diff = UnifiedDiff(
      "a.xml", old: wide("ä\nkrabbe\n"), new: wide("ä\naal\n"),
      changes: [ByteChange(old: 6..<18, new: 6..<12)])
    #expect(
      String(decoding: diff.bytes, as: UTF8.self)
        == "--- a.xml\n+++ a.xml\n@@ -1,2 +1,2 @@\n ä\n-krabbe\n+aal\n")
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/patch")),
    arguments: 1...24 as ClosedRange<UInt64>)
  func `patch makes the new file of the old one`(seed: UInt64) throws {
    let edit = RandomEdit(seed: seed)
    let folder = try TemporaryFolder()
    for changes in [edit.changes, nil] {
      let diff = UnifiedDiff("a b.txt", old: edit.old, new: edit.new, changes: changes)
      try folder.write(edit.old, to: "a b.txt")
      try folder.write(diff.bytes, to: "a.diff")
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/patch")
      process.arguments = ["-p0", "-s", "--binary", "-i", "a.diff"]
      process.currentDirectoryURL = URL(filePath: folder.path)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      // `patch` removes a file that has become empty.
      let made = try? folder.bytes("a b.txt")
      #expect(made ?? [] == edit.new)
    }
  }
}

/// A text of short lines with some bytes changed.
private struct RandomEdit {
  var old: [UInt8]
  var new: [UInt8] = []
  var changes: [ByteChange] = []

  init(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    let ending = seed.isMultiple(of: 3) ? "\r\n" : "\n"
    let lines = (0..<Int.random(in: 1...60, using: &random)).map { _ in
      String(Int.random(in: 0...9, using: &random)) + ending
    }
    old = Array((lines.joined() + (seed.isMultiple(of: 2) ? "end" : "")).utf8)
    var position = 0
    while position < old.count {
      let next = min(position + Int.random(in: 1...40, using: &random), old.count)
      new += old[position..<next]
      position = min(next + Int.random(in: 0...8, using: &random), old.count)
      let words = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Bool.random(using: &random) ? "x" : "new\(ending)"
      }
      let start = new.count
      new += Array(words.joined().utf8)
      if !old[next..<position].elementsEqual(new[start...]) {
        changes.append(ByteChange(old: next..<position, new: start..<new.count))
      }
    }
  }
}

/// The same numbers on every run.
