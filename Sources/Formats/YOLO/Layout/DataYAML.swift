import COCO
import Files
import YAML

/// A reader of Ultralytics' `data.yaml`: names, splits, and the shape of keypoints.
struct DataYAML {
  private let path: String
  private let file: Int
  private let text: LocatedText
  private var findings: [Finding] = []

  /// Returns the description; nil, with a finding, if the file cannot be understood.
  static func read(_ path: String, into imported: inout Imported) throws -> YOLODescription? {
    guard let (text, file) = try LocatedText.read(path, into: &imported) else { return nil }
    var reader = DataYAML(path: path, file: file, text: text)
    defer { imported.findings += reader.findings }
    guard var description = reader.describe() else { return nil }
    let hasLists = description.parts.flatMap(\.paths).contains { entry in
      let found = Path.ends(entry.text, in: "txt") ? description.find(WrittenPath(entry.text)) : nil
      return found?.pictures.map { !Folder.exists($0.path) } ?? false
    }
    if hasLists { DarknetData.addListsBeside(path, to: &description, into: &imported) }
    return description
  }

  private init(path: String, file: Int, text: LocatedText) {
    self.path = path
    self.file = file
    self.text = text
  }

  private mutating func describe() -> YOLODescription? {
    guard let root = parse() else { return nil }
    guard let mapping = root.mapping else {
      find(.malformedFile, "expected keys with values, such as names and train", root.mark)
      return nil
    }
    var description = YOLODescription(roots: [])
    var written: [String: Node] = [:]
    var others: [String] = []
    for (keyNode, value) in mapping {
      guard let key = keyNode.string else { continue }
      if isStandIn(key, keyNode.mark) { continue }
      written[key] = value
      if !Self.knownKeys.contains(key) { others.append(key) }
    }
    description.roots = roots(written["path"])
    description.names = names(written["names"], count: written["nc"])
    description.keypoints = keypoints(written["kpt_shape"], names: written["kpt_names"])
    for (split, keys) in Self.splits {
      guard let value = keys.lazy.compactMap({ written[$0] }).first else { continue }
      let entries = entries(value)
      if !entries.isEmpty { description.parts.append(.init(split: split, paths: entries)) }
    }
    description.isSilent = description.parts.isEmpty
    for key in others {
      let paths = written[key].map { pictureFolders($0) } ?? []
      if !paths.isEmpty {
        description.parts.append(.init(split: key, paths: paths, isGuess: true))
      }
    }
    return description
  }

  /// Returns whether the line above a key marks the part as one without images of its own.
  private func isStandIn(_ key: String, _ mark: Mark?) -> Bool {
    guard let line = mark?.line, line > 1, line - 2 < text.lines.count else { return false }
    return YOLOStandIn.isComment(text.lines[line - 2].text, on: key)
  }

  private static let knownKeys: Set<String> = [
    "path", "train", "val", "valid", "validation", "test", "names", "nc", "kpt_shape", "kpt_names",
  ]
  private static let configurationFolders: Set<String> = [
    "data", "cfg", "config", "configs", "yaml", "yamls",
  ]
  private static let splits = [
    ("train", ["train"]), ("val", ["val", "valid", "validation"]), ("test", ["test"]),
  ]

  private mutating func parse() -> Node? {
    do {
      if let root = try Node.compose(withoutRepeatedKeys()) { return root }
      find(.malformedFile, "expected keys with values, found nothing", nil)
    } catch {
      let context = error.context.map { " \($0.text) that begins in line \($0.mark.line)" }
      find(.malformedFile, error.problem + (context ?? ""), error.mark)
    }
    return nil
  }

  /// Returns the text with blanks in the place of every key that stands again further down, and of
  /// what it holds: the last one counts, as it does for PyYAML. All else keeps its place.
  private mutating func withoutRepeatedKeys() -> String {
    var blocks: [(key: Substring, start: String.Index, offset: Int)] = []
    for line in text.lines {
      guard let first = line.text.first, first.isLetter || first == "\"" || first == "'",
        let colon = line.text.firstIndex(of: ":")
      else { continue }
      blocks.append((line.text[..<colon].trimmed, line.text.startIndex, line.offset))
    }
    var last: [Substring: Int] = [:]
    for (index, block) in blocks.enumerated() { last[block.key] = index }
    if last.count == blocks.count { return text.text }
    var result = ""
    var kept = text.text.startIndex
    for (index, block) in blocks.enumerated() where last[block.key] != index {
      let end = index + 1 < blocks.count ? blocks[index + 1].start : text.text.endIndex
      result += text.text[kept..<block.start]
      result += String(text.text[block.start..<end].map { $0.isNewline ? $0 : " " })
      kept = end
      guard let next = last[block.key] else { continue }
      findings.append(
        Finding(
          .malformedValue, severity: .warning,
          "\(block.key) appears here again; the last one counts",
          at: Origin(file: file, offset: blocks[next].offset)))
    }
    return result + text.text[kept...]
  }

