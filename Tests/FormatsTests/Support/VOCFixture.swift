/// A VOC annotation file in the making.
struct VOCFixture {
  var fileName: String? = "a.png"
  var size: String? = "<width>32</width><height>24</height><depth>3</depth>"
  /// What stands between `<annotation>` and the first object beyond name and size.
  var more = ""
  var objects = [VOCFixture.object()]

  /// An object's element with a box of 10, 5, 20, 15.
  static func object(
    _ name: String = "crab", _ corners: [String] = ["10", "5", "20", "15"], _ more: String = ""
  ) -> String {
    "<object><name>\(name)</name>\(more)<bndbox><xmin>\(corners[0])</xmin>"
      + "<ymin>\(corners[1])</ymin><xmax>\(corners[2])</xmax><ymax>\(corners[3])</ymax></bndbox>"
      + "</object>"
  }

  var text: String {
    let name = fileName.map { "<filename>\($0)</filename>\n" } ?? ""
    let size = size.map { "<size>\($0)</size>\n" } ?? ""
    return "<annotation>\n\(name)\(size)\(more)" + objects.joined(separator: "\n")
      + "\n</annotation>\n"
  }

  static func text(_ change: (inout VOCFixture) -> Void = { _ in }) -> String {
    var fixture = VOCFixture()
    change(&fixture)
    return fixture.text
  }
}
