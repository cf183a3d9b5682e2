import COCO
import Formats
import Testing

@Suite struct ExportedPathsTests {
  @Test(arguments: ["voc", "yolo", "csv"])
  func `the same datasets give the same bytes`(format: String) throws {
    let datasets = [beach(split: "train"), beach(split: "val")]
    let first = try exporter(format).export(datasets)
    let second = try exporter(format).export(datasets)
    #expect(first.texts == second.texts && first.paths == second.paths)
  }

  @Test(arguments: ["voc", "yolo", "csv"])
  func `no dataset gives no labels and loses nothing`(format: String) throws {
    let exported = try exporter(format).export([])
    #expect(exported.losses.isEmpty)
    #expect(!exported.paths.contains { $0.hasPrefix("labels") || $0.hasPrefix("Annotations") })
  }

  @Test(
    arguments: ["voc", "yolo"],
    ["/etc/a.jpg", "../../a.jpg", "x/../../a.jpg", "./a.jpg", "x//a.jpg", "x/\n.jpg"])
  func `no file leads out of the folder`(format: String, fileName: String) throws {
    let exported = try exporter(format).export([oneCrab { $0.images[0].fileName = fileName }])
    for path in exported.paths {
      #expect(!path.hasPrefix("/") && !path.contains("\n"))
      #expect(
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
          !["", ".", ".."].contains($0)
        })
    }
    #expect(exported.count("images ") == 1)
  }

  @Test(arguments: ["voc", "yolo", "csv"], ["../x", "/", "..", "a\u{1}b"])
  func `no split leads out of the folder`(format: String, split: String) throws {
    let exported = try exporter(format).export([oneCrab { $0.split = split }])
    for path in exported.paths {
      #expect(!path.contains("..") && !path.contains("//") && !path.contains("\u{1}"))
    }
  }
}
