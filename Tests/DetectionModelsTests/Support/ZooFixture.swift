import Foundation

/// What torchvision's model of a name is and makes: `Fixtures/zoo/NAME.json`, made by
/// `Fixtures/make_zoo.py`, which says what each figure is.
struct ZooFixture: Decodable {
  struct Input: Decodable {
    let seed: UInt64
    let shape: [Int]
  }

  /// An entry of the state: `["conv1.weight", [64, 3, 7, 7], "float32"]`.
  struct Key: Decodable, Equatable {
    let name: String
    let shape: [Int]
    let dtype: String
  }

  struct Training: Decodable {
    let seed: UInt64
    let dtype: String
    let loss: Double
    let output: Digest
    let evaluation: Digest
    let gradientScale: Double
    let meanScale: Double?
    let gradients: [Digest?]
    let buffers: [Digest?]
  }

  let parameters: Int
  let input: Input
  let output: [Int]
  let evaluation: Digest
  let keys: [Key]
  let weights: [Digest]
  let training: Training

  /// - Throws: an error that names the file where it is missing or says something else.
  init(named name: String) throws {
    let file = Bundle.module.resourceURL?.appending(path: "Fixtures/zoo/\(name).json")
    guard let file, let data = try? Data(contentsOf: file) else {
      throw MissingFixture(name: name)
    }
    self = try JSONDecoder().decode(Self.self, from: data)
  }
}

struct MissingFixture: Error, CustomStringConvertible {
  let name: String

  var description: String {
    "expected the fixture Fixtures/zoo/\(name).json, found none: make_zoo.py \(name) makes it"
  }
}

extension ZooFixture.Key {
  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    name = try list.decode(String.self)
    shape = try list.decode([Int].self)
    dtype = try list.decode(String.self)
  }
}
