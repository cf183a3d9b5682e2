import Files
import Formats
import TestSupport
import Testing

@Suite struct ForeignFormatsTests {
  @Test(arguments: [
    ("annotations.xml", "<?xml version=\"1.0\"?>\n<annotations><version>1.1</version>", "CVAT"),
    ("a.json", #"{"version": "5.0", "shapes": [], "imagePath": "a.jpg"}"#, "LabelMe"),
    ("x/via.json", #"{"_via_settings": {}, "_via_img_metadata": {}}"#, "VGG"),
    (
      "b.json", #"[{"image": "a.jpg", "annotations": [{"label": "x", "coordinates": {}}]}]"#,
      "CreateML"
    ),
    ("c.json", #"[{"annotations": [{"result": [{"from_name": "label"}]}]}]"#, "Label Studio"),
    ("train.tfrecord", "", "TFRecord"), ("set.zip", "PK", "archive"),
  ])
  func `a format that is not read is known by sight`(
    file: String, text: String, name: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: file)
    let input = try InputTree(folder.path)
    let found = ForeignFormats.find(in: input)
    #expect(found?.name.contains(name) == true)
    #expect(found?.path == folder.path + "/" + file)
    #expect(Format.readable.allSatisfy { $0.evidence(in: input)?.isFirm != true })
  }

  @Test func `what is to be done with a file of another format is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"_via_settings": {}, "_via_img_metadata": {}}"#, to: "via.json")
    let found = ForeignFormats.find(in: try InputTree(folder.path))
    #expect(
      found?.description
        == "\(folder.path)/via.json looks like VGG Image Annotator, which is not read: "
        + "export as COCO or as CSV from VIA")
  }

  @Test func `nothing is made of other files`() throws {
    let folder = try TemporaryFolder()
    try folder.write("words", to: "notes.txt")
    try folder.write(#"{"name": "x"}"#, to: "package.json")
    #expect(ForeignFormats.find(in: try InputTree(folder.path)) == nil)
  }
}
