import COCO

/// See `summary`.
struct UnsafeFileName: ImageRule {
  static let kind = FaultKind.unsafeFileName
  static let summary = "a file name that leads out of the folder of images"
  static let explanation = """
    The name is empty, absolute, climbs with `..`, or holds control characters. A program that joins \
    it to a folder reads or overwrites files elsewhere, and on another machine the picture is not \
    there. Write the path relative to the folder of images.
    """
  static let examples = [
    Example.flags("absolute", .example(images: [.example(1, "/home/me/beach.jpg")])),
    Example.flags("climbing", .example(images: [.example(1, "a/../../beach.jpg")])),
    Example.flags("with a drive", .example(images: [.example(1, "C:\\beach.jpg")])),
    Example.flags("with a control character", .example(images: [.example(1, "bea\u{7}ch.jpg")])),
    Example.flags("empty", .example(images: [.example(1, "")])),
    Example.allows("in a folder", .example(images: [.example(1, "a/b..c/beach.jpg")])),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    guard let problem = FileNameSafety.problem(with: view.image.fileName) else { return }
    faults.add(fault(problem.message, .fileName), image: view.index, of: view.set)
  }
}
