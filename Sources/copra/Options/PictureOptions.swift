import ArgumentParser
import Console
import Datasets
import Files
import Formats

/// How closely pictures are looked at.
struct PictureOptions: ParsableArguments {
  @Flag(
    name: .customLong("no-image-checks"),
    help: "Do not decode the images; only their headers are read.")
  var skipsDecoding = false

  @Option(
    help: ArgumentHelp(
      "Cache the measurements of the images in this file for the next run.", valueName: "file"),
    completion: .file())
  var cache: String?

  /// Returns a survey that looks at pictures as the options say.
  func survey(exif: ImportOptions.EXIFPolicy, workers: Workers) -> PictureSurvey {
    var survey = PictureSurvey()
    survey.exif = exif
    survey.skipsDecoding = skipsDecoding
    survey.cache = cache
    survey.workers = workers
    survey.note = { Terminal.message($0) }
    return survey
  }
}
