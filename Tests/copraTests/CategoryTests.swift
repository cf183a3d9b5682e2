import TestSupport
import Testing

@Suite("Categories")
struct CategoryTests {
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let text = COCOText.dataset(
      boxes: ["1,1,5,5", "2,2,5,5"], categories: ["crab", "palm", "root"]
    )
    try folder.write(text, to: "in.json")
    return folder
  }

  private func convert(_ arguments: [String], in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(["convert", "in.json", "-o", "out.json"] + arguments, in: folder)
  }

  private func names(in folder: TemporaryFolder) throws -> [String] {
    try folder.records("categories", of: "out.json").compactMap { $0["name"] as? String }
  }

  @Test(
    arguments: ["palm,root,crab", " palm , root,crab,", "names.txt"])
  func `--categories fixes names and order, from the line or from a file`(value: String) throws {
    let folder = try workspace()
    try folder.write("# ours\npalm\r\nroot\n\ncrab", to: "names.txt")
    #expect(try convert(["--categories", value], in: folder).status == 0)
    #expect(try names(in: folder) == ["palm", "root", "crab"])
    let ids = try folder.records("annotations", of: "out.json").map { $0["category_id"] as? Int }
    #expect(ids == [3, 1])
  }

  @Test func `an annotation of another category is rejected`() throws {
    let folder = try workspace()
    let ending = try convert(["--categories", "palm"], in: folder)
    #expect(ending.status == 1)
    #expect(ending.messages.contains(#"the class "crab" is not among those of --categories"#))
    #expect(try names(in: folder) == ["palm"])
    #expect(try folder.records("annotations", of: "out.json").count == 1)
  }

  @Test(
    arguments: [
      "crab: animal\npalm: animal\n", "crab=animal\n'palm' = \"animal\"",
      "crab,animal\npalm,animal",
    ])
  func `--category-map renames and merges, and what it renames counts as changed`(map: String)
    throws
  {
    let folder = try workspace()
    try folder.write(map, to: "map.txt")
    let ending = try convert(["--category-map", "map.txt"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.results.contains("2 annotations  class renamed"))
    #expect(try names(in: folder) == ["animal", "root"])
  }

  @Test func `a name that the map has and the input has not is told`() throws {
    let folder = try workspace()
    try folder.write("crbb: animal", to: "map.txt")
    let ending = try convert(["--category-map", "map.txt"], in: folder)
    #expect(ending.status == 0)
    #expect(ending.messages.contains(#"note: --category-map: no category is called "crbb""#))
  }

  @Test
  func `--drop-unused-categories leaves out what no annotation uses, and nothing else`() throws {
    let folder = try workspace()
    #expect(try convert(["--drop-unused-categories"], in: folder).status == 0)
    #expect(try names(in: folder) == ["crab", "palm"])
    #expect(try convert(["--force"], in: folder).status == 0)
    #expect(try names(in: folder) == ["crab", "palm", "root"])
  }

  @Test(
    arguments: [
      ("--categories", "nowhere.txt", "nowhere.txt: cannot open: no such file or directory"),
      ("--categories", ",", "no names found"), ("--categories", "a,b,a", "a appears twice"),
      ("--category-map", "nowhere.txt", "nowhere.txt: cannot open: no such file or directory"),
      ("--category-map", "map.txt", #"map.txt:2:1: expected "old: new", found "palm""#),
      ("--category-map", "half.txt", "half.txt:1:1: expected a name on both sides"),
    ])
  func `what cannot be used ends with 2 and says where`(
    option: String, value: String, message: String
  ) throws {
    let folder = try workspace()
    try folder.write("crab: animal\npalm\n", to: "map.txt")
    try folder.write("crab:\n", to: "half.txt")
    let ending = try convert([option, value], in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(message))
    #expect(!folder.exists("out.json"))
  }
}
