import COCO

/// See `summary`.
struct UnsafeFileName: ImageRule {
  static let kind = FaultKind.unsafeFileName
  static let summary = "a file name that leads outside the folder of images"
  static let explanation = """
    The name is empty or absolute, goes up with `..`, or contains control characters. A program \
    that joins it to a folder reads or overwrites files elsewhere, and on another machine the \
    image is not found. Write the path relative to the folder of images.
    """
  static let examples = [
    Example.flags("an absolute path", .example(images: [.example(1, "/home/me/beach.jpg")])),
    Example.flags(
      "a path that leaves the folder", .example(images: [.example(1, "a/../../beach.jpg")])),
    Example.flags("a path with a drive", .example(images: [.example(1, "C:\\beach.jpg")])),
    Example.flags(
      "a name with a control character", .example(images: [.example(1, "bea\u{7}ch.jpg")])),
    Example.flags("an empty name", .example(images: [.example(1, "")])),
    Example.allows("a path inside a folder", .example(images: [.example(1, "a/b..c/beach.jpg")])),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let problem = FileNameSafety.problem(with: view.image.fileName) else { return }
    faults.add(fault(problem.message, .fileName), image: view.index, of: view.set)
  }
}
