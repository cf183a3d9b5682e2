import TestSupport
import Testing

@Suite("copra.yaml")
struct ConfigurationTests {
  private func workspace(_ configuration: String, at path: String = "copra.yaml") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    let text = COCOText.dataset(boxes: ["1,1,5,5", "9,9,-5,5"], categories: ["crab", "palm"])
    try folder.write(text, to: "sets/in.json")
    try folder.write(configuration, to: path)
    return folder
  }

  private func convert(_ arguments: String..., in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["convert", "sets/in.json", "-o", "out.json"] + arguments, in: folder)
  }

  private func names(in folder: TemporaryFolder) throws -> [String] {
    try folder.records("categories", of: "out.json").compactMap { $0["name"] as? String }
  }

  @Test(
    arguments: ["copra.yaml", "sets/copra.yaml"])
  func `options stand in the nearest file upwards from the input`(path: String) throws {
    let folder = try workspace("on-error: fix\ncategories: [palm, crab]\n", at: path)
    #expect(try convert(in: folder).status == 0)
    #expect(try names(in: folder) == ["palm", "crab"])
    #expect(try folder.records("annotations", of: "out.json").count == 2)
  }

  @Test func `a file of categories is looked for beside it`() throws {
    let folder = try workspace("categories: names.txt\non-error: fix", at: "sets/copra.yaml")
    try folder.write("palm\ncrab", to: "sets/names.txt")
    #expect(try convert(in: folder).status == 0)
    #expect(try names(in: folder) == ["palm", "crab"])
  }

  @Test(
    arguments: ["--on-error=stop", "--on-error stop"])
  func `what stands on the command line goes before it`(option: String) throws {
    let folder = try workspace("on-error: fix\n")
    let words = option.split(separator: " ").map(String.init)
    let ending = try Copra.run(["convert", "sets/in.json", "-o", "out.json"] + words, in: folder)
    #expect(ending.status == 1)
    #expect(!folder.exists("out.json"))
  }

  @Test func `stats leaves alone what only convert knows`() throws {
    let folder = try workspace("to: yolo\ndrop-unused-categories: true\n")
    let ending = try Copra.run(["stats", "sets/in.json"], in: folder)
    #expect(ending.status == 1)
    #expect(ending.results.contains("Overview"))
  }

  @Test(
    arguments: [
      ("from: coco\nformat: voc\n", "copra.yaml:2:1: unknown key \"format\", expected one of "),
      ("on-error: panic\n", "copra.yaml:1:1: "), ("threads: 0\n", "copra.yaml:1:1: "),
      ("- from\n", "copra.yaml:1:1: expected keys and values"), ("from: [\n", "copra.yaml:2:1: "),
      ("from: coco\nfrom: voc\n", "expected each key once, found from again"),
    ])
  func `what cannot be used ends with 2 and its place`(configuration: String, message: String)
    throws
  {
    let folder = try workspace(configuration)
    let ending = try convert(in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.hasPrefix("error: "))
    #expect(ending.messages.contains(message))
    #expect(!folder.exists("out.json"))
  }
}
