import ArgumentParser

/// The inputs and how they are meant, for every verb that reads a dataset.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Files or folders with annotations.", valueName: "input"),
    completion: .file())
  var paths: [String]

  @OptionGroup(title: "Input options") var source: SourceOptions
  @OptionGroup(title: "Category options") var categories: CategoryOptions
  @OptionGroup(title: "Format options") var formats: FormatOptions

  @Option(
    help: ArgumentHelp(
      "How many threads work at a time; all cores if not given. The output is the same.",
      valueName: "number"))
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads takes a number from 1 on, found \(threads)")
    }
    if let empty = paths.firstIndex(of: "") {
      throw ValidationError("input \(empty + 1) is empty; expected the path of a file or folder")
    }
  }
}
