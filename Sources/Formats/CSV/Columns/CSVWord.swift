/// The meaning of a word in a column's name. The table of words is the only place that defines it.
enum CSVWord: Hashable {
  /// An axis, if the word can stand alone; `col` and `row` are axes only beside an end.
  case x, y, column, row
  /// The ends of a side, on either axis.
  case low, high
  /// Edges, each of which names its axis.
  case left, right, top, bottom
  /// The height of a corner: `upper left`, `lower right`. Alone they may mean either end.
  case upper, lower
  case centre
  case width, height
  /// `w` and `h`, which are never used for an image that has a box beside it.
  case w, h
  case number(Int)
  /// A thing that has sides: a box, a region, a rectangle.
  case box
  case object, annotation
  /// The meaning of four numbers in one column: `xywh`, `xyxy`.
  case listOfExtent, listOfCorners
  case picture, file, name, address, web, id
  /// A subject or container of images, whose id is an image's name: a patient, a slide.
  case subject
  case kind
  /// A word that may mean a class if there is nothing better.
  case type
  case split
  /// Nothing of its own: `corner`, `coordinate`, `pixel`.
  case filler
  /// A file that is never an image: a video, a mask, an XML file.
  case otherFile
  case other(String)

  /// The words by their meaning; a word with two meanings stands for both in turn.
  private static let table: [(means: [CSVWord], words: String)] = [
    ([.x], "x"), ([.y], "y"), ([.column], "col column"), ([.row], "row"),
    ([.low], "min minimum low start begin"), ([.high], "max maximum high end stop"),
    ([.left], "left"), ([.right], "right"), ([.top], "top"), ([.bottom], "bottom"),
    ([.upper], "upper"), ([.lower], "lower"),
    ([.top, .left], "tl lt topleft"), ([.top, .right], "tr rt topright"),
    ([.bottom, .left], "bl lb bottomleft"), ([.bottom, .right], "br rb bottomright"),
    ([.upper, .left], "ul upperleft"), ([.upper, .right], "ur upperright"),
    ([.lower, .left], "ll lowerleft"), ([.lower, .right], "lr lowerright"),
    ([.centre], "center centre mid middle ctr"),
    ([.centre, .x], "cx xc"), ([.centre, .y], "cy yc"),
    ([.width], "width"), ([.height], "height"), ([.w], "w"), ([.h], "h"),
    ([.box], "box boxes bbox bboxes bounding bnd bndbox rect rectangle rectangles roi rois region"),
    ([.object], "object objects obj"), ([.annotation], "annotation annotations anno annos"),
    ([.box, .x], "bx"), ([.box, .y], "by"), ([.box, .w], "bw"), ([.box, .h], "bh"),
    ([.listOfExtent], "xywh"), ([.listOfCorners], "xyxy"),
    ([.picture], "image images img im imgs picture pictures pic photo frame original orig"),
    ([.file], "file files basename"), ([.file, .name], "fname filename"),
    ([.name], "name names"), ([.address], "path filepath fpath uri"),
    ([.web], "url link"),
    ([.id], "id ids idx index uid number num no nr code"),
    ([.subject], "patient study series scan slide sample case asset page tile patch external sop"),
    (
      [.kind],
      "class classes label labels category categories cat tag tags klass celltype finding"
    ),
    ([.kind, .id], "cls"), ([.type], "type types target species"),
    ([.split], "split subset partition"),
    (
      [.filler],
      "corner corners coord coords coordinate coordinates point points pt vertex vertices p pos "
        + "position px pixel pixels"
    ),
    ([.otherFile], "mask masks video xml json txt"),
  ]

  private static let known: [String: [CSVWord]] = {
    var known: [String: [CSVWord]] = [:]
    for (means, words) in table {
      for word in words.split(separator: " ") { known[String(word)] = means }
    }
    return known
  }()

  /// Returns the meanings of a name's words, in their order.
  static func words(of name: String) -> [CSVWord] {
    parts(of: name).flatMap { part -> [CSVWord] in
      if let number = Int(part) { return [.number(number)] }
      return meaning(of: Substring(part), letters: 1) ?? [.other(part)]
    }
  }

  /// Returns the words in a run of letters: a known one, or several without a gap, of which at most
  /// `letters` may be single letters: `xmin`, `imagefilename`.
  private static func meaning(of run: Substring, letters: Int) -> [CSVWord]? {
    if let known = known[String(run)] { return known }
    var end = run.endIndex
    while end > run.startIndex {
      end = run.index(before: end)
      let head = run[..<end]
      let single = head.utf8.count == 1 ? 1 : 0
      guard let first = known[String(head)], single <= letters else { continue }
      let rest = run[end...]
      let left = letters - single
      if rest.utf8.count == 1, left == 0 { continue }
      if let others = meaning(of: rest, letters: left) { return first + others }
    }
    return nil
  }

  /// Returns the parts of a name in lower case: divided at punctuation, at digits, and where a
  /// capital begins a word.
  private static func parts(of name: String) -> [String] {
    var parts: [String] = []
    var part = ""
    let characters = Array(name)
    func close() {
      if !part.isEmpty { parts.append(part.lowercased()) }
      part = ""
    }
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber else {
        close()
        continue
      }
      if let last = part.last {
        let next = index + 1 < characters.count ? characters[index + 1] : nil
        let beginsWord =
          character.isUppercase
          && (last.isLowercase || (last.isUppercase && next?.isLowercase == true))
        if beginsWord || last.isNumber != character.isNumber { close() }
      }
      part.append(character)
    }
    close()
    // `BBox` is one word.
    if let b = parts.indices.dropLast().first(where: { parts[$0] == "b" && parts[$0 + 1] == "box" })
    {
      parts.remove(at: b)
    }
    return parts
  }
}
