import Foundation
import TestSupport
import Testing

@Suite("What consumers make of a set")
struct ConsumerTests {
  private static let sound =
    #"{"id":1,"image_id":1,"category_id":1,"bbox":[4,4,9,8],"area":72,"#
    + #""iscrowd":0}"#

  /// A set of two pictures, of which the second has no annotations unless `more` gives it some.
  private func validate(
    _ more: [String], _ arguments: [String], images: Int = 2
  ) throws -> Copra.Ending {
    let folder = try TemporaryFolder()
    let images = (1...images).map {
      #"{"id":\#($0),"file_name":"p\#($0).png","width":128,"height":96}"#
    }
    for number in 1...images.count {
      try folder.write(PictureFile.colour(number), to: "p\(number).png")
    }
    try folder.write(
      COCOText.dataset(
        images: images, annotations: [Self.sound] + more, categories: ["crab"]), to: "in.json")
    return try Copra.run(["validate", "in.json"] + arguments, in: folder)
  }

  private static let crash =
    #"{"id":2,"image_id":2,"category_id":1,"bbox":[4,4,0,8],"area":0,"#
    + #""iscrowd":0}"#

  @Test func `a table says what happens to how many records, and which rules tell more`() throws {
    let zero = #"{"id":0,"image_id":1,"category_id":1,"bbox":[40,4,9,8],"area":72,"iscrowd":0}"#
    let ending = try validate([Self.crash, zero], ["--for", "torchvision"])
    let summaries = [
      "  crashes   1  boxes that are inverted, without extent or not finite: the detectors "
        + "raise an error in training; the reference drops them  ",
      "  drops     1  images in which every box has a side of at most 1 pixel: left out of "
        + "training",
      "  misreads  1  annotations with the id 0: its evaluation uses pycocotools, where a match "
        + "with them reads as no match",
    ]
    let rules = ["inverted-box, zero-area-box, non-finite-box", "tiny-box", "zero-annotation-id"]
    let rows = zip(summaries, rules).map { summary, rules in
      summary.padding(toLength: summaries[0].count, withPad: " ", startingAt: 0) + "[\(rules)]\n"
    }
    let heading =
      "\ntorchvision (CocoDetection, the detection reference, and the detectors in training)\n"
    #expect(ending.results.hasSuffix(heading + rows.joined()))
  }

  @Test func `a set without any effect is said to be taken as it is meant, exit status 0`() throws {
    let ending = try validate([], ["--for", "torchvision"], images: 1)
    #expect(ending.status == 0)
    #expect(ending.results.hasSuffix("in training): takes all of it as it is meant\n"))
  }

  @Test
  func `of a consumer that opens pictures nothing is promised where these were not found`() throws {
    let folder = try TemporaryFolder()
    let image = #"{"id":1,"file_name":"p1.png","width":128,"height":96}"#
    try folder.write(
      COCOText.dataset(images: [image], annotations: [Self.sound], categories: ["crab"]),
      to: "in.json")
    let ending = try Copra.run(["validate", "in.json", "--for", "torchvision"], in: folder)
    #expect(
      ending.results.hasSuffix(
        "in training): loads all of it, but its images were not found\n"))
  }

  @Test func `an effect that is meant gives a row and exit status 0`() throws {
    let ending = try validate([], ["--for", "torchvision"])
    #expect(ending.status == 0)
    #expect(ending.results.contains("\n  ignores  1  images without annotations"))
  }

  @Test(
    arguments: [
      ("crashes", crash, "zero-area-box"),
      (
        "drops", #"{"id":2,"image_id":2,"category_id":1,"bbox":[4,4,9,1],"area":9,"iscrowd":0}"#,
        "tiny-box"
      ),
      (
        "misreads",
        #"{"id":0,"image_id":2,"category_id":1,"bbox":[4,4,9,8],"area":72,"iscrowd":0}"#,
        "zero-annotation-id"
      ),
    ])
  func `any other effect gives exit status 1, even where a finding alone would not`(
    consequence: String, annotation: String, rule: String
  ) throws {
    let ending = try validate([annotation], ["--for", "torchvision", "--ignore", rule])
    #expect(ending.status == 1)
    #expect(!ending.results.contains(" error: "))
    #expect(ending.results.contains("\n  \(consequence)"))
  }

  @Test func `beside a report for programs the table is a message`() throws {
    let ending = try validate([Self.crash], ["--for", "torchvision", "--format", "jsonl"])
    #expect(ending.messages.contains("\n  crashes  1  "))
    #expect(try Found.list(ending.results).map(\.rule) == ["zero-area-box"])
  }

  @Test(
    arguments: ["pycocotools", "torchvision", "detectron2", "mmdetection", "ultralytics"])
  func `every consumer has a table`(name: String) throws {
    let ending = try validate([Self.crash], ["--for", name])
    #expect(ending.results.contains("\n\(name) ("))
  }
}
