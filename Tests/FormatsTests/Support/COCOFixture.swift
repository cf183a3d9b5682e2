/// A COCO file in the making: the JSON of each list's records.
struct COCOFixture {
  var images = [COCOFixture.image(1, "a.png")]
  var annotations = [COCOFixture.annotation(1)]
  var categories = [COCOFixture.category(1, "crab")]
  /// Members before the lists, each followed by a comma.
  var more = ""

  static func image(_ id: Int, _ name: String) -> String {
    #"{"id": \#(id), "file_name": "\#(name)", "width": 32, "height": 24}"#
  }

  static func annotation(_ id: Int, image: Int = 1, category: Int = 1) -> String {
    #"{"id": \#(id), "image_id": \#(image), "category_id": \#(category), "#
      + #""bbox": [10, 5, 20, 15], "area": 300, "iscrowd": 0}"#
  }

  static func category(_ id: Int, _ name: String, above: String = "") -> String {
    #"{"id": \#(id), "name": "\#(name)", "supercategory": "\#(above)"}"#
  }

  var text: String {
    func list(_ name: String, _ records: [String]) -> String {
      "\"\(name)\": [\n" + records.joined(separator: ",\n") + "\n]"
    }
    return "{\(more)" + list("images", images) + ",\n" + list("annotations", annotations) + ",\n"
      + list("categories", categories) + "}\n"
  }

  static func text(_ change: (inout COCOFixture) -> Void = { _ in }) -> String {
    var fixture = COCOFixture()
    change(&fixture)
    return fixture.text
  }
}
