import Files

/// The inputs that a user named, each of them once.
struct InputSelection {
  private let paths: [String]

  init(_ paths: [String]) {
    self.paths = paths
  }

  /// Returns the inputs, without those that are named again or lie in another one, which would be
  /// counted twice; `note` is told of these. Throws a `FileError` where one does not exist.
  func trees(_ tasks: OrderedTasks, note: (String) -> Void) async throws -> [InputTree] {
    var firsts: [String: String] = [:]
    for path in paths {
      let real = Path.real(path) ?? path
      if firsts[real] == nil { firsts[real] = path }
    }
    var trees: [InputTree] = []
    var seen: Set<String> = []
    for path in paths {
      let real = Path.real(path) ?? path
      let isAgain = !seen.insert(real).inserted
      if let whole = isAgain ? firsts[real] : folders(above: real).compactMap({ firsts[$0] }).first
      {
        note("note: \(path) is part of \(whole) and is read once")
      } else {
        trees.append(try await InputTree(path, tasks: tasks))
      }
    }
    return trees
  }

  private func folders(above path: String) -> [String] {
    let folder = Path.folder(of: path)
    return folder == path || folder == "." ? [] : [folder] + folders(above: folder)
  }
}
