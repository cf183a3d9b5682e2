import Foundation
import TestSupport
import Testing

@Suite("How copra train reads its input", .serialized)
struct TrainInputTests {
  private static let train =
    "train d --smoke --config model.yaml --steps 1 --batch-size 1 --min-size 64 --threads 1"

  /// A folder `d` of one VOC file with two objects, the second of them difficult.
  private func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(TinyDetector.fasterRCNN, to: TinyDetector.file)
    try folder.copy(
      Engine.fixture("DetectionModelsTests/Fixtures/classification/wide.png"), to: "d/wide.png")
    let objects = [("4", "24", 0), ("40", "70", 1)].map { left, right, difficult in
      """
      <object><name>cat</name><difficult>\(difficult)</difficult><bndbox><xmin>\(left)</xmin>
      <ymin>4</ymin><xmax>\(right)</xmax><ymax>20</ymax></bndbox></object>
      """
    }
    try folder.write(
      """
      <annotation><filename>wide.png</filename>
      <size><width>83</width><height>31</height><depth>3</depth></size>
      \(objects.joined())</annotation>
      """, to: "d/wide.xml")
    return folder
  }

  @Test func `copra.yaml holds for training`() throws {
    let folder = try workspace()
    let without = try Engine.run(Self.train, in: folder)
    #expect(without.messages.contains("learning wide.png (2 objects)"), "\(without.messages)")
    try folder.write("difficult: drop\n", to: "copra.yaml")
    let dropped = try Engine.run(Self.train, in: folder)
    #expect(dropped.messages.contains("learning wide.png (1 objects)"), "\(dropped.messages)")
    let given = try Engine.run("\(Self.train) --difficult keep", in: folder)
    #expect(given.messages.contains("learning wide.png (2 objects)"), "\(given.messages)")
  }

  @Test func `a key of copra.yaml that no verb has is an error with its line`() throws {
    let folder = try workspace()
    try folder.write("from: voc\ndifficulty: drop\n", to: "d/copra.yaml")
    let ending = try Engine.run(Self.train, in: folder)
    #expect(ending.status == 2)
    #expect(ending.messages.contains("copra.yaml:2:1: unknown key \"difficulty\""))
  }

  @Test func `a folder that fits two formats gets the answer that convert gives`() throws {
    let folder = try workspace()
    try folder.write(
      "filename,width,height,class,xmin,ymin,xmax,ymax\nwide.png,83,31,dog,1,1,9,9\n",
      to: "d/labels.csv")
    let converted = try Engine.run("convert d -o out.json", in: folder)
    let trained = try Engine.run(Self.train, in: folder)
    #expect(converted.status == 2)
    #expect(converted.messages.contains("--from csv"), "\(converted.messages)")
    #expect(trained.status == converted.status && trained.messages == converted.messages)
    let chosen = try Engine.run("\(Self.train) --from voc", in: folder)
    #expect(chosen.messages.contains("learning wide.png (2 objects)"), "\(chosen.messages)")
  }

  @Test func `several inputs are trained on together, and each is read once`() throws {
    let folder = try workspace()
    try folder.copy(folder.path("d/wide.png"), to: "e/other.png")
    try folder.write(
      folder.text("d/wide.xml").replacing("wide.png", with: "other.png"), to: "e/other.xml")
    let ending = try Engine.run(
      "train d e d/wide.xml --smoke --config model.yaml --steps 1 --min-size 64 --threads 1",
      in: folder)
    #expect(ending.messages.contains("note: d/wide.xml is part of d and is read only once"))
    #expect(ending.messages.contains("wide.png (2 objects)"), "\(ending.messages)")
    #expect(ending.messages.contains("other.png (2 objects)"), "\(ending.messages)")
  }
}
