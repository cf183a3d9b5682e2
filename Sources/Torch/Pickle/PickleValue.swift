/// What stands on an unpickler's stack. Whatever has parts is named by its number, so that values
/// nest to any depth (and, in a hostile file, in themselves) and nothing ever recurses.
enum PickleValue: Equatable {
  case none
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// The number of an object of the `Pickle`.
  case object(Int)
}

/// What a `PickleValue` can name.
enum PickleObject {
  case text(String)
  /// A number of more than 64 bits: its bytes, least first.
  case longInteger([UInt8])
  /// Its contents are of no use to tensors.
  case bytes
  case tuple([PickleValue])
  case list([PickleValue])
  case dictionary([(key: PickleValue, value: PickleValue)])
  case global(PickleGlobal)
  case storage(StorageReference)
  case tensor(TensorReference)

  /// What errors call it.
  var kind: String {
    switch self {
    case .text: "text"
    case .longInteger: "a long integer"
    case .bytes: "bytes"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global: "a class or function"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}

/// What a pickle says of a storage, whose bytes stand elsewhere in the file. Nothing is checked yet.
struct StorageReference: Equatable {
  /// Another storage's elements of which this one is a stretch.
  struct View: Equatable {
    var offset: Int
    var count: Int
  }

  var key: String
  var dtype: DType
  var count: Int
  var view: View?
}

/// What a pickle says of a tensor. Nothing is checked yet.
struct TensorReference: Equatable {
  var storage: StorageReference
  /// Elements of the storage before the first one.
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}
