import TestSupport
import Testing

@Suite("What validate is told")
struct ValidateConfigurationTests {
  /// A sound box, an inverted one and a tiny one.
  private func workspace(_ configuration: String? = nil) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let text = COCOText.dataset(boxes: ["1,1,4,3", "19,9,-4,3", "30,9,12,1"])
    try folder.write(text, to: "in.json")
    if let configuration { try folder.write(configuration, to: "copra.yaml") }
    return folder
  }

  private func rules(_ arguments: String..., in folder: TemporaryFolder) throws -> [String] {
    let ending = try Copra.run(
      ["validate", "in.json", "--format", "jsonl"] + arguments, in: folder)
    return try Found.list(ending.results).map(\.rule)
  }

  private func status(_ arguments: String..., in folder: TemporaryFolder) throws -> Int32? {
    try Copra.run(["validate", "in.json"] + arguments, in: folder).status
  }

  @Test func `errors end with 1, warnings with 0 unless there are more than are let pass`() throws {
    let folder = try workspace()
    #expect(try status(in: folder) == 1)
    #expect(try status("--select", "tiny-box", in: folder) == 0)
    #expect(try status("--select", "tiny-box", "--max-warnings", "1", in: folder) == 0)
    #expect(try status("--select", "tiny-box", "--max-warnings", "0", in: folder) == 1)
    #expect(try status("--select", "zero-area-box", in: folder) == 0)
  }

  @Test(
    arguments: [
      (["--select", "*-box"], ["inverted-box", "tiny-box"]),
      (["--select", "inverted-box,tiny-box"], ["inverted-box", "tiny-box"]),
      (["--select", "t*y-*x"], ["tiny-box"]), (["--ignore", "*"], []),
      (["--select", "*-box", "--ignore", "tiny-*"], ["inverted-box"]),
    ])
  func `rules are chosen by their ids and by parts of them`(arguments: [String], expected: [String])
    throws
  {
    let folder = try workspace()
    let ending = try Copra.run(
      ["validate", "in.json", "--format", "jsonl"] + arguments, in: folder)
    #expect(try Found.list(ending.results).map(\.rule) == expected)
  }

  @Test(
    arguments: [
      (
        ["--select", "inverted-bx"], "no rule is called \"inverted-bx\"; did you mean inverted-box?"
      ),
      (["--ignore", "tiny-boxx"], "no rule is called \"tiny-boxx\"; did you mean tiny-box?"),
      (["--select", "nothing*"], "no rule is called \"nothing*\""),
      (["--for", "somebody"], "the value 'somebody' is invalid for '--for <consumer>'"),
      (["--max-warnings", "some"], "'some' is invalid for '--max-warnings <number>'"),
    ])
  func `what no rule or consumer is called ends with 2`(arguments: [String], message: String) throws
  {
    let ending = try Copra.run(["validate", "in.json"] + arguments, in: workspace())
    #expect(ending.status == 2)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.contains(message))
  }

  @Test(
    arguments: [
      (
        "severity:\n  tiny-bx: error\n",
        "2:3: no rule is called \"tiny-bx\"; did you mean tiny-box?"
      ),
      ("severity:\n  tiny-box: loud\n", "2:13: severity: expected one of "),
      ("severity: loud\n", "1:11: severity: expected rules, each with a value"),
      ("rules:\n  tiny-bx:\n    side: 3\n", "2:3: no rule is called \"tiny-bx\""),
      (
        "rules:\n  tiny-box:\n    width: 3\n",
        "3:5: tiny-box: unknown key \"width\", expected one of side"
      ),
      (
        "rules:\n  inverted-box:\n    side: 3\n",
        "3:5: inverted-box: unknown key \"side\", expected none"
      ),
      (
        "rules:\n  tiny-box:\n    side: wide\n",
        "3:11: tiny-box.side: expected a number, found \"wide\""
      ),
      ("rules:\n  tiny-box: 3\n", "2:13: tiny-box: expected keys and values, found \"3\""),
      ("waive:\n  - rule: tiny-bx\n", "2:5: waive: no rule is called \"tiny-bx\""),
      ("waive:\n  - rule: tiny-box\n    picture: a\n", "3:5: waive: unknown key \"picture\""),
      ("waive:\n  - annotation: a\n", "2:17: waive: expected the id of an annotation"),
      ("waive: tiny-box\n", "1:8: waive: expected a list"),
    ])
  func `a configuration that cannot be used ends with 2 and its line`(
    configuration: String, message: String
  ) throws {
    let ending = try Copra.run(["validate", "in.json"], in: workspace(configuration))
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: "))
    #expect(ending.messages.contains("copra.yaml:\(message)"), "\(ending.messages)")
  }

  @Test(
    arguments: [
      ("severity:\n  inverted-box: warning\n", Int32(0), ["inverted-box", "tiny-box"]),
      ("severity:\n  '*-box': \"off\"\n", 0, []),
      (
        "severity:\n  inverted-box: information\n  tiny-box: error\n", 1,
        ["inverted-box", "tiny-box"]
      ),
      ("rules:\n  tiny-box:\n    side: 1\n", 1, ["inverted-box"]),
      ("waive:\n  - rule: inverted-box\n    annotation: 2\n", 0, ["tiny-box"]),
      ("waive:\n  - rule: inverted-box\n    annotation: 3\n", 1, ["inverted-box", "tiny-box"]),
      ("waive:\n  - rule: inverted-box\n    image: a.jpg\n    category: crab\n", 0, ["tiny-box"]),
      ("waive:\n  - rule: tiny-box\n    file: in.json\n    because: ants\n", 1, ["inverted-box"]),
      ("waive:\n  - rule: tiny-box\n    file: other.json\n", 1, ["inverted-box", "tiny-box"]),
    ])
  func `severities, options and waivers change what is found`(
    configuration: String, status: Int32, expected: [String]
  ) throws {
    let folder = try workspace(configuration)
    let arguments = ["validate", "in.json", "--select", "*-box", "--format", "jsonl"]
    let ending = try Copra.run(arguments, in: folder)
    #expect(try Found.list(ending.results).map(\.rule) == expected, "\(ending.messages)")
    #expect(ending.status == status)
  }

  @Test func `of a baseline only what is new counts, wherever the old stands now`() throws {
    let folder = try workspace()
    #expect(try status("--write-baseline", "known.json", in: folder) == 0)
    #expect(try rules("--baseline", "known.json", in: folder) == [])
    #expect(try status("--baseline", "known.json", in: folder) == 0)
    try folder.write("\n\n" + folder.text("in.json"), to: "in.json")
    #expect(try rules("--baseline", "known.json", in: folder) == [])
    let text = COCOText.dataset(boxes: ["9,1,-4,3", "19,9,-4,3", "30,9,12,1", "19,20,-4,3"])
    try folder.write(text, to: "in.json")
    #expect(
      try rules("--baseline", "known.json", "--select", "inverted-box", in: folder)
        == ["inverted-box", "inverted-box"])
  }

  @Test(
    arguments: [
      "", "{\"findings\": 3}", "{\"findings\": [{\"rule\": \"a\", \"file\": \"b\"}]}",
      "{\"findings\": [", "[]", "\0",
    ])
  func `a baseline that is none ends with 2`(text: String) throws {
    let folder = try workspace()
    try folder.write(text, to: "broken.json")
    let ending = try Copra.run(["validate", "in.json", "--baseline", "broken.json"], in: folder)
    #expect(ending.status == 2)
    #expect(
      ending.messages.contains(
        "error: broken.json: expected a file that --write-baseline wrote\n"))
  }

  @Test func `a baseline that is not there ends with 2`() throws {
    #expect(try status("--baseline", "none.json", in: workspace()) == 2)
  }
}
