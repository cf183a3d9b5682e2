import ArgumentParser

/// How closely pictures are looked at.
struct PictureOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-image-checks"),
    help: "Do not decode the pictures; their headers are read all the same.")
  var skipsDecoding = false

  @Option(
    help: ArgumentHelp(
      "Keep what was measured of the pictures in this file, for the next run.", valueName: "file"),
    completion: .file())
  var cache: String?
}
