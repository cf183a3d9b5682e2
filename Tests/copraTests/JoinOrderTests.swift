import TestSupport
import Testing

/// Joins of records whose order shows whether they can come window by window.
struct JoinOrderTests {
  private static let images = (1...12).map {
    #"{"id":\#($0),"file_name":"\#($0).jpg","width":64,"height":48}"#
  }

  private static func annotation(_ id: Int, image: Int) -> String {
    #"{"id":\#(id),"image_id":\#(image),"category_id":\#(id % 2 + 1),"bbox":[1,1,\#(id + 3),5.25],"#
      + #""area":\#(id).5,"iscrowd":0}"#
  }

  @Test(
    arguments: [
      // One image after the other, and each image's second annotation after the first ones of all.
      (1...24).map { annotation($0, image: ($0 + 1) / 2) },
      (1...24).map { annotation($0, image: ($0 - 1) % 12 + 1) },
    ], ["-o out.json", "-o out.jsonl", "-o -"])
  func `the order of the records is that of one run`(annotations: [String], output: String) throws {
    let folder = try TemporaryFolder()
    let set = COCOText.dataset(
      images: Self.images, annotations: annotations, categories: ["crab", "boat"])
    try folder.write(set, to: "set.json")
    let line = """
      for k in 1 2 3; do \
      $COPRA convert set.json -o any.json --shard $k/3 --partial c$k; \
      $COPRA stats set.json --shard $k/3 --partial s$k; done 2> /dev/null; \
      $COPRA convert set.json \(output) --to \(output == "-o out.json" ? "coco" : "lines") \
      > whole.txt 2> /dev/null; mv out.json whole.set 2> /dev/null; \
      mv out.jsonl whole.set 2> /dev/null; $COPRA stats set.json > whole.stats 2> /dev/null; \
      for k in 1 2 3; do $COPRA convert set.json \(output) \
      --to \(output == "-o out.json" ? "coco" : "lines") --shard $k/3 --partial c$k --force; done \
      2> /dev/null; $COPRA join c2 c3 c1 \(output) 2> /dev/null | cmp - whole.txt && echo ledger; \
      cat out.json out.jsonl 2> /dev/null | cmp - whole.set 2> /dev/null && echo set; \
      $COPRA join s3 s1 s2 2> /dev/null | cmp - whole.stats && echo stats
      """
    let found = try Copra.bash(line, in: folder).results
    #expect(found == (output == "-o -" ? "ledger\nstats\n" : "ledger\nset\nstats\n"))
  }

  @Test func `files of lines that are parts are joined by their ids`() throws {
    let folder = try TemporaryFolder()
    let head = #"{"categories":[{"id":1,"name":"crab"},{"id":2,"name":"boat"}]}"#
    let lines = (1...12).map { image in
      let own = [2 * image - 1, 2 * image].map { Self.annotation($0, image: image) }
      return #"{"id":\#(image),"file_name":"\#(image).jpg","width":64,"height":48,"#
        + #""annotations":[\#(own.joined(separator: ","))]}"#
    }
    func part(_ isOwn: (Int) -> Bool) -> String {
      ([head] + lines.enumerated().filter { isOwn($0.offset) }.map(\.element))
        .joined(separator: "\n")
    }
    try folder.write(part { _ in true }, to: "whole.jsonl")
    for (number, name) in ["a", "b", "c"].enumerated() {
      try folder.write(part { $0 % 3 == number }, to: "\(name).jsonl")
    }
    let line = """
      $COPRA convert whole.jsonl -o whole.json > /dev/null 2>&1; for f in a b c; do \
      $COPRA convert $f.jsonl -o any.json --partial $f 2> /dev/null; \
      $COPRA validate $f.jsonl --partial v$f 2> /dev/null; done; \
      $COPRA join c a b -o joined.json > /dev/null 2>&1; cmp whole.json joined.json && echo same; \
      $COPRA join c a --partial ca 2> /dev/null; \
      $COPRA join b ca -o nested.json > /dev/null 2>&1; cmp whole.json nested.json && echo nested; \
      $COPRA join ca a -o twice.json 2>&1 > /dev/null | tail -1; \
      $COPRA join va vb vc 2> /dev/null > v1; $COPRA join va vb --partial vab 2> /dev/null; \
      $COPRA join vab vc 2> /dev/null | cmp - v1 && echo validated
      """
    #expect(
      try Copra.bash(line, in: folder).results
        == "same\nnested\nerror: image 1 is in a and in ca\nvalidated\n")
  }

  @Test func `findings about categories are placed as by one run`() throws {
    let folder = try TemporaryFolder()
    for image in 1...60 {
      let object = { (name: String) in
        "<object><name>\(name)</name><bndbox><xmin>5</xmin><ymin>5</ymin><xmax>30</xmax>"
          + "<ymax>28</ymax></bndbox></object>\n"
      }
      try folder.write(
        "<annotation>\n<filename>\(image).jpg</filename>\n<size><width>64</width>"
          + "<height>48</height><depth>3</depth></size>\n"
          + object(image == 33 ? "eel" : "crab") + object("crab") + "</annotation>\n",
        to: "set/\(image).xml")
    }
    let line = """
      $COPRA validate set --format json > one 2> /dev/null; for k in 1 2 3; do \
      $COPRA validate set --shard $k/3 --partial c$k 2> /dev/null; done; \
      $COPRA join c3 c1 c2 --format json 2> /dev/null | cmp - one && grep -c rare-category one
      """
    // Among the findings, and in their summary.
    #expect(try Copra.bash(line, in: folder).results == "2\n")
  }
}
