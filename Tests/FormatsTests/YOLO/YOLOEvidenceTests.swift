import Files
import TestSupport
import Testing

@testable import Formats

@Suite struct YOLOEvidenceTests {
  @Test(
    arguments: [
      ["data.yaml": "train: images\nnames: [a]\n"],
      ["data.yaml": "train: images\nnc: 2\n"],
      ["set/beach.yml": "names:\n  0: a\n"],
      ["data.yaml": "names: [a, b\n"],
      ["data/obj.data": "classes = 1\ntrain = data/train.txt\n"],
      ["images/a.png": "100x50", "labels/a.txt": "0 0.5 0.5 0.2 0.4\n"],
      ["a.png": "100x50", "a.txt": "0 0.5 0.5 0.2 0.4\n"],
      ["labels/a.txt": "\n0 0.5 0.5 0.2 0.4\n", "labels/b.txt": ""],
      ["labels/a.txt": "0 0.1 0.2 0.5 0.2 0.5 0.6\n"],
    ])
  func `a set is recognised`(_ files: [String: String]) throws {
    let fixture = try TemporaryFolder(yolo: files)
    let evidence = try #require(Format.yolo.evidence(in: InputTree(fixture.path)))
    #expect(evidence.isFirm)
    #expect(!evidence.reason.isEmpty)
  }

  @Test(
    arguments: [
      ["a.png": "100x50"],
      ["a.png": "100x50", "a.txt": "a palm on a beach\n"],
      ["ImageSets/Main/train.txt": "scene1\n", "JPEGImages/scene1.png": "100x50"],
      ["JPEGImages/000001.png": "9x9", "ImageSets/Main/dog_train.txt": "000001 -1\n"],
      ["copra.yaml": "names: [a]\n"],
      ["model.yaml": "nc: 80\nbackbone:\n  - names: x\n"],
      ["iris.data": "5.1,3.5,1.4,0.2,Iris-setosa\n"],
      ["numbers.txt": "3 5 8 13 21\n"],
      ["labels/a.txt": "0 0.5 0.5 0.2 0.4\n", "labels/b.txt": "a label of wine\n"],
    ])
  func `other folders are left to others`(_ files: [String: String]) throws {
    let fixture = try TemporaryFolder(yolo: files)
    #expect(Format.yolo.evidence(in: try InputTree(fixture.path)) == nil)
  }

  @Test(arguments: ["voc", "csv", "masks", "broken/voc", "broken/csv", "broken/coco"])
  func `samples of other formats are left to others`(_ folder: String) throws {
    #expect(Format.yolo.evidence(in: try InputTree("\(Samples.folder)/\(folder)")) == nil)
  }
}
