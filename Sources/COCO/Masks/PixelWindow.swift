/// A rectangle of whole pixels.
struct PixelWindow {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}