  /// Returns `path`, if it exists here, and the folder of the file itself; for a file in a folder
  /// of configurations also the one above, from which YOLOv5 is run.
  private mutating func roots(_ node: Node?) -> [String] {
    let folder = Path.folder(of: path)
    let name = Path.name(of: Path.real(folder) ?? folder).lowercased()
    let starts =
      Self.configurationFolders.contains(name)
      ? [folder, Path.normalized(Path.join(folder, ".."))] : [folder]
    guard let node, let text = scalar(node) else { return starts }
    let written = WrittenPath(text)
    guard let found = written.literal(from: starts).first(where: Folder.exists) else {
      if written.isAbsolute {
        find(
          .foreignAbsolutePath, "no folder \(text) here; the folder of this file is used",
          node.mark, .information)
      }
      return starts
    }
    return [found] + starts.filter { Path.normalized(found) != Path.normalized($0) }
  }

  /// Returns the value's scalar or scalars.
  private mutating func entries(_ node: Node) -> [YOLODescription.Entry] {
    let nodes = node.sequence ?? [node]
    return nodes.compactMap { node in
      guard node.scalar != nil else {
        find(.malformedValue, "expected a path or a list of paths", node.mark)
        return nil
      }
      return scalar(node).map { .init(text: $0, origin: origin(node.mark)) }
    }
  }

  /// Returns the values of an unknown key, as far as they look like folders of images.
  private func pictureFolders(_ node: Node) -> [YOLODescription.Entry] {
    (node.sequence ?? [node]).compactMap { node in
      guard let text = scalar(node), YOLOLabelRule.swap("images", for: "labels", in: text) != nil
      else { return nil }
      return .init(text: text, origin: origin(node.mark))
    }
  }

  /// Returns the text of a scalar; nil if it is empty or null.
  private func scalar(_ node: Node) -> String? {
    guard let scalar = node.scalar else { return nil }
    let isNull = ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    return isNull && scalar.isPlain || scalar.string.isEmpty ? nil : scalar.string
  }

  private mutating func find(
    _ kind: FaultKind, _ message: String, _ mark: Mark?, _ severity: Finding.Severity = .error
  ) {
    findings.append(Finding(kind, severity: severity, message, at: origin(mark)))
  }

  private func origin(_ mark: Mark?) -> Origin {
    let offset = mark.map { text.offset(line: $0.line, column: $0.column) }
    return Origin(file: file, offset: offset ?? 0)
  }
}

extension DataYAML {
  /// Returns the names as a list, a map from numbers, or the path of a file of names.
  private mutating func names(_ node: Node?, count: Node?) -> YOLONames? {
    let declared = count.flatMap { $0.string.flatMap { Int($0) } }
    if let count, declared == nil {
      find(.malformedValue, "expected the number of classes as nc", count.mark)
    }
    guard let node else {
      guard let declared, declared > 0, declared <= YOLOClasses.highest else { return nil }
      return YOLONames(count: declared, at: origin(count?.mark))
    }
    var names = YOLONames()
    switch node.content {
    case .sequence(let sequence):
      for (number, element) in sequence.enumerated() {
        add(element, number: number, to: &names)
      }
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard let number = key.string.flatMap({ Int($0) }) else {
          let found = key.string ?? "a collection"
          find(.malformedValue, "expected a class number, found \(found)", key.mark)
          continue
        }
        add(value, number: number, to: &names, at: key.mark)
      }
    case .scalar:
      find(.malformedValue, "expected a list or a map of names", node.mark)
      return nil
    }
    names.finish()
    findings += names.findings
    if let declared, let count { compare(declared, with: names, at: count.mark) }
    return names.byNumber.isEmpty ? nil : names
  }

  private mutating func add(
    _ node: Node, number: Int, to names: inout YOLONames, at mark: Mark? = nil
  ) {
    guard let name = node.string else {
      find(.malformedValue, "expected a name for class \(number), found a collection", node.mark)
      return
    }
    let place = origin(node.mark)
    names.add(name, number: number, at: mark.map { origin($0) } ?? place, place: place)
  }

  private mutating func compare(_ declared: Int, with names: YOLONames, at mark: Mark?) {
    let highest = names.byNumber.keys.max() ?? -1
    if declared == names.count || declared == highest + 1 { return }
    find(.malformedValue, "nc is \(declared), but there are \(names.count) names", mark)
  }

  private mutating func keypoints(_ shape: Node?, names: Node?) -> YOLOKeypoints? {
    guard let shape else { return nil }
    let numbers = shape.sequence?.compactMap { $0.string.flatMap { Int($0) } } ?? []
    guard numbers.count == 2, numbers[0] > 0, numbers[0] <= 10_000, [2, 3].contains(numbers[1])
    else {
      find(
        .malformedValue, "expected kpt_shape as [number of keypoints, 2 or 3]", shape.mark)
      return nil
    }
    // Names are given for each class; COCO files have one set of keypoints here, the first's.
    let list = names?.sequence ?? names?.mapping?.values.lazy.compactMap(\.sequence).first
    let given = list?.compactMap { $0.string } ?? []
    let isComplete = given.count == numbers[0]
    return YOLOKeypoints(
      count: numbers[0], dimensions: numbers[1],
      names: isComplete ? given : (0..<numbers[0]).map(String.init))
  }
}
