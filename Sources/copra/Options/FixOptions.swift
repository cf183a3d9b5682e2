import ArgumentParser

/// What is fixed, and where the result goes.
struct FixOptions: ParsableArguments {
  @Flag(help: "Apply fixes that lose nothing and guess nothing.")
  var fix = false

  @Flag(help: "Apply those too that take something away or guess.")
  var unsafeFixes = false

  @Flag(help: "Show what the fixes would change, and write nothing.")
  var diff = false

  @Flag(help: "Write the fixed files in the place of the input, after a copy beside it.")
  var inPlace = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      Where the fixed files go: a file for one input file, else a folder. Without fixes, where the \
      page of --format html goes.
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
      throw ValidationError("say where the fixed files go: -o PATH, --in-place, or --diff to look")
    }
    if !applies, let target = targets.first, target != "-o" {
      throw ValidationError("\(target) goes with --fix or --unsafe-fixes")
    }
    if targets.count > 1 {
      throw ValidationError("expected one of \(targets.joined(separator: ", "))")
    }
  }
}
