import COCO
import Engine
import Files
import Foundation
import Testing

@Suite("Contract of samples")
struct SampleContractTests {
  @Test
  func `sound samples have no findings, crowds and pictures without objects among them`()
    async throws
  {
    let set = try DrawnSet()
    try set.add([(1, .at(1, 1, 9, 9)), (2, .at(4, 4, 20, 20))])
    set.addAnnotation(1, .at(.nan, 0, 0, 0), isCrowd: 1)
    try set.add([])
    #expect(await SampleContract(set.samples).findings() == [])
  }

  @Test func `each fault is found at its annotation`() async throws {
    let set = try DrawnSet()
    try set.add([(1, .at(1, 1, 9, 9)), (1, .at(9, 9, 4, 20))])
    try set.add([])
    set.addAnnotation(7, .at(1, 1, 9, 9))
    set.addAnnotation(1, nil)
    set.addAnnotation(2, .at(0.1, 0.1, 0.5, 0.5))
    let findings = await SampleContract(set.samples).findings()
    #expect(
      findings.map(\.rule) == ["inverted-box", "unknown-category", "missing-box", "normalised-box"])
    #expect(findings.map { $0.origin?.offset } == [1002, 2001, 2002, 2003])
    #expect(findings.map { $0.record?.index } == [1, 2, 3, 4])
  }

  @Test func `labels that a smaller model lacks are found`() async throws {
    let set = try DrawnSet()
    try set.add([(1, .at(1, 1, 9, 9)), (2, .at(4, 4, 20, 20))])
    let findings = await SampleContract(set.samples, numClasses: 2).findings()
    #expect(findings.map(\.rule) == ["label-out-of-range"])
    #expect(findings.first?.origin == Origin(file: 0, offset: 1002))
  }

  @Test
  func `pictures that are missing or of another size are found at their image`() async throws {
    let set = try DrawnSet()
    set.addImage("gone.png", width: 9, height: 9)
    try set.add([])
    set.addImage("picture2.png", width: 30, height: 32)
    let findings = await SampleContract(set.samples).findings()
    #expect(findings.map(\.rule) == ["missing-image-file", "image-size-mismatch"])
    #expect(findings.map { $0.origin?.offset } == [1000, 3000])
  }

  @Test
  func `samples are left out whose pictures are missing or of a kind that is not decoded`()
    async throws
  {
    let set = try DrawnSet()
    set.addImage("gone.png", width: 9, height: 9)
    try set.add([(1, .at(9, 9, 4, 20))])
    let start = Data([0, 0, 0, 0x1C]) + Data("ftypavif____mif1".utf8)
    try start.write(to: URL(fileURLWithPath: set.path("still.avif")))
    set.addImage("still.avif", width: 0, height: 0)
    let checked = await SampleContract(set.samples).check()
    #expect(checked.unreadable.map(\.rule) == ["missing-image-file", "unreadable-image"])
    #expect(checked.readable.count == 1)
    #expect(checked.readable.image(at: 0).fileName == "picture2.png")
    #expect(
      checked.findings.map(\.rule) == ["missing-image-file", "inverted-box", "unreadable-image"])
  }

  @Test
  func `corners that fall together at the model's size are an error, however thin the box`()
    async throws
  {
    let set = try DrawnSet()
    try set.add(width: 400, height: 32, [])
    set.addAnnotation(1, .at(100, 4, Double(Float(100).nextUp), 20))
    set.addAnnotation(1, .at(100, 4, 100.5, 20))
    let input = InputSize(minSize: 8, maxSize: 16)
    let findings = await SampleContract(set.samples, input: input).findings()
    #expect(findings.map(\.rule) == ["degenerate-for-model", "tiny-box"])
  }

  @Test
  func `outlines that are missing or of another size are found where masks are learnt`()
    async throws
  {
    let set = try DrawnSet()
    try set.add([(1, .at(1, 1, 9, 9))])
    set.addAnnotation(
      1, .at(1, 1, 9, 9),
      segmentation: .runLengths(RunLengthMask(height: 2, width: 2, counts: [0, 4])))
    let findings = await SampleContract(set.maskedSamples).findings()
    #expect(findings.map(\.rule) == ["empty-segmentation", "rle-size-mismatch"])
    #expect(findings.first?.severity == .error)
    #expect(findings.map { $0.origin?.offset } == [1001, 1002])
  }
}
