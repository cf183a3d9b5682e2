/// A value on an unpickler's stack. Values with parts are referred to by number, so that they can
/// nest to any depth (and, in a hostile file, in themselves) and nothing ever recurses.
enum PickleValue: Equatable {
  case none
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// The number of an object of the `Pickle`.
  case object(Int)
}

/// An object that a `PickleValue` can refer to.
enum PickleObject {
  case text(String)
  /// An integer of more than 64 bits: its bytes, the least significant first.
  case longInteger([UInt8])
  /// A string of bytes, whose contents tensors do not need.
  case bytes
  case tuple([PickleValue])
  case list([PickleValue])
  case dictionary([(key: PickleValue, value: PickleValue)])
  case global(PickleGlobal)
  case storage(StorageReference)
  case tensor(TensorReference)

  /// The name of the object's kind for errors.
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

/// A pickle's description of a storage, whose bytes are elsewhere in the file. Nothing is checked
/// yet.
struct StorageReference: Equatable {
  /// A range of another storage's elements, which this storage is.
  struct View: Equatable {
    var offset: Int
    var count: Int
  }

  var key: String
  var dtype: DType
  var count: Int
  var view: View?
}

/// A pickle's description of a tensor. Nothing is checked yet.
struct TensorReference: Equatable {
  var storage: StorageReference
  /// The number of elements of the storage before the first one.
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}
