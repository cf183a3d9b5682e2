import TestSupport

/// Files of lines with all kinds of faults.
enum OddLines {
  static let head =
    #"{"info":{"year":2026},"categories":[{"id":0,"name":"crab"},{"id":2,"name":"eel"},{"id":3,"name":"ray"}]}"#

  /// Returns lines with odd records among sound ones.
  static func text(seed: UInt64, numbersIDs: Bool = true) -> String {
    var random = SeededNumbers(seed: seed)
    func one(of texts: [String]) -> String { texts[Int(random.next() % UInt64(texts.count))] }
    var lines = [head]
    var id = 0
    for image in 1...60 {
      let annotations = (0..<Int(random.next() % 5)).map { _ in
        id += 1
        let box =
          random.next() % 6 == 0
          ? one(of: ["[9,9,-4,5]", "[1,1,0,3]", "[60,40,30,30]", "[1,2,3]", "[NaN,1,2,3]", "null"])
          : "[\(random.next() % 30),\(random.next() % 20),\(1 + random.next() % 20),7.5]"
        let own = numbersIDs ? #""id":\#(id),"# : ""
        let further = one(of: [
          "", #","area":12.5"#, #","iscrowd":1"#, #","note":"é\n""#,
          #","segmentation":[[1,1,9,1,9,9]]"#, #","area":-3"#, #","area":Infinity"#,
        ])
        let category = one(of: ["0", "2", "3", "2", "\"2\"", random.next() % 8 == 0 ? "7" : "3"])
        return
          #"{\#(own)"image_id":\#(image),"category_id":\#(category),"bbox":\#(box)\#(further)}"#
      }
      let name = one(of: ["", "left/", "right/", "a\\\\b\\\\"]) + "\(image).jpg"
      let size = one(of: ["64", "64", "64", "0", "\"64\""])
      lines.append(
        #"{"id":\#(image),"file_name":"\#(name)","width":\#(size),"height":48,"annotations":[\#(annotations.joined(separator: ","))]}"#
      )
      if random.next() % 12 == 0 {
        lines.append(
          one(of: [
            "", "nonsense", #"{"id":\#(1000 + image),"width":3}"#, "  ", head, "[1,2]",
            #"{"id":\#(2000 + image),"file_name":7,"annotations":[{"id":\#(9000 + image),"category_id":2,"bbox":[1,1,2,2]}]}"#,
          ]))
      }
    }
    return lines.joined(separator: "\n") + one(of: ["", "\n", "\r\n"])
  }
}
