import ArgumentParser

/// What is fixed, and where the result goes.
struct FixOptions: ParsableArguments {
  @Flag(help: "Apply safe fixes: they lose nothing and guess nothing.")
  var fix = false

  @Flag(help: "Also apply fixes that remove something or guess.")
  var unsafeFixes = false

  @Flag(help: "Show what the fixes would change without writing anything.")
  var diff = false

  @Flag(help: "Replace the input files by the fixed ones, after a copy of each beside it.")
  var inPlace = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      Where the fixed files are written: a file for one input file, else a folder. Without fixes, \
      where the page of --format html is written.
      """, valueName: "path"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace an output that exists.")
  var force = false

  private var applies: Bool { fix || unsafeFixes }

  /// What the options ask for; nil where nothing is fixed.
  var settings: FixSettings? {
    guard applies else { return nil }
    let target: FixSettings.Target =
      output.map { .output($0) } ?? (inPlace ? .inPlace : .diff)
    return FixSettings(isUnsafe: unsafeFixes, target: target, replaces: force)
  }

  func validate() throws {
    let targets = [diff ? "--diff" : nil, inPlace ? "--in-place" : nil, output.map { _ in "-o" }]
      .compactMap { $0 }
    if applies, targets.isEmpty {
      throw ValidationError(
        "expected -o PATH, --in-place or --diff for the fixed files, found none of them")
    }
    if !applies, let target = targets.first, target != "-o" {
      throw ValidationError("\(target) requires --fix or --unsafe-fixes")
    }
    if targets.count > 1 {
      throw ValidationError("expected one of \(targets.joined(separator: ", "))")
    }
  }
}
