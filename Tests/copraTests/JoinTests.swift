import TestSupport
import Testing

@Suite("Parts of a set")
struct JoinTests {
  private static let tries = [
    "stats voc --format json", "stats voc", "validate voc", "validate broken --format json --all",
    "validate broken", "evaluate truth.json results.json --errors --confusion",
  ]

  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "voc")
    try folder.copySample("broken/voc", to: "broken")
    let pictures = 1...9
    let truth = COCOText.dataset(
      images: pictures.map { #"{"id":\#($0),"file_name":"\#($0).jpg","width":64,"height":48}"# },
      annotations: pictures.map {
        #"{"id":\#($0),"image_id":\#($0),"category_id":\#($0 % 2 + 1),"bbox":[1,1,\#($0 + 3),5],"#
          + #""area":30,"iscrowd":0}"#
      }, categories: ["crab", "boat"])
    try folder.write(truth, to: "truth.json")
    let results = pictures.map {
      #"{"image_id":\#($0),"category_id":\#($0 % 2 + 1),"bbox":[1,1,6,5],"score":0.\#($0 % 3 + 1)}"#
    }
    try folder.write("[\(results.joined(separator: ","))]", to: "results.json")
    return folder
  }

  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  @Test(arguments: tries)
  func `joined parts are what one run gives, to the byte`(line: String) throws {
    let folder = try workspace()
    let whole = try Copra.run(words(line), in: folder)
    for number in 1...3 {
      let part = ["--shard", "\(number)/3", "--partial", "\(number).cpart"]
      let ending = try Copra.run(words(line) + part, in: folder)
      #expect(ending.status == 0, "\(ending.messages)")
      #expect(ending.results.isEmpty)
    }
    let format = line.contains("json --") || line.hasSuffix("json") ? ["--format", "json"] : []
    let isEvaluation = line.hasPrefix("evaluate")
    let joined = try Copra.run(
      ["join", "2.cpart", "3.cpart", "1.cpart"] + (isEvaluation ? [] : format), in: folder)
    #expect(joined.results == whole.results)
    #expect(joined.status == whole.status)
    #expect(!whole.results.isEmpty)
  }

  @Test func `a conversion of all parts writes the file of one run, and its ledger`() throws {
    let folder = try workspace()
    let whole = try Copra.run(["convert", "broken", "-o", "whole.json"], in: folder)
    for number in 1...2 {
      _ = try Copra.run(
        [
          "convert", "broken", "-o", "any.json", "--shard", "\(number)/2", "--partial",
          "\(number)",
        ],
        in: folder)
    }
    let unnamed = try Copra.run(["join", "1", "2"], in: folder)
    #expect(unnamed.status == 2)
    #expect(unnamed.messages.contains("--output"))
    let joined = try Copra.run(["join", "1", "2", "-o", "joined.json"], in: folder)
    #expect(!folder.exists("any.json"))
    #expect(try folder.text("joined.json") == folder.text("whole.json"))
    #expect(
      try folder.text("joined.json.rejected.jsonl") == folder.text("whole.json.rejected.jsonl"))
    #expect(joined.results == whole.results)
    #expect(joined.status == whole.status)
  }

  @Test func `what joins a part of the parts is joined with the rest`() throws {
    let folder = try workspace()
    let line = """
      $COPRA validate broken > whole.txt; for k in 1 2 3 4; do \
      $COPRA validate broken --shard $k/4 --partial $k; done 2> /dev/null; \
      $COPRA join 4 2 --partial - 2> /dev/null > a; $COPRA join 3 1 --partial b 2> /dev/null; \
      $COPRA join b a | cmp - whole.txt && echo same
      """
    #expect(try Copra.bash(line, in: folder).results == "same\n")
  }

  @Test func `findings have the places of their records where the annotations are gone`() throws {
    let folder = try workspace()
    let line = """
      $COPRA validate truth.json > whole.txt; for k in 1 2; do \
      $COPRA validate truth.json --shard $k/2 --partial $k; done; rm truth.json; $COPRA join 1 2
      """
    let joined = try Copra.bash(line, in: folder).results
    let whole = try folder.text("whole.txt")
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n").compactMap { $0.split(separator: ":").dropFirst().first }
    }
    #expect(lines(joined) == lines(whole))
    #expect(Set(lines(joined)).count > 1)
  }

  @Test func `a run over a shard alone is about its pictures`() throws {
    let folder = try workspace()
    let counts = try ["1/2", "2/2"].map { shard in
      _ = try Copra.run(
        ["convert", "voc", "-o", "\(shard.prefix(1)).json", "--shard", shard], in: folder)
      return try folder.records("images", of: "\(shard.prefix(1)).json").count
    }
    #expect(counts.allSatisfy { $0 > 0 })
    #expect(counts.reduce(0, +) == 12)
  }

  @Test(
    arguments: [
      ("1", "no file contains shard 2/2"),
      ("1 2 1", "shard 1/2 is in 1 and in 1"),
      ("1 other", "other: iouThrs is [0.5], in 1 it is [0.5,"),
      ("1 stats", "stats: the verb is stats, in 1 it is evaluate"),
      ("1 less", "less: the set is 8 images, in 1 it is 9 images"),
      ("1 whole", "whole: the part is a whole input, in 1 it is shard 1/2"),
      ("1 cut", "cut: the file is cut: its end is missing"),
      ("1 changed", "changed: the file is damaged: its checksum differs"),
      ("1 truth.json", "truth.json: expected partial results of copra, found something else"),
      ("1 absent", "absent: cannot open: no such file or directory"),
    ])
  func `what does not belong together is refused by name`(files: String, message: String) throws {
    let folder = try workspace()
    let line = """
      evaluate="$COPRA evaluate truth.json results.json"; \
      for k in 1 2; do $evaluate --shard $k/2 --partial $k; done; \
      $evaluate --iou-thresholds 0.5 --shard 2/2 --partial other; $evaluate --partial whole; \
      $COPRA stats truth.json --shard 2/2 --partial stats; head -c 900 2 > cut; \
      sed 's/copra partial/copra partial/; s/"verb"/"berv"/' 2 > changed; \
      sed 's/.*"id":9,"file_name.*/{"id":1,"file_name":"1.jpg","width":64,"height":48}],/' truth.json > t.json; \
      $COPRA evaluate t.json results.json --shard 2/2 --partial less
      """
    _ = try Copra.bash(line, in: folder)
    let ending = try Copra.run(["join"] + words(files), in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains(message), "\(ending.messages)")
  }

  @Test(
    arguments: [
      ("evaluate truth.json results.json --curves a.svg", "--curves belongs to a report"),
      ("stats voc -o a.txt", "--output belongs to a report"),
      ("validate voc --fix --diff", "--fix belongs to a report"),
      ("evaluate truth.json results.json --shard 3/2", "3/2"),
    ])
  func `a report's options are refused with --partial, and a shard that is none`(
    line: String, message: String
  ) throws {
    let ending = try Copra.run(words(line) + ["--partial", "a"], in: workspace())
    #expect(ending.status == 2)
    #expect(ending.messages.contains(message), "\(ending.messages)")
  }

  @Test func `partial results replace no file, and no input, unless asked to`() throws {
    let folder = try workspace()
    let arguments = ["stats", "voc", "--shard", "1/2", "--partial", "a"]
    #expect(try Copra.run(arguments, in: folder).status == 0)
    #expect(try Copra.run(arguments, in: folder).messages.contains("a exists; --force"))
    #expect(try Copra.run(arguments + ["--force"], in: folder).status == 0)
    let input = try Copra.run(
      ["stats", "truth.json", "--partial", "truth.json", "--force"], in: folder)
    #expect(input.messages.contains("is an input"))
  }
}

