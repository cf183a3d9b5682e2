import Foundation
import Images
import TestSupport
import Testing

@Suite("Report")
struct ReportCommandTests {
  private static let samples = Samples.folder

  /// A grey picture with one crab that lies within it and one that lies outside, and results that find
  /// the first.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let grey = Bitmap(
      width: 64, height: 48, channels: 1, pixels: Array(repeating: 128, count: 64 * 48))
    try folder.write(grey.png(), to: "a.png")
    try folder.write(
      COCOText.dataset(boxes: ["1,1,20,20", "70,2,5,5"], picture: "a.png"), to: "truth.json")
    try folder.write(
      #"[{"image_id":1,"category_id":1,"bbox":[1,1,20,20],"score":0.9}]"#, to: "results.json")
    return folder
  }

  private func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Copra.Ending {
    try Copra.run(arguments, in: folder)
  }

  @Test func `the page has verdict, ledger, counts, findings and pictures`() throws {
    let folder = try workspace()
    let ending = try run("report", "truth.json", "-o", "out/page.html", in: folder)
    #expect(ending.status == 1)
    #expect(ending.results.isEmpty)
    #expect(ending.messages.contains("wrote out/page.html"))
    let page = try folder.text("out/page.html")
    for part in [
      "class=\"verdict error\"", "id=\"ledger\"", "id=\"statistics\"",
      "<code>box-outside-image</code>", "truth.json:1:", "data:image/jpeg;base64,/9j/",
      "class=\"fault\"",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    for forbidden in ["http:", "https:", "src=", "url(", "@import", "<link"] {
      #expect(!page.contains(forbidden), "\(forbidden)")
    }
  }

  @Test func `findings, evaluation and counts are pages of their own by --format html`() throws {
    let folder = try workspace()
    let verbs = [
      (["validate", "truth.json"], "id=\"findings\""),
      (["evaluate", "truth.json", "results.json"], "id=\"evaluation\""),
      (["stats", "truth.json"], "id=\"statistics\""),
    ]
    for (line, part) in verbs {
      let ending = try Copra.run(line + ["--format", "html"], in: folder)
      #expect(ending.results.hasPrefix("<!DOCTYPE html>\n"))
      #expect(ending.results.contains(part))
      let file = "\(line[0]).html"
      _ = try Copra.run(line + ["--format", "html", "-o", file], in: folder)
      #expect(try folder.text(file) == ending.results)
    }
  }

  @Test
  func `predictions bring figures and the worst pictures, a log the curves of a training`() throws {
    let folder = try workspace()
    try folder.write(
      """
      {"event":"step","steps":1,"loss":2.5}
      {"event":"evaluation","steps":1,"AP50":0.5}
      {"event":"st
      """, to: "log.jsonl")
    let ending = try run(
      "report", "truth.json", "-o", "page.html", "--predictions", "results.json", "--training",
      "log.jsonl", in: folder)
    #expect(ending.status == 1)
    let page = try folder.text("page.html")
    for part in ["AP50", "1 missed, 0 false", "class=\"missed\"", "id=\"training\""] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test(arguments: ["voc", "broken/voc", "masks"])
  func `one thread and four write the same page`(sample: String) throws {
    let folder = try TemporaryFolder()
    let pages = try ["1", "4"].map { threads in
      let name = "\(threads).html"
      _ = try run(
        "report", "\(Self.samples)/\(sample)", "-o", name, "--threads", threads, in: folder)
      return try folder.bytes(name)
    }
    #expect(pages[0] == pages[1])
  }

  @Test func `what exists is replaced only by force, and an input never`() throws {
    let folder = try workspace()
    try folder.write("mine", to: "page.html")
    let kept = try run("report", "truth.json", "-o", "page.html", in: folder)
    #expect(kept.status == 2)
    #expect(kept.messages.contains("--force replaces it"))
    #expect(try folder.text("page.html") == "mine")
    #expect(try run("report", "truth.json", "-o", "page.html", "--force", in: folder).status == 1)
    let onto = try run("report", "truth.json", "-o", "truth.json", "--force", in: folder)
    #expect(onto.status == 2)
    #expect(onto.messages.contains("is an input"))
    let results = try run(
      "report", "truth.json", "--predictions", "results.json", "-o", "results.json", "--force",
      in: folder)
    #expect(results.status == 2)
  }

  @Test(
    arguments: [
      ["--predictions", "truth.json"], ["--predictions", "none.json"], ["--check", "truth.json"],
      ["--check", "none.json"], ["--training", "none.jsonl"], ["--check", "a.png"],
    ])
  func `files that cannot be used end with 2 and no page`(options: [String]) throws {
    let folder = try workspace()
    let ending = try Copra.run(["report", "truth.json", "-o", "page.html"] + options, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(options[1]))
    #expect(!folder.exists("page.html"))
  }

  @Test func `-o goes with a page or with fixes`() throws {
    let folder = try workspace()
    let ending = try run("validate", "truth.json", "-o", "page.html", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("-o requires --fix, --unsafe-fixes or --format html"))
  }

  @Test func `a picture that cannot be read gives its reason, and the page is written`() throws {
    let folder = try workspace()
    try folder.write("no picture", to: "a.png")
    #expect(try run("report", "truth.json", "-o", "page.html", in: folder).status == 1)
    #expect(try folder.text("page.html").contains("<div class=\"absent\">"))
  }
}
