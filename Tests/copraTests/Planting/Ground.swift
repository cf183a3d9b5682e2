import TestSupport

/// What faults are planted on: pictures with eight sound objects each on their upper half. The
/// lower half has five places for planted ones.
enum Ground {
  static let names = ["crab", "palm", "shell", "boat", "gull"]
  /// Enough that the rules over whole datasets look, and find nothing.
  static let pictures = 14
  /// Sound ones on each picture.
  static let objects = 8

  struct Object {
    /// Among the names.
    var category: Int
    var box: PlantBox
  }

  /// The objects of a picture, counted from 1.
  static func objects(ofPicture number: Int) -> [Object] {
    var random = SeededNumbers(seed: 1000 + UInt64(number))
    return (0..<objects).map { place in
      let size = (Int.random(in: 12...18, using: &random), Int.random(in: 12...18, using: &random))
      let corner = (
        4 + place % 4 * 32 + Int.random(in: 0...6, using: &random),
        3 + place / 4 * 24 + Int.random(in: 0...2, using: &random)
      )
      return Object(
        category: max(0, place - 3),
        box: PlantBox(x: corner.0, y: corner.1, width: size.0, height: size.1))
    }
  }

  /// Where the plant of a number stands: its picture, from 1, and a sound box there.
  static func spot(_ number: Int) -> (picture: Int, box: PlantBox) {
    (
      number % pictures + 1,
      PlantBox(x: 2 + number / pictures * 25, y: 54, width: 18, height: 14)
    )
  }
}

/// A box in whole pixels.
struct PlantBox {
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  var right: Int { x + width }
  var bottom: Int { y + height }
}