@Suite("Lines on standard input and output")
struct LineProgramTests {
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.copySample("voc", to: "voc")
    _ = try Copra.run(["convert", "voc", "-o", "whole.jsonl", "--images", "voc"], in: folder)
    return folder
  }

  @Test func `lines go through pipes as they are`() throws {
    let folder = try workspace()
    let ending = try Copra.bash(
      "cat whole.jsonl | $COPRA convert - -o - | cmp - whole.jsonl && echo same", in: folder)
    #expect(ending.results == "same\n")
    #expect(ending.messages.contains("adds up"))
  }

  @Test(
    arguments: ["stats", "stats --format json"])
  func `a report on standard input is that of the file`(verb: String) throws {
    let folder = try workspace()
    let ending = try Copra.bash(
      """
      $COPRA \(verb) whole.jsonl 2> /dev/null > file.txt; \
      cat whole.jsonl | $COPRA \(verb) - 2> /dev/null | sed s/-/whole.jsonl/ | cmp - file.txt; \
      tail -c 300 file.txt | wc -l
      """, in: folder)
    #expect(ending.results.split(separator: " ").last != "0")
  }

  @Test(arguments: ["", "nonsense", "{"])
  func `what is nowhere near lines on standard input is said`(text: String) throws {
    let folder = try workspace()
    try folder.write(text, to: "text")
    let ending = try Copra.bash("$COPRA validate - < text", in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("error: -: no annotations"))
  }

  @Test func `several files do not go to standard output`() throws {
    let folder = try workspace()
    try folder.copy(folder.path("whole.jsonl"), to: "set/train.jsonl")
    try folder.copy(folder.path("whole.jsonl"), to: "set/val.jsonl")
    let ending = try Copra.run(["convert", "set", "-o", "-", "--to", "csv"], in: folder)
    #expect(ending.status == 2 || ending.status == 0)
    #expect(!ending.messages.contains("fatal"))
  }

  @Test func `files of parts of a set are joined by ids to what one file of all gives`() throws {
    let folder = try workspace()
    let line = """
      head -1 whole.jsonl > a.jsonl; sed -n '2,6p' whole.jsonl >> a.jsonl; \
      head -1 whole.jsonl > b.jsonl; sed -n '7,$p' whole.jsonl >> b.jsonl; \
      for k in a b; do $COPRA stats $k.jsonl --partial $k.s; \
      $COPRA convert $k.jsonl -o joined.json --partial $k.c; done; \
      $COPRA stats whole.jsonl > s; $COPRA join b.s a.s | cmp - s && echo counted; \
      $COPRA convert whole.jsonl -o whole.json > /dev/null; $COPRA join b.c a.c -o joined.json; \
      cmp whole.json joined.json && echo converted; $COPRA join a.s a.s
      """
    let ending = try Copra.bash(line, in: folder)
    #expect(ending.results.hasPrefix("counted\n"))
    #expect(ending.results.hasSuffix("converted\n"))
    #expect(ending.messages.contains("image 1 is in a.s and in a.s"))
  }

  @Test func `truth and detections may stand in the same lines`() throws {
    let folder = try TemporaryFolder()
    let picture =
      #"{"id":1,"file_name":"a.jpg","width":64,"height":48,"annotations":["#
      + #"{"id":1,"category_id":1,"bbox":[1,1,9,9],"area":81,"iscrowd":0}],"#
      + #""detections":[{"category_id":1,"bbox":[1,1,9,9],"score":0.9}]}"#
    try folder.write("{\"categories\":[{\"id\":1,\"name\":\"crab\"}]}\n\(picture)\n", to: "a.jsonl")
    let ending = try Copra.run(["evaluate", "a.jsonl"], in: folder)
    #expect(ending.results.contains("area=   all | maxDets=100 ] = 1.000"))
    #expect(ending.messages.isEmpty)
    let missing = try Copra.run(["evaluate", "a.json"], in: folder)
    #expect(missing.messages.hasPrefix("error: missing expected argument '<detections>'"))
  }
}
